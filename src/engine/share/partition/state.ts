/**
 * What a partition's leader remembers of the records that a share group has in flight (Kafka: SharePartition, InFlightBatch,
 * InFlightState). Plain data; the functions of this folder are its state machine, and none of them knows the world. A record's
 * state is never changed in place: a clone shares it.
 */

/** Kafka: RecordState. Terminal: ACKNOWLEDGED and ARCHIVED. */
export type RecordState = 'AVAILABLE' | 'ACQUIRED' | 'ACKNOWLEDGED' | 'ARCHIVED';

/** Ids of RecordState as WriteShareGroupState carries them; 3 is ARCHIVING, which 4.3 does not use. */
export const STATE_ID: Readonly<Record<RecordState, number>> = {
  AVAILABLE: 0,
  ACQUIRED: 1,
  ACKNOWLEDGED: 2,
  ARCHIVED: 4,
};

export function stateOfId(id: number): RecordState {
  return id === 0 ? 'AVAILABLE' : id === 1 ? 'ACQUIRED' : id === 2 ? 'ACKNOWLEDGED' : 'ARCHIVED';
}

export const NO_MEMBER = '';

/** State of a whole batch, or of one record of a batch that was split. */
export interface InFlightState {
  readonly state: RecordState;
  readonly deliveryCount: number;
  /** Member id of whoever has acquired it; '' while nobody has. */
  readonly member: string;
  /** End of the acquisition lock; 0: there is none. */
  readonly lockEndsUs: number;
  /** What it was before a change that is being written; null: nothing is being written. */
  readonly before: { readonly state: RecordState; readonly deliveryCount: number; readonly member: string } | null;
  /** Archived since the log start moved past it, whatever a write brings. */
  readonly terminal: boolean;
}

/** One range of offsets that was acquired together; `whole` is null exactly when each offset has a state of its own. */
export interface InFlightBatch {
  readonly firstOffset: number;
  readonly lastOffset: number;
  whole: InFlightState | null;
  /** By offset - firstOffset. */
  offsets: InFlightState[] | null;
}

export interface SharePartitionData {
  /** Ascending, without overlaps (Kafka: cachedState). */
  batches: InFlightBatch[];
  /** Share-partition start offset: everything below is done with. */
  startOffset: number;
  /** Last offset that was acquired, or equal to the start offset while nothing is in flight. */
  endOffset: number;
  /** Something below the end offset may be available again. */
  findNextFetchOffset: boolean;
  /** Offsets between batches that were read back, which nobody has acquired yet; null: none. */
  gap: { readonly endOffset: number; readonly gapStartOffset: number } | null;
  /** Terminal records at or above the start offset. */
  deliveryCompleteCount: number;
}

/** What the group's and the broker's configuration say. Durations in microseconds. */
export interface SharePartitionLimits {
  readonly maxDeliveryCount: number;
  readonly maxInFlightRecords: number;
  readonly lockUs: number;
  readonly renewEnabled: boolean;
}

export interface AcquiredRecords {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly deliveryCount: number;
}

/** A change that must be written before it holds: of a whole batch, or of one record of a split one. */
export interface StateUpdate {
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly whole: boolean;
  readonly state: RecordState;
  readonly deliveryCount: number;
}

export function emptyPartition(startOffset: number): SharePartitionData {
  return {
    batches: [],
    startOffset,
    endOffset: startOffset,
    findNextFetchOffset: false,
    gap: null,
    deliveryCompleteCount: 0,
  };
}

export function clonePartitionData(p: SharePartitionData): SharePartitionData {
  return {
    batches: p.batches.map((b) => ({
      firstOffset: b.firstOffset,
      lastOffset: b.lastOffset,
      whole: b.whole,
      offsets: b.offsets === null ? null : b.offsets.slice(),
    })),
    startOffset: p.startOffset,
    endOffset: p.endOffset,
    findNextFetchOffset: p.findNextFetchOffset,
    gap: p.gap,
    deliveryCompleteCount: p.deliveryCompleteCount,
  };
}

export function isTerminal(state: RecordState): boolean {
  return state === 'ACKNOWLEDGED' || state === 'ARCHIVED';
}

export function inFlight(state: RecordState, deliveryCount: number, member: string, lockEndsUs: number): InFlightState {
  return { state, deliveryCount, member, lockEndsUs, before: null, terminal: false };
}

