/**
 * A share group's SimpleAssignor where all members read the same topics (Kafka: SimpleHomogeneousAssignmentBuilder): all partitions
 * get equally many members, all members equally many partitions, and what was assigned stays as far as that allows.
 */
import { JavaHashMap, JavaHashSet } from '../../hash/java-hash-map.ts';
import type { ReasoningStep } from '../reasoning.ts';
import { itself, roomFor } from './java-assignment.ts';
import type { GroupAssignment, GroupSpec, SubscribedTopicDescriber } from './server-assignor.ts';
import { type Desired, desired, ShareMembers, shareOut, targetPartitions } from './share-members.ts';

interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

interface State {
  readonly members: ShareMembers;
  readonly subscribed: ReadonlySet<string>;
  readonly desired: Desired;
  /** Who has a partition, in Java's order of partitions and members. */
  readonly holders: JavaHashMap<TopicPartition, JavaHashSet<number>>;
  /** What a member has. */
  readonly held: Map<number, JavaHashSet<TopicPartition>>;
  readonly unfilled: Set<number>;
  readonly overfilled: number[];
  readonly hash: (p: TopicPartition) => number;
  /** One object a partition. */
  readonly partition: (topic: string, partition: number) => TopicPartition;
}

export function assignSimpleHomogeneous(
  spec: GroupSpec,
  describer: SubscribedTopicDescriber,
  steps: ReasoningStep[] | undefined,
): GroupAssignment {
  const members = new ShareMembers(spec, steps);
  const topics = members.specs[0]?.subscribedTopicIds ?? [];
  const partition = interner();
  const targets = topics.flatMap((topic) =>
    targetPartitions(spec, topic, describer).map((number) => partition(topic, number)),
  );
  if (topics.length === 0) return new Map();
  const hash = (p: TopicPartition) => (Math.imul(31, members.hash(p.topic)) + p.partition) | 0;
  const s: State = {
    members,
    subscribed: new Set(topics),
    desired: desired(members.ids.length, targets.length),
    holders: new JavaHashMap(hash, roomFor(targets.length)),
    held: new Map(),
    unfilled: new Set(),
    overfilled: [],
    hash,
    partition,
  };
  const numbers = { partitions: targets.length, members: members.ids.length, sharing: s.desired.sharing };
  members.note('quota', 'note', null, null, null, numbers);
  for (let member = 0; member < members.ids.length; member++) takeStock(s, member);
  for (const member of s.overfilled) takeAboveShare(s, member);
  takeFromOvershared(s);
  for (const target of targets) s.holders.getOrMake(target, () => new JavaHashSet(itself));
  const waiting = [...s.unfilled].sort((a, b) => a - b);
  if (waiting.length > 0) shareOut(s.holders.entries(), s.desired.sharing, waiting, (member, p) => give(s, member, p));
  return members.result();
}

function interner(): State['partition'] {
  const known = new Map<string, TopicPartition>();
  return (topic, partition) => {
    const name = `${partition}:${topic}`;
    const value = known.get(name) ?? { topic, partition };
    known.set(name, value);
    return value;
  };
}

function heldBy(s: State, member: number): JavaHashSet<TopicPartition> {
  const known = s.held.get(member) ?? new JavaHashSet(s.hash);
  s.held.set(member, known);
  return known;
}

/** revokeUnassignablePartitions: counts what the member has of what is subscribed to, and forgets the rest. */
function takeStock(s: State, member: number): void {
  const share = s.desired.counts[member] as number;
  const old = s.members.old[member];
  let count = 0;
  for (const [topic, partitions] of old?.entries() ?? []) {
    if (!s.subscribed.has(topic)) {
      s.members.changeable(member).delete(topic);
      for (const p of partitions.keys()) s.members.note('unsubscribed', 'note', member, topic, p, {});
      continue;
    }
    for (const number of partitions.keys()) {
      const p = s.partition(topic, number);
      count++;
      s.holders.getOrMake(p, () => new JavaHashSet(itself)).add(member);
      heldBy(s, member).add(p);
      s.members.note('kept', 'give', member, topic, number, { share });
      if (count >= share) s.members.changeable(member);
    }
  }
  if (count < share) s.unfilled.add(member);
  else if (count > share) s.overfilled.push(member);
}

function takeAboveShare(s: State, member: number): void {
  const share = s.desired.counts[member] as number;
  const held = heldBy(s, member);
  for (const p of held.keys()) {
    if (held.size <= share) return;
    s.members.take(member, p.topic, p.partition);
    s.holders.get(p)?.delete(member);
    held.delete(p);
    s.members.note('over-share', 'take', member, p.topic, p.partition, { share });
  }
}

function takeFromOvershared(s: State): void {
  const { sharing } = s.desired;
  for (const [p, holders] of s.holders.entries()) {
    for (const member of holders.size > sharing ? holders.keys() : []) {
      if (s.members.take(member, p.topic, p.partition)) {
        holders.delete(member);
        s.held.get(member)?.delete(p);
        s.unfilled.add(member);
        s.members.note('over-sharing', 'take', member, p.topic, p.partition, { sharing });
      }
      if (holders.size <= sharing) break;
    }
  }
}

function give(s: State, member: number, p: TopicPartition): boolean {
  const share = s.desired.counts[member] as number;
  const held = heldBy(s, member);
  s.members.give(member, p.topic, p.partition);
  held.add(p);
  s.members.note('given', 'give', member, p.topic, p.partition, { have: held.size, share, sharing: s.desired.sharing });
  return held.size >= share;
}
