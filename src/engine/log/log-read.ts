/** Reading a log for a fetch (Kafka: LocalLog.read, LogSegment.read). Rule 26. */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { FetchedBatch } from '../../kafka/api/messages.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { lateCleaner } from '../slots.ts';
import type { StoredBatch } from './stored-batch.ts';
import { batchIndexFor } from './unified-log.ts';

export interface FetchData {
  /** Whole batches, the first of which holds the asked offset. */
  readonly batches: readonly FetchedBatch[];
  /** Their bytes, and those of the batch behind them that was cut at the limit: its client drops them. */
  readonly sizeInBytes: number;
}

const NOTHING: FetchData = { batches: [], sizeInBytes: 0 };

/** Where the segment that holds `offset` ends: the next one's base; beyond everything for the one that grows. */
export function segmentEnd(r: ReplicaState, offset: number): number {
  if (offset >= r.active.base) return Number.MAX_SAFE_INTEGER;
  for (let i = r.segments.length - 1; i >= 0; i--) {
    if ((r.segments[i] as { base: number }).base > offset) continue;
    return i + 1 < r.segments.length ? (r.segments[i + 1] as { base: number }).base : r.active.base;
  }
  return r.active.base;
}

/**
 * What one read gives: from the batch that holds `offset`, below `upperBound`, out of one segment, cut at `maxBytes`. Its first
 * batch comes whole if `minOneMessage`; without that, a first batch that does not fit gives nothing.
 */
export function readLog(
  r: ReplicaState,
  offset: number,
  maxBytes: number,
  upperBound: number,
  minOneMessage: boolean,
): FetchData {
  if (offset >= upperBound) return NOTHING;
  if (r.cleaned !== null && offset < r.cleaned.upTo)
    return lateCleaner.readCleaned(r, offset, maxBytes, upperBound, minOneMessage);
  const length = vectorLength(r.batches);
  let index = batchIndexFor(r, offset);
  if (index >= length) return NOTHING;
  const first = vectorGet(r.batches, index);
  const firstBytes = first.batch.sizeInBytes;
  if (first.baseOffset >= upperBound || (firstBytes > maxBytes && !minOneMessage)) return NOTHING;
  const limit = Math.max(maxBytes, firstBytes);
  const end = Math.min(upperBound, segmentEnd(r, first.baseOffset));
  const batches: StoredBatch[] = [first];
  let bytes = firstBytes;
  for (index += 1; index < length; index++) {
    const b = vectorGet(r.batches, index);
    if (b.baseOffset >= end) break;
    if (bytes + b.batch.sizeInBytes > limit) return { batches, sizeInBytes: limit };
    batches.push(b);
    bytes += b.batch.sizeInBytes;
  }
  return { batches, sizeInBytes: bytes };
}

/** The bytes a read from `offset` to `upperBound` could give, counted up to `enough`. */
export function bytesAvailable(r: ReplicaState, offset: number, upperBound: number, enough: number): number {
  if (offset >= upperBound) return 0;
  const length = vectorLength(r.batches);
  let bytes = 0;
  if (r.cleaned !== null && offset < r.cleaned.upTo) {
    bytes = lateCleaner.cleanedBytes(r, offset, upperBound);
    offset = r.cleaned.upTo;
  }
  for (let index = batchIndexFor(r, offset); index < length && bytes < enough; index++) {
    const b = vectorGet(r.batches, index);
    if (b.baseOffset >= upperBound) break;
    bytes += b.batch.sizeInBytes;
  }
  return bytes;
}
