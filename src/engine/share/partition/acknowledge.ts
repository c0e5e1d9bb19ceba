/** Acknowledging, releasing and timing out what is acquired (Kafka: SharePartition; rule 111). */
import { advanceStartOffset, recordsFromStart } from './offsets.ts';
import {
  completeTransition,
  floorIndex,
  type InFlightBatch,
  type InFlightState,
  isTerminal,
  NO_MEMBER,
  type RecordState,
  type SharePartitionData,
  type SharePartitionLimits,
  type StateUpdate,
  split,
  startTransition,
  subMap,
  tryUpdate,
} from './state.ts';

/** Kafka: AcknowledgeType; 0 stands for a gap (an offset without a record). */
export const AckType = { GAP: 0, ACCEPT: 1, RELEASE: 2, REJECT: 3, RENEW: 4 } as const;

/** One range of a request; `types` has one entry for all of them, or one an offset. */
export interface AcknowledgementBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly types: readonly number[];
}

export type AcknowledgeError = 'INVALID_RECORD_STATE' | 'INVALID_REQUEST';

/** `updates` hold as soon as they are written: `completeUpdates` says how that ended. With an error nothing has changed. */
export interface Acknowledged {
  readonly error: AcknowledgeError | null;
  readonly updates: readonly StateUpdate[];
}

const TARGET: Readonly<Record<number, RecordState>> = {
  [AckType.GAP]: 'ARCHIVED',
  [AckType.ACCEPT]: 'ACKNOWLEDGED',
  [AckType.RELEASE]: 'AVAILABLE',
  [AckType.REJECT]: 'ARCHIVED',
};

interface Run {
  readonly p: SharePartitionData;
  readonly limits: SharePartitionLimits;
  readonly member: string;
  readonly nowUs: number;
  readonly updates: StateUpdate[];
}

export function acknowledge(
  p: SharePartitionData,
  limits: SharePartitionLimits,
  member: string,
  batches: readonly AcknowledgementBatch[],
  nowUs: number,
): Acknowledged {
  const run: Run = { p, limits, member, nowUs, updates: [] };
  for (const batch of batches) {
    const error = acknowledgeBatch(run, batch);
    if (error === null) continue;
    completeUpdates(p, limits, run.updates, false, nowUs);
    return { error, updates: [] };
  }
  return { error: null, updates: run.updates };
}

function acknowledgeBatch(run: Run, ack: AcknowledgementBatch): AcknowledgeError | null {
  const { p } = run;
  if (ack.types.some((type) => type < 0 || type > AckType.RENEW)) return 'INVALID_REQUEST';
  if (ack.lastOffset < p.startOffset) return null;
  const cached = batchesFor(p, ack);
  if (typeof cached === 'string') return cached;
  for (const batch of cached) {
    if (batch.lastOffset < p.startOffset) continue;
    const { whole } = batch;
    if (whole !== null && (whole.member === NO_MEMBER || whole.member !== run.member || whole.before !== null))
      return 'INVALID_RECORD_STATE';
    const covers = batch.firstOffset >= ack.firstOffset && batch.lastOffset <= ack.lastOffset;
    const error =
      !covers || whole === null || ack.types.length > 1 || startsWithin(p, batch)
        ? acknowledgeOffsets(run, ack, batch)
        : acknowledgeWhole(run, ack.types[0] as number, batch, whole);
    if (error !== null) return error;
  }
  return null;
}

/** Whether the start offset lies inside the batch, past its first record. */
function startsWithin(
  p: SharePartitionData,
  { firstOffset, lastOffset }: AcknowledgementBatch | InFlightBatch,
): boolean {
  return firstOffset < p.startOffset && lastOffset >= p.startOffset;
}

/** SharePartition.fetchSubMapForAcknowledgementBatch. */
function batchesFor(p: SharePartitionData, ack: AcknowledgementBatch): InFlightBatch[] | AcknowledgeError {
  let at = floorIndex(p, ack.firstOffset);
  if (at < 0 && startsWithin(p, ack)) at = floorIndex(p, p.startOffset);
  if (at < 0) return 'INVALID_RECORD_STATE';
  const cached = subMap(p, (p.batches[at] as InFlightBatch).firstOffset, ack.lastOffset);
  const { lastOffset } = cached[cached.length - 1] as InFlightBatch;
  return lastOffset < ack.firstOffset || ack.lastOffset > lastOffset ? 'INVALID_REQUEST' : cached;
}

