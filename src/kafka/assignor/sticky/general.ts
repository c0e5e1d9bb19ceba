/**
 * The sticky assignment of members that read different topics (Kafka: AbstractStickyAssignor.GeneralAssignmentBuilder): keeps what
 * may be kept, gives the rest to the least loaded that reads the topic, and then moves partitions one by one as long as that
 * makes the loads more even.
 */
import { AssignorException, compareText } from '../assignor.ts';
import type { ReasoningStep } from '../reasoning.ts';
import type { StickyResult } from './constrained.ts';
import { removeFirst, type StickyRun } from './members.ts';
import { PartitionMovements } from './movements.ts';
import { type RackInfo, racksMismatch } from './racks.ts';

interface State {
  readonly run: StickyRun;
  readonly racks: RackInfo;
  /** Topic -> members that read it, by member number. */
  readonly readersOf: ReadonlyMap<string, readonly number[]>;
  /** By member number: the topics it reads and that exist. */
  readonly topicsOf: readonly (readonly string[])[];
  readonly sizes: ReadonlyMap<string, number>;
  /** By member number; null while the member takes no part in moving. */
  assignment: (number[] | null)[];
  holder: Map<number, number>;
  /** Members by load, then by id. */
  readonly byLoad: number[];
  readonly all: number[];
  readonly movements: PartitionMovements;
  /** Partition -> who had it in an older generation. */
  readonly previous: ReadonlyMap<number, number>;
  mustRevoke: boolean;
  /** Looked at again after each change. */
  balanced: boolean | null;
}

export function assignGeneral(run: StickyRun, racks: RackInfo): StickyResult {
  const s = newState(run, racks);
  const left = unassigned(s, keepOwned(s));
  for (let member = 0; member < run.members.length; member++) insert(s, member);
  balance(s, left);
  return { assignment: s.assignment.map((list) => list ?? []), transferring: null };
}

function newState(run: StickyRun, racks: RackInfo): State {
  const { partitions, members } = run;
  const readersOf = new Map<string, number[]>(partitions.topics.map(({ name }) => [name, []]));
  const topicsOf = members.map(({ topics }, member) =>
    topics.filter((topic) => {
      readersOf.get(topic)?.push(member);
      return readersOf.has(topic);
    }),
  );
  const holder = new Map<number, number>();
  for (const [member, { owned }] of members.entries()) for (const partition of owned) holder.set(partition, member);
  const inOrder = [...partitions.topics].sort(
    (a, b) =>
      (readersOf.get(a.name)?.length ?? 0) - (readersOf.get(b.name)?.length ?? 0) || compareText(a.name, b.name),
  );
  return {
    run,
    racks,
    readersOf,
    topicsOf,
    sizes: new Map(partitions.topics.map(({ name, partitionRacks }) => [name, partitionRacks.length])),
    assignment: members.map(({ owned }) => [...owned]),
    holder,
    byLoad: [],
    all: inOrder.flatMap((topic) => partitions.ofTopic(topic)),
    movements: new PartitionMovements(partitions),
    previous: previousHolders(run),
    mustRevoke: false,
    balanced: null,
  };
}

/** Claims of older generations: they say where a partition may go back to. */
function previousHolders({ partitions, members, maxGeneration }: StickyRun): Map<number, number> {
  const previous = new Map<number, { readonly member: number; readonly generation: number }>();
  for (const [member, { data }] of members.entries()) {
    if (data.generation >= maxGeneration) continue;
    for (const claim of data.partitions) {
      const partition = partitions.number(claim);
      const known = previous.get(partition);
      if (known === undefined || data.generation > known.generation)
        previous.set(partition, { member, generation: data.generation });
    }
  }
  return new Map([...previous].map(([partition, { member }]) => [partition, member]));
}

function note(
  s: State,
  kind: string,
  effect: ReasoningStep['effect'],
  member: number,
  partition: number,
  numbers: ReasoningStep['numbers'],
  from: number | null = null,
): void {
  const { topic, index } = s.run.partitions.name(partition);
  s.run.steps?.push({
    assignor: s.run.assignor,
    kind,
    effect,
    member: s.run.members[member]?.id ?? null,
    from: from === null ? null : (s.run.members[from]?.id ?? null),
    topic,
    partition: index,
    numbers,
  });
}

function load(s: State, member: number): number {
  const list = s.assignment[member];
  if (list == null) throw new AssignorException(`${s.run.members[member]?.id} takes no part in balancing`);
  return list.length;
}

