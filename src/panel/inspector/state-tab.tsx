import { useActions, useApp, useSay } from '../../store/use-app.tsx';
import { hasText } from '../../text/index.ts';
import { TERM_OF_LABEL } from '../dialogs/glossary-terms.ts';
import { useDetail } from './use-detail.ts';

/** State as the engine has it: a label that opens its glossary entry where there is one, and a value. */
export function StateTab() {
  const say = useSay();
  const actions = useActions();
  const words = useApp((state) => state.words);
  const detail = useDetail('state');
  if (detail === null) return null;
  return (
    <dl className="ks-state">
      {detail.state.map(({ label, value }) => {
        const term = TERM_OF_LABEL[label];
        const plainKey = `${label}.plain`;
        const name = words === 'first' && hasText(plainKey) ? say(plainKey) : say(label);
        return (
          <div key={label}>
            <dt>
              {term === undefined ? (
                name
              ) : (
                <button
                  type="button"
                  className="ks-link"
                  onClick={() => actions.openDialog({ kind: 'glossary', term })}
                >
                  {name}
                </button>
              )}
            </dt>
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
