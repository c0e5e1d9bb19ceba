/**
 * UniformAssignor where all members read the same topics (Kafka: UniformHomogeneousAssignmentBuilder): everybody keeps what it has
 * up to its share; what is left goes to those below it, in order.
 */
import { JavaHashSet } from '../../hash/java-hash-map.ts';
import type { ReasoningStep } from '../reasoning.ts';
import {
  addPartition,
  assignedPartitions,
  copyAssignment,
  type JavaAssignment,
  namesOf,
  plainAssignment,
  readAssignment,
  roomForSet,
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

interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

interface State {
  readonly spec: GroupSpec;
  readonly hash: (uuid: string) => number;
  readonly members: readonly string[];
  readonly subscribed: JavaHashSet<string>;
  readonly unassigned: TopicPartition[];
  readonly unfilled: { readonly member: string; readonly quota: number }[];
  readonly target: Map<string, JavaAssignment>;
  /** Members whose assignment is a copy already. */
  readonly copied: Set<string>;
  readonly min: number;
  /** How many members are still to get one more than the rest. */
  oneMore: number;
  readonly steps: ReasoningStep[] | undefined;
}

export function assignHomogeneous(
  spec: GroupSpec,
  topics: SubscribedTopicDescriber,
  steps: ReasoningStep[] | undefined,
): GroupAssignment {
  const members = memberOrder(spec);
  const first = spec.members.get(members[0] as string) as MemberSpec;
  if (first.subscribedTopicIds.length === 0) return new Map();
  const hash = uuidHasher();
  const subscribed = new JavaHashSet(hash, first.subscribedTopicIds, roomForSet(namesOf(first)));
  const { unassigned, total } = findUnassigned(spec, subscribed, topics);
  const s: State = {
    spec,
    hash,
    members,
    subscribed,
    unassigned,
    unfilled: [],
    target: new Map(),
    copied: new Set(),
    min: Math.floor(total / members.length),
    oneMore: total % members.length,
    steps,
  };
  const quota = { partitions: total, members: members.length, min: s.min, over: s.oneMore };
  steps?.push(step(s.oneMore > 0 ? 'quota' : 'quota-even', 'note', null, null, null, quota));
  for (const [place, member] of members.entries()) keepUpToQuota(s, member, place);
  handOut(s);
  return new Map([...s.target].map(([member, assignment]) => [member, plainAssignment(assignment)]));
}

function step(
  kind: string,
  effect: ReasoningStep['effect'],
  member: string | null,
  topic: string | null,
  partition: number | null,
  numbers: ReasoningStep['numbers'],
): ReasoningStep {
  return { assignor: 'server-uniform', kind, effect, member, from: null, topic, partition, numbers };
}

function findUnassigned(
  spec: GroupSpec,
  subscribed: JavaHashSet<string>,
  topics: SubscribedTopicDescriber,
): { unassigned: TopicPartition[]; total: number } {
  const assigned = assignedPartitions(spec);
  const unassigned: TopicPartition[] = [];
  let total = 0;
  for (const topic of subscribed.keys()) {
    const size = topics.numPartitions(topic);
    if (size === -1) {
      throw new PartitionAssignorException(
        `Members are subscribed to topic ${topic} which doesn't exist in the topic metadata.`,
      );
    }
    for (let partition = 0; partition < size; partition++)
      if (!assigned.get(topic)?.has(partition)) unassigned.push({ topic, partition });
    total += size;
  }
  return { unassigned, total };
}

/** Takes away what is no longer subscribed to and what is above the member's share. */
function keepUpToQuota(s: State, member: string, place: number): void {
  const old = readAssignment((s.spec.members.get(member) as MemberSpec).assignment, s.hash);
  let changed: JavaAssignment | null = null;
  let quota = s.min;
  let hasOneMore = s.oneMore > 0;
  if (hasOneMore) quota++;
  const share = quota;
  for (const [topic, partitions] of old.entries()) {
    if (!s.subscribed.has(topic)) {
      changed ??= copyAssignment(old, s.hash);
      changed.delete(topic);
      for (const partition of partitions.keys())
        s.steps?.push(step('unsubscribed', 'note', member, topic, partition, {}));
      continue;
    }
    for (const partition of partitions.keys()) {
      if (quota > 0) {
        quota--;
        s.steps?.push(step('kept', 'give', member, topic, partition, { share }));
        continue;
      }
      changed ??= copyAssignment(old, s.hash);
      const left = changed.get(topic);
      left?.delete(partition);
      if (left?.size === 0) changed.delete(topic);
      s.unassigned.push({ topic, partition });
      s.steps?.push(step('over-share', 'note', member, topic, partition, { share }));
    }
  }
  // It leaves its right to one more to another member, unless as many of the last ones are needed for that.
  if (quota > 0 && hasOneMore && s.members.length - place > s.oneMore) {
    quota--;
    hasOneMore = false;
  }
  if (quota > 0) s.unfilled.push({ member, quota });
  if (hasOneMore) s.oneMore--;
  if (changed !== null) s.copied.add(member);
  s.target.set(member, changed ?? old);
}

function handOut(s: State): void {
  let next = 0;
  for (const { member, quota } of s.unfilled) {
    const current = s.target.get(member) as JavaAssignment;
    const assignment = s.copied.has(member) ? current : copyAssignment(current, s.hash);
    s.target.set(member, assignment);
    for (let i = 0; i < quota && next < s.unassigned.length; i++) {
      const { topic, partition } = s.unassigned[next++] as TopicPartition;
      addPartition(assignment, topic, partition);
      s.steps?.push(step('filled', 'give', member, topic, partition, { free: quota - i }));
    }
  }
  if (next < s.unassigned.length) throw new PartitionAssignorException('Partitions were left unassigned');
}
