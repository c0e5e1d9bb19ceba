/**
 * One replica's log (Kafka: UnifiedLog, LocalLog). Functions over a replica that the caller owns. Batches are shared,
 * immutable bodies; offsets, epochs, sizes and producer states stand beside them.
 */

import { assert } from '../../base/assert.ts';
import { vectorClear, vectorGet, vectorLength, vectorPush, vectorTruncate } from '../../base/vector.ts';
import { errorCode } from '../../kafka/api/errors-core.ts';
import type { FetchedBatch } from '../../kafka/api/messages.ts';
import type { TopicConfig } from '../../kafka/config/effective-topic.ts';
import { type RecordBatch, withMaxTimestamp } from '../../kafka/records/record-batch.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { fold } from '../kernel/hash.ts';
import { type World, wallMs } from '../kernel/world.ts';
import { lateAppendInfo, lateCleaner, lateCompression, lateProducers, lateStateEntry } from '../slots.ts';
import { assign, type EpochEndOffset, endOffsetFor, latestEpoch, truncateFromEnd } from './leader-epoch-file-cache.ts';
import { createProducerStates, firstUnstableOffset, onHighWatermarkUpdated } from './producer-states.ts';
import { emptySegment, grow, roll, shouldRoll, truncateSegments } from './segments.ts';
import type { StoredBatch } from './stored-batch.ts';

const NONE = 0;
const MESSAGE_TOO_LARGE = errorCode('MESSAGE_TOO_LARGE');
const RECORD_LIST_TOO_LARGE = errorCode('RECORD_LIST_TOO_LARGE');
const INVALID_TIMESTAMP = errorCode('INVALID_TIMESTAMP');
const INVALID_RECORD = errorCode('INVALID_RECORD');

export interface AppendResult {
  readonly errorCode: number;
  readonly errorMessage: string | null;
  readonly baseOffset: number;
  readonly lastOffset: number;
  /** The batch had been appended before (rule 38): these are its first offsets. */
  readonly duplicate: boolean;
  readonly stored: StoredBatch | null;
}

function refused(code: number, errorMessage: string): AppendResult {
  return { errorCode: code, errorMessage, baseOffset: -1, lastOffset: -1, duplicate: false, stored: null };
}

/** Rules 30, 98: one bad record rejects the whole batch. */
function validate(batch: RecordBatch, config: TopicConfig, nowMs: number): AppendResult | null {
  const compacted = config.cleanupPolicy.includes('compact');
  for (let i = 0; i < batch.records.length; i++) {
    const record = batch.records[i] as RecordBatch['records'][number];
    if (compacted && record.key === null) {
      return refused(INVALID_RECORD, `record ${i} has no key; a compacted topic needs one`);
    }
    if (config.messageTimestampType === 'CreateTime' && record.timestampMs >= 0) {
      if (
        record.timestampMs - nowMs > config.messageTimestampAfterMaxMs ||
        nowMs - record.timestampMs > config.messageTimestampBeforeMaxMs
      ) {
        return refused(INVALID_TIMESTAMP, `record ${i}: timestamp ${record.timestampMs} is out of range`);
      }
    }
  }
  return null;
}

/** Whether the batch goes into the log without any codec: nothing to unpack, nothing to pack. */
export function isPlain(batch: RecordBatch, config: TopicConfig): boolean {
  return batch.packed === null && config.compressionType === 'producer';
}

function tooLarge({ sizeInBytes }: RecordBatch, { maxMessageBytes }: TopicConfig): AppendResult | null {
  return sizeInBytes > maxMessageBytes
    ? refused(MESSAGE_TOO_LARGE, `a batch of ${sizeInBytes} bytes; max.message.bytes is ${maxMessageBytes}`)
    : null;
}

