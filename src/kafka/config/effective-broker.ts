import { type ConfigNote, type ConfigView, type Effective, makeNote, readConfig } from './config-view.ts';
import { crossCheck } from './cross-checks.ts';
import type { ConfigEntries } from './types.ts';
import { type ConfigRefusal, makeRefusal } from './validate.ts';

/**
 * What a broker or a controller runs with. Times in ms, sizes in bytes. What topics take over from the broker is in
 * effective-topic.ts.
 */
export type BrokerConfig = {
  brokerSessionTimeoutMs: number;
  brokerHeartbeatIntervalMs: number;
  initialBrokerRegistrationTimeoutMs: number;
  controlledShutdownEnable: boolean;
  autoLeaderRebalanceEnable: boolean;
  leaderImbalanceCheckIntervalSeconds: number;
  uncleanLeaderElectionEnable: boolean;
  uncleanLeaderElectionIntervalMs: number;
  minInsyncReplicas: number;
  defaultReplicationFactor: number;
  numPartitions: number;
  autoCreateTopicsEnable: boolean;
  replicaLagTimeMaxMs: number;
  replicaFetchWaitMaxMs: number;
  replicaFetchMinBytes: number;
  replicaFetchMaxBytes: number;
  replicaFetchResponseMaxBytes: number;
  replicaFetchBackoffMs: number;
  replicaHighWatermarkCheckpointIntervalMs: number;
  replicaSocketTimeoutMs: number;
  numReplicaFetchers: number;
  /** How long a follower waits for the answer to a fetch; replicaSocketTimeoutMs is how long it tries to connect. */
  requestTimeoutMs: number;
  socketConnectionSetupTimeoutMs: number;
  socketConnectionSetupTimeoutMaxMs: number;
  controllerSocketTimeoutMs: number;
  controllerQuorumRequestTimeoutMs: number;
  connectionsMaxIdleMs: number;
  socketRequestMaxBytes: number;
  deleteTopicEnable: boolean;
  brokerRack: string | null;
  fetchMaxBytes: number;
  maxIncrementalFetchSessionCacheSlots: number;
  messageMaxBytes: number;
  logFlushSchedulerIntervalMs: number;
  logRetentionCheckIntervalMs: number;
  logInitialTaskDelayMs: number;
  logFlushOffsetCheckpointIntervalMs: number;
  producerIdExpirationMs: number;
  producerIdExpirationCheckIntervalMs: number;
  offsetsTopicNumPartitions: number;
  offsetsTopicReplicationFactor: number;
  transactionStateLogReplicationFactor: number;
  transactionStateLogMinIsr: number;
};

/** The values a node runs with, or why it does not start (KafkaConfig.validateValues of Kafka 4.3.1). */
export function effectiveBrokerConfig(entries: ConfigEntries): Effective<BrokerConfig> {
  const { view, refusals, notes } = readConfig('broker', entries);
  if (refusals.length > 0) return { ok: false, refusals };
  const config = plainValues(view);
  const refused = checkFetchWait(config) ?? crossCheck('broker', view, entries);
  if (refused !== null) return { ok: false, refusals: [refused] };
  noteHeartbeat(config, notes);
  noteSessions(view, notes);
  return { ok: true, config, notes };
}

