/**
 * RangeAssignor: topic by topic, each subscriber gets a run of neighbouring partitions; the first ones get one more when it
 * does not divide evenly. With racks on both sides, what can be read in its own rack is handed out first (KIP-881).
 */
import {
  type AssignableTopic,
  type AssignedTo,
  type Assignor,
  compareMembers,
  compareText,
  FORGETFUL,
  type MemberSubscription,
  subscribedTopics,
} from './assignor.ts';
import { type ReasoningStep, runText } from './reasoning.ts';

function step(
  kind: string,
  effect: ReasoningStep['effect'],
  member: string | null,
  topic: string,
  partition: number | null,
  numbers: ReasoningStep['numbers'],
): ReasoningStep {
  return { assignor: 'range', kind, effect, member, from: null, topic, partition, numbers };
}

/** Where the assignment of one topic stands (Kafka: RangeAssignor.TopicAssignmentState). */
interface TopicState {
  readonly topic: string;
  readonly size: number;
  /** Subscribers in order, each with its rack. */
  readonly consumers: readonly { readonly id: string; readonly rack: string | null }[];
  readonly racks: readonly ReadonlySet<string>[];
  readonly useRacks: boolean;
  readonly each: number;
  withOneMore: number;
  readonly assigned: Map<string, number>;
  unassigned: readonly number[];
}

function topicState({ name, partitionRacks }: AssignableTopic, members: readonly MemberSubscription[]): TopicState {
  const subscribers = members.filter((m) => m.topics.includes(name)).sort(compareMembers);
  const consumers = subscribers.map((m) => ({ id: m.memberId, rack: m.rackId === '' ? null : m.rackId }));
  const size = partitionRacks.length;
  const racks = partitionRacks.map((list) => new Set(list.filter((rack) => rack !== null)));
  return {
    topic: name,
    size,
    consumers,
    racks,
    useRacks: worthLooking(consumers, racks),
    each: consumers.length === 0 ? 0 : Math.floor(size / consumers.length),
    withOneMore: consumers.length === 0 ? 0 : size % consumers.length,
    assigned: new Map(),
    unassigned: racks.map((_, index) => index),
  };
}

/** Racks matter only where some reader shares one with a replica and the partitions differ in theirs. */
function worthLooking(consumers: TopicState['consumers'], racks: TopicState['racks']): boolean {
  const all = new Set(racks.flatMap((set) => [...set]));
  if (!consumers.some(({ rack }) => rack !== null && all.has(rack))) return false;
  return !racks.every((set) => set.size === all.size);
}

function maxAssignable(t: TopicState, id: string): number {
  return Math.max(0, t.each + (t.withOneMore > 0 ? 1 : 0) - (t.assigned.get(id) ?? 0));
}

/** Where partitions go, and why. */
interface Given {
  readonly to: Map<string, AssignedTo[]>;
  readonly steps: ReasoningStep[] | undefined;
}

function give(t: TopicState, id: string, partitions: readonly number[], kind: string, { to, steps }: Given): void {
  for (const index of partitions) to.get(id)?.push({ topic: t.topic, index });
  const before = t.assigned.get(id) ?? 0;
  for (const [place, partition] of steps === undefined ? [] : partitions.entries()) {
    const numbers = {
      members: t.consumers.length,
      size: t.size,
      each: t.each,
      place: t.consumers.findIndex((consumer) => consumer.id === id) + 1,
      run: runText(partitions[0] as number, partitions.at(-1) as number),
    };
    const which = kind === 'run' && before + place >= t.each ? 'run-one-more' : kind;
    steps?.push(step(which, 'give', id, t.topic, partition, numbers));
  }
  const held = before + partitions.length;
  t.assigned.set(id, held);
  if (held > t.each) t.withOneMore -= 1;
  t.unassigned = t.unassigned.filter((index) => !partitions.includes(index));
}

function assignRanges(t: TopicState, onlyOwnRack: boolean, given: Given): void {
  for (const consumer of t.consumers) {
    if (t.unassigned.length === 0) return;
    const fitting = onlyOwnRack ? t.unassigned.filter((index) => matches(t, consumer.rack, index)) : t.unassigned;
    const run = fitting.slice(0, maxAssignable(t, consumer.id));
    if (run.length > 0) give(t, consumer.id, run, onlyOwnRack && consumer.rack !== null ? 'own-rack' : 'run', given);
  }
}

/** A reader without a rack is at home everywhere. */
function matches(t: TopicState, rack: string | null, index: number): boolean {
  return rack === null || (t.racks[index]?.has(rack) ?? false);
}

/** Topics with the same subscribers and the same size share out equal numbers together: rack matching must keep that. */
function coPartitioned(states: readonly TopicState[]): TopicState[][] {
  const groups = new Map<string, TopicState[]>();
  for (const t of states) {
    // Without any rack among its readers Kafka counts no partitions of a topic here.
    const size = t.consumers.some(({ rack }) => rack !== null) ? t.size : 0;
    const key = JSON.stringify([size, t.consumers]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [t]);
    else group.push(t);
  }
  return [...groups.values()];
}

function assignTogether(group: readonly TopicState[], given: Given): void {
  const [first] = group as [TopicState];
  let remaining = first.consumers;
  const size = first.consumers.some(({ rack }) => rack !== null) ? first.size : 0;
  for (let index = 0; index < size && remaining.length > 0; index++) {
    const found = remaining.find(({ id, rack }) =>
      group.every((t) => matches(t, rack, index) && maxAssignable(t, id) > 0),
    );
    if (found === undefined) continue;
    for (const t of group) give(t, found.id, [index], 'together', given);
    if (!group.some((t) => maxAssignable(t, found.id) > 0)) remaining = remaining.filter((c) => c !== found);
  }
}

export const rangeAssignor: Assignor = {
  name: 'range',
  protocols: ['EAGER'],
  ...FORGETFUL,
  assign(topics, members, { steps } = {}) {
    const states = subscribedTopics(topics, members).map((topic) => topicState(topic, members));
    const to = new Map<string, AssignedTo[]>(members.map((m) => [m.memberId, []]));
    const given = { to, steps };
    for (const t of states) {
      const numbers = { members: t.consumers.length, size: t.size, each: t.each, over: t.withOneMore };
      steps?.push(step(t.withOneMore > 0 ? 'quota' : 'quota-even', 'note', null, t.topic, null, numbers));
    }
    const useRacks = states.some((t) => t.useRacks);
    if (useRacks) {
      for (const group of coPartitioned(states)) {
        if (group.length > 1) assignTogether(group, given);
        else if (group[0]?.useRacks) assignRanges(group[0], true, given);
      }
    }
    for (const t of states) assignRanges(t, false, given);
    if (useRacks)
      for (const list of to.values()) list.sort((a, b) => compareText(a.topic, b.topic) || a.index - b.index);
    return to;
  },
};
