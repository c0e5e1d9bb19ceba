/** CONTRACT's result document, from a world at its end (or wherever it stands). */
import { emptyVector, vectorGet, vectorLength } from '../../base/vector.ts';
import type { Phrase } from '../../protocol/frame.ts';
import type {
  Result,
  ResultElection,
  ResultEvent,
  ResultIsrChange,
  ResultLost,
  ResultPartition,
  ResultStepNotRun,
} from '../../protocol/result.ts';
import type { ResolvedStep } from '../../protocol/scenario.ts';
import { usToMs } from '../../protocol/time.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { replicaOf } from '../broker/replicas.ts';
import type { PartitionRegistration } from '../controller/metadata-image.ts';
import { historyHash } from '../kernel/hash.ts';
import type { World } from '../kernel/world.ts';
import { causeChain } from '../ledger/cause-chain.ts';
import { chunkOf, rowOf } from '../ledger/columns.ts';
import { Status } from '../ledger/ledger-state.ts';
import type { StoredBatch } from '../log/stored-batch.ts';
import { batchIndexFor } from '../log/unified-log.ts';
import { lateCleaner } from '../slots.ts';
import { lastLeaderOf } from './frame-partitions.ts';
import { ackTimes, endToEndTimes, percentile } from './latency.ts';
import { codecsIn, logCodecs, ratioOf, workByBroker } from './log-codecs.ts';
import { errorName } from './message-content.ts';
import { groupResults } from './result-groups.ts';
import { totalsOf } from './totals.ts';

/** How a sentence is put into words. The worker has no table of texts (it would be a tenth of it) and says the key. */
export type Say = (key: string, params: Phrase['params']) => string;
const sayKey: Say = (key) => key;

export function resultOf(w: World, say: Say = sayKey): Result {
  const totals = totalsOf(w);
  const own = sides(w, false);
  const { delivered: _d, behind: _b, ...records } = totals;
  return {
    kafkascope: 1,
    title: w.scenario.title,
    seed: w.scenario.seed,
    endedAtMs: usToMs(w.nowUs),
    hash: historyHash(w),
    stepsNotRun: stepsNotRun(w),
    records,
    latencyMs: latencies(w),
    errors: counters([...w.ledger.errors]),
    requestErrors: counters(
      [...w.requestErrors].filter(([code]) => code !== 0).map(([code, count]) => [errorName(code), count] as const),
    ),
    partitions: own.partitions,
    groups: groupResults(w),
    elections: own.elections,
    isrChanges: own.isrChanges,
    lost: lostRecords(w, say),
    ...(w.brokers.some((b) => b.work !== null) ? { work: workByBroker(w) } : {}),
    internal: sides(w, true),
  };
}

function counters(entries: readonly (readonly [string, number])[]): Record<string, number> {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** A time in milliseconds with three decimals; null where nothing was measured. */
function ms(us: number | null): number | null {
  return us === null ? null : usToMs(us);
}

function latencies(w: World): Result['latencyMs'] {
  const { all, healthy } = ackTimes(w);
  const ends = endToEndTimes(w);
  return {
    ack: {
      p50: ms(percentile(all, 50)),
      p99: ms(percentile(all, 99)),
      p50WhileHealthy: ms(percentile(healthy, 50)),
      p99WhileHealthy: ms(percentile(healthy, 99)),
    },
    endToEnd: { p50: ms(percentile(ends, 50)), p99: ms(percentile(ends, 99)) },
  };
}

function stepsNotRun(w: World): ResultStepNotRun[] {
  const done = new Set(w.appliedSteps);
  const rest = w.scenario.steps.filter(({ index }) => !done.has(index));
  const armed = rest.find((step) => step.start.kind === 'when');
  return rest.map((step) => ({ step: step.index, do: step.command.do, why: whyNot(step, step === armed, w) }));
}

function whyNot({ start }: ResolvedStep, armed: boolean, w: World): string {
  if (start.kind === 'at') return `its time, ${usToMs(start.atUs)} ms, is after the end, ${usToMs(w.nowUs)} ms`;
  if (!armed) return 'the step before it that waits for an event never ran';
  if (w.whenWaiting) return `what it waited for happened, but not ${usToMs(start.afterUs)} ms before the end`;
  const { event, ...what } = start.when;
  return event === 'previous'
    ? 'the step before it in the file never ran'
    : `never came: ${event} ${JSON.stringify(what)}`;
}

/** The user's topics, or the internal ones. */
function sides(w: World, internal: boolean): Result['internal'] {
  const partitions: Record<string, ResultPartition> = {};
  const registrations = w.controller.image.partitions.filter(
    (p): p is PartitionRegistration => p !== null && p !== undefined && isInternal(p.topic) === internal,
  );
  for (const p of registrations.sort(byPlace)) partitions[`${p.topic}-${p.partitionId}`] = partitionResult(w, p);
  return { partitions, elections: elections(w, internal), isrChanges: isrChanges(w, internal) };
}

function isInternal(topic: string): boolean {
  return topic.startsWith('__');
}

function byPlace(a: { topic: string; partitionId: number }, b: { topic: string; partitionId: number }): number {
  return a.topic < b.topic ? -1 : a.topic > b.topic ? 1 : a.partitionId - b.partitionId;
}

function partitionResult(w: World, p: PartitionRegistration): ResultPartition {
  const leader = lastLeaderOf(w, p);
  const log = leader < 0 ? null : replicaOf(w, leader, p.partition);
  const codecs = new Map<string, number>();
  const all =
    log === null ? emptyVector<StoredBatch>(0) : log.cleaned === null ? log.batches : lateCleaner.remaining(log);
  const batches = vectorLength(all);
  const oldest =
    log === null || log.cleaned !== null ? 0 : batchIndexFor(log, log.segments[0]?.base ?? log.active.base);
  for (let i = oldest; i < batches; i++) {
    const codec = vectorGet(all, i).batch.compression;
    codecs.set(codec, (codecs.get(codec) ?? 0) + 1);
  }
  const rising = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);
  return {
    leader: p.leader,
    leaderEpoch: p.leaderEpoch,
    replicas: [...p.replicas],
    isr: rising(p.isr),
    elr: rising(p.elr),
    logStartOffset: log?.logStart ?? 0,
    highWatermark: log?.highWatermark ?? 0,
    lastStableOffset: log?.highWatermark ?? 0,
    logEndOffset: log?.leo ?? 0,
    sizeBytes: log?.sizeBytes ?? 0,
    batches: batches - oldest,
    records: log?.recordCount ?? 0,
    codecs: counters([...codecs]),
    ...(log === null ? {} : compressionOf(log)),
  };
}

