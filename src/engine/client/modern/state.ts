/** What a consumer with group.protocol=consumer remembers beside its membership (Kafka: the request managers of AsyncKafkaConsumer). */
import type { TopicPartitions } from '../../../kafka/api/messages-consumer-group.ts';
import type { GroupConsumer } from '../abstract-coordinator.ts';
import { NEVER } from '../client-network.ts';
import type { ConsumerState, PolledSlice } from '../consumer-state.ts';
import type { CommitOffset } from '../coordinator-state.ts';

/** AbstractMembershipManager.LocalAssignment: its epoch counts changes on this member alone; -1: none at all. */
export interface LocalAssignment {
  readonly localEpoch: number;
  /** By topic id, ascending. */
  readonly partitions: readonly TopicPartitions[];
}

export const NO_ASSIGNMENT: LocalAssignment = { localEpoch: -1, partitions: [] };

/** HeartbeatState.SentFields: what the coordinator has been told; null and -1: nothing since the last failure. */
export interface SentFields {
  readonly rebalanceTimeoutMs: number;
  readonly subscribedTopicNames: readonly string[] | null;
  readonly regex: string | null;
  readonly serverAssignor: string | null;
  readonly assignment: LocalAssignment | null;
}

export const NOTHING_SENT: SentFields = {
  rebalanceTimeoutMs: -1,
  subscribedTopicNames: null,
  regex: null,
  serverAssignor: null,
  assignment: null,
};

/** A partition by its name: "orders-0". */
export interface Named {
  readonly topic: string;
  readonly index: number;
  readonly name: string;
}

/** One reconciliation: commit, onPartitionsRevoked, onPartitionsAssigned, acknowledge (rule 105). */
export interface Reconciliation {
  /** Tells events of this one from those of one that was given up. */
  readonly serial: number;
  readonly resolved: LocalAssignment;
  /** Sorted by topic and number. */
  readonly all: readonly Named[];
  readonly revoked: readonly string[];
  readonly added: readonly string[];
}

/** What goes on when a callback has returned. */
export type AfterCallback = 'reconcile' | 'fenced' | 'stale' | 'fatal' | 'leave';

/** What the background thread leaves for the application, which looks inside poll() (Kafka: BackgroundEvent). */
export type BackgroundEvent =
  | {
      readonly kind: 'removed';
      readonly how: 'revoked' | 'lost';
      readonly partitions: readonly string[];
      readonly after: AfterCallback;
      readonly reconciliation: number;
    }
  | { readonly kind: 'assigned'; readonly reconciliation: number }
  | { readonly kind: 'error'; readonly exception: string; readonly message: string };

/** `rebalance`: before a reconciliation; the others as in `CommitWhy`. */
export type AsyncCommitWhy = 'auto' | 'rebalance' | 'async' | 'sync';

/** CommitRequestManager.OffsetCommitRequestState. Replaced, never changed. */
export interface CommitRequest {
  readonly serial: number;
  readonly why: AsyncCommitWhy;
  readonly offsets: readonly CommitOffset[];
  readonly deadlineUs: number;
  readonly attempts: number;
  readonly notBeforeUs: number;
  readonly flying: boolean;
}

/** commitSync(): the application's thread stands in it. Replaced, never changed. */
export interface SyncWait {
  readonly serial: number;
  readonly deadlineUs: number;
  /** 'done', or the exception that it throws; null while it lasts. */
  readonly outcome: string | null;
  /** Records that are processed only when the commit has succeeded (commit: before). */
  readonly held: readonly PolledSlice[];
}

export interface AsyncConsumerState {
  // ConsumerMembershipManager.
  /** As heartbeats carry it: 0 joins, -1 and -2 leave. */
  memberEpoch: number;
  current: LocalAssignment;
  target: LocalAssignment;
  /** Names of assigned topics that metadata may have forgotten meanwhile. */
  topicNames: ReadonlyMap<number, string>;
  reconciliation: Reconciliation | null;
  reconciliations: number;
  rejoinedWhileReconciling: boolean;
  /** subscribe() was called and no poll() since. */
  subscriptionUpdated: boolean;
  isPollTimerExpired: boolean;
  /** A stale member's onPartitionsLost has returned. */
  staleReleased: boolean;
  rejoinWhenReleased: boolean;
  /** Somebody waits for the leave heartbeat's answer (close). */
  leaveInProgress: boolean;
  /** The pattern that the coordinator resolves (RE2/J); null: topics by name. */
  regex: string | null;

