/**
 * What a partition's log knows of its producers and transactions (Kafka: ProducerStateManager). One plain object a
 * replica; the functions change the object that they are given, so a caller who must keep the old one clones first
 * (`cloneProducerStates`). Entries, transactions and snapshots are immutable and shared between clones.
 */
import {
  type AppendOrigin,
  type CompletedTxn,
  type ProducerAppendInfo,
  producerAppendInfo,
  type TxnMetadata,
} from './producer-append-info.ts';
import { emptyEntry, merged, type ProducerStateEntry } from './producer-state-entry.ts';
import { onHighWatermarkUpdated, type ProducerSnapshot, type ProducerStates } from './producer-states.ts';
import { type VerificationStateEntry, withLowestSequence } from './verification-state.ts';

export * from './producer-states.ts';

/** A transaction is called hanging when it is this much older than the longest time-out allowed. */
export const LATE_TRANSACTION_BUFFER_MS = 300_000;

export function prepareUpdate(states: ProducerStates, producerId: number, origin: AppendOrigin): ProducerAppendInfo {
  const current = states.producers.get(producerId) ?? emptyEntry(producerId);
  return producerAppendInfo(current, origin, states.verifications.get(producerId));
}

/** Takes over what an append of one producer has learnt. */
export function updateProducer(states: ProducerStates, info: ProducerAppendInfo): void {
  const known = states.producers.get(info.producerId);
  states.producers.set(info.producerId, known === undefined ? info.updated : merged(known, info.updated));
  for (const txn of info.started) states.ongoingTxns = withTxn(states.ongoingTxns, txn);
  updateOldestTxn(states);
}

function withTxn(txns: readonly TxnMetadata[], txn: TxnMetadata): readonly TxnMetadata[] {
  let at = txns.length;
  while (at > 0 && txns[at - 1].firstOffset >= txn.firstOffset) at--;
  const replaces = at < txns.length && txns[at].firstOffset === txn.firstOffset ? 1 : 0;
  return [...txns.slice(0, at), txn, ...txns.slice(at + replaces)];
}

function updateOldestTxn(states: ProducerStates): void {
  const oldest = states.ongoingTxns.length === 0 ? undefined : states.producers.get(states.ongoingTxns[0].producerId);
  states.oldestTxnLastTimestampMs = oldest?.lastTimestampMs ?? -1;
}

/**
 * The last stable offset that the transaction index records for a transaction about to be completed: the first offset
 * of another open transaction, else the offset after the marker.
 */
export function lastStableOffset(states: ProducerStates, completed: CompletedTxn): number {
  const other = states.ongoingTxns.find((txn) => txn.producerId !== completed.producerId);
  return other?.firstOffset ?? completed.lastOffset + 1;
}

/** Open no more, but still unstable until the high watermark passes the marker (rule 43). */
export function completeTxn(states: ProducerStates, completed: CompletedTxn): void {
  const { producerId, firstOffset, lastOffset } = completed;
  const ongoing = states.ongoingTxns.filter((txn) => txn.firstOffset !== firstOffset);
  if (ongoing.length === states.ongoingTxns.length) {
    throw new Error(`producer ${producerId} has no open transaction that starts at ${firstOffset}`);
  }
  states.ongoingTxns = ongoing;
  states.unreplicatedTxns = withTxn(states.unreplicatedTxns, { producerId, firstOffset, lastOffset });
  updateOldestTxn(states);
}

export function hasLateTransaction(states: ProducerStates, nowMs: number, maxTransactionTimeoutMs: number): boolean {
  const last = states.oldestTxnLastTimestampMs;
  return last > 0 && nowMs - last > maxTransactionTimeoutMs + LATE_TRANSACTION_BUFFER_MS;
}

export function maybeCreateVerification(
  states: ProducerStates,
  producerId: number,
  sequence: number,
  epoch: number,
  supportsEpochBump: boolean,
  nowMs: number,
): VerificationStateEntry {
  let entry = states.verifications.get(producerId);
  if (entry === undefined) {
    const guard = states.nextVerificationGuard++;
    entry = { timestampMs: nowMs, guard, lowestSequence: sequence, epoch, supportsEpochBump };
  }
  entry = withLowestSequence(entry, sequence, epoch);
  states.verifications.set(producerId, entry);
  return entry;
}

export function clearVerification(states: ProducerStates, producerId: number): void {
  states.verifications.delete(producerId);
}

/** Rule 42: never inside a transaction. */
export function isProducerExpired(entry: ProducerStateEntry, nowMs: number, expirationMs: number): boolean {
  return entry.currentTxnFirstOffset === null && nowMs - entry.lastTimestampMs >= expirationMs;
}

