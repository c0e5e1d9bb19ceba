/**
 * Sizes to rectangles: where everything stands on the stage, for any number of brokers, partitions, producers and
 * readers. Pure; nothing here knows a frame. What does not fit scrolls; nothing shrinks below what can be read.
 */
import { heights, membersOf, ROW_GAP, SHARED_NUMBERS_BELOW } from './layout-rows.ts';

export interface LayoutInput {
  /** The room inside the scrolling part (below the caption). */
  readonly width: number;
  readonly height: number;
  readonly brokers: number;
  readonly partitions: number;
  readonly producers: number;
  readonly consumers: number;
  readonly controllers: number;
  /** Groups, by their number of members. */
  readonly groups?: readonly number[];
  /** Columns, other than the first, at which another topic begins. */
  readonly breaks?: readonly number[];
  /** Columns that stand for a whole topic. */
  readonly wide?: readonly number[];
  /** The smallest text: 11, in Chinese 12. */
  readonly text: number;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  /**
   * cells: a record is a box with letter and number. bars: over eight columns a record is a thin bar. stripes: over
   * forty a column is a stripe with its high watermark and log end.
   */
  readonly mode: 'cells' | 'bars' | 'stripes';
  readonly narrow: boolean;
  readonly text: number;
  /** Size of the content; larger than the room where it scrolls. */
  readonly width: number;
  readonly height: number;
  readonly headWidth: number;
  readonly columnX: readonly number[];
  readonly columnWidth: number;
  /** Of a column that stands for a whole topic. */
  readonly wideWidth: number;
  readonly gutter: number;
  readonly columnY: number;
  readonly columnHeight: number;
  readonly headerHeight: number;
  /** Of the topics' names above the columns; 0 with one topic. */
  readonly headingHeight: number;
  /** Two lines in a partition's header: name, then leader. */
  readonly twoLines: boolean;
  /** One row of offset numbers for the whole column, where rows are too low to repeat them. */
  readonly sharedNumbers: boolean;
  readonly rowY: readonly number[];
  readonly rowHeight: number;
  /** Inside a row, from its top. */
  readonly roleY: number;
  readonly cellY: number;
  readonly cellHeight: number;
  readonly numberY: number;
  readonly footY: number;
  readonly footHeight: number;
  /** Inside a column. */
  readonly slots: number;
  readonly pitch: number;
  readonly cell: number;
  readonly pad: number;
  readonly producers: readonly Rect[];
  readonly controller: Rect;
  readonly busY: number;
  readonly readerY: readonly number[];
  readonly readerHeight: number;
  readonly readerBusY: number;
  /** Groups: one row each below the columns; their members in blocks below all rows. */
  readonly groupY: readonly number[];
  readonly groupHeight: number;
  readonly members: readonly (readonly Rect[])[];
  readonly memberHeight: number;
  /** Rows so low that only what is not as usual is said in words. */
  readonly dense: boolean;
}

const NARROW = 640;
export const MAX_SLOTS = 48;
/** Above this many columns each is a stripe. */
export const STRIPES_ABOVE = 40;

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

export interface Columns {
  readonly mode: Layout['mode'];
  readonly narrow: boolean;
  readonly headWidth: number;
  readonly gutter: number;
  readonly columnWidth: number;
  readonly right: number;
  /** Several topics: each has a heading over its columns. */
  readonly heading: boolean;
}

/** Between the columns of two topics, beside the gutter. */
const TOPIC_GAP = 10;
/** A topic in one column, among stripes. */
const WIDE = 72;

