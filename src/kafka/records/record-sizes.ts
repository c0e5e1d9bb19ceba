/**
 * Exact sizes by arithmetic, without making a byte. They follow DefaultRecord, DefaultRecordBatch, AbstractRecords and,
 * for the formats before v2, LegacyRecord.
 */
import { type Bytes, sizeOfBytes, utf8Size } from './bytes.ts';
import type { CompressionType } from './codec.ts';
import type { RecordHeader } from './record-batch.ts';
import { sizeOfVarint, sizeOfVarlong } from './varint.ts';

/** Bytes of a v2 batch before its first record. */
export const batchOverhead = 61;
/** Base offset and length: what stands before the counted length of a batch or a legacy message. */
export const LOG_OVERHEAD = 12;
/** 5 bytes length, 10 timestamp, 5 offset, 1 attributes: the most a record can need beside key, value and headers. */
export const MAX_RECORD_OVERHEAD = 21;
export const LEGACY_RECORD_OVERHEAD_V0 = 14;
export const LEGACY_RECORD_OVERHEAD_V1 = 22;
export const NO_HEADERS: readonly RecordHeader[] = [];

const MAX_SEQUENCE = 2147483647;

function sizedField(size: number): number {
  return size < 0 ? 1 : sizeOfVarint(size) + size;
}

/** Key, value and headers with their length prefixes; a negative size stands for null. */
export function fieldsSize(keySize: number, valueSize: number, headers: readonly RecordHeader[]): number {
  let size = sizedField(keySize) + sizedField(valueSize) + sizeOfVarint(headers.length);
  for (const header of headers) size += sizedField(utf8Size(header.key)) + sizedField(sizeOfBytes(header.value));
  return size;
}

/** The record without its own length prefix. */
export function recordBodySize(
  offsetDelta: number,
  timestampDelta: number | bigint,
  keySize: number,
  valueSize: number,
  headers: readonly RecordHeader[],
): number {
  return 1 + sizeOfVarint(offsetDelta) + sizeOfVarlong(timestampDelta) + fieldsSize(keySize, valueSize, headers);
}

export function recordSize(
  offsetDelta: number,
  timestampDelta: number | bigint,
  keySize: number,
  valueSize: number,
  headers: readonly RecordHeader[] = NO_HEADERS,
): number {
  const body = recordBodySize(offsetDelta, timestampDelta, keySize, valueSize, headers);
  return sizeOfVarint(body) + body;
}

export function recordSizeUpperBound(keySize: number, valueSize: number, headers: readonly RecordHeader[]): number {
  return MAX_RECORD_OVERHEAD + fieldsSize(keySize, valueSize, headers);
}

/** What the producer reserves for a batch that holds this record alone (RecordAccumulator.append, KafkaProducer). */
export function estimateSizeInBytesUpperBound(
  key: Bytes,
  value: Bytes,
  headers: readonly RecordHeader[] = NO_HEADERS,
): number {
  return batchOverhead + recordSizeUpperBound(sizeOfBytes(key), sizeOfBytes(value), headers);
}

/** A record as the sizes need it: deltas count from the first record's timestamp, as in the clients' builders. */
export interface SizedRecord {
  readonly timestampMs: number;
  readonly key: Bytes;
  readonly value: Bytes;
  readonly headers: readonly RecordHeader[];
  readonly offsetDelta?: number;
}

/** DefaultRecordBatch.sizeInBytes: an uncompressed batch of these records; no records need no batch. */
export function batchSizeInBytes(records: readonly SizedRecord[]): number {
  if (records.length === 0) return 0;
  const base = records[0].timestampMs;
  let size = batchOverhead;
  records.forEach((record, index) => {
    const delta = record.timestampMs - base;
    const keySize = sizeOfBytes(record.key);
    size += recordSize(record.offsetDelta ?? index, delta, keySize, sizeOfBytes(record.value), record.headers);
  });
  return size;
}

/** AbstractRecords.estimateSizeInBytes: for a compressed batch half the size, at least 1 KiB, at most 64 KiB. */
export function estimateSizeInBytes(records: readonly SizedRecord[], compression: CompressionType): number {
  const size = batchSizeInBytes(records);
  return compression === 'none' ? size : Math.min(Math.max(Math.floor(size / 2), 1024), 65536);
}

/** A message of format 0 or 1 without its offset and length. */
export function legacyRecordSize(magic: 0 | 1, keySize: number, valueSize: number): number {
  const overhead = magic === 0 ? LEGACY_RECORD_OVERHEAD_V0 : LEGACY_RECORD_OVERHEAD_V1;
  return overhead + Math.max(keySize, 0) + Math.max(valueSize, 0);
}

/** Sequences wrap from 2147483647 to 0 (rule 40). */
export function incrementSequence(sequence: number, by: number): number {
  return sequence > MAX_SEQUENCE - by ? by - (MAX_SEQUENCE - sequence) - 1 : sequence + by;
}

export function decrementSequence(sequence: number, by: number): number {
  return sequence < by ? MAX_SEQUENCE - (by - sequence) + 1 : sequence - by;
}
