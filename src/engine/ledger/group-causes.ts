/**
 * Loss and repetition on the consumer side, and why: what a group processed twice, and what it committed and never processed. Read
 * from the ledger's counts, from who read what (readings.ts) and from the lines between; an observer that keeps nothing itself.
 */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { Phrase, StoryMoment, ThingId } from '../../protocol/frame.ts';
import type { ReadFault } from '../../protocol/group-detail.ts';
import type { ConsumerState } from '../client/consumer-state.ts';
import { BROKER_STRIDE, type LogLineFact, type PartitionName, type World } from '../kernel/world.ts';
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
  'log.modern-member.too-slow',
  'log.modern-member.fenced',
  'log.modern-member.lost',
  'log.member.commit-failed',
  'log.group.session-ended',
  'log.group.not-rejoined',
  'log.group.not-synced',
  'log.group.left-poll',
  'log.modern.fenced.session-ended',
  'log.modern.fenced.rebalance-timeout',
  'log.modern.fenced.classic-timeout',
];
const MOST_CONTEXT = 6;
/** A commit that follows a record comes within the time of a request. */
const COMMIT_SOON_US = 2_000_000;

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

/** What befell a reader between two moments, and what befell the group's offsets and the log at an offset: `beyond`. */
function context(
  w: World,
  groupId: string,
  consumer: string,
  partition: string,
  fromUs: number,
  untilUs: number,
  beyond = Number.MAX_SAFE_INTEGER,
): StoryMoment[] {
  const found: StoryMoment[] = [];
  for (let i = 0; i < vectorLength(w.lines); i++) {
    const line = vectorGet(w.lines, i);
    if (line.atUs < fromUs) continue;
    if (line.atUs > untilUs) break;
    const { key, params } = line.phrase;
    const itself = CONTEXT.includes(key) && (params.consumer === consumer || params.member === consumer);
    const expired =
      (key === 'log.group.offsets-expired' || key === 'log.modern.offsets-expired') && params.group === groupId;
    const deleted =
      key.startsWith('log.retention.') && params.partition === partition && Number(params.logStart) > beyond;
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
    if (later !== undefined) return zombieChain(w, g, run, own, later);
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
    chain: [...chain(), ending, ...refusedAfter(w, run)],
  };
}

function runParams(run: readonly Again[], partition: string): Phrase['params'] {
  const lastOffset = run.at(-1)?.offset ?? -1;
  return { partition, count: run.length, fromOffset: run[0]?.offset ?? -1, lastOffset };
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
  const params = runParams(run, own.partition);
  const between = context(w, g.groupId, before.consumer, own.partition, before.fromUs, own.fromUs);
  const chain = [...firstTime(w, first.id, before, params), ...between];
  const committed = own.start.phrase.key === 'log.member.committed-start';
  const forgotten = between.some((m) => m.phrase.key.endsWith('.offsets-expired'));
  if (committed || (own.start.phrase.key === 'log.consumer.reset' && !forgotten && before.end !== null)) {
    const c = consumerNamed(w, before.consumer);
    const refused = between.some((m) => m.phrase.key === 'log.member.commit-failed');
    const mode0 = committed ? `why.again.mode.${commitMode(c)}` : 'why.again.nothing';
    const key = refused ? 'why.again.refused' : mode0;
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
function zombieChain(w: World, g: GroupLedger, run: readonly Again[], own: Reading, later: Reading): StoryMoment[] {
  const first = run[0] as Again;
  const params = runParams(run, own.partition);
  const between = context(w, g.groupId, own.consumer, own.partition, own.fromUs, first.atUs);
  const chain = [...between, told(later.start), ...firstTime(w, first.id, later, params)];
  const zombie = { consumer: own.consumer, other: later.consumer, partition: own.partition };
  chain.push(moment(first.atUs, 'why.again.zombie', zombie, things(own.consumer, own.partition), 'risk'));
  return chain.sort((a, b) => a.atUs - b.atUs);
}

/** Its commit of what it processed after it was out: the first refusal within a moment of the run's last record. */
function refusedAfter(w: World, run: readonly Again[]): StoryMoment[] {
  const { consumer, atUs } = run.at(-1) as Again;
  for (let i = vectorLength(w.lines) - 1; i >= 0; i--) {
    const line = vectorGet(w.lines, i);
    if (line.atUs < atUs) break;
    if (line.atUs > atUs + COMMIT_SOON_US || line.phrase.key !== 'log.member.commit-failed') continue;
    if (line.phrase.params.consumer === consumer) return [told(line)];
  }
  return [];
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
    chain.push(...context(w, g.groupId, holder.consumer, name, holder.fromUs, untilUs, from));
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
  const logStart = logStartOf(w, partition);
  const ending = from >= logStart ? 'skipped' : last < logStart ? 'gone' : 'partly';
  chain.push(
    moment(
      untilUs,
      `why.skipped.${ending}`,
      { ...params, logStart },
      [`group:${g.groupId}`, `partition:${name}`],
      'harm',
    ),
  );
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

/** Where the log of a partition's (last) leader begins. */
function logStartOf(w: World, partition: number): number {
  const broker = w.ledger.truth[partition]?.broker ?? -1;
  return w.replicas[partition * BROKER_STRIDE + broker]?.logStart ?? 0;
}
