/**
 * A text, JSON-lines or CSV file to records: which kind it is, which columns it has, and its rows as keys and values. Pure
 * and in one go: on the page it runs in a worker of its own, so that it may take its time and be cancelled.
 */
import { CsvReader } from './csv.ts';
import { readJson } from './parse/json.ts';
import type { RecordRead, RecordsColumn, RecordsFault, RecordsOptions } from './records-rows.ts';
import { CsvRows, JsonRows, LineRows, type RowReader } from './records-rows.ts';
import { type LinesText, utf8Length } from './text-lines.ts';

export type { RecordRead, RecordsColumn, RecordsFault, RecordsOptions } from './records-rows.ts';

export interface RecordsRead {
  readonly count: number;
  readonly keys: LinesText | null;
  readonly values: LinesText;
  /** Of all values and keys together, in UTF-8. */
  readonly bytes: number;
  readonly largest: { readonly bytes: number; readonly line: number };
  /** Empty lines between rows, which are no records. */
  readonly skipped: number;
  /** Rows whose key is null. */
  readonly withoutKey: number;
}

export type RecordsResult =
  | { readonly ok: true; readonly read: RecordsRead }
  | { readonly ok: false; readonly fault: RecordsFault };

export const DELIMITERS: readonly string[] = [',', ';', '\t', '|'];
/** A record of the stage each; more than a history of a million would never be looked at. */
export const MAX_RECORDS = 500_000;
/** What a scenario takes of one text. */
const MAX_OUT_BYTES = 8_388_608;
const GUESS_ROWS = 12;
/** Guessing looks no further than this, so that a file of one line guesses as fast as any. */
const GUESS_LENGTH = 65_536;
const PROGRESS_ROWS = 2_000;

/** What the file seems to be, by its content and its name; everything can be chosen otherwise. */
export function guessOptions(text: string, fileName = ''): RecordsOptions {
  const head = text.slice(0, GUESS_LENGTH);
  const plain = { kind: 'lines', delimiter: ',', header: false, key: null, values: [] } as const;
  const named = /\.([a-z]+)$/i.exec(fileName)?.[1]?.toLowerCase();
  const first = head.split(/\r\n|[\r\n]/).find((line) => line.trim() !== '') ?? '';
  const isJson = first.trimStart().startsWith('{') && (text.length > GUESS_LENGTH || readJson(first).ok);
  if (named === 'jsonl' || named === 'ndjson' || isJson) return withColumns(text, { ...plain, kind: 'jsonl' });
  if (named === 'log') return plain;
  const delimiter = named === 'tsv' ? '\t' : guessDelimiter(head);
  if (delimiter === null && named !== 'csv') return plain;
  const csv = { ...plain, kind: 'csv', delimiter: delimiter ?? ',' } as const;
  return withColumns(text, { ...csv, header: guessHeader(head, csv.delimiter) });
}

/** The options with the columns that one would choose first: `key`, and `value` or all the others. */
export function withColumns(text: string, options: RecordsOptions): RecordsOptions {
  const columns = columnsOf(text, options);
  const key = columns.find(({ name }) => name.toLowerCase() === 'key')?.id ?? null;
  const value = columns.find(({ name }) => name.toLowerCase() === 'value');
  if (value !== undefined) return { ...options, key, values: [value.id] };
  if (options.kind !== 'csv') return { ...options, key, values: [] };
  const others = columns.filter(({ id }) => id !== key).map(({ id }) => id);
  return { ...options, key, values: others.slice(0, 50) };
}

function guessDelimiter(head: string): string | null {
  let best: string | null = null;
  let most = 1;
  for (const delimiter of DELIMITERS) {
    const reader = new CsvReader(head, delimiter);
    const counts: number[] = [];
    for (let row = reader.next(); row !== null && counts.length < GUESS_ROWS; row = reader.next()) {
      const isCut = row.end >= head.length && head.length === GUESS_LENGTH;
      if (row.end > row.start && !isCut) counts.push(row.cells.length);
    }
    // What reads as rows of one length is CSV; sentences have commas too, but seldom the same number.
    const even = counts.length > 0 && counts.every((count) => count === counts[0]);
    if (!even || (counts.length < 2 && (counts[0] ?? 0) < 3) || (counts[0] as number) <= most) continue;
    best = delimiter;
    most = counts[0] as number;
  }
  return best;
}

