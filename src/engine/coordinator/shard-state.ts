/**
 * What one broker holds for one partition of __consumer_offsets that it leads (Kafka: CoordinatorRuntime.CoordinatorContext with its
 * GroupCoordinatorShard): groups, offsets, answers that wait until their records are committed. It lives in the broker's process
 * and is rebuilt from the log. The entity that is copied on write is the shard, with all its groups.
 */
import type { Assignment, Subscription } from '../../kafka/api/messages-group.ts';
import type { Owned } from '../kernel/world.ts';
import type { Message } from '../net/message.ts';
import { lateModern } from '../slots.ts';
import type { ConsumerGroup } from './modern/consumer-group.ts';

export type ClassicGroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' | 'Dead';

/** A protocol that a member can speak (an assignor of its client), with what it said under it. */
export interface MemberProtocol {
  readonly name: string;
  readonly metadata: Subscription;
}

/** Kafka: ClassicGroupMember. */
export interface ClassicGroupMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  protocols: readonly MemberProtocol[];
  /** Null: nothing was assigned in this generation. */
  assignment: Assignment | null;
  awaitingJoin: Message | null;
  awaitingSync: Message | null;
  /** It joins for the first time and has had no answer yet. */
  isNew: boolean;
  /** The end of its session, and when that was last moved. */
  sessionEndsUs: number;
  lastContactUs: number;
}

export interface CommittedOffset {
  readonly topic: string;
  readonly index: number;
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly metadata: string;
  readonly commitTimestampMs: number;
  /** -1: none. */
  readonly expireTimestampMs: number;
  readonly topicId: number;
  /** Where its record stands in the log. */
  readonly recordOffset: number;
  /** What held before, as long as this one is not below the high watermark. */
  readonly before: CommittedOffset | null;
}

/** The wait for members: the initial delay of a group that was Empty, or for those who have to rejoin. */
export interface JoinTimer {
  readonly kind: 'initial' | 'rejoin';
  readonly startUs: number;
  readonly deadlineUs: number;
  readonly delayMs: number;
  readonly remainingMs: number;
}

/** Kafka: ClassicGroup. */
export interface ClassicGroup {
  readonly groupId: string;
  state: ClassicGroupState;
  previousState: ClassicGroupState;
  /** As Kafka stores it; -1: an old record without it. */
  stateTimestampMs: number;
  sinceUs: number;
  generation: number;
  /** Null: it only stores offsets (a consumer with assign). */
  protocolType: string | null;
  protocolName: string | null;
  leader: string | null;
  /** In the order of joining. */
  members: ClassicGroupMember[];
  /** Member ids that were handed out and have not come back yet. */
  pendingJoin: { readonly memberId: string; readonly clientId: string; readonly endsUs: number }[];
  pendingSync: string[];
  newMemberAdded: boolean;
  /** Null: not known. */
  subscribedTopics: readonly string[] | null;
  joinTimer: JoinTimer | null;
  /** The wait for SyncGroup; 0: none. */
  syncStartUs: number;
  syncEndsUs: number;
  /** When the rebalance under way began; -1: none is. */
  rebalanceSinceUs: number;
  /** By "topic-partition". */
  offsets: Map<string, CommittedOffset>;
}

/** What happens once the records of a write are committed (or were not in time). */
export type Deferred = { readonly requiredOffset: number; readonly deadlineUs: number } & (
  | { readonly kind: 'answer'; readonly request: Message; readonly body: unknown; readonly sizeBytes: number }
  | {
      readonly kind: 'assignment';
      readonly groupId: string;
      readonly generation: number;
      readonly memberId: string;
      readonly assignments: ReadonlyMap<string, Assignment>;
    }
  | {
      readonly kind: 'static-member';
      readonly groupId: string;
      readonly memberId: string;
      /** What the instance was, for the case that the new one cannot be stored. */
      readonly before: Pick<ClassicGroupMember, 'protocols' | 'rebalanceTimeoutMs' | 'sessionTimeoutMs'> & {
        readonly oldMemberId: string;
      };
    }
  | { readonly kind: 'group'; readonly groupId: string }
);

export interface CoordinatorShard extends Owned {
  readonly broker: number;
  /** Dense index of its partition of __consumer_offsets. */
  readonly partition: number;
  state: 'loading' | 'active';
  /** Leader epoch under which it was elected. */
  epoch: number;
  sinceUs: number;
  /** When the loading ends; 0: it has. */
  loadEndsUs: number;
  lastWrittenOffset: number;
  committedOffset: number;
  /** In the order of their offsets. */
  deferred: Deferred[];
  groups: ClassicGroup[];
  /** Groups of the new protocol (KIP-848); an id stands in one of the two lists. */
  consumerGroups: ConsumerGroup[];
  /** Of the metadata it has seen: the newest topic, and the offset of the image that brought it. */
  newestTopicId: number;
  newTopicsAt: number;
  /** Next look for expired offsets; 0: not running. */
  expirationUs: number;
  /** When the pending timer event fires; 0: none. */
  timerArmedUs: number;
}

function cloneGroup(g: ClassicGroup): ClassicGroup {
  return {
    ...g,
    members: g.members.map((m) => ({ ...m })),
    pendingJoin: g.pendingJoin.slice(),
    pendingSync: g.pendingSync.slice(),
    offsets: new Map(g.offsets),
  };
}

export function cloneShard(s: CoordinatorShard): CoordinatorShard {
  return {
    ...s,
    deferred: s.deferred.slice(),
    groups: s.groups.map(cloneGroup),
    consumerGroups: s.consumerGroups.map((g) => lateModern.cloneConsumerGroup(g)),
  };
}
