/** Where things are, what mouse and fingers do, how the page is worn, and every key, from the lists the keyboard itself uses. */

import { openAllKeys } from '../panel/dialogs/open-all-keys.ts';
import { Dialog } from '../panel/kit/dialog.tsx';
import { letterOf } from '../panel/menu/verbs-for.ts';
import { VERBS, type VerbSpec } from '../protocol/verbs/index.ts';
import { pageMode, useMode } from '../store/page-mode.ts';
import { useActions, useSay } from '../store/use-app.tsx';
import { SHORTCUTS, type ShortcutGroup } from './shortcuts.ts';
import './help.css';

const GROUPS: readonly ShortcutGroup[] = ['time', 'look', 'page'];
const KINDS: readonly VerbSpec['appliesTo'][] = ['broker', 'link', 'producer', 'consumer', 'partition'];
const WHERE = ['stage', 'lesson', 'inspector', 'time', 'words'] as const;
const MOUSE = ['click', 'menu', 'drag', 'wheel', 'flag'] as const;
const TOUCH = ['tap', 'hold', 'drag', 'slider'] as const;

function Switch({ name }: { name: 'presenter' | 'announce' }) {
  const say = useSay();
  const on = useMode((mode) => mode[name]);
  return (
    <label className="ks-switch">
      <input type="checkbox" checked={on} onChange={() => pageMode.setState({ [name]: !on })} />
      <span>
        {say(`device.${name}`)}
        <span className="kp-mute ks-small">{say(`device.${name}.hint`)}</span>
      </span>
    </label>
  );
}

function Worn({ onClose }: { onClose: () => void }) {
  const say = useSay();
  const actions = useActions();
  const hinted = useMode((mode) => mode.hinted.length > 0);
  return (
    <section className="ks-worn">
      <h3>{say('device.set')}</h3>
      <Switch name="presenter" />
      <Switch name="announce" />
      <div className="ks-actions">
        <button
          type="button"
          className="ks-btn"
          onClick={() => actions.openDialog({ kind: 'glossary', term: '' })}
          data-autofocus
        >
          {say('device.help.glossary')}
        </button>
        <button type="button" className="ks-btn" onClick={() => openAllKeys(actions)}>
          {say('config.keys.open')}
        </button>
        <button
          type="button"
          className="ks-btn"
          onClick={() => {
            onClose();
            // The dialog is gone from the page before the browser takes its picture.
            setTimeout(() => print(), 100);
          }}
        >
          {say('device.print')}
        </button>
        {hinted && (
          <button
            type="button"
            className="ks-btn"
            onClick={() => {
              pageMode.setState({ hinted: [] });
              onClose();
            }}
          >
            {say('device.hints.again')}
          </button>
        )}
      </div>
    </section>
  );
}

function List({ title, keys }: { title: string; keys: readonly string[] }) {
  const say = useSay();
  return (
    <section>
      <h3>{title}</h3>
      <ul className="ks-help-list">
        {keys.map((key) => (
          <li key={key}>{say(key)}</li>
        ))}
      </ul>
    </section>
  );
}

/** The keys of the compression lab, as its own handler has them (panel/pack/use-pack-keys.ts). */
const PACK_KEYS = [
  { keys: ['1', '…', '5'], text: 'pack.key.codec' },
  { keys: ['+', '−'], text: 'pack.key.size' },
  { keys: ['R'], text: 'pack.key.again' },
  { keys: ['Esc'], text: 'pack.key.back' },
] as const;

function PackKeys() {
  const say = useSay();
  return (
    <section>
      <h3>{say('pack.keys')}</h3>
      <dl className="ks-keys">
        {PACK_KEYS.map(({ keys, text }) => (
          <div key={text}>
            <dt>
              {keys.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{say(text)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Keys() {
  const say = useSay();
  const specs: readonly VerbSpec[] = VERBS;
  return (
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
      <PackKeys />
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
  );
}

export default function HelpDialog({ onClose }: { onClose: () => void }) {
  const say = useSay();
  return (
    <Dialog title={say('app.help.title')} onClose={onClose} wide>
      <Worn onClose={onClose} />
      <div className="ks-help">
        <List title={say('device.help.where')} keys={WHERE.map((name) => `device.help.where.${name}`)} />
        <List title={say('device.help.mouse')} keys={MOUSE.map((name) => `device.help.mouse.${name}`)} />
        <List title={say('device.help.touch')} keys={TOUCH.map((name) => `device.help.touch.${name}`)} />
      </div>
      <h3 className="ks-help-keys">{say('device.help.keys')}</h3>
      <Keys />
    </Dialog>
  );
}
