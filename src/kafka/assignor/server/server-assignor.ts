/**
 * What the group coordinator's own assignors get and give (Kafka: ConsumerGroupPartitionAssignor, ShareGroupPartitionAssignor,
 * GroupSpec, SubscribedTopicDescriber; KIP-848, KIP-932). They compute a group's target assignment.
 *
 * Topics are named by their Uuid in Kafka's base64 form, since Kafka's choices follow the hash codes of Uuids. Here a topic's Uuid
 * is its dense topicId in the low 64 bits (as the records of __consumer_offsets have it): `topicUuid` and `topicIdOfUuid` of
 * kafka/hash/uuid.ts translate.
 *
 * What a coordinator does with one:
 * - `members` in the order in which Kafka puts them into its HashMap (TargetAssignmentBuilder: the group's members, then the
 *   updated one; a new member comes last);
 * - `subscribedTopicIds` in the order in which Java iterates over the set of subscribed *names* (`subscribedIds` below), only
 *   those that exist;
 * - `assignment` is the member's target so far, topics and partitions in the order in which the last result (or the record)
 *   gave them; a static member that comes back under a new id brings its predecessor's;
 * - the result keeps the order of Java's maps and sets: that is how Kafka writes the record. A page may sort.
 *   A member that is missing from the result has nothing.
 */
import { javaHashMapOrder, javaHashSetOrder } from '../../hash/java-hash-map-order.ts';
import { javaStringHash } from '../../hash/java-string-hash.ts';
import type { ReasoningStep } from '../reasoning.ts';

export type SubscriptionType = 'homogeneous' | 'heterogeneous';

/** Topic Uuid -> partitions. */
export type MemberAssignment = ReadonlyMap<string, readonly number[]>;

export interface MemberSpec {
  readonly rackId: string | null;
  readonly instanceId: string | null;
  readonly subscribedTopicIds: readonly string[];
  /** How many names it subscribes to, with those that do not exist; without it as many as ids. It sizes a table of Kafka's. */
  readonly subscribedNames?: number;
  readonly assignment: MemberAssignment;
}

export interface GroupSpec {
  readonly members: ReadonlyMap<string, MemberSpec>;
  readonly subscriptionType: SubscriptionType;
  /** Share groups: which partitions have an initialized state; null: all may be assigned. */
  readonly assignable: ReadonlyMap<string, ReadonlySet<number>> | null;
}

export interface SubscribedTopicDescriber {
  /** -1: there is no such topic. */
  readonly numPartitions: (topicUuid: string) => number;
  /** None of Kafka's own assignors asks for racks in 4.3. */
  readonly racksForPartition: (topicUuid: string, partition: number) => readonly string[];
}

/** Member id -> what it is to have. */
export type GroupAssignment = Map<string, Map<string, number[]>>;

export interface ServerAssignor {
  /** As ConsumerGroupHeartbeat and group.consumer.assignors name it. */
  readonly name: string;
  /** Throws PartitionAssignorException, which the coordinator answers with UNKNOWN_SERVER_ERROR. */
  readonly assign: (spec: GroupSpec, topics: SubscribedTopicDescriber, steps?: ReasoningStep[]) => GroupAssignment;
}

/** Kafka's class of the same name. */
export class PartitionAssignorException extends Error {
  override readonly name = 'PartitionAssignorException';
}

/**
 * The ids of subscribed topics in the order in which Kafka meets them: a HashSet of the names, filled in the order of the
 * request; names that do not exist (`idOf` gives null) are left out (Kafka: TopicIds).
 */
export function subscribedIds(names: readonly string[], idOf: (name: string) => string | null): string[] {
  return javaHashSetOrder(names, javaStringHash).flatMap((name) => idOf(name) ?? []);
}

/** Member ids in the order of Kafka's HashMap. */
export function memberOrder(spec: GroupSpec): string[] {
  return javaHashMapOrder([...spec.members.keys()], javaStringHash);
}
