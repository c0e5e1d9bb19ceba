/** What a log knows of its producers, as data; what changes it is in producer-state-manager.ts. */
import type { TxnMetadata } from './producer-append-info.ts';
import type { ProducerStateEntry } from './producer-state-entry.ts';
import type { VerificationStateEntry } from './verification-state.ts';

/** What a snapshot file holds: the producers after all records below `offset`, each with its last batch only (rule 95). */
export interface ProducerSnapshot {
  readonly offset: number;
  readonly entries: readonly ProducerStateEntry[];
}

export interface ProducerStates {
  readonly producers: Map<number, ProducerStateEntry>;
  readonly verifications: Map<number, VerificationStateEntry>;
  /** Open transactions, by first offset. */
  ongoingTxns: readonly TxnMetadata[];
  /** Ended transactions whose markers the high watermark has not passed yet, by first offset. */
  unreplicatedTxns: readonly TxnMetadata[];
  /** The snapshot files, by offset. */
  snapshots: readonly ProducerSnapshot[];
  /** The log's end as far as these states know it. */
  mapEndOffset: number;
  lastSnapshotOffset: number;
  /** Last timestamp of the oldest open transaction's producer, -1 if none is open. */
  oldestTxnLastTimestampMs: number;
  nextVerificationGuard: number;
}

export function createProducerStates(snapshots: readonly ProducerSnapshot[] = []): ProducerStates {
  return {
    producers: new Map(),
    verifications: new Map(),
    ongoingTxns: [],
    unreplicatedTxns: [],
    snapshots,
    mapEndOffset: 0,
    lastSnapshotOffset: 0,
    oldestTxnLastTimestampMs: -1,
    nextVerificationGuard: 1,
  };
}

export function cloneProducerStates(states: ProducerStates): ProducerStates {
  return {
    producers: new Map(states.producers),
    verifications: new Map(states.verifications),
    ongoingTxns: states.ongoingTxns,
    unreplicatedTxns: states.unreplicatedTxns,
    snapshots: states.snapshots,
    mapEndOffset: states.mapEndOffset,
    lastSnapshotOffset: states.lastSnapshotOffset,
    oldestTxnLastTimestampMs: states.oldestTxnLastTimestampMs,
    nextVerificationGuard: states.nextVerificationGuard,
  };
}

/** The first offset of an open transaction, or of an ended one whose marker is not yet below the high watermark. */
export function firstUnstableOffset(states: ProducerStates): number | null {
  const undecided = firstUndecidedOffset(states);
  if (states.unreplicatedTxns.length === 0) return undecided;
  const unreplicated = states.unreplicatedTxns[0].firstOffset;
  return undecided === null ? unreplicated : Math.min(undecided, unreplicated);
}

/** The first offset of an open transaction. */
export function firstUndecidedOffset(states: ProducerStates): number | null {
  return states.ongoingTxns.length === 0 ? null : states.ongoingTxns[0].firstOffset;
}

export function onHighWatermarkUpdated(states: ProducerStates, highWatermark: number): void {
  const isBelow = (txn: TxnMetadata): boolean => txn.lastOffset !== null && txn.lastOffset < highWatermark;
  if (states.unreplicatedTxns.some(isBelow)) {
    states.unreplicatedTxns = states.unreplicatedTxns.filter((txn) => !isBelow(txn));
  }
}

/** A segment was deleted or replaced: its snapshot goes with it. */
export function removeSnapshot(states: ProducerStates, offset: number): void {
  states.snapshots = states.snapshots.filter((snapshot) => snapshot.offset !== offset);
}
