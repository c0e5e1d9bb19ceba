/**
 * Loss and repetition on the consumer side, and why: what a group processed twice, and what it committed and never processed. Read
 * from the ledger's counts, from who read what (readings.ts) and from the lines between; an observer that keeps nothing itself.
 */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { Phrase, StoryMoment, ThingId } from '../../protocol/frame.ts';
import type { ReadFault } from '../../protocol/group-detail.ts';
import type { ConsumerState } from '../client/consumer-state.ts';
import type { LogLineFact, PartitionName, World } from '../kernel/world.ts';
import { chunkOf, rowOf } from './columns.ts';
import { groupLedger, groupPartition, groupTotals, isDone, visit } from './group-facts.ts';
import type { GroupLedger } from './group-state.ts';
import { type Reading, readingsOf } from './readings.ts';

/** So many runs are enough for any list. */
const MAX_FAULTS = 200;
const QUAD = 4;
/** What happened to a reader that explains why it did not come further. */
const CONTEXT = [
  'log.consumer.paused',
  'log.consumer.crashed',
  'log.consumer.stopped',
  'log.member.too-slow',
  'log.member.thrown-out',
  'log.member.lost',
  'log.member.fenced',
  'log.member.commit-failed',
  'log.group.session-ended',
  'log.group.not-rejoined',
  'log.group.not-synced',
  'log.group.left-poll',
];
const MOST_CONTEXT = 6;

/** In order of time. */
export function readFaults(w: World, groupId: string): ReadFault[] {
  const g = groupLedger(w, groupId);
  if (g === null) return [];
  const { reprocessed, skipped } = groupTotals(w, groupId);
  if (reprocessed === 0 && skipped === 0) return [];
  const readings = readingsOf(w, groupId);
  const faults = [...againFaults(w, g, readings)];
  if (skipped > 0) faults.push(...skippedFaults(w, g, readings));
  return faults.sort((a, b) => a.atUs - b.atUs || a.fromOffset - b.fromOffset).slice(0, MAX_FAULTS);
}

/** Those of one record, of all groups. */
export function faultsOfRecord(w: World, partition: string, offset: number): ReadFault[] {
  return w.ledger.groups.flatMap(({ groupId }) =>
    readFaults(w, groupId).filter(
      (f) => f.partition === partition && f.fromOffset <= offset && offset < f.toOffset && f.kind !== 'in-hands',
    ),
  );
}

const moment = (
  atUs: number,
  key: string,
  params: Phrase['params'],
  about: readonly ThingId[],
  tone: StoryMoment['tone'] = 'plain',
): StoryMoment => ({ atUs, phrase: { key, params }, about, tone });

const told = ({ atUs, phrase, about, tone }: LogLineFact): StoryMoment => ({ atUs, phrase, about, tone });

const things = (consumer: string, partition: string): ThingId[] => [`consumer:${consumer}`, `partition:${partition}`];

function consumerNamed(w: World, id: string): ConsumerState | null {
  return w.consumers.find((c) => c.id === id) ?? null;
}

/** How its application commits, as a word of the sentences why.again.mode.* and why.skipped.mode.*. */
function commitMode(c: ConsumerState | null): 'before' | 'thread' | 'auto' | 'sync' | 'async' | 'none' {
  if (c === null) return 'none';
  if (c.commit === 'before' || c.commit === 'sync' || c.commit === 'async') return c.commit;
  if (!c.settings.enableAutoCommit) return 'none';
  return c.processing === 'thread' ? 'thread' : 'auto';
}

/** What befell a reader between two moments, and what befell the group's offsets and the partition's log. */
function context(
  w: World,
  groupId: string,
  consumer: string,
  partition: string,
  fromUs: number,
  untilUs: number,
): StoryMoment[] {
  const found: StoryMoment[] = [];
  for (let i = 0; i < vectorLength(w.lines); i++) {
    const line = vectorGet(w.lines, i);
    if (line.atUs < fromUs) continue;
    if (line.atUs > untilUs) break;
    const { key, params } = line.phrase;
    const itself = CONTEXT.includes(key) && (params.consumer === consumer || params.member === consumer);
    const expired = key === 'log.group.offsets-expired' && params.group === groupId;
    const deleted = key.startsWith('log.retention.') && params.partition === partition;
    if (itself || expired || (deleted && !found.some((m) => m.phrase.key === key))) found.push(told(line));
  }
  return found.length <= MOST_CONTEXT ? found : [...found.slice(0, 2), ...found.slice(2 - MOST_CONTEXT)];
}

// --- processed again -------------------------------------------------------------------------------------------------

interface Again {
  readonly id: number;
  readonly offset: number;
  readonly consumer: string;
  readonly atUs: number;
  readonly partition: string;
}

