/**
 * Reading a v2 batch from bytes, with the checks of ByteBufferLogInputStream, DefaultRecordBatch.ensureValid and
 * DefaultRecord.readFrom. Each refusal says what was wrong and at which byte.
 */
import { type Bytes, utf8Text } from './bytes.ts';
import { COMPRESSION_TYPES, getCodec } from './codec.ts';
import { crc32c } from './crc32c.ts';
import type { KafkaRecord, RecordBatch, RecordHeader } from './record-batch.ts';
import { batchOverhead, LEGACY_RECORD_OVERHEAD_V0, LOG_OVERHEAD, NO_HEADERS } from './record-sizes.ts';
import { type ByteCursor, readVarint, readVarlong } from './varint.ts';

export type RecordFormatReason = 'incomplete' | 'length' | 'magic' | 'crc' | 'record' | 'range';

/** `name` is the simple name of the Java exception; `position` the byte, counted from the start of the given bytes. */
export class RecordFormatError extends Error {
  readonly reason: RecordFormatReason;
  readonly position: number;
  constructor(reason: RecordFormatReason, position: number, message: string) {
    super(`${message} (at byte ${position})`);
    this.name = reason === 'record' ? 'InvalidRecordException' : 'CorruptRecordException';
    this.reason = reason;
    this.position = position;
  }
}

export interface DecodedBatch {
  readonly batch: RecordBatch;
  readonly baseOffset: number;
  readonly partitionLeaderEpoch: number;
  /** The byte after this batch. */
  readonly nextOffset: number;
}

function int32At(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
}

function int16At(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) >> 16) | bytes[at + 1];
}

function int64At(bytes: Uint8Array, at: number): number | bigint {
  const high = int32At(bytes, at);
  const low = int32At(bytes, at + 4) >>> 0;
  const value = high * 4294967296 + low;
  if (Number.isSafeInteger(value)) return value;
  return (BigInt(high) << 32n) | BigInt(low);
}

/** Offsets and times are numbers in the simulation; a value past 2^53 is refused rather than rounded. */
function safeInt64(value: number | bigint, at: number, what: string): number {
  if (typeof value === 'bigint') throw new RecordFormatError('range', at, `${what} ${value} is beyond 2^53`);
  return value;
}

/**
 * The size of the batch that starts at `offset`, from its first bytes; null if they or the batch are not all there
 * (a fetch may end in the middle of a batch, and the client drops that part: rule 26).
 */
export function completeBatchSizeAt(bytes: Uint8Array, offset: number): number | null {
  const remaining = bytes.length - offset;
  if (remaining < LOG_OVERHEAD) return null;
  const length = int32At(bytes, offset + 8);
  if (length < LEGACY_RECORD_OVERHEAD_V0) {
    const least = LEGACY_RECORD_OVERHEAD_V0;
    throw new RecordFormatError('length', offset + 8, `batch length ${length} is below the least possible, ${least}`);
  }
  if (remaining < LOG_OVERHEAD + 5) return null;
  const magic = (bytes[offset + 16] << 24) >> 24;
  if (magic < 0 || magic > 2) throw new RecordFormatError('magic', offset + 16, `magic ${magic} is unknown`);
  return length + LOG_OVERHEAD > remaining ? null : length + LOG_OVERHEAD;
}

