/** From top to bottom: how high everything is, at three densities, until it fits or nothing more can be given up. */
import type { Columns, LayoutInput, Rect } from './layout.ts';

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

export interface Heights {
  readonly producer: number;
  readonly bus: number;
  readonly heading: number;
  readonly header: number;
  readonly row: number;
  readonly foot: number;
  /** Between the columns and the first row below them. */
  readonly gap: number;
  readonly group: number;
  readonly reader: number;
  readonly member: number;
  readonly top: number;
  /** Rows so low that only what is not as usual is said in words. */
  readonly dense: boolean;
}

/** Between two rows below the columns, and above a block of members (their bus runs there). */
export const ROW_GAP = 6;
export const MEMBERS_GAP = 10;
const CHIP_GAP = 6;
/** Rows of cells that are lower than this have no line of numbers of their own. */
export const SHARED_NUMBERS_BELOW = 74;
/** A member in one line. */
export const FLAT_MEMBER = 26;

/** Where the members of a group stand in the visible width: name and state in two lines, or in one. */
export function memberRects(input: LayoutInput, c: Columns, count: number, y: number, height: number): Rect[] {
  const left = c.headWidth + c.gutter;
  const room = Math.max(140, input.width - left - Math.max(6, c.right));
  // Where one line holds them all, the names alone are better than two lines with words.
  const flat = height <= FLAT_MEMBER;
  const oneRow = [60, 78, 104].find((each) => count * each <= room + 8 && count * (each + 26) > room);
  const least = flat ? (c.mode === 'stripes' && oneRow !== undefined ? oneRow - 8 : 96) : c.narrow ? 138 : 128;
  const perRow = clamp(Math.floor((room + 8) / (least + 8)), 1, Math.max(1, count));
  const width = Math.min(flat ? 168 : 190, Math.floor((room + 8) / perRow) - 8);
  return Array.from({ length: count }, (_, k) => ({
    x: left + (k % perRow) * (width + 8),
    y: y + Math.floor(k / perRow) * (height + CHIP_GAP),
    width,
    height,
  }));
}

/** Between the members of two groups in one row. */
const GROUP_GAP = 14;

/** The members of all groups, from `y` on: a block each, or one row for all where several groups fit into it. */
export function membersOf(input: LayoutInput, c: Columns, y: number, height: number): { rects: Rect[][]; end: number } {
  const groups = input.groups ?? [];
  const shared = groups.length > 1 && groups.every((n) => n > 0) ? sharedRow(input, c, groups, y, height) : null;
  if (shared !== null) return { rects: shared, end: y + MEMBERS_GAP + height };
  let end = y;
  const rects = groups.map((count) => {
    const block = memberRects(input, c, count, end + MEMBERS_GAP, height);
    const last = block.at(-1);
    if (last !== undefined) end = last.y + last.height;
    return block;
  });
  return { rects, end };
}

function sharedRow(
  input: LayoutInput,
  c: Columns,
  groups: readonly number[],
  y: number,
  height: number,
): Rect[][] | null {
  const total = groups.reduce((sum, n) => sum + n, 0);
  const gaps = GROUP_GAP * (groups.length - 1);
  const row = memberRects({ ...input, width: input.width - gaps }, c, total, y + MEMBERS_GAP, height);
  if (row.at(-1)?.y !== row[0]?.y) return null;
  let from = 0;
  return groups.map((count, k) => {
    from += count;
    return row.slice(from - count, from).map((rect) => ({ ...rect, x: rect.x + k * GROUP_GAP }));
  });
}

/** The least of everything, at a density: 0 as it reads best, 1 members in one line, 2 low rows too. */
function least(input: LayoutInput, c: Columns, twoLines: boolean, density: 0 | 1 | 2): Heights {
  const lines = input.text - 11;
  const { mode } = c;
  const cells = mode === 'cells';
  const dense = density === 2;
  const row = mode === 'stripes' ? (dense ? 18 : 30) : cells ? (dense ? 28 : 50) : dense ? 24 : 44;
  return {
    dense: dense && mode !== 'stripes',
    producer: 48 + lines,
    bus: 16,
    heading: c.heading ? 20 + lines : 0,
    header: (mode === 'stripes' ? 30 : cells && !twoLines ? 32 : 44) + lines * 2,
    row: row + lines,
    foot: mode === 'stripes' ? 8 : cells ? 32 : 22,
    gap: mode === 'stripes' || dense ? 12 : 16,
    group: (dense ? 35 : density === 1 ? 44 : mode === 'stripes' ? 44 : 58) + lines * (dense ? 1 : 2),
    reader: (mode === 'stripes' ? 34 : cells ? 46 : 42) + lines,
    member: (density > 0 ? FLAT_MEMBER : c.narrow ? 44 : 42) + (density > 0 ? 0 : lines * 2),
    top: 6,
  };
}

function fixed(input: LayoutInput, c: Columns, h: Heights, producerRows: number): number {
  const groups = input.groups ?? [];
  const producers = producerRows > 0 ? producerRows * (h.producer + 8) - 8 : input.controllers > 0 ? h.producer : 0;
  const below = groups.length * (h.group + ROW_GAP) + input.consumers * (h.reader + ROW_GAP);
  const members = membersOf(input, c, 0, h.member).end;
  return (
    h.top +
    producers +
    h.bus +
    h.heading +
    h.header +
    h.foot +
    10 +
    members +
    (below === 0 ? 0 : h.gap + below - ROW_GAP)
  );
}

/** First the least of everything, then what is left goes to the rows, the ways of the requests, and the readers. */
export function heights(input: LayoutInput, c: Columns, producerRows: number, twoLines: boolean): Heights {
  const rows = Math.max(1, input.brokers);
  const groups = input.groups ?? [];
  // A phone scrolls down anyway; there only many brokers make rows low.
  const densities: readonly (0 | 1 | 2)[] = c.narrow && rows <= 5 ? [0] : rows <= 2 ? [0, 1] : [0, 1, 2];
  const cells = c.mode === 'cells';
  // Low rows share one line of offsets (layout.ts).
  const numbers = cells ? input.text + 3 : 0;
  let base = least(input, c, twoLines, 0);
  let left = 0;
  for (const density of densities) {
    base = least(input, c, twoLines, density);
    left = input.height - fixed(input, c, base, producerRows);
    if (left >= base.row * rows + (groups.length > 1 ? numbers : 0)) break;
  }
  const high = c.mode === 'stripes' ? 64 : cells ? (rows === 1 ? 200 : rows === 2 ? 160 : 134) : 118;
  // A row that can carry its own numbers is worth more than a column that shares them.
  let row = clamp(Math.floor(left / rows), base.row, high);
  if (cells && row < SHARED_NUMBERS_BELOW) {
    left -= numbers;
    row = clamp(Math.floor(left / rows), base.row, SHARED_NUMBERS_BELOW - 1);
  }
  left -= row * rows;
  const give = (most: number): number => {
    const part = Math.max(0, Math.min(most, Math.floor(left)));
    left -= part;
    return part;
  };
  const bus = base.bus + give(18);
  const readers = input.consumers;
  const reader = base.reader + (readers > 0 ? Math.min(14, Math.floor(give(14 * readers) / readers)) : 0);
  const group =
    base.group + (groups.length > 0 ? Math.min(10, Math.floor(give(10 * groups.length) / groups.length)) : 0);
  const gap = base.gap + give(8);
  const dense = base.dense && row < (cells ? 50 : 44);
  return { ...base, dense, row, bus: bus + give(14), reader, group, gap, top: base.top + Math.floor(give(400) * 0.4) };
}
