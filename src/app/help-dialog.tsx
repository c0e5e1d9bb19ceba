/** Every key, from the lists that the keyboard itself uses. */

import { Dialog } from '../panel/kit/dialog.tsx';
import { letterOf } from '../panel/menu/verbs-for.ts';
import { VERBS, type VerbSpec } from '../protocol/verbs/index.ts';
import { useSay } from '../store/use-app.tsx';
import { SHORTCUTS, type ShortcutGroup } from './shortcuts.ts';

const GROUPS: readonly ShortcutGroup[] = ['time', 'look', 'page'];
const KINDS: readonly VerbSpec['appliesTo'][] = ['broker', 'link', 'producer', 'consumer', 'partition'];

export default function HelpDialog({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const specs: readonly VerbSpec[] = VERBS;
  return (
    <Dialog title={say('app.help.title')} onClose={onClose} wide>
      <div className="ks-help">
        {GROUPS.map((group) => (
          <section key={group}>
            <h3>{say(`app.help.${group}`)}</h3>
            <dl className="ks-keys">
              {SHORTCUTS.filter((entry) => entry.group === group).map((entry) => (
                <div key={entry.text}>
                  <dt>
                    {entry.keys.map((name) => (
                      <kbd key={name}>{name}</kbd>
                    ))}
                  </dt>
                  <dd>{say(entry.text)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {KINDS.map((kind) => (
          <section key={kind}>
            <h3>{say('app.help.selected', { kind: say(`panel.kind.${kind}`) })}</h3>
            <dl className="ks-keys">
              {specs
                .filter((spec) => spec.appliesTo === kind && spec.acts === true && spec.key !== undefined)
                .map((spec) => (
                  <div key={spec.verb}>
                    <dt>
                      <kbd>{letterOf(spec)}</kbd>
                    </dt>
                    <dd>{say(`verb.${spec.verb}`)}</dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