export function decodeBatch(bytes: Uint8Array, offset = 0): DecodedBatch {
  const size = completeBatchSizeAt(bytes, offset);
  if (size === null) {
    throw new RecordFormatError('incomplete', bytes.length, `the bytes end before the batch that starts at ${offset}`);
  }
  const magic = bytes[offset + 16];
  if (magic !== 2) throw new RecordFormatError('magic', offset + 16, `magic ${magic} is not a record batch v2`);
  if (size < batchOverhead) {
    throw new RecordFormatError(
      'length',
      offset + 8,
      `batch size ${size} is below its header's ${batchOverhead} bytes`,
    );
  }
  const crc = int32At(bytes, offset + 17) >>> 0;
  const computed = crc32c(bytes, offset + 21, offset + size);
  if (crc !== computed) {
    throw new RecordFormatError('crc', offset + 17, `stored checksum ${crc} differs from the computed ${computed}`);
  }
  const attributes = bytes[offset + 22];
  const compression = COMPRESSION_TYPES[attributes & 7];
  if (compression === undefined) {
    throw new RecordFormatError('record', offset + 21, `compression number ${attributes & 7} is unknown`);
  }
  const baseTimestamp = safeInt64(int64At(bytes, offset + 27), offset + 27, 'base timestamp');
  const maxTimestamp = safeInt64(int64At(bytes, offset + 35), offset + 35, 'max timestamp');
  const count = int32At(bytes, offset + 57);
  if (count < 0) throw new RecordFormatError('record', offset + 57, `record count ${count} is negative`);
  let cursor: ByteCursor = { bytes, position: offset + batchOverhead, end: offset + size };
  let packed: Uint8Array | null = null;
  let plainSizeInBytes = size;
  if (compression !== 'none' && count > 0) {
    packed = bytes.slice(offset + batchOverhead, offset + size);
    const plain = getCodec(compression).decompress(packed);
    cursor = { bytes: plain, position: 0, end: plain.length };
    plainSizeInBytes = batchOverhead + plain.length;
  }
  const batch: RecordBatch = {
    compression,
    timestampType: (attributes & 0x08) === 0 ? 'CreateTime' : 'LogAppendTime',
    isTransactional: (attributes & 0x10) !== 0,
    isControl: (attributes & 0x20) !== 0,
    producerId: int64At(bytes, offset + 43),
    producerEpoch: int16At(bytes, offset + 51),
    baseSequence: int32At(bytes, offset + 53),
    baseTimestamp,
    maxTimestamp,
    records: readRecords(cursor, count, baseTimestamp),
    lastOffsetDelta: int32At(bytes, offset + 23),
    sizeInBytes: size,
    crc,
    producer: -1,
    deleteHorizonMs: (attributes & 0x40) === 0 ? null : baseTimestamp,
    packed,
    plainSizeInBytes,
  };
  return {
    batch,
    baseOffset: safeInt64(int64At(bytes, offset), offset, 'base offset'),
    partitionLeaderEpoch: int32At(bytes, offset + 12),
    nextOffset: offset + size,
  };
}

function readRecords(cursor: ByteCursor, count: number, baseTimestamp: number): KafkaRecord[] {
  const records: KafkaRecord[] = [];
  for (let index = 0; index < count; index++) {
    const start = cursor.position;
    try {
      records.push(readRecord(cursor, index, baseTimestamp));
    } catch (error) {
      if (error instanceof RecordFormatError) throw error;
      throw new RecordFormatError('record', start, `record ${index} is malformed: ${(error as Error).message}`);
    }
  }
  if (count > 0 && cursor.position !== cursor.end) {
    const left = cursor.end - cursor.position;
    throw new RecordFormatError('record', cursor.position, `${left} bytes are left after the last of ${count} records`);
  }
  return records;
}

function readRecord(cursor: ByteCursor, index: number, baseTimestamp: number): KafkaRecord {
  const bodySize = readVarint(cursor);
  const start = cursor.position;
  if (bodySize > cursor.end - start) {
    throw new RecordFormatError(
      'record',
      start,
      `record ${index} claims ${bodySize} bytes, ${cursor.end - start} are left`,
    );
  }
  readVarintByte(cursor); // record attributes, unused
  const deltaAt = cursor.position;
  const timestampDelta = safeInt64(readVarlong(cursor), deltaAt, 'timestamp delta');
  const offsetDelta = readVarint(cursor);
  const key = readSized(cursor);
  const value = readSized(cursor);
  const headerCount = readVarint(cursor);
  if (headerCount < 0 || headerCount > cursor.end - cursor.position) {
    throw new RecordFormatError(
      'record',
      cursor.position,
      `record ${index} has an impossible header count ${headerCount}`,
    );
  }
  const headers = headerCount === 0 ? NO_HEADERS : readHeaders(cursor, headerCount);
  const read = cursor.position - start;
  if (read !== bodySize) {
    throw new RecordFormatError('record', start, `record ${index} claims ${bodySize} bytes and has ${read}`);
  }
  const timestampMs = baseTimestamp + timestampDelta;
  const common = { timestampMs, key, value, headers, ordinal: -1 };
  return offsetDelta === index ? common : { ...common, offsetDelta };
}

function readVarintByte(cursor: ByteCursor): void {
  if (cursor.position >= cursor.end) throw new RecordFormatError('record', cursor.position, 'the record is cut off');
  cursor.position++;
}

/** A negative length is null; the bytes are copied, since the batch outlives the buffer it came from. */
function readSized(cursor: ByteCursor): Uint8Array | null {
  const size = readVarint(cursor);
  if (size < 0) return null;
  if (size > cursor.end - cursor.position) {
    throw new RecordFormatError('record', cursor.position, `a field claims ${size} bytes and runs past the end`);
  }
  const value = cursor.bytes.slice(cursor.position, cursor.position + size);
  cursor.position += size;
  return value;
}

function readHeaders(cursor: ByteCursor, count: number): RecordHeader[] {
  const headers: RecordHeader[] = [];
  for (let index = 0; index < count; index++) {
    const at = cursor.position;
    const key = readSized(cursor);
    if (key === null) throw new RecordFormatError('record', at, 'a header has no key');
    const value: Bytes = readSized(cursor);
    headers.push({ key: utf8Text(key), value });
  }
  return headers;
}