function plainValues(view: ConfigView): BrokerConfig {
  return {
    brokerSessionTimeoutMs: view.number('broker.session.timeout.ms'),
    brokerHeartbeatIntervalMs: view.number('broker.heartbeat.interval.ms'),
    initialBrokerRegistrationTimeoutMs: view.number('initial.broker.registration.timeout.ms'),
    controlledShutdownEnable: view.boolean('controlled.shutdown.enable'),
    autoLeaderRebalanceEnable: view.boolean('auto.leader.rebalance.enable'),
    leaderImbalanceCheckIntervalSeconds: view.number('leader.imbalance.check.interval.seconds'),
    uncleanLeaderElectionEnable: view.boolean('unclean.leader.election.enable'),
    uncleanLeaderElectionIntervalMs: view.number('unclean.leader.election.interval.ms'),
    minInsyncReplicas: view.number('min.insync.replicas'),
    defaultReplicationFactor: view.number('default.replication.factor'),
    numPartitions: view.number('num.partitions'),
    autoCreateTopicsEnable: view.boolean('auto.create.topics.enable'),
    replicaLagTimeMaxMs: view.number('replica.lag.time.max.ms'),
    replicaFetchWaitMaxMs: view.number('replica.fetch.wait.max.ms'),
    replicaFetchMinBytes: view.number('replica.fetch.min.bytes'),
    replicaFetchMaxBytes: view.number('replica.fetch.max.bytes'),
    replicaFetchResponseMaxBytes: view.number('replica.fetch.response.max.bytes'),
    replicaFetchBackoffMs: view.number('replica.fetch.backoff.ms'),
    replicaHighWatermarkCheckpointIntervalMs: view.number('replica.high.watermark.checkpoint.interval.ms'),
    replicaSocketTimeoutMs: view.number('replica.socket.timeout.ms'),
    numReplicaFetchers: view.number('num.replica.fetchers'),
    requestTimeoutMs: view.number('request.timeout.ms'),
    socketConnectionSetupTimeoutMs: view.number('socket.connection.setup.timeout.ms'),
    socketConnectionSetupTimeoutMaxMs: view.number('socket.connection.setup.timeout.max.ms'),
    controllerSocketTimeoutMs: view.number('controller.socket.timeout.ms'),
    controllerQuorumRequestTimeoutMs: view.number('controller.quorum.request.timeout.ms'),
    connectionsMaxIdleMs: view.number('connections.max.idle.ms'),
    socketRequestMaxBytes: view.number('socket.request.max.bytes'),
    deleteTopicEnable: view.boolean('delete.topic.enable'),
    brokerRack: view.textOrNull('broker.rack'),
    fetchMaxBytes: view.number('fetch.max.bytes'),
    maxIncrementalFetchSessionCacheSlots: view.number('max.incremental.fetch.session.cache.slots'),
    messageMaxBytes: view.number('message.max.bytes'),
    logFlushSchedulerIntervalMs: view.number('log.flush.scheduler.interval.ms'),
    logRetentionCheckIntervalMs: view.number('log.retention.check.interval.ms'),
    logInitialTaskDelayMs: view.number('log.initial.task.delay.ms'),
    logFlushOffsetCheckpointIntervalMs: view.number('log.flush.offset.checkpoint.interval.ms'),
    producerIdExpirationMs: view.number('producer.id.expiration.ms'),
    producerIdExpirationCheckIntervalMs: view.number('producer.id.expiration.check.interval.ms'),
    offsetsTopicNumPartitions: view.number('offsets.topic.num.partitions'),
    offsetsTopicReplicationFactor: view.number('offsets.topic.replication.factor'),
    transactionStateLogReplicationFactor: view.number('transaction.state.log.replication.factor'),
    transactionStateLogMinIsr: view.number('transaction.state.log.min.isr'),
  };
}

function checkFetchWait(config: BrokerConfig): ConfigRefusal | null {
  const key = 'replica.fetch.wait.max.ms';
  const value = String(config.replicaFetchWaitMaxMs);
  if (config.replicaFetchWaitMaxMs > config.replicaSocketTimeoutMs) {
    const params = { value, limit: String(config.replicaSocketTimeoutMs) };
    return makeRefusal(key, 'fetch-wait-above-socket', params, 'IllegalArgumentException');
  }
  if (config.replicaFetchWaitMaxMs > config.replicaLagTimeMaxMs) {
    const params = { value, limit: String(config.replicaLagTimeMaxMs) };
    return makeRefusal(key, 'fetch-wait-above-lag', params, 'IllegalArgumentException');
  }
  return null;
}

/** Kafka logs this as an error and starts all the same. */
function noteHeartbeat(config: BrokerConfig, notes: ConfigNote[]): void {
  if (config.brokerHeartbeatIntervalMs * 2 <= config.brokerSessionTimeoutMs) return;
  const params = { from: String(config.brokerHeartbeatIntervalMs), to: String(config.brokerSessionTimeoutMs) };
  notes.push(makeNote('broker.heartbeat.interval.ms', 'heartbeat-too-slow', params));
}

/** Kafka checks this pair only where a member joins: INVALID_SESSION_TIMEOUT for all of them. */
function noteSessions(view: ConfigView, notes: ConfigNote[]): void {
  const [min, max] = ['group.min.session.timeout.ms', 'group.max.session.timeout.ms'];
  if (!view.isSet(min) && !view.isSet(max)) return;
  if (view.number(min) <= view.number(max)) return;
  notes.push(makeNote(min, 'sessions-crossed', { from: String(view.number(min)), to: String(view.number(max)) }));
}

/**
 * Why Kafka refuses to set min.insync.replicas of one broker (rule 88): with eligible leader replicas the controller
 * must know one value for the whole cluster. Null where it does not refuse.
 */
export function refuseBrokerMinIsr(key: string, entity: string | null, elrEnabled: boolean): ConfigRefusal | null {
  if (key !== 'min.insync.replicas' || entity === null || !elrEnabled) return null;
  return makeRefusal(key, 'min-isr-with-elr', {}, 'InvalidConfigurationException');
}
