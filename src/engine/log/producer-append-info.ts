/**
 * The check of what one producer appends, before it is written (Kafka: ProducerAppendInfo). It starts from what was
 * known after the last append and goes forward batch by batch; nothing is kept unless the whole append succeeds.
 */
import type { ErrorName } from '../../kafka/api/errors.ts';
import { type EndTransactionMarker, endTransactionMarker } from '../../kafka/records/control-record.ts';
import { lastSequence, type RecordBatch } from '../../kafka/records/record-batch.ts';
import {
  lastSeq,
  NO_PRODUCER_EPOCH,
  NO_SEQUENCE,
  type ProducerStateEntry,
  withBatch,
  withoutBatches,
} from './producer-state-entry.ts';
import type { VerificationStateEntry } from './verification-state.ts';

/** Where an append comes from, which decides how much of it is checked (Kafka: AppendOrigin). */
export type AppendOrigin = 'CLIENT' | 'REPLICATION' | 'COORDINATOR' | 'RAFT_LEADER';

/** The version of the transaction protocol of a marker's request; replication does not know it. */
export const TV_UNKNOWN = -1;

export interface TxnMetadata {
  readonly producerId: number;
  readonly firstOffset: number;
  /** The marker's offset; null while the transaction is open. */
  readonly lastOffset: number | null;
}

export interface CompletedTxn {
  readonly kind: 'completed';
  readonly producerId: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly isAborted: boolean;
}

/** Why an append is refused: Kafka's error, the exception that the broker throws, and the numbers in words. */
export interface AppendRefusal {
  readonly kind: 'error';
  readonly error: ErrorName;
  readonly exception: string;
  readonly message: string;
}

export interface ProducerAppendInfo {
  readonly producerId: number;
  readonly current: ProducerStateEntry;
  readonly origin: AppendOrigin;
  readonly verification: VerificationStateEntry | undefined;
  /** Grows with each batch of the append. */
  updated: ProducerStateEntry;
  started: readonly TxnMetadata[];
}

const MAX_EPOCH = 32767;
const MAX_SEQUENCE = 2147483647;
const NONE_STARTED: readonly TxnMetadata[] = [];

export function producerAppendInfo(
  current: ProducerStateEntry,
  origin: AppendOrigin,
  verification: VerificationStateEntry | undefined,
): ProducerAppendInfo {
  const updated = withoutBatches(current);
  return { producerId: current.producerId, current, origin, verification, updated, started: NONE_STARTED };
}

function refuse(error: ErrorName, exception: string, message: string): AppendRefusal {
  return { kind: 'error', error, exception, message };
}

/** Null = accepted; a completed transaction if the batch was the marker of an open one. */
export function appendBatch(
  info: ProducerAppendInfo,
  batch: RecordBatch,
  baseOffset: number,
  transactionVersion: number,
): AppendRefusal | CompletedTxn | null {
  if (!batch.isControl) return appendDataBatch(info, batch, baseOffset);
  // A control batch without a record: the cleaner has removed the whole transaction.
  if (batch.records.length === 0) return null;
  const marker = endTransactionMarker(batch);
  if (marker === null) throw new Error(`a control batch of producer ${info.producerId} is no transaction marker`);
  const timestampMs = batch.timestampType === 'LogAppendTime' ? batch.maxTimestamp : batch.records[0].timestampMs;
  return appendEndTxnMarker(info, marker, batch.producerEpoch, baseOffset, timestampMs, transactionVersion);
}

function appendDataBatch(info: ProducerAppendInfo, batch: RecordBatch, firstOffset: number): AppendRefusal | null {
  const epoch = batch.producerEpoch;
  const refusal =
    checkProducerEpoch(info, epoch, firstOffset, TV_UNKNOWN) ??
    (info.origin === 'CLIENT' ? checkSequence(info, epoch, batch.baseSequence, firstOffset) : null);
  if (refusal !== null) return refusal;
  const offsetDelta = batch.lastOffsetDelta;
  info.updated = withBatch(info.updated, epoch, {
    lastSeq: lastSequence(batch),
    lastOffset: firstOffset + offsetDelta,
    offsetDelta,
    timestampMs: batch.maxTimestamp,
  });
  const isOpen = info.updated.currentTxnFirstOffset !== null;
  if (isOpen && !batch.isTransactional) {
    const what = `producer ${info.producerId} has an open transaction, and the batch at ${firstOffset} is not part of one`;
    return refuse('INVALID_TXN_STATE', 'InvalidTxnStateException', what);
  }
  if (!isOpen && batch.isTransactional) {
    info.updated = { ...info.updated, currentTxnFirstOffset: firstOffset };
    info.started = [...info.started, { producerId: info.producerId, firstOffset, lastOffset: null }];
  }
  return null;
}

