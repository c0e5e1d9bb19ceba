/**
 * Java's properties format, as java.util.Properties.load reads it and store writes it: comments with # and !, lines that go
 * on after a backslash, \uXXXX, and a name that ends at =, : or a blank. Kafka's server.properties and the files of its
 * clients are written in it.
 */

export interface Property {
  readonly key: string;
  readonly value: string;
  /** Where its name begins, both from 1. */
  readonly line: number;
  readonly column: number;
  /** Where its value lies in the text: for hiding a secret in what was pasted. */
  readonly valueStart: number;
  readonly valueEnd: number;
  /** The line of the later one of the same name, which holds; null: this one does. */
  readonly overriddenBy: number | null;
}

export type PropertiesFault = {
  /** `malformed-unicode` is Java's IllegalArgumentException, after which nothing of the file is taken. */
  readonly code: 'malformed-unicode' | 'too-large' | 'too-many' | 'not-text';
  readonly line: number;
  readonly column: number;
  readonly found: string;
};

export interface PropertiesFile {
  /** In the order of the file, all of them, overridden ones too. */
  readonly properties: readonly Property[];
  readonly fault: PropertiesFault | null;
  /** The text begins with a byte order mark, which Java would take for a part of the first name. */
  readonly bom: boolean;
  /** Lines with letters outside of ISO 8859-1's first half, which Kafka's tools would read as others (they read bytes). */
  readonly notAscii: readonly number[];
}

export const MAX_PROPERTIES_LENGTH = 1_048_576;
const MAX_PROPERTIES = 5_000;
const MAX_LISTED = 20;

/** One logical line: its characters with the place of each in the text. */
interface Logical {
  readonly chars: string;
  /** Where each character stood; pieces of lines that go on are apart. */
  readonly places: readonly (readonly [from: number, at: number])[];
}

/** Reads the whole text, or up to what Java would not read. The time is linear in its length. */
export function readProperties(text: string): PropertiesFile {
  const bom = text.startsWith('\uFEFF');
  if (text.length > MAX_PROPERTIES_LENGTH) {
    const fault = { code: 'too-large', line: 1, column: 1, found: String(text.length) } as const;
    return { properties: [], fault, bom, notAscii: [] };
  }
  const places = new Places(text);
  const zero = text.indexOf('\0');
  if (zero >= 0)
    return { properties: [], fault: { code: 'not-text', ...places.of(zero), found: '' }, bom, notAscii: [] };
  const reader = { text, at: bom ? 1 : 0 };
  const found: Property[] = [];
  const notAscii: number[] = [];
  let fault: PropertiesFault | null = null;
  for (let logical = nextLine(reader); logical !== null && fault === null; logical = nextLine(reader)) {
    const read = readEntry(logical);
    if ('badAt' in read) {
      const at = placeIn(logical, read.badAt);
      fault = { code: 'malformed-unicode', ...places.of(at), found: text.slice(at, at + 6) };
      break;
    }
    const start = placeIn(logical, 0);
    const { line, column } = places.of(start);
    if (notAscii.length < MAX_LISTED && /[^\0-\x7f]/.test(logical.chars)) notAscii.push(line);
    if (found.length >= MAX_PROPERTIES) {
      fault = { code: 'too-many', line, column, found: String(MAX_PROPERTIES) };
      break;
    }
    const valueStart = placeIn(logical, read.valueAt);
    found.push({
      key: read.key,
      value: read.value,
      line,
      column,
      valueStart,
      valueEnd: read.valueAt >= logical.chars.length ? valueStart : placeIn(logical, logical.chars.length - 1) + 1,
      overriddenBy: null,
    });
  }
  return { properties: lastWins(found), fault, bom, notAscii };
}

/** A Hashtable keeps the last value of a name; that is said, never silent. */
function lastWins(found: readonly Property[]): Property[] {
  const lastLine = new Map<string, Property>();
  for (const property of found) lastLine.set(property.key, property);
  return found.map((property) => {
    const last = lastLine.get(property.key) as Property;
    return last === property ? property : { ...property, overriddenBy: last.line };
  });
}

