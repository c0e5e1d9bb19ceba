/**
 * Message sets of formats v0 and v1, byte for byte as MemoryRecordsBuilder writes them: plain messages one after the other, or a
 * wrapper around their compressed bytes.
 */
import { type Bytes, sizeOfBytes, writeUtf8 } from '../bytes.ts';
import { COMPRESSION_TYPES, type CompressionType, getCodec } from '../codec.ts';
import { LOG_OVERHEAD } from '../record-sizes.ts';
import { BuilderError } from './builder-error.ts';
import { crc32 } from './crc32.ts';
import { type Int64, putInt32, putInt64 } from './int64.ts';
import { messageOverhead, messageSetHeaderSize, messageSetSize } from './message-sizes.ts';
import { ATTRIBUTES_AT, CRC_AT, type LegacyTimestampType, MAGIC_AT, TIMESTAMP_AT } from './raw-message.ts';

export interface LegacyRecordToWrite {
  readonly offset: Int64;
  /** Milliseconds since the epoch, -1 = none; v0 drops it, under LogAppendTime `logAppendTime` stands in its place. */
  readonly timestampMs: Int64;
  readonly key: Bytes;
  readonly value: Bytes;
  /** Formats before v2 have none. */
  readonly headers?: readonly unknown[];
}

export interface MessageSetFields {
  readonly magic: 0 | 1;
  readonly compression: CompressionType;
  /** The codec's own; absent = its default. */
  readonly level?: number;
  readonly timestampType: LegacyTimestampType;
  /** Inner offsets of a compressed v1 set count from it; absent = the first record's. */
  readonly baseOffset?: Int64;
  readonly logAppendTime?: Int64;
  readonly records: readonly LegacyRecordToWrite[];
}

const MAX_INT = 2147483647n;

/** The constructor's and appendWithOffset's checks. */
function checkFields(fields: MessageSetFields, baseOffset: Int64): void {
  const { magic, compression, timestampType, records } = fields;
  if (magic > 0 && timestampType === 'NoTimestampType') {
    throw new BuilderError('no-timestamp-type', { magic }, `message format v${magic} needs a timestamp type`);
  }
  if (compression === 'zstd') {
    throw new BuilderError('zstd-in-legacy', { magic }, `zstd is unknown to message format v${magic}`);
  }
  let last: Int64 | null = null;
  for (const record of records) {
    checkRecord(record, last, baseOffset);
    checkHeaders(magic, record.offset, record.headers ?? []);
    last = record.offset;
  }
}

export function checkHeaders(magic: number, offset: Int64, headers: readonly unknown[]): void {
  if (headers.length === 0) return;
  const params = { magic, offset: `${offset}` };
  throw new BuilderError('headers-in-legacy', params, `message format v${magic} has no headers`);
}

/** What holds for records of every format: offsets increase and stay near, times are not negative. */
export function checkRecord(
  record: { readonly offset: Int64; readonly timestampMs: Int64 },
  last: Int64 | null,
  baseOffset: Int64,
): void {
  const { offset, timestampMs } = record;
  if (last !== null && offset <= last) {
    const params = { offset: `${offset}`, last: `${last}` };
    throw new BuilderError('offset-order', params, `offset ${offset} follows ${last}: offsets must increase`);
  }
  if (timestampMs < 0 && timestampMs !== -1 && timestampMs !== -1n) {
    const params = { timestamp: `${timestampMs}` };
    throw new BuilderError('timestamp-negative', params, `timestamp ${timestampMs} is negative`);
  }
  if (BigInt(offset) - BigInt(baseOffset) > MAX_INT) {
    const params = { offset: `${offset}`, base: `${baseOffset}` };
    throw new BuilderError('offset-too-far', params, `offset ${offset} is too far from the base offset ${baseOffset}`);
  }
}

function putSized(target: Uint8Array, at: number, value: Bytes): number {
  const size = sizeOfBytes(value);
  putInt32(target, at, size);
  if (value === null) return at + 4;
  if (typeof value === 'string') return writeUtf8(target, at + 4, value);
  target.set(value, at + 4);
  return at + 4 + size;
}