function acknowledgeWhole(run: Run, type: number, batch: InFlightBatch, s: InFlightState): AcknowledgeError | null {
  const { p, limits } = run;
  if (s.state !== 'ACQUIRED') return 'INVALID_RECORD_STATE';
  if (type === AckType.RENEW) {
    if (!limits.renewEnabled) return 'INVALID_RECORD_STATE';
    batch.whole = { ...s, lockEndsUs: run.nowUs + limits.lockUs };
    return null;
  }
  const updated = startTransition(s, TARGET[type] as RecordState, limits.maxDeliveryCount);
  if (updated === null) return 'INVALID_RECORD_STATE';
  batch.whole = updated;
  note(run.updates, batch.firstOffset, batch.lastOffset, true, updated);
  if (isTerminal(updated.state)) p.deliveryCompleteCount += batch.lastOffset - batch.firstOffset + 1;
  return null;
}

function acknowledgeOffsets(run: Run, ack: AcknowledgementBatch, batch: InFlightBatch): AcknowledgeError | null {
  const { p, limits } = run;
  if (batch.whole !== null && batch.whole.state !== 'ACQUIRED') return 'INVALID_RECORD_STATE';
  const offsets = split(batch);
  for (let i = 0; i < offsets.length; i++) {
    const offset = batch.firstOffset + i;
    if (offset < ack.firstOffset || offset < p.startOffset) continue;
    if (offset > ack.lastOffset) break;
    const s = offsets[i] as InFlightState;
    if (s.state !== 'ACQUIRED' || s.before !== null || s.member !== run.member) return 'INVALID_RECORD_STATE';
    const type = ack.types.length > 1 ? (ack.types[offset - ack.firstOffset] as number) : (ack.types[0] as number);
    if (type === AckType.RENEW) {
      if (!limits.renewEnabled) return 'INVALID_RECORD_STATE';
      offsets[i] = { ...s, lockEndsUs: run.nowUs + limits.lockUs };
      continue;
    }
    const updated = startTransition(s, TARGET[type] as RecordState, limits.maxDeliveryCount);
    if (updated === null) return 'INVALID_RECORD_STATE';
    offsets[i] = updated;
    note(run.updates, offset, offset, false, updated);
    if (isTerminal(updated.state)) p.deliveryCompleteCount += 1;
  }
  return null;
}

function note(updates: StateUpdate[], first: number, last: number, whole: boolean, s: InFlightState): void {
  updates.push({
    firstOffset: first,
    lastOffset: last,
    whole,
    state: s.state,
    deliveryCount: s.deliveryCount,
  });
}

/** SharePartition.releaseAcquiredRecords: the member's session is over, what it has goes to others. To be written as well. */
export function releaseAcquired(
  p: SharePartitionData,
  limits: SharePartitionLimits,
  member: string,
): readonly StateUpdate[] {
  const updates: StateUpdate[] = [];
  for (const batch of p.batches) {
    const { whole } = batch;
    if (whole !== null) {
      if (whole.state !== 'ACQUIRED' || whole.member !== member) continue;
      if (!startsWithin(p, batch)) {
        const to = batch.lastOffset < p.startOffset ? 'ARCHIVED' : 'AVAILABLE';
        const updated = startTransition(whole, to, limits.maxDeliveryCount);
        if (updated === null) continue;
        batch.whole = updated;
        note(updates, batch.firstOffset, batch.lastOffset, true, updated);
        if (isTerminal(updated.state))
          p.deliveryCompleteCount += recordsFromStart(p, batch.firstOffset, batch.lastOffset);
        continue;
      }
    }
    const offsets = split(batch);
    for (let i = 0; i < offsets.length; i++) {
      const s = offsets[i] as InFlightState;
      const offset = batch.firstOffset + i;
      if (s.state !== 'ACQUIRED' || s.member !== member) continue;
      const updated = startTransition(s, offset < p.startOffset ? 'ARCHIVED' : 'AVAILABLE', limits.maxDeliveryCount);
      if (updated === null) continue;
      offsets[i] = updated;
      note(updates, offset, offset, false, updated);
      if (offset >= p.startOffset && isTerminal(updated.state)) p.deliveryCompleteCount += 1;
    }
  }
  return updates;
}

/**
 * The write ended: the changes hold, or what was before does (SharePartition.rollbackOrProcessStateUpdates). Returns whether
 * somebody may find more to acquire now.
 */
