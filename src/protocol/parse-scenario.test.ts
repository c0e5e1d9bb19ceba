import { describe, expect, test } from 'vitest';
import { applyDefaults, formatProblem, parseScenario, validateScenario } from './parse-scenario.ts';

const CONTRACT_EXAMPLE = `{ "kafkascope": 1, "title": "acks=1 loses", "note": "anything", "seed": 7, "untilMs": 20000,
  "cluster": { "version": "4.3", "brokers": 3, "controllers": 1, "racks": ["a", "b", "c"], "features": { "eligible.leader.replicas.version": 1 },
               "config": { "broker.session.timeout.ms": "9000" }, "brokerConfig": { "2": { } }, "brokerVersions": { "3": "3.9" } },
  "topics": [ { "name": "orders", "partitions": 3, "replicationFactor": 3, "assignment": [[1,2,3],[2,3,1],[3,1,2]],
                "config": { "min.insync.replicas": "1" } } ],
  "producers": [ { "id": "p1", "config": { "acks": "1" },
                   "workload": { "topic": "orders", "count": 1000, "ratePerSecond": 200, "startMs": 500,
                                 "keys": { "kind": "cycle", "values": ["a", "b"] },
                                 "values": { "kind": "lines", "text": "..." } } } ],
  "consumers": [ { "id": "c1", "joinMs": 1000, "config": { "group.id": "billing", "group.protocol": "classic" },
                   "subscribe": ["orders"], "processMs": 2, "commit": "auto" } ],
  "network": { "latencyMs": 1, "jitterMs": 0, "bandwidthMbps": 1000, "links": [ { "between": [[1],[2,3]], "latencyMs": 40 } ] },
  "disk": { "flushMs": 0, "throughputMBps": 500 },
  "steps": [ { "atMs": 4000, "do": "broker.kill", "broker": 1 } ],
  "expect": { "records.lost": 3, "records.acked": { "min": 200 }, "errors.NotEnoughReplicasException": { "min": 1 },
              "partitions.orders-0.isr": [2, 3], "groups.billing.state": "Stable" } }`;

/** A valid scenario with one producer and one consumer, to be spoiled. */
function scenario(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    kafkascope: 1,
    topics: [{ name: 'orders', partitions: 3 }],
    producers: [{ id: 'p1', workload: { topic: 'orders' } }],
    consumers: [{ id: 'c1', assign: ['orders-0'] }],
    ...change,
  };
}

/** The problems as "place: code", to be read in a list. */
function faults(json: unknown): string[] {
  const parsed = validateScenario(json, 'test.json');
  return parsed.ok ? [] : parsed.problems.map((problem) => `${problem.place}: ${problem.code}`);
}

function firstProblem(json: unknown) {
  const parsed = validateScenario(json, 'test.json');
  if (parsed.ok) throw new Error('expected a problem');
  return parsed.problems[0]!;
}

