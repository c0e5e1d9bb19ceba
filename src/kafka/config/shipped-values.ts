/**
 * What processes and topics of a shipped scenario run with, without the registry of parameters and its checks: Kafka's
 * defaults as they come out (first-load.test.ts compares every one), and the few keys that such a scenario sets. A key that
 * is not understood here is not passed over: it is an error.
 */

import type { BrokerConfig } from './effective-broker.ts';
import type { ConsumerConfig } from './effective-consumer.ts';
import type { ProducerConfig } from './effective-producer.ts';
import type { TopicConfig } from './effective-topic.ts';
import { MAX_TIMER_MS } from './limits.ts';
import type { ConfigEntries } from './types.ts';

const BROKER: BrokerConfig = {
  brokerSessionTimeoutMs: 9000,
  brokerHeartbeatIntervalMs: 2000,
  initialBrokerRegistrationTimeoutMs: 60_000,
  controlledShutdownEnable: true,
  autoLeaderRebalanceEnable: true,
  leaderImbalanceCheckIntervalSeconds: 300,
  uncleanLeaderElectionEnable: false,
  uncleanLeaderElectionIntervalMs: 300_000,
  minInsyncReplicas: 1,
  defaultReplicationFactor: 1,
  numPartitions: 1,
  autoCreateTopicsEnable: true,
  replicaLagTimeMaxMs: 30_000,
  replicaFetchWaitMaxMs: 500,
  replicaFetchMinBytes: 1,
  replicaFetchMaxBytes: 1_048_576,
  replicaFetchResponseMaxBytes: 10_485_760,
  replicaFetchBackoffMs: 1000,
  replicaHighWatermarkCheckpointIntervalMs: 5000,
  replicaSocketTimeoutMs: 30_000,
  numReplicaFetchers: 1,
  requestTimeoutMs: 30_000,
  socketConnectionSetupTimeoutMs: 10_000,
  socketConnectionSetupTimeoutMaxMs: 30_000,
  controllerSocketTimeoutMs: 30_000,
  controllerQuorumRequestTimeoutMs: 2000,
  connectionsMaxIdleMs: 600_000,
  socketRequestMaxBytes: 104_857_600,
  deleteTopicEnable: true,
  brokerRack: null,
  fetchMaxBytes: 57_671_680,
  maxIncrementalFetchSessionCacheSlots: 1000,
  messageMaxBytes: 1_048_588,
  logFlushSchedulerIntervalMs: MAX_TIMER_MS,
  logRetentionCheckIntervalMs: 300_000,
  logInitialTaskDelayMs: 30_000,
  logFlushOffsetCheckpointIntervalMs: 60_000,
  producerIdExpirationMs: 86_400_000,
  producerIdExpirationCheckIntervalMs: 600_000,
  offsetsTopicNumPartitions: 50,
  offsetsTopicReplicationFactor: 3,
  transactionStateLogReplicationFactor: 3,
  transactionStateLogMinIsr: 2,
};

const PRODUCER: ProducerConfig = {
  acks: -1,
  enableIdempotence: true,
  retries: 2_147_483_647,
  deliveryTimeoutMs: 120_000,
  maxInFlightRequestsPerConnection: 5,
  lingerMs: 5,
  requestTimeoutMs: 30_000,
  retryBackoffMs: 100,
  retryBackoffMaxMs: 1000,
  maxBlockMs: 60_000,
  batchSizeBytes: 16_384,
  bufferMemoryBytes: 33_554_432,
  maxRequestSizeBytes: 1_048_576,
  partitionerIgnoreKeys: false,
  partitionerAdaptivePartitioningEnable: true,
  partitionerAvailabilityTimeoutMs: 0,
  metadataMaxAgeMs: 300_000,
  metadataMaxIdleMs: 300_000,
  metadataRecoveryStrategy: 'rebootstrap',
  metadataRecoveryRebootstrapTriggerMs: 300_000,
  bootstrapServers: [],
  reconnectBackoffMs: 50,
  reconnectBackoffMaxMs: 1000,
  socketConnectionSetupTimeoutMs: 10_000,
  socketConnectionSetupTimeoutMaxMs: 30_000,
  connectionsMaxIdleMs: 540_000,
  compressionType: 'none',
  compressionLevel: null,
  transactionalId: null,
  transactionTimeoutMs: 60_000,
};

