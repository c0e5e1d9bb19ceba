import { ANY, atLeast, definer, LONG_MAX, listOf, oneOf } from './define.ts';
import type { ConfigEntry } from './types.ts';

const broker = definer('broker', 'read-only');

/** Broker and controller parameters, as KafkaConfig of Kafka 4.3.1 defines them. */
export const BROKER_CONFIGS: readonly ConfigEntry[] = [
  broker('min.insync.replicas', 'int', '1', atLeast(1), 'Durability', true, { updateMode: 'cluster-wide' }),
  broker('unclean.leader.election.enable', 'boolean', 'false', ANY, 'Durability', true, { updateMode: 'cluster-wide' }),
  broker('unclean.leader.election.interval.ms', 'long', '300000', atLeast(1), 'Durability', true, { internal: true }),
  broker('log.flush.interval.messages', 'long', LONG_MAX, atLeast(1), 'Durability', true, {
    updateMode: 'cluster-wide',
  }),
  broker('log.flush.interval.ms', 'long', null, ANY, 'Durability', true, { updateMode: 'cluster-wide' }),
  broker('log.flush.scheduler.interval.ms', 'long', LONG_MAX, ANY, 'Durability', true),
  broker('log.flush.offset.checkpoint.interval.ms', 'int', '60000', atLeast(0), 'Durability', 'other'),
  broker('broker.session.timeout.ms', 'int', '9000', ANY, 'Availability', true),
  broker('broker.heartbeat.interval.ms', 'int', '2000', ANY, 'Availability', true),
  broker('controlled.shutdown.enable', 'boolean', 'true', ANY, 'Availability', true),
  broker('auto.leader.rebalance.enable', 'boolean', 'true', ANY, 'Availability', true),
  broker('leader.imbalance.check.interval.seconds', 'long', '300', atLeast(1), 'Availability', true),
  broker('initial.broker.registration.timeout.ms', 'int', '60000', ANY, 'Availability', 'other'),
  broker('replica.lag.time.max.ms', 'long', '30000', ANY, 'Replication', true),
  broker('replica.fetch.wait.max.ms', 'int', '500', ANY, 'Replication', true),
  broker('replica.fetch.min.bytes', 'int', '1', ANY, 'Replication', true),
  broker('replica.fetch.max.bytes', 'int', '1048576', atLeast(0), 'Replication', true),
  broker('replica.fetch.response.max.bytes', 'int', '10485760', atLeast(0), 'Replication', true),
  broker('replica.fetch.backoff.ms', 'int', '1000', atLeast(0), 'Replication', true),
  broker('replica.high.watermark.checkpoint.interval.ms', 'long', '5000', ANY, 'Replication', true),
  broker('replica.socket.timeout.ms', 'int', '30000', ANY, 'Replication', true),
  broker('default.replication.factor', 'int', '1', ANY, 'Replication', true),
  broker('num.partitions', 'int', '1', atLeast(1), 'Replication', true),
  broker('auto.create.topics.enable', 'boolean', 'true', ANY, 'Replication', true),
  broker('num.replica.fetchers', 'int', '1', atLeast(1), 'Replication', 'fetchers', { updateMode: 'cluster-wide' }),
  broker('replica.selector.class', 'string', null, ANY, 'Replication', 'followerFetching'),
  broker('message.max.bytes', 'int', '1048588', atLeast(0), 'Records', true, { updateMode: 'cluster-wide' }),
  broker('log.message.timestamp.type', 'string', 'CreateTime', oneOf('CreateTime', 'LogAppendTime'), 'Records', true, {
    updateMode: 'cluster-wide',
  }),
  broker('log.message.timestamp.before.max.ms', 'long', LONG_MAX, atLeast(0), 'Records', true, {
    updateMode: 'cluster-wide',
  }),
  broker('log.message.timestamp.after.max.ms', 'long', '3600000', atLeast(0), 'Records', true, {
    updateMode: 'cluster-wide',
  }),
  broker('producer.id.expiration.ms', 'int', '86400000', atLeast(1), 'Durability', true, {
    updateMode: 'cluster-wide',
  }),
  broker('producer.id.expiration.check.interval.ms', 'int', '600000', atLeast(1), 'Durability', true, {
    internal: true,
  }),
  broker('fetch.max.bytes', 'int', '57671680', atLeast(1024), 'Reading', true),
  broker('controller.quorum.election.timeout.ms', 'int', '1000', atLeast(0), 'Availability', 'raft'),
  broker('controller.quorum.election.backoff.max.ms', 'int', '1000', atLeast(0), 'Availability', 'raft'),
  broker('controller.quorum.fetch.timeout.ms', 'int', '2000', atLeast(0), 'Availability', 'raft'),
  broker('controller.quorum.request.timeout.ms', 'int', '2000', atLeast(0), 'Availability', 'raft'),
  broker('controller.quorum.retry.backoff.ms', 'int', '20', atLeast(0), 'Availability', 'raft'),
  broker('controller.quorum.append.linger.ms', 'int', '25', atLeast(0), 'Availability', 'raft'),
  broker('log.cleanup.policy', 'list', 'delete', listOf('compact', 'delete'), 'Retention', 'retention', {
    updateMode: 'cluster-wide',
  }),
  broker('log.retention.ms', 'long', null, ANY, 'Retention', 'retention', { updateMode: 'cluster-wide' }),
  broker('log.retention.minutes', 'int', null, ANY, 'Retention', 'retention'),
  broker('log.retention.hours', 'int', '168', ANY, 'Retention', 'retention'),
  broker('log.retention.bytes', 'long', '-1', ANY, 'Retention', 'retention', { updateMode: 'cluster-wide' }),
  broker('log.retention.check.interval.ms', 'long', '300000', atLeast(1), 'Retention', 'retention'),
  broker('log.segment.bytes', 'int', '1073741824', atLeast(1048576), 'Retention', 'retention', {
    updateMode: 'cluster-wide',
  }),
  broker('log.roll.ms', 'long', null, ANY, 'Retention', 'retention', { updateMode: 'cluster-wide' }),
  broker('log.roll.hours', 'int', '168', atLeast(1), 'Retention', 'retention'),
  broker('log.segment.delete.delay.ms', 'long', '60000', atLeast(0), 'Retention', 'retention', {
    updateMode: 'cluster-wide',
  }),
  broker(
    'compression.type',
    'string',
    'producer',
    oneOf('uncompressed', 'zstd', 'lz4', 'snappy', 'gzip', 'producer'),
    'Throughput',
    'compression',
    { updateMode: 'cluster-wide' },
  ),
  broker('offsets.topic.num.partitions', 'int', '50', atLeast(1), 'Groups', 'groups'),
  broker('offsets.topic.replication.factor', 'short', '3', atLeast(1), 'Groups', 'groups'),
  broker('group.initial.rebalance.delay.ms', 'int', '3000', ANY, 'Groups', 'groups'),
  broker('transaction.state.log.replication.factor', 'short', '3', atLeast(1), 'Transactions', 'transactions'),
  broker('transaction.state.log.min.isr', 'int', '2', atLeast(1), 'Transactions', 'transactions'),
  broker('transaction.max.timeout.ms', 'int', '900000', atLeast(1), 'Transactions', 'transactions'),
  broker('share.coordinator.state.topic.replication.factor', 'short', '3', atLeast(1), 'Groups', 'shareGroups'),
  broker('share.coordinator.state.topic.min.isr', 'short', '2', atLeast(1), 'Groups', 'shareGroups'),
];
