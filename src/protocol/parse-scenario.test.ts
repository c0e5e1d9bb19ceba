import { describe, expect, test } from 'vitest';
import { CONTRACT_EXAMPLE, faultsOf, rightly, scenarioWith } from './parse/testing.ts';
import { formatProblem, parseScenario, validateScenario } from './parse-scenario.ts';

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
    expect(faultsOf({ kafkascope: 1, topics: [] })).toEqual([]);
    expect(faultsOf({ kafkascope: 1 })).toEqual(['topics: missing-field']);
    expect(faultsOf({ topics: [] })).toEqual(['kafkascope: missing-field']);
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
    ['consumer.subscribe', { consumer: 'c1', topics: ['orders'] }],
    ['consumer.subscribe', { consumer: 'c1', pattern: 'ord.*' }],
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
    expect(faultsOf(scenarioWith({ steps: [{ atMs: 1.5, do: verb, ...args }] }))).toEqual([]);
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
    expect(faultsOf({ ...scenarioWith({ steps }), consumers: [{ id: 'c1', assign: ['orders-0'] }, group] })).toEqual(
      [],
    );
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
    const parsed = rightly(scenarioWith({ steps: three }));
    expect(parsed.resolved.steps.slice(1).map((step) => step.start.kind === 'when' && step.start.afterUs)).toEqual([
      5000, 5000, 5000,
    ]);
    expect(parsed.scenario.steps?.[3]?.when).toEqual({ previous: true, afterMs: 5 });
    const twice = steps({ when: { previous: true, afterMs: 5 }, afterMs: 6 });
    expect(faultsOf(scenarioWith({ steps: twice }))).toEqual(['steps[1].when: after-twice']);
  });

  test('a topic that is not defined is one where the file switches auto.create.topics.enable on', () => {
    const workload = [{ id: 'p1', workload: { topic: 'other' } }];
    expect(faultsOf(scenarioWith({ producers: workload }))).toEqual(['producers[0].workload.topic: unknown-topic']);
    const on = { config: { 'auto.create.topics.enable': 'true' } };
    expect(faultsOf(scenarioWith({ producers: workload, cluster: on }))).toEqual([]);
    const off = { config: { 'auto.create.topics.enable': 'false' } };
    expect(faultsOf(scenarioWith({ producers: workload, cluster: off }))).toEqual([
      'producers[0].workload.topic: unknown-topic',
    ]);
    const created = [{ atMs: 1, do: 'topic.create', name: 'other' }];
    expect(faultsOf(scenarioWith({ producers: workload, steps: created }))).toEqual([]);
  });
});

describe('what a problem says', () => {
  test('file, place, field, sentence, the nearest name and what would be right', () => {
    expect(firstProblem(scenarioWith({ steps: [{ atMs: 1, do: 'broker.kil', broker: 1 }] }))).toMatchObject({
      file: 'test.json',
      place: 'steps[0].do',
      field: 'do',
      message: 'There is no verb "broker.kil". Did you mean broker.kill?',
      nearest: 'broker.kill',
    });
    expect(firstProblem(scenarioWith({ steps: [{ atMs: 1, do: 'broker.kill', broker: 7 }] }))).toMatchObject({
      field: 'broker',
      message: 'There is no node 7; brokers are 1 to 3, controllers 101 to 101.',
      expected: '1 to 3',
    });
    expect(firstProblem(scenarioWith({ producers: [{ id: 'p1', workload: { topic: 'order' } }] }))).toMatchObject({
      message: 'No topic order is defined: neither in topics nor by a topic.create. Did you mean orders?',
    });
    expect(firstProblem(scenarioWith({ producers: [{ id: 'p1', config: { 'linger.mss': '5' } }] }))).toMatchObject({
      place: 'producers[0].config["linger.mss"]',
      field: 'linger.mss',
      message: 'linger.mss is not a producer parameter of Kafka 4.3. Did you mean linger.ms?',
    });
    const bytes = [{ name: 'orders', partitions: 3, config: { 'segment.bytes': '20000' } }];
    expect(firstProblem(scenarioWith({ topics: bytes })).message).toBe(
      'segment.bytes = 20000 is too small: the least is 1048576. Kafka answers InvalidConfigurationException.',
    );
    expect(firstProblem(scenarioWith({ producers: [{ id: 'p1', config: { acks: 'ALL' } }] })).message).toBe(
      'acks = ALL: capital letters count here; write all. Kafka answers ConfigException. Did you mean all?',
    );
  });

  test('a line for the terminal', () => {
    expect(formatProblem(firstProblem(scenarioWith({ seed: 1.5 })))).toBe(
      'test.json: seed: 1.5 is not a whole number.',
    );
  });
});

describe('warnings: it runs, and one should know', () => {
  function warnings(change: Record<string, unknown>): string[] {
    const parsed = rightly(scenarioWith(change));
    return parsed.warnings.map((warning) => `${warning.place}: ${warning.message}`);
  }

  test.each<[Record<string, unknown>, string[]]>([
    [{}, []],
    [
      { producers: [{ id: 'p1', config: { acks: '1' } }] },
      ['producers[0].config["enable.idempotence"]: Idempotence switched itself off, because acks is 1 and not all.'],
    ],
    [
      { producers: [{ id: 'p1', config: { 'client.id': 'web' } }] },
      [
        'producers[0].config["client.id"]: client.id is set and does nothing here yet. Clients are called by their id here and know every broker of the cluster.',
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
