/** What stands beneath the bytes of a row: the field's name and value, where there is room for them. */
import type { Sheet } from './sheet.ts';

export interface RowLabel {
  readonly field: number;
  /** Column of its first byte in this row, and how many it has here. */
  readonly column: number;
  readonly span: number;
  readonly name: string;
  readonly value: string;
}

/** The width of a sign in the labels' type, in pixels: 11 px monospace. */
export const SIGN_PX = 6.7;
const GAP_PX = 4;

/** Chinese and other wide signs take two places. */
export function signs(text: string): number {
  let count = 0;
  for (const sign of text) count += (sign.codePointAt(0) as number) > 0x2e7f ? 2 : 1;
  return count;
}

/** As much of a text as `room` signs hold. */
export function cut(text: string, room: number): string {
  if (signs(text) <= room) return text;
  let taken = 0;
  let out = '';
  for (const sign of text) {
    taken += signs(sign);
    if (taken > room - 1) break;
    out += sign;
  }
  return out === '' ? '' : `${out}…`;
}

/** Line ends and tabs would break the row. */
const oneLine = (text: string): string => text.slice(0, 300).replace(/[\r\n\t]/g, ' ');

/** Name and value if both fit, else what says more: the value of a record's figure, the name in a header; texts are cut, figures never. */
function wordsIn(
  name: string,
  value: string | null,
  isText: boolean,
  inRecord: boolean,
  room: number,
): readonly [string, string] | null {
  const shown = value === null ? '' : oneLine(value);
  const both = name.length + 1 + signs(shown);
  if (shown !== '' && both <= room) return [name, shown];
  if (isText && room >= name.length + 4) return [name, cut(shown, room - name.length - 1)];
  if (!isText && shown !== '' && signs(shown) <= room && (name.length > room || inRecord)) return ['', shown];
  if (name.length <= room) return [name, ''];
  return shown !== '' && signs(shown) <= room ? ['', shown] : null;
}

/** The labels of the bytes [from, to) that stand in one row of cells `pitch` pixels apart. */
export function labelsOf(
  sheet: Sheet,
  first: number,
  from: number,
  to: number,
  pitch: number,
  columns: number,
): RowLabel[] {
  const labels: RowLabel[] = [];
  for (let i = first; i < sheet.fields.length; i++) {
    const field = sheet.fields[i]!;
    if (field.from >= to) break;
    if (field.to <= from || field.to === field.from) continue;
    // A field that goes over the end of a row is named where more of it stands, if its beginning has no room.
    const column = Math.max(field.from, from) - from;
    const span = Math.min(field.to, to) - Math.max(field.from, from);
    const isText = field.type === 'utf8' || field.type === 'bytes' || field.type === 'compressed';
    // Of the bits the first says most: the codec.
    const value = field.type === 'compressed' ? null : (field.bits[0]?.value ?? field.value);
    const words = wordsIn(field.name, value, isText, field.record >= 0, Math.floor((span * pitch - GAP_PX) / SIGN_PX));
    if (words === null) continue;
    if (words[0] === '' && Math.min(field.to - to, columns) > span) continue;
    if (field.from < from) {
      const before = Math.min(field.to, from) - Math.max(field.from, from - columns);
      const earlier = wordsIn(
        field.name,
        value,
        isText,
        field.record >= 0,
        Math.floor((before * pitch - GAP_PX) / SIGN_PX),
      );
      if (field.from < from - columns || (earlier !== null && earlier[0] !== '') || before >= span) continue;
    }
    labels.push({ field: i, column, span, name: words[0], value: words[1] });
  }
  return labels;
}

/** How many bytes stand in a row: as many of these as there is room for. */
const COLUMNS = [31, 24, 16, 12, 8] as const;

export function columnsFor(width: number, leastPitch: number): number {
  return COLUMNS.find((columns) => columns * leastPitch <= width) ?? 8;
}
