/** What the page sees of share groups (KIP-932): a part of `frame-groups.ts` and `frame.ts`, which hand these types on. */

/** Kafka: RecordState. */
export type ShareRecordState = 'available' | 'acquired' | 'acknowledged' | 'archived';

/** How a partition's leader stands with a share group's records; counts are of records at or above the start offset. */
export interface SharePartitionView {
  /** Everything below is done with. -1: its leader has not read its state yet. */
  readonly startOffset: number;
  /** In the hands of members, with a lock. */
  readonly acquired: number;
  /** May be acquired again: released, or their locks ran out. */
  readonly available: number;
  readonly acknowledged: number;
  readonly archived: number;
  /** All of them, up to share.partition.max.record.locks. */
  readonly inFlight: number;
  /** The members that read it, in the scenario's order: there may be many. */
  readonly members: readonly string[];
}

/** One record in flight. */
export interface ShareRecordDetail {
  readonly offset: number;
  readonly state: ShareRecordState;
  readonly deliveryCount: number;
  /** Who has acquired it; null: nobody has. */
  readonly consumer: string | null;
  /** When its lock ends; null: there is none. */
  readonly lockEndsUs: number | null;
  /** Its acknowledgement is on the way to the share coordinator and holds when it is written. */
  readonly writing: boolean;
}

/** One completion by an application. */
export interface ShareCompletion {
  readonly atUs: number;
  readonly consumer: string;
  readonly offset: number;
  readonly deliveryCount: number;
  readonly verdict: 'accept' | 'release' | 'reject' | null;
}

/** One partition of a selected share group. */
export interface SharePartitionDetail {
  readonly partition: string;
  /** -1: none. */
  readonly leader: number;
  /** What keeps its state: "__share_group_state-23" and that partition's leader (-1: none). */
  readonly statePartition: string;
  readonly shareCoordinator: number;
  readonly stateEpoch: number;
  readonly startOffset: number;
  /** The next offset that nobody has acquired yet. */
  readonly nextOffset: number;
  /** The first of those in flight, ascending. */
  readonly records: readonly ShareRecordDetail[];
  /** How many more are in flight. */
  readonly more: number;
  /** Newest first. */
  readonly completions: readonly ShareCompletion[];
  readonly accepted: number;
  readonly released: number;
  readonly rejected: number;
  readonly lockTimeouts: number;
  readonly givenUp: number;
}

export interface ShareGroupDetail {
  readonly deliveryCountLimit: number;
  readonly recordLockUs: number;
  readonly maxRecordLocks: number;
  readonly partitions: readonly SharePartitionDetail[];
}
