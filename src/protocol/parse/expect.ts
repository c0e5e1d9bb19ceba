import { isMatcher, MATCHER_KEYS } from '../expect.ts';
import type { Expect, Json } from '../scenario.ts';
import { type Check, member, report, shorten, warn } from './check.ts';
import { isObject, type Read, wrongType } from './values.ts';

/** The parts of a result, of which a path names one first. */
const RESULT_FIELDS =
  'kafkascope title seed endedAtMs hash stepsNotRun records latencyMs errors requestErrors partitions groups elections isrChanges lost internal work events'.split(
    ' ',
  );

export const readExpect: Read<Expect> = (check, place, value) => {
  if (!isObject(value)) return wrongType(check, place, 'object', value);
  const expect = plain(value as unknown as Json) as Expect;
  for (const path of Object.keys(expect)) {
    const at = member(place, path);
    checkPath(check, at, path);
    checkExpected(check, at, expect[path] as Json);
  }
  return expect;
};

function checkPath(check: Check, place: string, path: string): void {
  if (path === '') {
    report(check, place, 'empty-text');
    return;
  }
  const root = (/^[^.[]*/.exec(path) as RegExpExecArray)[0];
  if (root !== '' && !RESULT_FIELDS.includes(root)) warn(check, place, 'expect-root', { field: shorten(root) });
}

/** An object with any of a matcher's fields is meant as one, so a field beside them is a slip. */
function checkExpected(check: Check, place: string, expected: Json): void {
  if (!isObject(expected)) return;
  const names = Object.keys(expected);
  if (!names.some((name) => MATCHER_KEYS.has(name))) return;
  for (const name of names) {
    const at = member(place, name);
    if (MATCHER_KEYS.has(name)) checkMatcherField(check, at, name, expected[name] as Json);
    else report(check, at, 'matcher-field', { field: shorten(name) }, { unknown: name, known: MATCHER_KEYS });
  }
}

function checkMatcherField(check: Check, place: string, name: string, value: Json): void {
  if ((name === 'min' || name === 'max') && typeof value !== 'number') wrongType(check, place, 'number', value);
  if (name === 'absent' && value !== true) report(check, place, 'matcher-absent', {}, { expected: 'true' });
  if (name === 'not') checkExpected(check, place, value);
  if (name === 'length' && typeof value !== 'number') {
    if (isMatcher(value)) checkExpected(check, place, value);
    else wrongType(check, place, 'length-matcher', value);
  }
}

/** A copy as it comes back from a file: fields that are undefined are left out, and -0 is 0. */
function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value === 0 ? 0 : value;
  const names = Object.keys(value).filter((name) => value[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, plain(value[name] as Json)]));
}
