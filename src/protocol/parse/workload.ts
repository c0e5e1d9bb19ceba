import type { ScenarioKeys, ScenarioLines, ScenarioValues, ScenarioWorkload } from '../scenario.ts';
import { utf8Length } from '../text-lines.ts';
import { type Check, member, report } from './check.ts';
import type { Names } from './names.ts';
import { topicName } from './references.ts';
import {
  defined,
  isObject,
  listOf,
  needed,
  optional,
  type Read,
  rate,
  readFields,
  readText,
  readTime,
  whole,
  word,
  wrongType,
} from './values.ts';

const FIELDS = ['topic', 'count', 'ratePerSecond', 'startMs', 'keys', 'values', 'recordsPerTransaction', 'abortEvery'];

/** The most records that one workload counts; a thousand virtual seconds at the highest rate. */
const MAX_COUNT = 1_000_000_000;
export const MAX_RATE = 1_000_000;
/** Of one text: a file of 5 MiB, and the names of columns that values as JSON repeat. */
export const MAX_TEXT_BYTES = 8_388_608;
const MAX_MARK_LENGTH = 20;
/** Larger than any message.max.bytes that a learner tries. */
export const MAX_VALUE_BYTES = 16_777_216;
const MAX_CYCLE = 10_000;
const MAX_DISTINCT = 1_000_000;

/** `transactional`: the producer's config names a transactional.id. */
export function workload(names: Names, transactional: boolean): Read<ScenarioWorkload> {
  return (check, place, value) => {
    const fields = readFields(check, place, value, FIELDS);
    if (fields === undefined) return undefined;
    const topic = needed(check, place, fields, 'topic', topicName(names));
    const rest = {
      count: optional(check, place, fields, 'count', whole(0, MAX_COUNT)),
      ratePerSecond: optional(check, place, fields, 'ratePerSecond', rate(MAX_RATE)),
      startMs: optional(check, place, fields, 'startMs', readTime),
      keys: optional(check, place, fields, 'keys', readKeys),
      values: optional(check, place, fields, 'values', readValues),
      recordsPerTransaction: optional(check, place, fields, 'recordsPerTransaction', whole(1, MAX_COUNT)),
      abortEvery: optional(check, place, fields, 'abortEvery', whole(1, MAX_COUNT)),
    };
    if (fields.has('recordsPerTransaction') && !transactional) {
      report(check, member(place, 'recordsPerTransaction'), 'needs-transactional-id');
    }
    if (fields.has('abortEvery') && !fields.has('recordsPerTransaction')) {
      report(check, member(place, 'abortEvery'), 'needs-records-per-transaction');
    }
    return topic === undefined ? undefined : defined({ topic, ...rest });
  };
}

/** What belongs to each kind, so that a field of another kind is said to be unknown here. */
const KEY_FIELDS: ReadonlyMap<unknown, readonly string[]> = new Map<unknown, readonly string[]>([
  ['none', ['kind']],
  ['cycle', ['kind', 'values']],
  ['random', ['kind', 'distinct']],
  ['lines', ['kind', 'text', 'separator', 'nullMarker']],
]);

const readKeys: Read<ScenarioKeys> = (check, place, value) => {
  if (!isObject(value)) return wrongType(check, place, 'object', value);
  const fields = readFields(check, place, value, KEY_FIELDS.get(value.kind) ?? ['kind', 'values', 'distinct', 'text']);
  if (fields === undefined) return undefined;
  const kind = needed(check, place, fields, 'kind', word('none', 'cycle', 'random', 'lines'));
  if (kind === 'none') return { kind };
  if (kind === 'cycle') {
    const values = needed(check, place, fields, 'values', listOf(readText, { min: 1, max: MAX_CYCLE }));
    return values === undefined ? undefined : { kind, values };
  }
  if (kind === 'random') {
    const distinct = needed(check, place, fields, 'distinct', whole(1, MAX_DISTINCT));
    return distinct === undefined ? undefined : { kind, distinct };
  }
  if (kind === undefined) return undefined;
  return readLinesText(check, place, fields);
};

const VALUE_FIELDS: ReadonlyMap<unknown, readonly string[]> = new Map<unknown, readonly string[]>([
  ['size', ['kind', 'bytes']],
  ['lines', ['kind', 'text', 'separator', 'nullMarker']],
  ['json', ['kind']],
]);

const readValues: Read<ScenarioValues> = (check, place, value) => {
  if (!isObject(value)) return wrongType(check, place, 'object', value);
  const fields = readFields(check, place, value, VALUE_FIELDS.get(value.kind) ?? ['kind', 'bytes', 'text']);
  if (fields === undefined) return undefined;
  const kind = needed(check, place, fields, 'kind', word('size', 'lines', 'json'));
  if (kind === 'json') return { kind };
  if (kind === 'size') {
    const bytes = needed(check, place, fields, 'bytes', whole(0, MAX_VALUE_BYTES));
    return bytes === undefined ? undefined : { kind, bytes };
  }
  if (kind === undefined) return undefined;
  return readLinesText(check, place, fields);
};

/** A text and what parts its records, where that is no line's end, and what stands for null. */
function readLinesText(check: Check, place: string, fields: ReadonlyMap<string, unknown>): ScenarioLines | undefined {
  const text = needed(check, place, fields, 'text', readLines);
  const separator = optional(check, place, fields, 'separator', readMark);
  const nullMarker = optional(check, place, fields, 'nullMarker', readMark);
  return text === undefined ? undefined : defined({ kind: 'lines' as const, text, separator, nullMarker });
}

const readMark: Read<string> = (check, place, value) => {
  const mark = readText(check, place, value);
  if (mark === undefined) return undefined;
  if (mark === '') {
    report(check, place, 'empty-text');
    return undefined;
  }
  if (mark.length <= MAX_MARK_LENGTH) return mark;
  report(check, place, 'too-long', { size: mark.length, max: MAX_MARK_LENGTH });
  return undefined;
};

/** A pasted text: not too large, and at least one line of it becomes a record. */
const readLines: Read<string> = (check, place, value) => {
  if (typeof value !== 'string') return wrongType(check, place, 'text', value);
  const size = utf8Length(value);
  if (size > MAX_TEXT_BYTES) {
    report(check, place, 'text-too-large', { size, max: MAX_TEXT_BYTES });
    return undefined;
  }
  if (value !== '') return value;
  report(check, place, 'no-lines');
  return undefined;
};
