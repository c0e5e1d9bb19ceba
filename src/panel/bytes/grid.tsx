/**
 * Bytes as cells in rows, coloured by field, with the fields' names beneath. Long parts scroll in a box of their own, and only the
 * rows in view are in the page. The keyboard walks with one focus on the whole (aria-activedescendant).
 */
/* biome-ignore-start lint/a11y/useSemanticElements: a table cannot have only the rows in view, each at its place */
/* biome-ignore-start lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell */
import { type KeyboardEvent, memo, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { labelsOf, signs } from './label.ts';
import { fieldAt, type Sheet } from './sheet.ts';

export interface GridProps {
  readonly id: string;
  readonly label: string;
  readonly sheet: Sheet;
  /** The bytes that it shows. */
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  /** Pixels from one cell to the next. */
  readonly pitch: number;
  readonly rowHeight: number;
  /** Rows in view before it scrolls. */
  readonly mostRows: number;
  /** Without names beneath. */
  readonly tight?: boolean;
  /** The chosen byte; -1: none. */
  readonly byte: number;
  /** The field that is pointed at, else the chosen byte's; -1: none. */
  readonly lit: number;
  /** The bytes as they were, to mark what differs; null: nothing does, or they cannot be compared byte by byte. */
  readonly before: Uint8Array | null;
  readonly onByte: (byte: number) => void;
  readonly onHover: (byte: number) => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

/** Rows that stand ready above and below what is in view. */
const AHEAD = 3;

interface RowProps {
  readonly id: string;
  readonly sheet: Sheet;
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly columns: number;
  readonly pitch: number;
  readonly height: number;
  readonly tight: boolean;
  readonly byte: number;
  readonly lit: number;
  readonly before: Uint8Array | null;
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

function Cells({ id, sheet, from, to, byte, lit, before }: RowProps) {
  const cells = [];
  let field = fieldAt(sheet, from);
  let owner = sheet.fields[field];
  for (let at = from; at < to; at++) {
    if (owner === undefined || at >= owner.to) {
      field = fieldAt(sheet, at);
      owner = sheet.fields[field];
    }
    const value = hex(sheet.bytes[at]!);
    cells.push(
      <span
        key={at}
        id={`${id}-${at}`}
        role="gridcell"
        className="kb-cell"
        data-byte={at}
        data-tint={field < 0 ? undefined : sheet.tints[field]}
        data-lit={(field >= 0 && field === lit) || undefined}
        data-start={(owner !== undefined && owner.record >= 0 && startsRecord(sheet, field, at)) || undefined}
        data-changed={(before !== null && before[at] !== sheet.bytes[at]) || undefined}
        aria-selected={at === byte}
        aria-label={owner === undefined ? value : `${value} ${owner.name}`}
      >
        {value}
      </span>,
    );
  }
  return cells;
}

function startsRecord(sheet: Sheet, field: number, at: number): boolean {
  const owner = sheet.fields[field]!;
  return owner.from === at && sheet.records[owner.record]?.from === at;
}

const Row = memo(function Row(props: RowProps) {
  const { sheet, row, from, to, columns, pitch, height, tight, lit } = props;
  const first = fieldAt(sheet, from);
  return (
    <div
      role="row"
      aria-rowindex={row + 1}
      className="kb-row"
      style={{ top: row * height, gridTemplateColumns: `repeat(${columns}, ${pitch}px)` }}
    >
      {Cells(props)}
      {!tight &&
        first >= 0 &&
        labelsOf(sheet, first, from, to, pitch, columns).map(({ field, column, span, name, value }) => (
          <span
            key={field}
            aria-hidden="true"
            className="kb-label"
            data-lit={field === lit || undefined}
            data-wide={signs(value) > value.length || undefined}
            style={{ gridColumn: `${column + 1} / span ${span}` }}
          >
            {name !== '' && <i>{name}</i>}
            {name !== '' && value !== '' && ' '}
            {value}
          </span>
        ))}
    </div>
  );
});

const byteOf = (event: { target: EventTarget }): number =>
  Number((event.target as HTMLElement).closest<HTMLElement>('[data-byte]')?.dataset.byte ?? -1);

export function ByteGrid(props: GridProps) {
  const { id, label, sheet, from, to, columns, pitch, rowHeight, mostRows, byte, lit, before } = props;
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const rows = Math.ceil((to - from) / columns);
  const shown = Math.min(rows, mostRows);
  const first = Math.max(0, Math.min(rows - shown, top) - AHEAD);
  const last = Math.min(rows, Math.min(rows - shown, top) + shown + 1 + AHEAD);
  const chosen = byte >= from && byte < to ? Math.floor((byte - from) / columns) : -1;

  // What is chosen elsewhere comes into view; whoever scrolls away from it is left alone.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || chosen < 0 || rows <= shown) return;
    const y = chosen * rowHeight;
    if (y < element.scrollTop) element.scrollTop = y;
    else if (y + rowHeight > element.scrollTop + shown * rowHeight) element.scrollTop = y - (shown - 1) * rowHeight;
    setTop(Math.floor(element.scrollTop / rowHeight));
  }, [chosen, rows, shown, rowHeight]);
  useEffect(() => {
    if (rows <= shown) setTop(0);
  }, [rows, shown]);

  const hover = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') props.onHover(byteOf(event));
  };
  const isShown = chosen >= first && chosen < last;
  return (
    <div
      ref={box}
      id={id}
      className="kb-grid"
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={rows}
      aria-colcount={columns}
      aria-activedescendant={isShown ? `${id}-${byte}` : undefined}
      data-scrolls={rows > shown || undefined}
      style={{ height: shown * rowHeight }}
      onScroll={(event) => setTop(Math.floor(event.currentTarget.scrollTop / rowHeight))}
      onPointerMove={hover}
      onPointerLeave={() => props.onHover(-1)}
      onClick={(event) => {
        const at = byteOf(event);
        if (at >= 0) props.onByte(at);
      }}
      onKeyDown={props.onKey}
    >
      <div role="rowgroup" className="kb-rows" style={{ height: rows * rowHeight }}>
        {Array.from({ length: last - first }, (_, i) => {
          const row = first + i;
          const start = from + row * columns;
          const end = Math.min(to, start + columns);
          const field = sheet.fields[lit];
          return (
            <Row
              key={row}
              id={id}
              sheet={sheet}
              row={row}
              from={start}
              to={end}
              columns={columns}
              pitch={pitch}
              height={rowHeight}
              tight={props.tight ?? false}
              byte={byte >= start && byte < end ? byte : -1}
              lit={field !== undefined && field.from < end && field.to > start ? lit : -1}
              before={before}
            />
          );
        })}
      </div>
    </div>
  );
}
/* biome-ignore-end lint/a11y/useSemanticElements: see above */
/* biome-ignore-end lint/a11y/useFocusableInteractive: see above */
