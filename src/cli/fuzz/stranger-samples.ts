/** Right inputs, as rich as their format allows: what strangers send is mostly one of these with a fault in it. */
import type { Scenario } from '../../protocol/scenario.ts';

const rich: Scenario = {
  kafkascope: 1,
  title: 'two, Grüße 世界',
  note: 'n',
  seed: 7,
  untilMs: 5000.125,
  cluster: {
    version: '4.3',
    brokers: 4,
    controllers: 1,
    racks: ['a', 'b'],
    features: { 'eligible.leader.replicas.version': 1 },
    config: { 'num.partitions': '2', 'broker.session.timeout.ms': '9000' },
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
      config: { acks: '1', 'enable.idempotence': 'false' },
      workload: {
        topic: 'orders',
        count: 5,
        ratePerSecond: 0.5,
        keys: { kind: 'cycle', values: ['a'] },
        values: { kind: 'lines', text: 'x\ny' },
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
  bookmarks: [{ atMs: 12.5, note: 'here' }, { atMs: 40 }],
  expect: { 'records.lost': { min: 1 }, 'partitions.orders-0.isr': [2, 3] },
};

export const SCENARIO_SAMPLES: readonly Scenario[] = [rich, { kafkascope: 1, topics: [{ name: 'orders' }] }];

export const PROPERTIES_SAMPLES: readonly string[] = [
  [
    '# server',
    'process.roles=broker,controller',
    'node.id=1',
    'num.partitions = 3',
    'min.insync.replicas: 2',
    'log.dirs=/tmp/a,\\',
    '    /tmp/b',
    'listeners=PLAINTEXT://:9092',
    'ssl.keystore.password=secret',
    'default.replication.factor=3',
    'no.such.key=1',
  ].join('\n'),
  [
    '! producer',
    'bootstrap.servers=localhost:9092',
    'acks=all',
    'enable.idempotence=true',
    'linger.ms 20',
    'title\\ of\\=it=\\u4e16\\u754c',
    'compression.type=zstd',
    'acks=1',
  ].join('\r\n'),
  'group.id=billing\nauto.offset.reset=earliest\nenable.auto.commit=false\nsession.timeout.ms=45000\n',
  'cleanup.policy=compact\nretention.ms=-1\nmin.insync.replicas=2\nsegment.bytes=1048576\n',
];

export const RECORDS_SAMPLES: readonly string[] = [
  'key,value,at\na,"one, two",1\nb,"say ""hi""",2\n,,\nc,"two\nlines",3\n',
  'k;v\n1;x\n2;y\n',
  'a\tb\tc\n1\t2\t3\n',
  '{"key":"a","value":"one","n":1}\n{"key":null,"value":{"deep":[1,2,{"x":null}]}}\n\n{"value":"\\ud83d\\ude00"}\n',
  'one line\nanother\r\n\n世界\nlast without an end',
];
