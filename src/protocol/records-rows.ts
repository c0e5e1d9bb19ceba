/** The rows of a file of records, one after the other, for each kind of file. */
import { type CsvFault, CsvReader } from './csv.ts';
import { rawFields } from './json-fields.ts';
import { readJson } from './parse/json.ts';

export interface RecordsOptions {
  readonly kind: 'lines' | 'jsonl' | 'csv';
  /** One character; CSV only. */
  readonly delimiter: string;
  /** The first row of a CSV file names its columns. */
  readonly header: boolean;
  /** A column's id; null: records without keys. */
  readonly key: string | null;
  /** Columns of the value: none is the row as it stands, one is its text, several are a JSON object. */
  readonly values: readonly string[];
}

/** CSV columns are called by their number ('0'), fields of JSON by their name. */
export interface RecordsColumn {
  readonly id: string;
  readonly name: string;
}

export interface RecordsFault {
  readonly code:
    | CsvFault['code']
    | 'cells'
    | 'json'
    | 'json-list'
    | 'json-not-object'
    | 'no-field'
    | 'no-records'
    | 'too-many-records'
    | 'too-much'
    | 'no-separator';
  readonly line: number;
  readonly column: number;
  readonly params: Readonly<Record<string, string | number>>;
  /** `json`: what its reader says, with `params` of its own. */
  readonly json?: string;
}

export interface RecordRead {
  readonly line: number;
  readonly key: string | null;
  readonly value: string | null;
}

export interface RowReader {
  readonly fault: RecordsFault | null;
  /** How far in the text. */
  readonly at: number;
  readonly skipped: number;
  columns(): readonly RecordsColumn[];
  next(): RecordRead | null;
}

const MAX_FIELDS = 200;
const FIELD_ROWS = 100;
const MAX_NAME = 200;

