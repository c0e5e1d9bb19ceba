import { type ConfigNote, type ConfigView, type Effective, makeNote, readConfig } from './config-view.ts';
import type { ConfigEntries } from './types.ts';
import { type ConfigRefusal, makeRefusal } from './validate.ts';

/** What a KafkaProducer runs with. Times in ms, sizes in bytes. */
export type ProducerConfig = {
  /** -1: all. */
  acks: -1 | 0 | 1;
  enableIdempotence: boolean;
  retries: number;
  deliveryTimeoutMs: number;
  maxInFlightRequestsPerConnection: number;
  lingerMs: number;
  requestTimeoutMs: number;
  retryBackoffMs: number;
  retryBackoffMaxMs: number;
  maxBlockMs: number;
  batchSizeBytes: number;
  bufferMemoryBytes: number;
  maxRequestSizeBytes: number;
  partitionerIgnoreKeys: boolean;
  partitionerAdaptivePartitioningEnable: boolean;
  partitionerAvailabilityTimeoutMs: number;
  metadataMaxAgeMs: number;
  metadataMaxIdleMs: number;
  metadataRecoveryStrategy: 'none' | 'rebootstrap';
  metadataRecoveryRebootstrapTriggerMs: number;
  bootstrapServers: readonly string[];
  reconnectBackoffMs: number;
  reconnectBackoffMaxMs: number;
  socketConnectionSetupTimeoutMs: number;
  socketConnectionSetupTimeoutMaxMs: number;
  connectionsMaxIdleMs: number;
  compressionType: string;
  /** The level that its codec is given; null: the codec has none, or its own default is asked for. */
  compressionLevel: number | null;
  transactionalId: string | null;
  transactionTimeoutMs: number;
};

const MAX_IN_FLIGHT_OF_IDEMPOTENCE = 5;
const INT_MAX = 2_147_483_647;

/**
 * The values a producer runs with and what changed by itself, or why its constructor throws: ProducerConfig's
 * post-processing and KafkaProducer.configureDeliveryTimeout of Kafka 4.3.1.
 */
export function effectiveProducerConfig(entries: ConfigEntries): Effective<ProducerConfig> {
  const { view, refusals, notes } = readConfig('producer', entries);
  if (refusals.length > 0) return { ok: false, refusals };
  const config = plainValues(view);
  const refused =
    applyIdempotence(view, config, notes) ??
    checkTransactions(view, config) ??
    applyDeliveryTimeout(view, config, notes);
  if (refused !== null) return { ok: false, refusals: [refused] };
  applyBackoffs(view, config, notes);
  if (view.number('batch.size') === 0) notes.push(makeNote('batch.size', 'batch-of-one', {}));
  return { ok: true, config, notes };
}

function plainValues(view: ConfigView): ProducerConfig {
  const acks = view.text('acks');
  return {
    acks: acks === 'all' || acks === '-1' ? -1 : acks === '0' ? 0 : 1,
    enableIdempotence: view.boolean('enable.idempotence'),
    retries: view.number('retries'),
    deliveryTimeoutMs: view.number('delivery.timeout.ms'),
    maxInFlightRequestsPerConnection: view.number('max.in.flight.requests.per.connection'),
    lingerMs: Math.min(view.number('linger.ms'), INT_MAX),
    requestTimeoutMs: view.number('request.timeout.ms'),
    retryBackoffMs: view.number('retry.backoff.ms'),
    retryBackoffMaxMs: view.number('retry.backoff.max.ms'),
    maxBlockMs: view.number('max.block.ms'),
    // KafkaProducer takes 0 for 1: every record is larger, so each has a batch of its own.
    batchSizeBytes: Math.max(1, view.number('batch.size')),
    bufferMemoryBytes: view.number('buffer.memory'),
    maxRequestSizeBytes: view.number('max.request.size'),
    partitionerIgnoreKeys: view.boolean('partitioner.ignore.keys'),
    partitionerAdaptivePartitioningEnable: view.boolean('partitioner.adaptive.partitioning.enable'),
    partitionerAvailabilityTimeoutMs: view.number('partitioner.availability.timeout.ms'),
    metadataMaxAgeMs: view.number('metadata.max.age.ms'),
    metadataMaxIdleMs: view.number('metadata.max.idle.ms'),
    metadataRecoveryStrategy: recoveryStrategy(view),
    metadataRecoveryRebootstrapTriggerMs: view.number('metadata.recovery.rebootstrap.trigger.ms'),
    bootstrapServers: view.list('bootstrap.servers'),
    reconnectBackoffMs: view.number('reconnect.backoff.ms'),
    reconnectBackoffMaxMs: view.number('reconnect.backoff.max.ms'),
    socketConnectionSetupTimeoutMs: view.number('socket.connection.setup.timeout.ms'),
    socketConnectionSetupTimeoutMaxMs: view.number('socket.connection.setup.timeout.max.ms'),
    connectionsMaxIdleMs: view.number('connections.max.idle.ms'),
    compressionType: view.text('compression.type'),
    compressionLevel: compressionLevel(view),
    transactionalId: view.textOrNull('transactional.id'),
    transactionTimeoutMs: view.number('transaction.timeout.ms'),
  };
}

