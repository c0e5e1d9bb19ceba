import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SCENARIO_FIELDS } from './parse/scenario.ts';
import { applyDefaults, formatProblem, parseScenario, validateScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';
import { serializeScenario } from './serialize-scenario.ts';
import { VERBS } from './verbs/index.ts';

/** Names that occur in scenarios, so that random objects reach the readers behind them. */
const FIELD = fc.constantFrom(
  ...SCENARIO_FIELDS,
  ...'version brokers controllers racks features config brokerConfig brokerVersions name partitions replicationFactor assignment id startMs workload topic count ratePerSecond keys values kind text bytes distinct joinMs subscribe subscribePattern assign processMs processing commit share latencyMs links between oneWay flushMs atMs when do acked producer consumer leader is isr groupState previous afterMs broker partition key value headers to scope entity replicas unclean min max not length absent group.id acks 1 2 constructor toString'.split(
    ' ',
  ),
);
const LEAF = fc.oneof(
  fc.constantFrom<unknown>(
    1,
    2,
    0,
    -1,
    1.5,
    1e12,
    'orders',
    'orders-0',
    'p1',
    'c1',
    'topic',
    'auto',
    'none',
    'lines',
    'cycle',
    true,
    null,
    '',
    'true',
    [[1], [2]],
  ),
  fc.constantFrom<unknown>(...VERBS.map((spec) => spec.verb)),
  fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, maxDepth: 1 }),
);
const TREE = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    LEAF,
    fc.dictionary(FIELD, tie('tree'), { maxKeys: 6 }),
    fc.array(tie('tree'), { maxLength: 4 }),
  ),
})).tree;

test('arbitrary values never throw', () => {
  fc.assert(fc.property(fc.anything(), (json) => void validateScenario(json, 'fuzz')));
  fc.assert(
    fc.property(TREE, fc.dictionary(FIELD, TREE, { maxKeys: 8 }), (topics, rest) => {
      const parsed = validateScenario({ ...rest, kafkascope: 1, topics }, 'fuzz');
      if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
    }),
    { numRuns: 1500 },
  );
});

test('arbitrary text never throws', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseScenario(text, 'fuzz')));
  fc.assert(fc.property(fc.json(), (text) => void parseScenario(text, 'fuzz')));
});

/** One field of a valid scenario replaced by anything: nothing is dropped in silence, so it is taken whole or refused. */
test('a spoiled scenario is refused or kept whole', () => {
  const paths = pathsOf(rich);
  fc.assert(
    fc.property(fc.constantFrom(...paths), LEAF, (path, value) => {
      const spoiled = structuredClone(rich) as unknown as Record<string, unknown>;
      setAt(spoiled, path, value);
      const parsed = validateScenario(spoiled, 'fuzz');
      if (!parsed.ok) return;
      const back = parseScenario(serializeScenario(parsed.scenario), 'fuzz');
      if (!back.ok) throw new Error(back.problems.map(formatProblem).join('\n'));
      expect(back.scenario).toEqual(parsed.scenario);
      expect(back.resolved).toEqual(parsed.resolved);
    }),
    { numRuns: 1500 },
  );
});

const rich: Scenario = {
  kafkascope: 1,
  title: 't',
  seed: 7,
  untilMs: 5000.125,
  cluster: {
    brokers: 4,
    controllers: 1,
    racks: ['a', 'b'],
    features: { 'eligible.leader.replicas.version': 1 },
    config: { 'num.partitions': '2' },
    brokerConfig: { '2': { 'replica.lag.time.max.ms': '10000' } },
  },
  topics: [
    { name: 'orders', partitions: 2, replicationFactor: 3, config: { 'min.insync.replicas': '2' } },
    {
      name: 'a.b',
      assignment: [
        [1, 2],
        [2, 3],
      ],
    },
  ],
  producers: [
    {
      id: 'p1',
      startMs: 1,
      config: { acks: '1' },
      workload: {
        topic: 'orders',
        count: 5,
        ratePerSecond: 0.5,
        keys: { kind: 'cycle', values: ['a'] },
        values: { kind: 'lines', text: 'x\ny' },
      },
    },
    {
      id: 'p2',
      config: { 'transactional.id': 't' },
      workload: {
        topic: 'orders',
        recordsPerTransaction: 3,
        abortEvery: 2,
        keys: { kind: 'random', distinct: 3 },
        values: { kind: 'size', bytes: 10 },
      },
    },
  ],
  consumers: [
    { id: 'c1', assign: ['orders-0'], processMs: 2 },
    { id: 'c2', config: { 'group.id': 'g' }, subscribe: ['orders'], commit: 'sync', processing: 'thread' },
  ],
  network: { latencyMs: 1.5, links: [{ between: [[1], [2, 'p1']], oneWay: true, latencyMs: 40 }] },
  disk: { flushMs: 5, throughputMBps: 100 },
  steps: [
    { atMs: 1, do: 'broker.kill', broker: 1 },
    { when: { previous: true, afterMs: 3 }, do: 'broker.start', broker: 1 },
    { when: { isr: { partition: 'orders-0', is: [1, 2] } }, do: 'network.set', between: [[1], [2]], latencyMs: 3 },
    { atMs: 3, do: 'topic.create', name: 'n', partitions: 2, config: { 'flush.ms': '1' } },
    { atMs: 4, do: 'config.set', scope: 'topic', entity: 'orders', key: 'flush.ms', value: null },
    { atMs: 5, do: 'producer.send', producer: 'p1', topic: 'orders', key: 'k', value: null, headers: [['h', null]] },
  ],
  expect: { 'records.lost': { min: 1 }, 'partitions.orders-0.isr': [2, 3] },
};

test('the rich scenario is right, and comes back from its text', () => {
  const parsed = validateScenario(rich, 'rich');
  if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
  expect(parsed.scenario).toEqual(rich);
  const text = serializeScenario(parsed.scenario);
  expect(parseScenario(text, 'rich')).toEqual(parsed);
  expect(applyDefaults(rich)).toEqual(parsed.resolved);
});

test('equal scenarios are equal texts, whatever the order of their fields', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, inner]) => [name, reversed(inner)]),
    );
  };
  const { expect: _, ...rest } = rich;
  expect(serializeScenario(reversed(rest) as Scenario)).toBe(serializeScenario(rest));
});

test('a file of a hundred thousand faults is answered at once', () => {
  const config = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`linger.ms${i}`, 'x']));
  const started = process.hrtime.bigint();
  const parsed = validateScenario({ kafkascope: 1, topics: [], producers: [{ id: 'p', config }] }, 'big');
  expect(parsed.ok).toBe(false);
  expect(Number(process.hrtime.bigint() - started) / 1e6).toBeLessThan(10_000);
});

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...path, name]))].filter(
    (p) => p.length > 0,
  );
}

function setAt(root: Record<string, unknown>, path: Path, value: unknown): void {
  let at: Record<string | number, unknown> = root;
  for (const name of path.slice(0, -1)) at = at[name] as Record<string | number, unknown>;
  at[path.at(-1) as string] = value;
}
