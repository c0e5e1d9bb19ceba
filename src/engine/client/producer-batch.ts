/**
 * A batch that a producer fills, sends and retries (Kafka: ProducerBatch with its MemoryRecordsBuilder). Sizes are exact
 * by arithmetic; the batch's bytes and checksum are made when it is drained.
 */

import { sizeOfBytes } from '../../kafka/records/bytes.ts';
import {
  fieldsOfRecords,
  type KafkaRecord,
  makeBatch,
  NO_SEQUENCE,
  type RecordBatch,
} from '../../kafka/records/record-batch.ts';
import { batchOverhead, recordSize } from '../../kafka/records/record-sizes.ts';
import { latePacking } from '../slots.ts';
import type { BatchPack } from './pack-state.ts';

export interface ProducerBatch {
  readonly id: number;
  readonly partition: number;
  readonly topic: string;
  readonly index: number;
  readonly createdUs: number;
  /** Bytes taken from the buffer pool; a split batch took none. */
  readonly capacity: number;
  readonly split: boolean;
  readonly limitBytes: number;
  records: KafkaRecord[];
  /** What it takes on the wire; while it is compressed and open, what that is expected to be. */
  sizeBytes: number;
  /** null: not compressed. */
  pack: BatchPack | null;
  maxRecordSize: number;
  /** No more appends (closeForRecordAppends). */
  closed: boolean;
  /** The finished batch; null while it is open or its sequence was rewritten. */
  body: RecordBatch | null;
  producerId: number;
  producerEpoch: number;
  baseSequence: number;
  /** Its sequence was rewritten and it was not sent since. */
  reopened: boolean;
  attempts: number;
  retry: boolean;
  lastAppendUs: number;
  lastAttemptUs: number;
  /** Back-off of the present retry ends. */
  retryAtUs: number;
  leaderEpoch: number;
  attemptsWhenLeaderChanged: number;
  /** Its callbacks have fired. */
  done: boolean;
  deallocated: boolean;
}

export function newProducerBatch(
  id: number,
  where: { readonly partition: number; readonly topic: string; readonly index: number },
  nowUs: number,
  limitBytes: number,
  split: boolean,
): ProducerBatch {
  return {
    id,
    partition: where.partition,
    topic: where.topic,
    index: where.index,
    createdUs: nowUs,
    capacity: split ? 0 : limitBytes,
    split,
    limitBytes,
    records: [],
    sizeBytes: batchOverhead,
    pack: null,
    maxRecordSize: 0,
    closed: false,
    body: null,
    producerId: -1,
    producerEpoch: -1,
    baseSequence: NO_SEQUENCE,
    reopened: false,
    attempts: 0,
    retry: false,
    lastAppendUs: nowUs,
    lastAttemptUs: nowUs,
    retryAtUs: 0,
    leaderEpoch: -1,
    attemptsWhenLeaderChanged: 0,
    done: false,
    deallocated: false,
  };
}

/** Records of a batch that is closed are never changed again, so a copy shares them. */
export function cloneBatch(b: ProducerBatch): ProducerBatch {
  return {
    id: b.id,
    partition: b.partition,
    topic: b.topic,
    index: b.index,
    createdUs: b.createdUs,
    capacity: b.capacity,
    split: b.split,
    limitBytes: b.limitBytes,
    records: b.closed ? b.records : b.records.slice(),
    sizeBytes: b.sizeBytes,
    pack: b.pack,
    maxRecordSize: b.maxRecordSize,
    closed: b.closed,
    body: b.body,
    producerId: b.producerId,
    producerEpoch: b.producerEpoch,
    baseSequence: b.baseSequence,
    reopened: b.reopened,
    attempts: b.attempts,
    retry: b.retry,
    lastAppendUs: b.lastAppendUs,
    lastAttemptUs: b.lastAttemptUs,
    retryAtUs: b.retryAtUs,
    leaderEpoch: b.leaderEpoch,
    attemptsWhenLeaderChanged: b.attemptsWhenLeaderChanged,
    done: b.done,
    deallocated: b.deallocated,
  };
}

export function isFull(b: ProducerBatch): boolean {
  return b.closed || (b.records.length > 0 && b.limitBytes <= b.sizeBytes);
}

/** Appends if there is room; the first record always fits. `estimate` is the record's upper bound alone in a batch. */
export function tryAppend(b: ProducerBatch, record: KafkaRecord, estimate: number, nowUs: number): boolean {
  if (isFull(b)) return false;
  const first = b.records.length === 0;
  const delta = first ? 0 : record.timestampMs - (b.records[0] as KafkaRecord).timestampMs;
  const size = recordSize(b.records.length, delta, sizeOfBytes(record.key), sizeOfBytes(record.value), record.headers);
  if (!first && b.limitBytes < b.sizeBytes + size) return false;
  b.records.push(record);
  if (b.pack === null) b.sizeBytes += size;
  else latePacking.grow(b, size);
  if (estimate > b.maxRecordSize) b.maxRecordSize = estimate;
  b.lastAppendUs = nowUs;
  return true;
}

export function hasSequence(b: ProducerBatch): boolean {
  return b.baseSequence !== NO_SEQUENCE;
}

export function lastSequence(b: ProducerBatch): number {
  return b.baseSequence + b.records.length - 1;
}

export function setProducerState(
  b: ProducerBatch,
  producerId: number,
  producerEpoch: number,
  baseSequence: number,
): void {
  b.producerId = producerId;
  b.producerEpoch = producerEpoch;
  b.baseSequence = baseSequence;
  b.body = null;
}

/** ProducerBatch.close: the batch as it goes on the wire (a compressed one: packing.ts). `producer` is the engine's dense producer index. */
export function closeBatch(b: ProducerBatch, producer: number): RecordBatch {
  b.closed = true;
  b.reopened = false;
  if (b.body === null) {
    const { producerId, producerEpoch, baseSequence } = b;
    b.body = makeBatch(fieldsOfRecords(b.records, { producerId, producerEpoch, baseSequence, producer }));
    b.sizeBytes = b.body.sizeInBytes;
  }
  return b.body;
}

/** ProducerBatch.maybeUpdateLeaderEpoch: remembers at which attempt the leader was seen to change. */
export function noteLeaderEpoch(b: ProducerBatch, leaderEpoch: number): void {
  if (leaderEpoch < 0 || b.leaderEpoch >= leaderEpoch) return;
  b.attemptsWhenLeaderChanged = b.attempts;
  b.leaderEpoch = leaderEpoch;
}

/** A retry waits out its back-off, unless the leader changed since its last attempt (rule 110). */
export function backingOff(b: ProducerBatch, nowUs: number): boolean {
  if (b.attempts === 0 || nowUs >= b.retryAtUs) return false;
  return b.attempts !== b.attemptsWhenLeaderChanged;
}

export function hasReachedDeliveryTimeout(b: ProducerBatch, deliveryTimeoutUs: number, nowUs: number): boolean {
  return deliveryTimeoutUs <= nowUs - b.createdUs;
}