describe('what is right', () => {
  test("the contract's example", () => {
    const parsed = parseScenario(CONTRACT_EXAMPLE, 'example.json');
    expect(parsed.ok || parsed.problems.map(formatProblem)).toBe(true);
  });

  test('only kafkascope and topics are required', () => {
    expect(faults({ kafkascope: 1, topics: [] })).toEqual([]);
    expect(faults({ kafkascope: 1 })).toEqual(['topics: missing-field']);
    expect(faults({ topics: [] })).toEqual(['kafkascope: missing-field']);
  });

  test.each([
    ['broker.kill', { broker: 1 }],
    ['broker.kill', { broker: 101 }],
    ['host.powerLoss', { broker: 2 }],
    ['disk.fill', { broker: 1, bytes: 1000 }],
    ['disk.fill', { broker: 1 }],
    ['network.cut', { between: [[1], [2, 3]], oneWay: true }],
    ['network.cut', { between: [['p1'], [1, 101]] }],
    ['network.heal', {}],
    ['network.heal', { between: [[1], [2]] }],
    ['network.set', { between: [[1], [2]], latencyMs: 40.125, jitterMs: 1, lossPercent: 0.5, bandwidthMbps: 0.1 }],
    ['producer.flush', { producer: 'p1' }],
    [
      'producer.send',
      { producer: 'p1', topic: 'orders', partition: 2, key: null, value: 'v', headers: { a: 'b' }, count: 3 },
    ],
    [
      'producer.send',
      {
        producer: 'p1',
        topic: 'orders',
        headers: [
          ['a', 'b'],
          ['a', null],
        ],
      },
    ],
    ['consumer.pause', { consumer: 'c1', ms: 2000 }],
    ['consumer.pause', { consumer: 'c1' }],
    ['consumer.seek', { consumer: 'c1', partition: 'orders-0', to: 'beginning' }],
    ['consumer.seek', { consumer: 'c1', partition: 'orders-0', to: 12 }],
    [
      'topic.create',
      { name: 'new.topic', partitions: 2, replicationFactor: 2, config: { 'min.insync.replicas': '2' } },
    ],
    [
      'topic.create',
      {
        name: 'new',
        assignment: [
          [1, 2],
          [2, 3],
        ],
      },
    ],
    ['topic.delete', { topic: 'orders' }],
    ['topic.addPartitions', { topic: 'orders', total: 5 }],
    ['topic.deleteRecords', { partition: 'orders-1', beforeOffset: 10 }],
    ['partition.reassign', { partition: 'orders-0', replicas: [3, 2] }],
    ['leader.elect', { partition: 'orders-0', unclean: true }],
    ['config.set', { scope: 'broker', entity: 1, key: 'replica.lag.time.max.ms', value: '5000' }],
    ['config.set', { scope: 'broker', entity: '2', key: 'replica.lag.time.max.ms', value: '5000' }],
    ['config.set', { scope: 'broker', key: 'min.insync.replicas', value: '2' }],
    ['config.set', { scope: 'topic', entity: 'orders', key: 'min.insync.replicas', value: null }],
    ['config.set', { scope: 'producer', entity: 'p1', key: 'acks', value: 'all' }],
  ])('%s %o', (verb, args) => {
    expect(faults(scenario({ steps: [{ atMs: 1.5, do: verb, ...args }] }))).toEqual([]);
  });

  test.each([
    { acked: { producer: 'p1', count: 20 } },
    { sent: { producer: 'p1', count: 20 } },
    { processed: { consumer: 'c1', count: 15 } },
    { leader: { partition: 'orders-0', is: 2 } },
    { leader: { partition: 'orders-0', is: -1 } },
    { isr: { partition: 'orders-0', is: [1] }, afterMs: 10 },
    { groupState: { group: 'g', is: 'Stable', members: 2 } },
    { previous: true, afterMs: 0.25 },
  ])('when %o', (when) => {
    const group = { id: 'c2', subscribe: ['orders'], config: { 'group.id': 'g' } };
    const steps = [
      { atMs: 0, do: 'broker.kill', broker: 1 },
      { when, do: 'broker.start', broker: 1 },
    ];
    expect(faults({ ...scenario({ steps }), consumers: [{ id: 'c1', assign: ['orders-0'] }, group] })).toEqual([]);
  });

  test('afterMs may stand beside the event, inside of it or beside when, and is kept beside the event', () => {
    const steps = (...whens: object[]) => [
      { atMs: 0, do: 'broker.kill', broker: 1 },
      ...whens.map((when) => ({ ...when, do: 'broker.start', broker: 1 })),
    ];
    const three = steps(
      { when: { previous: true, afterMs: 5 } },
      { when: { acked: { producer: 'p1', count: 1, afterMs: 5 } } },
      { when: { previous: true }, afterMs: 5 },
    );
    const parsed = validateScenario(scenario({ steps: three }), 'test.json');
    if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
    expect(parsed.resolved.steps.slice(1).map((step) => step.start.kind === 'when' && step.start.afterUs)).toEqual([
      5000, 5000, 5000,
    ]);
    expect(parsed.scenario.steps?.[3]?.when).toEqual({ previous: true, afterMs: 5 });
    const twice = steps({ when: { previous: true, afterMs: 5 }, afterMs: 6 });
    expect(faults(scenario({ steps: twice }))).toEqual(['steps[1].when: after-twice']);
  });

  test('a topic that is not defined is one where the file switches auto.create.topics.enable on', () => {
    const workload = [{ id: 'p1', workload: { topic: 'other' } }];
    expect(faults(scenario({ producers: workload }))).toEqual(['producers[0].workload.topic: unknown-topic']);
    const on = { config: { 'auto.create.topics.enable': 'true' } };
    expect(faults(scenario({ producers: workload, cluster: on }))).toEqual([]);
    const off = { config: { 'auto.create.topics.enable': 'false' } };
    expect(faults(scenario({ producers: workload, cluster: off }))).toEqual([
      'producers[0].workload.topic: unknown-topic',
    ]);
    const created = [{ atMs: 1, do: 'topic.create', name: 'other' }];
    expect(faults(scenario({ producers: workload, steps: created }))).toEqual([]);
  });
});