/** Each line is a record; an empty one too. */
export class LineRows implements RowReader {
  readonly fault = null;
  readonly skipped = 0;
  readonly #text: string;
  at = 0;
  #line = 0;
  constructor(text: string) {
    this.#text = text;
  }
  columns(): readonly RecordsColumn[] {
    return [];
  }
  next(): RecordRead | null {
    if (this.at >= this.#text.length) return null;
    this.#line++;
    return { line: this.#line, key: null, value: this.line() };
  }
  /** The rest of the line, and on to the next. */
  line(): string {
    const end = this.#text.indexOf('\n', this.at);
    const line = this.#text.slice(this.at, end < 0 ? this.#text.length : end);
    this.at = end < 0 ? this.#text.length : end + 1;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }
}

/** One JSON value a line; its fields at the top are its columns. Empty lines are none. */
export class JsonRows implements RowReader {
  readonly #options: RecordsOptions;
  readonly #lines: LineRows;
  readonly #text: string;
  fault: RecordsFault | null = null;
  skipped = 0;
  constructor(text: string, options: RecordsOptions) {
    this.#text = text;
    this.#options = options;
    this.#lines = new LineRows(text);
  }
  get at(): number {
    return this.#lines.at;
  }
  columns(): readonly RecordsColumn[] {
    const names = new Set<string>();
    const rows = new JsonRows(this.#text, this.#options);
    for (let i = 0; i < FIELD_ROWS && names.size < MAX_FIELDS; i++) {
      const read = rows.#read();
      if (read === null) break;
      if (isObject(read.json)) for (const name of Object.keys(read.json)) if (name.length <= MAX_NAME) names.add(name);
    }
    return [...names].slice(0, MAX_FIELDS).map((name) => ({ id: name, name }));
  }
  next(): RecordRead | null {
    const read = this.#read();
    if (read === null) return null;
    const { key, values } = this.#options;
    const { json, line, text } = read;
    if (key === null && values.length === 0) return { line, key: null, value: text };
    if (!isObject(json)) return this.#fail('json-not-object', line, {});
    const raw = rawFields(text);
    const keyText = key === null ? null : asText(raw.get(key));
    if (values.length === 0) return { line, key: keyText, value: text };
    if (values.length === 1) {
      const name = values[0] as string;
      if (!raw.has(name)) return this.#fail('no-field', line, { field: name });
      return { line, key: keyText, value: asText(raw.get(name)) };
    }
    const fields = values.filter((name) => raw.has(name)).map((name) => field(name, raw.get(name) as string));
    return { line, key: keyText, value: `{${fields.join(',')}}` };
  }
  #read(): { json: unknown; line: number; text: string } | null {
    while (this.fault === null) {
      const row = this.#lines.next();
      if (row === null) return null;
      const text = row.value as string;
      if (text.trim() === '') {
        this.skipped++;
        continue;
      }
      const read = readJson(text);
      if (read.ok) return { json: read.value, line: row.line, text };
      const { code, column, params } = read.fault;
      if (row.line === 1 && text.trimStart().startsWith('[')) return this.#fail('json-list', 1, {});
      this.fault = { code: 'json', json: code, line: row.line, column, params };
    }
    return null;
  }
  #fail(code: RecordsFault['code'], line: number, params: RecordsFault['params']): null {
    this.fault = { code, line, column: 1, params };
    return null;
  }
}

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** Joined by hand, in the order that was chosen: an object would put names that look like numbers first. */
const field = (name: string, json: string): string => `${JSON.stringify(name)}:${json}`;

/** A text as it is, everything else as its JSON stands; null and what is missing are Kafka's null. */
function asText(json: string | undefined): string | null {
  if (json === undefined || json === 'null') return null;
  return json.startsWith('"') ? (JSON.parse(json) as string) : json;
}

/** Rows of CSV, each with as many cells as the first. */
export class CsvRows implements RowReader {
  readonly #text: string;
  readonly #options: RecordsOptions;
  readonly #reader: CsvReader;
  readonly #names: readonly string[];
  fault: RecordsFault | null = null;
  skipped = 0;
  constructor(text: string, options: RecordsOptions) {
    this.#text = text;
    this.#options = options;
    const first = new CsvReader(text, options.delimiter).next()?.cells ?? [];
    this.#names = options.header ? first : first.map((_, i) => String(i + 1));
    this.#reader = new CsvReader(text, options.delimiter);
    if (options.header) this.#reader.next();
  }
  get at(): number {
    return this.#reader.at;
  }
  columns(): readonly RecordsColumn[] {
    return this.#names.slice(0, MAX_FIELDS).map((name, i) => ({ id: String(i), name: name.slice(0, MAX_NAME) }));
  }
  next(): RecordRead | null {
    if (this.fault !== null) return null;
    let row = this.#reader.next();
    while (row !== null && row.end === row.start && this.#names.length > 1) {
      this.skipped++;
      row = this.#reader.next();
    }
    if (row === null) {
      const bad = this.#reader.fault;
      if (bad !== null) this.fault = { ...bad, params: { found: bad.found } };
      return null;
    }
    const { cells, line } = row;
    if (cells.length !== this.#names.length) {
      const params = { found: cells.length, expected: this.#names.length };
      this.fault = { code: 'cells', line, column: 1, params };
      return null;
    }
    const { key, values } = this.#options;
    const keyText = key === null ? null : (cells[Number(key)] ?? null);
    if (values.length === 0) return { line, key: keyText, value: this.#text.slice(row.start, row.end) };
    if (values.length === 1) return { line, key: keyText, value: cells[Number(values[0])] ?? null };
    return { line, key: keyText, value: this.#asJson(cells, values) };
  }
  #asJson(cells: readonly string[], values: readonly string[]): string {
    const fields = values.map((id) => {
      return field(this.#names[Number(id)] ?? id, JSON.stringify(cells[Number(id)] ?? null));
    });
    return `{${fields.join(',')}}`;
  }
}