/** A record as a cell up to eight columns, as a bar over eight, and over forty a column as a stripe. */
function columns(input: LayoutInput): Columns {
  const n = Math.max(1, input.partitions);
  const narrow = input.width < NARROW;
  const breaks = input.breaks ?? [];
  const heading = breaks.length > 0 || (input.wide?.length ?? 0) > 0;
  const base = { narrow, heading };
  const widthIn = (head: number, gutter: number): number =>
    Math.floor((input.width - head - gutter * (n + 1) - breaks.length * TOPIC_GAP) / n);
  if (n > STRIPES_ABOVE || (n > 24 && widthIn(100, 8) < 24)) {
    const head = narrow ? 72 : 100;
    const wide = input.wide?.length ?? 0;
    const room = input.width - head - 12 - breaks.length * TOPIC_GAP - wide * WIDE;
    const pitch = clamp(room / Math.max(1, n - wide), narrow ? 9 : 5, 30);
    const gutter = clamp(Math.round(pitch * 0.3), 1, 6);
    return { ...base, mode: 'stripes', headWidth: head, gutter, columnWidth: pitch - gutter, right: 6 };
  }
  if (narrow && n <= 8)
    return {
      ...base,
      mode: 'cells',
      headWidth: 72,
      gutter: 14,
      columnWidth: Math.max(264, widthIn(72, 14)),
      right: 14,
    };
  if (!narrow && n <= 8 && widthIn(104, 16) >= 136)
    return { ...base, mode: 'cells', headWidth: 104, gutter: 16, columnWidth: widthIn(104, 16), right: 16 };
  const head = narrow ? 72 : 100;
  return { ...base, mode: 'bars', headWidth: head, gutter: 8, columnWidth: Math.max(54, widthIn(head, 8)), right: 8 };
}

function producerRects(input: LayoutInput, c: Columns, y: number, height: number): Rect[] {
  const n = input.producers;
  if (n === 0) return [];
  const left = c.headWidth + c.gutter;
  // As wide as the columns, also where these scroll sideways.
  const room =
    (c.mode === 'stripes'
      ? input.width - left
      : Math.max(input.width - left, input.partitions * (c.columnWidth + c.gutter), 240)) - c.gutter;
  const least = c.mode === 'stripes' ? 116 : 164;
  // A phone scrolls sideways anyway: cards stand in one row there.
  const perRow = clamp(Math.floor((room + 10) / least), 1, n);
  if (c.narrow && n > 2) return Array.from({ length: n }, (_, k) => ({ x: left + k * 168, y, width: 158, height }));
  const width = Math.min(c.mode === 'cells' ? 248 : 230, Math.floor((room + 10) / perRow) - 10);
  return Array.from({ length: n }, (_, k) => {
    const row = Math.floor(k / perRow);
    const inRow = Math.min(perRow, n - row * perRow);
    // Where columns scroll sideways, the cards stand at the beginning, not somewhere out of sight.
    const step = room > input.width ? Math.min(room / inRow, width + 28) : room / inRow;
    return { x: Math.round(left + step * ((k % perRow) + 0.5) - width / 2), y: y + row * (height + 8), width, height };
  });
}

/** Inside a row, from its top: words, records, numbers. */
function insideRow(input: LayoutInput, c: Columns, row: number, sharedNumbers: boolean, dense: boolean) {
  if (c.mode === 'stripes') {
    const air = row >= 28 ? 4 : 2;
    return { roleY: 0, cellY: air, cellHeight: row - 2 * air, numberY: row - air };
  }
  const cells = c.mode === 'cells';
  const roleY = cells ? (dense ? row / 2 + 4 : input.text + 7) : 0;
  const numbers = cells && !sharedNumbers ? input.text + 5 : 0;
  const barRole = !cells && !dense ? input.text + 3 : 0;
  const cellY = dense ? 4 : cells ? roleY + (row < 84 ? 6 : 10) : 8;
  const under = dense ? 4 : 9;
  const high = cells ? (input.brokers <= 2 ? 64 : 52) : 60;
  const cellHeight = clamp(row - cellY - numbers - barRole - under, 16, high);
  // What a high row does not need stands above and below, not all below.
  const slack = Math.max(0, row - cellY - cellHeight - numbers - barRole - under) / 2;
  return {
    roleY: roleY + (dense ? 0 : slack),
    cellY: cellY + slack,
    cellHeight,
    numberY: dense ? row / 2 + 4 : cellY + slack + cellHeight + input.text + 2,
  };
}

function slotsIn(c: Columns, pad: number): { slots: number; pitch: number } {
  const inner = c.columnWidth - 2 * pad;
  // A stripe has no records; the close view shows as many as a wide column.
  const slots =
    c.mode === 'cells'
      ? clamp(Math.floor(inner / (inner > 500 ? 22 : inner > 330 ? 17.5 : inner > 180 ? 15.4 : 13.2)), 5, MAX_SLOTS)
      : c.mode === 'bars'
        ? clamp(Math.floor(inner / 2.4), 16, MAX_SLOTS)
        : 16;
  return { slots, pitch: inner / slots };
}

