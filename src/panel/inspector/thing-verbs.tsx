/** What can be done to the selected thing, with its keys: the same list as its menu on the stage. */
import { useApp, useAppStore, useSay } from '../../store/use-app.tsx';
import { letterOf, sendVerb, verbsFor } from '../menu/verbs-for.ts';

export function ThingVerbs() {
  const say = useSay();
  const store = useAppStore();
  const selection = useApp((state) => state.selection);
  // Which of them are possible changes seldom; their names as one string keep this list still while frames pass.
  const possible = useApp(({ frame, selection: thing }) =>
    frame === null || thing === null
      ? ''
      : verbsFor(thing, frame)
          .filter((option) => option.possible)
          .map((option) => option.spec.verb)
          .join(' '),
  );
  const { frame } = store.getState();
  if (selection === null || frame === null || possible === '') return null;
  const verbs = possible.split(' ');
  const options = verbsFor(selection, frame).filter(({ spec }) => verbs.includes(spec.verb));
  return (
    <section className="ks-verbs">
      <h3>{say('panel.verbs')}</h3>
      <ul>
        {options.map(({ spec }) => (
          <li key={spec.verb}>
            <button
              type="button"
              title={say(`verb.${spec.verb}.hint`)}
              onClick={() => sendVerb(store, spec, selection)}
            >
              <span>{say(`verb.${spec.verb}`)}</span>
              {letterOf(spec) !== null && <kbd>{letterOf(spec)}</kbd>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
