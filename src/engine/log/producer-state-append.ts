/**
 * An append's way through the producer states (Kafka: UnifiedLog.analyzeAndValidateProducerState, updateProducers and
 * the second half of UnifiedLog.append): first everything is checked and nothing kept, then, once the batches are in
 * the log, what was learnt is taken over.
 */
import { NO_PRODUCER_ID, type RecordBatch } from '../../kafka/records/record-batch.ts';
import {
  type AppendOrigin,
  type AppendRefusal,
  appendBatch,
  type CompletedTxn,
  type ProducerAppendInfo,
  TV_UNKNOWN,
} from './producer-append-info.ts';
import { type BatchMetadata, findDuplicate } from './producer-state-entry.ts';
import {
  clearVerification,
  completeTxn,
  lastStableOffset,
  maybeCreateVerification,
  type ProducerStates,
  prepareUpdate,
  updateProducer,
} from './producer-state-manager.ts';
import { VERIFICATION_SENTINEL, verifiesGuard } from './verification-state.ts';

export interface PlacedBatch {
  readonly baseOffset: number;
  readonly batch: RecordBatch;
}

export interface ValidationOptions {
  /** Of a WriteTxnMarkers request; data batches need none. */
  readonly transactionVersion?: number;
  /** transaction.partition.verification.enable. Off: transactional batches need no guard. */
  readonly isVerificationEnabled?: boolean;
  /** The guard that the request holds; the sentinel if it holds none. */
  readonly guard?: number;
}

export interface ValidatedAppend {
  readonly kind: 'ok';
  readonly infos: readonly ProducerAppendInfo[];
  readonly completedTxns: readonly CompletedTxn[];
}

/** The batch was written before, and its answer is the original offset (rule 38). Nothing is appended. */
export interface DuplicateAppend {
  readonly kind: 'duplicate';
  readonly batch: BatchMetadata;
}

export type AppendValidation = ValidatedAppend | DuplicateAppend | AppendRefusal;

const NO_OPTIONS: ValidationOptions = {};

export function analyzeAndValidate(
  states: ProducerStates,
  batches: readonly PlacedBatch[],
  origin: AppendOrigin,
  options: ValidationOptions = NO_OPTIONS,
): AppendValidation {
  const infos: ProducerAppendInfo[] = [];
  const completedTxns: CompletedTxn[] = [];
  for (const { batch, baseOffset } of batches) {
    if (batch.producerId <= NO_PRODUCER_ID) continue;
    const producerId = Number(batch.producerId);
    if (origin === 'CLIENT') {
      const entry = states.producers.get(producerId);
      const duplicate = entry === undefined ? undefined : findDuplicate(entry, batch);
      if (duplicate !== undefined) return { kind: 'duplicate', batch: duplicate };
    }
    const unverified = checkVerification(states, producerId, batch, origin, options);
    if (unverified !== null) return unverified;
    const result = updateWith(states, infos, producerId, batch, baseOffset, origin, options.transactionVersion);
    if (result === null) continue;
    if (result.kind === 'error') return result;
    completedTxns.push(result);
  }
  return { kind: 'ok', infos, completedTxns };
}

/** Checks one batch on top of those before it; the verification of a transaction ends with its first batch or marker. */
function updateWith(
  states: ProducerStates,
  infos: ProducerAppendInfo[],
  producerId: number,
  batch: RecordBatch,
  baseOffset: number,
  origin: AppendOrigin,
  transactionVersion = TV_UNKNOWN,
): AppendRefusal | CompletedTxn | null {
  let info = infos.find((known) => known.producerId === producerId);
  if (info === undefined) {
    info = prepareUpdate(states, producerId, origin);
    infos.push(info);
  }
  const result = appendBatch(info, batch, baseOffset, transactionVersion);
  if (result?.kind === 'error') return result;
  if (batch.isTransactional) {
    const entry = states.verifications.get(producerId);
    // Under transactions V2 a marker with the waiting entry's own epoch belongs to the transaction before it.
    const isForNext = entry?.supportsEpochBump === true && batch.isControl && batch.producerEpoch === entry.epoch;
    if (!isForNext) clearVerification(states, producerId);
  }
  return result;
}