export function layOut(input: LayoutInput): Layout {
  const c = columns(input);
  const n = Math.max(1, input.partitions);
  const groups = input.groups ?? [];
  const breaks = new Set(input.breaks ?? []);
  const twoLines = c.mode === 'bars' || c.columnWidth < 300;
  const dry = producerRects(input, c, 0, 0);
  const producerRows = new Set(dry.map((r) => r.y)).size;
  const h = heights(input, c, producerRows, twoLines);
  const producers = producerRects(input, c, h.top, h.producer);
  const cardsEnd = producers.length === 0 ? h.top : Math.max(...producers.map((r) => r.y + r.height));
  const producersEnd = input.controllers > 0 ? Math.max(cardsEnd, h.top + h.producer) : cardsEnd;
  const wide = new Set(input.wide ?? []);
  const wideWidth = c.mode === 'stripes' ? WIDE : c.columnWidth;
  let shift = 0;
  const columnX = Array.from({ length: n }, (_, k) => {
    if (breaks.has(k)) shift += TOPIC_GAP;
    const x = c.headWidth + Math.max(c.gutter, 6) + k * (c.columnWidth + c.gutter) + shift;
    if (wide.has(k)) shift += wideWidth - c.columnWidth;
    return x;
  });
  const pad = c.mode === 'cells' ? 12 : c.mode === 'bars' ? 7 : 0;
  const { slots, pitch } = slotsIn(c, pad);
  const sharedNumbers = c.mode === 'cells' && h.row < SHARED_NUMBERS_BELOW;
  const header = h.header + (sharedNumbers ? input.text + 3 : 0);
  const columnY = producersEnd + h.bus + h.heading;
  const rows = Math.max(1, input.brokers);
  const rowY = Array.from({ length: rows }, (_, k) => columnY + header + k * h.row);
  const footY = columnY + header + rows * h.row;
  const columnEnd = footY + h.foot;
  const below = columnEnd + h.gap;
  const groupY = groups.map((_, k) => below + k * (h.group + ROW_GAP));
  const readersFrom = below + groups.length * (h.group + ROW_GAP);
  const readerY = Array.from({ length: input.consumers }, (_, k) => readersFrom + k * (h.reader + ROW_GAP));
  let end =
    groups.length + input.consumers === 0 ? columnEnd : readersFrom + input.consumers * (h.reader + ROW_GAP) - ROW_GAP;
  const { rects: members, end: membersEnd } = membersOf(input, c, end, h.member);
  end = membersEnd;
  return {
    mode: c.mode,
    narrow: c.narrow,
    text: input.text,
    width: Math.max(
      input.width,
      ...producers.map((r) => r.x + r.width + 8),
      Math.ceil((columnX[n - 1] as number) + (wide.has(n - 1) ? wideWidth : c.columnWidth) + c.right),
    ),
    height: Math.max(input.height, end + 10),
    headWidth: c.headWidth,
    columnX,
    columnWidth: c.columnWidth,
    wideWidth,
    gutter: c.gutter,
    columnY,
    columnHeight: columnEnd - columnY,
    headerHeight: header,
    headingHeight: h.heading,
    twoLines,
    sharedNumbers,
    rowY,
    rowHeight: h.row,
    ...insideRow(input, c, h.row, sharedNumbers, h.dense),
    footY,
    footHeight: h.foot,
    slots,
    pitch,
    cell: c.mode === 'cells' ? pitch - 2.6 : pitch,
    pad,
    producers,
    controller: { x: 8, y: h.top, width: c.headWidth - 8, height: h.producer },
    busY: producersEnd + h.bus / 2,
    readerY,
    readerHeight: h.reader,
    readerBusY: columnEnd + h.gap / 2,
    groupY,
    groupHeight: h.group,
    members,
    memberHeight: h.member,
    dense: h.dense,
  };
}

/** The middle of a broker's row, where requests arrive. */
export const rowMiddle = (layout: Layout, row: number): number =>
  (layout.rowY[row] as number) + layout.cellY + layout.cellHeight / 2;
