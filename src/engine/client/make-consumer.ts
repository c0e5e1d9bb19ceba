/** A consumer's state: what its configuration says, what a process starts with, and how it is before its first start. */
import { retryBackoff } from '../../kafka/api/exponential-backoff.ts';
import { canRun, isCooperative } from '../../kafka/assignor/index.ts';
import type { ConsumerConfig } from '../../kafka/config/effective-consumer.ts';
import { readers } from '../../kafka/config/readers.ts';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import type { ResolvedConsumer } from '../../protocol/scenario.ts';
import type { World } from '../kernel/world.ts';
import { Channel } from '../net/connection-state.ts';
import { lateAsync } from '../slots.ts';
import { NEVER } from './client-network.ts';
import { freshMetadata } from './client-policy.ts';
import type { ConsumerState } from './consumer-state.ts';
import { newCoordinatorState } from './coordinator-state.ts';
import { newMembership } from './group-membership.ts';

/** Requests in flight on one connection are as good as unlimited for a consumer. */
const MAX_IN_FLIGHT = 100;

/** What a share consumer knows beside (share.acknowledgement.mode, share.acquire.mode) its own part reads. */
function ofKafka(config: ConfigEntries, share: boolean): ConfigEntries {
  return share ? config.filter(([key]) => !key.startsWith('share.')) : config;
}

export function parseConfig(config: ConfigEntries, share: boolean): ConsumerConfig {
  const result = readers.consumer(ofKafka(config, share));
  if (!result.ok) throw new Error(`ConfigException: ${result.refusals[0]?.message ?? 'refused'}`);
  return result.config;
}

export function consumerConfigRefusal(config: ConfigEntries, share: boolean): string | null {
  const result = readers.consumer(ofKafka(config, share));
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
      maxIdleUs: settings.connectionsMaxIdleMs * 1000,
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
    fetchSessions: [],
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
  const settings = parseConfig(resolved.config, resolved.share);
  return {
    gen: w.gen,
    node: nodeIndex,
    id: resolved.id,
    channel: resolved.share ? Channel.ShareConsumer : Channel.Consumer,
    metadata: freshMetadata(w, settings),
    ...clientFields(settings),
    ...freshMemory(),
    joinUs: resolved.joinUs,
    source: resolved.source,
    share: resolved.share,
    processUs: resolved.processUs,
    processing: resolved.processing,
    commit: resolved.commit,
    acknowledge: resolved.acknowledge,
    config: resolved.config,
    settings,
    everStarted: false,
    idle: true,
    unpacking: null,
    delivered: 0,
    lastError: null,
    ...freshGroup(w, settings, resolved),
  };
}

/** Every process starts as a member of nothing; a share consumer's group is another kind. */
export function freshGroup(
  w: World,
  settings: ConsumerConfig,
  c: Pick<ResolvedConsumer, 'source' | 'share'>,
): Pick<ConsumerState, 'membership' | 'group' | 'async'> {
  if (settings.groupId === null || c.share) return { membership: null, group: null, async: null };
  const membership = newMembership(settings.groupId, settings.groupInstanceId, c.source.kind === 'assign');
  if (settings.enableAutoCommit) membership.nextAutoCommitUs = w.nowUs + settings.autoCommitIntervalMs * 1000;
  const group = newCoordinatorState(w.nowUs, isCooperative(settings.partitionAssignmentStrategy));
  const modern = settings.groupProtocol === 'consumer' && !membership.standalone;
  return { membership, group, async: modern ? lateAsync.newAsyncState(w.nowUs) : null };
}

/** What keeps a consumer from doing anything yet, as the key of a sentence; null: nothing. */
export function notYet(c: Pick<ConsumerState, 'source' | 'share' | 'settings'>): string | null {
  if (c.share || c.source.kind === 'assign') return null;
  if (c.settings.groupProtocol !== 'classic') return null;
  return canRun(c.settings.partitionAssignmentStrategy) ? null : 'log.consumer.not-yet-assignor';
}
