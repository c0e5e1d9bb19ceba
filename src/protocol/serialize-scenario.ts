import { SCENARIO_FIELDS } from './parse/scenario.ts';
import type { Json, Scenario } from './scenario.ts';
import { findVerb } from './verbs/index.ts';

/** What fits into this many columns stands on one line. */
const LINE_WIDTH = 110;

/**
 * The text of a scenario: fields in CONTRACT's order, whatever order they were set in, so that equal scenarios are equal
 * files. Reading it gives the same scenario back.
 */
export function serializeScenario(scenario: Scenario): string {
  const ordered = pick(scenario as unknown as JsonObject, SCENARIO_FIELDS, new Map(SECTIONS));
  return `${print(ordered, 0, 0)}\n`;
}

type JsonObject = { readonly [key: string]: Json };
type Order = (value: Json) => Json;

function pick(object: JsonObject, order: readonly string[], inner: ReadonlyMap<string, Order>): Json {
  const result: Record<string, Json> = {};
  for (const name of order) {
    const value = object[name];
    if (value !== undefined) result[name] = inner.get(name)?.(value) ?? value;
  }
  return result;
}

function objectOrder(order: string, inner: readonly (readonly [string, Order])[] = []): Order {
  const names = order.split(' ');
  const orders = new Map(inner);
  return (value) => (isObject(value) ? pick(value, names, orders) : value);
}

function listOrder(order: Order): Order {
  return (value) => (Array.isArray(value) ? value.map(order) : value);
}

/** Configuration sorted by key: its order means nothing. */
const sorted: Order = (value) => {
  if (!isObject(value)) return value;
  return pick(value, Object.keys(value).sort(compareText), new Map());
};

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const configByBroker: Order = (value) => {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.keys(value).map((id) => [id, sorted(value[id] as Json)]));
};

const workloadOrder = objectOrder('topic count ratePerSecond startMs keys values recordsPerTransaction abortEvery', [
  ['keys', objectOrder('kind values distinct text separator nullMarker')],
  ['values', objectOrder('kind bytes text separator nullMarker')],
]);

const whenOrder = objectOrder(
  'acked sent processed leader isr groupState previous afterMs',
  'acked sent processed leader isr groupState'
    .split(' ')
    .map((event) => [event, objectOrder('producer consumer partition group count is members')] as const),
);

const stepOrder: Order = (value) => {
  if (!isObject(value) || typeof value.do !== 'string') return value;
  const args = (findVerb(value.do)?.args ?? []).map((arg) => arg.name);
  return pick(
    value,
    ['atMs', 'when', 'do', ...args],
    new Map([
      ['when', whenOrder],
      ['config', sorted],
    ]),
  );
};

const linkOrder = objectOrder('between oneWay latencyMs jitterMs lossPercent bandwidthMbps');

const SECTIONS: readonly (readonly [string, Order])[] = [
  [
    'cluster',
    objectOrder('version brokers controllers racks features config brokerConfig brokerVersions', [
      ['features', sorted],
      ['config', sorted],
      ['brokerConfig', configByBroker],
    ]),
  ],
  ['topics', listOrder(objectOrder('name partitions replicationFactor assignment config', [['config', sorted]]))],
  [
    'producers',
    listOrder(
      objectOrder('id version startMs config workload', [
        ['config', sorted],
        ['workload', workloadOrder],
      ]),
    ),
  ],
  [
    'consumers',
    listOrder(
      objectOrder(
        'id version joinMs config subscribe subscribePattern assign processMs processing commit share acknowledge',
        [['config', sorted]],
      ),
    ),
  ],
  ['network', objectOrder('latencyMs jitterMs bandwidthMbps links', [['links', listOrder(linkOrder)]])],
  ['disk', objectOrder('flushMs throughputMBps')],
  ['steps', listOrder(stepOrder)],
  ['bookmarks', listOrder(objectOrder('atMs note'))],
];

/** JSON with short objects and lists on one line each. `used`: columns taken before it on its line. */
function print(value: Json, indent: number, used: number): string {
  const flat = printFlat(value);
  if (used + flat.length <= LINE_WIDTH || typeof value !== 'object' || value === null) return flat;
  const inner = ' '.repeat(indent + 2);
  const end = ' '.repeat(indent);
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((entry) => `${inner}${print(entry, indent + 2, indent + 2)}`);
    return `[\n${items.join(',\n')}\n${end}]`;
  }
  const object = value as JsonObject;
  const fields = Object.keys(object).map((name) => {
    const start = `${inner}${JSON.stringify(name)}: `;
    return start + print(object[name] as Json, indent + 2, start.length);
  });
  return `{\n${fields.join(',\n')}\n${end}}`;
}

function printFlat(value: Json): string {
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(printFlat).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const names = Object.keys(value);
  if (names.length === 0) return '{}';
  return `{ ${names.map((name) => `${JSON.stringify(name)}: ${printFlat(value[name] as Json)}`).join(', ')} }`;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
