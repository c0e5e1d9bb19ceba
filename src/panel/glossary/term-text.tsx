/** A sentence whose words open their entries. */
import { useMemo } from 'react';
import { useSay } from '../../store/use-app.tsx';
import { Term } from './term.tsx';
import { wordsIn } from './words.ts';

export function TermText({ text }: { text: string }) {
  const { language } = useSay();
  const pieces = useMemo(() => wordsIn(text, language), [text, language]);
  return (
    <>
      {pieces.map((piece) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          <Term key={piece.term} id={piece.term}>
            {piece.word}
          </Term>
        ),
      )}
    </>
  );
}
