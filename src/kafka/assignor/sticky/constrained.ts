/**
 * The sticky assignment of members that all read the same topics (Kafka: AbstractStickyAssignor.ConstrainedAssignmentBuilder).
 * Everybody gets the lower or the upper share of all partitions. Whoever had some keeps them up to its share; what is left goes
 * round among those below it, first within racks where racks count.
 */
import { AssignorException, compareText } from '../assignor.ts';
import type { ReasoningStep } from '../reasoning.ts';
import { removeFirst, type StickyRun } from './members.ts';
import { nextInRack, type RackInfo, racksMismatch, sortByReadersNearby } from './racks.ts';

export interface StickyResult {
  /** By member number. */
  readonly assignment: readonly number[][];
  /** Partition -> the member that is to get it from another one; null: not known, to be found by comparing. */
  readonly transferring: ReadonlyMap<number, number> | null;
}

interface State {
  readonly run: StickyRun;
  readonly racks: RackInfo;
  readonly assignment: readonly number[][];
  readonly kept: number[];
  readonly maybeRevoked: Map<number, number>;
  readonly transferring: Map<number, number>;
  /** Members below the lower share. */
  readonly underMin: number[];
  /** Members at the lower share that may get one more. */
  exactlyMin: number[];
  readonly min: number;
  readonly max: number;
  /** How many members get the upper share; 0 when both are the same. */
  readonly expectedOverMin: number;
  overMin: number;
}

export function assignConstrained(run: StickyRun, racks: RackInfo): StickyResult {
  const { partitions, members } = run;
  const total = partitions.count;
  const s: State = {
    run,
    racks,
    assignment: members.map(() => []),
    kept: [],
    maybeRevoked: new Map(),
    transferring: new Map(),
    underMin: [],
    exactlyMin: [],
    min: Math.floor(total / members.length),
    max: Math.ceil(total / members.length),
    expectedOverMin: total % members.length,
    overMin: 0,
  };
  const quota = { partitions: total, members: members.length, min: s.min, max: s.max, over: s.expectedOverMin };
  run.steps?.push(step(s, s.expectedOverMin > 0 ? 'quota' : 'quota-even', 'note', null, null, quota));
  for (let member = 0; member < members.length; member++) keepOwned(s, member);
  const byId = (a: number, b: number) => (members[a]?.rank ?? 0) - (members[b]?.rank ?? 0);
  s.underMin.sort(byId);
  s.exactlyMin.sort(byId);
  const left = sortByReadersNearby(racks, unassigned(s));
  goRound(s, racks.used ? fillInRacks(s, left) : left);
  verify(s);
  return { assignment: s.assignment, transferring: s.transferring };
}

function step(
  s: State,
  kind: string,
  effect: ReasoningStep['effect'],
  member: number | null,
  partition: number | null,
  numbers: ReasoningStep['numbers'],
): ReasoningStep {
  const name = partition === null ? null : s.run.partitions.name(partition);
  return {
    assignor: s.run.assignor,
    kind,
    effect,
    member: member === null ? null : (s.run.members[member]?.id ?? null),
    from: null,
    topic: name?.topic ?? null,
    partition: name?.index ?? null,
    numbers,
  };
}

function keep(s: State, member: number, list: readonly number[]): void {
  s.assignment[member]?.push(...list);
  s.kept.push(...list);
  if (s.run.steps === undefined) return;
  const share = { min: s.min, max: s.max };
  for (const partition of list)
    s.run.steps.push(step(s, 'kept', 'give', member, partition, { have: list.length, ...share }));
}

function revoke(s: State, member: number, list: readonly number[], have: number, share: number): void {
  for (const partition of list) {
    s.maybeRevoked.set(partition, member);
    s.run.steps?.push(step(s, 'over-share', 'note', member, partition, { have, share }));
  }
}

