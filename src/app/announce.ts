/**
 * What a screen reader is told, and when: at most one sentence every few seconds, losses first; when much happens, a count
 * of it. Pure: the announcer keeps its state here and hands in the real time.
 */
import type { LaneName, LogLine, Phrase } from '../protocol/frame.ts';

/** Real milliseconds between two sentences while it plays, and while somebody steps by hand. */
export const PLAYING_MS = 4_000;
export const BY_HAND_MS = 900;
/** With more than this to say at once, it is counted and not told. */
const MOST_TOLD = 2;

type Counted = Extract<LaneName, 'elections' | 'isr' | 'groups' | 'losses'>;
const COUNTED: readonly Counted[] = ['losses', 'elections', 'groups', 'isr'];

export interface Heard {
  readonly line: Phrase;
  readonly tone: LogLine['tone'];
}

export interface Waiting {
  /** Lines of the log that have come since the last sentence. */
  readonly lines: readonly Heard[];
  /** How often each kind of event has happened since. */
  readonly counts: Readonly<Record<Counted, number>>;
  /** Records lost since, by the ledger. */
  readonly lost: number;
  /** A value that was refused, as it was said on the page. */
  readonly refused: string | null;
  /** A moment that was gone to by hand: what the cluster waits for there. */
  readonly moment: { readonly atUs: number; readonly caption: Phrase } | null;
  readonly sinceMs: number;
}

export const NOTHING: Omit<Waiting, 'sinceMs'> = {
  lines: [],
  counts: { elections: 0, isr: 0, groups: 0, losses: 0 },
  lost: 0,
  refused: null,
  moment: null,
};

/** A sentence as pieces that the page puts together: a key with its numbers, or words as they are. */
export type Piece = Phrase | string;

const WEIGHT: Readonly<Record<LogLine['tone'], number>> = { harm: 3, risk: 2, good: 1, plain: 0 };

function summary(waiting: Waiting, nowMs: number): Piece[] {
  const seconds = Math.max(1, Math.round((nowMs - waiting.sinceMs) / 1000));
  const parts: Piece[] = [{ key: 'device.say.last', params: { seconds } }];
  for (const kind of COUNTED) {
    const count = kind === 'losses' ? waiting.lost : waiting.counts[kind];
    if (count > 0) parts.push({ key: `device.say.${kind}`, params: { count } });
  }
  return parts;
}

/**
 * What is said now: null when nothing is worth it. The refused value comes first, then what was gone to by hand, then one or
 * two lines by weight; more than that is summed up. Plain lines are said only to who steps.
 */
export function sentence(waiting: Waiting, nowMs: number, playing: boolean): readonly Piece[] | null {
  if (waiting.refused !== null) return [waiting.refused];
  const telling = waiting.lines.filter(({ tone }) => !playing || tone !== 'plain');
  const counted = waiting.lost + COUNTED.reduce((sum, kind) => sum + waiting.counts[kind], 0);
  if (playing && telling.length > MOST_TOLD && counted > 0) return summary(waiting, nowMs);
  const first = [...telling].sort((a, b) => WEIGHT[b.tone] - WEIGHT[a.tone]).slice(0, MOST_TOLD);
  const pieces: Piece[] = first.map(({ line }) => line);
  if (waiting.moment !== null) {
    const { atUs, caption } = waiting.moment;
    return [{ key: 'device.say.at', params: { at: atUs } }, ...pieces.slice(0, 1), caption];
  }
  return pieces.length === 0 ? null : pieces;
}