function againFaults(w: World, g: GroupLedger, readings: ReadonlyMap<string, Reading[]>): ReadFault[] {
  const runs: Again[][] = [];
  for (let i = 0; i + QUAD <= vectorLength(g.again); i += QUAD) {
    const id = vectorGet(g.again, i);
    const offset = vectorGet(g.again, i + 1);
    const partition = w.partitions[chunkOf(w, id).partition[rowOf(id)] as number]?.name ?? '';
    const consumer = w.consumers[vectorGet(g.again, i + 2)]?.id ?? '';
    const next: Again = { id, offset, consumer, partition, atUs: vectorGet(g.again, i + 3) };
    const last = runs.find((run) => continues(run, next));
    if (last !== undefined) last.push(next);
    else if (runs.length < MAX_FAULTS) runs.push([next]);
  }
  return runs.map((run) => againFault(w, g, run, readings.get((run[0] as Again).partition) ?? []));
}

function continues(run: readonly Again[], next: Again): boolean {
  const last = run.at(-1) as Again;
  return last.partition === next.partition && last.consumer === next.consumer && next.offset === last.offset + 1;
}

function againFault(w: World, g: GroupLedger, run: readonly Again[], readings: readonly Reading[]): ReadFault {
  const first = run[0] as Again;
  const last = run.at(-1) as Again;
  const { partition, consumer } = first;
  const params = { consumer, partition, count: run.length, fromOffset: first.offset, lastOffset: last.offset };
  const ending = moment(first.atUs, 'why.again.again', params, things(consumer, partition), 'harm');
  const chain = (): StoryMoment[] => {
    if (chunkOf(w, first.id).offset[rowOf(first.id)] !== first.offset)
      return [moment(first.atUs, 'why.again.stored-twice', params, things(consumer, partition), 'risk')];
    const own = readings.filter((r) => r.consumer === consumer && r.fromUs <= first.atUs).at(-1);
    if (own === undefined) return [];
    const later = readings.find(
      (r) => r.consumer !== consumer && r.fromUs > own.fromUs && r.fromUs <= first.atUs && r.from <= first.offset,
    );
    if (later !== undefined) return zombieChain(w, g, first, own, later);
    const before = readings.filter((r) => r.fromUs < own.fromUs && r.from <= first.offset).at(-1);
    return before === undefined ? [told(own.start)] : repeatChain(w, g, run, before, own);
  };
  return {
    kind: 'again',
    partition,
    fromOffset: first.offset,
    toOffset: last.offset + 1,
    count: run.length,
    record: first.id,
    atUs: first.atUs,
    chain: [...chain(), ending],
  };
}

/** The moment of the first time, where it is known for certain: the ledger keeps one for all groups. */
function firstTime(w: World, id: number, reader: Reading, params: Phrase['params']): StoryMoment[] {
  if (w.ledger.groups.length > 1) return [];
  const atUs = chunkOf(w, id).deliveredUs[rowOf(id)] as number;
  const { consumer, partition } = reader;
  return [moment(atUs, 'why.again.first', { ...params, consumer }, things(consumer, partition))];
}

/** Somebody processed them, what was committed did not cover them, and the next reader began there. */
function repeatChain(w: World, g: GroupLedger, run: readonly Again[], before: Reading, own: Reading): StoryMoment[] {
  const first = run[0] as Again;
  const params = {
    partition: own.partition,
    count: run.length,
    fromOffset: first.offset,
    lastOffset: run.at(-1)?.offset ?? -1,
  };
  const between = context(w, g.groupId, before.consumer, own.partition, before.fromUs, own.fromUs);
  const chain = [...firstTime(w, first.id, before, params), ...between];
  if (own.start.phrase.key === 'log.member.committed-start') {
    const c = consumerNamed(w, before.consumer);
    const refused = between.some((m) => m.phrase.key === 'log.member.commit-failed');
    const key = refused ? 'why.again.refused' : `why.again.mode.${commitMode(c)}`;
    const mode = {
      consumer: before.consumer,
      partition: own.partition,
      committed: own.from,
      intervalUs: (c?.settings.autoCommitIntervalMs ?? 0) * 1000,
    };
    chain.push(moment(own.fromUs, key, mode, things(before.consumer, own.partition), 'risk'));
  }
  chain.push(told(own.start));
  return chain.sort((a, b) => a.atUs - b.atUs);
}