describe('what is wrong', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['an unknown field', { tpoics: [] }, ['tpoics: unknown-field']],
    ['an unknown field inside', { network: { latencyMS: 1 } }, ['network.latencyMS: unknown-field']],
    ['a wrong version', { kafkascope: 2 }, ['kafkascope: wrong-version']],
    ['a wrong type', { title: 3 }, ['title: wrong-type']],
    ['no brokers', { cluster: { brokers: 0 } }, ['cluster.brokers: below-min']],
    ['too many brokers', { cluster: { brokers: 31 } }, ['cluster.brokers: above-max']],
    ['too many controllers', { cluster: { controllers: 10 } }, ['cluster.controllers: above-max']],
    ['half a broker', { cluster: { brokers: 1.5 } }, ['cluster.brokers: not-whole']],
    [
      'more racks than brokers',
      { cluster: { racks: ['a', 'b', 'c', 'd'] } },
      ['cluster.racks: more-racks-than-brokers'],
    ],
    ['an unknown feature', { cluster: { features: { elr: 1 } } }, ['cluster.features.elr: unknown-field']],
    [
      'a level that is not',
      { cluster: { features: { 'group.version': 3 } } },
      ['cluster.features["group.version"]: feature-level'],
    ],
    ['an unknown version', { cluster: { version: '5.0' } }, ['cluster.version: not-one-of']],
    ['a broker that is not', { cluster: { brokerConfig: { 4: {} } } }, ['cluster.brokerConfig["4"]: unknown-broker']],
    [
      'a config key that is not',
      { cluster: { config: { 'broker.sesion.timeout.ms': '1' } } },
      ['cluster.config["broker.sesion.timeout.ms"]: unknown-config'],
    ],
    [
      'a config that is no text',
      { cluster: { config: { 'broker.session.timeout.ms': 9000 } } },
      ['cluster.config["broker.session.timeout.ms"]: config-not-text'],
    ],
    [
      'a config out of range',
      { topics: [{ name: 'orders', partitions: 3, config: { 'segment.bytes': '20000' } }] },
      ['topics[0].config["segment.bytes"]: refused'],
    ],
    [
      'min ISR of one broker under ELR',
      { cluster: { brokerConfig: { 2: { 'min.insync.replicas': '2' } } } },
      ['cluster.brokerConfig["2"]["min.insync.replicas"]: refused'],
    ],
    [
      'a fetch wait above the lag',
      { cluster: { config: { 'replica.lag.time.max.ms': '100' } } },
      ['cluster.config["replica.fetch.wait.max.ms"]: refused'],
    ],
    ['301 partitions', { topics: [{ name: 'orders', partitions: 301 }] }, ['topics[0].partitions: above-max']],
    [
      'a replication factor above brokers',
      { topics: [{ name: 'orders', partitions: 3, replicationFactor: 4 }] },
      ['topics[0].replicationFactor: replication-above-brokers'],
    ],
    [
      'partitions against assignment',
      { topics: [{ name: 'orders', partitions: 3, assignment: [[1], [2]] }] },
      ['topics[0].partitions: partitions-against-assignment'],
    ],
    [
      'an uneven assignment',
      { topics: [{ name: 'orders', assignment: [[1, 2], [2]] }] },
      ['topics[0].assignment[1]: uneven-assignment'],
    ],
    [
      'a replica twice',
      { topics: [{ name: 'orders', assignment: [[1, 1]] }] },
      ['topics[0].assignment[0][1]: repeated-item'],
    ],
    [
      'a replica on no broker',
      { topics: [{ name: 'orders', assignment: [[4]] }] },
      ['topics[0].assignment[0][0]: unknown-broker'],
    ],
    [
      'a topic twice',
      { topics: [{ name: 'orders', partitions: 3 }, { name: 'orders' }] },
      ['topics[1].name: repeated-topic'],
    ],
    [
      'topics that collide',
      { topics: [{ name: 'orders', partitions: 3 }, { name: 'a.b' }, { name: 'a_b' }] },
      ['topics[2].name: colliding-topic'],
    ],
    [
      'a topic name that is none',
      { topics: [{ name: 'orders', partitions: 3 }, { name: 'a b' }] },
      ['topics[1].name: topic-name'],
    ],
    [
      'an internal topic',
      { topics: [{ name: 'orders', partitions: 3 }, { name: '__consumer_offsets' }] },
      ['topics[1].name: internal-topic'],
    ],
    ['an id twice', { consumers: [{ id: 'p1', assign: ['orders-0'] }] }, ['consumers[0].id: repeated-id']],
    ['an empty id', { producers: [{ id: '' }] }, ['producers[0].id: empty-text']],
    [
      'rate 0',
      { producers: [{ id: 'p1', workload: { topic: 'orders', ratePerSecond: 0 } }] },
      ['producers[0].workload.ratePerSecond: not-above-zero'],
    ],
    [
      'a negative rate',
      { producers: [{ id: 'p1', workload: { topic: 'orders', ratePerSecond: -1 } }] },
      ['producers[0].workload.ratePerSecond: not-above-zero'],
    ],
    ['a negative time', { producers: [{ id: 'p1', startMs: -1 }] }, ['producers[0].startMs: negative-time']],
    [
      'a field of another kind',
      { producers: [{ id: 'p1', workload: { topic: 'orders', keys: { kind: 'none', distinct: 3 } } }] },
      ['producers[0].workload.keys.distinct: unknown-field'],
    ],
    [
      'a kind that is not',
      { producers: [{ id: 'p1', workload: { topic: 'orders', values: { kind: 'random' } } }] },
      ['producers[0].workload.values.kind: not-one-of'],
    ],
    [
      'lines without a line',
      { producers: [{ id: 'p1', workload: { topic: 'orders', values: { kind: 'lines', text: '' } } }] },
      ['producers[0].workload.values.text: no-lines'],
    ],
    [
      'a text of more than 1 MiB',
      {
        producers: [{ id: 'p1', workload: { topic: 'orders', values: { kind: 'lines', text: 'é'.repeat(524_289) } } }],
      },
      ['producers[0].workload.values.text: text-too-large'],
    ],
    [
      'transactions without an id',
      { producers: [{ id: 'p1', workload: { topic: 'orders', recordsPerTransaction: 3 } }] },
      ['producers[0].workload.recordsPerTransaction: needs-transactional-id'],
    ],
    [
      'acks against idempotence',
      { producers: [{ id: 'p1', config: { acks: '1', 'enable.idempotence': 'true' } }] },
      ['producers[0].config.acks: refused'],
    ],
    ['a consumer that reads nothing', { consumers: [{ id: 'c1' }] }, ['consumers[0]: no-source']],
    [
      'assign with subscribe',
      { consumers: [{ id: 'c1', assign: ['orders-0'], subscribe: ['orders'], config: { 'group.id': 'g' } }] },
      ['consumers[0].subscribe: two-sources'],
    ],
    [
      'subscribe without a group',
      { consumers: [{ id: 'c1', subscribe: ['orders'] }] },
      ['consumers[0].subscribe: subscribe-without-group'],
    ],
    [
      'a partition that is not',
      { consumers: [{ id: 'c1', assign: ['orders-3'] }] },
      ['consumers[0].assign[0]: unknown-partition'],
    ],
    [
      'a text that is no partition',
      { consumers: [{ id: 'c1', assign: ['orders'] }] },
      ['consumers[0].assign[0]: not-a-partition'],
    ],
    [
      'commit against the config',
      {
        consumers: [
          { id: 'c1', assign: ['orders-0'], commit: 'sync', config: { 'group.id': 'g', 'enable.auto.commit': 'true' } },
        ],
      },
      ['consumers[0].config["enable.auto.commit"]: commit-conflict'],
    ],
    [
      'the default commit against the config',
      { consumers: [{ id: 'c1', assign: ['orders-0'], config: { 'group.id': 'g', 'enable.auto.commit': 'false' } }] },
      ['consumers[0].config["enable.auto.commit"]: commit-conflict-default'],
    ],
    [
      'commit without a group',
      { consumers: [{ id: 'c1', assign: ['orders-0'], commit: 'sync' }] },
      ['consumers[0].commit: commit-without-group'],
    ],
    [
      'a pattern that is none',
      { consumers: [{ id: 'c1', subscribePattern: '(', config: { 'group.id': 'g' } }] },
      ['consumers[0].subscribePattern: bad-pattern'],
    ],
    [
      'a link to itself',
      { network: { links: [{ between: [[1], [1, 2]] }] } },
      ['network.links[0].between: both-sides'],
    ],
    [
      'a link to nobody',
      { network: { links: [{ between: [[1], ['p2']] }] } },
      ['network.links[0].between[1][0]: unknown-client'],
    ],
    ['a link with one side', { network: { links: [{ between: [[1]] }] } }, ['network.links[0].between: wrong-type']],
    [
      'more than all lost',
      { network: { links: [{ between: [[1], [2]], lossPercent: 101 }] } },
      ['network.links[0].lossPercent: above-max'],
    ],
    ['four decimals', { steps: [{ atMs: 1.0005, do: 'broker.kill', broker: 1 }] }, ['steps[0].atMs: too-fine']],
    [
      'a time before the start',
      { steps: [{ atMs: -1, do: 'broker.kill', broker: 1 }] },
      ['steps[0].atMs: negative-time'],
    ],
    [
      'atMs and when',
      { steps: [{ atMs: 1, when: { acked: { producer: 'p1', count: 1 } }, do: 'broker.kill', broker: 1 }] },
      ['steps[0]: at-and-when'],
    ],
    ['neither atMs nor when', { steps: [{ do: 'broker.kill', broker: 1 }] }, ['steps[0]: neither-at-nor-when']],
    ['an unknown verb', { steps: [{ atMs: 1, do: 'broker.kil', broker: 1 }] }, ['steps[0].do: unknown-verb']],
    ['no verb', { steps: [{ atMs: 1 }] }, ['steps[0].do: missing-field']],
    [
      'an unknown argument',
      { steps: [{ atMs: 1, do: 'broker.kill', broker: 1, force: true }] },
      ['steps[0].force: unknown-field'],
    ],
    ['a missing argument', { steps: [{ atMs: 1, do: 'broker.kill' }] }, ['steps[0].broker: missing-field']],
    ['a node that is not', { steps: [{ atMs: 1, do: 'broker.kill', broker: 7 }] }, ['steps[0].broker: unknown-node']],
    [
      'a partition of a send that is not',
      { steps: [{ atMs: 1, do: 'producer.send', producer: 'p1', topic: 'orders', partition: 3 }] },
      ['steps[0].partition: unknown-partition'],
    ],
    [
      'a producer that is a consumer',
      { steps: [{ atMs: 1, do: 'producer.flush', producer: 'c1' }] },
      ['steps[0].producer: unknown-producer'],
    ],
    [
      'a config.set of no topic',
      { steps: [{ atMs: 1, do: 'config.set', scope: 'topic', key: 'flush.ms', value: '1' }] },
      ['steps[0].entity: entity-scope'],
    ],
    [
      'a config.set of a bad value',
      { steps: [{ atMs: 1, do: 'config.set', scope: 'topic', entity: 'orders', key: 'flush.ms', value: 'soon' }] },
      ['steps[0].value: refused'],
    ],
    [
      'a config.set of a bad key',
      { steps: [{ atMs: 1, do: 'config.set', scope: 'topic', entity: 'orders', key: 'flush', value: '1' }] },
      ['steps[0].key: unknown-config'],
    ],
    [
      'previous of nothing',
      { steps: [{ when: { previous: true }, do: 'broker.kill', broker: 1 }] },
      ['steps[0].when.previous: nothing-previous'],
    ],
    [
      'two events',
      {
        steps: [
          {
            when: { acked: { producer: 'p1', count: 1 }, sent: { producer: 'p1', count: 1 } },
            do: 'broker.kill',
            broker: 1,
          },
        ],
      },
      ['steps[0].when: when-not-one'],
    ],
    [
      'an unknown group',
      { steps: [{ when: { groupState: { group: 'g', is: 'Stable' } }, do: 'broker.kill', broker: 1 }] },
      ['steps[0].when.groupState.group: unknown-group'],
    ],
    [
      'a matcher with a slip',
      { expect: { 'records.lost': { min: 1, maks: 3 } } },
      ['expect["records.lost"].maks: matcher-field'],
    ],
    ['a matcher of text', { expect: { 'records.lost': { min: '1' } } }, ['expect["records.lost"].min: wrong-type']],
  ])('%s', (_, change, expected) => {
    expect(faults(scenario(change))).toEqual(expected);
  });

  test.each([null, 3, 'x', [], {}, [1], true])('%o is no scenario', (json) => {
    expect(faults(json)).toEqual([': not-a-scenario']);
  });

  test('several faults are told at once', () => {
    const json = scenario({ seed: -1, steps: [{ atMs: -1, do: 'broker.kill', broker: 9 }], what: 1 });
    expect(faults(json)).toEqual([
      'what: unknown-field',
      'seed: below-min',
      'steps[0].atMs: negative-time',
      'steps[0].broker: unknown-node',
    ]);
  });

  test('a file of faults is told in part, and that it is in part', () => {
    const topics = Array.from({ length: 900 }, () => ({ nmae: 'x' }));
    const parsed = validateScenario({ kafkascope: 1, topics }, 'test.json');
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.problems).toHaveLength(201);
    expect(parsed.problems.at(-1)?.message).toBe('1600 more problems are not listed.');
  });
});

