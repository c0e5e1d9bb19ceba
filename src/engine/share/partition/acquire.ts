/** Acquiring records for a member (Kafka: SharePartition.acquire; rules 111 and 112). */
import { archiveRecords, gapIsActive, isWithin, moveGap, numInFlightRecords } from './offsets.ts';
import {
  type AcquiredRecords,
  floorIndex,
  type InFlightBatch,
  type InFlightState,
  inFlight,
  lastBatch,
  NO_MEMBER,
  putBatch,
  type SharePartitionData,
  type SharePartitionLimits,
  split,
  subMap,
  tryUpdate,
} from './state.ts';

/** A batch of the log, as far as acquiring cares. */
export interface LogRange {
  readonly baseOffset: number;
  readonly lastOffset: number;
}

export interface AcquireRequest {
  readonly member: string;
  /** share.acquire.mode=record_limit: never more than `maxRecords`, even within a batch of the log. */
  readonly recordLimit: boolean;
  /** Batches are kept apart once they hold this many records (ShareFetch's BatchSize). */
  readonly batchSize: number;
  readonly maxRecords: number;
  readonly fetchOffset: number;
  /** What was read from the log at the fetch offset. */
  readonly batches: readonly LogRange[];
  /** Those of them that belong to aborted transactions and must not be delivered (read_committed). */
  readonly aborted: readonly LogRange[];
  readonly nowUs: number;
}

export interface Acquired {
  readonly records: readonly AcquiredRecords[];
  readonly count: number;
}

const NOTHING: Acquired = { records: [], count: 0 };
const LEAST_THROTTLE_COUNT = 2;

/** From this delivery count on a batch is not handed out as a whole any more (rule 112). */
export function throttleCount(maxDeliveryCount: number): number {
  return Math.max(LEAST_THROTTLE_COUNT, Math.ceil(maxDeliveryCount / 2));
}

interface Run {
  readonly p: SharePartitionData;
  readonly limits: SharePartitionLimits;
  readonly request: AcquireRequest;
  readonly lockEndsUs: number;
}

export function acquire(p: SharePartitionData, limits: SharePartitionLimits, request: AcquireRequest): Acquired {
  const first = request.batches[0];
  const last = request.batches[request.batches.length - 1];
  if (first === undefined || last === undefined || request.maxRecords <= 0) return NOTHING;
  if (last.lastOffset < p.startOffset) return NOTHING;
  const room = roomFor(p, limits, request, last.lastOffset);
  if (room.maxRecords <= 0) return NOTHING;
  const run: Run = { p, limits, request, lockEndsUs: request.nowUs + limits.lockUs };
  archiveStale(p, request.fetchOffset, first.baseOffset);
  let baseOffset = first.baseOffset;
  const floor = p.batches[floorIndex(p, baseOffset)];
  if (floor === undefined) baseOffset = Math.max(baseOffset, p.startOffset);
  else if (floor.lastOffset >= baseOffset) baseOffset = floor.firstOffset;
  const cached = subMap(p, Math.min(first.baseOffset, baseOffset), room.lastOffset);
  const acquired =
    cached.length === 0
      ? acquireNew(run, baseOffset, room.lastOffset, room.maxRecords)
      : acquireAmong(run, cached, baseOffset, room.lastOffset, room.maxRecords);
  return request.aborted.length === 0 ? acquired : withoutAborted(p, acquired, request.aborted);
}

/** SharePartition.lastOffsetAndMaxRecordsToAcquire: at the in-flight limit only what is below the end offset may still go out. */
function roomFor(
  p: SharePartitionData,
  limits: SharePartitionLimits,
  request: AcquireRequest,
  lastOffset: number,
): { maxRecords: number; lastOffset: number } {
  const maxRecords = Math.min(request.maxRecords, limits.maxInFlightRecords - numInFlightRecords(p));
  if (maxRecords > 0 || request.fetchOffset > p.endOffset) return { maxRecords, lastOffset };
  return {
    maxRecords: Math.min(request.maxRecords, p.endOffset - request.fetchOffset + 1),
    lastOffset: Math.min(lastOffset, p.endOffset),
  };
}

/** What the log no longer holds between the fetch offset and its first batch (compacted away) is never delivered. */
function archiveStale(p: SharePartitionData, fetchOffset: number, baseOffset: number): void {
  if (p.batches.length === 0 || fetchOffset >= baseOffset) return;
  const floor = p.batches[floorIndex(p, fetchOffset)];
  const from = floor !== undefined && floor.lastOffset >= fetchOffset ? floor.firstOffset : fetchOffset;
  const stale = subMap(p, from, baseOffset - 1);
  if (archiveRecords(p, fetchOffset, baseOffset, stale, 'AVAILABLE', true)) p.findNextFetchOffset = true;
}

