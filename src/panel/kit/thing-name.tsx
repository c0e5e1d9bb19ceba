import type { ThingId } from '../../protocol/frame.ts';
import { thingPhrase } from '../../store/thing.ts';
import { useActions, useSay } from '../../store/use-app.tsx';

/** A thing's name that selects it and points at it. */
export function ThingLink({ thing }: { thing: ThingId }) {
  const say = useSay();
  const actions = useActions();
  return (
    <button
      type="button"
      className="ks-link"
      onPointerEnter={() => actions.setHighlight([thing])}
      onPointerLeave={() => actions.setHighlight([])}
      onClick={() => actions.select(thing)}
    >
      {say.phrase(thingPhrase(thing))}
    </button>
  );
}
