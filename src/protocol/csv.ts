/**
 * CSV as RFC 4180 has it, row by row: a quoted value may hold delimiters, line ends and doubled quotes; each fault is said
 * with its line and column. Own code and not a library, since those that were looked at name a fault's row, not its line
 * and column, or drop it in silence.
 */

export interface CsvRow {
  readonly cells: readonly string[];
  /** Where the row begins, from 1; a quoted value may take several lines. */
  readonly line: number;
  /** The row as it stands in the text, without its line's end. */
  readonly start: number;
  readonly end: number;
}

export interface CsvFault {
  readonly code: 'quote-open' | 'quote-rest' | 'quote-inside' | 'too-many-columns';
  readonly line: number;
  readonly column: number;
  readonly found: string;
}

export const MAX_COLUMNS = 1_000;

const QUOTE = '"';

/** Reads one row after the other; `next` is null at the end and after a fault. */
export class CsvReader {
  readonly #text: string;
  readonly #delimiter: string;
  #at: number;
  #line = 1;
  #lineStart: number;
  #fault: CsvFault | null = null;

  constructor(text: string, delimiter: string, at = 0) {
    this.#text = text;
    this.#delimiter = delimiter;
    this.#at = at;
    this.#lineStart = at;
  }

  get at(): number {
    return this.#at;
  }
  get fault(): CsvFault | null {
    return this.#fault;
  }

  next(): CsvRow | null {
    const text = this.#text;
    if (this.#fault !== null || this.#at >= text.length) return null;
    const start = this.#at;
    const line = this.#line;
    const cells: string[] = [];
    for (;;) {
      const cell = text.charAt(this.#at) === QUOTE ? this.#quoted() : this.#plain();
      if (cell === null) return null;
      cells.push(cell);
      if (cells.length > MAX_COLUMNS) return this.#fail('too-many-columns', this.#at, String(MAX_COLUMNS));
      if (text.charAt(this.#at) === this.#delimiter) {
        this.#at++;
        continue;
      }
      const end = this.#at;
      this.#endLine();
      return { cells, line, start, end };
    }
  }

  /** Past a line's end: \n, \r\n, or \r as old spreadsheets write it. */
  #endLine(): void {
    const text = this.#text;
    if (this.#at >= text.length) return;
    this.#at += text.charAt(this.#at) === '\r' && text.charAt(this.#at + 1) === '\n' ? 2 : 1;
    this.#line++;
    this.#lineStart = this.#at;
  }

  #plain(): string | null {
    const text = this.#text;
    const start = this.#at;
    for (; this.#at < text.length; this.#at++) {
      const c = text.charAt(this.#at);
      if (c === this.#delimiter || c === '\n' || c === '\r') break;
      if (c === QUOTE) return this.#fail('quote-inside', this.#at, text.slice(start, this.#at + 1).slice(-20));
    }
    return text.slice(start, this.#at);
  }

  #quoted(): string | null {
    const text = this.#text;
    const opened = { at: this.#at, line: this.#line, lineStart: this.#lineStart };
    let out = '';
    let from = this.#at + 1;
    for (;;) {
      const quote = text.indexOf(QUOTE, from);
      if (quote < 0) {
        this.#line = opened.line;
        this.#lineStart = opened.lineStart;
        return this.#fail('quote-open', opened.at, text.slice(opened.at, opened.at + 20));
      }
      this.#countLines(from, quote);
      out += text.slice(from, quote);
      if (text.charAt(quote + 1) === QUOTE) {
        out += QUOTE;
        from = quote + 2;
        continue;
      }
      this.#at = quote + 1;
      const next = text.charAt(this.#at);
      if (next === '' || next === this.#delimiter || next === '\n' || next === '\r') return out;
      return this.#fail('quote-rest', this.#at, text.slice(this.#at, this.#at + 20));
    }
  }

  #countLines(from: number, to: number): void {
    const text = this.#text;
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code !== 10 && !(code === 13 && text.charCodeAt(at + 1) !== 10)) continue;
      this.#line++;
      this.#lineStart = at + 1;
    }
  }

  #fail(code: CsvFault['code'], at: number, found: string): null {
    this.#fault = { code, line: this.#line, column: at - this.#lineStart + 1, found: found.split(/[\r\n]/)[0] ?? '' };
    return null;
  }
}
