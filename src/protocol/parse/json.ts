import type { ProblemCode, ProblemParams } from './messages.ts';

/** No scenario nests deeper; the limit keeps a hostile text from using up the stack. */
export const MAX_DEPTH = 64;

export type JsonFault = { line: number; column: number; code: ProblemCode; params: ProblemParams; expected?: string };

/**
 * Reads JSON (RFC 8259) with our own reader and not JSON.parse, since the places of its errors differ between engines,
 * and since it keeps the last of two fields of one name in silence. -0 is read as 0.
 */
export function readJson(text: string): { ok: true; value: unknown } | { ok: false; fault: JsonFault } {
  const reader: Reader = { text, at: text.startsWith('\uFEFF') ? 1 : 0 };
  try {
    const value = readValue(reader, 0);
    skipSpace(reader);
    if (reader.at < text.length) fail(reader, 'json-rest', { found: glimpse(reader) });
    return { ok: true, value };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { ok: false, fault: { ...placeOf(text, error.at), code: error.code, params: error.params } };
  }
}

type Reader = { text: string; at: number };

class JsonError extends Error {
  readonly code: ProblemCode;
  readonly params: ProblemParams;
  readonly at: number;
  constructor(code: ProblemCode, params: ProblemParams, at: number) {
    super(code);
    this.code = code;
    this.params = params;
    this.at = at;
  }
}

function fail(reader: Reader, code: ProblemCode, params: ProblemParams, at = reader.at): never {
  throw new JsonError(code, params, at);
}

function failExpecting(reader: Reader, expected: string): never {
  if (reader.at >= reader.text.length) fail(reader, 'json-end', { expected });
  fail(reader, 'json-unexpected', { found: glimpse(reader), expected });
}

function readValue(reader: Reader, depth: number): unknown {
  skipSpace(reader);
  if (depth > MAX_DEPTH) fail(reader, 'json-deep', { max: MAX_DEPTH });
  const first = reader.text.charAt(reader.at);
  if (first === '{') return readObject(reader, depth);
  if (first === '[') return readList(reader, depth);
  if (first === '"') return readText(reader);
  if (first === '-' || (first >= '0' && first <= '9')) return readNumber(reader);
  for (const [word, value] of LITERALS) {
    if (reader.text.startsWith(word, reader.at)) {
      reader.at += word.length;
      return value;
    }
  }
  return failExpecting(reader, '@value');
}

const LITERALS: readonly (readonly [string, boolean | null])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

function readObject(reader: Reader, depth: number): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  reader.at++;
  skipSpace(reader);
  if (take(reader, '}')) return object;
  for (;;) {
    skipSpace(reader);
    const nameAt = reader.at;
    if (reader.text.charAt(reader.at) !== '"') failExpecting(reader, '@name');
    const name = readText(reader);
    // Assigning it would set the object's prototype instead of a field.
    if (name === '__proto__') fail(reader, 'forbidden-key', { field: name }, nameAt);
    if (Object.hasOwn(object, name)) fail(reader, 'json-repeated', { field: name.slice(0, 60) }, nameAt);
    skipSpace(reader);
    if (!take(reader, ':')) failExpecting(reader, '@colon');
    object[name] = readValue(reader, depth + 1);
    skipSpace(reader);
    if (take(reader, '}')) return object;
    if (!take(reader, ',')) failExpecting(reader, '@object-end');
  }
}

function readList(reader: Reader, depth: number): unknown[] {
  const list: unknown[] = [];
  reader.at++;
  skipSpace(reader);
  if (take(reader, ']')) return list;
  for (;;) {
    list.push(readValue(reader, depth + 1));
    skipSpace(reader);
    if (take(reader, ']')) return list;
    if (!take(reader, ',')) failExpecting(reader, '@list-end');
  }
}

function readText(reader: Reader): string {
  const { text } = reader;
  const start = reader.at;
  let result = '';
  let from = start + 1;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      reader.at = at + 1;
      return result + text.slice(from, at);
    }
    if (code < 0x20) break;
    if (code !== BACKSLASH) continue;
    const [piece, length] = readEscape(reader, at);
    result += text.slice(from, at) + piece;
    at += length - 1;
    from = at + 1;
  }
  return fail(reader, 'json-text', {}, start);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

function readEscape(reader: Reader, at: number): readonly [piece: string, length: number] {
  const letter = reader.text.charAt(at + 1);
  const simple = ESCAPES.get(letter);
  if (simple !== undefined) return [simple, 2];
  const digits = reader.text.slice(at + 2, at + 6);
  if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(digits)) return [String.fromCharCode(Number.parseInt(digits, 16)), 6];
  return fail(reader, 'json-escape', { found: reader.text.slice(at, letter === 'u' ? at + 6 : at + 2) }, at);
}

function readNumber(reader: Reader): number {
  NUMBER.lastIndex = reader.at;
  const match = NUMBER.exec(reader.text);
  const found = match?.[0] ?? '';
  const value = Number(found);
  if (
    found === '' ||
    found.length > MAX_NUMBER_LENGTH ||
    !Number.isFinite(value) ||
    /[0-9.eE+-]/.test(reader.text.charAt(reader.at + found.length))
  ) {
    const rest = /^[-+.0-9a-zA-Z]*/.exec(
      reader.text.slice(reader.at, reader.at + MAX_NUMBER_LENGTH),
    ) as RegExpExecArray;
    fail(reader, 'json-number', { found: rest[0] });
  }
  reader.at += found.length;
  return value === 0 ? 0 : value;
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const MAX_NUMBER_LENGTH = 60;

function skipSpace(reader: Reader): void {
  for (; reader.at < reader.text.length; reader.at++) {
    const code = reader.text.charCodeAt(reader.at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
  }
}

function take(reader: Reader, character: string): boolean {
  if (reader.text.charAt(reader.at) !== character) return false;
  reader.at++;
  return true;
}

/** The next few characters, for a message. */
function glimpse(reader: Reader): string {
  if (reader.at >= reader.text.length) return '@end-of-text';
  const word = /^([A-Za-z0-9_.+-]{1,30}|[\s\S])/u.exec(reader.text.slice(reader.at, reader.at + 40)) as RegExpExecArray;
  return JSON.stringify(word[0]);
}

/** Line and column from 1; a column counts UTF-16 units, as editors do. */
function placeOf(text: string, at: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < at; i++) {
    if (text.charCodeAt(i) !== 0x0a) continue;
    line++;
    lineStart = i + 1;
  }
  return { line, column: at - lineStart + 1 };
}