/** Appends a client's batch on the leader (UnifiedLog.appendAsLeader). Assigns offsets and the leader epoch. */
export function appendAsLeader(w: World, r: ReplicaState, sent: RecordBatch, config: TopicConfig): AppendResult {
  const nowMs = wallMs(w);
  const bad = tooLarge(sent, config) ?? validate(sent, config, nowMs);
  if (bad !== null) return bad;
  let batch = isPlain(sent, config) ? sent : lateCompression.keepOrRepack(w, r, sent, config);
  // Packed again it may have grown (UnifiedLog.append asks a second time); what stayed as it was passed already.
  const grown = tooLarge(batch, config);
  if (grown !== null) return grown;
  if (batch.sizeInBytes > config.segmentBytes) {
    return refused(
      RECORD_LIST_TOO_LARGE,
      `a batch of ${batch.sizeInBytes} bytes; a segment holds ${config.segmentBytes}`,
    );
  }
  if (config.messageTimestampType === 'LogAppendTime') batch = withMaxTimestamp(batch, 'LogAppendTime', nowMs);
  const producerId = Number(batch.producerId);
  if (producerId >= 0) {
    const entry = r.producers.producers.get(producerId);
    const duplicate = entry === undefined ? undefined : lateStateEntry.findDuplicate(entry, batch);
    if (duplicate !== undefined) {
      return {
        errorCode: NONE,
        errorMessage: null,
        baseOffset: duplicate.lastOffset - duplicate.offsetDelta,
        lastOffset: duplicate.lastOffset,
        duplicate: true,
        stored: null,
      };
    }
    const info = lateProducers.prepareUpdate(r.producers, producerId, 'CLIENT');
    const outcome = lateAppendInfo.appendBatch(info, batch, r.leo, 0);
    if (outcome !== null && outcome.kind === 'error') return refused(errorCode(outcome.error), outcome.message);
    lateProducers.updateProducer(r.producers, info);
    if (outcome !== null) lateProducers.completeTxn(r.producers, outcome);
  }
  const stored: StoredBatch = {
    baseOffset: r.leo,
    lastOffset: r.leo + batch.lastOffsetDelta,
    leaderEpoch: r.leaderEpoch,
    batch,
    appendedUs: w.nowUs,
  };
  put(w, r, stored, config);
  return {
    errorCode: NONE,
    errorMessage: null,
    baseOffset: stored.baseOffset,
    lastOffset: stored.lastOffset,
    duplicate: false,
    stored,
  };
}

/** Appends what a leader sent (UnifiedLog.appendAsFollower). Rule 90: stops before the first batch of a leader epoch above the one fetched with. */
export function appendAsFollower(
  w: World,
  r: ReplicaState,
  batches: readonly FetchedBatch[],
  fetchedWithEpoch: number,
  config: TopicConfig,
): number {
  let appended = 0;
  for (const stored of batches) {
    if (stored.leaderEpoch > fetchedWithEpoch) break;
    // The log of a follower that had to begin anew starts inside of this batch, where its leader's start has moved to
    // (DeleteRecords): it begins with the whole batch (Partition.appendRecordsToFollowerOrFutureReplica).
    if (r.leo === r.logStart && stored.baseOffset < r.leo && stored.lastOffset >= r.leo) {
      truncateFully(w, r, stored.baseOffset);
    }
    assert(
      stored.baseOffset >= r.leo,
      'offsets-in-order',
      `replica ${r.partition}@${r.broker}: batch at ${stored.baseOffset} behind its end ${r.leo}`,
    );
    const producerId = Number(stored.batch.producerId);
    if (producerId >= 0) {
      const info = lateProducers.prepareUpdate(r.producers, producerId, 'REPLICATION');
      const outcome = lateAppendInfo.appendBatch(info, stored.batch, stored.baseOffset, -1);
      if (outcome === null || outcome.kind !== 'error') {
        lateProducers.updateProducer(r.producers, info);
        if (outcome !== null) lateProducers.completeTxn(r.producers, outcome);
      }
    }
    put(w, r, stored, config);
    appended += 1;
  }
  return appended;
}

