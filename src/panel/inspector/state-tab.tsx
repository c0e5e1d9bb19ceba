import type { Detail } from '../../protocol/frame.ts';
import { useApp, useSay } from '../../store/use-app.tsx';
import { hasText } from '../../text/index.ts';
import { TERM_OF_LABEL } from '../glossary/labels.ts';
import { Term } from '../glossary/term.tsx';
import { useDetail } from './use-detail.ts';

/** State as the engine has it: a label that opens its glossary entry where there is one, and a value. */
export function StateTab() {
  const detail = useDetail('state');
  return detail === null ? null : <StateRows rows={detail.state} />;
}

export function StateRows({ rows }: { rows: Detail['state'] }) {
  const say = useSay();
  const words = useApp((state) => state.words);
  return (
    <dl className="ks-state">
      {rows.map(({ label, value }) => {
        const term = TERM_OF_LABEL[label];
        const plainKey = `${label}.plain`;
        const name = words === 'first' && hasText(plainKey) ? say(plainKey) : say(label);
        return (
          <div key={label}>
            <dt>{term === undefined ? name : <Term id={term}>{name}</Term>}</dt>
            <dd>
              {typeof value === 'object'
                ? say.phrase(value)
                : typeof value === 'number'
                  ? say('panel.number', { value })
                  : value}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