/** Kafka walks the cached batches that the log's batches touch, then acquires what lies beyond them. */
function acquireAmong(
  run: Run,
  cached: readonly InFlightBatch[],
  baseOffset: number,
  lastOffset: number,
  most: number,
): Acquired {
  const { p } = run;
  const result: AcquiredRecords[] = [];
  let count = 0;
  let max = most;
  let gapStart = baseOffset;
  const take = (acquired: Acquired): void => {
    result.push(...acquired.records);
    count += acquired.count;
  };
  for (const batch of cached) {
    if (count >= max) break;
    if (gapIsActive(p)) {
      if (gapStart < batch.firstOffset) take(acquireNew(run, gapStart, batch.firstOffset - 1, max - count));
      gapStart = batch.lastOffset + 1;
      if (count >= max) break;
    }
    const step = acquireCached(run, batch, lastOffset, max - count, count > 0, result);
    count += step.count;
    if (step.stop) {
      max = 0;
      break;
    }
  }
  const end = (cached[cached.length - 1] as InFlightBatch).lastOffset;
  if (count < max && end < lastOffset) take(acquireNew(run, end + 1, lastOffset, max - count));
  const last = result[result.length - 1];
  if (last !== undefined) moveGap(p, last.lastOffset + 1);
  return { records: result, count };
}

/** One cached batch: as a whole where that is allowed, else record by record. `stop`: nothing more goes out with this answer. */
function acquireCached(
  run: Run,
  batch: InFlightBatch,
  lastOffset: number,
  remaining: number,
  something: boolean,
  result: AcquiredRecords[],
): { count: number; stop: boolean } {
  const { request, limits } = run;
  const firstOffset = (request.batches[0] as LogRange).baseOffset;
  const size = batch.lastOffset - batch.firstOffset + 1;
  const throttled = isThrottled(batch, firstOffset, lastOffset, limits.maxDeliveryCount);
  if (throttled && something) return { count: 0, stop: true };
  const partly = !isWithin(batch, firstOffset, lastOffset) || (request.recordLimit && size > remaining);
  if (batch.whole !== null && (batch.whole.state !== 'AVAILABLE' || batch.whole.before !== null))
    return { count: 0, stop: false };
  if (partly || batch.offsets !== null || throttled) {
    const count = acquireSubset(run, batch, firstOffset, lastOffset, remaining, result);
    return { count, stop: throttled && count > 0 };
  }
  const updated = tryUpdate(batch.whole as InFlightState, 'ACQUIRED', 1, limits.maxDeliveryCount, request.member);
  if (updated === null) return { count: 0, stop: false };
  batch.whole = { ...updated, lockEndsUs: run.lockEndsUs };
  result.push({ firstOffset: batch.firstOffset, lastOffset: batch.lastOffset, deliveryCount: updated.deliveryCount });
  return { count: size, stop: false };
}

function isThrottled(batch: InFlightBatch, first: number, last: number, maxDeliveryCount: number): boolean {
  const limit = throttleCount(maxDeliveryCount);
  const isFree = (s: InFlightState): boolean => s.state === 'AVAILABLE' && s.before === null;
  if (batch.whole !== null) return isFree(batch.whole) && batch.whole.deliveryCount >= limit;
  return (batch.offsets as InFlightState[]).some((s, i) => {
    const offset = batch.firstOffset + i;
    return offset >= first && offset <= last && isFree(s) && s.deliveryCount >= limit;
  });
}

/** SharePartition.acquireSubsetBatchRecords; the last attempt of a record goes alone (rule 112). */
function acquireSubset(
  run: Run,
  batch: InFlightBatch,
  first: number,
  last: number,
  remaining: number,
  result: AcquiredRecords[],
): number {
  const { request } = run;
  const { maxDeliveryCount } = run.limits;
  const throttle = throttleCount(maxDeliveryCount);
  const offsets = split(batch);
  const taken: AcquiredRecords[] = [];
  let throttledMost = -1;
  for (let i = Math.max(0, first - batch.firstOffset); i < offsets.length; i++) {
    const offset = batch.firstOffset + i;
    if (offset > last) break;
    const s = offsets[i] as InFlightState;
    if (s.state !== 'AVAILABLE' || s.before !== null) continue;
    if (maxDeliveryCount > 2 && s.deliveryCount === maxDeliveryCount - 1 && taken.length > 0) break;
    if (s.deliveryCount >= throttle && throttledMost < 0)
      throttledMost = Math.max(1, offsets.length >> (s.deliveryCount - throttle + 1));
    const updated = tryUpdate(s, 'ACQUIRED', 1, maxDeliveryCount, request.member);
    if (updated === null) continue;
    offsets[i] = { ...updated, lockEndsUs: run.lockEndsUs };
    taken.push({ firstOffset: offset, lastOffset: offset, deliveryCount: updated.deliveryCount });
    if (updated.deliveryCount === maxDeliveryCount && maxDeliveryCount > 2) break;
    if (request.recordLimit && taken.length === remaining) break;
    if (throttledMost >= 0 && taken.length === throttledMost) break;
  }
  accumulate(result, taken);
  return taken.length;
}

