/**
 * One round of cleaning one compacted log (Kafka: LogCleanerManager.cleanableOffsets, LogToClean, Cleaner). Rules 33-36. Of every key
 * the last record stays, with its offset; the log's start never moves; the active segment is never touched.
 */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { CompactionConfig } from '../../kafka/config/effective-cleaner.ts';
import { bytesOf, hexOf } from '../../kafka/records/bytes.ts';
import { type KafkaRecord, makeBatch, NO_TIMESTAMP, type RecordBatch } from '../../kafka/records/record-batch.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { type World, wallMs } from '../kernel/world.ts';
import { type CleanedLog, remainingBatches, replaceSegments } from './cleaned-log.ts';
import type { Segment } from './segments.ts';
import type { StoredBatch } from './stored-batch.ts';
import { batchIndexFor, lastStableOffset } from './unified-log.ts';

/** What can be cleaned now (Kafka: LogToClean). Offsets; sizes in bytes. */
export interface LogToClean {
  readonly firstDirtyOffset: number;
  /** A segment's base: nothing at or above it is touched. */
  readonly firstUncleanableOffset: number;
  readonly cleanBytes: number;
  readonly cleanableBytes: number;
  /** cleanableBytes of both; 0 for a log without any. */
  readonly ratio: number;
  /** max.compaction.lag.ms has passed for something dirty. */
  readonly due: boolean;
}

/** LogCleanerManager.cleanableOffsets, calculateCleanableBytes, maxCompactionDelay. */
export function logToClean(w: World, r: ReplicaState, config: CompactionConfig): LogToClean {
  const nowMs = wallMs(w);
  const checkpoint = r.cleaned?.upTo ?? r.logStart;
  const firstDirtyOffset = checkpoint < r.logStart || checkpoint > r.leo ? r.logStart : checkpoint;
  const dirty = r.segments.filter((s) => s.base >= firstDirtyOffset);
  const young =
    config.minCompactionLagMs > 0
      ? dirty.find((s) => s.largestTimestampMs > nowMs - config.minCompactionLagMs)?.base
      : undefined;
  const bound = Math.min(lastStableOffset(r), r.active.base, young ?? Number.MAX_SAFE_INTEGER);
  const uncleanable = Math.max(firstDirtyOffset, bound);
  // Rounded down to a segment: the one that holds the bound is not touched.
  const holding = r.segments.filter((s) => s.base <= uncleanable).at(-1);
  const inside = holding !== undefined && uncleanable < r.active.base ? holding.base : r.active.base;
  const firstUncleanableOffset = uncleanable >= r.active.base ? r.active.base : inside;
  const bytes = (segments: readonly Segment[]): number => segments.reduce((sum, s) => sum + s.sizeBytes, 0);
  const from = Math.min(firstDirtyOffset, firstUncleanableOffset);
  const cleanBytes = bytes(r.segments.filter((s) => s.base < from));
  const cleanableBytes = bytes(r.segments.filter((s) => s.base >= from && s.base < firstUncleanableOffset));
  const oldest = Math.min(...dirty.map((s) => firstTimestampIn(r, s.base)));
  return {
    firstDirtyOffset,
    firstUncleanableOffset,
    cleanBytes,
    cleanableBytes,
    ratio: cleanBytes + cleanableBytes === 0 ? 0 : cleanableBytes / (cleanBytes + cleanableBytes),
    due: oldest < nowMs - Math.max(config.maxCompactionLagMs, 0),
  };
}

/** The timestamp of a segment's first batch. */
function firstTimestampIn(r: ReplicaState, base: number): number {
  for (let i = batchIndexFor(r, base); i < vectorLength(r.batches); i++) {
    const { baseOffset, batch } = vectorGet(r.batches, i);
    if (baseOffset >= base) return Number(batch.maxTimestamp);
  }
  return Number.MAX_SAFE_INTEGER;
}

/** Rule 34. */
export function isDue(log: LogToClean, config: CompactionConfig): boolean {
  return (log.due && log.cleanableBytes > 0) || log.ratio > config.minCleanableDirtyRatio;
}

export interface Cleaning {
  readonly removed: number;
  readonly kept: number;
  readonly tombstones: number;
  readonly bytes: number;
}

/** Cleaner.doClean: the caller owns the replica. */
export function cleanLog(
  w: World,
  r: ReplicaState,
  log: LogToClean,
  config: CompactionConfig,
  segmentBytes: number,
): Cleaning {
  const end = log.firstUncleanableOffset;
  const all = [...remainingBatches(r)].filter((b) => b.baseOffset < end);
  const latest = offsetMap(all.filter((b) => b.baseOffset >= log.firstDirtyOffset));
  const lastOfProducers = lastDataOffsets(r);
  const nowMs = wallMs(w);
  const kept: StoredBatch[] = [];
  let removed = 0;
  let tombstones = 0;
  for (const stored of all) {
    const left = filterBatch(stored, latest, nowMs, config.deleteRetentionMs);
    const now = left?.batch.records ?? [];
    removed += stored.batch.records.length - now.length;
    tombstones += now.filter((record) => record.value === null).length;
    const needed = lastOfProducers.has(stored.lastOffset) || stored.lastOffset + 1 === end;
    if (now.length > 0) kept.push(left as StoredBatch);
    else if (needed) kept.push(left ?? emptied(stored));
  }
  const bytesBefore = r.sizeBytes;
  replaceSegments(
    r,
    groupsBySize(
      r.segments.filter((s) => s.base < end),
      segmentBytes,
    ),
    kept,
    end,
  );
  r.cleaned = {
    upTo: end,
    batches: kept,
    removed: (r.cleaned?.removed ?? 0) + removed,
    cleanedUs: w.nowUs,
    rounds: (r.cleaned?.rounds ?? 0) + 1,
  } satisfies CleanedLog;
  return {
    removed,
    kept: kept.reduce((sum, b) => sum + b.batch.records.length, 0),
    tombstones,
    bytes: bytesBefore - r.sizeBytes,
  };
}