/** Lines and columns of ascending places, each found from the one before. */
class Places {
  readonly #text: string;
  #at = 0;
  #line = 1;
  #start = 0;
  constructor(text: string) {
    this.#text = text;
  }
  of(at: number): { line: number; column: number } {
    for (; this.#at < at; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      const isEnd = code === LF || (code === CR && this.#text.charCodeAt(this.#at + 1) !== LF);
      if (!isEnd) continue;
      this.#line++;
      this.#start = this.#at + 1;
    }
    return { line: this.#line, column: at - this.#start + 1 };
  }
}

const LF = 10;
const CR = 13;
const isEnd = (code: number): boolean => code === LF || code === CR;
const isBlank = (c: string): boolean => c === ' ' || c === '\t' || c === '\f';

/** The next logical line that is no comment and not empty, as Properties.LineReader.readLine has it. */
function nextLine(reader: { readonly text: string; at: number }): Logical | null {
  const { text } = reader;
  const pieces: string[] = [];
  const places: [number, number][] = [];
  let length = 0;
  for (;;) {
    let at = skipBlanks(text, reader.at, length === 0 && pieces.length === 0);
    if (at >= text.length) break;
    const first = text.charAt(at);
    if (length === 0 && (first === '#' || first === '!')) {
      while (at < text.length && !isEnd(text.charCodeAt(at))) at++;
      reader.at = at;
      pieces.length = 0;
      places.length = 0;
      continue;
    }
    const start = at;
    let backslash = false;
    while (at < text.length && !isEnd(text.charCodeAt(at))) {
      backslash = text.charAt(at) === '\\' ? !backslash : false;
      at++;
    }
    const end = backslash ? at - 1 : at;
    places.push([length, start]);
    pieces.push(text.slice(start, end));
    length += end - start;
    reader.at = at;
    // A text that ends with a backslash, or with one and a single end of line, has begun a line: it counts, empty or not.
    if (backslash && at + 1 >= text.length) {
      reader.at = text.length;
      return { chars: pieces.join(''), places };
    }
    if (!backslash) {
      if (length > 0 || at >= text.length) break;
      // Only backslashes and blanks so far: nothing was begun.
      pieces.length = 0;
      places.length = 0;
      continue;
    }
    // A backslash before \r\n takes both.
    reader.at = text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
  }
  if (length === 0) {
    reader.at = text.length;
    return null;
  }
  return { chars: pieces.join(''), places };
}

function skipBlanks(text: string, from: number, endsToo: boolean): number {
  let at = from;
  while (at < text.length && (isBlank(text.charAt(at)) || (endsToo && isEnd(text.charCodeAt(at))))) at++;
  return at;
}

function placeIn(logical: Logical, index: number): number {
  let piece = logical.places[0] as readonly [number, number];
  for (const candidate of logical.places) {
    if (candidate[0] > index) break;
    piece = candidate;
  }
  return piece[1] + (index - piece[0]);
}

function readEntry({ chars }: Logical): { key: string; value: string; valueAt: number } | { badAt: number } {
  let keyEnd = 0;
  let valueAt = chars.length;
  let separated = false;
  let backslash = false;
  for (; keyEnd < chars.length; keyEnd++) {
    const c = chars.charAt(keyEnd);
    if (!backslash && (c === '=' || c === ':' || isBlank(c))) {
      separated = !isBlank(c);
      valueAt = keyEnd + 1;
      break;
    }
    backslash = c === '\\' ? !backslash : false;
  }
  for (; valueAt < chars.length; valueAt++) {
    const c = chars.charAt(valueAt);
    if (isBlank(c)) continue;
    if (separated || (c !== '=' && c !== ':')) break;
    separated = true;
  }
  const key = unescaped(chars, 0, keyEnd);
  if (typeof key === 'number') return { badAt: key };
  const value = unescaped(chars, valueAt, chars.length);
  return typeof value === 'number' ? { badAt: value } : { key, value, valueAt };
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['r', '\r'],
  ['n', '\n'],
  ['f', '\f'],
]);

/** The text without its escapes, or the place of one that Java does not read. */
function unescaped(chars: string, from: number, to: number): string | number {
  if (chars.indexOf('\\', from) < 0) return chars.slice(from, to);
  const out: string[] = [];
  for (let at = from; at < to; at++) {
    const c = chars.charAt(at);
    if (c !== '\\') {
      out.push(c);
      continue;
    }
    const letter = at + 1 < to ? chars.charAt(at + 1) : '';
    if (letter === 'u') {
      const digits = chars.slice(at + 2, Math.min(at + 6, to));
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) return at;
      out.push(String.fromCharCode(Number.parseInt(digits, 16)));
      at += 5;
    } else {
      out.push(ESCAPES.get(letter) ?? letter);
      at++;
    }
  }
  return out.join('');
}

/** One line of a file, as Properties.store escapes it; what reads it back gets the same name and value. */
export function propertyLine(key: string, value: string): string {
  return `${escapeText(key, true)}=${escapeText(value, false)}`;
}

function escapeText(text: string, isKey: boolean): string {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const c = text.charAt(i);
    const code = text.charCodeAt(i);
    if (c === ' ') out += i === 0 || isKey ? '\\ ' : ' ';
    else if (c === '\t') out += '\\t';
    else if (c === '\n') out += '\\n';
    else if (c === '\r') out += '\\r';
    else if (c === '\f') out += '\\f';
    else if (c === '\\') out += '\\\\';
    else if ('=:#!'.includes(c) && (isKey || i === 0)) out += `\\${c}`;
    else if (code < 0x20 || code > 0x7e) out += `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
    else out += c;
  }
  return out;
}