/** KafkaProducer.configureCompression. gzip's -1 is zlib's default, whatever that is. */
function compressionLevel(view: ConfigView): number | null {
  const type = view.text('compression.type');
  if (type === 'none' || type === 'snappy') return null;
  const level = view.number(`compression.${type}.level`);
  return type === 'gzip' && level < 0 ? null : level;
}

/**
 * Idempotence that nobody asked for gives way to acks and retries; asked for, it refuses them. More than five requests
 * in flight are refused in both cases, even where idempotence would have given way: Kafka checks them in this order.
 */
function applyIdempotence(view: ConfigView, config: ProducerConfig, notes: ConfigNote[]): ConfigRefusal | null {
  if (!config.enableIdempotence) return null;
  const asked = view.isSet('enable.idempotence');
  const acks = view.text('acks');
  if (config.retries === 0) {
    if (asked) return makeRefusal('retries', 'idempotence-needs-retries', {}, 'ConfigException');
    notes.push(makeNote('enable.idempotence', 'idempotence-off-retries', {}));
    config.enableIdempotence = false;
  }
  if (config.acks !== -1) {
    if (asked) return makeRefusal('acks', 'idempotence-needs-acks', { acks }, 'ConfigException');
    notes.push(makeNote('enable.idempotence', 'idempotence-off-acks', { acks }));
    config.enableIdempotence = false;
  }
  const inFlight = config.maxInFlightRequestsPerConnection;
  if (inFlight <= MAX_IN_FLIGHT_OF_IDEMPOTENCE) return null;
  const key = 'max.in.flight.requests.per.connection';
  return makeRefusal(key, 'idempotence-in-flight', { value: String(inFlight) }, 'ConfigException');
}

function checkTransactions(view: ConfigView, config: ProducerConfig): ConfigRefusal | null {
  if (view.isSet('transactional.id') && !config.enableIdempotence) {
    return makeRefusal('transactional.id', 'transactional-needs-idempotence', {}, 'ConfigException');
  }
  if (view.boolean('transaction.two.phase.commit.enable') && view.isSet('transaction.timeout.ms')) {
    return makeRefusal('transaction.timeout.ms', 'two-phase-no-timeout', {}, 'ConfigException');
  }
  return null;
}

function applyDeliveryTimeout(view: ConfigView, config: ProducerConfig, notes: ConfigNote[]): ConfigRefusal | null {
  const key = 'delivery.timeout.ms';
  const least = Math.min(config.lingerMs + config.requestTimeoutMs, INT_MAX);
  const value = config.deliveryTimeoutMs;
  if (value >= least) return null;
  if (view.isSet(key)) {
    return makeRefusal(key, 'delivery-too-short', { value: String(value), least: String(least) }, 'ConfigException');
  }
  notes.push(makeNote(key, 'delivery-raised', { from: String(value), to: String(least) }));
  config.deliveryTimeoutMs = least;
  return null;
}

/** MetadataRecoveryStrategy, whose names may be written in any case. */
export function recoveryStrategy(view: ConfigView): 'none' | 'rebootstrap' {
  return view.text('metadata.recovery.strategy').toLowerCase() === 'none' ? 'none' : 'rebootstrap';
}

type Backoffs = Pick<
  ProducerConfig,
  | 'retryBackoffMs'
  | 'retryBackoffMaxMs'
  | 'reconnectBackoffMs'
  | 'reconnectBackoffMaxMs'
  | 'socketConnectionSetupTimeoutMs'
  | 'socketConnectionSetupTimeoutMaxMs'
>;

/** CommonClientConfigs, for producers and consumers alike: a pause above its maximum makes every pause the maximum. */
export function applyBackoffs(view: ConfigView, config: Backoffs, notes: ConfigNote[]): void {
  if (view.isSet('reconnect.backoff.ms') && !view.isSet('reconnect.backoff.max.ms')) {
    config.reconnectBackoffMaxMs = config.reconnectBackoffMs;
    const to = String(config.reconnectBackoffMs);
    notes.push(makeNote('reconnect.backoff.max.ms', 'reconnect-constant', { to }));
  }
  if (config.retryBackoffMs > config.retryBackoffMaxMs) {
    const params = { from: String(config.retryBackoffMs), to: String(config.retryBackoffMaxMs) };
    notes.push(makeNote('retry.backoff.ms', 'retry-constant', params));
  }
  if (config.socketConnectionSetupTimeoutMs > config.socketConnectionSetupTimeoutMaxMs) {
    const from = String(config.socketConnectionSetupTimeoutMs);
    const params = { from, to: String(config.socketConnectionSetupTimeoutMaxMs) };
    notes.push(makeNote('socket.connection.setup.timeout.ms', 'setup-constant', params));
  }
}