describe('what a problem says', () => {
  test('file, place, field, sentence, the nearest name and what would be right', () => {
    expect(firstProblem(scenario({ steps: [{ atMs: 1, do: 'broker.kil', broker: 1 }] }))).toMatchObject({
      file: 'test.json',
      place: 'steps[0].do',
      field: 'do',
      message: 'There is no verb "broker.kil". Did you mean broker.kill?',
      nearest: 'broker.kill',
    });
    expect(firstProblem(scenario({ steps: [{ atMs: 1, do: 'broker.kill', broker: 7 }] }))).toMatchObject({
      field: 'broker',
      message: 'There is no node 7; brokers are 1 to 3, controllers 101 to 101.',
      expected: '1 to 3',
    });
    expect(firstProblem(scenario({ producers: [{ id: 'p1', workload: { topic: 'order' } }] }))).toMatchObject({
      message: 'No topic order is defined: neither in topics nor by a topic.create. Did you mean orders?',
    });
    expect(firstProblem(scenario({ producers: [{ id: 'p1', config: { 'linger.mss': '5' } }] }))).toMatchObject({
      place: 'producers[0].config["linger.mss"]',
      field: 'linger.mss',
      message: 'linger.mss is not a producer parameter of Kafka 4.3. Did you mean linger.ms?',
    });
    const bytes = [{ name: 'orders', partitions: 3, config: { 'segment.bytes': '20000' } }];
    expect(firstProblem(scenario({ topics: bytes })).message).toBe(
      'segment.bytes = 20000 is too small: the least is 1048576. Kafka answers InvalidConfigurationException.',
    );
    expect(firstProblem(scenario({ producers: [{ id: 'p1', config: { acks: 'ALL' } }] })).message).toBe(
      'acks = ALL: capital letters count here; write all. Kafka answers ConfigException. Did you mean all?',
    );
  });

  test('a line for the terminal', () => {
    expect(formatProblem(firstProblem(scenario({ seed: 1.5 })))).toBe('test.json: seed: 1.5 is not a whole number.');
  });
});

