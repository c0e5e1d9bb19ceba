/** Where the curve's points, labels and its line of batch.size stand. Pure; pixels. */
import { curveMonotoneX, line, scaleLinear, scaleLog } from 'd3';
import type { PackCurve } from '../../protocol/pack.ts';

export const LEAST_BATCH = 256;
export const MOST_BATCH = 1_048_576;

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const xScale = (box: Box) =>
  scaleLog().base(2).domain([LEAST_BATCH, MOST_BATCH]).range([box.left, box.right]).clamp(true);

/** From 0 up to a round number that no curve passes. */
export function yScale(curves: readonly PackCurve[], box: Box) {
  const most = Math.max(1, ...curves.flatMap(({ points }) => points.map(({ ratio }) => ratio)));
  return scaleLinear()
    .domain([0, most * 1.06])
    .range([box.bottom, box.top])
    .nice(4);
}

export function pathOf(curve: PackCurve, box: Box, curves: readonly PackCurve[]): string {
  const x = xScale(box);
  const y = yScale(curves, box);
  const draw = line<PackCurve['points'][number]>()
    .x((point) => x(point.batchBytes))
    .y((point) => y(point.ratio))
    .curve(curveMonotoneX);
  return draw(curve.points) ?? '';
}

/** Sizes that the axis names: every fourth power, or fewer where there is little room. */
export function sizeTicks(width: number): readonly number[] {
  const each = width < 420 ? 16 : 4;
  const ticks: number[] = [];
  for (let size = LEAST_BATCH; size <= MOST_BATCH; size *= each) ticks.push(size);
  return ticks;
}

/** The y of each curve's label at its end, pushed apart so that none covers another, and kept inside. */
export function endLabels(ends: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = ends.map((_, i) => i).sort((a, b) => (ends[a] as number) - (ends[b] as number));
  const placed = [...ends];
  let above = top - gap;
  for (const i of order) {
    placed[i] = Math.max(placed[i] as number, above + gap);
    above = placed[i] as number;
  }
  let below = bottom + gap;
  for (const i of [...order].reverse()) {
    placed[i] = Math.min(placed[i] as number, below - gap);
    below = placed[i] as number;
  }
  return placed;
}

/** The power of two that lies nearest on the axis. */
export function nearestSize(x: number, box: Box): number {
  const size = xScale(box).invert(x);
  let best = LEAST_BATCH;
  for (let each = LEAST_BATCH; each <= MOST_BATCH; each *= 2) {
    if (Math.abs(xScale(box)(each) - xScale(box)(size)) < Math.abs(xScale(box)(best) - xScale(box)(size))) best = each;
  }
  return best;
}

/** The next power of two above or below a size; the ends of the axis are the ends. */
export function stepSize(size: number, by: number): number {
  let at = LEAST_BATCH;
  if (by > 0) {
    while (at <= size) at *= 2;
    at *= 2 ** (by - 1);
  } else {
    at = MOST_BATCH;
    while (at >= size && at > LEAST_BATCH) at /= 2;
    at /= 2 ** (-by - 1);
  }
  return Math.min(MOST_BATCH, Math.max(LEAST_BATCH, at));
}

/** The ratio at the measured size nearest to this one, and that size; null: the curve has no point. */
export function pointNear(curve: PackCurve, size: number): PackCurve['points'][number] | null {
  let best: PackCurve['points'][number] | null = null;
  for (const point of curve.points) {
    const off = Math.abs(Math.log2(point.batchBytes / size));
    if (best === null || off < Math.abs(Math.log2(best.batchBytes / size))) best = point;
  }
  return best;
}
