import { useState } from 'react';
import { useSay } from '../../store/use-app.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { TERMS } from './glossary-terms.ts';

/** One term with what it is here and why it matters; the others are a click away. */
export default function GlossaryDialog({ term, onClose }: { term: string; onClose: () => void }) {
  const say = useSay();
  const [shown, setShown] = useState(term);
  return (
    <Dialog title={say(`panel.term.${shown}`)} onClose={onClose}>
      <p>{say(`panel.term.${shown}.says`)}</p>
      <nav className="ks-terms" aria-label={say('panel.terms')}>
        {TERMS.map((other) => (
          <button
            key={other}
            type="button"
            className="ks-chip"
            aria-pressed={other === shown}
            onClick={() => setShown(other)}
          >
            {say(`panel.term.${other}`)}
          </button>
        ))}
      </nav>
    </Dialog>
  );
}
