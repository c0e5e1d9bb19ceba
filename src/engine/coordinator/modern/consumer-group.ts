/**
 * A group of the new protocol by itself (KIP-848; Kafka: ModernGroup, ConsumerGroup, ConsumerGroupMember), as plain data. Its hard
 * state changes only by records (replay.ts), so that a coordinator that takes over comes to the same; timers and what observers
 * count are soft. Members, targets and sets of partitions are never changed in place: a change puts a new one.
 */
import type { MemberAssignment, SubscriptionType } from '../../../kafka/assignor/server/server-assignor.ts';
import { javaHashMapOrder } from '../../../kafka/hash/java-hash-map-order.ts';
import { javaStringHash } from '../../../kafka/hash/java-string-hash.ts';
import type { ClassicMemberMetadata } from '../../../kafka/records/consumer-group-records.ts';
import type { CommittedOffset } from '../shard-state.ts';

export type ConsumerGroupState = 'Empty' | 'Assigning' | 'Reconciling' | 'Stable' | 'Dead';
/** Rule 102. UNKNOWN: a state that a later coordinator wrote. */
export type ModernMemberState = 'STABLE' | 'UNREVOKED_PARTITIONS' | 'UNRELEASED_PARTITIONS' | 'UNKNOWN';

/** Partitions and the epochs at which they were assigned, by topic id. */
export type AssignedPartitions = ReadonlyMap<number, ReadonlyMap<number, number>>;

export const NO_PARTITIONS: AssignedPartitions = new Map();
export const NO_TARGET: MemberAssignment = new Map();

export interface ConsumerGroupMember {
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly previousMemberEpoch: number;
  readonly state: ModernMemberState;
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly rebalanceTimeoutMs: number;
  readonly clientId: string;
  readonly clientHost: string;
  /** Sorted, each once. */
  readonly subscribedTopicNames: readonly string[];
  /** '': none. */
  readonly subscribedTopicRegex: string;
  readonly serverAssignorName: string | null;
  readonly assignedPartitions: AssignedPartitions;
  readonly partitionsPendingRevocation: AssignedPartitions;
  /** Not null: it speaks the classic protocol, and this group serves it (rule 108's migration). */
  readonly classicMemberMetadata: ClassicMemberMetadata | null;
}

export interface ResolvedRegex {
  /** Sorted. */
  readonly topics: readonly string[];
  /** Offset of the metadata image that it was looked up in. */
  readonly version: number;
  readonly timestampMs: number;
}

/** How many members name a topic, and how many patterns match it. */
export interface SubscriptionCount {
  readonly names: number;
  readonly regexes: number;
}

/** What the coordinator waits for from one member; 0: no such timer. */
export interface MemberTimers {
  readonly lastContactUs: number;
  readonly sessionEndsUs: number;
  /** Rule 73: runs only while the member has to give partitions up. */
  readonly rebalanceStartUs: number;
  readonly rebalanceEndsUs: number;
  /** The epoch that it has to leave by then. */
  readonly rebalanceEpoch: number;
  /** Members of the classic protocol: to join again, to sync. */
  readonly joinEndsUs: number;
  readonly syncEndsUs: number;
}

export const NO_TIMERS: MemberTimers = {
  lastContactUs: 0,
  sessionEndsUs: 0,
  rebalanceStartUs: 0,
  rebalanceEndsUs: 0,
  rebalanceEpoch: -1,
  joinEndsUs: 0,
  syncEndsUs: 0,
};

/** A member's epochs whose records may still be lost: what a reader of committed state sees. */
export interface EpochAt {
  readonly epoch: number;
  /** Where its record stands in the log. */
  readonly recordOffset: number;
}

