/**
 * The lines of a pasted text, each of which becomes a record: parted by \n or \r\n, without the parting marks. A last
 * mark ends a line and begins none; an empty line in between is a record with an empty value, since nothing that was
 * pasted is dropped in silence.
 */
export function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (text.endsWith('\n')) lines.pop();
  return lines;
}

/** A text of many records: parted by `separator` instead of by lines; a record that is `nullMarker` is Kafka's null. */
export interface LinesText {
  readonly text: string;
  readonly separator?: string;
  readonly nullMarker?: string;
}

export type Lines = readonly (string | null)[];

/** Shorter texts are split anew in no time. */
const LONG = 20_000;
const MAX_KEPT = 6;
interface Kept extends LinesText {
  readonly lines: Lines;
}
const kept: Kept[] = [];

/**
 * The records of a text. Each branch of a history resolves its scenario anew, so that long texts share one list: the same
 * text gives the same list, which nobody changes.
 */
export function recordsOf({ text, separator, nullMarker }: LinesText): Lines {
  if (text.length < LONG) return split(text, separator, nullMarker);
  const at = kept.findIndex((k) => k.separator === separator && k.nullMarker === nullMarker && k.text === text);
  const found =
    at < 0
      ? {
          text,
          lines: split(text, separator, nullMarker),
          ...(separator === undefined ? {} : { separator }),
          ...(nullMarker === undefined ? {} : { nullMarker }),
        }
      : (kept.splice(at, 1)[0] as Kept);
  kept.unshift(found);
  if (kept.length > MAX_KEPT) kept.pop();
  return found.lines;
}

function split(text: string, separator: string | undefined, nullMarker: string | undefined): Lines {
  const lines = separator === undefined ? linesOf(text) : partsOf(text, separator);
  return nullMarker === undefined ? lines : lines.map((line) => (line === nullMarker ? null : line));
}

/** As with lines: a last mark ends a record and begins none. */
function partsOf(text: string, separator: string): string[] {
  if (text === '') return [];
  const parts = text.split(separator);
  if (text.endsWith(separator)) parts.pop();
  return parts;
}

/** How many bytes a text takes in UTF-8; a lone surrogate counts as the replacement character does. */
export function utf8Length(text: string): number {
  if (text.length >= LONG && text === measured.text) return measured.bytes;
  const bytes = countBytes(text);
  if (text.length >= LONG) measured = { text, bytes };
  return bytes;
}

/** The last long text: its history asks again with each command. */
let measured = { text: '', bytes: 0 };

function countBytes(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    else if (code >= 0xd800 && code < 0xdc00 && isLowSurrogate(text.charCodeAt(i + 1))) {
      bytes += 4;
      i++;
    } else bytes += 3;
  }
  return bytes;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
