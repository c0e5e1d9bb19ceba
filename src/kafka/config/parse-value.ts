import type { PhraseParams } from './phrase.ts';
import type { RefusalCode } from './texts.ts';
import type { ConfigType, ConfigValue } from './types.ts';

export type Fault = { readonly code: RefusalCode; readonly params: PhraseParams };
export type ParsedValue = { readonly value: ConfigValue } | { readonly fault: Fault };

/** Reads a value by its type as org.apache.kafka.common.config.ConfigDef.parseType does. */
export function parseValue(type: ConfigType, text: string): ParsedValue {
  const trimmed = javaTrim(text);
  switch (type) {
    case 'boolean':
      return parseBoolean(trimmed);
    case 'int':
      return parseWhole(trimmed, 'int', INT_MIN, INT_MAX);
    case 'short':
      return parseWhole(trimmed, 'short', -32768n, 32767n);
    case 'long':
      return parseWhole(trimmed, 'long', LONG_MIN, LONG_MAX);
    case 'double':
      return parseDouble(trimmed);
    case 'list':
      return { value: trimmed === '' ? [] : trimmed.split(',').map(trimWhiteSpace) };
    case 'string':
    case 'class':
    case 'password':
      return { value: trimmed };
  }
}

const INT_MIN = -2147483648n;
const INT_MAX = 2147483647n;
const LONG_MIN = -9223372036854775808n;
const LONG_MAX = 9223372036854775807n;

/** String.trim of Java drops everything up to the space, and no other white space. */
function javaTrim(text: string): string {
  return trimWhere(text, (code) => code <= 0x20);
}

/** The \s of Java's patterns, at the commas of a list. */
function trimWhiteSpace(text: string): string {
  return trimWhere(text, (code) => code === 0x20 || (code >= 0x09 && code <= 0x0d));
}

/** By hand, since a pattern for white space before an end takes quadratic time on a long run of it. */
function trimWhere(text: string, dropped: (code: number) => boolean): string {
  let start = 0;
  let end = text.length;
  while (start < end && dropped(text.charCodeAt(start))) start++;
  while (end > start && dropped(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function parseBoolean(text: string): ParsedValue {
  const lower = text.toLowerCase();
  if (lower === 'true' || lower === 'false') return { value: lower === 'true' };
  return { fault: { code: 'not-boolean', params: {} } };
}

/** Integer.parseInt and its like: an optional sign, digits, nothing else. */
function parseWhole(text: string, type: string, min: bigint, max: bigint): ParsedValue {
  if (!/^[+-]?[0-9]+$/.test(text)) return { fault: { code: 'not-whole', params: {} } };
  // More digits than any long has: refused before BigInt would have to multiply them out.
  const digits = text.replace(/^[+-]?0*/, '');
  const big = digits.length > 20 ? (text.startsWith('-') ? min - 1n : max + 1n) : BigInt(text.replace(/^\+/, ''));
  if (big < min || big > max) {
    return { fault: { code: 'too-big-for-type', params: { type, min: String(min), max: String(max) } } };
  }
  const number = Number(big);
  return { value: Number.isSafeInteger(number) ? number : big };
}

/** Double.parseDouble, without its hexadecimal form. */
function parseDouble(text: string): ParsedValue {
  const match = /^([+-]?)(NaN|Infinity|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[fFdD]?$/.exec(text);
  if (match === null) return { fault: { code: 'not-number', params: {} } };
  const size = Number(match[2]);
  return { value: match[1] === '-' ? -size : size };
}
