import { type ConfigNote, type ConfigView, type Effective, makeNote, readConfig } from './config-view.ts';
import { checkMembership, noteFetchWait } from './cross-consumer.ts';
import { parseIsoDurationUs } from './duration.ts';
import { applyBackoffs, recoveryStrategy } from './effective-producer.ts';
import type { ConfigEntries } from './types.ts';
import { type ConfigRefusal, makeRefusal } from './validate.ts';

/** What happens where a consumer has no position, or one that is out of range. */
export type AutoOffsetReset = { kind: 'earliest' | 'latest' | 'none' } | { kind: 'byDuration'; durationUs: number };

/** What a KafkaConsumer runs with. Times in ms, sizes in bytes. */
export type ConsumerConfig = {
  groupId: string | null;
  groupInstanceId: string | null;
  groupProtocol: 'classic' | 'consumer';
  groupRemoteAssignor: string | null;
  partitionAssignmentStrategy: readonly string[];
  sessionTimeoutMs: number;
  heartbeatIntervalMs: number;
  maxPollIntervalMs: number;
  enableAutoCommit: boolean;
  autoCommitIntervalMs: number;
  autoOffsetReset: AutoOffsetReset;
  isolationLevel: 'read_committed' | 'read_uncommitted';
  clientRack: string;
  maxPollRecords: number;
  fetchMinBytes: number;
  fetchMaxBytes: number;
  fetchMaxWaitMs: number;
  maxPartitionFetchBytes: number;
  requestTimeoutMs: number;
  defaultApiTimeoutMs: number;
  retryBackoffMs: number;
  retryBackoffMaxMs: number;
  metadataMaxAgeMs: number;
  reconnectBackoffMs: number;
  reconnectBackoffMaxMs: number;
  socketConnectionSetupTimeoutMs: number;
  socketConnectionSetupTimeoutMaxMs: number;
  connectionsMaxIdleMs: number;
  metadataRecoveryStrategy: 'none' | 'rebootstrap';
  metadataRecoveryRebootstrapTriggerMs: number;
  bootstrapServers: readonly string[];
  allowAutoCreateTopics: boolean;
  excludeInternalTopics: boolean;
};

/** The values a consumer runs with, or why its constructor throws (ConsumerConfig of Kafka 4.3.1). */
export function effectiveConsumerConfig(entries: ConfigEntries): Effective<ConsumerConfig> {
  const { view, refusals, notes } = readConfig('consumer', entries);
  if (refusals.length > 0) return { ok: false, refusals };
  const config = plainValues(view);
  const refused = applyAutoCommit(view, config, notes) ?? checkProtocol(view, config, entries) ?? checkMembership(view);
  if (refused !== null) return { ok: false, refusals: [refused] };
  applyBackoffs(view, config, notes);
  noteFetchWait(view, notes);
  return { ok: true, config, notes };
}

function plainValues(view: ConfigView): ConsumerConfig {
  return {
    groupId: view.textOrNull('group.id'),
    groupInstanceId: view.textOrNull('group.instance.id'),
    groupProtocol: view.text('group.protocol').toLowerCase() === 'consumer' ? 'consumer' : 'classic',
    groupRemoteAssignor: view.textOrNull('group.remote.assignor'),
    partitionAssignmentStrategy: view.list('partition.assignment.strategy').map((name) => name.replace(/^class /, '')),
    sessionTimeoutMs: view.number('session.timeout.ms'),
    heartbeatIntervalMs: view.number('heartbeat.interval.ms'),
    maxPollIntervalMs: view.number('max.poll.interval.ms'),
    enableAutoCommit: view.boolean('enable.auto.commit'),
    autoCommitIntervalMs: view.number('auto.commit.interval.ms'),
    autoOffsetReset: readOffsetReset(view.text('auto.offset.reset')),
    isolationLevel: view.text('isolation.level') === 'read_committed' ? 'read_committed' : 'read_uncommitted',
    clientRack: view.text('client.rack'),
    maxPollRecords: view.number('max.poll.records'),
    fetchMinBytes: view.number('fetch.min.bytes'),
    fetchMaxBytes: view.number('fetch.max.bytes'),
    fetchMaxWaitMs: view.number('fetch.max.wait.ms'),
    maxPartitionFetchBytes: view.number('max.partition.fetch.bytes'),
    requestTimeoutMs: view.number('request.timeout.ms'),
    defaultApiTimeoutMs: view.number('default.api.timeout.ms'),
    retryBackoffMs: view.number('retry.backoff.ms'),
    retryBackoffMaxMs: view.number('retry.backoff.max.ms'),
    metadataMaxAgeMs: view.number('metadata.max.age.ms'),
    reconnectBackoffMs: view.number('reconnect.backoff.ms'),
    reconnectBackoffMaxMs: view.number('reconnect.backoff.max.ms'),
    socketConnectionSetupTimeoutMs: view.number('socket.connection.setup.timeout.ms'),
    socketConnectionSetupTimeoutMaxMs: view.number('socket.connection.setup.timeout.max.ms'),
    connectionsMaxIdleMs: view.number('connections.max.idle.ms'),
    metadataRecoveryStrategy: recoveryStrategy(view),
    metadataRecoveryRebootstrapTriggerMs: view.number('metadata.recovery.rebootstrap.trigger.ms'),
    bootstrapServers: view.list('bootstrap.servers'),
    allowAutoCreateTopics: view.boolean('allow.auto.create.topics'),
    excludeInternalTopics: view.boolean('exclude.internal.topics'),
  };
}

function readOffsetReset(text: string): AutoOffsetReset {
  if (text === 'earliest' || text === 'latest' || text === 'none') return { kind: text };
  return { kind: 'byDuration', durationUs: parseIsoDurationUs(text.slice('by_duration:'.length)) ?? 0 };
}

/** Without a group there is nothing to commit to: asked for, that is refused; by default, it is switched off. */
function applyAutoCommit(view: ConfigView, config: ConsumerConfig, notes: ConfigNote[]): ConfigRefusal | null {
  if (config.groupId !== null) return null;
  const key = 'enable.auto.commit';
  if (!view.isSet(key)) {
    config.enableAutoCommit = false;
    notes.push(makeNote(key, 'auto-commit-off', {}));
    return null;
  }
  return config.enableAutoCommit
    ? makeRefusal(key, 'auto-commit-without-group', {}, 'InvalidConfigurationException')
    : null;
}

const NOT_WITH_CLASSIC = ['group.remote.assignor', 'share.acknowledgement.mode', 'share.acquire.mode'];
const NOT_WITH_CONSUMER = [
  'partition.assignment.strategy',
  'heartbeat.interval.ms',
  'session.timeout.ms',
  'share.acknowledgement.mode',
  'share.acquire.mode',
];

/** Settings of the other protocol are refused when they are set to something that is not blank. */
function checkProtocol(view: ConfigView, config: ConsumerConfig, entries: ConfigEntries): ConfigRefusal | null {
  const refused = config.groupProtocol === 'classic' ? NOT_WITH_CLASSIC : NOT_WITH_CONSUMER;
  const key = refused.find(
    (name) => view.isSet(name) && entries.some(([set, value]) => set === name && value.trim() !== ''),
  );
  if (key === undefined) return null;
  const params = { key, protocol: config.groupProtocol };
  return makeRefusal(key, 'not-with-protocol', params, 'ConfigException');
}