/** A transactional batch must belong to a transaction that is open here, or hold the guard of a verification. */
function checkVerification(
  states: ProducerStates,
  producerId: number,
  batch: RecordBatch,
  origin: AppendOrigin,
  options: ValidationOptions,
): AppendRefusal | null {
  if (!batch.isTransactional || (origin !== 'CLIENT' && origin !== 'COORDINATOR')) return null;
  if (hasOngoingTransaction(states, producerId, batch.producerEpoch)) return null;
  const stale = checkStaleEpoch(states, producerId, batch.producerEpoch);
  if (stale !== null) return stale;
  if (options.isVerificationEnabled !== true || batch.isControl) return null;
  if (verifiesGuard(states.verifications.get(producerId), options.guard ?? VERIFICATION_SENTINEL)) return null;
  return {
    kind: 'error',
    error: 'INVALID_TXN_STATE',
    exception: 'InvalidTxnStateException',
    message: `producer ${producerId}: the batch belongs to no transaction that is open or verified here`,
  };
}

function checkStaleEpoch(states: ProducerStates, producerId: number, epoch: number): AppendRefusal | null {
  const entry = states.producers.get(producerId);
  if (entry === undefined || epoch >= entry.producerEpoch) return null;
  return {
    kind: 'error',
    error: 'INVALID_PRODUCER_EPOCH',
    exception: 'InvalidProducerEpochException',
    message: `producer ${producerId}: epoch ${epoch} is below the last seen ${entry.producerEpoch}`,
  };
}

export function hasOngoingTransaction(states: ProducerStates, producerId: number, epoch: number): boolean {
  const entry = states.producers.get(producerId);
  return entry !== undefined && entry.currentTxnFirstOffset !== null && entry.producerEpoch === epoch;
}

/**
 * Before the coordinator is asked about a transaction: the guard to come back with, or the sentinel if none is needed
 * because the transaction is open here (UnifiedLog.maybeStartTransactionVerification).
 */
export function startVerification(
  states: ProducerStates,
  producerId: number,
  sequence: number,
  epoch: number,
  supportsEpochBump: boolean,
  nowMs: number,
): number | AppendRefusal {
  const stale = checkStaleEpoch(states, producerId, epoch);
  if (stale !== null) return stale;
  if (hasOngoingTransaction(states, producerId, epoch)) return VERIFICATION_SENTINEL;
  return maybeCreateVerification(states, producerId, sequence, epoch, supportsEpochBump, nowMs).guard;
}

/** A completed transaction as the transaction index keeps it (the index itself holds only the aborted ones). */
export interface IndexedTxn extends CompletedTxn {
  readonly lastStableOffset: number;
}

const NONE_COMPLETED: readonly IndexedTxn[] = [];

/** After the batches are in the log, whose end is now `logEndOffset`. Answers the transactions that were completed. */
export function applyAppend(
  states: ProducerStates,
  append: ValidatedAppend,
  logEndOffset: number,
): readonly IndexedTxn[] {
  for (const info of append.infos) updateProducer(states, info);
  let completed = NONE_COMPLETED;
  for (const txn of append.completedTxns) {
    completed = [...completed, { ...txn, lastStableOffset: lastStableOffset(states, txn) }];
    completeTxn(states, txn);
  }
  states.mapEndOffset = logEndOffset;
  return completed;
}

/** Replays batches of the own log after a truncation or a restart (UnifiedLog.loadProducersFromRecords). */
export function loadProducersFromRecords(states: ProducerStates, batches: readonly PlacedBatch[]): void {
  const infos: ProducerAppendInfo[] = [];
  const completed: CompletedTxn[] = [];
  for (const { batch, baseOffset } of batches) {
    if (batch.producerId <= NO_PRODUCER_ID) continue;
    const result = updateWith(states, infos, Number(batch.producerId), batch, baseOffset, 'REPLICATION', 0);
    // Only an open transaction that a plain batch falls into is refused to replication, and no leader writes that.
    if (result?.kind === 'error') throw new Error(result.message);
    if (result !== null) completed.push(result);
  }
  for (const info of infos) updateProducer(states, info);
  for (const txn of completed) completeTxn(states, txn);
}
