/**
 * The coordinator's RangeAssignor: of each topic every subscriber gets a run of neighbouring partitions, the first ones one more
 * where it does not divide evenly. It does not look at what anybody had.
 */

import { JavaHashMap } from '../../hash/java-hash-map.ts';
import { compareText } from '../assignor.ts';
import { type ReasoningStep, runText } from '../reasoning.ts';
import { namesOf, roomForExactly, uuidHasher } from './java-assignment.ts';
import {
  type GroupAssignment,
  type MemberSpec,
  memberOrder,
  PartitionAssignorException,
  type ServerAssignor,
  type SubscribedTopicDescriber,
} from './server-assignor.ts';

interface TopicState {
  readonly size: number;
  readonly members: number;
  readonly each: number;
  oneMore: number;
  next: number;
}

/** Static members first, by instance id, then the others by member id. */
function compareMembers([a, left]: [string, MemberSpec], [b, right]: [string, MemberSpec]): number {
  if (left.instanceId !== null && right.instanceId !== null) return compareText(left.instanceId, right.instanceId);
  if (left.instanceId !== null) return -1;
  if (right.instanceId !== null) return 1;
  return compareText(a, b);
}

function topicStates(
  members: readonly [string, MemberSpec][],
  topics: SubscribedTopicDescriber,
): Map<string, TopicState> {
  const readers = new Map<string, number>();
  for (const [, { subscribedTopicIds }] of members)
    for (const id of subscribedTopicIds) readers.set(id, (readers.get(id) ?? 0) + 1);
  return new Map(
    [...readers].map(([id, count]) => {
      const size = topics.numPartitions(id);
      if (size === -1) throw new PartitionAssignorException('Member is subscribed to a non-existent topic');
      return [id, { size, members: count, each: Math.floor(size / count), oneMore: size % count, next: 0 }];
    }),
  );
}

export const serverRangeAssignor: ServerAssignor = {
  name: 'range',
  assign(spec, topics, steps) {
    const result: GroupAssignment = new Map();
    if (spec.members.size === 0) return result;
    const hash = uuidHasher();
    // Where all members read the same, Kafka asks the first one only; with the same topics that is no difference.
    const members = memberOrder(spec)
      .map((id): [string, MemberSpec] => [id, spec.members.get(id) as MemberSpec])
      .sort(compareMembers);
    const homogeneous = spec.subscriptionType === 'homogeneous';
    const first = members[0]?.[1].subscribedTopicIds ?? [];
    const states = topicStates(
      homogeneous ? members.map(([id, m]) => [id, { ...m, subscribedTopicIds: first }]) : members,
      topics,
    );
    for (const [id, member] of members) {
      const names = homogeneous ? first.length : namesOf(member);
      const runs = new JavaHashMap<string, number[]>(hash, roomForExactly(names));
      for (const topic of homogeneous ? first : member.subscribedTopicIds) {
        const run = nextRun(states.get(topic) as TopicState, topic, id, steps);
        if (run.length > 0) runs.set(topic, run);
      }
      result.set(id, new Map(runs.entries()));
    }
    return result;
  },
};

function nextRun(t: TopicState, topic: string, member: string, steps: ReasoningStep[] | undefined): number[] {
  const oneMore = t.oneMore > 0 ? 1 : 0;
  t.oneMore -= oneMore;
  const start = t.next;
  t.next = Math.min(start + t.each + oneMore, t.size);
  const run: number[] = [];
  for (let partition = start; partition < t.next; partition++) {
    run.push(partition);
    steps?.push({
      assignor: 'server-range',
      kind: oneMore === 1 ? 'run-one-more' : 'run',
      effect: 'give',
      member,
      from: null,
      topic,
      partition,
      numbers: { members: t.members, size: t.size, each: t.each, run: runText(start, t.next - 1) },
    });
  }
  return run;
}