/** Names stand in the first row when all are there, differ, and none is a number. */
function guessHeader(head: string, delimiter: string): boolean {
  const cells = new CsvReader(head, delimiter).next()?.cells ?? [];
  const isName = (cell: string): boolean => cell.trim() !== '' && cell.length <= 60 && !/^[-+.,\d\s:/%€$]+$/.test(cell);
  return cells.length > 0 && cells.every(isName) && new Set(cells).size === cells.length;
}

function readerOf(text: string, options: RecordsOptions): RowReader {
  switch (options.kind) {
    case 'lines':
      return new LineRows(text);
    case 'jsonl':
      return new JsonRows(text, options);
    case 'csv':
      return new CsvRows(text, options);
  }
}

/** The columns that keys and values are chosen from; none for lines of text. */
export function columnsOf(text: string, options: RecordsOptions): readonly RecordsColumn[] {
  return readerOf(text, options).columns();
}

/** The first rows as they would become records, and the first fault among them. */
export function previewRecords(
  text: string,
  options: RecordsOptions,
  limit = 8,
): { rows: readonly RecordRead[]; fault: RecordsFault | null } {
  const reader = readerOf(text, options);
  const rows: RecordRead[] = [];
  for (let row = reader.next(); row !== null && rows.length < limit; row = reader.next()) rows.push(row);
  return { rows, fault: reader.fault };
}

/** All rows; `onProgress` hears now and then how far the reading is, from 0 to 1. */
export function readRecords(
  text: string,
  options: RecordsOptions,
  onProgress: (done: number) => void = () => undefined,
): RecordsResult {
  const reader = readerOf(text, options);
  const keys: (string | null)[] = [];
  const values: (string | null)[] = [];
  let bytes = 0;
  let withoutKey = 0;
  let largest = { bytes: -1, line: 0 };
  for (let row = reader.next(); row !== null; row = reader.next()) {
    if (values.length >= MAX_RECORDS) return failed('too-many-records', row.line, String(MAX_RECORDS));
    const size = row.value === null ? 0 : utf8Length(row.value);
    bytes += size + (row.key === null ? 0 : utf8Length(row.key));
    if (bytes > MAX_OUT_BYTES) return failed('too-much', row.line, String(MAX_OUT_BYTES));
    if (size > largest.bytes) largest = { bytes: size, line: row.line };
    if (row.key === null) withoutKey++;
    keys.push(row.key);
    values.push(row.value);
    if (values.length % PROGRESS_ROWS === 0) onProgress(reader.at / text.length);
  }
  if (reader.fault !== null) return { ok: false, fault: reader.fault };
  if (values.length === 0) return failed('no-records', 1, '');
  const packedKeys = options.key === null ? null : pack(keys);
  const packedValues = pack(values);
  if (packedKeys === 'none' || packedValues === 'none') return failed('no-separator', 1, '');
  if (packedKeys !== null && utf8Length(packedKeys.text) > MAX_OUT_BYTES)
    return failed('too-much', 1, String(MAX_OUT_BYTES));
  if (utf8Length(packedValues.text) > MAX_OUT_BYTES) return failed('too-much', 1, String(MAX_OUT_BYTES));
  const { skipped } = reader;
  const read = { count: values.length, keys: packedKeys, values: packedValues, bytes, largest, skipped };
  return { ok: true, read: { ...read, withoutKey: options.key === null ? 0 : withoutKey } };
}

function failed(code: RecordsFault['code'], line: number, found: string): RecordsResult {
  return { ok: false, fault: { code, line, column: 1, params: { found } } };
}

/** Control characters that text files are parted by where line ends do not do. */
const SEPARATORS = ['\u001e', '\u001f', '\u001d', '\u001c'];
const NULLS = ['\\N', '\\NULL', '\u0000'];

/** Records as one text, parted by line ends where none holds one. */
function pack(records: readonly (string | null)[]): LinesText | 'none' {
  const texts = records.filter((record) => record !== null);
  const marker = texts.length === records.length ? undefined : NULLS.find((candidate) => !texts.includes(candidate));
  const isPlain = texts.every((text) => !text.includes('\n') && !text.endsWith('\r'));
  const separator = isPlain ? '\n' : SEPARATORS.find((candidate) => !texts.some((text) => text.includes(candidate)));
  if (separator === undefined || (texts.length < records.length && marker === undefined)) return 'none';
  const text = records.map((record) => record ?? (marker as string)).join(separator) + separator;
  return {
    text,
    ...(isPlain ? {} : { separator }),
    ...(marker === undefined ? {} : { nullMarker: marker }),
  };
}
