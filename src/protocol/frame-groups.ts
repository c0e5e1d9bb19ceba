/** What the page sees of consumer groups: a part of `frame.ts`, which hands these types on. */
import type { ProcessState } from './frame.ts';
import type { SharePartitionView } from './share-detail.ts';

/** A member of a group, as the consumer itself knows it; what the coordinator knows stands beside it. */
export interface GroupMemberView {
  readonly consumer: string;
  /** As the coordinator handed it out; '' before that. */
  readonly memberId: string;
  readonly process: ProcessState;
  /** The client's own state (Kafka: MemberState): `unjoined` also when it was thrown out and does not know yet who it is. */
  readonly state:
    | 'unjoined'
    | 'preparing'
    | 'completing'
    | 'stable'
    | 'left'
    // group.protocol=consumer:
    | 'unsubscribed'
    | 'joining'
    | 'reconciling'
    | 'acknowledging'
    | 'fenced'
    | 'prepare-leaving'
    | 'leaving'
    | 'fatal'
    | 'stale';
  readonly generation: number;
  readonly leader: boolean;
  /** Partitions between its onAssigned and its onRevoked or onLost. */
  readonly owned: readonly string[];
  /** At the coordinator; null while it does not know the member. */
  readonly lastHeartbeatUs: number | null;
  readonly sessionEndsUs: number | null;
  /** When max.poll.interval.ms ends unless it polls; null while it polls all the time. */
  readonly pollEndsUs: number | null;
  readonly lastError: string | null;
}

/** One partition that a group reads. */
export interface GroupPartitionView {
  readonly partition: string;
  /** The living member that holds it; null: nobody reads it. */
  readonly owner: string | null;
  /** Who shall have it in the end, while somebody else (or nobody) holds it: the target of a consumer group (KIP-848). Absent: nobody else. */
  readonly next?: string;
  /** Since when it is held (or not held). */
  readonly sinceUs: number;
  /** Next offset the owner will hand to its application; -1: not known. */
  readonly position: number;
  /** -1: nothing is committed. */
  readonly committed: number;
  /** Highest offset + 1 that the group has processed without a gap below it; -1: none. */
  readonly processed: number;
  readonly hw: number;
  /** High watermark minus what is committed (minus the position or the log start while nothing is). */
  readonly lag: number;
  readonly parkedUntilUs: number | null;
  /** Only of a share group, whose partitions are read by many. */
  readonly share?: SharePartitionView;
}

export interface GroupView {
  readonly id: string;
  readonly protocol: 'classic' | 'consumer' | 'share';
  /** Kafka's name: Empty, PreparingRebalance, CompletingRebalance, Stable, Dead; '' before the coordinator knows it. */
  readonly state: string;
  readonly sinceUs: number;
  readonly generation: number;
  /** Broker id; -1 while nobody coordinates. */
  readonly coordinator: number;
  /** "__consumer_offsets-17". */
  readonly coordinatorPartition: string;
  /** Name of the assignor, as chosen: "range". */
  readonly assignor: string | null;
  readonly topics: readonly string[];
  /** In the scenario's order of consumers. */
  readonly members: readonly GroupMemberView[];
  /** By topic in the order of WorldInfo, then by number. */
  readonly partitions: readonly GroupPartitionView[];
  /** While it rebalances: the moment at which the coordinator stops waiting; null otherwise. */
  readonly rebalanceEndsUs: number | null;
  readonly rebalances: number;
  readonly processed: number;
  readonly skipped: number;
  readonly reprocessed: number;
}