/** ShareFetchUtils.accumulateAcquiredRecords: neighbours with the same delivery count are told as one range. */
function accumulate(result: AcquiredRecords[], taken: readonly AcquiredRecords[]): void {
  let open: AcquiredRecords | null = null;
  for (const each of taken) {
    if (open !== null && each.firstOffset === open.lastOffset + 1 && each.deliveryCount === open.deliveryCount)
      open = { firstOffset: open.firstOffset, lastOffset: each.lastOffset, deliveryCount: open.deliveryCount };
    else {
      if (open !== null) result.push(open);
      open = each;
    }
  }
  if (open !== null) result.push(open);
}

// --- records that nobody has acquired before ------------------------------------------------------------------------

function acquireNew(run: Run, firstOffset: number, lastOffset: number, max: number): Acquired {
  const { p, request } = run;
  const from = p.batches.length === 0 && p.endOffset > firstOffset ? p.endOffset : firstOffset;
  let to = lastOffset;
  if (max < to - from + 1) {
    to = lastOfBatchWith(request.batches, from + max - 1);
    if (gapIsActive(p) && to > lastOffset) to = lastOffset;
  }
  const records = createBatches(run, from, to, max);
  if (p.batches[0]?.firstOffset === from) p.startOffset = from;
  p.endOffset = Math.max(p.endOffset, to);
  const end = request.recordLimit ? (records[0] as AcquiredRecords).lastOffset : to;
  moveGap(p, end + 1);
  return { records, count: end - from + 1 };
}

/** A batch of the log goes out whole: the offset at which the one with `offset` ends. */
function lastOfBatchWith(batches: readonly LogRange[], offset: number): number {
  let found: LogRange | null = null;
  for (const batch of batches) {
    if (offset < batch.baseOffset) break;
    found = batch;
  }
  return found !== null && offset <= found.lastOffset ? found.lastOffset : offset;
}

function createBatches(run: Run, first: number, last: number, max: number): AcquiredRecords[] {
  const { p, request, lockEndsUs } = run;
  const result: AcquiredRecords[] = [];
  let from = first;
  if (!request.recordLimit && last - first + 1 > request.batchSize) {
    for (const { baseOffset } of request.batches) {
      if (baseOffset > last) break;
      if (baseOffset - from < request.batchSize) continue;
      result.push({ firstOffset: from, lastOffset: baseOffset - 1, deliveryCount: 1 });
      from = baseOffset;
    }
  }
  result.push({ firstOffset: from, lastOffset: last, deliveryCount: 1 });
  if (request.recordLimit && last - from + 1 > max) {
    // The rest of the log's batch is available to whoever asks next.
    const end = from + max - 1;
    const offsets: InFlightState[] = [];
    for (let offset = from; offset <= last; offset++)
      offsets.push(
        offset <= end ? inFlight('ACQUIRED', 1, request.member, lockEndsUs) : inFlight('AVAILABLE', 0, NO_MEMBER, 0),
      );
    p.findNextFetchOffset = true;
    putBatch(p, { firstOffset: from, lastOffset: last, whole: null, offsets });
    return [{ firstOffset: from, lastOffset: end, deliveryCount: 1 }];
  }
  for (const { firstOffset, lastOffset } of result)
    putBatch(p, { firstOffset, lastOffset, whole: inFlight('ACQUIRED', 1, request.member, lockEndsUs), offsets: null });
  return result;
}

// --- aborted transactions -------------------------------------------------------------------------------------------

function withoutAborted(p: SharePartitionData, acquired: Acquired, aborted: readonly LogRange[]): Acquired {
  if (lastBatch(p) === undefined) return acquired;
  let { records } = acquired;
  for (const { baseOffset, lastOffset } of aborted) {
    const at = Math.max(floorIndex(p, baseOffset), 0);
    const from = (p.batches[at] as InFlightBatch).firstOffset;
    archiveRecords(p, baseOffset, lastOffset + 1, subMap(p, from, lastOffset), 'ACQUIRED', true);
    records = records.flatMap((r) => {
      if (r.lastOffset < baseOffset || r.firstOffset > lastOffset) return [r];
      const kept: AcquiredRecords[] = [];
      if (r.firstOffset < baseOffset) kept.push({ ...r, lastOffset: baseOffset - 1 });
      if (r.lastOffset > lastOffset) kept.push({ ...r, firstOffset: lastOffset + 1 });
      return kept;
    });
  }
  return { records, count: records.reduce((sum, r) => sum + r.lastOffset - r.firstOffset + 1, 0) };
}