/** Rules 41 and 99. A follower takes what its leader has taken. */
function checkProducerEpoch(
  info: ProducerAppendInfo,
  epoch: number,
  offset: number,
  transactionVersion: number,
): AppendRefusal | null {
  const current = info.updated.producerEpoch;
  const isV2Marker = transactionVersion >= 2;
  if (isV2Marker ? epoch > current : epoch >= current) return null;
  // An equal epoch on a V2 marker is a marker sent again, if the transaction has ended; at the last epoch it cannot
  // have been raised in the first place.
  const isRetry = isV2Marker && epoch === current;
  if (isRetry && (info.updated.currentTxnFirstOffset === null || epoch === MAX_EPOCH)) return null;
  if (info.origin === 'REPLICATION') return null;
  const relation = isV2Marker ? 'not above' : 'below';
  const what = `producer ${info.producerId} at offset ${offset}: epoch ${epoch} is ${relation} the last seen ${current}`;
  return refuse('INVALID_PRODUCER_EPOCH', 'InvalidProducerEpochException', what);
}

/** Rules 39 and 40. */
function checkSequence(
  info: ProducerAppendInfo,
  epoch: number,
  firstSeq: number,
  offset: number,
): AppendRefusal | null {
  const { current, updated, verification } = info;
  const outOfOrder = (why: string): AppendRefusal => {
    const what = `producer ${info.producerId} at offset ${offset}: sequence ${firstSeq} ${why}`;
    return refuse('OUT_OF_ORDER_SEQUENCE_NUMBER', 'OutOfOrderSequenceException', what);
  };
  if (verification !== undefined) {
    if (verification.supportsEpochBump && firstSeq !== 0 && current.batches.length === 0) {
      return outOfOrder('opens a transaction of version 2 where no batch is remembered, which must start at 0');
    }
    if (firstSeq > verification.lowestSequence) {
      return outOfOrder(`would overtake ${verification.lowestSequence}, which still waits for verification`);
    }
  }
  if (epoch !== updated.producerEpoch) {
    if (firstSeq === 0 || updated.producerEpoch === NO_PRODUCER_EPOCH) return null;
    return outOfOrder(`starts epoch ${epoch} (before: ${updated.producerEpoch}), which must start at 0`);
  }
  const before = lastSequenceOf(info, epoch);
  // A producer that is unknown here may go on anywhere: its records may have been deleted.
  if (current.producerEpoch === NO_PRODUCER_EPOCH || isNext(before, firstSeq)) return null;
  return outOfOrder(`does not follow ${before}`);
}

function lastSequenceOf(info: ProducerAppendInfo, epoch: number): number {
  if (info.updated.batches.length > 0) return lastSeq(info.updated);
  return epoch === info.current.producerEpoch ? lastSeq(info.current) : NO_SEQUENCE;
}

function isNext(last: number, next: number): boolean {
  return next === last + 1 || (next === 0 && last === MAX_SEQUENCE);
}

function appendEndTxnMarker(
  info: ProducerAppendInfo,
  marker: EndTransactionMarker,
  epoch: number,
  offset: number,
  timestampMs: number,
  transactionVersion: number,
): AppendRefusal | CompletedTxn | null {
  if (transactionVersion === TV_UNKNOWN && info.origin !== 'REPLICATION') {
    throw new Error(`a marker of origin ${info.origin} must say its transaction version`);
  }
  // Replication carries no version, and the leader has applied the stricter check already.
  const version = transactionVersion === TV_UNKNOWN ? 0 : transactionVersion;
  const refusal = checkProducerEpoch(info, epoch, offset, version) ?? checkCoordinatorEpoch(info, marker, offset);
  if (refusal !== null) return refusal;
  const firstOffset = info.updated.currentTxnFirstOffset;
  info.updated = {
    producerId: info.producerId,
    producerEpoch: epoch,
    coordinatorEpoch: marker.coordinatorEpoch,
    lastTimestampMs: timestampMs,
    currentTxnFirstOffset: null,
    batches: info.updated.producerEpoch === epoch ? info.updated.batches : [],
  };
  if (firstOffset === null) return null; // A marker without data changes no last stable offset.
  const isAborted = marker.type === 'ABORT';
  return { kind: 'completed', producerId: info.producerId, firstOffset, lastOffset: offset, isAborted };
}

/** Rule 44. */
function checkCoordinatorEpoch(
  info: ProducerAppendInfo,
  marker: EndTransactionMarker,
  offset: number,
): AppendRefusal | null {
  const known = info.updated.coordinatorEpoch;
  if (known <= marker.coordinatorEpoch || info.origin === 'REPLICATION') return null;
  const what = `producer ${info.producerId} at offset ${offset}: coordinator epoch ${marker.coordinatorEpoch} is below ${known}`;
  return refuse('TRANSACTION_COORDINATOR_FENCED', 'TransactionCoordinatorFencedException', what);
}
