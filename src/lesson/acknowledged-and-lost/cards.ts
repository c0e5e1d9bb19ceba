/** What a replay with another setting changed, and what it did not. */
import type { Phrase } from '../../protocol/frame.ts';
import type { CardView } from '../../scenario/lesson-view.ts';
import { phrase } from '../step.ts';
import type { Figures } from './memory.ts';

const count = (n: number): Phrase => phrase('lesson.card.count', { n });
const time = (us: number): Phrase => phrase('lesson.card.time', { us });

/** Two times that a reader would call the same: within a tenth, or half a millisecond. */
const alike = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(500, Math.max(a, b) / 10);

type Row = CardView['rows'][number];

const counts = (label: string, before: number, after: number): Row => ({
  label: phrase(label),
  before: count(before),
  after: count(after),
  same: before === after,
});
const times = (label: string, before: number, after: number): Row => ({
  label: phrase(label),
  before: time(before),
  after: time(after),
  same: alike(before, after),
});
const yesNo = (on: boolean): Phrase => phrase(on ? 'lesson.card.on' : 'lesson.card.off');

/** Broker 1 killed: acks=1 against acks=all. */
export function acksCard(before: Figures, after: Figures): CardView {
  return {
    title: phrase('lesson.lost.card.kill'),
    columns: [phrase('lesson.raw', { text: 'acks=1' }), phrase('lesson.raw', { text: 'acks=all' })],
    rows: [
      counts('lesson.card.lost', before.lost, after.lost),
      times('lesson.card.ack', before.ackHealthyUs, after.ackHealthyUs),
      times('lesson.card.leaderless', before.leaderlessUs, after.leaderlessUs),
      {
        label: phrase('lesson.raw', { text: 'enable.idempotence' }),
        before: yesNo(before.idempotent),
        after: yesNo(after.idempotent),
        same: before.idempotent === after.idempotent,
      },
    ],
  };
}

/** Power cut with one copy in sync: min.insync.replicas 1 against 2. */
export function minIsrCard(before: Figures, after: Figures): CardView {
  const rows = [
    counts('lesson.card.lost', before.lost, after.lost),
    times('lesson.card.ack', before.ackHealthyUs, after.ackHealthyUs),
    times('lesson.card.leaderless', before.leaderlessUs, after.leaderlessUs),
  ];
  if (before.refused !== null && after.refused !== null) {
    rows.push(counts('lesson.card.refused', before.refused, after.refused));
  }
  return {
    title: phrase('lesson.lost.card.power'),
    columns: [phrase('lesson.raw', { text: '1' }), phrase('lesson.raw', { text: '2' })],
    rows,
  };
}
