/**
 * What compaction has left of a log. The batches as they were appended stay in the replica's vector, for observers, as those that
 * retention took do; whoever reads the log reads what stands here below `upTo`, and the vector from there on.
 */
import { type Vector, vectorGet, vectorLength } from '../../base/vector.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { BROKER_STRIDE, type World } from '../kernel/world.ts';
import { type FetchData, readLog, segmentEnd } from './log-read.ts';
import type { Segment } from './segments.ts';
import type { StoredBatch } from './stored-batch.ts';
import { batchIndexFor } from './unified-log.ts';

/** Immutable: each round of cleaning makes another one. */
export interface CleanedLog {
  /** The first dirty offset (cleaner-offset-checkpoint): everything below has been cleaned. */
  readonly upTo: number;
  /** All that is left below `upTo`, by offset; a batch may be empty (rule 36). */
  readonly batches: readonly StoredBatch[];
  /** Records that were taken away so far, and when the last round was. */
  readonly removed: number;
  readonly cleanedUs: number;
  readonly rounds: number;
}

/** Some broker has cleaned its log: each does so by itself, so their logs no longer hold the same batches. */
export function isCompacted(w: World, partition: number): boolean {
  for (let broker = 0; broker < BROKER_STRIDE; broker++)
    if ((w.replicas[partition * BROKER_STRIDE + broker]?.cleaned ?? null) !== null) return true;
  return false;
}

/** Index of the first cleaned batch that holds an offset or lies above it. */
function cleanedIndex(cleaned: CleanedLog, offset: number): number {
  let low = 0;
  let high = cleaned.batches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cleaned.batches[middle] as StoredBatch).lastOffset < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** readLog for an offset below `cleaned.upTo`: rule 26 over what is left; a read that finds nothing there goes on behind it. */
export function readCleaned(
  r: ReplicaState,
  offset: number,
  maxBytes: number,
  upperBound: number,
  minOneMessage: boolean,
): FetchData {
  const cleaned = r.cleaned as CleanedLog;
  const index = cleanedIndex(cleaned, offset);
  const first = cleaned.batches[index];
  if (first === undefined) return readLog(r, cleaned.upTo, maxBytes, upperBound, minOneMessage);
  const firstBytes = first.batch.sizeInBytes;
  if (first.baseOffset >= upperBound || (firstBytes > maxBytes && !minOneMessage))
    return { batches: [], sizeInBytes: 0 };
  const limit = Math.max(maxBytes, firstBytes);
  const end = Math.min(upperBound, segmentEnd(r, first.baseOffset));
  const batches: StoredBatch[] = [first];
  let bytes = firstBytes;
  for (let i = index + 1; i < cleaned.batches.length; i++) {
    const b = cleaned.batches[i] as StoredBatch;
    if (b.baseOffset >= end) break;
    if (bytes + b.batch.sizeInBytes > limit) return { batches, sizeInBytes: limit };
    batches.push(b);
    bytes += b.batch.sizeInBytes;
  }
  return { batches, sizeInBytes: bytes };
}

/** The bytes of what is left below `upTo` from an offset on. */
export function cleanedBytes(r: ReplicaState, offset: number, upperBound: number): number {
  const cleaned = r.cleaned as CleanedLog;
  let bytes = 0;
  for (let i = cleanedIndex(cleaned, offset); i < cleaned.batches.length; i++) {
    const b = cleaned.batches[i] as StoredBatch;
    if (b.baseOffset >= upperBound) break;
    bytes += b.batch.sizeInBytes;
  }
  return bytes;
}

/** Every batch that the log still has, oldest first. */
export function* remainingBatches(r: ReplicaState): Generator<StoredBatch> {
  const upTo = r.cleaned?.upTo ?? 0;
  if (r.cleaned !== null) yield* r.cleaned.batches;
  for (let i = batchIndexFor(r, upTo); i < vectorLength(r.batches); i++) {
    const b = vectorGet(r.batches, i);
    if (b.baseOffset >= upTo) yield b;
  }
}

/** The same as a vector, for whoever walks through a whole log. */
export function remaining(r: ReplicaState): Vector<StoredBatch> {
  return { chunks: [], tail: [...remainingBatches(r)], generation: -1 };
}

/** The log was cut at `offset`, maybe within what had been cleaned (LogCleanerManager.maybeTruncateCheckpoint). */
export function truncateCleaned(r: ReplicaState, offset: number): void {
  const { cleaned } = r;
  if (cleaned === null) return;
  const upTo = Math.min(cleaned.upTo, offset);
  const batches = cleaned.batches.filter((b) => b.lastOffset < upTo);
  r.cleaned = upTo <= r.logStart ? null : { ...cleaned, upTo, batches };
  recount(r);
}

/** Sizes after a log with a cleaned part was cut. */
function recount(r: ReplicaState): void {
  const oldest = r.segments[0]?.base ?? r.active.base;
  let sizeBytes = 0;
  let records = 0;
  let activeBytes = 0;
  let activeRecords = 0;
  for (const { baseOffset, batch } of remainingBatches(r)) {
    if (baseOffset < oldest) continue;
    sizeBytes += batch.sizeInBytes;
    records += batch.records.length;
    if (baseOffset < r.active.base) continue;
    activeBytes += batch.sizeInBytes;
    activeRecords += batch.records.length;
  }
  r.sizeBytes = sizeBytes;
  r.recordCount = records;
  r.active.sizeBytes = activeBytes;
  r.active.records = activeRecords;
}

/** The segments after a round: what a group was made of has become one segment with what is left of it. */
export function replaceSegments(
  r: ReplicaState,
  groups: readonly (readonly Segment[])[],
  kept: readonly StoredBatch[],
  end: number,
): void {
  const made = groups.map((group, i): Segment => {
    const base = (group[0] as Segment).base;
    const next = (groups[i + 1]?.[0] as Segment | undefined)?.base ?? end;
    const mine = kept.filter((b) => b.baseOffset >= base && b.baseOffset < next);
    const stamps = mine.flatMap((b) => (b.batch.records.length === 0 ? [] : [Number(b.batch.maxTimestamp)]));
    return {
      base,
      sizeBytes: mine.reduce((sum, b) => sum + b.batch.sizeInBytes, 0),
      records: mine.reduce((sum, b) => sum + b.batch.records.length, 0),
      largestTimestampMs: stamps.length > 0 ? Math.max(...stamps) : (group.at(-1) as Segment).largestTimestampMs,
    };
  });
  const before = r.segments.filter((s) => s.base < end);
  const gone = before.reduce((sum, s) => sum + s.sizeBytes, 0) - made.reduce((sum, s) => sum + s.sizeBytes, 0);
  const taken = before.reduce((sum, s) => sum + s.records, 0) - made.reduce((sum, s) => sum + s.records, 0);
  r.segments = [...made, ...r.segments.filter((s) => s.base >= end)];
  r.sizeBytes -= gone;
  r.recordCount -= taken;
}
