/** A consumer's state: what its configuration says, what a process starts with, and how it is before its first start. */
import { retryBackoff } from '../../kafka/api/exponential-backoff.ts';
import { type ConsumerConfig, effectiveConsumerConfig } from '../../kafka/config/effective-consumer.ts';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import type { ResolvedConsumer } from '../../protocol/scenario.ts';
import type { World } from '../kernel/world.ts';
import { Channel } from '../net/connection-state.ts';
import { bootstrapMetadata } from './client-metadata.ts';
import { NEVER } from './client-network.ts';
import type { ConsumerState } from './consumer-state.ts';

/** Requests in flight on one connection are as good as unlimited for a consumer. */
const MAX_IN_FLIGHT = 100;

export function parseConfig(config: ConfigEntries): ConsumerConfig {
  const result = effectiveConsumerConfig(config);
  if (!result.ok) throw new Error(`ConfigException: ${result.refusals[0]?.message ?? 'refused'}`);
  return result.config;
}

export function consumerConfigRefusal(config: ConfigEntries): string | null {
  const result = effectiveConsumerConfig(config);
  return result.ok ? null : (result.refusals[0]?.message ?? 'refused');
}

export function clientFields(settings: ConsumerConfig) {
  return {
    connectionSettings: {
      requestTimeoutUs: settings.requestTimeoutMs * 1000,
      setupTimeoutUs: settings.socketConnectionSetupTimeoutMs * 1000,
      setupTimeoutMaxUs: settings.socketConnectionSetupTimeoutMaxMs * 1000,
      backoffUs: settings.reconnectBackoffMs * 1000,
      backoffMaxUs: settings.reconnectBackoffMaxMs * 1000,
    },
    backoff: retryBackoff(settings.retryBackoffMs, settings.retryBackoffMaxMs),
    metadataMaxAgeUs: settings.metadataMaxAgeMs * 1000,
    maxInFlight: MAX_IN_FLIGHT,
  };
}

export function freshMemory() {
  return {
    wakeUs: NEVER,
    armedUs: [],
    partitions: [],
    validatedVersion: -1,
    fetchNotBeforeUs: [],
    buffer: [],
    requests: [],
    arrived: [],
    pendingError: null,
    inPoll: false,
    work: [],
    workAt: 0,
    doneAtUs: -1,
    pausedUntilUs: 0,
    remainingUs: 0,
  };
}

/** The state of a consumer before its process starts. `nodeIndex` is its place in `World.nodes`. */
export function makeConsumer(w: World, resolved: ResolvedConsumer, nodeIndex: number): ConsumerState {
  const settings = parseConfig(resolved.config);
  return {
    gen: w.gen,
    node: nodeIndex,
    id: resolved.id,
    channel: Channel.Consumer,
    metadata: bootstrapMetadata(w.scenario.cluster.brokers.map((b) => b.id)),
    ...clientFields(settings),
    ...freshMemory(),
    joinUs: resolved.joinUs,
    source: resolved.source,
    share: resolved.share,
    processUs: resolved.processUs,
    processing: resolved.processing,
    config: resolved.config,
    settings,
    everStarted: false,
    idle: true,
    delivered: 0,
    lastError: null,
  };
}
