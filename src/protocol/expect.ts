import type { Result } from './result.ts';
import type { Expect, Json } from './scenario.ts';

/** One expectation that did not hold. `expected` and `actual` are JSON text, shortened, ready to print. */
export type Miss = { path: string; expected: string; actual: string; message: string };

/** The value at a path, or that there is none. */
export type Found =
  | { found: true; value: Json /** A counter that nothing counted. */; implied?: true }
  | { found: false };

/** These hold counters of which only the counted ones are written: one that is not there is 0, in a group too. */
const COUNTER_FIELDS: ReadonlySet<string> = new Set(['errors', 'requestErrors', 'codecs']);

export const MATCHER_KEYS: ReadonlySet<string> = new Set(['min', 'max', 'not', 'length', 'absent']);

const SHOWN_LENGTH = 200;
const ZERO: Found = { found: true, value: 0, implied: true };

/** Compares a result with a scenario's `expect`; one miss for each path that does not hold, in the order of the file. */
export function checkExpect(result: Result, expect: Expect): Miss[] {
  const misses: Miss[] = [];
  for (const path of Object.keys(expect)) {
    const expected = expect[path] as Json;
    const found = lookUp(result as unknown as Json, path);
    const fault = faultOf(found, expected);
    if (fault === null) continue;
    const actual = found.found ? show(found.value) : 'nothing there';
    misses.push({ path, expected: show(expected), actual, message: `${path}: expected ${fault}, actual ${actual}` });
  }
  return misses;
}

/** Whether an expected value is a matcher: an object, not empty, with none but a matcher's keys. */
export function isMatcher(expected: Json): expected is { readonly [key: string]: Json } {
  if (!isObject(expected)) return false;
  const keys = Object.keys(expected);
  return keys.length > 0 && keys.every((key) => MATCHER_KEYS.has(key));
}

/** What was expected and is not so, in words, or null where it holds. */
function faultOf(found: Found, expected: Json): string | null {
  if (!isMatcher(expected)) {
    return found.found && equal(found.value, expected) ? null : show(expected);
  }
  if (expected.absent !== undefined) return found.found && found.implied === undefined ? 'nothing there' : null;
  if (!found.found) return describeMatcher(expected);
  return matches(found.value, expected) ? null : describeMatcher(expected);
}

function matches(value: Json, matcher: { readonly [key: string]: Json }): boolean {
  const { min, max, not, length } = matcher;
  if (min !== undefined && !(typeof value === 'number' && typeof min === 'number' && value >= min)) return false;
  if (max !== undefined && !(typeof value === 'number' && typeof max === 'number' && value <= max)) return false;
  if (not !== undefined && (isMatcher(not) ? matches(value, not) : equal(value, not))) return false;
  if (length === undefined) return true;
  const size = lengthOf(value);
  return size !== null && (isMatcher(length) ? matches(size, length) : equal(size, length));
}

function describeMatcher(matcher: { readonly [key: string]: Json }): string {
  const parts: string[] = [];
  if (matcher.min !== undefined) parts.push(`at least ${show(matcher.min)}`);
  if (matcher.max !== undefined) parts.push(`at most ${show(matcher.max)}`);
  if (matcher.not !== undefined) parts.push(`not ${show(matcher.not)}`);
  const { length } = matcher;
  if (length !== undefined) parts.push(`length ${isMatcher(length) ? describeMatcher(length) : show(length)}`);
  return parts.join(' and ');
}

/**
 * Follows a path through a result. Levels are parted by dots; since topic names hold dots, at each level the longest
 * key that exists wins. `['...']` takes the text between the quotes as one key (a backslash escapes a quote). Whole
 * numbers index arrays, from the end when negative; `length` of an array, an object or a text is how many it holds,
 * unless a key of that name exists.
 */
export function lookUp(root: Json, path: string): Found {
  return walk(root, path, false);
}

function walk(value: Json, path: string, counters: boolean): Found {
  if (path === '') return { found: true, value };
  if (path.startsWith('[')) return walkBracket(value, path, counters);
  if (Array.isArray(value)) return walkArray(value, path);
  if (isObject(value)) {
    const key = longestKey(value, path);
    if (key !== null) return walk(value[key] as Json, rest(path, key.length), COUNTER_FIELDS.has(key));
  }
  if (path === 'length') return countOf(value);
  return counters && isObject(value) && !/[.[]/.test(path) ? ZERO : { found: false };
}

/** The longest own key that the path starts with and that ends at a dot, a bracket or the path's end. */
function longestKey(value: { readonly [key: string]: Json }, path: string): string | null {
  let best: string | null = null;
  for (const key of Object.keys(value)) {
    if (key === '' || !path.startsWith(key) || (best !== null && key.length <= best.length)) continue;
    const next = path.charAt(key.length);
    if (next === '' || next === '.' || next === '[') best = key;
  }
  return best;
}

function walkArray(value: readonly Json[], path: string): Found {
  const end = path.search(/[.[]/);
  const head = end === -1 ? path : path.slice(0, end);
  if (head === 'length' && end === -1) return countOf(value);
  return walkIndex(value, head, rest(path, head.length));
}

function walkIndex(value: readonly Json[], head: string, remaining: string): Found {
  if (!/^-?[0-9]{1,9}$/.test(head)) return { found: false };
  const element = value.at(Number(head));
  return element === undefined ? { found: false } : walk(element, remaining, false);
}

function walkBracket(value: Json, path: string, counters: boolean): Found {
  const quoted = /^\[(['"])((?:\\.|(?!\1)[^\\])*)\1\]/.exec(path);
  if (quoted !== null) {
    const key = (quoted[2] as string).replace(/\\(.)/g, '$1');
    const remaining = rest(path, quoted[0].length);
    if (!isObject(value)) return { found: false };
    if (Object.hasOwn(value, key)) return walk(value[key] as Json, remaining, COUNTER_FIELDS.has(key));
    return counters && remaining === '' ? ZERO : { found: false };
  }
  const index = /^\[(-?[0-9]{1,9})\]/.exec(path);
  if (index === null || !Array.isArray(value)) return { found: false };
  return walkIndex(value, index[1] as string, rest(path, index[0].length));
}

/** What is left of the path after `length` characters, without the dot that parts the levels. */
function rest(path: string, length: number): string {
  return path.charAt(length) === '.' ? path.slice(length + 1) : path.slice(length);
}

function countOf(value: Json): Found {
  const length = lengthOf(value);
  return length === null ? { found: false } : { found: true, value: length };
}

function lengthOf(value: Json): number | null {
  if (Array.isArray(value) || typeof value === 'string') return value.length;
  return isObject(value) ? Object.keys(value).length : null;
}

/** Same kind and same content: arrays in order, objects by their keys in any order. */
function equal(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => equal(item, b[i] as Json));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equal(a[key] as Json, b[key] as Json));
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: Json): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}... (${text.length} characters)`;
}
