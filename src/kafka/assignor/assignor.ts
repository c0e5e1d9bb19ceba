/** What every client-side assignor gets and gives (Kafka: ConsumerPartitionAssignor, AbstractPartitionAssignor). */
import { javaHashMapOrder, javaHashSetOrder } from '../hash/java-hash-map-order.ts';
import { javaStringHash } from '../hash/java-string-hash.ts';

export interface MemberSubscription {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly topics: readonly string[];
  /** client.rack; null: none. */
  readonly rackId: string | null;
}

export interface AssignableTopic {
  readonly name: string;
  /** For each partition the racks of its replicas (null where a broker has none); their number is the topic's size. */
  readonly partitionRacks: readonly (readonly (string | null)[])[];
}

export interface AssignedTo {
  readonly topic: string;
  readonly index: number;
}

/** Members in the order of JoinGroup's answer; topics that metadata know. Every member gets a list, be it empty. */
export type Assign = (
  topics: readonly AssignableTopic[],
  members: readonly MemberSubscription[],
) => Map<string, AssignedTo[]>;

export interface Assignor {
  /** As JoinGroup names it. */
  readonly name: string;
  /** Rebalance protocols it can follow (Kafka: supportedProtocols). */
  readonly protocols: readonly ('EAGER' | 'COOPERATIVE')[];
  readonly assign: Assign;
}

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
  const named = javaHashMapOrder(javaHashSetOrder(wanted, javaStringHash), javaStringHash);
  return javaHashMapOrder(
    named.filter((name) => known.has(name)),
    javaStringHash,
  ).map((name) => known.get(name) as AssignableTopic);
}
