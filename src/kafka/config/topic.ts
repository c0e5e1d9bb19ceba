import {
  ANY,
  atLeast,
  between,
  definer,
  GZIP_LEVEL,
  LONG_MAX,
  LZ4_LEVEL,
  listOf,
  oneOf,
  ZSTD_LEVEL,
} from './define.ts';
import type { ConfigEntry } from './types.ts';

const topic = definer('topic', 'topic');

/** Topic parameters, as LogConfig of Kafka 4.3.1 defines them. `retention.bytes` has no validator in Kafka either. */
export const TOPIC_CONFIGS: readonly ConfigEntry[] = [
  topic('min.insync.replicas', 'int', '1', atLeast(1), 'Durability', true, { brokerSynonyms: ['min.insync.replicas'] }),
  topic('unclean.leader.election.enable', 'boolean', 'false', ANY, 'Durability', true, {
    brokerSynonyms: ['unclean.leader.election.enable'],
  }),
  topic('flush.messages', 'long', LONG_MAX, atLeast(1), 'Durability', true, {
    brokerSynonyms: ['log.flush.interval.messages'],
  }),
  topic('flush.ms', 'long', LONG_MAX, atLeast(0), 'Durability', true, {
    brokerSynonyms: ['log.flush.interval.ms', 'log.flush.scheduler.interval.ms'],
  }),
  topic('max.message.bytes', 'int', '1048588', atLeast(0), 'Records', true, { brokerSynonyms: ['message.max.bytes'] }),
  topic('message.timestamp.type', 'string', 'CreateTime', oneOf('CreateTime', 'LogAppendTime'), 'Records', true, {
    brokerSynonyms: ['log.message.timestamp.type'],
  }),
  topic('message.timestamp.before.max.ms', 'long', LONG_MAX, atLeast(0), 'Records', true, {
    brokerSynonyms: ['log.message.timestamp.before.max.ms'],
  }),
  topic('message.timestamp.after.max.ms', 'long', '3600000', atLeast(0), 'Records', true, {
    brokerSynonyms: ['log.message.timestamp.after.max.ms'],
  }),
  topic(
    'compression.type',
    'string',
    'producer',
    oneOf('uncompressed', 'zstd', 'lz4', 'snappy', 'gzip', 'producer'),
    'Records',
    true,
    { brokerSynonyms: ['compression.type'] },
  ),
  topic('compression.gzip.level', 'int', '-1', GZIP_LEVEL, 'Records', true, {
    brokerSynonyms: ['compression.gzip.level'],
  }),
  topic('compression.lz4.level', 'int', '9', LZ4_LEVEL, 'Records', true, {
    brokerSynonyms: ['compression.lz4.level'],
  }),
  topic('compression.zstd.level', 'int', '3', ZSTD_LEVEL, 'Records', true, {
    brokerSynonyms: ['compression.zstd.level'],
  }),
  topic('cleanup.policy', 'list', 'delete', listOf('compact', 'delete'), 'Retention', true, {
    brokerSynonyms: ['log.cleanup.policy'],
  }),
  topic('retention.ms', 'long', '604800000', atLeast(-1), 'Retention', true, {
    brokerSynonyms: [
      'log.retention.ms',
      { key: 'log.retention.minutes', factor: 60_000 },
      { key: 'log.retention.hours', factor: 3_600_000 },
    ],
  }),
  topic('retention.bytes', 'long', '-1', ANY, 'Retention', true, { brokerSynonyms: ['log.retention.bytes'] }),
  topic('segment.bytes', 'int', '1073741824', atLeast(1048576), 'Retention', true, {
    brokerSynonyms: ['log.segment.bytes'],
  }),
  topic('internal.segment.bytes', 'int', null, ANY, 'Retention', true, { internal: true }),
  topic('segment.ms', 'long', '604800000', atLeast(1), 'Retention', true, {
    brokerSynonyms: ['log.roll.ms', { key: 'log.roll.hours', factor: 3_600_000 }],
  }),
  topic('segment.jitter.ms', 'long', '0', atLeast(0), 'Retention', true, {
    brokerSynonyms: ['log.roll.jitter.ms', { key: 'log.roll.jitter.hours', factor: 3_600_000 }],
  }),
  topic('segment.index.bytes', 'int', '10485760', atLeast(4), 'Retention', true, {
    brokerSynonyms: ['log.index.size.max.bytes'],
  }),
  topic('index.interval.bytes', 'int', '4096', atLeast(0), 'Retention', true, {
    brokerSynonyms: ['log.index.interval.bytes'],
  }),
  topic('file.delete.delay.ms', 'long', '60000', atLeast(0), 'Retention', 'retention', {
    brokerSynonyms: ['log.segment.delete.delay.ms'],
  }),
  topic('delete.retention.ms', 'long', '86400000', atLeast(0), 'Retention', true, {
    brokerSynonyms: ['log.cleaner.delete.retention.ms'],
  }),
  topic('min.cleanable.dirty.ratio', 'double', '0.5', between(0, 1), 'Retention', true, {
    brokerSynonyms: ['log.cleaner.min.cleanable.ratio'],
  }),
  topic('min.compaction.lag.ms', 'long', '0', atLeast(0), 'Retention', true, {
    brokerSynonyms: ['log.cleaner.min.compaction.lag.ms'],
  }),
  topic('max.compaction.lag.ms', 'long', LONG_MAX, atLeast(1), 'Retention', true, {
    brokerSynonyms: ['log.cleaner.max.compaction.lag.ms'],
  }),
];