export function completeUpdates(
  p: SharePartitionData,
  limits: SharePartitionLimits,
  updates: readonly StateUpdate[],
  committed: boolean,
  nowUs: number,
): boolean {
  for (const update of updates) {
    const done = completeOne(p, limits, update, committed, nowUs);
    if (done === null) continue;
    if (done.state === 'AVAILABLE') p.findNextFetchOffset = true;
    if (!committed && isTerminal(update.state) && !isTerminal(done.state))
      p.deliveryCompleteCount -= recordsFromStart(p, update.firstOffset, update.lastOffset);
  }
  if (!committed || updates.length === 0) return false;
  const moved = advanceStartOffset(p);
  return moved || updates.some((u) => u.state === 'AVAILABLE');
}

/** The batch may have been split meanwhile (the log start moved): then nothing is left to complete. */
function completeOne(
  p: SharePartitionData,
  limits: SharePartitionLimits,
  update: StateUpdate,
  committed: boolean,
  nowUs: number,
): InFlightState | null {
  const batch = p.batches[floorIndex(p, update.firstOffset)];
  if (batch === undefined || batch.lastOffset < update.lastOffset) return null;
  if (update.whole) {
    if (batch.whole === null) return null;
    batch.whole = completeTransition(batch.whole, committed, limits.maxDeliveryCount, nowUs);
    return batch.whole;
  }
  const at = update.firstOffset - batch.firstOffset;
  const s = batch.offsets?.[at];
  if (s === undefined || batch.offsets === null) return null;
  const done = completeTransition(s, committed, limits.maxDeliveryCount, nowUs);
  batch.offsets[at] = done;
  return done;
}

/** When the next lock ends; 0: none is held (or only by records whose acknowledgement is being written). */
export function nextLockEndUs(p: SharePartitionData): number {
  let next = 0;
  const look = (s: InFlightState): void => {
    if (s.state === 'ACQUIRED' && s.lockEndsUs > 0 && (next === 0 || s.lockEndsUs < next)) next = s.lockEndsUs;
  };
  for (const batch of p.batches) {
    if (batch.whole !== null) look(batch.whole);
    else (batch.offsets as InFlightState[]).forEach(look);
  }
  return next;
}

/** What a lock's end did to records: their holder, and what became of them. */
export interface TimedOut extends StateUpdate {
  readonly member: string;
}

/**
 * SharePartition.releaseAcquisitionLockOnTimeout: whoever was too slow has lost its records. They hold at once; the state is
 * written without waiting for it.
 */
export function releaseExpired(p: SharePartitionData, limits: SharePartitionLimits, nowUs: number): TimedOut[] {
  const released: TimedOut[] = [];
  const expired = (s: InFlightState): boolean => s.state === 'ACQUIRED' && s.lockEndsUs > 0 && s.lockEndsUs <= nowUs;
  for (const batch of p.batches) {
    if (batch.whole !== null) {
      const { whole } = batch;
      if (!expired(whole)) continue;
      if (!startsWithin(p, batch)) {
        const to = batch.lastOffset < p.startOffset ? 'ARCHIVED' : 'AVAILABLE';
        const updated = tryUpdate(whole, to, 0, limits.maxDeliveryCount, NO_MEMBER);
        if (updated === null) continue;
        batch.whole = { ...updated, lockEndsUs: 0 };
        released.push(timedOut(batch.firstOffset, batch.lastOffset, true, updated, whole.member));
        if (updated.state !== 'ARCHIVED') p.findNextFetchOffset = true;
        else p.deliveryCompleteCount += recordsFromStart(p, batch.firstOffset, batch.lastOffset);
        continue;
      }
    }
    const offsets = split(batch);
    for (let i = 0; i < offsets.length; i++) {
      const s = offsets[i] as InFlightState;
      if (!expired(s)) continue;
      const offset = batch.firstOffset + i;
      const to = offset < p.startOffset ? 'ARCHIVED' : 'AVAILABLE';
      const updated = tryUpdate(s, to, 0, limits.maxDeliveryCount, NO_MEMBER);
      if (updated === null) continue;
      offsets[i] = { ...updated, lockEndsUs: 0 };
      released.push(timedOut(offset, offset, false, updated, s.member));
      if (updated.state !== 'ARCHIVED') p.findNextFetchOffset = true;
      else if (offset >= p.startOffset) p.deliveryCompleteCount += 1;
    }
  }
  return released;
}

function timedOut(first: number, last: number, whole: boolean, s: InFlightState, member: string): TimedOut {
  return {
    firstOffset: first,
    lastOffset: last,
    whole,
    state: s.state,
    deliveryCount: s.deliveryCount,
    member,
  };
}
