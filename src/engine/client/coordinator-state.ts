/** What a consumer remembers as its group's client: discovery, joining, heartbeats, commits (AbstractCoordinator, ConsumerCoordinator). */
import type { Assignment, JoinGroupResponse } from '../../kafka/api/messages-group.ts';
import type { LastAssignment } from '../../kafka/assignor/assignor.ts';
import type { ConsumerState, PolledSlice } from './consumer-state.ts';

/** AbstractCoordinator.Generation, as it was when a request was sent. */
export interface SentGeneration {
  readonly generation: number;
  readonly memberId: string;
  readonly protocolName: string | null;
}

export interface CommitOffset {
  readonly topic: string;
  readonly index: number;
  readonly offset: number;
  readonly leaderEpoch: number;
}

/**
 * For whom a commit is made: `auto` the interval inside poll(), `prepare` the one before a rejoin, `async` commitAsync(), `sync`
 * commitSync() (close() makes one too).
 */
export type CommitWhy = 'auto' | 'prepare' | 'async' | 'sync';

/** What goes to a coordinator (and FindCoordinator, which goes to anybody). */
export type CoordinatorCall =
  | { readonly kind: 'find' }
  | { readonly kind: 'join' | 'sync-group' | 'heartbeat' | 'leave'; readonly sent: SentGeneration }
  | { readonly kind: 'commit'; readonly why: CommitWhy; readonly sent: SentGeneration; readonly serial: number }
  | { readonly kind: 'group-heartbeat'; readonly ignoreResponse: boolean }
  | { readonly kind: 'offset-commit'; readonly serial: number }
  | { readonly kind: 'committed'; readonly partitions: readonly { readonly topic: string; readonly index: number }[] };

/** A request that waits until the connection to the coordinator stands (Kafka: ConsumerNetworkClient's unsent). */
export interface UnsentCall {
  readonly call: CoordinatorCall;
  readonly apiKey: number;
  readonly body: unknown;
  readonly sizeBytes: number;
  readonly timeoutUs: number;
}

export interface JoinFailure {
  /** Simple name of the exception. */
  readonly exception: string;
  readonly retriable: boolean;
  /** Tried again without a pause. */
  readonly atOnce: boolean;
}

/** commitSync() in progress: the application's thread stands in it. */
export interface SyncCommit {
  readonly offsets: readonly CommitOffset[];
  readonly deadlineUs: number;
  attempts: number;
  notBeforeUs: number;
  inFlight: boolean;
  /** Of the request under way. */
  serial: number;
  /** 'done', or the exception it throws; null while it lasts. */
  outcome: string | null;
  /** Records that are processed only when the commit has succeeded (commit: before). */
  readonly held: readonly PolledSlice[];
}

/** What one assignor of a consumer remembers: it outlives generations and resets, and ends with the process. */
export interface AssignorMemory {
  /** What SyncGroup brought last under its name (onAssignment); null: nothing yet. */
  readonly last: LastAssignment | null;
  /** The highest generation that it met as its group's leader; -1: none. */
  readonly maxGeneration: number;
}

export interface CoordinatorState {
  /** The rebalance protocol that all of its assignors know: COOPERATIVE where they do, else EAGER. */
  readonly cooperative: boolean;
  /** By the assignor's name; replaced, never changed. */
  assignorMemory: ReadonlyMap<string, AssignorMemory>;

  // Discovery.
  findInFlight: boolean;
  findAttempts: number;
  findNotBeforeUs: number;
  /** Since when its connection stands; -1: it does not, or nobody is known. */
  spokenToUs: number;
  unsent: readonly UnsentCall[];

  // Joining.
  rejoinNeeded: boolean;
  rejoinReason: string;
  needsJoinPrepare: boolean;
  join: 'none' | 'joining' | 'electing' | 'syncing' | 'done' | 'failed';
  joinFailure: JoinFailure | null;
  joinNotBeforeUs: number;
  /** The leader waits for fresh metadata before it assigns. */
  elected: JoinGroupResponse | null;
  /** The metadata version that must be passed for that; -1: not looked yet. */
  electedVersion: number;
  assignment: Assignment | null;
  /** Topics of the subscription that JoinGroup was sent with; null before the first. */
  joinedTopics: readonly string[] | null;
  /** Sizes of the topics that it watches, now and when it assigned as leader; of which metadata version. */
  snapshot: string;
  snapshotVersion: number;
  assignedSnapshot: string | null;
  prepareDeadlineUs: number;
  prepare: 'none' | 'flying' | 'retry' | 'done';
  prepareNotBeforeUs: number;

  // The heartbeat thread.
  threadEnabled: boolean;
  /** Thrown by the next poll(). */
  threadFailure: string | null;
  nextHeartbeatUs: number;
  heartbeatAttempts: number;
  armedUs: readonly number[];
  lookupNotBeforeUs: number;

