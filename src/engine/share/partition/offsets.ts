/** Where a share partition goes on, and how its start offset moves (Kafka: SharePartition). */
import {
  archived,
  floorIndex,
  type InFlightBatch,
  type InFlightState,
  inFlight,
  isTerminal,
  lastBatch,
  NO_MEMBER,
  type RecordState,
  type SharePartitionData,
  type SharePartitionLimits,
  split,
} from './state.ts';

export function gapIsActive(p: SharePartitionData): boolean {
  return p.gap !== null && p.gap.endOffset === p.endOffset;
}

export function numInFlightRecords(p: SharePartitionData): number {
  return p.batches.length === 0 ? 0 : p.endOffset - p.startOffset + 1;
}

function isFree(s: InFlightState): boolean {
  return s.state === 'AVAILABLE' && s.before === null;
}

/** SharePartition.nextFetchOffset: the first record that may be acquired. Notes when nothing below the end offset is. */
export function nextFetchOffset(p: SharePartitionData): number {
  const last = lastBatch(p);
  const nothingCached = last === undefined || p.startOffset > last.lastOffset;
  if (!p.findNextFetchOffset) return nothingCached ? p.endOffset : p.endOffset + 1;
  if (nothingCached) {
    p.findNextFetchOffset = false;
    return p.endOffset;
  }
  const active = gapIsActive(p);
  let gapStart = active ? (p.gap as { gapStartOffset: number }).gapStartOffset : -1;
  for (const batch of p.batches) {
    if (active) {
      if (batch.firstOffset > gapStart) return gapStart;
      gapStart = Math.max(batch.lastOffset + 1, gapStart);
    }
    if (batch.whole !== null) {
      if (isFree(batch.whole)) return batch.firstOffset;
      continue;
    }
    const at = (batch.offsets as InFlightState[]).findIndex(isFree);
    if (at >= 0) return batch.firstOffset + at;
  }
  p.findNextFetchOffset = false;
  return p.endOffset + 1;
}

/** SharePartition.canAcquireRecords: at the limit only what is available again may go out (rule 112). */
export function canAcquire(p: SharePartitionData, limits: SharePartitionLimits): boolean {
  return nextFetchOffset(p) !== p.endOffset + 1 || numInFlightRecords(p) < limits.maxInFlightRecords;
}

export function moveGap(p: SharePartitionData, offset: number): void {
  if (p.gap === null) return;
  p.gap =
    p.gap.endOffset === p.endOffset && offset <= p.gap.endOffset
      ? { endOffset: p.gap.endOffset, gapStartOffset: offset }
      : null;
}

export function recordsFromStart(p: SharePartitionData, first: number, last: number): number {
  return last >= p.startOffset ? last - Math.max(p.startOffset, first) + 1 : 0;
}

/** The state of one offset of a batch. */
export function stateAt(batch: InFlightBatch, offset: number): InFlightState {
  return batch.whole ?? ((batch.offsets as InFlightState[])[offset - batch.firstOffset] as InFlightState);
}

function canMoveStartOffset(p: SharePartitionData): boolean {
  const at = floorIndex(p, p.startOffset);
  const batch = p.batches[at];
  if (batch === undefined || batch.lastOffset < p.startOffset) return false;
  const s = stateAt(batch, p.startOffset);
  return s.before === null && isTerminal(s.state);
}

/** SharePartition.findLastOffsetAcknowledgedAndMetadata: up to where everything is terminal, and how many of them count. */
function lastTerminal(p: SharePartitionData): { offset: number; count: number } {
  const found = { offset: -1, count: 0 };
  for (const batch of p.batches) {
    if (gapIsActive(p) && batch.lastOffset >= (p.gap as { gapStartOffset: number }).gapStartOffset) return found;
    if (batch.whole !== null) {
      if (batch.whole.before !== null || !isTerminal(batch.whole.state)) return found;
      found.offset = batch.lastOffset;
      found.count += recordsFromStart(p, batch.firstOffset, batch.lastOffset);
      continue;
    }
    for (let offset = batch.firstOffset; offset <= batch.lastOffset; offset++) {
      const s = stateAt(batch, offset);
      if (s.before !== null || !isTerminal(s.state)) return found;
      found.offset = offset;
      if (offset >= p.startOffset) found.count += 1;
    }
  }
  return found;
}