function compressionOf(log: ReplicaState): Pick<ResultPartition, 'compression'> {
  const found = logCodecs(log);
  return codecsIn(found).length === 0 ? {} : { compression: { plainBytes: found.plainBytes, ratio: ratioOf(found) } };
}

interface Placed {
  readonly atUs: number;
  readonly partition: number;
}

/** By time, topic, partition number. */
function inOrder<T extends Placed>(w: World, facts: T[]): T[] {
  const place = (f: T): { topic: string; partitionId: number } => {
    const name = w.partitions[f.partition];
    return { topic: name?.topic ?? '', partitionId: name?.index ?? 0 };
  };
  return facts.sort((a, b) => a.atUs - b.atUs || byPlace(place(a), place(b)));
}

function all<T extends Placed>(w: World, length: number, get: (i: number) => T, internal: boolean): T[] {
  const facts: T[] = [];
  for (let i = 0; i < length; i++) {
    const fact = get(i);
    if (isInternal(w.partitions[fact.partition]?.topic ?? '') === internal) facts.push(fact);
  }
  return inOrder(w, facts);
}

function elections(w: World, internal: boolean): ResultElection[] {
  return all(w, vectorLength(w.elections), (i) => vectorGet(w.elections, i), internal).map(
    ({ atUs, partition, from, to, unclean }) => ({
      atMs: usToMs(atUs),
      partition: w.partitions[partition]?.name ?? '',
      from,
      to,
      unclean,
    }),
  );
}

function isrChanges(w: World, internal: boolean): ResultIsrChange[] {
  return all(w, vectorLength(w.isrChanges), (i) => vectorGet(w.isrChanges, i), internal).map(
    ({ atUs, partition, isr, why }) => ({
      atMs: usToMs(atUs),
      partition: w.partitions[partition]?.name ?? '',
      isr: [...isr],
      why,
    }),
  );
}

function lostRecords(w: World, say: Say): ResultLost[] {
  const found: { atUs: number; partition: number; offset: number; row: ResultLost }[] = [];
  if (w.ledger.lost === 0) return [];
  for (let id = 0; id < w.ledger.count; id++) {
    const chunk = chunkOf(w, id);
    const i = rowOf(id);
    if (((chunk.status[i] as number) & Status.Lost) === 0) continue;
    const partition = chunk.partition[i] as number;
    const offset = chunk.offset[i] as number;
    const chain = causeChain(w, id);
    const producer = w.producers[chunk.producer[i] as number]?.id ?? '';
    const name = w.partitions[partition]?.name ?? '';
    const why = chain.map(({ code, atUs, params }) => ({
      code,
      atMs: usToMs(atUs),
      text: say(`why.${code}`, { partition: name, offset, producer, ...params }),
    }));
    found.push({
      atUs: chain[chain.length - 1]?.atUs ?? 0,
      partition,
      offset,
      row: { producer, ordinal: chunk.ordinal[i] as number, partition: name, offset, why },
    });
  }
  found.sort((a, b) => a.atUs - b.atUs || a.partition - b.partition || a.offset - b.offset);
  return found.map(({ row }) => row);
}

/** The plain-words lines, for `--events`. */
export function eventsOf(w: World, say: Say): ResultEvent[] {
  const events: ResultEvent[] = [];
  for (let i = 0; i < vectorLength(w.lines); i++) {
    const { atUs, phrase } = vectorGet(w.lines, i);
    events.push({
      atMs: usToMs(atUs),
      kind: phrase.key.replace(/^log\./, ''),
      text: say(phrase.key, phrase.params),
    });
  }
  return events;
}