  // Offsets.
  fetchInFlight: boolean;
  fetchAttempts: number;
  fetchNotBeforeUs: number;
  /** Commits that wait for the coordinator to be found. */
  pendingCommits: readonly { readonly why: CommitWhy; readonly offsets: readonly CommitOffset[] }[];
  inFlightCommits: number;
  commitSerial: number;
  /** Serial of the commit whose answer the rejoin, the close or commitSync() waits for; -1: none. */
  prepareSerial: number;
  fenced: boolean;
  /** Exceptions that commitAsync()'s callback gets in the next poll() or commit. */
  callbacks: readonly string[];
  sync: SyncCommit | null;

  // The application's wishes, done between two polls.
  /** Offsets that the worker thread has finished; null: none. */
  commitDue: readonly CommitOffset[] | 'positions' | null;
  commitAsked: boolean;
  /** subscribe() is called with this between two polls; null: it is not. */
  subscribeDue: ConsumerState['source'] | null;
  closing: 'no' | 'asked' | 'committing' | 'leaving';
  closeDeadlineUs: number;
  /** config.set or consumer.join while it closes: a new process follows. */
  startAgain: boolean;
}

export function newCoordinatorState(nowUs: number, cooperative: boolean): CoordinatorState {
  return {
    cooperative,
    assignorMemory: new Map(),
    findInFlight: false,
    findAttempts: 0,
    findNotBeforeUs: 0,
    spokenToUs: -1,
    unsent: [],
    rejoinNeeded: true,
    rejoinReason: '',
    needsJoinPrepare: true,
    join: 'none',
    joinFailure: null,
    joinNotBeforeUs: 0,
    elected: null,
    electedVersion: -1,
    assignment: null,
    joinedTopics: null,
    snapshot: '',
    snapshotVersion: -1,
    assignedSnapshot: null,
    prepareDeadlineUs: -1,
    prepare: 'none',
    prepareNotBeforeUs: 0,
    threadEnabled: false,
    threadFailure: null,
    nextHeartbeatUs: nowUs,
    heartbeatAttempts: 0,
    armedUs: [],
    lookupNotBeforeUs: 0,
    fetchInFlight: false,
    fetchAttempts: 0,
    fetchNotBeforeUs: 0,
    pendingCommits: [],
    inFlightCommits: 0,
    commitSerial: 0,
    prepareSerial: -1,
    fenced: false,
    callbacks: [],
    sync: null,
    commitDue: null,
    commitAsked: false,
    subscribeDue: null,
    closing: 'no',
    closeDeadlineUs: 0,
    startAgain: false,
  };
}

export function cloneCoordinator(k: CoordinatorState): CoordinatorState {
  return {
    cooperative: k.cooperative,
    assignorMemory: k.assignorMemory,
    findInFlight: k.findInFlight,
    findAttempts: k.findAttempts,
    findNotBeforeUs: k.findNotBeforeUs,
    spokenToUs: k.spokenToUs,
    unsent: k.unsent,
    rejoinNeeded: k.rejoinNeeded,
    rejoinReason: k.rejoinReason,
    needsJoinPrepare: k.needsJoinPrepare,
    join: k.join,
    joinFailure: k.joinFailure,
    joinNotBeforeUs: k.joinNotBeforeUs,
    elected: k.elected,
    electedVersion: k.electedVersion,
    assignment: k.assignment,
    joinedTopics: k.joinedTopics,
    snapshot: k.snapshot,
    snapshotVersion: k.snapshotVersion,
    assignedSnapshot: k.assignedSnapshot,
    prepareDeadlineUs: k.prepareDeadlineUs,
    prepare: k.prepare,
    prepareNotBeforeUs: k.prepareNotBeforeUs,
    threadEnabled: k.threadEnabled,
    threadFailure: k.threadFailure,
    nextHeartbeatUs: k.nextHeartbeatUs,
    heartbeatAttempts: k.heartbeatAttempts,
    armedUs: k.armedUs,
    lookupNotBeforeUs: k.lookupNotBeforeUs,
    fetchInFlight: k.fetchInFlight,
    fetchAttempts: k.fetchAttempts,
    fetchNotBeforeUs: k.fetchNotBeforeUs,
    pendingCommits: k.pendingCommits,
    inFlightCommits: k.inFlightCommits,
    commitSerial: k.commitSerial,
    prepareSerial: k.prepareSerial,
    fenced: k.fenced,
    callbacks: k.callbacks,
    sync: k.sync === null ? null : { ...k.sync },
    commitDue: k.commitDue,
    commitAsked: k.commitAsked,
    subscribeDue: k.subscribeDue,
    closing: k.closing,
    closeDeadlineUs: k.closeDeadlineUs,
    startAgain: k.startAgain,
  };
}
