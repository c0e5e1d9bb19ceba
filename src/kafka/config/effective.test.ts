import './all-keys.ts';
import { describe, expect, test } from 'vitest';
import { effectiveBrokerConfig, refuseBrokerMinIsr } from './effective-broker.ts';
import { effectiveConsumerConfig } from './effective-consumer.ts';
import { effectiveProducerConfig } from './effective-producer.ts';
import { effectiveTopicConfig, topicValueSource } from './effective-topic.ts';
import type { ConfigEntries } from './types.ts';

type Values = Record<string, string>;
const entries = (values: Values): ConfigEntries => Object.entries(values);

/** What changed by itself, or why it is refused: codes alone. */
function outcome(
  effective:
    | ReturnType<typeof effectiveProducerConfig>
    | ReturnType<typeof effectiveConsumerConfig>
    | ReturnType<typeof effectiveBrokerConfig>,
) {
  return effective.ok
    ? effective.notes.map((note) => note.code)
    : effective.refusals.map((refusal) => `${refusal.kafkaException}: ${refusal.code}`);
}

function producer(values: Values) {
  const effective = effectiveProducerConfig(entries(values));
  if (!effective.ok) throw new Error(effective.refusals.map((refusal) => refusal.message).join());
  return effective.config;
}

describe('producer', () => {
  test('defaults', () => {
    expect(outcome(effectiveProducerConfig([]))).toEqual([]);
    expect(producer({})).toMatchObject({
      acks: -1,
      enableIdempotence: true,
      retries: 2147483647,
      deliveryTimeoutMs: 120_000,
      lingerMs: 5,
      batchSizeBytes: 16_384,
      maxInFlightRequestsPerConnection: 5,
      transactionalId: null,
    });
  });

  test.each<[Values, string[]]>([
    [{ acks: '1' }, ['idempotence-off-acks']],
    [{ acks: '0' }, ['idempotence-off-acks']],
    [{ acks: 'all' }, []],
    [{ acks: '-1' }, []],
    [{ acks: '1', 'enable.idempotence': 'true' }, ['ConfigException: idempotence-needs-acks']],
    [{ acks: '1', 'enable.idempotence': 'false' }, []],
    [{ retries: '0' }, ['idempotence-off-retries']],
    [{ retries: '0', acks: '1' }, ['idempotence-off-retries', 'idempotence-off-acks']],
    [{ retries: '0', 'enable.idempotence': 'true' }, ['ConfigException: idempotence-needs-retries']],
    [{ 'max.in.flight.requests.per.connection': '6' }, ['ConfigException: idempotence-in-flight']],
    [
      { 'max.in.flight.requests.per.connection': '6', 'enable.idempotence': 'true' },
      ['ConfigException: idempotence-in-flight'],
    ],
    // Kafka looks at the requests in flight before idempotence gives way.
    [{ 'max.in.flight.requests.per.connection': '6', acks: '1' }, ['ConfigException: idempotence-in-flight']],
    [{ 'max.in.flight.requests.per.connection': '6', 'enable.idempotence': 'false' }, []],
    [{ 'transactional.id': 't' }, []],
    [{ 'transactional.id': 't', acks: '1' }, ['ConfigException: transactional-needs-idempotence']],
    [{ 'transactional.id': 't', 'enable.idempotence': 'false' }, ['ConfigException: transactional-needs-idempotence']],
    [
      { 'transaction.two.phase.commit.enable': 'true', 'transaction.timeout.ms': '5' },
      ['ConfigException: two-phase-no-timeout'],
    ],
    [{ 'delivery.timeout.ms': '30004' }, ['ConfigException: delivery-too-short']],
    [{ 'delivery.timeout.ms': '30005' }, []],
    [{ 'delivery.timeout.ms': '10', 'request.timeout.ms': '8', 'linger.ms': '2' }, []],
    [{ 'request.timeout.ms': '120000' }, ['delivery-raised']],
    [{ 'linger.ms': '9223372036854775807' }, ['delivery-raised']],
    [{ 'reconnect.backoff.ms': '200' }, ['reconnect-constant']],
    [{ 'reconnect.backoff.ms': '200', 'reconnect.backoff.max.ms': '900' }, []],
    [{ 'retry.backoff.ms': '2000' }, ['retry-constant']],
    [{ 'socket.connection.setup.timeout.ms': '40000' }, ['setup-constant']],
    [{ 'batch.size': '0' }, ['batch-of-one']],
    [{ 'linger.ms': '-1', 'batch.size': 'big' }, ['ConfigException: below-min', 'ConfigException: not-whole']],
    [{ 'interceptor.classes': 'a,a' }, ['duplicates-dropped']],
  ])('%o: %o', (values, expected) => {
    expect(outcome(effectiveProducerConfig(entries(values)))).toEqual(expected);
  });

  test('the values that changed by themselves', () => {
    expect(producer({ acks: '1' }).enableIdempotence).toBe(false);
    expect(producer({ 'request.timeout.ms': '200000' }).deliveryTimeoutMs).toBe(200_005);
    expect(producer({ 'linger.ms': '9223372036854775807' })).toMatchObject({
      lingerMs: 2147483647,
      deliveryTimeoutMs: 2147483647,
    });
    expect(producer({ 'reconnect.backoff.ms': '200' }).reconnectBackoffMaxMs).toBe(200);
    expect(producer({ 'batch.size': '0' }).batchSizeBytes).toBe(1);
    expect(producer({ 'max.block.ms': '9223372036854775807' }).maxBlockMs).toBe(4_000_000_000_000);
  });
});