function insert(s: State, member: number): void {
  const size = load(s, member);
  const rank = s.run.members[member]?.rank ?? 0;
  let low = 0;
  let high = s.byLoad.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = s.byLoad[middle] as number;
    const order = load(s, other) - size || (s.run.members[other]?.rank ?? 0) - rank;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  s.byLoad.splice(low, 0, member);
}

/** What may stay where it is; the rest is taken away. */
function keepOwned(s: State): number[] {
  const kept: number[] = [];
  for (const [member, { topicSet, rack }] of s.run.members.entries()) {
    const list = s.assignment[member] as number[];
    s.assignment[member] = list.filter((partition) => {
      const { topic } = s.run.partitions.name(partition);
      const reads = topicSet.has(topic);
      if (reads && !racksMismatch(s.racks, member, partition)) {
        kept.push(partition);
        note(s, 'still-read', 'give', member, partition, { have: list.length });
        return true;
      }
      s.mustRevoke = true;
      note(s, reads ? 'other-rack' : 'unsubscribed', 'note', member, partition, { rack: rack ?? '' });
      return false;
    });
  }
  return kept;
}

/** All partitions (those with the fewest possible readers first) without the kept ones, by two pointers as Kafka does it. */
function unassigned(s: State, kept: number[]): number[] {
  const { partitions } = s.run;
  const count = (topic: string) => s.readersOf.get(topic)?.length ?? 0;
  const sorted = kept
    .map((partition) => ({ partition, ...partitions.name(partition) }))
    .sort((a, b) => count(a.topic) - count(b.topic) || compareText(a.topic, b.topic) || a.index - b.index);
  let at = 0;
  return s.all.filter((partition) => {
    if (sorted[at]?.partition !== partition) return true;
    at++;
    return false;
  });
}

function readers(s: State, partition: number): readonly number[] {
  return s.readersOf.get(s.run.partitions.name(partition).topic) ?? [];
}

/** The least loaded member that reads the partition's topic gets it. */
function giveToLeastLoaded(s: State, partition: number, withinRacks: boolean): boolean {
  const topic = s.run.partitions.name(partition).topic;
  const place = s.byLoad.findIndex(
    (member) =>
      s.run.members[member]?.topicSet.has(topic) && !(withinRacks && racksMismatch(s.racks, member, partition)),
  );
  if (place < 0) return false;
  const member = s.byLoad[place] as number;
  s.byLoad.splice(place, 1);
  s.assignment[member]?.push(partition);
  s.holder.set(partition, member);
  insert(s, member);
  note(s, withinRacks ? 'least-loaded-own-rack' : 'least-loaded', 'give', member, partition, {
    had: load(s, member) - 1,
    readers: readers(s, partition).length,
  });
  return true;
}

function maxSize(s: State, member: number): number {
  const topics = s.topicsOf[member] ?? [];
  if (topics.length === s.sizes.size) return s.run.partitions.count;
  return topics.reduce((sum, topic) => sum + (s.sizes.get(topic) ?? 0), 0);
}

/** One that has all that it may have, with no other reader, stays as it is. */
function takesPart(s: State, member: number): boolean {
  if (load(s, member) < maxSize(s, member)) return true;
  return s.assignment[member]?.some((partition) => readers(s, partition).length >= 2) ?? false;
}

function balance(s: State, left: number[]): void {
  const { members } = s.run;
  const initializing = load(s, s.byLoad.at(-1) as number) === 0;
  const afterRacks = s.racks.used
    ? left.filter((partition) => readers(s, partition).length === 0 || !giveToLeastLoaded(s, partition, true))
    : left;
  for (const partition of afterRacks) if (readers(s, partition).length > 0) giveToLeastLoaded(s, partition, false);

  const movable = s.all.filter((partition) => readers(s, partition).length >= 2);
  const movableLeft = left.filter((partition) => readers(s, partition).length >= 2);
  const fixed = new Map<number, number[]>();
  for (let member = 0; member < members.length; member++) {
    if (takesPart(s, member)) continue;
    removeFirst(s.byLoad, member);
    fixed.set(member, s.assignment[member] as number[]);
  }
  for (const member of fixed.keys()) s.assignment[member] = null;

  const before = s.assignment.map((list) => (list === null ? null : [...list]));
  if (!s.mustRevoke) moveWhatHelps(s, movableLeft);
  const moved = moveWhatHelps(s, movable);
  if (!initializing && moved && score(s.assignment) >= score(before)) goBack(s, before);
  for (const [member, list] of fixed) s.assignment[member] = list;
}

