/** One consumer: what its process remembers (positions, fetched data, requests) and its application's work. */
import type { FetchedBatch, FetchPartitionResponse } from '../../kafka/api/messages.ts';
import type { ConsumerConfig } from '../../kafka/config/effective-consumer.ts';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import type { CommitMode, Processing, ResolvedConsumer } from '../../protocol/scenario.ts';
import type { InFlight } from '../net/message.ts';
import type { DisconnectReason } from '../net/network.ts';
import { lateAsync } from '../slots.ts';
import { cloneMetadata } from './client-metadata.ts';
import type { ClientState } from './client-network.ts';
import {
  type CommitOffset,
  type CoordinatorCall,
  type CoordinatorState,
  cloneCoordinator,
} from './coordinator-state.ts';
import type { FetchSessionState } from './fetch-session-handler.ts';
import type { GroupMembership } from './group-membership.ts';
import type { AsyncConsumerState } from './modern/state.ts';
import type { Unpacking } from './pack-state.ts';

/** What a reset asks of ListOffsets: -1 latest, -2 earliest, else a moment in milliseconds since the epoch. */
export interface ResetRequest {
  readonly timestamp: number;
  readonly bySeek: boolean;
}

/** A partition that was assigned (Kafka: SubscriptionState.TopicPartitionState). -1: not known. */
export interface AssignedPartition {
  readonly topic: string;
  readonly index: number;
  /** "orders-0". */
  readonly name: string;
  fetchState: 'initializing' | 'fetching' | 'await-reset' | 'await-validation';
  offset: number;
  /** Leader epoch of the last record read. */
  offsetEpoch: number;
  leader: number;
  leaderEpoch: number;
  reset: ResetRequest | null;
  nextRetryUs: number;
  highWatermark: number;
  lastStableOffset: number;
  logStartOffset: number;
  /** To be revoked or lost (KIP-848): nothing of it is fetched or handed out any more. */
  pendingRevocation: boolean;
}

/** An answered fetch of one partition that the application has not used up (Kafka: CompletedFetch). */
export interface CompletedFetch {
  readonly topic: string;
  readonly index: number;
  readonly answer: FetchPartitionResponse;
  nextOffset: number;
  lastEpoch: number;
  batchAt: number;
  recordAt: number;
  /** Batches before this one have been unpacked. */
  unpacked: number;
  initialized: boolean;
}

/** Records of one batch that poll() handed over: those at positions `from` up to, not including, `to`. */
export interface PolledSlice {
  readonly batch: FetchedBatch;
  readonly from: number;
  readonly to: number;
  readonly topic: string;
  readonly index: number;
  readonly partition: number;
  /** What a worker thread that has finished this slice has finished of its poll: committed then; null: nothing to commit yet. */
  readonly commit: readonly CommitOffset[] | null;
}

export type ConsumerRequest = {
  readonly connection: number;
  readonly correlationId: number;
  readonly broker: number;
} & (
  | {
      readonly kind: 'fetch';
      readonly sentUs: number;
    }
  | {
      readonly kind: 'list';
      readonly resets: readonly { readonly topic: string; readonly index: number; readonly reset: ResetRequest }[];
    }
  | { readonly kind: 'epoch'; readonly positions: readonly AssignedPartition[] }
  | CoordinatorCall
);

/** What arrived while the thread was not in poll() (classic protocol: nobody reads the sockets then, rule 107). */
export type Arrived =
  | { readonly kind: 'open'; readonly connection: number }
  | { readonly kind: 'response'; readonly connection: number; readonly request: InFlight; readonly body: unknown }
  | {
      readonly kind: 'disconnect';
      readonly connection: number;
      readonly lost: readonly InFlight[];
      readonly reason: DisconnectReason;
    };

export interface ConsumerState extends ClientState {
  readonly joinUs: number;
  /** What it reads; subscribe() may be called again. */
  source: ResolvedConsumer['source'];
  readonly share: boolean;
  readonly processUs: number;
  readonly processing: Processing;
  readonly commit: CommitMode;
  /** A share consumer's: how its application treats records; null: it accepts them all. */
  readonly acknowledge: ResolvedConsumer['acknowledge'];
  config: ConfigEntries;
  settings: ConsumerConfig;
  everStarted: boolean;
  /** Nothing to do here yet: its protocol or assignor comes with a later issue. */
  idle: boolean;

