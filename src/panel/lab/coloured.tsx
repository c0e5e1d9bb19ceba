/** A sentence in which members have their colours. */
import { Fragment } from 'react';
import type { LabRun } from '../../protocol/lab.ts';
import { hueOf } from './use-lab.tsx';

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The sentence in pieces: every second one is a member's name. */
export function pieces(text: string, names: readonly string[]): string[] {
  if (names.length === 0) return [text];
  // The longest first, so that c12 is not c1 with a 2 behind it.
  const sorted = [...names].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return text.split(new RegExp(`(?<![\\w-])(${sorted.map(escaped).join('|')})(?![\\w-])`, 'u'));
}

export function Coloured({ text, run }: { text: string; run: LabRun }) {
  const names = run.members.map(({ consumer }) => consumer);
  return (
    <>
      {pieces(text, names).map((piece, i) =>
        i % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one sentence have no other name
          <b key={i} style={{ color: hueOf(run, piece) }}>
            {piece}
          </b>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one sentence have no other name
          <Fragment key={i}>{piece}</Fragment>
        ),
      )}
    </>
  );
}

export function Member({ run, consumer }: { run: LabRun; consumer: string }) {
  return <b style={{ color: hueOf(run, consumer) }}>{consumer}</b>;
}