describe('warnings: it runs, and one should know', () => {
  function warnings(change: Record<string, unknown>): string[] {
    const parsed = validateScenario(scenario(change), 'test.json');
    if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
    return parsed.warnings.map((warning) => `${warning.place}: ${warning.message}`);
  }

  test.each<[Record<string, unknown>, string[]]>([
    [{}, []],
    [
      { producers: [{ id: 'p1', config: { acks: '1' } }] },
      ['producers[0].config["enable.idempotence"]: Idempotence switched itself off, because acks is 1 and not all.'],
    ],
    [
      { producers: [{ id: 'p1', config: { 'compression.type': 'zstd' } }] },
      [
        'producers[0].config["compression.type"]: compression.type is set and does nothing here yet. Batches are not compressed yet.',
      ],
    ],
    [{ cluster: { version: '3.9' } }, ['cluster.version: version 3.9: Every node and client runs 4.3 for now.']],
    [
      { cluster: { brokers: 6, racks: ['a', 'b'] } },
      ['cluster.racks: 2 racks for 6 brokers: they are dealt out in turn.'],
    ],
    [
      { untilMs: 1000, steps: [{ atMs: 1001, do: 'broker.kill', broker: 1 }] },
      ['steps[0].atMs: The run ends at 1000 ms, before this step: it will not run.'],
    ],
    [
      { steps: [{ atMs: 1, do: 'disk.wipe', broker: 1 }] },
      ['steps[0].do: disk.wipe: Disks do not fill up or break yet; host.powerLoss acts.'],
    ],
    [
      { expect: { 'record.lost': 1 } },
      ['expect["record.lost"]: A result has no part called record; this expectation will miss.'],
    ],
  ])('%o', (change, expected) => {
    expect(warnings(change)).toEqual(expected);
  });
});