const CONSUMER: ConsumerConfig = {
  groupId: null,
  groupInstanceId: null,
  groupProtocol: 'classic',
  groupRemoteAssignor: null,
  partitionAssignmentStrategy: [
    'org.apache.kafka.clients.consumer.RangeAssignor',
    'org.apache.kafka.clients.consumer.CooperativeStickyAssignor',
  ],
  sessionTimeoutMs: 45_000,
  heartbeatIntervalMs: 3000,
  maxPollIntervalMs: 300_000,
  enableAutoCommit: false,
  autoCommitIntervalMs: 5000,
  autoOffsetReset: { kind: 'latest' },
  isolationLevel: 'read_uncommitted',
  clientRack: '',
  maxPollRecords: 500,
  fetchMinBytes: 1,
  fetchMaxBytes: 52_428_800,
  fetchMaxWaitMs: 500,
  maxPartitionFetchBytes: 1_048_576,
  requestTimeoutMs: 30_000,
  defaultApiTimeoutMs: 60_000,
  retryBackoffMs: 100,
  retryBackoffMaxMs: 1000,
  metadataMaxAgeMs: 300_000,
  reconnectBackoffMs: 50,
  reconnectBackoffMaxMs: 1000,
  socketConnectionSetupTimeoutMs: 10_000,
  socketConnectionSetupTimeoutMaxMs: 30_000,
  connectionsMaxIdleMs: 540_000,
  metadataRecoveryStrategy: 'rebootstrap',
  metadataRecoveryRebootstrapTriggerMs: 300_000,
  bootstrapServers: [],
  allowAutoCreateTopics: true,
  excludeInternalTopics: true,
};

const TOPIC: TopicConfig = {
  minInsyncReplicas: 1,
  uncleanLeaderElectionEnable: false,
  maxMessageBytes: 1_048_588,
  messageTimestampType: 'CreateTime',
  messageTimestampBeforeMaxMs: MAX_TIMER_MS,
  messageTimestampAfterMaxMs: 3_600_000,
  flushMessages: Number.MAX_SAFE_INTEGER,
  flushMs: MAX_TIMER_MS,
  cleanupPolicy: ['delete'],
  retentionMs: 604_800_000,
  retentionBytes: -1,
  segmentBytes: 1_073_741_824,
  segmentMs: 604_800_000,
  segmentJitterMs: 0,
  segmentIndexBytes: 10_485_760,
  indexIntervalBytes: 4096,
  compressionType: 'producer',
};

/** A broker is given these as well; nothing here runs with them. */
const IDLE = /^share\.coordinator\./;

/** `min.insync.replicas` -> `minInsyncReplicas`. */
const fieldOf = (key: string): string => key.replace(/\.(.)/g, (_, letter: string) => letter.toUpperCase());

function valueLike(before: unknown, text: string): unknown {
  if (typeof before === 'number') return Number(text);
  if (typeof before === 'boolean') return text === 'true';
  return Array.isArray(before) ? text.split(',') : text;
}

function withEntries<C extends object>(defaults: C, entries: ConfigEntries): C {
  const config = { ...defaults } as Record<string, unknown>;
  for (const [key, text] of entries) {
    if (IDLE.test(key)) continue;
    const field = fieldOf(key);
    const before = config[field];
    if (before === undefined) throw new Error(`${key} needs the registry of parameters, which is not loaded yet.`);
    config[field] = valueLike(before, text);
    if (Number.isNaN(config[field])) throw new Error(`${key}=${text} needs the registry of parameters.`);
  }
  return config as C;
}

export const shippedBroker = (entries: ConfigEntries): BrokerConfig => withEntries(BROKER, entries);

export function shippedProducer(entries: ConfigEntries): ProducerConfig {
  const config = withEntries(PRODUCER, entries);
  // Idempotence that nobody asked for gives way.
  return config.acks === -1 ? config : { ...config, enableIdempotence: false };
}

export function shippedConsumer(entries: ConfigEntries): ConsumerConfig {
  const config = withEntries(CONSUMER, entries);
  const { autoOffsetReset: reset, groupId } = config as { autoOffsetReset: unknown; groupId: string | null };
  return {
    ...config,
    enableAutoCommit: groupId !== null,
    autoOffsetReset:
      typeof reset === 'string' ? ({ kind: reset } as ConsumerConfig['autoOffsetReset']) : config.autoOffsetReset,
  };
}

/** What every scenario's brokers are given for internal topics; topics take nothing of it over. */
const NOT_TAKEN_OVER = /^(offsets\.topic|share\.coordinator|transaction\.state)\./;

export function shippedTopic(entries: ConfigEntries, broker: ConfigEntries): TopicConfig {
  const other = broker.find(([key]) => !NOT_TAKEN_OVER.test(key));
  if (other !== undefined) throw new Error(`${other[0]} needs the registry of parameters, which is not loaded yet.`);
  return withEntries(TOPIC, entries);
}
