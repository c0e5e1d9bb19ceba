import type { Scenario, ScenarioBookmark, ScenarioConsumer, ScenarioProducer, ScenarioStep } from '../scenario.ts';
import { type Check, item, kindOf, member, report, shorten } from './check.ts';
import { cluster } from './cluster.ts';
import { consumer } from './consumers.ts';
import { DEFAULT_UNTIL_MS } from './default-values.ts';
import { readExpect } from './expect.ts';
import { gatherNames, type Names } from './names.ts';
import { network, readDisk } from './network.ts';
import { producer } from './producers.ts';
import { step } from './steps.ts';
import { topics } from './topics.ts';
import {
  defined,
  type Fields,
  isObject,
  listOf,
  needed,
  optional,
  type Read,
  readFields,
  readText,
  readTime,
  whole,
} from './values.ts';

/** In the order in which they are written back. */
export const SCENARIO_FIELDS = [
  'kafkascope',
  'title',
  'note',
  'seed',
  'untilMs',
  'cluster',
  'topics',
  'producers',
  'consumers',
  'network',
  'disk',
  'steps',
  'bookmarks',
  'expect',
];

const MAX_CLIENTS = 1000;
const MAX_STEPS = 10_000;
const MAX_BOOKMARKS = 1000;
const BOOKMARK_FIELDS = ['atMs', 'note'];

/** Reads a whole scenario; undefined when it is none at all. What is wrong inside stands in the check. */
export function readScenario(check: Check, json: unknown): Scenario | undefined {
  if (!isObject(json) || (json.kafkascope === undefined && json.topics === undefined)) {
    report(check, '', 'not-a-scenario', {}, { expected: '{ "kafkascope": 1, "topics": [...] }' });
    return undefined;
  }
  if (!checkVersion(check, json.kafkascope)) return undefined;
  const fields = readFields(check, '', json, SCENARIO_FIELDS);
  if (fields === undefined) return undefined;
  return readSections(check, fields, gatherNames(json));
}

function readSections(check: Check, fields: Fields, names: Names): Scenario {
  const top = <T>(name: string, read: Read<T>): T | undefined => optional(check, '', fields, name, read);
  const untilMs = top('untilMs', readTime);
  const scenario: Scenario = {
    kafkascope: 1,
    title: top('title', readText),
    note: top('note', readText),
    seed: top('seed', whole(0, Number.MAX_SAFE_INTEGER)),
    untilMs,
    cluster: top('cluster', cluster(names)),
    topics: needed(check, '', fields, 'topics', topics(names)) ?? [],
    producers: top<ScenarioProducer[]>('producers', listOf(producer(names), { max: MAX_CLIENTS })),
    consumers: top<ScenarioConsumer[]>('consumers', listOf(consumer(names), { max: MAX_CLIENTS })),
    network: top('network', network(names)),
    disk: top('disk', readDisk),
    steps: top('steps', steps(names, untilMs ?? DEFAULT_UNTIL_MS)),
    bookmarks: top<ScenarioBookmark[]>('bookmarks', listOf(readBookmark, { max: MAX_BOOKMARKS })),
    expect: top('expect', readExpect),
  };
  checkIds(check, fields);
  return defined(scenario);
}

/** A moment that somebody marked; the page shows it, the history does not know it. */
const readBookmark: Read<ScenarioBookmark> = (check, place, value) => {
  const fields = readFields(check, place, value, BOOKMARK_FIELDS);
  if (fields === undefined) return undefined;
  const atMs = needed(check, place, fields, 'atMs', readTime);
  const note = optional(check, place, fields, 'note', readText);
  return atMs === undefined ? undefined : defined({ atMs, note });
};

function steps(names: Names, untilMs: number): Read<ScenarioStep[]> {
  return (check, place, value) => {
    let index = 0;
    return listOf<ScenarioStep>((...at) => step(names, index++, untilMs)(...at), { max: MAX_STEPS })(
      check,
      place,
      value,
    );
  };
}

function checkVersion(check: Check, version: unknown): boolean {
  if (version === 1) return true;
  if (version === undefined) report(check, 'kafkascope', 'missing-field', { field: 'kafkascope' }, { expected: '1' });
  else if (typeof version === 'number')
    report(check, 'kafkascope', 'wrong-version', { found: String(version) }, { expected: '1' });
  else report(check, 'kafkascope', 'wrong-type', { expected: '@whole', kind: kindOf(version) }, { expected: '1' });
  return false;
}

/** Producers and consumers share one space of ids, since links and inspectors name them alike. */
function checkIds(check: Check, fields: Fields): void {
  const firstOf = new Map<string, string>();
  for (const section of ['producers', 'consumers']) {
    const list = fields.get(section);
    if (!Array.isArray(list)) continue;
    for (const [index, entry] of (list as unknown[]).entries()) {
      const id = isObject(entry) ? entry.id : undefined;
      if (typeof id !== 'string') continue;
      const at = item(section, index);
      const first = firstOf.get(id);
      if (first === undefined) firstOf.set(id, at);
      else report(check, member(at, 'id'), 'repeated-id', { name: JSON.stringify(shorten(id)), first });
    }
  }
}
