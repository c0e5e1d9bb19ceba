/** The inspector: a list of things, or the one that is selected. */
import { lazy, Suspense } from 'react';
import { useApp } from '../../store/use-app.tsx';
import { Things } from './things.tsx';

const Selected = lazy(() => import('./selected.tsx'));

export function Inspector() {
  const selection = useApp((state) => state.selection);
  if (selection === null) return <Things />;
  return (
    <Suspense fallback={null}>
      <Selected selection={selection} />
    </Suspense>
  );
}
