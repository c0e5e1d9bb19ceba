/** What both builders of a share group's SimpleAssignor keep: members by number, their old and new assignments. */
import type { JavaHashSet } from '../../hash/java-hash-map.ts';
import type { ReasoningStep } from '../reasoning.ts';
import {
  addPartition,
  copyAssignment,
  type JavaAssignment,
  plainAssignment,
  readAssignment,
  type UuidHash,
  uuidHasher,
} from './java-assignment.ts';
import {
  type GroupAssignment,
  type GroupSpec,
  type MemberSpec,
  memberOrder,
  PartitionAssignorException,
  type SubscribedTopicDescriber,
} from './server-assignor.ts';

export class ShareMembers {
  readonly ids: readonly string[];
  readonly specs: readonly MemberSpec[];
  readonly hash: UuidHash = uuidHasher();
  readonly old: readonly JavaAssignment[];
  /** Overrides the old one where it is there. */
  readonly changed: (JavaAssignment | null)[];
  readonly #steps: ReasoningStep[] | undefined;

  constructor(spec: GroupSpec, steps: ReasoningStep[] | undefined) {
    this.ids = memberOrder(spec);
    this.specs = this.ids.map((id) => spec.members.get(id) as MemberSpec);
    this.old = this.specs.map(({ assignment }) => readAssignment(assignment, this.hash));
    this.changed = this.ids.map(() => null);
    this.#steps = steps;
  }

  changeable(member: number): JavaAssignment {
    const known = this.changed[member] ?? copyAssignment(this.old[member] as JavaAssignment, this.hash);
    this.changed[member] = known;
    return known;
  }
  take(member: number, topic: string, partition: number): boolean {
    const partitions: JavaHashSet<number> | undefined = this.changeable(member).get(topic);
    return partitions?.delete(partition) ?? false;
  }
  give(member: number, topic: string, partition: number): void {
    addPartition(this.changeable(member), topic, partition);
  }

  note(
    kind: string,
    effect: ReasoningStep['effect'],
    member: number | null,
    topic: string | null,
    partition: number | null,
    numbers: ReasoningStep['numbers'],
  ): void {
    if (this.#steps === undefined) return;
    const id = member === null ? null : (this.ids[member] ?? null);
    this.#steps.push({ assignor: 'share-simple', kind, effect, member: id, from: null, topic, partition, numbers });
  }

  result(): GroupAssignment {
    return new Map(
      this.ids.map((id, at) => [id, plainAssignment(this.changed[at] ?? (this.old[at] as JavaAssignment))]),
    );
  }
}

/** The partitions of a topic that may be assigned. */
export function targetPartitions(spec: GroupSpec, topic: string, describer: SubscribedTopicDescriber): number[] {
  const size = describer.numPartitions(topic);
  if (size === -1) {
    throw new PartitionAssignorException(
      `Members are subscribed to topic ${topic} which doesn't exist in the topic metadata.`,
    );
  }
  const partitions = Array.from({ length: size }, (_, partition) => partition);
  const { assignable } = spec;
  return assignable === null ? partitions : partitions.filter((p) => assignable.get(topic)?.has(p) ?? false);
}

export interface Desired {
  /** How many members each partition is to have. */
  readonly sharing: number;
  /** How many partitions each of the `members` is to have, in their order. */
  readonly counts: readonly number[];
}

export function desired(members: number, partitions: number): Desired {
  const sharing = partitions === 0 ? 0 : Math.floor((members + partitions - 1) / partitions);
  const precise = (sharing * partitions) / members;
  const counts = Array.from({ length: members }, (_, at) => Math.ceil(precise * (at + 1)) - Math.ceil(precise * at));
  return { sharing, counts };
}

/**
 * Goes once through the partitions and round and round through the members that may have more; a partition that none of them can
 * take is passed over (assignRemainingPartitions of both builders). Members in `waiting` leave it when they are full.
 */
export function shareOut<P>(
  partitions: readonly (readonly [P, JavaHashSet<number>])[],
  sharing: number,
  waiting: number[],
  giveAndSeeWhetherFull: (member: number, partition: P) => boolean,
): void {
  let next = 0;
  let gave = false;
  for (const [partition, holders] of partitions) {
    for (let missing = sharing - holders.size; missing > 0; ) {
      if (next >= waiting.length) {
        if (!gave) break;
        next = 0;
        gave = false;
        // Kafka's iterator throws here.
        if (waiting.length === 0) throw new PartitionAssignorException('NoSuchElementException');
      }
      const member = waiting[next++] as number;
      if (holders.has(member)) continue;
      missing--;
      gave = true;
      if (giveAndSeeWhetherFull(member, partition)) waiting.splice(--next, 1);
    }
    if (waiting.length === 0) return;
  }
}