  /** In the order in which they are fetched next. */
  partitions: AssignedPartition[];
  /** Metadata version by which positions were last validated. */
  validatedVersion: number;
  buffer: CompletedFetch[];
  requests: ConsumerRequest[];
  /** By broker id: on links without latency a fruitless fetch is not repeated at the same moment for ever. */
  fetchNotBeforeUs: number[];
  /** By broker id: the fetch session with it (KIP-227). */
  fetchSessions: (FetchSessionState | undefined)[];
  arrived: readonly Arrived[];
  /** Thrown by the next poll(). */
  pendingError: string | null;

  // The application.
  /** Whether it stands inside poll(). */
  inPoll: boolean;
  work: readonly PolledSlice[];
  /** Position of the record under work in the first slice. */
  workAt: number;
  /** When that record is done; -1: none is under work. */
  doneAtUs: number;
  /** Stands still until then (consumer.pause); 0: it does not. */
  pausedUntilUs: number;
  /** What was left of the record under work when it was stopped. */
  remainingUs: number;
  /** null: no compressed batch has come yet. */
  unpacking: Unpacking | null;
  delivered: number;
  lastError: string | null;

  /** null: no group (assign without group.id). */
  membership: GroupMembership | null;
  /** What stands behind it; null exactly when `membership` is. */
  group: CoordinatorState | null;
  /** What a member with group.protocol=consumer remembers beside that; null for all others. */
  async: AsyncConsumerState | null;
}

function clonePartition(p: AssignedPartition): AssignedPartition {
  return {
    topic: p.topic,
    index: p.index,
    name: p.name,
    fetchState: p.fetchState,
    offset: p.offset,
    offsetEpoch: p.offsetEpoch,
    leader: p.leader,
    leaderEpoch: p.leaderEpoch,
    reset: p.reset,
    nextRetryUs: p.nextRetryUs,
    highWatermark: p.highWatermark,
    lastStableOffset: p.lastStableOffset,
    logStartOffset: p.logStartOffset,
    pendingRevocation: p.pendingRevocation,
  };
}

function cloneFetch(f: CompletedFetch): CompletedFetch {
  return {
    topic: f.topic,
    index: f.index,
    answer: f.answer,
    nextOffset: f.nextOffset,
    lastEpoch: f.lastEpoch,
    batchAt: f.batchAt,
    recordAt: f.recordAt,
    unpacked: f.unpacked,
    initialized: f.initialized,
  };
}

export function cloneConsumer(c: ConsumerState): ConsumerState {
  return {
    gen: c.gen,
    node: c.node,
    id: c.id,
    channel: c.channel,
    metadata: cloneMetadata(c.metadata),
    connectionSettings: c.connectionSettings,
    backoff: c.backoff,
    metadataMaxAgeUs: c.metadataMaxAgeUs,
    maxInFlight: c.maxInFlight,
    wakeUs: c.wakeUs,
    armedUs: c.armedUs.slice(),
    partitions: c.partitions.map(clonePartition),
    validatedVersion: c.validatedVersion,
    fetchNotBeforeUs: c.fetchNotBeforeUs.slice(),
    fetchSessions: c.fetchSessions.slice(),
    buffer: c.buffer.map(cloneFetch),
    requests: c.requests.slice(),
    arrived: c.arrived,
    pendingError: c.pendingError,
    inPoll: c.inPoll,
    work: c.work,
    workAt: c.workAt,
    doneAtUs: c.doneAtUs,
    pausedUntilUs: c.pausedUntilUs,
    remainingUs: c.remainingUs,
    joinUs: c.joinUs,
    source: c.source,
    share: c.share,
    processUs: c.processUs,
    processing: c.processing,
    commit: c.commit,
    acknowledge: c.acknowledge,
    config: c.config,
    settings: c.settings,
    everStarted: c.everStarted,
    idle: c.idle,
    unpacking: c.unpacking,
    delivered: c.delivered,
    lastError: c.lastError,
    membership: c.membership === null ? null : { ...c.membership },
    group: c.group === null ? null : cloneCoordinator(c.group),
    async: c.async === null ? null : lateAsync.cloneAsync(c.async),
  };
}
