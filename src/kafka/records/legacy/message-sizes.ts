/** Sizes of formats v0 and v1 by arithmetic, and what builders estimate (Kafka: LegacyRecord, AbstractRecords). */
import { type Bytes, sizeOfBytes } from '../bytes.ts';
import type { CompressionType } from '../codec.ts';
import {
  LEGACY_RECORD_OVERHEAD_V0,
  LEGACY_RECORD_OVERHEAD_V1,
  LOG_OVERHEAD,
  legacyRecordSize,
} from '../record-sizes.ts';

/** What a message takes beside key and value, offset and length included: 26 bytes in v0, 34 in v1. */
export function messageOverhead(magic: 0 | 1): number {
  return LOG_OVERHEAD + (magic === 0 ? LEGACY_RECORD_OVERHEAD_V0 : LEGACY_RECORD_OVERHEAD_V1);
}

/** A whole message, offset and length included. */
export function messageSize(magic: 0 | 1, key: Bytes, value: Bytes): number {
  return LOG_OVERHEAD + legacyRecordSize(magic, sizeOfBytes(key), sizeOfBytes(value));
}

/** AbstractRecords.recordBatchHeaderSizeInBytes: a wrapper when compressed, else nothing stands before the first message. */
export function messageSetHeaderSize(magic: 0 | 1, compression: CompressionType): number {
  return compression === 'none' ? 0 : messageOverhead(magic);
}

/** A message set without compression. */
export function messageSetSize(
  magic: 0 | 1,
  records: readonly { readonly key: Bytes; readonly value: Bytes }[],
): number {
  let size = 0;
  for (const record of records) size += messageSize(magic, record.key, record.value);
  return size;
}

/** AbstractRecords.estimateSizeInBytes: for a compressed set half the size, at least 1 KiB, at most 64 KiB. */
export function estimateMessageSetSize(
  magic: 0 | 1,
  compression: CompressionType,
  records: readonly { readonly key: Bytes; readonly value: Bytes }[],
): number {
  const size = messageSetSize(magic, records);
  return compression === 'none' ? size : Math.min(Math.max(Math.floor(size / 2), 1024), 65536);
}

/** AbstractRecords.estimateSizeInBytesUpperBound: what a producer reserves for a set that holds this record alone. */
export function estimateMessageSetUpperBound(
  magic: 0 | 1,
  compression: CompressionType,
  key: Bytes,
  value: Bytes,
): number {
  const message = legacyRecordSize(magic, sizeOfBytes(key), sizeOfBytes(value));
  return compression === 'none' ? LOG_OVERHEAD + message : messageOverhead(magic) + message;
}
