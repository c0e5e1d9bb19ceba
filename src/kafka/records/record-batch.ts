/**
 * Record batch v2: the shape that the engine shares and the bytes that Kafka writes (DefaultRecordBatch, DefaultRecord,
 * MemoryRecordsBuilder). Base offset and leader epoch stand beside the body, because the checksum starts after them.
 */
import { type Bytes, sizeOfBytes, utf8Size, writeUtf8 } from './bytes.ts';
import { COMPRESSION_TYPES, type CompressionType, getCodec } from './codec.ts';
import { crc32c } from './crc32c.ts';
import { batchOverhead, incrementSequence, LOG_OVERHEAD, NO_HEADERS, recordBodySize } from './record-sizes.ts';
import { writeVarint, writeVarlong } from './varint.ts';

export type { Bytes } from './bytes.ts';
export type { CompressionType } from './codec.ts';
export { type DecodedBatch, decodeBatch, RecordFormatError } from './record-batch-reader.ts';
export { batchOverhead, estimateSizeInBytesUpperBound, recordSize } from './record-sizes.ts';

export type TimestampType = 'CreateTime' | 'LogAppendTime';

export interface RecordHeader {
  readonly key: string;
  readonly value: Bytes;
}

export interface KafkaRecord {
  /**
   * Milliseconds since the epoch, -1 = none: the producer's time, which the record's delta carries. In a LogAppendTime
   * batch readers see the batch's maxTimestamp instead (`recordTimestampMs`), while these bytes stay as they were.
   */
  readonly timestampMs: number;
  readonly key: Bytes;
  readonly value: Bytes;
  readonly headers: readonly RecordHeader[];
  /** Identity beside the bytes: the position in its producer's sends, -1 if none. */
  readonly ordinal: number;
  /** Only where it differs from the record's position in the batch (compaction leaves gaps). */
  readonly offsetDelta?: number;
}

/** The immutable body of a batch, shared by producer, replicas and checkpoints. */
export interface RecordBatch {
  readonly compression: CompressionType;
  readonly timestampType: TimestampType;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  readonly producerId: number | bigint;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly baseTimestamp: number;
  readonly maxTimestamp: number;
  readonly records: readonly KafkaRecord[];
  readonly lastOffsetDelta: number;
  readonly sizeInBytes: number;
  /** CRC-32C, unsigned. */
  readonly crc: number;
  /** The engine's dense client index, -1 if none; not in the bytes. */
  readonly producer: number;
  /** When set it stands in the bytes in place of the base timestamp (rule 35). */
  readonly deleteHorizonMs?: number | null;
  /** The records as they are compressed, once for all who share the batch; null in a batch without compression. */
  readonly packed: Uint8Array | null;
  /** What the batch would take without compression, header included. */
  readonly plainSizeInBytes: number;
}

export type RecordBatchFields = Omit<RecordBatch, 'sizeInBytes' | 'crc' | 'packed' | 'plainSizeInBytes'>;

export const NO_PRODUCER_ID = -1;
export const NO_PRODUCER_EPOCH = -1;
export const NO_SEQUENCE = -1;
export const NO_TIMESTAMP = -1;

const MAGIC_V2 = 2;
const CRC_OFFSET = 17;
const ATTRIBUTES_OFFSET = 21;
const TWO_32 = 4294967296;
const MAX_VARINT_SIZE = 5;

/** Room to write in, reused: its content never outlives a call, so it is no state. */
let scratch = new Uint8Array(1 << 16);

/** The scratch buffer with at least this size; what stands in it stays. */
function room(sizeInBytes: number): Uint8Array {
  if (scratch.length < sizeInBytes) {
    let capacity = scratch.length;
    while (capacity < sizeInBytes) capacity *= 2;
    const larger = new Uint8Array(capacity);
    larger.set(scratch);
    scratch = larger;
  }
  return scratch;
}

function putInt32(target: Uint8Array, at: number, value: number): void {
  target[at] = value >>> 24;
  target[at + 1] = value >>> 16;
  target[at + 2] = value >>> 8;
  target[at + 3] = value;
}

function putInt64(target: Uint8Array, at: number, value: number | bigint): void {
  if (typeof value === 'bigint') {
    putInt32(target, at, Number(BigInt.asIntN(32, value >> 32n)));
    putInt32(target, at + 4, Number(BigInt.asIntN(32, value)));
    return;
  }
  putInt32(target, at, Math.floor(value / TWO_32));
  putInt32(target, at + 4, value >>> 0);
}

