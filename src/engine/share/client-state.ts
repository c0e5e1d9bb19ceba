/**
 * A share consumer's process beside what every consumer remembers (consumer-state.ts): its membership, its share sessions with brokers,
 * what it has acquired and how it acknowledges (Kafka: ShareConsumerImpl, ShareConsumeRequestManager, ShareMembershipManager,
 * ShareSessionHandler). Entries of lists are never changed in place.
 */
import type { FetchedBatch } from '../../kafka/api/messages.ts';
import type { ShareAssignedTopic, SharePartitionId } from '../../kafka/api/messages-share.ts';
import type { Owned } from '../kernel/world.ts';

/** Kafka: MemberState, as far as a share member has it. */
export type ShareMemberState =
  | 'UNSUBSCRIBED'
  | 'JOINING'
  | 'RECONCILING'
  | 'STABLE'
  | 'FENCED'
  | 'STALE'
  | 'LEAVING'
  | 'FATAL';

/** Offset -> acknowledge type, of one partition; ascending, each offset once. */
export interface PartitionAcks {
  readonly id: SharePartitionId;
  /** The broker that handed the records out. */
  readonly broker: number;
  readonly acks: readonly (readonly [offset: number, type: number])[];
}

/** One acquired record in the application's hands, or on the way there. */
export interface AcquiredRecord {
  readonly offset: number;
  readonly deliveryCount: number;
  /** null: an offset without a record (a gap). */
  readonly batch: FetchedBatch | null;
  /** Its place in the batch. */
  readonly at: number;
}

/** An answered share fetch of one partition that is not used up (Kafka: ShareCompletedFetch). */
export interface ShareCompletedFetch {
  readonly id: SharePartitionId;
  readonly broker: number;
  readonly records: readonly AcquiredRecord[];
  /** How many of them were handed over. */
  readonly used: number;
}

/** One record that poll() returned (Kafka: ShareInFlightBatch). */
export interface InFlightRecord {
  readonly id: SharePartitionId;
  readonly broker: number;
  readonly record: AcquiredRecord;
  /** null: not acknowledged yet. */
  readonly ack: number | null;
}

/** Kafka: ShareSessionHandler. */
export interface ShareSessionState {
  readonly broker: number;
  /** Of the next request; 0: a new session. */
  readonly epoch: number;
  readonly partitions: readonly SharePartitionId[];
}

export type AckCallKind = 'async' | 'sync' | 'close';

/** Acknowledgements that leave by ShareAcknowledge (Kafka: AcknowledgeRequestState). */
export interface AckCall {
  readonly kind: AckCallKind;
  readonly broker: number;
  readonly acks: readonly PartitionAcks[];
  readonly attempts: number;
  readonly notBeforeUs: number;
  readonly deadlineUs: number;
}

export type ShareRequest = {
  readonly connection: number;
  readonly correlationId: number;
  readonly broker: number;
} & (
  | { readonly kind: 'find' }
  | { readonly kind: 'heartbeat'; readonly memberEpoch: number }
  | { readonly kind: 'fetch'; readonly acks: readonly PartitionAcks[]; readonly epoch: number }
  | { readonly kind: 'acknowledge'; readonly call: AckCall }
);

export interface ShareClient extends Owned {
  readonly groupId: string;
  memberId: string;
  memberState: ShareMemberState;
  memberEpoch: number;
  assigned: readonly ShareAssignedTopic[];
  /** Partitions it fetches: those of its assignment whose names and ids its metadata knows, in the order of fetching. */
  partitions: readonly SharePartitionId[];

  coordinator: number;
  findInFlight: boolean;
  findAttempts: number;
  findNotBeforeUs: number;
  heartbeatInFlight: boolean;
  heartbeatIntervalUs: number;
  nextHeartbeatUs: number;
  heartbeatAttempts: number;
  heartbeatSentUs: number;
  /** What the last heartbeat said of the subscription; null: nothing yet. */
  subscriptionSent: readonly string[] | null;
  /** It has news to send with the next heartbeat, at once. */
  heartbeatNow: boolean;
  heartbeatNotBeforeUs: number;
  /** A heartbeat with epoch -1 is due. */
  leaveNow: boolean;
  /** Last call of poll(); -1: none yet. */
  lastPollUs: number;

  sessions: readonly ShareSessionState[];
  /** Acknowledgements that go with the next fetch. */
  acksWithFetch: readonly PartitionAcks[];
  ackCalls: readonly AckCall[];
  requests: readonly ShareRequest[];
  buffer: readonly ShareCompletedFetch[];
  /** Whether the background thread may fetch: from poll() until records arrive. */
  fetchMore: boolean;
  /** record_limit: the one broker that is asked for records now; -1: none. */
  fetchBroker: number;
  /** On links without latency a fruitless fetch is not repeated at the same moment for ever; by broker id. */
  fetchNotBeforeUs: readonly number[];

  /** What the last poll() returned and has not been acknowledged and taken. */
  current: readonly InFlightRecord[];
  /** Place of the record under work; equal to its length when all are done. */
  workAt: number;
  /** Acknowledgements that the present poll() has taken and not passed on. */
  acksTaken: readonly PartitionAcks[];
  /** The application stands in commitSync(). */
  commitSync: 'none' | 'waiting';
  commitAsked: boolean;
  /** commit=before: what is being processed is acknowledged already. */
  committedBefore: boolean;
  closing: 'no' | 'asked' | 'acknowledging' | 'leaving';
  closeDeadlineUs: number;
  startAgain: boolean;
  processed: number;
}

export function cloneShareClient(c: ShareClient): ShareClient {
  return { ...c };
}