/** It was out of the group and did not know it yet: the new owner has these records already. */
function zombieChain(w: World, g: GroupLedger, first: Again, own: Reading, later: Reading): StoryMoment[] {
  const params = { partition: own.partition, count: 1, fromOffset: first.offset, lastOffset: first.offset };
  const between = context(w, g.groupId, own.consumer, own.partition, own.fromUs, first.atUs);
  const chain = [...between, told(later.start), ...firstTime(w, first.id, later, params)];
  const zombie = { consumer: own.consumer, other: later.consumer, partition: own.partition };
  chain.push(moment(first.atUs, 'why.again.zombie', zombie, things(own.consumer, own.partition), 'risk'));
  return chain.sort((a, b) => a.atUs - b.atUs);
}

// --- committed and never processed -----------------------------------------------------------------------------------

interface Skipped {
  readonly offsets: number[];
  readonly id: number;
}

function skippedFaults(w: World, g: GroupLedger, readings: ReadonlyMap<string, Reading[]>): ReadFault[] {
  const faults: ReadFault[] = [];
  g.partitions.forEach((p, partition) => {
    if (p === null || p.first < 0 || p.committed < 0) return;
    if (p.unprocessed === 0 && p.counted >= p.committed) return;
    const { name } = w.partitions[partition] as PartitionName;
    const mine = readings.get(name) ?? [];
    for (const run of skippedRuns(w, g, partition, p.first, p.committed))
      if (faults.length < MAX_FAULTS) faults.push(skippedFault(w, g, partition, name, run, mine));
  });
  return faults;
}

function skippedRuns(w: World, g: GroupLedger, partition: number, first: number, committed: number): Skipped[] {
  const runs: Skipped[] = [];
  let open: Skipped | null = null;
  visit(w, partition, first, committed, (id, offset) => {
    if (id < 0) return true;
    if (isDone(g, id)) open = null;
    else if (open === null) {
      open = { offsets: [offset], id };
      runs.push(open);
    } else open.offsets.push(offset);
    return runs.length <= MAX_FAULTS;
  });
  return runs;
}

function skippedFault(
  w: World,
  g: GroupLedger,
  partition: number,
  name: string,
  run: Skipped,
  readings: readonly Reading[],
): ReadFault {
  const from = run.offsets[0] as number;
  const last = run.offsets.at(-1) as number;
  const holder = readings.filter((r) => r.from <= from).at(-1) ?? null;
  const next = readings.find((r) => r.from > from && r.fromUs > (holder?.fromUs ?? -1)) ?? null;
  const common = {
    partition: name,
    fromOffset: from,
    toOffset: last + 1,
    count: run.offsets.length,
    record: run.id,
  };
  const params = { partition: name, count: run.offsets.length, fromOffset: from, lastOffset: last };
  const commitUs = committedAt(w, g.groupId, partition, from);
  const mode = commitMode(consumerNamed(w, holder?.consumer ?? ''));
  const covering = (consumer: string): StoryMoment =>
    moment(commitUs, `why.skipped.mode.${mode}`, { ...params, consumer }, things(consumer, name), 'risk');
  if (holder !== null && next === null && holder.endUs === null) {
    const inHands = moment(
      w.nowUs,
      'why.skipped.in-hands',
      { ...params, consumer: holder.consumer },
      things(holder.consumer, name),
    );
    return { ...common, kind: 'in-hands', atUs: commitUs, chain: [covering(holder.consumer), inHands] };
  }
  const chain: StoryMoment[] = [];
  const untilUs = next?.fromUs ?? w.nowUs;
  const byCommit = next === null || next.start.phrase.key === 'log.member.committed-start';
  if (holder !== null) {
    chain.push(told(holder.start));
    if (byCommit && commitUs >= 0) chain.push(covering(holder.consumer));
    chain.push(...context(w, g.groupId, holder.consumer, name, holder.fromUs, untilUs));
    const same = next !== null && holder.consumer === next.consumer && holder.end === null;
    if (same && next.start.phrase.key === 'log.consumer.reset')
      chain.push(
        moment(
          next.fromUs,
          'why.skipped.out-of-range',
          { ...params, consumer: next.consumer },
          things(next.consumer, name),
          'risk',
        ),
      );
  }
  if (next !== null) chain.push(told(next.start));
  chain.sort((a, b) => a.atUs - b.atUs);
  chain.push(moment(untilUs, 'why.skipped.skipped', params, [`group:${g.groupId}`, `partition:${name}`], 'harm'));
  return { ...common, kind: 'skipped', atUs: untilUs, chain };
}

/** When what is committed first went beyond an offset; -1: that is not known. */
function committedAt(w: World, groupId: string, partition: number, offset: number): number {
  const commits = groupPartition(w, groupId, partition)?.commits;
  if (commits === undefined) return -1;
  for (let i = 0; i + 2 <= vectorLength(commits); i += 2)
    if (vectorGet(commits, i) > offset) return vectorGet(commits, i + 1);
  return -1;
}
