import type { Json, ScenarioStep } from '../scenario.ts';
import type { ConfigSet } from '../verbs/config-set.ts';
import { findVerb, VERBS, type Verb, type VerbSpec } from '../verbs/index.ts';
import { argReader, checkConfigSet, checkSubscribe } from './args.ts';
import { type Check, member, report, shorten, warn } from './check.ts';
import type { Names } from './names.ts';
import { topicFields } from './topics.ts';
import { type Fields, isObject, needed, optional, type Read, readFields, readTime, wrongType } from './values.ts';
import { when } from './when.ts';

const TIMING_FIELDS = ['atMs', 'when', 'afterMs', 'do'];

/** `untilMs`: the end of the run, to say which steps lie behind it. */
export function step(names: Names, index: number, untilMs: number): Read<ScenarioStep> {
  return (check, place, value) => {
    if (!isObject(value)) return wrongType(check, place, 'object', value);
    const spec = readVerb(check, place, value);
    const known = spec === undefined ? undefined : [...TIMING_FIELDS, ...spec.args.map((arg) => arg.name)];
    const fields = readFields(check, place, value, known ?? Object.keys(value));
    if (fields === undefined) return undefined;
    const timing = readTiming(check, place, fields, names, index, untilMs);
    if (spec === undefined) return undefined;
    if (spec.acts !== true)
      warn(check, member(place, 'do'), 'not-yet', { what: spec.verb, why: `@not-yet:${spec.acts}` });
    return { ...timing, do: spec.verb as Verb, ...readArgs(check, place, fields, spec, names) } as ScenarioStep;
  };
}

function readVerb(check: Check, place: string, value: Record<string, unknown>): VerbSpec | undefined {
  const at = member(place, 'do');
  const name = value.do;
  if (name === undefined) {
    report(check, at, 'missing-field', { field: 'do' });
    return undefined;
  }
  if (typeof name !== 'string') return wrongType(check, at, 'text', name);
  const spec = findVerb(name);
  if (spec !== undefined) return spec;
  report(
    check,
    at,
    'unknown-verb',
    { name: JSON.stringify(shorten(name)) },
    { unknown: name, known: VERBS.map((known) => known.verb) },
  );
  return undefined;
}

function readTiming(
  check: Check,
  place: string,
  fields: Fields,
  names: Names,
  index: number,
  untilMs: number,
): Pick<ScenarioStep, 'atMs' | 'when'> {
  if (fields.has('atMs') && fields.has('when')) {
    report(check, place, 'at-and-when');
    return {};
  }
  if (fields.has('when')) {
    const read = optional(check, place, fields, 'when', when(names, index, fields.get('afterMs')));
    return read === undefined ? {} : { when: read };
  }
  if (fields.has('afterMs')) {
    const hints = { expected: '"when": { "previous": true, "afterMs": ... }' };
    report(check, member(place, 'afterMs'), 'unknown-field', { field: 'afterMs' }, hints);
  }
  if (!fields.has('atMs')) {
    report(check, place, 'neither-at-nor-when', {}, { expected: '"atMs": 4000' });
    return {};
  }
  const atMs = optional(check, place, fields, 'atMs', readTime);
  if (atMs !== undefined && atMs > untilMs)
    warn(check, member(place, 'atMs'), 'step-after-end', { until: String(untilMs) });
  return atMs === undefined ? {} : { atMs };
}

/** The arguments as they were given, those left out left out, in the order of the verb's spec. */
function readArgs(check: Check, place: string, fields: Fields, spec: VerbSpec, names: Names): Record<string, Json> {
  const before = check.problems.length;
  if (spec.verb === 'topic.create') return (topicFields(check, place, fields, names) ?? {}) as Record<string, Json>;
  const args: Record<string, Json> = {};
  for (const arg of spec.args) {
    // null stands for "left out" where that has a meaning of its own, as it does in a command.
    if (!arg.required && arg.default === null && fields.get(arg.name) === null) continue;
    const read = argReader(arg.type, names, fields);
    const value = (arg.required ? needed : optional)(check, place, fields, arg.name, read);
    if (value === undefined || (value === null && arg.default === null)) continue;
    args[arg.name] = value as Json;
  }
  if (spec.verb === 'consumer.subscribe' && check.problems.length === before) checkSubscribe(check, place, args);
  if (spec.verb === 'config.set' && check.problems.length === before) {
    const set = args as unknown as ConfigSet;
    checkConfigSet(check, place, { ...set, entity: set.entity ?? null }, names);
  }
  return args;
}