export interface ConsumerGroup {
  readonly groupId: string;
  state: ConsumerGroupState;
  sinceUs: number;
  /** Counts the changes that ask for another assignment. */
  groupEpoch: number;
  metadataHash: number;
  /** The group epoch that the target was computed for; smaller than groupEpoch while one is due. */
  assignmentEpoch: number;
  /** When it was computed (rule 103); 0: not known. */
  assignmentTimestampMs: number;
  /** In the order of joining. */
  members: Map<string, ConsumerGroupMember>;
  /** Member id -> target, topics and partitions in the order of the record. */
  targetAssignment: Map<string, MemberAssignment>;
  /** Instance id -> member id. */
  staticMembers: Map<string, string>;
  serverAssignors: Map<string, number>;
  classicProtocolMembers: number;
  classicProtocols: Map<string, number>;
  /** The epoch of whoever holds a partition, by `partitionKey`; absent: it is free. */
  partitionEpochs: Map<number, number>;
  subscribedTopics: Map<string, SubscriptionCount>;
  regexes: Map<string, number>;
  resolvedRegexes: Map<string, ResolvedRegex>;
  subscriptionMetadataRecord: boolean;
  offsets: Map<string, CommittedOffset>;

  // Soft state.
  timers: Map<string, MemberTimers>;
  epochs: Map<string, readonly EpochAt[]>;
  /** The metadata that its topics were last compared with: an image's offset; -1: look again. */
  metadataCheckedAt: number;
  /** A look-up of patterns under way: what it finds, and when it is there. */
  regexRefresh: { readonly dueUs: number; readonly found: ReadonlyMap<string, ResolvedRegex> } | null;
  /** The assignor that computed the last target. */
  assignor: string | null;
  /** When it last left Stable; -1: it is Stable or Empty. */
  rebalanceSinceUs: number;
  /** The last epoch in which all members had what they should; an epoch of 1 asks for nothing. */
  stableEpoch: number;
}

export function newConsumerGroup(groupId: string, nowUs: number): ConsumerGroup {
  return {
    groupId,
    state: 'Empty',
    sinceUs: nowUs,
    groupEpoch: 1,
    metadataHash: 0,
    assignmentEpoch: 1,
    assignmentTimestampMs: 0,
    members: new Map(),
    targetAssignment: new Map(),
    staticMembers: new Map(),
    serverAssignors: new Map(),
    classicProtocolMembers: 0,
    classicProtocols: new Map(),
    partitionEpochs: new Map(),
    subscribedTopics: new Map(),
    regexes: new Map(),
    resolvedRegexes: new Map(),
    subscriptionMetadataRecord: false,
    offsets: new Map(),
    timers: new Map(),
    epochs: new Map(),
    metadataCheckedAt: -1,
    regexRefresh: null,
    assignor: null,
    rebalanceSinceUs: -1,
    stableEpoch: 1,
  };
}

export function cloneConsumerGroup(g: ConsumerGroup): ConsumerGroup {
  return {
    groupId: g.groupId,
    state: g.state,
    sinceUs: g.sinceUs,
    groupEpoch: g.groupEpoch,
    metadataHash: g.metadataHash,
    assignmentEpoch: g.assignmentEpoch,
    assignmentTimestampMs: g.assignmentTimestampMs,
    members: new Map(g.members),
    targetAssignment: new Map(g.targetAssignment),
    staticMembers: new Map(g.staticMembers),
    serverAssignors: new Map(g.serverAssignors),
    classicProtocolMembers: g.classicProtocolMembers,
    classicProtocols: new Map(g.classicProtocols),
    partitionEpochs: new Map(g.partitionEpochs),
    subscribedTopics: new Map(g.subscribedTopics),
    regexes: new Map(g.regexes),
    resolvedRegexes: new Map(g.resolvedRegexes),
    subscriptionMetadataRecord: g.subscriptionMetadataRecord,
    offsets: new Map(g.offsets),
    timers: new Map(g.timers),
    epochs: new Map(g.epochs),
    metadataCheckedAt: g.metadataCheckedAt,
    regexRefresh: g.regexRefresh,
    assignor: g.assignor,
    rebalanceSinceUs: g.rebalanceSinceUs,
    stableEpoch: g.stableEpoch,
  };
}

