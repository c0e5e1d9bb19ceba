import type { ScenarioWhen } from '../scenario.ts';
import { type Check, member, report } from './check.ts';
import { isBroker, type Names } from './names.ts';
import { brokerId, consumerId, existingPartition, groupId, producerId } from './references.ts';
import {
  isObject,
  listOf,
  needed,
  optional,
  type Read,
  readFields,
  readTime,
  readTrue,
  whole,
  word,
  wrongType,
} from './values.ts';

const EVENTS = ['acked', 'sent', 'processed', 'leader', 'isr', 'groupState', 'previous'];

const GROUP_STATES = [
  'Empty',
  'PreparingRebalance',
  'CompletingRebalance',
  'Stable',
  'Dead',
  'Assigning',
  'Reconciling',
] as const;

/**
 * What a step follows. `afterMs` stands beside the event; inside of it and beside `when` it is read too, and written back
 * in its usual place. `outerAfterMs` is the step's own.
 */
export function when(names: Names, index: number, outerAfterMs: unknown): Read<ScenarioWhen> {
  return (check, place, value) => {
    const fields = readFields(check, place, value, [...EVENTS, 'afterMs']);
    if (fields === undefined) return undefined;
    const events = EVENTS.filter((event) => fields.has(event));
    const [event] = events;
    if (event === undefined || events.length > 1) {
      report(
        check,
        place,
        'when-not-one',
        { found: events.length === 0 ? '@nothing' : events.join(', ') },
        { expected: EVENTS.join(', ') },
      );
      return undefined;
    }
    const at = member(place, event);
    const { inner, innerAfterMs } = splitAfter(fields.get(event));
    const afterMs = readAfter(check, place, [
      [member(place, 'afterMs'), fields.get('afterMs')],
      [member(at, 'afterMs'), innerAfterMs],
      [place.replace(/when$/, 'afterMs'), outerAfterMs],
    ]);
    const condition = READERS.get(event)?.(names, index)(check, at, inner);
    if (condition === undefined) return undefined;
    return { ...condition, ...(afterMs === undefined ? {} : { afterMs }) };
  };
}

function splitAfter(inner: unknown): { inner: unknown; innerAfterMs: unknown } {
  if (!isObject(inner)) return { inner, innerAfterMs: undefined };
  const rest = Object.keys(inner).filter((name) => name !== 'afterMs');
  return { inner: Object.fromEntries(rest.map((name) => [name, inner[name]])), innerAfterMs: inner.afterMs };
}

function readAfter(
  check: Check,
  place: string,
  candidates: readonly (readonly [at: string, value: unknown])[],
): number | undefined {
  const given = candidates.filter(([, value]) => value !== undefined);
  const [first, second] = given;
  if (first === undefined) return undefined;
  if (second !== undefined) report(check, place, 'after-twice', { other: second[0] });
  return readTime(check, first[0], first[1]);
}

type Condition = Read<ScenarioWhen>;

const READERS: ReadonlyMap<string, (names: Names, index: number) => Condition> = new Map([
  ['acked', (names: Names) => producerCount(names, (producer, count) => ({ acked: { producer, count } }))],
  ['sent', (names: Names) => producerCount(names, (producer, count) => ({ sent: { producer, count } }))],
  ['processed', (names: Names) => processed(names)],
  ['leader', (names: Names) => leader(names)],
  ['isr', (names: Names) => isr(names)],
  ['groupState', (names: Names) => groupState(names)],
  ['previous', (_: Names, index: number) => previous(index)],
]);

const MAX_COUNT = 1_000_000_000;

function producerCount(names: Names, make: (producer: string, count: number) => ScenarioWhen): Condition {
  return (check, place, value) => {
    const fields = readFields(check, place, value, ['producer', 'count']);
    if (fields === undefined) return undefined;
    const producer = needed(check, place, fields, 'producer', producerId(names));
    const count = needed(check, place, fields, 'count', whole(0, MAX_COUNT));
    return producer === undefined || count === undefined ? undefined : make(producer, count);
  };
}

function processed(names: Names): Condition {
  return (check, place, value) => {
    const fields = readFields(check, place, value, ['consumer', 'count']);
    if (fields === undefined) return undefined;
    const consumer = needed(check, place, fields, 'consumer', consumerId(names));
    const count = needed(check, place, fields, 'count', whole(0, MAX_COUNT));
    return consumer === undefined || count === undefined ? undefined : { processed: { consumer, count } };
  };
}

/** -1 stands for no leader, as in a result. */
function leader(names: Names): Condition {
  const readLeader: Read<number> = (check, place, value) => {
    return value === -1 || (typeof value === 'number' && isBroker(names, value))
      ? value
      : brokerId(names)(check, place, value);
  };
  return (check, place, value) => {
    const fields = readFields(check, place, value, ['partition', 'is']);
    if (fields === undefined) return undefined;
    const partition = needed(check, place, fields, 'partition', existingPartition(names));
    const is = needed(check, place, fields, 'is', readLeader);
    return partition === undefined || is === undefined ? undefined : { leader: { partition, is } };
  };
}

function isr(names: Names): Condition {
  return (check, place, value) => {
    const fields = readFields(check, place, value, ['partition', 'is']);
    if (fields === undefined) return undefined;
    const partition = needed(check, place, fields, 'partition', existingPartition(names));
    const is = needed(check, place, fields, 'is', listOf(brokerId(names), { max: names.brokers, distinct: true }));
    return partition === undefined || is === undefined ? undefined : { isr: { partition, is } };
  };
}

function groupState(names: Names): Condition {
  return (check, place, value) => {
    const fields = readFields(check, place, value, ['group', 'is', 'members']);
    if (fields === undefined) return undefined;
    const group = needed(check, place, fields, 'group', groupId(names));
    const is = needed(check, place, fields, 'is', word(...GROUP_STATES));
    const members = optional(check, place, fields, 'members', whole(0, 10_000));
    if (group === undefined || is === undefined) return undefined;
    return { groupState: members === undefined ? { group, is } : { group, is, members } };
  };
}

function previous(index: number): Condition {
  return (check, place, value) => {
    if (typeof value !== 'boolean') return wrongType(check, place, 'boolean', value);
    const given = readTrue(check, place, value);
    if (given === undefined) return undefined;
    if (index > 0) return { previous: true };
    report(check, place, 'nothing-previous');
    return undefined;
  };
}