const offsetOf = ({ baseOffset, batch }: StoredBatch, at: number): number =>
  baseOffset + (batch.records[at]?.offsetDelta ?? at);

const keyOf = (record: KafkaRecord): string | null => {
  const bytes = bytesOf(record.key);
  return bytes === null ? null : hexOf(bytes);
};

/** Cleaner.buildOffsetMap: the last offset of each key in the dirty part. */
function offsetMap(dirty: readonly StoredBatch[]): Map<string, number> {
  const latest = new Map<string, number>();
  for (const stored of dirty) {
    if (stored.batch.isControl) continue;
    stored.batch.records.forEach((record, at) => {
      const key = keyOf(record);
      if (key !== null) latest.set(key, offsetOf(stored, at));
    });
  }
  return latest;
}

/** Rule 36: the last data batch of each producer that is still remembered here, by its last offset. */
function lastDataOffsets(r: ReplicaState): Set<number> {
  const offsets = new Set<number>();
  for (const entry of r.producers.producers.values()) {
    const last = entry.batches[entry.batches.length - 1];
    if (last !== undefined) offsets.add(last.lastOffset);
  }
  return offsets;
}

/**
 * MemoryRecords.filterTo with Cleaner.shouldRetainRecord. A batch that keeps a tombstone gets its delete horizon with the first
 * cleaning; at or after it the tombstone goes (rule 35). The same object where nothing changes; null: nothing is left.
 */
function filterBatch(
  stored: StoredBatch,
  latest: ReadonlyMap<string, number>,
  nowMs: number,
  deleteRetentionMs: number,
): StoredBatch | null {
  const { batch } = stored;
  if (batch.isControl) return stored;
  const horizon = batch.deleteHorizonMs ?? null;
  const keepsTombstones = horizon === null || nowMs < horizon;
  const records: KafkaRecord[] = [];
  batch.records.forEach((record, at) => {
    const key = keyOf(record);
    if (key === null) return;
    const offset = offsetOf(stored, at);
    if (offset < (latest.get(key) ?? -1)) return;
    if (record.value === null && !keepsTombstones) return;
    records.push(record.offsetDelta === undefined && at !== records.length ? { ...record, offsetDelta: at } : record);
  });
  if (records.length === 0) return null;
  const marks = horizon === null && records.some((record) => record.value === null);
  if (records.length === batch.records.length && !marks) return stored;
  return { ...stored, batch: rebuilt(batch, records, marks ? nowMs + deleteRetentionMs : horizon) };
}

/**
 * MemoryRecords.buildRetainedRecordsInto. Base and last offset stay: the batch is found by them, and its producer's sequence
 * follows from them. It is packed by the codec that it had, at that codec's default level: the topic's is not asked. Under
 * LogAppendTime the broker's time is written into the records.
 */
function rebuilt(batch: RecordBatch, kept: readonly KafkaRecord[], deleteHorizonMs: number | null): RecordBatch {
  const { timestampType, maxTimestamp } = batch;
  const records =
    timestampType === 'LogAppendTime' ? kept.map((record) => ({ ...record, timestampMs: maxTimestamp })) : kept;
  return makeBatch({
    ...batch,
    records,
    baseTimestamp: (records[0] as KafkaRecord).timestampMs,
    maxTimestamp: Math.max(...records.map((record) => record.timestampMs)),
    deleteHorizonMs,
  });
}

/** A batch of which only the header stays: without codec, base time and delete horizon (DefaultRecordBatch.writeEmptyHeader). */
function emptied(stored: StoredBatch): StoredBatch {
  const { batch } = stored;
  if (batch.records.length === 0) return stored;
  const header = { compression: 'none', records: [], baseTimestamp: NO_TIMESTAMP, deleteHorizonMs: null } as const;
  return { ...stored, batch: makeBatch({ ...batch, ...header }) };
}

/** Cleaner.groupSegmentsBySize: neighbours that fit into one segment become one. */
function groupsBySize(segments: readonly Segment[], segmentBytes: number): Segment[][] {
  const groups: Segment[][] = [];
  let bytes = 0;
  for (const segment of segments) {
    const last = groups.at(-1);
    if (last !== undefined && bytes + segment.sizeBytes <= segmentBytes) {
      last.push(segment);
      bytes += segment.sizeBytes;
    } else {
      groups.push([segment]);
      bytes = segment.sizeBytes;
    }
  }
  return groups;
}
