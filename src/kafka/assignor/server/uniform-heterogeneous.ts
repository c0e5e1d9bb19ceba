/**
 * UniformAssignor where members read different topics (Kafka: UniformHeterogeneousAssignmentBuilder): keeps what is still
 * subscribed to, gives the rest topic by topic to the least loaded subscribers, and then takes from the most loaded ones until
 * each topic's subscribers are even, or sixteen rounds are over.
 */
import type { JavaHashSet } from '../../hash/java-hash-map.ts';
import { compareUuids } from '../../hash/uuid.ts';
import type { ReasoningStep } from '../reasoning.ts';
import {
  addPartition,
  copyAssignment,
  type JavaAssignment,
  plainAssignment,
  readAssignment,
  roomForExactly,
  uuidHasher,
} from './java-assignment.ts';
import { LoadBalancer } from './load-balancer.ts';
import {
  type GroupAssignment,
  type GroupSpec,
  type MemberSpec,
  memberOrder,
  PartitionAssignorException,
  type SubscribedTopicDescriber,
} from './server-assignor.ts';

const MAX_ROUNDS = 16;

interface Topic {
  readonly id: string;
  readonly size: number;
  /** By member number, ascending. */
  readonly readers: number[];
  /** By partition: the member's number; -1: nobody. */
  readonly owners: number[];
}

interface State {
  readonly members: readonly string[];
  readonly topics: ReadonlyMap<string, Topic>;
  readonly hash: (uuid: string) => number;
  readonly target: { assignment: JavaAssignment; isCopy: boolean }[];
  readonly loads: number[];
  readonly steps: ReasoningStep[] | undefined;
}

export function assignHeterogeneous(
  spec: GroupSpec,
  describer: SubscribedTopicDescriber,
  steps: ReasoningStep[] | undefined,
): GroupAssignment {
  const members = memberOrder(spec);
  const specs = members.map((id) => spec.members.get(id) as MemberSpec);
  const topics = readersByTopic(specs, describer);
  if (topics.size === 0) return new Map();
  const s: State = {
    members,
    topics,
    hash: uuidHasher(),
    target: [],
    loads: members.map(() => 0),
    steps,
  };
  for (const [member, { assignment, subscribedTopicIds }] of specs.entries())
    keepSubscribed(s, member, readAssignment(assignment, s.hash), new Set(subscribedTopicIds));
  handOut(s);
  balance(s);
  return new Map(members.map((id, at) => [id, plainAssignment((s.target[at] as State['target'][number]).assignment)]));
}

function readersByTopic(specs: readonly MemberSpec[], describer: SubscribedTopicDescriber): Map<string, Topic> {
  const topics = new Map<string, Topic>();
  for (const [member, { subscribedTopicIds }] of specs.entries()) {
    for (const id of subscribedTopicIds) {
      const known = topics.get(id);
      if (known !== undefined) {
        known.readers.push(member);
        continue;
      }
      const size = describer.numPartitions(id);
      if (size === -1) {
        throw new PartitionAssignorException(
          `Members are subscribed to topic ${id} which doesn't exist in the topic metadata.`,
        );
      }
      topics.set(id, { id, size, readers: [member], owners: new Array<number>(size).fill(-1) });
    }
  }
  return topics;
}

function note(
  s: State,
  kind: string,
  effect: ReasoningStep['effect'],
  member: number,
  topic: string,
  partition: number,
  numbers: ReasoningStep['numbers'],
  from: number | null = null,
): void {
  s.steps?.push({
    assignor: 'server-uniform',
    kind,
    effect,
    member: s.members[member] ?? null,
    from: from === null ? null : (s.members[from] ?? null),
    topic,
    partition,
    numbers,
  });
}

