/** A member's assignment as Kafka holds it, Map<Uuid, Set<Integer>>, with Java's order (Kafka: Assignment, AssignorHelpers). */
import { JavaHashMap, JavaHashSet } from '../../hash/java-hash-map.ts';
import { javaUuidHash } from '../../hash/java-hash-map-order.ts';
import type { GroupSpec, MemberAssignment, MemberSpec } from './server-assignor.ts';

export type JavaAssignment = JavaHashMap<string, JavaHashSet<number>>;

export const itself = (value: number): number => value;

/** Uuid.hashCode; each id is worked out once a run. */
export function uuidHasher(): (uuid: string) => number {
  const known = new Map<string, number>();
  return (uuid) => {
    const hash = known.get(uuid) ?? javaUuidHash(uuid);
    known.set(uuid, hash);
    return hash;
  };
}

export type UuidHash = ReturnType<typeof uuidHasher>;

/** As it is read from its record. */
export function readAssignment(assignment: MemberAssignment, hash: UuidHash): JavaAssignment {
  const read: JavaAssignment = new JavaHashMap(hash);
  for (const [topic, partitions] of assignment) read.set(topic, new JavaHashSet(itself, partitions));
  return read;
}

/** AssignorHelpers.deepCopyAssignment. */
export function copyAssignment(assignment: JavaAssignment, hash: UuidHash): JavaAssignment {
  const copy: JavaAssignment = new JavaHashMap(hash, assignment.size);
  for (const [topic, partitions] of assignment.entries()) copy.set(topic, new JavaHashSet(itself, partitions.keys()));
  return copy;
}

/** In Java's order; topics without partitions are left out. */
export function plainAssignment(assignment: JavaAssignment): Map<string, number[]> {
  const plain = new Map<string, number[]>();
  for (const [topic, partitions] of assignment.entries()) if (partitions.size > 0) plain.set(topic, partitions.keys());
  return plain;
}

/** Adds one; a topic's first one makes its set with `capacity`. */
export function addPartition(assignment: JavaAssignment, topic: string, partition: number, capacity?: number): void {
  assignment.getOrMake(topic, () => new JavaHashSet(itself, [], capacity)).add(partition);
}

/** AssignorHelpers.newHashMap and newHashSet: the capacity for this many. */
export function roomFor(size: number): number {
  return Math.floor(Math.fround(Math.fround((size + 1) / 0.75) + 1));
}

/** `new HashSet(collection)` of something that says it has this size. */
export function roomForSet(size: number): number {
  return Math.max(Math.floor(Math.fround(size / 0.75)) + 1, 16);
}

/** `new HashMap((int) ((size / 0.75f) + 1))`. */
export function roomForExactly(size: number): number {
  return Math.floor(Math.fround(Math.fround(size / 0.75) + 1));
}

/** How many names a member subscribes to, with those that do not exist. */
export function namesOf(member: MemberSpec): number {
  return member.subscribedNames ?? member.subscribedTopicIds.length;
}

/** Which partitions somebody's target holds so far (GroupSpec.isPartitionAssigned). */
export function assignedPartitions(spec: GroupSpec): Map<string, Set<number>> {
  const assigned = new Map<string, Set<number>>();
  for (const { assignment } of spec.members.values()) {
    for (const [topic, partitions] of assignment) {
      const known = assigned.get(topic) ?? new Set();
      for (const partition of partitions) known.add(partition);
      assigned.set(topic, known);
    }
  }
  return assigned;
}