/** The sum of the differences of all pairs of loads. */
function score(assignment: readonly (readonly number[] | null)[]): number {
  const loads = assignment.flatMap((list) => (list === null ? [] : [list.length]));
  let sum = 0;
  for (let i = 0; i < loads.length; i++)
    for (let j = i + 1; j < loads.length; j++) sum += Math.abs((loads[i] as number) - (loads[j] as number));
  return sum;
}

function goBack(s: State, before: (number[] | null)[]): void {
  if (s.run.steps !== undefined) {
    for (const [member, list] of before.entries()) {
      for (const partition of list ?? []) {
        const now = s.holder.get(partition) as number;
        if (now !== member) note(s, 'not-better', 'move', member, partition, { score: score(before) }, now);
      }
    }
  }
  s.assignment = before;
}

/** Nobody reads a topic of which somebody with two partitions more has one. */
function isBalanced(s: State): boolean {
  s.balanced ??= lookWhetherBalanced(s);
  return s.balanced;
}

function lookWhetherBalanced(s: State): boolean {
  const least = load(s, s.byLoad[0] as number);
  if (least >= load(s, s.byLoad.at(-1) as number) - 1) return true;
  const owners = ownersNow(s);
  const most = new Map<string, number>();
  for (const topic of s.run.partitions.topics) {
    const loads = s.run.partitions.ofTopic(topic).map((partition) => loadOfOwner(s, owners, partition));
    most.set(topic.name, Math.max(...loads));
  }
  return s.byLoad.every((member) => {
    const size = load(s, member);
    if (size === maxSize(s, member)) return true;
    return (s.topicsOf[member] ?? []).every(
      (topic) => size + 1 >= (most.get(topic) ?? 0) || !couldGetMore(s, owners, member, topic),
    );
  });
}

/** By partition; where two hold one (claims of partitions that do not exist lead to that), the later member counts. */
function ownersNow(s: State): Map<number, number> {
  const owners = new Map<number, number>();
  for (const [member, list] of s.assignment.entries())
    for (const partition of list ?? []) owners.set(partition, member);
  return owners;
}

function loadOfOwner(s: State, owners: ReadonlyMap<number, number>, partition: number): number {
  const owner = owners.get(partition);
  return owner === undefined ? 0 : (s.assignment[owner]?.length ?? 0);
}

/** Whether somebody with two more than the member has a partition of the topic that the member does not hold itself. */
function couldGetMore(s: State, owners: ReadonlyMap<number, number>, member: number, name: string): boolean {
  const { partitions } = s.run;
  const topic = partitions.topics.find((each) => each.name === name);
  if (topic === undefined) return false;
  const held = new Set(s.assignment[member]);
  const size = load(s, member);
  return partitions
    .ofTopic(topic)
    .some((partition) => !held.has(partition) && size + 1 < loadOfOwner(s, owners, partition));
}

function moveWhatHelps(s: State, movable: readonly number[]): boolean {
  let moved = false;
  for (let changed = true; changed; ) {
    changed = false;
    for (const partition of movable) {
      if (isBalanced(s)) break;
      if (moveOne(s, partition)) {
        changed = true;
        moved = true;
      }
    }
  }
  return moved;
}

function moveOne(s: State, partition: number): boolean {
  const holder = s.holder.get(partition) as number;
  const size = load(s, holder);
  const before = s.previous.get(partition);
  if (before !== undefined && size > load(s, before) + 1) {
    moveTo(s, partition, before, 'moved-back');
    return true;
  }
  const list = readers(s, partition);
  // Kafka first looks whether somebody in the partition's racks has less, but moves to the least loaded of all then.
  if (!list.some((other) => size > load(s, other) + 1)) return false;
  const { topic } = s.run.partitions.name(partition);
  const to = s.byLoad.find((member) => s.run.members[member]?.topicSet.has(topic)) as number;
  moveTo(s, partition, to, 'moved');
  return true;
}

function moveTo(s: State, wanted: number, to: number, kind: string): void {
  const partition = s.movements.actual(wanted, s.holder.get(wanted) as number, to);
  const from = s.holder.get(partition) as number;
  const numbers = { fromHad: load(s, from), had: load(s, to) };
  removeFirst(s.byLoad, from);
  removeFirst(s.byLoad, to);
  s.movements.moved(partition, from, to);
  removeFirst(s.assignment[from] as number[], partition);
  s.assignment[to]?.push(partition);
  s.holder.set(partition, to);
  s.balanced = null;
  insert(s, to);
  insert(s, from);
  note(s, kind, 'move', to, partition, numbers, from);
}