/** Place of the last batch that begins at or below `offset`; -1: there is none (NavigableMap.floorEntry). */
export function floorIndex(p: SharePartitionData, offset: number): number {
  let low = 0;
  let high = p.batches.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((p.batches[middle] as InFlightBatch).firstOffset <= offset) low = middle + 1;
    else high = middle - 1;
  }
  return high;
}

/** Batches whose first offset lies in [from, to] (NavigableMap.subMap). */
export function subMap(p: SharePartitionData, from: number, to: number): InFlightBatch[] {
  const result: InFlightBatch[] = [];
  for (let i = floorIndex(p, from - 1) + 1; i < p.batches.length; i++) {
    const batch = p.batches[i] as InFlightBatch;
    if (batch.firstOffset > to) break;
    result.push(batch);
  }
  return result;
}

export function putBatch(p: SharePartitionData, batch: InFlightBatch): void {
  const at = floorIndex(p, batch.firstOffset);
  if (at >= 0 && (p.batches[at] as InFlightBatch).firstOffset === batch.firstOffset) p.batches[at] = batch;
  else p.batches.splice(at + 1, 0, batch);
}

export function lastBatch(p: SharePartitionData): InFlightBatch | undefined {
  return p.batches[p.batches.length - 1];
}

/** InFlightBatch.maybeInitializeOffsetStateUpdate: from now on each record has its own state, with what is left of the lock. */
export function split(batch: InFlightBatch): InFlightState[] {
  if (batch.offsets !== null) return batch.offsets;
  const { state, deliveryCount, member, lockEndsUs } = batch.whole as InFlightState;
  const each = inFlight(state, deliveryCount, member, lockEndsUs);
  const offsets: InFlightState[] = [];
  for (let offset = batch.firstOffset; offset <= batch.lastOffset; offset++) offsets.push(each);
  batch.whole = null;
  batch.offsets = offsets;
  return offsets;
}

/** RecordState.validateTransition. */
function allowed(from: RecordState, to: RecordState): boolean {
  if (from === to || isTerminal(from)) return false;
  return from !== 'AVAILABLE' || to === 'ACQUIRED';
}

/**
 * InFlightState.tryUpdateState: null where the change is not allowed or another one is being written. What would become
 * available for the last allowed time is archived instead (rule 111). `count`: added to the delivery count.
 */
export function tryUpdate(
  s: InFlightState,
  to: RecordState,
  count: 0 | 1,
  maxDeliveryCount: number,
  member: string,
): InFlightState | null {
  if (s.before !== null) return null;
  const state = to === 'AVAILABLE' && s.deliveryCount >= maxDeliveryCount ? 'ARCHIVED' : to;
  if (!allowed(s.state, state)) return null;
  const deliveryCount = state === 'ARCHIVED' ? s.deliveryCount : s.deliveryCount + count;
  return { state, deliveryCount, member, lockEndsUs: s.lockEndsUs, before: null, terminal: s.terminal };
}

/** InFlightState.startStateTransition: as tryUpdate, remembering what it was until the write is done. */
export function startTransition(s: InFlightState, to: RecordState, maxDeliveryCount: number): InFlightState | null {
  const updated = tryUpdate(s, to, 0, maxDeliveryCount, NO_MEMBER);
  if (updated === null) return null;
  return { ...updated, before: { state: s.state, deliveryCount: s.deliveryCount, member: s.member } };
}

/** InFlightState.completeStateTransition: the write succeeded, or what was before holds again (unless its lock ran out meanwhile). */
export function completeTransition(
  s: InFlightState,
  commit: boolean,
  maxDeliveryCount: number,
  nowUs: number,
): InFlightState {
  if (s.before === null) return s;
  if (commit || s.terminal) return { ...s, lockEndsUs: 0, before: null };
  if (s.lockEndsUs > 0 && s.lockEndsUs <= nowUs) {
    const state = s.before.deliveryCount >= maxDeliveryCount ? 'ARCHIVED' : 'AVAILABLE';
    return inFlight(state, s.deliveryCount, NO_MEMBER, 0);
  }
  return inFlight(s.before.state, s.deliveryCount, s.before.member, s.lockEndsUs);
}

/** InFlightState.archive. */
export function archived(s: InFlightState): InFlightState {
  return { ...s, state: 'ARCHIVED', member: NO_MEMBER, lockEndsUs: 0, terminal: true };
}
