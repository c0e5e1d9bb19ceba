/**
 * A share group's SimpleAssignor where members read different topics (Kafka: SimpleHeterogeneousAssignmentBuilder): the same, topic by
 * topic, among the topic's subscribers. A topic that nobody subscribes to any more is not looked at: who had it keeps it.
 */
import { JavaHashMap, JavaHashSet } from '../../hash/java-hash-map.ts';
import type { ReasoningStep } from '../reasoning.ts';
import { itself, roomFor } from './java-assignment.ts';
import type { GroupAssignment, GroupSpec, SubscribedTopicDescriber } from './server-assignor.ts';
import { desired, ShareMembers, shareOut, targetPartitions } from './share-members.ts';

interface TopicState {
  readonly members: ShareMembers;
  readonly topic: string;
  readonly sharing: number;
  /** By member number; 0 for members that do not read the topic. */
  readonly counts: readonly number[];
  readonly holders: JavaHashMap<number, JavaHashSet<number>>;
  readonly held: JavaHashMap<number, JavaHashSet<number>>;
}

export function assignSimpleHeterogeneous(
  spec: GroupSpec,
  describer: SubscribedTopicDescriber,
  steps: ReasoningStep[] | undefined,
): GroupAssignment {
  const members = new ShareMembers(spec, steps);
  const subscribed = new JavaHashSet(members.hash);
  const readers = new Map<string, number[]>();
  for (const [member, { subscribedTopicIds }] of members.specs.entries()) {
    for (const topic of subscribedTopicIds) {
      subscribed.add(topic);
      const list = readers.get(topic);
      if (list === undefined) readers.set(topic, [member]);
      else list.push(member);
    }
  }
  const targets = new Map(subscribed.keys().map((topic) => [topic, targetPartitions(spec, topic, describer)]));
  if (subscribed.size === 0) return new Map();
  for (const [topic, partitions] of targets) assignTopic(members, topic, partitions, readers.get(topic) ?? []);
  keepForgotten(members, targets);
  return members.result();
}

function assignTopic(
  members: ShareMembers,
  topic: string,
  targets: readonly number[],
  readers: readonly number[],
): void {
  const { sharing, counts } = desired(readers.length, targets.length);
  const byMember = members.ids.map(() => 0);
  for (const [place, member] of readers.entries()) byMember[member] = counts[place] as number;
  const t: TopicState = {
    members,
    topic,
    sharing,
    counts: byMember,
    holders: new JavaHashMap(itself, roomFor(targets.length)),
    held: new JavaHashMap(itself, roomFor(readers.length)),
  };
  const numbers = { partitions: targets.length, members: readers.length, sharing };
  members.note('quota-topic', 'note', null, topic, null, numbers);
  for (const [member, old] of members.old.entries()) takeStock(t, member, old.get(topic)?.keys() ?? []);
  for (const [member, held] of t.held.entries()) takeAboveShare(t, member, held);
  takeFromOvershared(t);
  for (const target of targets) t.holders.getOrMake(target, () => new JavaHashSet(itself, [], roomFor(readers.length)));
  const waiting = readers.filter((member) => (t.held.get(member)?.size ?? 0) < (byMember[member] as number));
  if (waiting.length > 0)
    shareOut(t.holders.entries(), sharing, waiting, (member, partition) => give(t, member, partition));
}

function takeStock(t: TopicState, member: number, partitions: readonly number[]): void {
  for (const partition of partitions) {
    t.holders.getOrMake(partition, () => new JavaHashSet(itself)).add(member);
    t.held.getOrMake(member, () => new JavaHashSet(itself)).add(partition);
    t.members.note('kept', 'give', member, t.topic, partition, { share: t.counts[member] as number });
  }
}

function takeAboveShare(t: TopicState, member: number, held: JavaHashSet<number>): void {
  const share = t.counts[member] as number;
  for (const partition of held.keys()) {
    if (held.size <= share) return;
    t.holders.get(partition)?.delete(member);
    held.delete(partition);
    t.members.take(member, t.topic, partition);
    t.members.note(share === 0 ? 'not-read' : 'over-share', 'take', member, t.topic, partition, { share });
  }
}

function takeFromOvershared(t: TopicState): void {
  for (const [partition, holders] of t.holders.entries()) {
    for (const member of holders.size > t.sharing ? holders.keys() : []) {
      if (t.members.take(member, t.topic, partition)) {
        holders.delete(member);
        t.held.get(member)?.delete(partition);
        t.members.note('over-sharing', 'take', member, t.topic, partition, { sharing: t.sharing });
      }
      if (holders.size <= t.sharing) break;
    }
  }
}

function give(t: TopicState, member: number, partition: number): boolean {
  const share = t.counts[member] as number;
  const held = t.held.getOrMake(member, () => new JavaHashSet(itself));
  t.members.give(member, t.topic, partition);
  held.add(partition);
  t.members.note('given', 'give', member, t.topic, partition, { have: held.size, share, sharing: t.sharing });
  return held.size >= share;
}

/** Only for the explanation: what stays of topics that nobody reads. */
function keepForgotten(members: ShareMembers, targets: ReadonlyMap<string, unknown>): void {
  for (const [member, old] of members.old.entries()) {
    for (const [topic, partitions] of old.entries()) {
      if (targets.has(topic)) continue;
      for (const partition of partitions.keys()) members.note('forgotten', 'give', member, topic, partition, {});
    }
  }
}
