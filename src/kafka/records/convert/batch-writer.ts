/**
 * A record batch v2 from raw records, with all 64 bits of times and ids (Kafka: MemoryRecordsBuilder, DefaultRecord.writeTo). The
 * simulation's own batches come from `makeBatch`; this one serves whoever rewrites bytes that may hold anything.
 */
import type { Magic } from '../byte-field.ts';
import { sizeOfBytes, utf8Size, writeUtf8 } from '../bytes.ts';
import { COMPRESSION_TYPES, type CompressionType, getCodec } from '../codec.ts';
import { crc32c } from '../crc32c.ts';
import { BuilderError } from '../legacy/builder-error.ts';
import { type Int64, putInt32, putInt64, wrapInt64 } from '../legacy/int64.ts';
import { checkRecord } from '../legacy/message-set-writer.ts';
import type { Bytes, RecordHeader, TimestampType } from '../record-batch.ts';
import { batchOverhead, LOG_OVERHEAD, recordBodySize } from '../record-sizes.ts';
import { sizeOfVarint, writeVarint, writeVarlong } from '../varint.ts';

export interface BatchRecordToWrite {
  readonly offset: bigint;
  readonly timestampMs: bigint;
  readonly key: Bytes;
  readonly value: Bytes;
  readonly headers: readonly RecordHeader[];
}

export interface ProducerState {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly isTransactional: boolean;
}

export interface BatchToWrite extends ProducerState {
  readonly compression: CompressionType;
  readonly level?: number;
  readonly timestampType: TimestampType;
  readonly baseOffset: bigint;
  /** Stands as the batch's max timestamp under LogAppendTime. */
  readonly logAppendTime: bigint;
  readonly leaderEpoch: number;
  readonly records: readonly BatchRecordToWrite[];
}

export interface WrittenBatch {
  readonly bytes: Uint8Array;
  readonly maxTimestamp: bigint;
  /** Header and records without compression. */
  readonly plainSizeInBytes: number;
}

/** validateProducerState, when the builder is closed. */
export function checkProducer(batch: ProducerState, magic: Magic): void {
  const { producerId, producerEpoch, baseSequence } = batch;
  if (batch.isTransactional && producerId === -1n) {
    throw new BuilderError('transactional-no-producer', {}, 'a transactional batch has no producer id');
  }
  if (producerId === -1n) return;
  const params = { producerId: `${producerId}` };
  if (producerEpoch === -1) throw new BuilderError('producer-epoch', params, 'a producer id comes without an epoch');
  if (baseSequence < 0) {
    const text = `base sequence ${baseSequence} is negative`;
    throw new BuilderError('sequence', { ...params, sequence: baseSequence }, text);
  }
  if (magic < 2) throw new BuilderError('idempotent-in-legacy', { magic }, `message format v${magic} has no producers`);
}

function putSized(target: Uint8Array, at: number, value: Bytes): number {
  const size = sizeOfBytes(value);
  const position = writeVarint(target, at, size);
  if (value === null) return position;
  if (typeof value === 'string') return writeUtf8(target, position, value);
  target.set(value, position);
  return position + size;
}

function deltaOf(batch: BatchToWrite, record: BatchRecordToWrite): bigint {
  return wrapInt64(record.timestampMs - batch.records[0].timestampMs);
}

function bodySize(batch: BatchToWrite, record: BatchRecordToWrite): number {
  const offsetDelta = Number(record.offset - batch.baseOffset);
  const { key, value, headers } = record;
  return recordBodySize(offsetDelta, deltaOf(batch, record), sizeOfBytes(key), sizeOfBytes(value), headers);
}

function putRecord(target: Uint8Array, at: number, batch: BatchToWrite, record: BatchRecordToWrite): number {
  let position = writeVarint(target, at, bodySize(batch, record));
  target[position] = 0;
  position = writeVarlong(target, position + 1, deltaOf(batch, record));
  position = writeVarint(target, position, Number(record.offset - batch.baseOffset));
  position = putSized(target, putSized(target, position, record.key), record.value);
  position = writeVarint(target, position, record.headers.length);
  for (const header of record.headers) {
    position = writeVarint(target, position, utf8Size(header.key));
    position = putSized(target, writeUtf8(target, position, header.key), header.value);
  }
  return position;
}

/** DefaultRecordBatch.sizeInBytes of these records with this base: what comes before compression. */
export function plainBatchSize(batch: BatchToWrite): number {
  let size = batchOverhead;
  for (const record of batch.records) {
    const body = bodySize(batch, record);
    size += sizeOfVarint(body) + body;
  }
  return size;
}

/** The batch's bytes; throws a BuilderError for what the builder refuses. There is at least one record. */
export function writeBatch(batch: BatchToWrite): WrittenBatch {
  let last: Int64 | null = null;
  let max = -1n;
  for (const record of batch.records) {
    checkRecord(record, last, batch.baseOffset);
    last = record.offset;
    if (record.timestampMs > max) max = record.timestampMs;
  }
  checkProducer(batch, 2);
  const plainSizeInBytes = plainBatchSize(batch);
  const plain = new Uint8Array(plainSizeInBytes);
  let at = batchOverhead;
  for (const record of batch.records) at = putRecord(plain, at, batch, record);
  const maxTimestamp = batch.timestampType === 'LogAppendTime' ? batch.logAppendTime : max;
  const bytes = withPayload(batch, plain);
  putHeader(bytes, batch, maxTimestamp);
  return { bytes, maxTimestamp, plainSizeInBytes };
}

function withPayload(batch: BatchToWrite, plain: Uint8Array): Uint8Array {
  if (batch.compression === 'none') return plain;
  const packed = getCodec(batch.compression).compress(plain.slice(batchOverhead), batch.level, 2);
  const bytes = new Uint8Array(batchOverhead + packed.length);
  bytes.set(packed, batchOverhead);
  return bytes;
}

function putHeader(bytes: Uint8Array, batch: BatchToWrite, maxTimestamp: bigint): void {
  const { records } = batch;
  putInt64(bytes, 0, batch.baseOffset);
  putInt32(bytes, 8, bytes.length - LOG_OVERHEAD);
  putInt32(bytes, 12, batch.leaderEpoch);
  bytes[16] = 2;
  bytes[22] =
    COMPRESSION_TYPES.indexOf(batch.compression) |
    (batch.timestampType === 'LogAppendTime' ? 0x08 : 0) |
    (batch.isTransactional ? 0x10 : 0);
  putInt32(bytes, 23, Number(records[records.length - 1].offset - batch.baseOffset));
  putInt64(bytes, 27, records[0].timestampMs);
  putInt64(bytes, 35, maxTimestamp);
  putInt64(bytes, 43, batch.producerId);
  bytes[51] = batch.producerEpoch >> 8;
  bytes[52] = batch.producerEpoch;
  putInt32(bytes, 53, batch.baseSequence);
  putInt32(bytes, 57, records.length);
  putInt32(bytes, 17, crc32c(bytes, 21));
}