/** SharePartition.maybeUpdateCachedStateAndOffsets: what is done with at the front goes. Returns whether anything did. */
export function advanceStartOffset(p: SharePartitionData): boolean {
  if (!canMoveStartOffset(p)) return false;
  const { offset, count } = lastTerminal(p);
  if (offset < 0) return false;
  const last = lastBatch(p) as InFlightBatch;
  if (offset === last.lastOffset) {
    p.startOffset = last.lastOffset + 1;
    p.endOffset = last.lastOffset + 1;
    p.batches = [];
    p.deliveryCompleteCount = 0;
    return true;
  }
  const at = floorIndex(p, offset);
  const whole = (p.batches[at] as InFlightBatch).lastOffset === offset;
  if (whole) {
    p.startOffset = Math.max((p.batches[at + 1] as InFlightBatch).firstOffset, p.startOffset);
    if (gapIsActive(p)) p.startOffset = Math.min((p.gap as { gapStartOffset: number }).gapStartOffset, p.startOffset);
  } else p.startOffset = Math.max(offset + 1, p.startOffset);
  p.deliveryCompleteCount -= count;
  p.batches = p.batches.slice(whole ? at + 1 : at);
  return true;
}

// --- the log start moves ------------------------------------------------------------------------------------------

export function isWithin(batch: InFlightBatch, first: number, last: number): boolean {
  return batch.firstOffset >= first && batch.lastOffset <= last;
}

/** SharePartition.archiveRecords: records of [from, to) that are in `initial` are archived. Returns how many, in `counted` or not. */
export function archiveRecords(
  p: SharePartitionData,
  from: number,
  to: number,
  batches: readonly InFlightBatch[],
  initial: RecordState,
  counted: boolean,
): boolean {
  let any = false;
  for (const batch of batches) {
    if (batch.firstOffset >= to) break;
    if (batch.whole !== null) {
      if (batch.whole.state !== initial) continue;
      if (isWithin(batch, from, to - 1)) {
        batch.whole = archived(batch.whole);
        if (counted) p.deliveryCompleteCount += batch.lastOffset - batch.firstOffset + 1;
        any = true;
        continue;
      }
    }
    const offsets = split(batch);
    for (let i = Math.max(0, from - batch.firstOffset); i < offsets.length && batch.firstOffset + i < to; i++) {
      const s = offsets[i] as InFlightState;
      if (s.state !== initial) continue;
      offsets[i] = archived(s);
      if (counted) p.deliveryCompleteCount += 1;
      any = true;
    }
  }
  return any;
}

/** SharePartition.updateCacheAndOffsets: the log now starts at `logStartOffset`; nothing below it will be read again. */
export function onLogStartMoved(p: SharePartitionData, logStartOffset: number): void {
  if (logStartOffset <= p.startOffset) return;
  if (p.batches.length === 0) {
    p.startOffset = logStartOffset;
    p.endOffset = logStartOffset;
    p.deliveryCompleteCount = 0;
    return;
  }
  let removed = 0;
  for (const batch of p.batches) {
    const last = Math.min(batch.lastOffset, logStartOffset - 1);
    for (let offset = Math.max(batch.firstOffset, p.startOffset); offset <= last; offset++)
      if (isTerminal(stateAt(batch, offset).state)) removed += 1;
  }
  if (archiveRecords(p, p.startOffset, logStartOffset, p.batches, 'AVAILABLE', false)) p.findNextFetchOffset = true;
  p.startOffset = logStartOffset;
  p.deliveryCompleteCount -= removed;
  p.endOffset = Math.max(p.endOffset, p.startOffset);
}

// --- read back ------------------------------------------------------------------------------------------------------

export interface StateBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly state: RecordState;
  readonly deliveryCount: number;
}

/** SharePartition.maybeInitialize, once the state is read: null where it contradicts itself. */
export function partitionFrom(startOffset: number, batches: readonly StateBatch[]): SharePartitionData | null {
  const p: SharePartitionData = {
    batches: [],
    startOffset,
    endOffset: startOffset,
    findNextFetchOffset: false,
    gap: null,
    deliveryCompleteCount: 0,
  };
  let gapStart = -1;
  let before = startOffset - 1;
  for (const b of batches) {
    if (b.firstOffset < startOffset || b.lastOffset < b.firstOffset) return null;
    if (gapStart < 0 && b.firstOffset > before + 1) gapStart = before + 1;
    before = b.lastOffset;
    p.batches.push({
      firstOffset: b.firstOffset,
      lastOffset: b.lastOffset,
      whole: inFlight(b.state, b.deliveryCount, NO_MEMBER, 0),
      offsets: null,
    });
    if (isTerminal(b.state)) p.deliveryCompleteCount += b.lastOffset - b.firstOffset + 1;
  }
  const last = lastBatch(p);
  if (last === undefined) return p;
  p.findNextFetchOffset = true;
  p.endOffset = last.lastOffset;
  if (gapStart >= 0) p.gap = { endOffset: p.endOffset, gapStartOffset: gapStart };
  advanceStartOffset(p);
  return p;
}
