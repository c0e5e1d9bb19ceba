/**
 * Sizes to rectangles: where everything stands on the stage, for any number of brokers, partitions, producers and
 * readers. Pure; nothing here knows a frame. What does not fit scrolls; nothing shrinks below what can be read.
 */
export interface LayoutInput {
  /** The room inside the scrolling part (below the caption). */
  readonly width: number;
  readonly height: number;
  readonly brokers: number;
  readonly partitions: number;
  readonly producers: number;
  readonly consumers: number;
  readonly controllers: number;
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
  /** cells: a record is a box with letter and number. bars: over eight columns a record is a thin bar. */
  readonly mode: 'cells' | 'bars';
  readonly narrow: boolean;
  readonly text: number;
  /** Size of the content; larger than the room where it scrolls. */
  readonly width: number;
  readonly height: number;
  readonly headWidth: number;
  readonly columnX: readonly number[];
  readonly columnWidth: number;
  readonly gutter: number;
  readonly columnY: number;
  readonly columnHeight: number;
  readonly headerHeight: number;
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
}

const NARROW = 640;
export const MAX_SLOTS = 48;

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value));

interface Columns {
  readonly mode: 'cells' | 'bars';
  readonly narrow: boolean;
  readonly headWidth: number;
  readonly gutter: number;
  readonly columnWidth: number;
  readonly right: number;
}

function columns(input: LayoutInput): Columns {
  const n = Math.max(1, input.partitions);
  const narrow = input.width < NARROW;
  const headWidth = narrow ? 72 : 104;
  const widthIn = (gutter: number): number => Math.floor((input.width - headWidth - gutter * (n + 1)) / n);
  if (narrow)
    return { mode: 'cells', narrow, headWidth, gutter: 14, columnWidth: Math.max(264, widthIn(14)), right: 14 };
  const bars = { mode: 'bars', narrow, headWidth: 100, gutter: 8, right: 8 } as const;
  if (n <= 8 && widthIn(16) >= 136)
    return { mode: 'cells', narrow, headWidth, gutter: 16, columnWidth: widthIn(16), right: 16 };
  return { ...bars, columnWidth: Math.max(54, Math.floor((input.width - bars.headWidth - 8 * (n + 1)) / n)) };
}

function producerRects(input: LayoutInput, c: Columns, y: number, height: number): Rect[] {
  const n = input.producers;
  if (n === 0) return [];
  const left = c.headWidth + c.gutter;
  // As wide as the columns, also where these scroll sideways.
  const room = Math.max(input.width - left, input.partitions * (c.columnWidth + c.gutter), 240) - c.gutter;
  const perRow = clamp(Math.floor((room + 10) / 164), 1, n);
  const width = Math.min(c.mode === 'bars' ? 230 : 248, Math.floor((room + 10) / perRow) - 10);
  return Array.from({ length: n }, (_, k) => {
    const row = Math.floor(k / perRow);
    const inRow = Math.min(perRow, n - row * perRow);
    // Where columns scroll sideways, the cards stand at the beginning, not somewhere out of sight.
    const step = room > input.width ? Math.min(room / inRow, width + 28) : room / inRow;
    return { x: Math.round(left + step * ((k % perRow) + 0.5) - width / 2), y: y + row * (height + 8), width, height };
  });
}

interface Heights {
  readonly producer: number;
  readonly bus: number;
  readonly header: number;
  readonly row: number;
  readonly foot: number;
  readonly readerGap: number;
  readonly reader: number;
  readonly top: number;
}

/** First the least of everything, then what is left goes to the rows, the ways of the requests, and the readers. */
function heights(input: LayoutInput, c: Columns, producerRows: number, twoLines: boolean): Heights {
  const cells = c.mode === 'cells';
  const lines = input.text - 11;
  const base = {
    producer: 48 + lines,
    bus: 16,
    header: (cells ? (twoLines ? 44 : 32) : 44) + lines * 2,
    foot: cells ? 32 : 22,
    readerGap: 16,
    reader: (cells ? 46 : 42) + lines,
    top: 6,
  };
  const producers =
    producerRows === 0 && input.controllers === 0
      ? 0
      : producerRows === 0
        ? base.producer
        : producerRows * (base.producer + 8) - 8;
  const readers = input.consumers === 0 ? 0 : base.readerGap + input.consumers * (base.reader + 6) - 6;
  const fixed = base.top + producers + base.bus + base.header + base.foot + readers + 10;
  const rows = Math.max(1, input.brokers);
  const low = (cells ? 50 : 44) + lines;
  const high = cells ? (rows === 1 ? 200 : rows === 2 ? 160 : 134) : 118;
  let left = input.height - fixed;
  // A row that can carry its own numbers is worth more than a column that shares them.
  const row = clamp(Math.floor(left / rows), low, high);
  left -= row * rows;
  const give = (most: number): number => {
    const part = Math.max(0, Math.min(most, Math.floor(left)));
    left -= part;
    return part;
  };
  const bus = base.bus + give(18);
  const reader =
    base.reader + (input.consumers > 0 ? Math.min(14, Math.floor(give(14 * input.consumers) / input.consumers)) : 0);
  const readerGap = base.readerGap + give(8);
  return { ...base, row, bus: bus + give(14), reader, readerGap, top: base.top + Math.floor(give(400) * 0.4) };
}

