/** A word that opens its entry: a dotted line under it, a button for mouse, keyboard and touch. */
import type { ReactNode } from 'react';
import { useActions } from '../../store/use-app.tsx';

export function Term({ id, children }: { id: string; children: ReactNode }) {
  const actions = useActions();
  return (
    <button
      type="button"
      className="ks-word"
      aria-haspopup="dialog"
      onClick={() => actions.openDialog({ kind: 'glossary', term: id })}
    >
      {children}
    </button>
  );
}
