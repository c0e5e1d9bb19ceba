import { expect, test } from 'vitest';
import { readProperties } from './properties.ts';
import { propertiesFile, propertiesTargets, setValues } from './properties-out.ts';
import {
  contradictions,
  editsOf,
  guessKind,
  hideSecrets,
  type PropertiesKind,
  planProperties,
} from './properties-plan.ts';
import type { Scenario } from './scenario.ts';

const plan = (kind: PropertiesKind, text: string) => planProperties(kind, readProperties(text).properties);

test('each line is judged: set, set without effect, ours, secret, refused, unknown, overridden', () => {
  const text = [
    'bootstrap.servers=b:9092',
    'acks=1',
    'acks=all',
    'linger.ms=-7',
    'lingr.ms=5',
    'security.protocol=SASL_SSL',
    'ssl.key.password=hunter2',
    'compression.typ=zstd',
  ].join('\n');
  const rows = plan('producer', text);
  expect(rows.map(({ line, status, nearest }) => [line, status, nearest])).toEqual([
    [1, 'own', null],
    [2, 'overridden', null],
    [3, 'acts', null],
    [4, 'refused', null],
    [5, 'unknown', 'linger.ms'],
    [6, 'not-yet', null],
    [7, 'secret', null],
    [8, 'unknown', 'compression.type'],
  ]);
  expect(rows[3]?.refusal).toMatchObject({
    kafkaException: 'ConfigException',
    code: 'below-min',
    params: { min: '0' },
  });
  expect(JSON.stringify(rows)).not.toContain('hunter2');
  expect(editsOf('producer', rows, ['checkout', 'other'])).toEqual([
    { scope: 'producer', entity: 'checkout', key: 'acks', value: 'all' },
    { scope: 'producer', entity: 'checkout', key: 'security.protocol', value: 'SASL_SSL' },
    { scope: 'producer', entity: 'other', key: 'acks', value: 'all' },
    { scope: 'producer', entity: 'other', key: 'security.protocol', value: 'SASL_SSL' },
  ]);
});

test('guesses the kind by the name of the file, else by the names in it', () => {
  expect(guessKind(['acks'], 'server.properties')).toBe('broker');
  expect(guessKind(['acks', 'linger.ms', 'bootstrap.servers'])).toBe('producer');
  expect(guessKind(['group.id', 'fetch.min.bytes', 'bootstrap.servers'])).toBe('consumer');
  expect(guessKind(['cleanup.policy', 'retention.ms', 'min.insync.replicas'])).toBe('topic');
  expect(guessKind(['node.id', 'process.roles', 'log.dirs', 'num.partitions'])).toBe('broker');
  expect(guessKind(['nothing.known'])).toBe('broker');
});

test('values that do not go together are refused as the client refuses to start', () => {
  const rows = plan('producer', 'enable.idempotence=true\nacks=1');
  expect(contradictions('producer', rows, []).map(({ code }) => code)).toEqual(['idempotence-needs-acks']);
  expect(contradictions('producer', plan('producer', 'acks=1'), [])).toEqual([]);
  expect(contradictions('producer', plan('producer', 'acks=1'), [['enable.idempotence', 'true']])).toHaveLength(1);
});

test('secrets are hidden in what was pasted, also over lines that go on', () => {
  const text =
    'acks=all\nssl.keystore.password = a b \nsasl.jaas.config=x \\\n  password="p";\nlistener.name.sasl.ssl.key.password:zz';
  const hidden = hideSecrets(text);
  expect(hidden).toBe(
    'acks=all\nssl.keystore.password = ***\nsasl.jaas.config=***\nlistener.name.sasl.ssl.key.password:***',
  );
  expect(hideSecrets(hidden)).toBe(hidden);
});

const scenario: Scenario = {
  kafkascope: 1,
  cluster: {
    brokers: 3,
    config: { 'broker.session.timeout.ms': '7000' },
    brokerConfig: { '2': { 'num.io.threads': '4' } },
  },
  topics: [{ name: 'orders', config: { 'min.insync.replicas': '2' } }],
  producers: [{ id: 'p', config: { acks: '1', 'linger.ms': '5', 'ssl.key.password': 'hunter2' } }],
  steps: [
    { atMs: 5, do: 'config.set', scope: 'producer', entity: 'p', key: 'acks', value: '0' },
    { atMs: 9, do: 'config.set', scope: 'producer', entity: 'p', key: 'linger.ms', value: null },
    { atMs: 1, do: 'config.set', scope: 'broker', key: 'broker.session.timeout.ms', value: '8000' },
  ],
};

test('what is set: from the start, and by the commands up to the moment', () => {
  const of = (kind: PropertiesKind, entity: string, atUs: number) => new Map(setValues(scenario, kind, entity, atUs));
  expect(of('producer', 'p', 0).get('acks')).toBe('1');
  expect(of('producer', 'p', 5_000).get('acks')).toBe('0');
  expect(of('producer', 'p', 9_000).has('linger.ms')).toBe(false);
  expect(of('broker', '2', 0).get('num.io.threads')).toBe('4');
  expect(of('broker', '2', 0).get('broker.session.timeout.ms')).toBe('7000');
  expect(of('broker', '', 1_000).get('broker.session.timeout.ms')).toBe('8000');
  expect(of('broker', '', 0).get('offsets.topic.replication.factor')).toBe('3');
  expect(of('topic', 'orders', 0).get('min.insync.replicas')).toBe('2');
  expect(propertiesTargets(scenario, 'broker')).toEqual(['', '1', '2', '3']);
});

test('a file out and in again sets the same; defaults and secrets are not in it', () => {
  const set = setValues(scenario, 'producer', 'p', 0);
  const out = propertiesFile('producer', set, ['producer.properties of p\nas it is'], 'changed');
  expect(out.text).toBe('# producer.properties of p\n# as it is\nacks=1\n');
  const all = propertiesFile('producer', set, [], 'all');
  expect(all.text).toContain('\nlinger.ms=5\n');
  expect(all.text).toContain('\nbatch.size=16384\n');
  expect(all.text).toContain('\n#transactional.id=\n');
  expect(all.text).not.toContain('hunter2');
  const back = plan('producer', all.text);
  expect(back.filter(({ status }) => status === 'refused' || status === 'unknown')).toEqual([]);
  const values = new Map(editsOf('producer', back, ['p']).map(({ key, value }) => [key, value]));
  expect(values.get('acks')).toBe('1');
  expect(values.get('linger.ms')).toBe('5');
});

test('every kind: all of its defaults, written and read, are taken by Kafka', () => {
  for (const kind of ['broker', 'producer', 'consumer', 'topic'] as const) {
    const rows = plan(kind, propertiesFile(kind, [], [], 'all').text);
    expect(rows.filter(({ status }) => status === 'refused' || status === 'unknown')).toEqual([]);
    expect(rows.length).toBeGreaterThan(25);
  }
});