export function layOut(input: LayoutInput): Layout {
  const c = columns(input);
  const n = Math.max(1, input.partitions);
  const twoLines = c.mode === 'bars' || c.columnWidth < 300;
  const dry = producerRects(input, c, 0, 0);
  const producerRows = new Set(dry.map((r) => r.y)).size;
  const h = heights(input, c, producerRows, twoLines);
  const producers = producerRects(input, c, h.top, h.producer);
  const cardsEnd = producers.length === 0 ? h.top : Math.max(...producers.map((r) => r.y + r.height));
  const producersEnd = input.controllers > 0 ? Math.max(cardsEnd, h.top + h.producer) : cardsEnd;
  const columnX = Array.from({ length: n }, (_, k) => c.headWidth + c.gutter + k * (c.columnWidth + c.gutter));
  const pad = c.mode === 'cells' ? 12 : 7;
  const inner = c.columnWidth - 2 * pad;
  const slots =
    c.mode === 'cells'
      ? clamp(Math.floor(inner / (inner > 500 ? 22 : inner > 330 ? 17 : 13.2)), 5, MAX_SLOTS)
      : clamp(Math.floor(inner / 2.4), 16, MAX_SLOTS);
  const pitch = inner / slots;
  const sharedNumbers = c.mode === 'cells' && h.row < 74;
  const header = h.header + (sharedNumbers ? input.text + 3 : 0);
  const columnY = producersEnd + h.bus;
  const rowY = Array.from({ length: Math.max(1, input.brokers) }, (_, k) => columnY + header + k * h.row);
  const footY = columnY + header + Math.max(1, input.brokers) * h.row;
  const columnEnd = footY + h.foot;
  const readerY = Array.from({ length: input.consumers }, (_, k) => columnEnd + h.readerGap + k * (h.reader + 6));
  const end = input.consumers === 0 ? columnEnd : (readerY[input.consumers - 1] as number) + h.reader;
  const roleY = c.mode === 'cells' ? input.text + 7 : 0;
  const numbers = c.mode === 'cells' && !sharedNumbers ? input.text + 5 : 0;
  const barRole = c.mode === 'bars' ? input.text + 3 : 0;
  const cellY = c.mode === 'cells' ? roleY + (h.row < 84 ? 6 : 10) : 8;
  const cellHeight = clamp(
    h.row - cellY - numbers - barRole - 9,
    16,
    c.mode === 'cells' ? (input.brokers <= 2 ? 64 : 52) : 60,
  );
  // What a high row does not need stands above and below, not all below.
  const slack = Math.max(0, h.row - cellY - cellHeight - numbers - barRole - 9) / 2;
  return {
    mode: c.mode,
    narrow: c.narrow,
    text: input.text,
    width: Math.max(input.width, (columnX[n - 1] as number) + c.columnWidth + c.right),
    height: Math.max(input.height, end + 10),
    headWidth: c.headWidth,
    columnX,
    columnWidth: c.columnWidth,
    gutter: c.gutter,
    columnY,
    columnHeight: columnEnd - columnY,
    headerHeight: header,
    twoLines,
    sharedNumbers,
    rowY,
    rowHeight: h.row,
    roleY: roleY + slack,
    cellY: cellY + slack,
    cellHeight,
    numberY: cellY + slack + cellHeight + input.text + 2,
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
    readerBusY: columnEnd + h.readerGap / 2,
  };
}

/** The middle of a broker's row, where requests arrive. */
export const rowMiddle = (layout: Layout, row: number): number =>
  (layout.rowY[row] as number) + layout.cellY + layout.cellHeight / 2;
