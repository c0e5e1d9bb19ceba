/** Settings that are fine alone and refused together, as Kafka 4.3.1 refuses them, with its exception. */
import './all-keys.ts';
import { describe, expect, test } from 'vitest';
import { effectiveAdminConfig } from './effective-admin.ts';
import { effectiveBrokerConfig } from './effective-broker.ts';
import { effectiveConsumerConfig } from './effective-consumer.ts';
import { brokerKeyOfGroup, effectiveGroupConfig, groupKeyOfBroker, groupValue } from './effective-group.ts';
import { effectiveTopicConfig } from './effective-topic.ts';
import { findKey, knownKeys } from './registry.ts';
import type { ConfigEntries } from './types.ts';

type Values = Record<string, string>;
type Case = [values: Values, expected: string | null];
const entries = (values: Values): ConfigEntries => Object.entries(values);

function said(effective: ReturnType<typeof effectiveBrokerConfig> | ReturnType<typeof effectiveGroupConfig>) {
  return effective.ok ? null : refusalOf(effective.refusals);
}

function refusalOf(refusals: readonly { kafkaException: string | null; key: string; code: string }[]) {
  return refusals.map((refusal) => `${refusal.kafkaException} ${refusal.key} ${refusal.code}`).join();
}

const IAE = 'IllegalArgumentException';
const ICE = 'InvalidConfigurationException';

describe('broker', () => {
  test.each<Case>([
    [{ 'log.roll.ms': '0' }, `${IAE} log.roll.ms below-min`],
    [{ 'log.roll.ms': '1' }, null],
    [{ 'log.roll.jitter.ms': '-1' }, `${IAE} log.roll.jitter.ms below-min`],
    [{ 'log.retention.ms': '0' }, `${IAE} log.retention.ms retention-zero`],
    [{ 'log.retention.hours': '0' }, `${IAE} log.retention.hours retention-zero`],
    [{ 'log.retention.hours': '0', 'log.retention.ms': '5' }, null],
    [{ 'log.retention.ms': '-5' }, null],
    [{ 'log.cleaner.dedupe.buffer.size': '1048576' }, `${IAE} log.cleaner.dedupe.buffer.size dedupe-buffer`],
    [{ 'log.cleaner.dedupe.buffer.size': '1048577' }, null],
    [{ 'log.cleaner.threads': '200' }, `${IAE} log.cleaner.dedupe.buffer.size dedupe-buffer`],
    [{ 'log.cleaner.threads': '0' }, 'ArithmeticException log.cleaner.threads no-cleaner-threads'],
    [{ 'queued.max.request.bytes': '1000' }, `${IAE} queued.max.request.bytes at-least`],
    [{ 'queued.max.request.bytes': '1000', 'socket.request.max.bytes': '1000' }, null],
    [{ 'queued.max.request.bytes': '0' }, null],
    [{ 'max.connections.per.ip': '0' }, `${IAE} max.connections.per.ip no-connections`],
    [{ 'max.connections.per.ip': '0', 'max.connections.per.ip.overrides': 'localhost:9' }, null],
    [{ 'connections.max.idle.ms': '100' }, `${IAE} connection.failed.authentication.delay.ms below`],
    [{ 'connections.max.idle.ms': '101' }, null],
    [{ 'connections.max.idle.ms': '-1' }, null],
    [
      { 'inter.broker.listener.name': 'A', 'security.inter.broker.protocol': 'SSL' },
      'ConfigException inter.broker.listener.name only-one-of',
    ],
    [{ 'controller.quorum.auto.join.enable': 'true' }, `${IAE} controller.quorum.auto.join.enable auto-join-broker`],
    [
      { 'security.inter.broker.protocol': 'SASL_SSL', 'sasl.mechanism.inter.broker.protocol': 'PLAIN' },
      `${IAE} sasl.mechanism.inter.broker.protocol sasl-mechanism`,
    ],
    [{ 'security.inter.broker.protocol': 'SASL_SSL' }, null],
    [{ 'group.consumer.heartbeat.interval.ms': '4999' }, `${IAE} group.consumer.heartbeat.interval.ms at-least`],
    [{ 'group.consumer.heartbeat.interval.ms': '15001' }, `${IAE} group.consumer.heartbeat.interval.ms at-most`],
    [{ 'group.consumer.session.timeout.ms': '60001' }, `${IAE} group.consumer.session.timeout.ms at-most`],
    [{ 'group.consumer.min.session.timeout.ms': '60001' }, `${IAE} group.consumer.max.session.timeout.ms at-least`],
    [
      { 'group.consumer.min.session.timeout.ms': '1', 'group.consumer.session.timeout.ms': '5000' },
      `${IAE} group.consumer.heartbeat.interval.ms below`,
    ],
    [{ 'group.streams.num.standby.replicas': '3' }, `${IAE} group.streams.num.standby.replicas at-most`],
    [{ 'group.share.max.delivery.count.limit': '5' }, null],
    [
      { 'group.share.delivery.count.limit': '6', 'group.share.max.delivery.count.limit': '5' },
      `${IAE} group.share.max.delivery.count.limit at-least`,
    ],
    [{ 'group.share.max.share.sessions': '199' }, `${IAE} group.share.max.share.sessions at-least`],
    [{ 'group.share.assignors': 'simple,other' }, `${IAE} group.share.assignors one-assignor`],
    [
      { 'log.cleaner.min.compaction.lag.ms': '9', 'log.cleaner.max.compaction.lag.ms': '5' },
      `${ICE} log.cleaner.min.compaction.lag.ms at-most`,
    ],
  ])('%o: %s', (values, expected) => {
    expect(said(effectiveBrokerConfig(entries(values)))).toBe(expected);
  });

  test('a least session time-out above the most is only noticed when somebody joins', () => {
    const effective = effectiveBrokerConfig([['group.min.session.timeout.ms', '1800001']]);
    expect(effective.ok && effective.notes.map((note) => note.code)).toEqual(['sessions-crossed']);
  });
});