  // ConsumerHeartbeatRequestManager.
  heartbeatInFlight: boolean;
  /** From the last answer; 0 before the first. */
  heartbeatIntervalMs: number;
  /** When its timer runs out, and when its back-off does. */
  heartbeatDueUs: number;
  heartbeatNotBeforeUs: number;
  heartbeatAttempts: number;
  sent: SentFields;

  // CommitRequestManager. Epoch -1 and id '' outside of the group.
  commitEpoch: number;
  commitMemberId: string;
  commits: readonly CommitRequest[];
  autoCommitInFlight: boolean;

  // The application's thread.
  events: readonly BackgroundEvent[];
  sync: SyncWait | null;
  /** When poll() was entered: it posts an event each POLL_TIMEOUT_US from then on, as long as anything waits for one. */
  pollEnteredUs: number;
  /** NEVER: nothing does. */
  passDueUs: number;
  /** Positions are looked up, then fetches sent, for the last poll event. */
  positionsDue: boolean;
  closing: 'no' | 'committing' | 'leaving' | 'draining';
}

export function newAsyncState(nowUs: number): AsyncConsumerState {
  return {
    memberEpoch: 0,
    current: NO_ASSIGNMENT,
    target: NO_ASSIGNMENT,
    topicNames: new Map(),
    reconciliation: null,
    reconciliations: 0,
    rejoinedWhileReconciling: false,
    subscriptionUpdated: false,
    isPollTimerExpired: false,
    staleReleased: false,
    rejoinWhenReleased: false,
    leaveInProgress: false,
    regex: null,
    heartbeatInFlight: false,
    heartbeatIntervalMs: 0,
    heartbeatDueUs: nowUs,
    heartbeatNotBeforeUs: nowUs,
    heartbeatAttempts: 0,
    sent: NOTHING_SENT,
    commitEpoch: -1,
    commitMemberId: '',
    commits: [],
    autoCommitInFlight: false,
    events: [],
    sync: null,
    pollEnteredUs: 0,
    passDueUs: NEVER,
    positionsDue: false,
    closing: 'no',
  };
}

export function cloneAsync(a: AsyncConsumerState): AsyncConsumerState {
  return {
    memberEpoch: a.memberEpoch,
    current: a.current,
    target: a.target,
    topicNames: a.topicNames,
    reconciliation: a.reconciliation,
    reconciliations: a.reconciliations,
    rejoinedWhileReconciling: a.rejoinedWhileReconciling,
    subscriptionUpdated: a.subscriptionUpdated,
    isPollTimerExpired: a.isPollTimerExpired,
    staleReleased: a.staleReleased,
    rejoinWhenReleased: a.rejoinWhenReleased,
    leaveInProgress: a.leaveInProgress,
    regex: a.regex,
    heartbeatInFlight: a.heartbeatInFlight,
    heartbeatIntervalMs: a.heartbeatIntervalMs,
    heartbeatDueUs: a.heartbeatDueUs,
    heartbeatNotBeforeUs: a.heartbeatNotBeforeUs,
    heartbeatAttempts: a.heartbeatAttempts,
    sent: a.sent,
    commitEpoch: a.commitEpoch,
    commitMemberId: a.commitMemberId,
    commits: a.commits,
    autoCommitInFlight: a.autoCommitInFlight,
    events: a.events,
    sync: a.sync,
    pollEnteredUs: a.pollEnteredUs,
    passDueUs: a.passDueUs,
    positionsDue: a.positionsDue,
    closing: a.closing,
  };
}

/** What the functions of this folder are called for. */
export type AsyncConsumer = GroupConsumer & { async: AsyncConsumerState };

export function isAsync(c: ConsumerState): c is AsyncConsumer {
  return c.async !== null;
}