export function newMember(memberId: string): ConsumerGroupMember {
  return {
    memberId,
    memberEpoch: 0,
    previousMemberEpoch: -1,
    state: 'STABLE',
    instanceId: null,
    rackId: null,
    rebalanceTimeoutMs: -1,
    clientId: '',
    clientHost: '',
    subscribedTopicNames: [],
    subscribedTopicRegex: '',
    serverAssignorName: null,
    assignedPartitions: NO_PARTITIONS,
    partitionsPendingRevocation: NO_PARTITIONS,
    classicMemberMetadata: null,
  };
}

export function usesClassicProtocol(m: ConsumerGroupMember): boolean {
  return m.classicMemberMetadata !== null;
}

export function staticMemberOf(g: ConsumerGroup, instanceId: string | null): ConsumerGroupMember | null {
  const memberId = instanceId === null ? undefined : g.staticMembers.get(instanceId);
  return memberId === undefined ? null : (g.members.get(memberId) ?? null);
}

export function isReconciledTo(m: ConsumerGroupMember, targetAssignmentEpoch: number): boolean {
  return m.state === 'STABLE' && m.memberEpoch === targetAssignmentEpoch;
}

/** What stands for a partition in `partitionEpochs`. */
export function partitionKey(topicId: number, partition: number): number {
  return topicId * 2_097_152 + partition;
}

export function currentPartitionEpoch(g: ConsumerGroup, topicId: number, partition: number): number {
  return g.partitionEpochs.get(partitionKey(topicId, partition)) ?? -1;
}

/** Rule 108: the assignor that most members ask for; the first in the order of a Java map among equals. */
export function preferredServerAssignor(counts: ReadonlyMap<string, number>): string | null {
  let preferred: string | null = null;
  let most = 0;
  for (const name of javaHashMapOrder([...counts.keys()], javaStringHash)) {
    const count = counts.get(name) as number;
    if (count > most) {
      preferred = name;
      most = count;
    }
  }
  return preferred;
}

/** Whether all members ask for the same topics (ConsumerGroup.subscriptionType). */
export function subscriptionType(
  regexes: ReadonlyMap<string, number>,
  topics: ReadonlyMap<string, SubscriptionCount>,
  members: number,
): SubscriptionType {
  const [count] = regexes.values();
  if (count !== undefined && count !== members) return 'heterogeneous';
  for (const topic of topics.values()) {
    const same = count === undefined ? topic.names === members : topic.regexes === 1 && topic.names === 0;
    if (!same) return 'heterogeneous';
  }
  return 'homogeneous';
}

export function samePartitions(a: AssignedPartitions, b: AssignedPartitions): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [topicId, epochs] of a) {
    const others = b.get(topicId);
    if (others === undefined || others.size !== epochs.size) return false;
    for (const [partition, epoch] of epochs) if (others.get(partition) !== epoch) return false;
  }
  return true;
}

export function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((name, i) => name === b[i]));
}

function sameClassic(a: ClassicMemberMetadata | null, b: ClassicMemberMetadata | null): boolean {
  return a === b || (a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b));
}

/** ConsumerGroupMember.equals. */
export function sameMember(a: ConsumerGroupMember, b: ConsumerGroupMember): boolean {
  return (
    a === b ||
    (a.memberId === b.memberId &&
      a.memberEpoch === b.memberEpoch &&
      a.previousMemberEpoch === b.previousMemberEpoch &&
      a.state === b.state &&
      a.instanceId === b.instanceId &&
      a.rackId === b.rackId &&
      a.rebalanceTimeoutMs === b.rebalanceTimeoutMs &&
      a.clientId === b.clientId &&
      a.clientHost === b.clientHost &&
      sameNames(a.subscribedTopicNames, b.subscribedTopicNames) &&
      a.subscribedTopicRegex === b.subscribedTopicRegex &&
      a.serverAssignorName === b.serverAssignorName &&
      sameClassic(a.classicMemberMetadata, b.classicMemberMetadata) &&
      samePartitions(a.assignedPartitions, b.assignedPartitions) &&
      samePartitions(a.partitionsPendingRevocation, b.partitionsPendingRevocation))
  );
}
