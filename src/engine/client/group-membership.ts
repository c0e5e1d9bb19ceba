/** What a consumer knows of itself as a member of its group (Kafka: AbstractCoordinator's generation, state and timers). */

/** `left`: it sent LeaveGroup (close, or max.poll.interval.ms ran out), or its process ended; it joins again from 'unjoined'. */
export type MemberState = 'unjoined' | 'preparing' | 'completing' | 'stable' | 'left' | ModernMemberState;

/** What group.protocol=consumer has beside `stable` and, once its process has ended, `left` (Kafka: MemberState). */
export type ModernMemberState =
  | 'unsubscribed'
  | 'joining'
  | 'reconciling'
  | 'acknowledging'
  | 'fenced'
  | 'prepare-leaving'
  | 'leaving'
  | 'fatal'
  | 'stale';

export interface GroupMembership {
  readonly groupId: string;
  readonly groupInstanceId: string | null;
  /** It assigns its partitions itself: it commits and fetches offsets in the group's name but never joins (rule 68). */
  readonly standalone: boolean;
  /** As the coordinator handed it out; '' before that and after it was lost. */
  memberId: string;
  /** -1: none. */
  generation: number;
  /** The assignor that the group chose: "range". */
  protocolName: string | null;
  state: MemberState;
  /** Leader of its present generation: it computes the assignment. */
  isLeader: boolean;
  /** Topics of its subscription: as written, or those that its pattern matches; what it asks of metadata and JoinGroup. */
  subscribed: readonly string[];
  /** Names of the partitions between onPartitionsAssigned and onPartitionsRevoked or onPartitionsLost, sorted by topic and number. */
  owned: readonly string[];
  /** Last call of poll(): max.poll.interval.ms runs from here. */
  lastPollUs: number;
  /** Last heartbeat (or join) sent, and the last answered one from which its own session timer runs. */
  heartbeatSentUs: number;
  sessionResetUs: number;
  /** Broker id, -1 while it is not known. */
  coordinator: number;
  /** When the next auto-commit is due; -1: there is none. */
  nextAutoCommitUs: number;
  /** Last exception of its group: simple name of Kafka's class. */
  lastError: string | null;
}

/** How a process begins: a member of nothing yet. */
export function newMembership(groupId: string, groupInstanceId: string | null, standalone: boolean): GroupMembership {
  return {
    groupId,
    groupInstanceId,
    standalone,
    memberId: '',
    generation: -1,
    protocolName: null,
    state: 'unjoined',
    isLeader: false,
    subscribed: [],
    owned: [],
    lastPollUs: 0,
    heartbeatSentUs: 0,
    sessionResetUs: 0,
    coordinator: -1,
    nextAutoCommitUs: -1,
    lastError: null,
  };
}