function putBytes(target: Uint8Array, at: number, value: Bytes, size: number): number {
  if (value === null) return writeVarint(target, at, -1);
  const position = writeVarint(target, at, size);
  if (typeof value === 'string') return writeUtf8(target, position, value);
  target.set(value, position);
  return position + size;
}

/** Sizes first, by arithmetic, so that there is room for the record and its length can stand before it. */
function putRecord(at: number, record: KafkaRecord, index: number, baseTimestamp: number): number {
  const offsetDelta = record.offsetDelta ?? index;
  const timestampDelta = record.timestampMs - baseTimestamp;
  const keySize = sizeOfBytes(record.key);
  const valueSize = sizeOfBytes(record.value);
  const bodySize = recordBodySize(offsetDelta, timestampDelta, keySize, valueSize, record.headers);
  const target = room(at + MAX_VARINT_SIZE + bodySize);
  const start = writeVarint(target, at, bodySize);
  target[start] = 0; // record attributes: unused in v2
  let position = writeVarlong(target, start + 1, timestampDelta);
  position = writeVarint(target, position, offsetDelta);
  position = putBytes(target, position, record.key, keySize);
  position = putBytes(target, position, record.value, valueSize);
  position = writeVarint(target, position, record.headers.length);
  for (const header of record.headers) {
    position = writeVarint(target, position, utf8Size(header.key));
    position = writeUtf8(target, position, header.key);
    position = putBytes(target, position, header.value, sizeOfBytes(header.value));
  }
  if (position !== start + bodySize) throw new Error(`a record took ${position - start} bytes, not ${bodySize}`);
  return position;
}

function attributesOf(fields: RecordBatchFields): number {
  return (
    COMPRESSION_TYPES.indexOf(fields.compression) |
    (fields.timestampType === 'LogAppendTime' ? 0x08 : 0) |
    (fields.isTransactional ? 0x10 : 0) |
    (fields.isControl ? 0x20 : 0) |
    (hasDeleteHorizon(fields) ? 0x40 : 0)
  );
}

function hasDeleteHorizon(fields: RecordBatchFields): boolean {
  return fields.deleteHorizonMs !== undefined && fields.deleteHorizonMs !== null && fields.deleteHorizonMs >= 0;
}

/** Writes the records behind the header's place, uncompressed, and returns where they end. */
function writeRecords(records: readonly KafkaRecord[], baseTimestamp: number): number {
  let end = batchOverhead;
  for (let index = 0; index < records.length; index++) end = putRecord(end, records[index], index, baseTimestamp);
  return end;
}

/** Puts compressed records in the place of plain ones, and returns where they end. */
function writePacked(packed: Uint8Array): number {
  room(batchOverhead + packed.length).set(packed, batchOverhead);
  return batchOverhead + packed.length;
}

/** Writes the part of the header that the checksum covers (attributes to the number of records). */
function writeHeader(fields: RecordBatchFields, baseTimestamp: number): void {
  const target = scratch;
  target[ATTRIBUTES_OFFSET] = 0;
  target[ATTRIBUTES_OFFSET + 1] = attributesOf(fields);
  putInt32(target, 23, fields.lastOffsetDelta);
  putInt64(target, 27, baseTimestamp);
  putInt64(target, 35, fields.maxTimestamp);
  putInt64(target, 43, fields.producerId);
  target[51] = fields.producerEpoch >> 8;
  target[52] = fields.producerEpoch;
  putInt32(target, 53, fields.baseSequence);
  putInt32(target, 57, fields.records.length);
}

/**
 * Completes a batch with its exact size and real checksum. A delete horizon takes the place of the base timestamp, and
 * the records' deltas count from it, as MemoryRecordsBuilder does. `level` is the codec's; absent = its default. `packed`:
 * the records as they are compressed already, by the same codec and with the same deltas.
 */
