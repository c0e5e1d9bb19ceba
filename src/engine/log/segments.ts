/**
 * A log's segments (Kafka: LogSegment, LogSegments, UnifiedLog.maybeRoll and deletableSegments). The batches lie in one vector; what
 * a segment is (where it begins, how large and how old it is) stands beside them, since only rolling and retention ask for it.
 * Sizes in bytes, times in ms since the epoch as record timestamps are.
 */
import { nextInt } from '../../base/random.ts';
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { TopicConfig } from '../../kafka/config/effective-topic.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { stream, type World, wallMs } from '../kernel/world.ts';
import type { StoredBatch } from './stored-batch.ts';

/** A segment that is full: it never changes again, it only goes as a whole. */
export interface Segment {
  readonly base: number;
  readonly sizeBytes: number;
  readonly records: number;
  /** Largest timestamp of its records; when it was last written if they have none. */
  readonly largestTimestampMs: number;
}

/** The one that is appended to. */
export interface ActiveSegment {
  readonly base: number;
  readonly createdMs: number;
  readonly rollJitterMs: number;
  sizeBytes: number;
  records: number;
  /** Of its first batch; -1 while it is empty. */
  firstTimestampMs: number;
  /** -1 while it is empty. */
  maxTimestampMs: number;
  /** An index gets an entry when more than index.interval.bytes were written since the last one. */
  sinceIndexEntryBytes: number;
  indexEntries: number;
}

/** What a log rolls by. The time index has the larger entries (12 bytes), so it is full first, one entry before its end. */
const TIME_INDEX_ENTRY_BYTES = 12;

export function emptySegment(base: number, createdMs: number, rollJitterMs = 0): ActiveSegment {
  return {
    base,
    createdMs,
    rollJitterMs,
    sizeBytes: 0,
    records: 0,
    firstTimestampMs: -1,
    maxTimestampMs: -1,
    sinceIndexEntryBytes: 0,
    indexEntries: 0,
  };
}

/** LogConfig.randomSegmentJitter. No draw without jitter, so that other worlds keep theirs. */
function jitter(w: World, r: ReplicaState, config: TopicConfig): number {
  const most = Math.min(config.segmentJitterMs, config.segmentMs);
  return most > 0 ? nextInt(stream(w, `segment:${r.broker}`), Math.min(most, 2_147_483_647)) : 0;
}

/** Rule 31. Whether the batch begins a new segment (LogSegment.shouldRoll). */
export function shouldRoll(w: World, active: ActiveSegment, stored: StoredBatch, config: TopicConfig): boolean {
  if (active.sizeBytes === 0) return false;
  const { sizeInBytes, maxTimestamp } = stored.batch;
  if (active.sizeBytes > config.segmentBytes - sizeInBytes) return true;
  const newest = Number(maxTimestamp);
  const waitedMs = active.firstTimestampMs >= 0 ? newest - active.firstTimestampMs : wallMs(w) - active.createdMs;
  if (waitedMs > config.segmentMs - active.rollJitterMs) return true;
  return active.indexEntries >= Math.floor(config.segmentIndexBytes / TIME_INDEX_ENTRY_BYTES) - 1;
}

function closed(active: ActiveSegment): Segment {
  const { base, sizeBytes, records, maxTimestampMs, createdMs } = active;
  return { base, sizeBytes, records, largestTimestampMs: maxTimestampMs >= 0 ? maxTimestampMs : createdMs };
}

/**
 * UnifiedLog.roll: the active segment is closed and an empty one begins at `base`. What lies below is flushed by a task of
 * the moment, and the producers' states are written down: the caller does that.
 */
export function roll(w: World, r: ReplicaState, base: number, config: TopicConfig): void {
  r.segments = [...r.segments, closed(r.active)];
  r.active = emptySegment(base, wallMs(w), jitter(w, r, config));
}

