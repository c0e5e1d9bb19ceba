import { describe, expect, test } from 'vitest';
import { applyDefaults } from './defaults.ts';
import { CONTRACT_EXAMPLE, rightly, scenarioWith } from './testing.ts';

describe('every default', () => {
  test('of the smallest scenario', () => {
    const { cluster, ...rest } = applyDefaults({ kafkascope: 1, topics: [{ name: 't' }] });
    expect(rest).toEqual({
      title: '',
      note: '',
      seed: 1,
      untilUs: 30_000_000,
      topics: [{ name: 't', partitions: 1, replicationFactor: 3, assignment: null, config: [] }],
      producers: [],
      consumers: [],
      network: { latencyUs: 1000, jitterUs: 0, bandwidthMbps: 1000, links: [] },
      disk: { flushUs: 0, throughputMBps: 500 },
      steps: [],
    });
    const presets = [
      ['offsets.topic.replication.factor', '3'],
      ['share.coordinator.state.topic.min.isr', '2'],
      ['share.coordinator.state.topic.replication.factor', '3'],
      ['transaction.state.log.min.isr', '2'],
      ['transaction.state.log.replication.factor', '3'],
    ];
    const broker = { rack: null, version: '4.3', isController: false, config: presets };
    expect(cluster).toEqual({
      version: '4.3',
      features: [],
      brokers: [1, 2, 3].map((id) => ({ id, ...broker })),
      controllers: [{ id: 101, version: '4.3', config: presets }],
      controllerIds: [101],
      presets,
    });
  });

  test('of a producer and a consumer', () => {
    const { resolved } = rightly(scenarioWith());
    expect(resolved.producers).toEqual([
      {
        id: 'p1',
        version: '4.3',
        startUs: 0,
        config: [],
        workload: {
          topic: 'orders',
          count: null,
          ratePerSecond: 100,
          startUs: 0,
          keys: { kind: 'none' },
          values: { kind: 'size', bytes: 100 },
          transaction: null,
        },
      },
    ]);
    expect(resolved.consumers).toEqual([
      {
        id: 'c1',
        version: '4.3',
        joinUs: 0,
        config: [],
        source: { kind: 'assign', partitions: [{ topic: 'orders', partition: 0 }] },
        processUs: 0,
        processing: 'inline',
        commit: 'auto',
        share: false,
        acknowledge: null,
      },
    ]);
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
});

test('cluster.config lies under brokerConfig, and presets under both', () => {
  const { cluster } = applyDefaults({
    kafkascope: 1,
    cluster: {
      config: { 'offsets.topic.replication.factor': '1', 'num.partitions': '2' },
      brokerConfig: { '2': { 'num.partitions': '4' } },
      racks: ['a', 'b'],
      brokerVersions: { '3': '3.9' },
    },
    topics: [],
  });
  const valueAt = (broker: number, key: string) => new Map(cluster.brokers[broker - 1]?.config).get(key);
  expect([1, 2, 3].map((broker) => valueAt(broker, 'num.partitions'))).toEqual(['2', '4', '2']);
  expect(valueAt(1, 'offsets.topic.replication.factor')).toBe('1');
  expect(cluster.brokers.map((broker) => broker.rack)).toEqual(['a', 'b', 'a']);
  expect(cluster.brokers.map((broker) => broker.version)).toEqual(['4.3', '4.3', '3.9']);
});

test('the commit mode decides enable.auto.commit, where there is a group', () => {
  const configOf = (consumer: object) =>
    rightly(scenarioWith({ consumers: [{ id: 'c1', assign: ['orders-0'], ...consumer }] })).resolved.consumers[0]
      ?.config;
  const group = { 'group.id': 'g' };
  const on = ['enable.auto.commit', 'true'];
  const off = ['enable.auto.commit', 'false'];
  expect(configOf({})).toEqual([]);
  expect(configOf({ commit: 'auto' })).toEqual([]);
  expect(configOf({ commit: 'none' })).toEqual([off]);
  expect(configOf({ config: group })).toEqual([on, ['group.id', 'g']]);
  expect(configOf({ config: group, commit: 'auto' })).toEqual([on, ['group.id', 'g']]);
  expect(configOf({ config: group, commit: 'before' })).toEqual([off, ['group.id', 'g']]);
});

test('the contract example', () => {
  const { resolved } = rightly(JSON.parse(CONTRACT_EXAMPLE));
  expect(resolved).toMatchObject({
    title: 'acks=1 loses',
    seed: 7,
    untilUs: 20_000_000,
    topics: [
      {
        name: 'orders',
        partitions: 3,
        replicationFactor: 3,
        assignment: [
          [1, 2, 3],
          [2, 3, 1],
          [3, 1, 2],
        ],
      },
    ],
    producers: [
      {
        config: [['acks', '1']],
        workload: {
          count: 1000,
          ratePerSecond: 200,
          startUs: 500_000,
          keys: { kind: 'cycle', values: ['a', 'b'] },
          values: { kind: 'lines', lines: ['...'] },
        },
      },
    ],
    consumers: [{ joinUs: 1_000_000, processUs: 2000, source: { kind: 'subscribe', topics: ['orders'] } }],
    network: {
      links: [{ between: [[1], [2, 3]], oneWay: false, latencyUs: 40_000, jitterUs: null, lossPercent: null }],
    },
    steps: [{ index: 0, start: { kind: 'at', atUs: 4_000_000 }, command: { do: 'broker.kill', broker: 1 } }],
  });
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
  const { resolved } = rightly(scenarioWith({ steps }));
  const send = { do: 'producer.send', producer: 'p1', topic: 'orders', partition: null, key: null };
  const set = { do: 'network.set', between: [[1], [2]], oneWay: false };
  expect(resolved.steps.map((step) => step.command)).toEqual([
    { ...set, latencyMs: 40, jitterMs: null, lossPercent: null, bandwidthMbps: null },
    { ...send, headers: [], count: 1 },
    { ...send, value: null, headers: [['a', 'b']], count: 2 },
    { do: 'network.heal', between: null, oneWay: false },
    { do: 'topic.create', name: 'x', partitions: 1, replicationFactor: 3, assignment: null, config: [] },
    { do: 'config.set', scope: 'broker', entity: null, key: 'num.partitions', value: '3' },
  ]);
  expect(resolved.steps[0]?.start).toEqual({ kind: 'at', atUs: 1 });
});
