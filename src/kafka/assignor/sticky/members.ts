/**
 * Members and partitions of one run of a sticky assignor as dense numbers, and who may claim what (Kafka:
 * AbstractStickyAssignor.allSubscriptionsEqual).
 */
import { javaHashMapOrder } from '../../hash/java-hash-map-order.ts';
import { javaStringHash } from '../../hash/java-string-hash.ts';
import { type AssignableTopic, type AssignedTo, compareText, type MemberSubscription } from '../assignor.ts';
import type { ReasoningAssignor, ReasoningStep } from '../reasoning.ts';
import type { MemberData } from './member-data.ts';

/** Partitions by number: those that exist in the order of `topics`, then those that somebody only believes to have. */
export class Partitions {
  readonly topics: readonly AssignableTopic[];
  readonly names: AssignedTo[] = [];
  /** How many of the numbers exist. */
  readonly count: number;
  readonly #first = new Map<string, number>();
  readonly #strangers = new Map<string, number>();

  constructor(topics: readonly AssignableTopic[]) {
    this.topics = topics;
    for (const { name, partitionRacks } of topics) {
      this.#first.set(name, this.names.length);
      for (let index = 0; index < partitionRacks.length; index++) this.names.push({ topic: name, index });
    }
    this.count = this.names.length;
  }

  hasTopic(topic: string): boolean {
    return this.#first.has(topic);
  }
  size(topic: string): number {
    return this.topics.find(({ name }) => name === topic)?.partitionRacks.length ?? 0;
  }
  /** All numbers of a topic that exist, in order. */
  ofTopic(topic: AssignableTopic): number[] {
    const first = this.#first.get(topic.name) ?? 0;
    return topic.partitionRacks.map((_, index) => first + index);
  }

  number({ topic, index }: AssignedTo): number {
    const first = this.#first.get(topic);
    if (first !== undefined) {
      const name = this.names[first + index];
      if (index >= 0 && name?.topic === topic && name.index === index) return first + index;
    }
    const key = `${index}:${topic}`;
    const known = this.#strangers.get(key);
    if (known !== undefined) return known;
    this.#strangers.set(key, this.names.length);
    this.names.push({ topic, index });
    return this.names.length - 1;
  }
  name(partition: number): AssignedTo {
    return this.names[partition] as AssignedTo;
  }
}

export interface StickyMember {
  readonly id: string;
  /** Its place when members are sorted by id. */
  readonly rank: number;
  readonly topics: readonly string[];
  readonly topicSet: ReadonlySet<string>;
  readonly rack: string | null;
  /** The subscription's own field, which is what two claims are compared by. */
  readonly generationId: number;
  readonly data: MemberData;
  /** What it may claim; a list that the algorithms change. */
  owned: number[];
}

/** One run: members in the order of Kafka's HashMap, each known by its place there. */
export interface StickyRun {
  readonly assignor: ReasoningAssignor;
  readonly partitions: Partitions;
  readonly members: readonly StickyMember[];
  readonly maxGeneration: number;
  /** Claimed by two members of one generation: nobody may keep them. */
  readonly claimedTwice: ReadonlySet<number>;
  readonly equal: boolean;
  readonly steps: ReasoningStep[] | undefined;
}

export function stickyMembers(
  subscriptions: readonly MemberSubscription[],
  dataOf: (member: MemberSubscription) => MemberData,
): StickyMember[] {
  const byId = new Map(subscriptions.map((member) => [member.memberId, member]));
  const ranks = new Map([...byId.keys()].sort(compareText).map((id, rank) => [id, rank]));
  const subscribed = javaHashMapOrder([...byId.keys()], javaStringHash);
  // The owners' map is filled in the order of the subscriptions' map.
  return javaHashMapOrder(subscribed, javaStringHash).map((id) => {
    const member = byId.get(id) as MemberSubscription;
    return {
      id,
      rank: ranks.get(id) as number,
      topics: member.topics,
      topicSet: new Set(member.topics),
      rack: member.rackId === '' ? null : member.rackId,
      generationId: member.generationId,
      data: dataOf(member),
      owned: [],
    };
  });
}

/**
 * Whether all subscriptions are the same, as Kafka looks at it: a member without topics does not count before another came. One that
 * comes first (a pattern that matches nothing) is then given partitions that it does not read, refuses them and joins again:
 * in Kafka too the group goes round for ever.
 */
export function allSubscriptionsEqual(members: readonly StickyMember[]): boolean {
  let first: ReadonlySet<string> | null = null;
  for (const { topics, topicSet } of members) {
    if (first === null) {
      if (topics.length > 0) first = topicSet;
    } else if (topics.length !== first.size || !topics.every((topic) => first?.has(topic))) return false;
  }
  return true;
}

/** Fills every member's `owned`; of two claims the younger generation's holds, and with equal ones neither. */
export function settleClaims(
  partitions: Partitions,
  members: readonly StickyMember[],
  note: (kind: string, member: StickyMember, partition: number, numbers: ReasoningStep['numbers']) => void,
): Set<number> {
  const claimedTwice = new Set<number>();
  const ownerOf = new Map<number, StickyMember>();
  for (const member of members) {
    const { generation } = member.data;
    for (const claim of member.data.partitions) {
      if (!partitions.hasTopic(claim.topic)) continue;
      const partition = partitions.number(claim);
      const other = ownerOf.get(partition);
      if (other !== undefined && generation < other.generationId) {
        note('stale-claim', member, partition, { generation, newer: other.generationId, other: other.id });
        continue;
      }
      // In Kafka's order: a claim that one member makes twice is added before the first one is taken away.
      if (other === undefined || generation > other.generationId) member.owned.push(partition);
      if (other !== undefined) {
        removeFirst(other.owned, partition);
        if (generation === other.generationId) {
          claimedTwice.add(partition);
          note('claimed-twice', member, partition, { generation, other: other.id });
        } else
          note('stale-claim', other, partition, {
            generation: other.generationId,
            newer: generation,
            other: member.id,
          });
      }
      ownerOf.set(partition, member);
    }
  }
  return claimedTwice;
}

export function removeFirst(list: number[], value: number): boolean {
  const at = list.indexOf(value);
  if (at >= 0) list.splice(at, 1);
  return at >= 0;
}