export function removeExpiredProducers(states: ProducerStates, nowMs: number, expirationMs: number): void {
  for (const [producerId, entry] of states.producers) {
    if (isProducerExpired(entry, nowMs, expirationMs)) states.producers.delete(producerId);
  }
  for (const [producerId, entry] of states.verifications) {
    if (nowMs - entry.timestampMs >= expirationMs) states.verifications.delete(producerId);
  }
}

/** Writes a snapshot at the current end, unless there is one. The new snapshot, or null. */
export function takeSnapshot(states: ProducerStates): ProducerSnapshot | null {
  if (states.mapEndOffset <= states.lastSnapshotOffset) return null;
  const snapshot = { offset: states.mapEndOffset, entries: [...states.producers.values()].map(asWritten) };
  const others = states.snapshots.filter((known) => known.offset !== snapshot.offset);
  states.snapshots = [...others, snapshot].sort((a, b) => a.offset - b.offset);
  states.lastSnapshotOffset = snapshot.offset;
  return snapshot;
}

/** Of all batches only the last is written, with the producer's last timestamp in place of its own. */
function asWritten(entry: ProducerStateEntry): ProducerStateEntry {
  const { batches } = entry;
  if (batches.length === 0) return entry;
  const last = batches[batches.length - 1];
  return { ...entry, batches: [{ ...last, timestampMs: entry.lastTimestampMs }] };
}

/**
 * After a truncation or a restart: forgets what lies outside the log, and unless the end is where it was, goes back to
 * the latest snapshot in range; the caller then replays the log from `mapEndOffset` (rule 94).
 */
export function truncateAndReload(
  states: ProducerStates,
  logStartOffset: number,
  logEndOffset: number,
  nowMs: number,
  expirationMs: number,
): void {
  states.snapshots = states.snapshots.filter(({ offset }) => offset <= logEndOffset && offset > logStartOffset);
  if (logEndOffset === states.mapEndOffset) {
    onLogStartOffsetIncremented(states, logStartOffset);
    return;
  }
  forgetAll(states);
  const latest = latestSnapshot(states);
  for (const entry of latest?.entries ?? []) {
    if (!isProducerExpired(entry, nowMs, expirationMs)) loadProducer(states, entry);
  }
  states.lastSnapshotOffset = latest?.offset ?? logStartOffset;
  states.mapEndOffset = states.lastSnapshotOffset;
  updateOldestTxn(states);
}

export function loadProducer(states: ProducerStates, entry: ProducerStateEntry): void {
  const { producerId, currentTxnFirstOffset } = entry;
  states.producers.set(producerId, entry);
  if (currentTxnFirstOffset !== null) {
    const txn = { producerId, firstOffset: currentTxnFirstOffset, lastOffset: null };
    states.ongoingTxns = withTxn(states.ongoingTxns, txn);
  }
}

export function latestSnapshot(states: ProducerStates): ProducerSnapshot | undefined {
  return states.snapshots.length === 0 ? undefined : states.snapshots[states.snapshots.length - 1];
}

function forgetAll(states: ProducerStates): void {
  states.producers.clear();
  states.ongoingTxns = [];
  states.unreplicatedTxns = [];
  states.oldestTxnLastTimestampMs = -1;
}

/** The producers stay, even those whose records are gone: in memory they can still be recognised. */
export function onLogStartOffsetIncremented(states: ProducerStates, logStartOffset: number): void {
  onHighWatermarkUpdated(states, logStartOffset);
  states.mapEndOffset = Math.max(states.mapEndOffset, logStartOffset);
  states.lastSnapshotOffset = latestSnapshot(states)?.offset ?? logStartOffset;
}

export function truncateFullyAndStartAt(states: ProducerStates, offset: number): void {
  forgetAll(states);
  states.snapshots = [];
  states.lastSnapshotOffset = 0;
  states.mapEndOffset = offset;
}

/** On start: snapshots without a segment go, but the largest stays if it lies past all segments (a clean shutdown's). */
export function removeStraySnapshots(states: ProducerStates, segmentBaseOffsets: readonly number[]): void {
  const bases = new Set(segmentBaseOffsets);
  const strays = states.snapshots.filter(({ offset }) => !bases.has(offset));
  const largest = strays.length === 0 ? -1 : strays[strays.length - 1].offset;
  const keepsLargest = segmentBaseOffsets.every((base) => largest >= base);
  states.snapshots = states.snapshots.filter(({ offset }) => bases.has(offset) || (offset === largest && keepsLargest));
}