/** LogSegment.append. */
export function grow(active: ActiveSegment, stored: StoredBatch, indexIntervalBytes: number): void {
  const { batch } = stored;
  const maxTimestampMs = Number(batch.maxTimestamp);
  if (active.sizeBytes === 0) active.firstTimestampMs = maxTimestampMs;
  if (maxTimestampMs > active.maxTimestampMs) active.maxTimestampMs = maxTimestampMs;
  if (active.sinceIndexEntryBytes > indexIntervalBytes) {
    active.indexEntries += 1;
    active.sinceIndexEntryBytes = 0;
  }
  active.sinceIndexEntryBytes += batch.sizeInBytes;
  active.sizeBytes += batch.sizeInBytes;
  active.records += batch.records.length;
}

/** After a truncation: later segments are gone, and the one that holds the new end is appended to again. */
export function truncateSegments(w: World, r: ReplicaState): void {
  let keep = r.segments.length;
  let base = r.active.base;
  while (keep > 0 && base > r.leo) {
    keep -= 1;
    base = (r.segments[keep] as Segment).base;
  }
  r.segments = keep === r.segments.length ? r.segments : r.segments.slice(0, keep);
  const active = emptySegment(base, wallMs(w));
  for (let i = vectorLength(r.batches) - 1; i >= 0; i--) {
    const stored = vectorGet(r.batches, i);
    if (stored.baseOffset < base) break;
    active.sizeBytes += stored.batch.sizeInBytes;
    active.records += stored.batch.records.length;
    active.firstTimestampMs = Number(stored.batch.maxTimestamp);
    active.maxTimestampMs = Math.max(active.maxTimestampMs, Number(stored.batch.maxTimestamp));
  }
  r.active = active;
}

/** All segments, oldest first, the active one last. */
export function segmentsOf(r: ReplicaState): readonly Segment[] {
  return [...r.segments, closed(r.active)];
}

export type DeletionReason = 'log-start' | 'size' | 'time';

export interface Deletable {
  readonly reason: DeletionReason;
  readonly count: number;
}

/** How many of the oldest segments may go: a prefix that lies below the high watermark and that `condition` names. */
function prefix(r: ReplicaState, condition: (segment: Segment, nextBase: number | null) => boolean): number {
  const all = segmentsOf(r);
  let count = 0;
  for (let i = 0; i < all.length; i++) {
    const segment = all[i] as Segment;
    const nextBase = i + 1 < all.length ? (all[i + 1] as Segment).base : null;
    const lastAndEmpty = nextBase === null && segment.sizeBytes === 0;
    if (r.highWatermark < (nextBase ?? r.leo) || lastAndEmpty || !condition(segment, nextBase)) break;
    count += 1;
  }
  return count;
}

/**
 * Rule 32 (UnifiedLog.deleteOldSegments): what retention takes now, one reason at a time and in Kafka's order: what DeleteRecords
 * left behind, then by size, then by time. Without `delete` in the policy only the first. null: nothing.
 */
export function nextDeletable(
  w: World,
  r: ReplicaState,
  config: TopicConfig,
  after: DeletionReason | null,
): Deletable | null {
  if (after === null) {
    const count = prefix(r, (_segment, nextBase) => nextBase !== null && nextBase <= r.logStart);
    return { reason: 'log-start', count };
  }
  if (!config.cleanupPolicy.includes('delete')) return null;
  if (after === 'log-start') {
    let excess = r.sizeBytes - config.retentionBytes;
    if (config.retentionBytes < 0 || excess < 0) return { reason: 'size', count: 0 };
    const count = prefix(r, (segment) => {
      if (excess - segment.sizeBytes < 0) return false;
      excess -= segment.sizeBytes;
      return true;
    });
    return { reason: 'size', count };
  }
  if (after === 'time' || config.retentionMs < 0) return null;
  const now = wallMs(w);
  return { reason: 'time', count: prefix(r, (segment) => now - segment.largestTimestampMs > config.retentionMs) };
}