export function makeBatch(fields: RecordBatchFields, level?: number, packed: Uint8Array | null = null): RecordBatch {
  const { compression, records } = fields;
  const baseTimestamp = hasDeleteHorizon(fields) ? (fields.deleteHorizonMs as number) : fields.baseTimestamp;
  const plainSizeInBytes = writeRecords(records, baseTimestamp);
  let sizeInBytes = plainSizeInBytes;
  if (compression !== 'none' && records.length > 0) {
    packed ??= getCodec(compression).compress(scratch.slice(batchOverhead, plainSizeInBytes), level);
    sizeInBytes = writePacked(packed);
  }
  writeHeader(fields, baseTimestamp);
  return {
    compression,
    timestampType: fields.timestampType,
    isTransactional: fields.isTransactional,
    isControl: fields.isControl,
    producerId: fields.producerId,
    producerEpoch: fields.producerEpoch,
    baseSequence: fields.baseSequence,
    baseTimestamp,
    maxTimestamp: fields.maxTimestamp,
    records,
    lastOffsetDelta: fields.lastOffsetDelta,
    sizeInBytes,
    crc: crc32c(scratch, ATTRIBUTES_OFFSET, sizeInBytes),
    producer: fields.producer,
    deleteHorizonMs: fields.deleteHorizonMs ?? null,
    packed,
    plainSizeInBytes,
  };
}

/** The batch byte for byte as Kafka writes it. The stored checksum is written, so a corrupted body stays recognisable. */
export function encodeBatch(batch: RecordBatch, baseOffset: number | bigint, partitionLeaderEpoch: number): Uint8Array {
  const sizeInBytes =
    batch.packed === null ? writeRecords(batch.records, batch.baseTimestamp) : writePacked(batch.packed);
  writeHeader(batch, batch.baseTimestamp);
  putInt64(scratch, 0, baseOffset);
  putInt32(scratch, 8, sizeInBytes - LOG_OVERHEAD);
  putInt32(scratch, 12, partitionLeaderEpoch);
  scratch[16] = MAGIC_V2;
  putInt32(scratch, CRC_OFFSET, batch.crc);
  return scratch.slice(0, sizeInBytes);
}

/** The last sequence, wrapping after 2147483647; none stays none (DefaultRecordBatch.lastSequence). */
export function lastSequence(batch: RecordBatch): number {
  return batch.baseSequence === NO_SEQUENCE
    ? NO_SEQUENCE
    : incrementSequence(batch.baseSequence, batch.lastOffsetDelta);
}

/** The attribute bits as the header carries them. */
export function batchAttributes(batch: RecordBatch): number {
  return attributesOf(batch);
}

/** The time that a reader sees: the broker's under LogAppendTime, else the producer's. */
export function recordTimestampMs(batch: RecordBatch, record: KafkaRecord): number {
  return batch.timestampType === 'LogAppendTime' ? batch.maxTimestamp : record.timestampMs;
}

/** DefaultRecordBatch.setMaxTimestamp: what a broker does on append; the same batch if nothing changes. */
export function withMaxTimestamp(batch: RecordBatch, timestampType: TimestampType, maxTimestamp: number): RecordBatch {
  if (batch.timestampType === timestampType && batch.maxTimestamp === maxTimestamp) return batch;
  return makeBatch({ ...batch, timestampType, maxTimestamp }, undefined, batch.packed);
}

/** Fields that most batches share; base and max timestamps and the last offset delta follow from the records. */
export function fieldsOfRecords(
  records: readonly KafkaRecord[],
  rest: Partial<RecordBatchFields> = {},
): RecordBatchFields {
  let maxTimestamp = NO_TIMESTAMP;
  for (const record of records) if (record.timestampMs > maxTimestamp) maxTimestamp = record.timestampMs;
  const last = records.length === 0 ? undefined : records[records.length - 1];
  return {
    compression: 'none',
    timestampType: 'CreateTime',
    isTransactional: false,
    isControl: false,
    producerId: NO_PRODUCER_ID,
    producerEpoch: NO_PRODUCER_EPOCH,
    baseSequence: NO_SEQUENCE,
    baseTimestamp: records.length === 0 ? NO_TIMESTAMP : records[0].timestampMs,
    maxTimestamp,
    records,
    lastOffsetDelta: last === undefined ? 0 : (last.offsetDelta ?? records.length - 1),
    producer: -1,
    ...rest,
  };
}

export function recordOf(timestampMs: number, key: Bytes, value: Bytes, ordinal = -1): KafkaRecord {
  return { timestampMs, key, value, headers: NO_HEADERS, ordinal };
}