function keepSubscribed(s: State, member: number, old: JavaAssignment, subscribed: ReadonlySet<string>): void {
  let changed: JavaAssignment | null = null;
  for (const [id, partitions] of old.entries()) {
    const topic = subscribed.has(id) ? s.topics.get(id) : undefined;
    if (topic === undefined) {
      changed ??= copyAssignment(old, s.hash);
      changed.delete(id);
      for (const partition of partitions.keys()) note(s, 'unsubscribed', 'note', member, id, partition, {});
      continue;
    }
    s.loads[member] = (s.loads[member] as number) + partitions.size;
    for (const partition of partitions.keys()) {
      if (partition >= topic.size) throw new PartitionAssignorException(`There is no partition ${partition} of ${id}`);
      topic.owners[partition] = member;
      note(s, 'still-read', 'give', member, id, partition, {});
    }
  }
  s.target.push({ assignment: changed ?? old, isCopy: changed !== null });
}

/** Many partitions per reader first, then few readers, then the smaller id. */
function inOrder(topics: readonly Topic[]): Topic[] {
  return [...topics].sort(
    (a, b) =>
      b.size / b.readers.length - a.size / a.readers.length ||
      a.readers.length - b.readers.length ||
      compareUuids(a.id, b.id),
  );
}

function handOut(s: State): void {
  const balancer = new LoadBalancer(s.loads);
  for (const topic of inOrder([...s.topics.values()])) {
    const free = topic.owners.flatMap((owner, partition) => (owner === -1 ? [partition] : []));
    if (free.length === 0) continue;
    balancer.start(topic.readers);
    for (const partition of free) {
      const member = balancer.nextLeastLoaded();
      const had = s.loads[member] as number;
      give(s, topic, partition, member);
      note(s, 'least-loaded', 'give', member, topic.id, partition, { had, readers: topic.readers.length });
    }
  }
}

function balance(s: State): void {
  const topics = inOrder([...s.topics.values()].filter(({ readers }) => readers.length >= 2));
  if (topics.length === 0) return;
  const balancer = new LoadBalancer(s.loads);
  let last = -1;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const [place, topic] of topics.entries()) {
      // Once round without a change: done.
      if (place === last) return;
      if (balanceTopic(s, topic, balancer) > 0 || last === -1) last = place;
    }
  }
}

/** Takes from the most and gives to the least loaded readers of one topic; how many partitions it moved. */
function balanceTopic(s: State, topic: Topic, balancer: LoadBalancer): number {
  if (balancer.start(topic.readers) <= 1) return 0;
  // What each one owned at the start; the last one goes first.
  const owned = new Map<number, number[]>();
  for (const [partition, owner] of topic.owners.entries()) {
    const list = owned.get(owner);
    if (list === undefined) owned.set(owner, [partition]);
    else list.push(partition);
  }
  let moved = 0;
  while (!balancer.isBalanced()) {
    let from = balancer.nextMostLoaded();
    while (from !== -1 && (owned.get(from)?.length ?? 0) === 0) {
      balancer.excludeMostLoaded();
      from = balancer.nextMostLoaded();
    }
    if (from === -1) break;
    const partition = owned.get(from)?.pop() as number;
    const to = balancer.nextLeastLoaded();
    if (balancer.isBalanced()) break;
    const numbers = { fromHad: s.loads[from] as number, had: s.loads[to] as number };
    take(s, topic, partition);
    give(s, topic, partition, to);
    moved++;
    note(s, 'moved', 'move', to, topic.id, partition, numbers, from);
  }
  return moved;
}

function changeable(s: State, member: number): JavaAssignment {
  const target = s.target[member] as State['target'][number];
  if (!target.isCopy) {
    target.assignment = copyAssignment(target.assignment, s.hash);
    target.isCopy = true;
  }
  return target.assignment;
}

function give(s: State, topic: Topic, partition: number, member: number): void {
  const each = Math.floor((topic.size + topic.readers.length - 1) / topic.readers.length);
  addPartition(changeable(s, member), topic.id, partition, roomForExactly(each));
  topic.owners[partition] = member;
  s.loads[member] = (s.loads[member] as number) + 1;
}

function take(s: State, topic: Topic, partition: number): void {
  const member = topic.owners[partition] as number;
  const assignment = changeable(s, member);
  const partitions: JavaHashSet<number> | undefined = assignment.get(topic.id);
  partitions?.delete(partition);
  if (partitions?.size === 0) assignment.delete(topic.id);
  topic.owners[partition] = -1;
  s.loads[member] = (s.loads[member] as number) - 1;
}