/** What the member had, in the order of partition numbers, up to its share. */
function keepOwned(s: State, member: number): void {
  const { partitions, members, claimedTwice } = s.run;
  const owned: number[] = [];
  for (const partition of members[member]?.owned ?? []) {
    if (!racksMismatch(s.racks, member, partition)) {
      owned.push(partition);
      continue;
    }
    s.maybeRevoked.set(partition, member);
    s.run.steps?.push(step(s, 'other-rack', 'note', member, partition, { rack: members[member]?.rack ?? '' }));
  }
  owned.sort((a, b) => {
    const left = partitions.name(a);
    const right = partitions.name(b);
    return left.index - right.index || compareText(left.topic, right.topic);
  });
  for (const partition of claimedTwice) removeFirst(owned, partition);
  if (owned.length < s.min) {
    keep(s, member, owned);
    s.underMin.push(member);
  } else if (owned.length >= s.max && s.overMin < s.expectedOverMin) {
    s.overMin++;
    if (s.overMin === s.expectedOverMin) s.exactlyMin = [];
    keep(s, member, owned.slice(0, s.max));
    revoke(s, member, owned.slice(s.max), owned.length, s.max);
  } else {
    keep(s, member, owned.slice(0, s.min));
    revoke(s, member, owned.slice(s.min), owned.length, s.min);
    if (s.overMin < s.expectedOverMin) s.exactlyMin.push(member);
  }
}

/** All partitions in the order of their names without the kept ones, by two pointers as Kafka does it. */
function unassigned(s: State): number[] {
  const { partitions } = s.run;
  const kept = s.kept
    .map((partition) => ({ partition, ...partitions.name(partition) }))
    .sort((a, b) => compareText(a.topic, b.topic) || a.index - b.index);
  const left: number[] = [];
  let at = 0;
  for (const topic of [...partitions.topics].sort((a, b) => compareText(a.name, b.name))) {
    for (const partition of partitions.ofTopic(topic)) {
      if (kept[at]?.partition === partition) at++;
      else left.push(partition);
    }
  }
  return left;
}

function give(s: State, member: number, partition: number, kind: string): number {
  const list = s.assignment[member] as number[];
  list.push(partition);
  const before = s.maybeRevoked.get(partition);
  if ((before !== undefined && before !== member) || s.run.claimedTwice.has(partition))
    s.transferring.set(partition, member);
  s.run.steps?.push(step(s, kind, 'give', member, partition, { have: list.length, min: s.min, max: s.max }));
  return list.length;
}

/** Goes round among those below their share within the partition's racks; what finds nobody is left over. */
function fillInRacks(s: State, partitions: readonly number[]): number[] {
  const left: number[] = [];
  let next = 0;
  for (const partition of partitions) {
    const place = nextInRack(s.racks, partition, s.underMin, next);
    if (place >= 0) {
      const member = s.underMin[place] as number;
      const have = give(s, member, partition, 'own-rack');
      let after = place + 1;
      if (have >= s.min) {
        s.underMin.splice(place, 1);
        after = place;
        if (have < s.max && s.overMin < s.expectedOverMin) s.exactlyMin.push(member);
      }
      next = s.underMin.length === 0 ? 0 : after % s.underMin.length;
      continue;
    }
    const other = nextInRack(s.racks, partition, s.exactlyMin, 0);
    if (other < 0) {
      left.push(partition);
      continue;
    }
    const have = give(s, s.exactlyMin[other] as number, partition, 'own-rack-one-more');
    if (have === s.max) {
      s.exactlyMin.splice(other, 1);
      s.overMin++;
      if (s.overMin === s.expectedOverMin) s.exactlyMin = [];
    }
  }
  return left;
}

function goRound(s: State, partitions: readonly number[]): void {
  let next = 0;
  for (const partition of partitions) {
    if (next >= s.underMin.length) next = 0;
    if (s.underMin.length > 0) {
      const member = s.underMin[next++] as number;
      const have = give(s, member, partition, 'filled');
      if (have === s.min) {
        s.underMin.splice(--next, 1);
        s.exactlyMin.push(member);
      } else if (have === s.max) s.overMin++;
      continue;
    }
    const member = s.exactlyMin.shift();
    if (member === undefined) throw new AssignorException('No more unfilled consumers to be assigned.');
    if (give(s, member, partition, 'one-more') === s.max) s.overMin++;
  }
}

/** Kafka gives up when its sums do not come out, as they may with partitions that no longer exist. */
function verify(s: State): void {
  if (s.underMin.length === 0) return;
  if (s.overMin !== s.expectedOverMin) {
    throw new AssignorException('Fewer members than expected have one partition more, and none is left to assign');
  }
  for (const member of s.underMin) {
    if (s.assignment[member]?.length !== s.min) {
      throw new AssignorException(`${s.run.members[member]?.id} does not reach its share, and no partition is left`);
    }
  }
}