describe('topic', () => {
  const remote = { 'remote.storage.enable': 'true' };
  const on = { 'remote.log.storage.system.enable': 'true' };
  test.each<[Values, Values, string | null]>([
    [remote, {}, `${ICE} remote.storage.enable no-remote-storage`],
    [remote, on, null],
    [{ ...remote, 'cleanup.policy': 'compact' }, on, `${ICE} cleanup.policy remote-needs-delete`],
    [{ ...remote, 'cleanup.policy': '' }, on, null],
    [remote, { ...on, 'log.cleanup.policy': 'compact,delete' }, `${ICE} cleanup.policy remote-needs-delete`],
    [{ ...remote, 'local.retention.ms': '604800001' }, on, `${ICE} local.retention.ms at-most`],
    [{ ...remote, 'local.retention.ms': '-1' }, on, `${ICE} local.retention.ms local-unlimited`],
    [{ ...remote, 'local.retention.bytes': '-1' }, on, null],
    [{ ...remote, 'retention.bytes': '5', 'local.retention.bytes': '6' }, on, `${ICE} local.retention.bytes at-most`],
    [
      { ...remote, 'remote.log.copy.disable': 'true', 'local.retention.ms': '5' },
      on,
      `${ICE} local.retention.ms copy-off-differs`,
    ],
    [{ 'local.retention.ms': '-1' }, {}, null],
    [
      { 'min.compaction.lag.ms': '6' },
      { 'log.cleaner.max.compaction.lag.ms': '5' },
      `${ICE} min.compaction.lag.ms compaction-lags`,
    ],
  ])('%o over %o: %s', (own, broker, expected) => {
    const effective = effectiveTopicConfig(entries(own), entries(broker));
    expect(effective.ok ? null : refusalOf(effective.refusals)).toBe(expected);
  });
});

describe('consumer', () => {
  test.each<Case>([
    [{ 'group.id': 'g', 'heartbeat.interval.ms': '45000' }, `${IAE} heartbeat.interval.ms heartbeat-not-below-session`],
    [{ 'group.id': 'g', 'session.timeout.ms': '3000' }, `${IAE} heartbeat.interval.ms heartbeat-not-below-session`],
    [{ 'group.id': 'g', 'session.timeout.ms': '3001' }, null],
    [{ 'heartbeat.interval.ms': '45000' }, null],
    [{ 'group.id': '' }, 'InvalidGroupIdException group.id empty-group'],
    [{ 'group.id': 'g', 'group.instance.id': '' }, 'ConfigException group.instance.id empty'],
    [{ 'group.id': 'g', 'group.instance.id': 'a b' }, `${ICE} group.instance.id bad-instance-id`],
    [{ 'group.id': 'g', 'group.instance.id': '..' }, `${ICE} group.instance.id bad-instance-id`],
    [{ 'group.id': 'g', 'group.instance.id': 'a'.repeat(249) }, null],
    [{ 'group.id': 'g', 'group.instance.id': 'a'.repeat(250) }, `${ICE} group.instance.id bad-instance-id`],
    [
      { 'group.id': 'g', 'auto.offset.reset': 'by_duration:-PT1H' },
      'ConfigException auto.offset.reset not-offset-reset',
    ],
  ])('%o: %s', (values, expected) => {
    const effective = effectiveConsumerConfig(entries(values));
    expect(effective.ok ? null : refusalOf(effective.refusals)).toBe(expected);
  });

  test('a wait as long as the request may take is taken, and said', () => {
    const effective = effectiveConsumerConfig([
      ['fetch.max.wait.ms', '30000'],
      ['group.id', 'g'],
    ]);
    expect(effective.ok && effective.notes.map((note) => note.code)).toEqual(['wait-outlasts-request']);
  });
});

