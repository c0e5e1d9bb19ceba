/**
 * What every client-side assignor gets and gives (Kafka: ConsumerPartitionAssignor, AbstractPartitionAssignor).
 *
 * What a client does with one:
 * - joining: `subscriptionUserData` makes the user data of that assignor's entry in JoinGroup, from what *this assignor* was
 *   handed last (`onAssignment`: the partitions and generation of the last SyncGroup whose protocol name was this one's; null
 *   before the first). Each assignor of a consumer has its own memory, and it outlives generations, resets and lost partitions.
 * - leading: `assign` gets from JoinGroup's answer, for each member, what its subscription holds as it came over the wire:
 *   topics, rackId, ownedPartitions, generationId (-1: none) and userData. What a leader must remember besides is one number,
 *   `maxGeneration` (AbstractStickyAssignor keeps the highest generation it ever saw; -1 at first).
 * - no assignor of Kafka's answers user data: what SyncGroup carries is null.
 * - partitions come back in Kafka's order; a client sorts them only where Kafka does.
 */
import { javaHashMapOrder } from '../hash/java-hash-map-order.ts';
import { javaStringHash } from '../hash/java-string-hash.ts';
import type { ReasoningStep } from './reasoning.ts';

export interface AssignedTo {
  readonly topic: string;
  readonly index: number;
}

export interface MemberSubscription {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly topics: readonly string[];
  /** client.rack; null: none. */
  readonly rackId: string | null;
  /** What it said it owns when it joined: nothing under the eager protocol. */
  readonly ownedPartitions: readonly AssignedTo[];
  /** The generation of that claim as the subscription's own field (version 2 and later) has it; -1: none. */
  readonly generationId: number;
  /** Hex, as the subscription carries it; null: none. */
  readonly userData: string | null;
}

export interface AssignableTopic {
  readonly name: string;
  /** For each partition the racks of its replicas (null where a broker has none); their number is the topic's size. */
  readonly partitionRacks: readonly (readonly (string | null)[])[];
}

export interface AssignOptions {
  /** The highest generation that this leader's assignor has met before; without it -1. */
  readonly maxGeneration?: number;
  /** Filled with why each partition went where it went, when given; see reasoning.ts. */
  readonly steps?: ReasoningStep[];
}

/** Members in the order of JoinGroup's answer; topics that metadata know. Every member gets a list, be it empty. */
export type Assign = (
  topics: readonly AssignableTopic[],
  members: readonly MemberSubscription[],
  options?: AssignOptions,
) => Map<string, AssignedTo[]>;

/** What a consumer was last handed under one assignor (onAssignment). */
export interface LastAssignment {
  readonly partitions: readonly AssignedTo[];
  readonly generation: number;
}

export interface Assignor {
  /** As JoinGroup names it. */
  readonly name: string;
  /** Rebalance protocols it can follow (Kafka: supportedProtocols). */
  readonly protocols: readonly ('EAGER' | 'COOPERATIVE')[];
  readonly assign: Assign;
  /** Hex or null. Only the sticky ones send any. */
  readonly subscriptionUserData: (last: LastAssignment | null) => string | null;
  /** What `maxGeneration` is after an assignment of these members; the same number for assignors that do not look at it. */
  readonly maxGeneration: (members: readonly MemberSubscription[], before: number) => number;
}

/**
 * Kafka's assignor itself throws here (IllegalStateException, NullPointerException): claims of partitions that no longer exist can
 * upset the sticky ones. The leader's poll() throws it at the application.
 */
export class AssignorException extends Error {
  override readonly name = 'AssignorException';
}

/** For assignors without a memory. */
export const FORGETFUL = {
  subscriptionUserData: () => null,
  maxGeneration: (_: readonly MemberSubscription[], before: number) => before,
} as const satisfies Partial<Assignor>;

/** MemberInfo.compareTo: static members first, by their instance id, then the others by member id. */
export function compareMembers(a: MemberSubscription, b: MemberSubscription): number {
  const left = a.groupInstanceId;
  const right = b.groupInstanceId;
  if (left !== null && right !== null) return compareText(left, right);
  if (left !== null) return -1;
  if (right !== null) return 1;
  return compareText(a.memberId, b.memberId);
}

/** String.compareTo: by UTF-16 code units. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The topics that somebody subscribes to and metadata know, in the order in which Kafka's HashMaps hand them out. */
export function subscribedTopics(
  topics: readonly AssignableTopic[],
  members: readonly MemberSubscription[],
): AssignableTopic[] {
  const byId = new Map(members.map((m) => [m.memberId, m]));
  const memberOrder = javaHashMapOrder([...byId.keys()], javaStringHash);
  const wanted = memberOrder.flatMap((id) => byId.get(id)?.topics ?? []);
  const known = new Map(topics.filter((t) => t.partitionRacks.length > 0).map((t) => [t.name, t]));
  const named = javaHashMapOrder(wanted, javaStringHash);
  return javaHashMapOrder(
    named.filter((name) => known.has(name)),
    javaStringHash,
  ).map((name) => known.get(name) as AssignableTopic);
}