function put(w: World, r: ReplicaState, stored: StoredBatch, config: TopicConfig): void {
  if (shouldRoll(w, r.active, stored, config)) {
    // A closed segment is flushed at once by a task of its own, and the producers' states are written beside it.
    roll(w, r, stored.baseOffset, config);
    r.flushedOffset = Math.max(r.flushedOffset, r.leo);
    lateProducers.takeSnapshot(r.producers);
    if (config.cleanupPolicy.includes('compact')) lateCleaner.logRolled(w, r);
  }
  grow(r.active, stored, config.indexIntervalBytes);
  vectorPush(r.batches, stored, w.gen);
  r.leo = stored.lastOffset + 1;
  r.producers.mapEndOffset = r.leo;
  r.sizeBytes += stored.batch.sizeInBytes;
  r.recordCount += stored.batch.records.length;
  const last = r.epochs.length === 0 ? -1 : (r.epochs[r.epochs.length - 1] as { epoch: number }).epoch;
  if (stored.leaderEpoch !== last) r.epochs = assign(r.epochs, stored.leaderEpoch, stored.baseOffset);
  fold(w, stored.batch.crc);
}

/** Index in the vector of the first batch that holds `offset` or lies above it; the length if there is none. */
export function batchIndexFor(r: ReplicaState, offset: number): number {
  const length = vectorLength(r.batches);
  let low = 0;
  let high = length;
  // Reads are mostly at the tail: try the last few before halving.
  for (let back = 1; back <= 4 && back <= length; back++) {
    const b = vectorGet(r.batches, length - back);
    if (b.baseOffset <= offset) return offset <= b.lastOffset ? length - back : length - back + 1;
    high = length - back;
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    if (vectorGet(r.batches, middle).lastOffset < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

const NO_BATCHES: readonly FetchedBatch[] = [];

/**
 * Batches from the one that holds `offset`, below `upperBound`, up to `maxBytes`; the first comes whole if
 * `minOneMessage` (rule 26). Unlike Kafka a batch that does not fit is left out, not cut: its client would drop it.
 */
export function read(
  r: ReplicaState,
  offset: number,
  maxBytes: number,
  upperBound: number,
  minOneMessage: boolean,
): readonly FetchedBatch[] {
  if (offset >= upperBound) return NO_BATCHES;
  const length = vectorLength(r.batches);
  let index = batchIndexFor(r, offset);
  if (index >= length) return NO_BATCHES;
  const out: StoredBatch[] = [];
  let bytes = 0;
  while (index < length) {
    const b = vectorGet(r.batches, index);
    if (b.baseOffset >= upperBound) break;
    if (bytes + b.batch.sizeInBytes > maxBytes && !(out.length === 0 && minOneMessage)) break;
    out.push(b);
    bytes += b.batch.sizeInBytes;
    index += 1;
  }
  return out;
}

/** The bytes a read from `offset` to `upperBound` could give, counted up to `enough`. */
export function bytesAvailable(r: ReplicaState, offset: number, upperBound: number, enough: number): number {
  if (offset >= upperBound) return 0;
  const length = vectorLength(r.batches);
  let bytes = 0;
  for (let index = batchIndexFor(r, offset); index < length && bytes < enough; index++) {
    const b = vectorGet(r.batches, index);
    if (b.baseOffset >= upperBound) break;
    bytes += b.batch.sizeInBytes;
  }
  return bytes;
}

/** Rule 43. */
export function lastStableOffset(r: ReplicaState): number {
  if (r.producers.ongoingTxns.length === 0 && r.producers.unreplicatedTxns.length === 0) return r.highWatermark;
  const unstable = firstUnstableOffset(r.producers);
  return unstable === null ? r.highWatermark : Math.min(r.highWatermark, unstable);
}

/** Rules 12, 94: clamped to the log, and it may go back. */
export function updateHighWatermark(r: ReplicaState, offset: number): void {
  r.highWatermark = Math.max(r.logStart, Math.min(offset, r.leo));
  onHighWatermarkUpdated(r.producers, r.highWatermark);
}

/** Cuts everything at and above `offset` (rule 94). Returns the batches that went, in order. */
export function truncateTo(w: World, r: ReplicaState, offset: number): StoredBatch[] {
  const gone: StoredBatch[] = [];
  if (offset >= r.leo) {
    // A leader that appended nothing left an epoch at its end: it goes, or the next fetch diverges for ever (UnifiedLog.truncateTo).
    r.epochs = truncateFromEnd(r.epochs, r.leo);
    return gone;
  }
  const length = vectorLength(r.batches);
  let keep = batchIndexFor(r, offset);
  // A batch is cut whole: an offset inside it takes it all, as LogSegment.truncateTo does.
  for (let i = keep; i < length; i++) gone.push(vectorGet(r.batches, i));
  if (keep < 0) keep = 0;
  vectorTruncate(r.batches, keep, w.gen);
  for (const b of gone) {
    r.sizeBytes -= b.batch.sizeInBytes;
    r.recordCount -= b.batch.records.length;
  }
  r.leo = offset;
  r.epochs = truncateFromEnd(r.epochs, offset);
  r.flushedOffset = Math.min(r.flushedOffset, offset);
  truncateSegments(w, r);
  if (r.cleaned !== null) lateCleaner.truncateCleaned(r, offset);
  updateHighWatermark(r, r.highWatermark);
  if (r.producers.producers.size > 0 || r.producers.snapshots.length > 0) rebuildProducers(w, r);
  else r.producers.mapEndOffset = r.leo;
  return gone;
}

/** Rule 18: throws the log away and starts again at `offset`. */
export function truncateFully(w: World, r: ReplicaState, offset: number): StoredBatch[] {
  const gone: StoredBatch[] = [];
  for (let i = 0; i < vectorLength(r.batches); i++) gone.push(vectorGet(r.batches, i));
  vectorClear(r.batches, w.gen);
  r.logStart = offset;
  r.leo = offset;
  r.highWatermark = offset;
  r.flushedOffset = offset;
  r.sizeBytes = 0;
  r.recordCount = 0;
  r.segments = [];
  r.active = emptySegment(offset, wallMs(w));
  r.cleaned = null;
  r.epochs = [];
  lateProducers.truncateFullyAndStartAt(r.producers, offset);
  return gone;
}

/** Producer states after a truncation or a restart: the latest snapshot, then the log above it (rules 94, 95). */
function rebuildProducers(w: World, r: ReplicaState): void {
  const nowMs = wallMs(w);
  lateProducers.truncateAndReload(r.producers, r.logStart, r.leo, nowMs, 86_400_000);
  const from = r.producers.mapEndOffset;
  for (let i = batchIndexFor(r, from); i < vectorLength(r.batches); i++) {
    const stored = vectorGet(r.batches, i);
    const producerId = Number(stored.batch.producerId);
    if (stored.baseOffset < from || producerId < 0) continue;
    const info = lateProducers.prepareUpdate(r.producers, producerId, 'REPLICATION');
    const outcome = lateAppendInfo.appendBatch(info, stored.batch, stored.baseOffset, -1);
    if (outcome !== null && outcome.kind === 'error') continue;
    lateProducers.updateProducer(r.producers, info);
    if (outcome !== null) lateProducers.completeTxn(r.producers, outcome);
  }
  r.producers.mapEndOffset = r.leo;
}

/** A process starts on this log again: nothing of its memory is left (rule 89). */
export function reopen(w: World, r: ReplicaState): void {
  r.producers = createProducerStates(r.producers.snapshots);
  r.highWatermark = Math.max(r.logStart, Math.min(r.checkpointedHw, r.leo));
  if (r.leo > 0) rebuildProducers(w, r);
}

/** Rule 15. */
export function endOffsetForEpoch(r: ReplicaState, epoch: number): EpochEndOffset {
  return endOffsetFor(r.epochs, epoch, r.leo);
}

export function latestLogEpoch(r: ReplicaState): number {
  return latestEpoch(r.epochs) ?? -1;
}
