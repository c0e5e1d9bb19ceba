import { isWholeMicrosecond, MAX_TIME_MS } from '../time.ts';
import { type Check, item, kindOf, member, report, shorten } from './check.ts';
import { WORDS, type Word } from './messages.ts';

/** Reads one value at one place; undefined when it is not there or wrong, and then a problem says so. */
export type Read<T> = (check: Check, place: string, value: unknown) => T | undefined;

/** An object's fields, after the unknown ones were reported. */
export type Fields = ReadonlyMap<string, unknown>;

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function wrongType(check: Check, place: string, expected: Word, value: unknown): undefined {
  report(check, place, 'wrong-type', { expected: `@${expected}`, kind: kindOf(value) }, { expected: WORDS[expected] });
}

/** The fields of an object that may have only these. */
export function readFields(check: Check, place: string, value: unknown, known: readonly string[]): Fields | undefined {
  if (!isObject(value)) return wrongType(check, place, 'object', value);
  const fields = new Map<string, unknown>();
  for (const name of Object.keys(value)) {
    if (known.includes(name)) {
      if (value[name] !== undefined) fields.set(name, value[name]);
      continue;
    }
    const hints = { unknown: name, known, expected: known.join(', ') };
    report(check, member(place, name), 'unknown-field', { field: shorten(name) }, hints);
  }
  return fields;
}

/** A field that may be left out. */
export function optional<T>(check: Check, place: string, fields: Fields, name: string, read: Read<T>): T | undefined {
  if (!fields.has(name)) return undefined;
  return read(check, member(place, name), fields.get(name));
}

/** A field that must be there. */
export function needed<T>(check: Check, place: string, fields: Fields, name: string, read: Read<T>): T | undefined {
  if (fields.has(name)) return read(check, member(place, name), fields.get(name));
  report(check, member(place, name), 'missing-field', { field: name });
  return undefined;
}

export const readBoolean: Read<boolean> = (check, place, value) => {
  return typeof value === 'boolean' ? value : wrongType(check, place, 'boolean', value);
};

export const readTrue: Read<true> = (check, place, value) => {
  return value === true ? true : wrongType(check, place, 'boolean', value);
};

/** Any text, the empty one too. */
export const readText: Read<string> = (check, place, value) => {
  return typeof value === 'string' ? value : wrongType(check, place, 'text', value);
};

export const readTextOrNull: Read<string | null> = (check, place, value) => {
  if (value === null || typeof value === 'string') return value;
  return wrongType(check, place, 'text-or-null', value);
};

/** A text that names something. */
export const readName: Read<string> = (check, place, value) => {
  if (typeof value !== 'string') return wrongType(check, place, 'text', value);
  if (value === '') return fault(check, place, 'empty-text');
  if (value.length <= MAX_NAME_LENGTH) return value;
  report(check, place, 'too-long', { size: value.length, max: MAX_NAME_LENGTH });
  return undefined;
};

export const MAX_NAME_LENGTH = 249;

/** A whole number within bounds. */
export function whole(min: number, max: number): Read<number> {
  return (check, place, value) => {
    if (typeof value !== 'number') return wrongType(check, place, 'whole', value);
    if (!Number.isInteger(value)) {
      report(check, place, 'not-whole', { value: String(value) }, { expected: WORDS.whole });
      return undefined;
    }
    return within(check, place, value, min, max);
  };
}

/** A number within bounds, with decimals. */
export function decimal(min: number, max: number): Read<number> {
  return (check, place, value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return wrongType(check, place, 'number', value);
    return within(check, place, value, min, max);
  };
}

/** A number per second, which must be more than nothing. */
export function rate(max: number): Read<number> {
  return (check, place, value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return wrongType(check, place, 'number', value);
    if (value > 0) return within(check, place, value, MIN_RATE, max);
    report(check, place, 'not-above-zero', { value: String(value) }, { expected: `0 < n <= ${max}` });
    return undefined;
  };
}

/** Slower than once in twelve days; below it the time of a record is no exact integer. */
const MIN_RATE = 1e-6;

/** Milliseconds from the start or a duration: not negative, at most three decimals. */
export const readTime: Read<number> = (check, place, value) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrongType(check, place, 'time', value);
  if (value < 0) {
    report(check, place, 'negative-time', { value: String(value) }, { expected: '>= 0' });
    return undefined;
  }
  const time = within(check, place, value, 0, MAX_TIME_MS);
  if (time === undefined || isWholeMicrosecond(time)) return time;
  report(check, place, 'too-fine', { value: String(value) }, { expected: String(Math.round(time * 1000) / 1000) });
  return undefined;
};

/** One of a few words. */
export function word<const T extends string>(...words: T[]): Read<T> {
  return (check, place, value) => {
    if (typeof value !== 'string') return wrongType(check, place, 'text', value);
    if ((words as string[]).includes(value)) return value as T;
    const values = words.join(', ');
    report(
      check,
      place,
      'not-one-of',
      { found: JSON.stringify(shorten(value)), values },
      { unknown: value, known: words, expected: values },
    );
    return undefined;
  };
}

export type ListLimits = { min?: number; max: number /** Reports equal items (numbers and texts). */; distinct?: true };

/** A list; an entry that is wrong is reported and left out, so the result is only used when there is no problem. */
export function listOf<T>(read: Read<T>, limits: ListLimits): Read<T[]> {
  return (check, place, value) => {
    if (!Array.isArray(value)) return wrongType(check, place, 'list', value);
    if (value.length < (limits.min ?? 0)) return fault(check, place, 'empty-list');
    if (value.length > limits.max) {
      report(check, place, 'too-many', { size: value.length, max: limits.max });
      return undefined;
    }
    const items: T[] = [];
    const seen = new Set<unknown>();
    for (const [index, entry] of (value as unknown[]).entries()) {
      const result = read(check, item(place, index), entry);
      if (result === undefined) continue;
      if (limits.distinct === true && seen.has(result)) {
        report(check, item(place, index), 'repeated-item', { value: shorten(String(result)) });
        continue;
      }
      seen.add(result);
      items.push(result);
    }
    return items;
  };
}

function within(check: Check, place: string, value: number, min: number, max: number): number | undefined {
  const hints = { expected: `${min} to ${max}` };
  if (value < min) report(check, place, 'below-min', { value: String(value), min: String(min) }, hints);
  else if (value > max) report(check, place, 'above-max', { value: String(value), max: String(max) }, hints);
  else return value === 0 ? 0 : value;
  return undefined;
}

function fault(check: Check, place: string, code: 'empty-text' | 'empty-list'): undefined {
  report(check, place, code);
}

/** Drops the fields that were not given, so that what is written back is what was read. */
export function defined<T extends object>(object: T): T {
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(object)) {
    const value = (object as Record<string, unknown>)[name];
    if (value !== undefined) result[name] = value;
  }
  return result as T;
}
