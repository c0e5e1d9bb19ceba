/**
 * A column so narrow that its records cannot be told apart: in each broker's row a bar as long as that copy's log is,
 * among the last records of the longest, with the high watermark across. What hurts is marked above. Pure.
 */
import type { PartitionView } from '../protocol/frame.ts';
import { topOf } from './derive.ts';
import type { Layout } from './layout.ts';

/** So many records are as long as a row is high. */
export const STRIPE_RECORDS = 48;

export interface StripeShapes {
  readonly leader: string;
  readonly copies: string;
  readonly late: string;
  readonly ghost: string;
  readonly hw: string;
}

const r1 = (v: number): number => Math.round(v * 2) / 2;

/** `rows`: broker to row. `life`: a letter a row, as in columns. In the column's own coordinates. */
export function stripeShapes(
  p: PartitionView,
  layout: Layout,
  rows: ReadonlyMap<number, number>,
  life: string,
): StripeShapes {
  const width = layout.columnWidth;
  const high = layout.cellHeight;
  const top = topOf(p);
  const pitch = high / Math.max(8, Math.min(STRIPE_RECORDS, top));
  const lengthAt = (offset: number): number => Math.max(0, Math.min(high, r1(high - (top - offset) * pitch)));
  const out = { leader: '', copies: '', late: '', ghost: '', hw: '' };
  const safe = lengthAt(p.hw);
  for (const r of p.replicas) {
    const row = rows.get(r.broker);
    if (row === undefined) continue;
    const y = (layout.rowY[row] as number) + layout.cellY;
    const length = Math.max(r.leo > r.logStart ? 2 : 0, lengthAt(r.leo));
    const bar = `M0 ${y}h${width}v${length}h${-width}z`;
    const dead = life[row] !== 'u' || r.role === 'offline';
    if (dead) out.ghost += bar;
    else if (r.role === 'leader') out.leader += bar;
    else if (r.inIsr) out.copies += bar;
    else out.late += bar;
    if (p.hw > 0) out.hw += `M-0.5 ${r1(y + Math.max(1, safe))}h${width + 1}`;
  }
  return out;
}

/** Which columns carry their number: so that numbers never touch. */
export function stripeLabelEvery(pitch: number, charWidth: number, highest: number): number {
  const width = String(Math.max(0, highest)).length * charWidth + 5;
  for (const every of [1, 2, 5, 10, 20, 50]) if (every * pitch >= width) return every;
  return 100;
}