/** Offset, length, magic, attributes and time; returns where the key's size belongs. */
function putHeader(
  target: Uint8Array,
  at: number,
  magic: 0 | 1,
  offset: Int64,
  size: number,
  attributes: number,
  timestamp: Int64,
): number {
  putInt64(target, at, offset);
  putInt32(target, at + 8, size - LOG_OVERHEAD);
  target[at + MAGIC_AT] = magic;
  target[at + ATTRIBUTES_AT] = attributes;
  if (magic === 0) return at + TIMESTAMP_AT;
  putInt64(target, at + TIMESTAMP_AT, timestamp);
  return at + TIMESTAMP_AT + 8;
}

function putCrc(target: Uint8Array, at: number, end: number): void {
  putInt32(target, at + CRC_AT, crc32(target, at + MAGIC_AT, end));
}

function attributesFor(fields: MessageSetFields, compression: CompressionType): number {
  const isStamped = fields.magic > 0 && fields.timestampType === 'LogAppendTime';
  return COMPRESSION_TYPES.indexOf(compression) | (isStamped ? 0x08 : 0);
}

/** The messages one after the other; `baseOffset` is taken from each offset (0 where offsets are absolute). */
function writeMessages(fields: MessageSetFields, baseOffset: Int64): Uint8Array {
  const { magic, records } = fields;
  const target = new Uint8Array(messageSetSize(magic, records));
  const attributes = attributesFor(fields, 'none');
  let at = 0;
  for (const record of records) {
    const keySize = Math.max(0, sizeOfBytes(record.key));
    const size = messageOverhead(magic) + keySize + Math.max(0, sizeOfBytes(record.value));
    const timestamp = fields.timestampType === 'LogAppendTime' ? (fields.logAppendTime ?? -1) : record.timestampMs;
    const offset = baseOffset === 0 ? record.offset : minus(record.offset, baseOffset);
    const keyAt = putHeader(target, at, magic, offset, size, attributes, timestamp);
    const end = putSized(target, putSized(target, keyAt, record.key), record.value);
    putCrc(target, at, end);
    at = end;
  }
  return target;
}

function minus(left: Int64, right: Int64): Int64 {
  return typeof left === 'number' && typeof right === 'number' ? left - right : BigInt(left) - BigInt(right);
}

/** The time that a wrapper carries: the broker's, else the largest of its messages (-1 if none has one). */
function wrapperTimestamp(fields: MessageSetFields): Int64 {
  if (fields.timestampType === 'LogAppendTime') return fields.logAppendTime ?? -1;
  let max: Int64 = -1;
  for (const record of fields.records) if (record.timestampMs > max) max = record.timestampMs;
  return max;
}

/**
 * The whole set. Throws a BuilderError for what MemoryRecordsBuilder refuses: offsets that do not increase, negative times, headers,
 * zstd. No records, no bytes.
 */
export function writeMessageSet(fields: MessageSetFields): Uint8Array {
  const { magic, compression, records } = fields;
  if (records.length === 0) return new Uint8Array(0);
  const baseOffset = fields.baseOffset ?? records[0].offset;
  checkFields(fields, baseOffset);
  if (compression === 'none') return writeMessages(fields, 0);
  const plain = writeMessages(fields, magic === 1 ? baseOffset : 0);
  return wrapMessages(fields, getCodec(compression).compress(plain, fields.level, magic));
}

/** The wrapper around messages that are compressed already, with the offset of the last of them. */
function wrapMessages(fields: MessageSetFields, packed: Uint8Array): Uint8Array {
  const { magic, compression, records } = fields;
  const header = messageSetHeaderSize(magic, compression);
  const target = new Uint8Array(header + packed.length);
  const lastOffset = records[records.length - 1].offset;
  const timestamp = wrapperTimestamp(fields);
  const keyAt = putHeader(target, 0, magic, lastOffset, target.length, attributesFor(fields, compression), timestamp);
  putSized(target, putSized(target, keyAt, null), packed);
  putCrc(target, 0, target.length);
  return target;
}

/** The uncompressed bytes of a set, as they stand inside of its wrapper (or alone without compression). */
export function plainMessageSet(fields: MessageSetFields): Uint8Array {
  if (fields.records.length === 0) return new Uint8Array(0);
  const baseOffset = fields.baseOffset ?? fields.records[0].offset;
  checkFields(fields, baseOffset);
  return writeMessages(fields, fields.magic === 1 && fields.compression !== 'none' ? baseOffset : 0);
}