describe('every default', () => {
  test('of the smallest scenario', () => {
    expect(applyDefaults({ kafkascope: 1, topics: [{ name: 't' }] })).toMatchInlineSnapshot(`
      {
        "cluster": {
          "brokers": [
            {
              "config": [
                [
                  "offsets.topic.replication.factor",
                  "3",
                ],
                [
                  "share.coordinator.state.topic.min.isr",
                  "2",
                ],
                [
                  "share.coordinator.state.topic.replication.factor",
                  "3",
                ],
                [
                  "transaction.state.log.min.isr",
                  "2",
                ],
                [
                  "transaction.state.log.replication.factor",
                  "3",
                ],
              ],
              "id": 1,
              "isController": false,
              "rack": null,
              "version": "4.3",
            },
            {
              "config": [
                [
                  "offsets.topic.replication.factor",
                  "3",
                ],
                [
                  "share.coordinator.state.topic.min.isr",
                  "2",
                ],
                [
                  "share.coordinator.state.topic.replication.factor",
                  "3",
                ],
                [
                  "transaction.state.log.min.isr",
                  "2",
                ],
                [
                  "transaction.state.log.replication.factor",
                  "3",
                ],
              ],
              "id": 2,
              "isController": false,
              "rack": null,
              "version": "4.3",
            },
            {
              "config": [
                [
                  "offsets.topic.replication.factor",
                  "3",
                ],
                [
                  "share.coordinator.state.topic.min.isr",
                  "2",
                ],
                [
                  "share.coordinator.state.topic.replication.factor",
                  "3",
                ],
                [
                  "transaction.state.log.min.isr",
                  "2",
                ],
                [
                  "transaction.state.log.replication.factor",
                  "3",
                ],
              ],
              "id": 3,
              "isController": false,
              "rack": null,
              "version": "4.3",
            },
          ],
          "controllerIds": [
            101,
          ],
          "controllers": [
            {
              "config": [
                [
                  "offsets.topic.replication.factor",
                  "3",
                ],
                [
                  "share.coordinator.state.topic.min.isr",
                  "2",
                ],
                [
                  "share.coordinator.state.topic.replication.factor",
                  "3",
                ],
                [
                  "transaction.state.log.min.isr",
                  "2",
                ],
                [
                  "transaction.state.log.replication.factor",
                  "3",
                ],
              ],
              "id": 101,
              "version": "4.3",
            },
          ],
          "features": [],
          "presets": [
            [
              "offsets.topic.replication.factor",
              "3",
            ],
            [
              "share.coordinator.state.topic.min.isr",
              "2",
            ],
            [
              "share.coordinator.state.topic.replication.factor",
              "3",
            ],
            [
              "transaction.state.log.min.isr",
              "2",
            ],
            [
              "transaction.state.log.replication.factor",
              "3",
            ],
          ],
          "version": "4.3",
        },
        "consumers": [],
        "disk": {
          "flushUs": 0,
          "throughputMBps": 500,
        },
        "network": {
          "bandwidthMbps": 1000,
          "jitterUs": 0,
          "latencyUs": 1000,
          "links": [],
        },
        "note": "",
        "producers": [],
        "seed": 1,
        "steps": [],
        "title": "",
        "topics": [
          {
            "assignment": null,
            "config": [],
            "name": "t",
            "partitions": 1,
            "replicationFactor": 3,
          },
        ],
        "untilUs": 30000000,
      }
    `);
  });

  test('on two brokers, and in a combined cluster', () => {
    const two = applyDefaults({ kafkascope: 1, cluster: { brokers: 2, controllers: 0 }, topics: [{ name: 't' }] });
    expect(two.topics[0]?.replicationFactor).toBe(2);
    expect(two.cluster.controllerIds).toEqual([1, 2]);
    expect(two.cluster.controllers).toEqual([]);
    expect(two.cluster.brokers.map((broker) => broker.isController)).toEqual([true, true]);
    expect(two.cluster.presets.map(([, value]) => value)).toEqual(['2', '2', '2', '2', '2']);
    const five = applyDefaults({ kafkascope: 1, cluster: { brokers: 5, controllers: 0 }, topics: [] });
    expect(five.cluster.controllerIds).toEqual([1, 2, 3]);
  });

  test('cluster.config lies under brokerConfig, and presets under both', () => {
    const resolved = applyDefaults({
      kafkascope: 1,
      cluster: {
        config: { 'offsets.topic.replication.factor': '1', 'num.partitions': '2' },
        brokerConfig: { '2': { 'num.partitions': '4' } },
        racks: ['a', 'b'],
        brokerVersions: { '3': '3.9' },
      },
      topics: [],
    });
    const valueAt = (broker: number, key: string) => new Map(resolved.cluster.brokers[broker - 1]?.config).get(key);
    expect([1, 2, 3].map((broker) => valueAt(broker, 'num.partitions'))).toEqual(['2', '4', '2']);
    expect(valueAt(1, 'offsets.topic.replication.factor')).toBe('1');
    expect(resolved.cluster.brokers.map((broker) => broker.rack)).toEqual(['a', 'b', 'a']);
    expect(resolved.cluster.brokers.map((broker) => broker.version)).toEqual(['4.3', '4.3', '3.9']);
  });

  test('the contract example', () => {
    const parsed = parseScenario(CONTRACT_EXAMPLE, 'example.json');
    if (!parsed.ok) throw new Error('not ok');
    const { producers, consumers, network, steps, untilUs, seed } = parsed.resolved;
    expect({ producers, consumers, network, steps, untilUs, seed }).toMatchInlineSnapshot(`
      {
        "consumers": [
          {
            "commit": "auto",
            "config": [
              [
                "enable.auto.commit",
                "true",
              ],
              [
                "group.id",
                "billing",
              ],
              [
                "group.protocol",
                "classic",
              ],
            ],
            "id": "c1",
            "joinUs": 1000000,
            "processUs": 2000,
            "processing": "inline",
            "share": false,
            "source": {
              "kind": "subscribe",
              "topics": [
                "orders",
              ],
            },
            "version": "4.3",
          },
        ],
        "network": {
          "bandwidthMbps": 1000,
          "jitterUs": 0,
          "latencyUs": 1000,
          "links": [
            {
              "bandwidthMbps": null,
              "between": [
                [
                  1,
                ],
                [
                  2,
                  3,
                ],
              ],
              "jitterUs": null,
              "latencyUs": 40000,
              "lossPercent": null,
              "oneWay": false,
            },
          ],
        },
        "producers": [
          {
            "config": [
              [
                "acks",
                "1",
              ],
            ],
            "id": "p1",
            "startUs": 0,
            "version": "4.3",
            "workload": {
              "count": 1000,
              "keys": {
                "kind": "cycle",
                "values": [
                  "a",
                  "b",
                ],
              },
              "ratePerSecond": 200,
              "startUs": 500000,
              "topic": "orders",
              "transaction": null,
              "values": {
                "kind": "lines",
                "lines": [
                  "...",
                ],
              },
            },
          },
        ],
        "seed": 7,
        "steps": [
          {
            "command": {
              "broker": 1,
              "do": "broker.kill",
            },
            "index": 0,
            "start": {
              "atUs": 4000000,
              "kind": "at",
            },
          },
        ],
        "untilUs": 20000000,
      }
    `);
  });

  test('commands get every argument', () => {
    const steps = [
      { atMs: 0.001, do: 'network.set', between: [[1], [2]], latencyMs: 40 },
      { atMs: 1, do: 'producer.send', producer: 'p1', topic: 'orders' },
      { atMs: 1, do: 'producer.send', producer: 'p1', topic: 'orders', value: null, headers: { a: 'b' }, count: 2 },
      { atMs: 1, do: 'network.heal' },
      { atMs: 1, do: 'topic.create', name: 'x' },
      { atMs: 1, do: 'config.set', scope: 'broker', entity: '', key: 'num.partitions', value: '3' },
    ];
    const parsed = validateScenario(scenario({ steps }), 'test.json');
    if (!parsed.ok) throw new Error(parsed.problems.map(formatProblem).join('\n'));
    expect(parsed.resolved.steps.map((step) => step.command)).toEqual([
      {
        do: 'network.set',
        between: [[1], [2]],
        oneWay: false,
        latencyMs: 40,
        jitterMs: null,
        lossPercent: null,
        bandwidthMbps: null,
      },
      { do: 'producer.send', producer: 'p1', topic: 'orders', partition: null, key: null, headers: [], count: 1 },
      {
        do: 'producer.send',
        producer: 'p1',
        topic: 'orders',
        partition: null,
        key: null,
        value: null,
        headers: [['a', 'b']],
        count: 2,
      },
      { do: 'network.heal', between: null, oneWay: false },
      { do: 'topic.create', name: 'x', partitions: 1, replicationFactor: 3, assignment: null, config: [] },
      { do: 'config.set', scope: 'broker', entity: null, key: 'num.partitions', value: '3' },
    ]);
    expect(parsed.resolved.steps[0]?.start).toEqual({ kind: 'at', atUs: 1 });
  });
});
