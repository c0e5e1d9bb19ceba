/**
 * A record batch v2 as it lies in bytes, trusted in nothing (Kafka: DefaultRecordBatch over a slice of the request's buffer), and the
 * walk over the batches of a buffer. What lies outside of the slice throws as Java's buffer does.
 */

import type { Magic } from '../byte-field.ts';
import type { CompressionType } from '../codec.ts';
import { crc32c } from '../crc32c.ts';
import { FormatError } from '../legacy/format-error.ts';
import { bigInt64At, int16At, int32At } from '../legacy/int64.ts';
import { codecOfNumber, type RawMessage, rawMessage } from '../legacy/raw-message.ts';
import { type RefusalKey, refused } from '../legacy/refusal-keys.ts';
import { batchOverhead, LEGACY_RECORD_OVERHEAD_V0, LOG_OVERHEAD } from '../record-sizes.ts';

/** What stands between two batch boundaries: a batch v2, or one entry of a message set. */
export interface RawBatch {
  readonly magic: Magic;
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly end: number;
  /** The entry of formats v0 and v1; null for v2. */
  readonly message: RawMessage | null;
}

const MAGIC_AT = 16;
export const BATCH_CRC_AT = 17;
export const BATCH_ATTRIBUTES_AT = 21;
export const LAST_OFFSET_DELTA_AT = 23;
export const BASE_TIMESTAMP_AT = 27;
export const MAX_TIMESTAMP_AT = 35;
export const COUNT_AT = 57;

function corrupt(position: number, key: RefusalKey, params: Record<string, number>, message: string): FormatError {
  return new FormatError('CorruptRecordException', position, refused(key, params), message);
}

/** ByteBufferLogInputStream.nextBatchSize, and null when the batch is not all there. */
function nextBatchSize(bytes: Uint8Array, at: number): number | null {
  const remaining = bytes.length - at;
  if (remaining < LOG_OVERHEAD) return null;
  const size = int32At(bytes, at + 8);
  if (size < LEGACY_RECORD_OVERHEAD_V0) {
    const params = { size, least: LEGACY_RECORD_OVERHEAD_V0 };
    throw corrupt(at + 8, 'length', params, `the length ${size} is below the least possible, ${params.least}`);
  }
  if (remaining <= LOG_OVERHEAD + 4) return null;
  const magic = (bytes[at + MAGIC_AT] << 24) >> 24;
  if (magic < 0 || magic > 2) throw corrupt(at + MAGIC_AT, 'magic', { magic }, `magic ${magic} is unknown`);
  return size + LOG_OVERHEAD > remaining ? null : size + LOG_OVERHEAD;
}

/** Batch after batch, each looked at only when it is asked for. The rest that is no whole batch is left. */
export function* rawBatches(bytes: Uint8Array): Generator<RawBatch> {
  let at = 0;
  for (let size = nextBatchSize(bytes, at); size !== null; size = nextBatchSize(bytes, at)) {
    const magic = bytes[at + MAGIC_AT] as Magic;
    const message = magic === 2 ? null : rawMessage(bytes, at, size);
    yield { magic, bytes, at, end: at + size, message };
    at += size;
  }
}

export function sizeInBytes(batch: RawBatch): number {
  return batch.end - batch.at;
}

function placeOf(batch: RawBatch, offset: number, size: number, what: string): number {
  const at = batch.at + offset;
  if (at + size <= batch.end) return at;
  const fact = refused('outside', { field: what });
  throw new FormatError('IndexOutOfBoundsException', at, fact, `the ${what} would stand outside of the batch`);
}

export function baseOffset(batch: RawBatch): bigint {
  return bigInt64At(batch.bytes, batch.at);
}

export function lastOffsetDelta(batch: RawBatch): number {
  return int32At(batch.bytes, placeOf(batch, LAST_OFFSET_DELTA_AT, 4, 'lastOffsetDelta'));
}

/** Only the low byte counts. */
export function attributes(batch: RawBatch): number {
  return batch.bytes[batch.at + BATCH_ATTRIBUTES_AT + 1];
}

export function codec(batch: RawBatch): CompressionType {
  return codecOfNumber(attributes(batch) & 7, batch.at + BATCH_ATTRIBUTES_AT);
}

export function isLogAppendTime(batch: RawBatch): boolean {
  return (attributes(batch) & 0x08) !== 0;
}

export function isTransactional(batch: RawBatch): boolean {
  return batch.magic === 2 && (attributes(batch) & 0x10) !== 0;
}

export function isControl(batch: RawBatch): boolean {
  return batch.magic === 2 && (attributes(batch) & 0x20) !== 0;
}

export function baseTimestamp(batch: RawBatch): bigint {
  return bigInt64At(batch.bytes, placeOf(batch, BASE_TIMESTAMP_AT, 8, 'baseTimestamp'));
}

export function maxTimestamp(batch: RawBatch): bigint {
  return bigInt64At(batch.bytes, placeOf(batch, MAX_TIMESTAMP_AT, 8, 'maxTimestamp'));
}

export function producerId(batch: RawBatch): bigint {
  return batch.magic === 2 ? bigInt64At(batch.bytes, batch.at + 43) : -1n;
}

export function producerEpoch(batch: RawBatch): number {
  return batch.magic === 2 ? int16At(batch.bytes, batch.at + 51) : -1;
}

export function baseSequence(batch: RawBatch): number {
  return batch.magic === 2 ? int32At(batch.bytes, batch.at + 53) : -1;
}

export function count(batch: RawBatch): number {
  return int32At(batch.bytes, placeOf(batch, COUNT_AT, 4, 'records count'));
}

export function storedBatchCrc(batch: RawBatch): number {
  return int32At(batch.bytes, batch.at + BATCH_CRC_AT) >>> 0;
}

export function computedBatchCrc(batch: RawBatch): number {
  return crc32c(batch.bytes, batch.at + BATCH_ATTRIBUTES_AT, batch.end);
}

/** DefaultRecordBatch.isValid. */
export function isBatchValid(batch: RawBatch): boolean {
  return sizeInBytes(batch) >= batchOverhead && storedBatchCrc(batch) === computedBatchCrc(batch);
}
