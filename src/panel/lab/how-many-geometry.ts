/** Bars over numbers of members, and where more of them bring no more. Pure. */
import type { HowManyPoint } from '../../protocol/lab.ts';

export interface ChartBox {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Bar {
  readonly members: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A round value at or above the largest, so that the axis ends on a number that one can read. */
export function niceTop(most: number): number {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  const found = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((factor) => factor * power >= most - 1e-9) ?? 10;
  return Number((found * power).toPrecision(3));
}

/** Nothing, half and all; of few whole things no half ones. */
export const chartTicks = (top: number, wholes: boolean): readonly number[] =>
  wholes && top % 2 === 1 ? [0, top] : [0, top / 2, top];

/** One bar a number of members. `knee` is the line between as many members as partitions and more; null: out of the chart. */
export function bars(
  points: readonly HowManyPoint[],
  value: (point: HowManyPoint) => number,
  box: ChartBox,
  partitions: number,
): { readonly shapes: readonly Bar[]; readonly top: number; readonly knee: number | null } {
  const top = niceTop(Math.max(0, ...points.map(value)));
  const pitch = (box.right - box.left) / Math.max(1, points.length);
  const width = Math.max(1, Math.min(36, pitch * 0.66));
  const shapes = points.map((point, i) => {
    const height = (value(point) / top) * (box.bottom - box.top);
    return {
      members: point.members,
      x: box.left + pitch * (i + 0.5) - width / 2,
      y: box.bottom - height,
      width,
      height,
    };
  });
  const last = points.findIndex(({ members }) => members === partitions);
  const knee = last < 0 || last === points.length - 1 ? null : box.left + pitch * (last + 1);
  return { shapes, top, knee };
}

/** Within this share of the best, more members bring nothing. */
const NEAR = 0.97;

/** The least number of members that reads as much as any; null: nothing was measured. */
export function kneeOf(points: readonly HowManyPoint[]): HowManyPoint | null {
  const best = Math.max(0, ...points.map(({ processedPerSecond }) => processedPerSecond));
  return points.find(({ processedPerSecond }) => processedPerSecond >= best * NEAR) ?? null;
}
