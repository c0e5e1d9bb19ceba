/** The selected group in depth: a part of `frame.ts`, which hands these types on. Only made while a group's State tab is looked at. */
import type { StoryMoment } from './frame.ts';

/** Rule 60: how a group's partition of __consumer_offsets is found. */
export interface CoordinatorChoice {
  readonly topic: string;
  /** Java's hashCode of the group id: a signed 32-bit number. */
  readonly hash: number;
  readonly abs: number;
  /** offsets.topic.num.partitions. */
  readonly partitions: number;
  readonly partition: number;
  /** "__consumer_offsets-17". */
  readonly name: string;
  /** The topic is made with the first member: false before that. */
  readonly exists: boolean;
}

/** Who led the group's partition, oldest first. */
export interface CoordinatorTerm {
  /** -1: nobody. */
  readonly broker: number;
  /** -1: since the topic was made. */
  readonly fromUs: number;
  /** null: to this moment. */
  readonly untilUs: number | null;
  /** When it had read the partition's log and knew the group; null: it made the group itself, or never came so far. */
  readonly loadedUs: number | null;
}

/** How long a group was in a state, all in all. */
export interface GroupStateTime {
  readonly state: string;
  readonly totalUs: number;
  readonly times: number;
  /** It is in it now. */
  readonly now: boolean;
}

/** What the coordinator holds of a member beside what the frame says of it (GroupMemberView). */
export interface GroupMemberDetail {
  readonly consumer: string;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  /** What it waits for at the coordinator. */
  readonly waits: 'join' | 'sync' | null;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly maxPollIntervalMs: number;
  /** Assignors that it can speak, its first choice first. */
  readonly protocols: readonly string[];
  /** As the coordinator gave it out; null: it does not know the member, or gave nothing yet. */
  readonly assigned: readonly string[] | null;
  /** Rule 102, as the coordinator has it: STABLE, UNREVOKED_PARTITIONS, UNRELEASED_PARTITIONS; null under the classic protocol. */
  readonly brokerState: string | null;
  /** What it shall have in the end, and what it has yet to give up; null under the classic protocol. */
  readonly target: readonly string[] | null;
  readonly revoking: readonly string[];
}

export interface CommittedDetail {
  readonly partition: string;
  /** -1: none. */
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly metadata: string;
  /** Virtual time of the commit; -1: none. */
  readonly committedUs: number;
  /** Where its record stands in the coordinator's log; -1: none. */
  readonly recordOffset: number;
  readonly hw: number;
}

/** What was processed twice, or committed and never processed: a run of records with the same reason. */
export interface ReadFault {
  readonly kind: 'again' | 'skipped' | 'in-hands';
  readonly partition: string;
  readonly fromOffset: number;
  /** Not included. */
  readonly toOffset: number;
  readonly count: number;
  /** Ledger id of the first. */
  readonly record: number;
  readonly atUs: number;
  /** Why, first cause first. */
  readonly chain: readonly StoryMoment[];
}

/** Writes so far: one record a partition now, one node a partition then. */
export interface OffsetWrites {
  /** OffsetCommit requests that were stored. */
  readonly commits: number;
  /** Offsets in them: records of __consumer_offsets, or nodes that ZooKeeper would have had to change. */
  readonly offsets: number;
  /** Bytes of one such record in the log, as the newest of them. */
  readonly recordBytes: number;
}

export interface GroupDetail {
  readonly choice: CoordinatorChoice;
  readonly coordinators: readonly CoordinatorTerm[];
  readonly states: readonly GroupStateTime[];
  readonly members: readonly GroupMemberDetail[];
  readonly offsets: readonly CommittedDetail[];
  readonly writes: OffsetWrites;
  readonly faults: readonly ReadFault[];
}