describe('admin', () => {
  test('the time of a whole call is no shorter than that of a request: set it is refused, the default gives way', () => {
    const set = effectiveAdminConfig([['default.api.timeout.ms', '29999']]);
    expect(set.ok || refusalOf(set.refusals)).toBe('ConfigException default.api.timeout.ms at-least');
    const usual = effectiveAdminConfig([['request.timeout.ms', '60001']]);
    expect(usual.ok && [usual.config.defaultApiTimeoutMs, usual.notes[0]?.code]).toEqual([
      60_001,
      'api-timeout-raised',
    ]);
    expect(effectiveAdminConfig([['default.api.timeout.ms', '30000']]).ok).toBe(true);
  });
});

describe('group', () => {
  test.each<[Values, Values, string | null]>([
    [{}, {}, null],
    [{ 'consumer.session.timeout.ms': '44999' }, {}, `${ICE} consumer.session.timeout.ms at-least`],
    [{ 'consumer.session.timeout.ms': '44999' }, { 'group.consumer.min.session.timeout.ms': '1000' }, null],
    [{ 'consumer.session.timeout.ms': '60001' }, {}, `${ICE} consumer.session.timeout.ms at-most`],
    [{ 'consumer.heartbeat.interval.ms': '4000' }, {}, `${ICE} consumer.heartbeat.interval.ms at-least`],
    [{ 'consumer.assignment.interval.ms': '15001' }, {}, `${ICE} consumer.assignment.interval.ms at-most`],
    [{ 'share.delivery.count.limit': '11' }, {}, `${ICE} share.delivery.count.limit at-most`],
    [{ 'share.record.lock.duration.ms': '14999' }, {}, `${ICE} share.record.lock.duration.ms at-least`],
    [{ 'share.partition.max.record.locks': '4001' }, {}, `${ICE} share.partition.max.record.locks at-most`],
    [{ 'streams.num.standby.replicas': '3' }, {}, `${ICE} streams.num.standby.replicas at-most`],
    [
      { 'consumer.session.timeout.ms': '5000' },
      { 'group.consumer.min.session.timeout.ms': '1000' },
      `${ICE} consumer.heartbeat.interval.ms below`,
    ],
    [{ 'share.isolation.level': 'READ_COMMITTED' }, {}, `${ICE} share.isolation.level wrong-case`],
  ])('%o over %o: %s', (own, broker, expected) => {
    expect(said(effectiveGroupConfig(entries(own), entries(broker)))).toBe(expected);
  });

  test('its own value, else the broker’s, else the default', () => {
    const key = 'consumer.session.timeout.ms';
    const broker: ConfigEntries = [[`group.${key}`, '50000']];
    expect(groupValue(key, [[key, '46000']], broker)).toEqual({ value: '46000', from: 'group' });
    expect(groupValue(key, [], broker)).toEqual({ value: '50000', from: 'broker' });
    expect(groupValue(key, [], [])).toEqual({ value: '45000', from: 'default' });
  });

  test('every key of a group has its broker parameter with the same default, three aside', () => {
    const alone = knownKeys('group').filter((known) => brokerKeyOfGroup(known.key) === null);
    expect(alone.map((known) => known.key)).toEqual([
      'share.auto.offset.reset',
      'share.isolation.level',
      'share.renew.acknowledge.enable',
    ]);
    for (const { key, default: usual } of knownKeys('group')) {
      const brokerKey = brokerKeyOfGroup(key);
      if (brokerKey === null) continue;
      expect([key, findKey('broker', brokerKey)?.default]).toEqual([key, usual]);
      expect(groupKeyOfBroker(brokerKey)).toBe(key);
    }
  });
});
