/** The inspector: a list of things, or the one that is selected. */
import { useApp } from '../../store/use-app.tsx';
import { part } from '../kit/part.tsx';
import { Things } from './things.tsx';

const Selected = part(() => import('./selected.tsx'));

export function Inspector() {
  const selection = useApp((state) => state.selection);
  if (selection === null) return <Things />;
  return <Selected selection={selection} />;
}