describe('consumer', () => {
  test.each<[Values, string[]]>([
    [{}, ['auto-commit-off']],
    [{ 'group.id': 'g' }, []],
    [{ 'enable.auto.commit': 'true' }, ['InvalidConfigurationException: auto-commit-without-group']],
    [{ 'enable.auto.commit': 'false' }, []],
    [{ 'group.id': 'g', 'group.protocol': 'CONSUMER' }, []],
    [
      { 'group.id': 'g', 'group.protocol': 'consumer', 'session.timeout.ms': '5' },
      ['ConfigException: not-with-protocol'],
    ],
    [{ 'group.id': 'g', 'group.protocol': 'consumer', 'partition.assignment.strategy': ' ' }, []],
    [{ 'group.id': 'g', 'group.remote.assignor': 'range' }, ['ConfigException: not-with-protocol']],
    [{ 'group.id': 'g', 'auto.offset.reset': 'Latest' }, ['ConfigException: wrong-case']],
  ])('%o: %o', (values, expected) => {
    expect(outcome(effectiveConsumerConfig(entries(values)))).toEqual(expected);
  });

  test('values', () => {
    const effective = effectiveConsumerConfig(entries({ 'group.id': 'g', 'auto.offset.reset': 'by_duration:PT1H' }));
    expect(effective.ok && effective.config).toMatchObject({
      groupId: 'g',
      enableAutoCommit: true,
      autoOffsetReset: { kind: 'byDuration', durationUs: 3_600_000_000 },
      isolationLevel: 'read_uncommitted',
      fetchMaxWaitMs: 500,
      partitionAssignmentStrategy: [
        'org.apache.kafka.clients.consumer.RangeAssignor',
        'org.apache.kafka.clients.consumer.CooperativeStickyAssignor',
      ],
    });
    const alone = effectiveConsumerConfig([]);
    expect(alone.ok && alone.config.enableAutoCommit).toBe(false);
  });
});

describe('broker', () => {
  test.each<[Values, string[]]>([
    [{}, []],
    [{ 'broker.session.timeout.ms': '3000' }, ['heartbeat-too-slow']],
    [{ 'broker.session.timeout.ms': '4000' }, []],
    [{ 'replica.fetch.wait.max.ms': '30001' }, ['IllegalArgumentException: fetch-wait-above-socket']],
    [{ 'replica.lag.time.max.ms': '499' }, ['IllegalArgumentException: fetch-wait-above-lag']],
    [{ 'replica.lag.time.max.ms': '500' }, []],
  ])('%o: %o', (values, expected) => {
    expect(outcome(effectiveBrokerConfig(entries(values)))).toEqual(expected);
  });

  test('defaults', () => {
    const effective = effectiveBrokerConfig([]);
    expect(effective.ok && effective.config).toMatchObject({
      brokerSessionTimeoutMs: 9000,
      replicaLagTimeMaxMs: 30_000,
      minInsyncReplicas: 1,
      logFlushSchedulerIntervalMs: 4_000_000_000_000,
    });
  });

  test('rule 88: with ELR on, min.insync.replicas of one broker is refused, and of the cluster is not', () => {
    expect(refuseBrokerMinIsr('min.insync.replicas', '2', true)?.kafkaException).toBe('InvalidConfigurationException');
    expect(refuseBrokerMinIsr('min.insync.replicas', null, true)).toBe(null);
    expect(refuseBrokerMinIsr('min.insync.replicas', '2', false)).toBe(null);
    expect(refuseBrokerMinIsr('num.partitions', '2', true)).toBe(null);
  });
});

describe('topic', () => {
  function topic(own: Values, broker: Values) {
    const effective = effectiveTopicConfig(entries(own), entries(broker));
    if (!effective.ok) throw new Error(effective.refusals.map((refusal) => refusal.message).join());
    return effective.config;
  }

  test('its own value, else the first broker synonym that is set, else the default', () => {
    expect(topic({}, {})).toMatchObject({
      minInsyncReplicas: 1,
      flushMs: 4_000_000_000_000,
      flushMessages: Number.MAX_SAFE_INTEGER,
      retentionMs: 604_800_000,
    });
    expect(topic({}, { 'min.insync.replicas': '2' }).minInsyncReplicas).toBe(2);
    expect(topic({ 'min.insync.replicas': '3' }, { 'min.insync.replicas': '2' }).minInsyncReplicas).toBe(3);
    expect(topic({}, { 'log.flush.scheduler.interval.ms': '7', 'log.flush.interval.ms': '5' }).flushMs).toBe(5);
    expect(topic({}, { 'log.flush.scheduler.interval.ms': '7' }).flushMs).toBe(7);
    expect(topic({}, { 'log.retention.hours': '2', 'log.retention.minutes': '3' }).retentionMs).toBe(180_000);
    expect(topic({}, { 'log.retention.hours': '2' }).retentionMs).toBe(7_200_000);
    expect(topic({}, { 'log.retention.hours': '-1' }).retentionMs).toBe(-1);
    expect(topic({ 'internal.segment.bytes': '100' }, {}).segmentBytes).toBe(100);
    expect(topic({ 'cleanup.policy': 'compact, delete' }, {}).cleanupPolicy).toEqual(['compact', 'delete']);
  });

  test('where a value comes from', () => {
    const source = (key: string) =>
      topicValueSource(
        key,
        entries({ 'flush.ms': '1' }),
        entries({ 'min.insync.replicas': '2', 'log.flush.interval.ms': '3' }),
      );
    expect(['flush.ms', 'min.insync.replicas', 'retention.ms'].map(source)).toEqual(['topic', 'broker', 'default']);
  });

  test('compaction lags that contradict each other', () => {
    const effective = effectiveTopicConfig(entries({ 'min.compaction.lag.ms': '9', 'max.compaction.lag.ms': '5' }), []);
    expect(effective.ok || effective.refusals[0]?.code).toBe('compaction-lags');
  });
});
