/**
 * The byte map of a batch (v2) or of one entry of a message set (v0, v1): ByteBufferLogInputStream decides what they are,
 * DefaultRecordBatch, DefaultRecord and LegacyRecord how they are read. The checksum is not looked at: `judge.ts` does.
 * Whatever the bytes say, there is a map; what cannot be read ends in its `failure`.
 */
import type { ByteMap, Magic } from '../byte-field.ts';
import { hexOf } from '../bytes.ts';
import { COMPRESSION_TYPES, CodecError, getCodec, isCodecRegistered } from '../codec.ts';
import { batchOverhead, LEGACY_RECORD_OVERHEAD_V0, LOG_OVERHEAD } from '../record-sizes.ts';
import { checkBatchHeader, takeBatchHeader, takeRecords, V2_CHECKSUM_FROM } from './batch-fields.ts';
import { type FieldList, fieldList, intAt, take, takeInt, takeRest, Unreadable } from './field-list.ts';
import {
  MESSAGE_CHECKSUM_FROM,
  takeInnerMessages,
  takeMessageHead,
  takeMessageValue,
  takeUnreadTail,
  takeWrapperValue,
} from './message-fields.ts';

/** Offset, length, and what stands up to the magic byte in all formats (Records.HEADER_SIZE_UP_TO_MAGIC). */
const SIZE_UP_TO_MAGIC = 17;

interface Reading {
  magic: Magic;
  /** Records that were read whole. */
  records: number;
  inner: ByteMap | null;
}

type Failure = ByteMap['failure'];

function failureOf(error: unknown): NonNullable<Failure> {
  if (!(error instanceof Unreadable)) throw error;
  return { at: error.at, exception: error.exception, message: error.fact };
}

/** The map of what starts at `offset` and takes as many bytes as it says; all that is left, if it does not say so rightly. */
export function byteMapOf(bytes: Uint8Array, offset = 0): ByteMap {
  const all = bytes.subarray(Math.min(Math.max(offset, 0), bytes.length));
  const reading: Reading = { magic: 2, records: 0, inner: null };
  let list = fieldList(all, Number.POSITIVE_INFINITY, true);
  let failure: Failure = null;
  try {
    const size = entrySize(all, reading);
    const mine = all.subarray(0, size);
    list = fieldList(mine, reading.magic === 2 ? V2_CHECKSUM_FROM : MESSAGE_CHECKSUM_FROM, reading.magic === 2);
    if (reading.magic === 2) readBatch(list, reading);
    else readMessage(list, reading, reading.magic);
  } catch (error) {
    failure = failureOf(error);
    // The size is not to be trusted: what can be named of the header is, and the rest is unread.
    if (list.fields.length === 0) takeUntrustedHeader(list, reading.magic);
  }
  takeRest(list, list.bytes.length);
  const { magic, records, inner } = reading;
  return { magic, bytes: list.bytes, fields: list.fields, recordCount: records, inner, failure };
}

/** Every batch or message, one after the other; what is left at the end and incomplete is a map with a failure. */
export function byteMapsOf(bytes: Uint8Array): readonly ByteMap[] {
  const maps: ByteMap[] = [];
  for (let at = 0; at < bytes.length; ) {
    const map = byteMapOf(bytes, at);
    maps.push(map);
    at += map.bytes.length;
  }
  return maps;
}

/** ByteBufferLogInputStream.nextBatchSize, with its exceptions. */
function entrySize(bytes: Uint8Array, reading: Reading): number {
  const incomplete = (at: number, needed: number): never => {
    throw new Unreadable(at, null, 'incomplete', { needed, left: bytes.length });
  };
  if (bytes.length < LOG_OVERHEAD) return incomplete(bytes.length, LOG_OVERHEAD);
  const length = Number(intAt(bytes, 8, 'int32'));
  if (bytes.length >= SIZE_UP_TO_MAGIC)
    reading.magic = Math.min(2, Math.max(0, Number(intAt(bytes, 16, 'int8')))) as Magic;
  if (length < LEGACY_RECORD_OVERHEAD_V0)
    throw new Unreadable(8, 'CorruptRecordException', 'length', { length, least: LEGACY_RECORD_OVERHEAD_V0 });
  if (bytes.length < SIZE_UP_TO_MAGIC) return incomplete(bytes.length, length + LOG_OVERHEAD);
  const magic = Number(intAt(bytes, 16, 'int8'));
  if (magic < 0 || magic > 2) throw new Unreadable(16, 'CorruptRecordException', 'magic', { magic });
  const size = length + LOG_OVERHEAD;
  if (size > bytes.length) return incomplete(8, size);
  if (magic === 2 && size < batchOverhead)
    throw new Unreadable(8, 'CorruptRecordException', 'short-batch', { size, least: batchOverhead });
  return size;
}

/** The header's fields of a batch whose size is wrong, as far as there are bytes. */
function takeUntrustedHeader(list: FieldList, magic: Magic): void {
  try {
    if (magic === 2 && list.end >= batchOverhead) takeBatchHeader(list);
    else if (list.end >= LOG_OVERHEAD) {
      takeInt(list, magic === 2 ? 'baseOffset' : 'offset', 'int64');
      takeInt(list, magic === 2 ? 'batchLength' : 'messageSize', 'int32');
      if (magic === 2) takeInt(list, 'partitionLeaderEpoch', 'int32');
      else takeInt(list, 'crc', 'uint32');
      takeInt(list, 'magic', 'int8');
    }
  } catch (error) {
    failureOf(error);
  }
}

function readBatch(list: FieldList, reading: Reading): void {
  const header = takeBatchHeader(list);
  checkBatchHeader(header);
  if (header.count === 0) return;
  if (header.compression === 0) {
    takeRecords(list, header.count, header.isControl, reading);
    return;
  }
  const packed = list.bytes.subarray(batchOverhead, list.end);
  take(list, 'records', 'compressed', packed.length, hexOf(packed));
  const plain = unpack(packed, header.compression, 2, batchOverhead);
  reading.inner = innerMap(plain, 2, (inner, read) => takeRecords(inner, header.count, header.isControl, read));
  reading.records = reading.inner.recordCount;
}

function readMessage(list: FieldList, reading: Reading, magic: 0 | 1): void {
  const outer = list.bytes[MESSAGE_CHECKSUM_FROM + 1] as number;
  if ((outer & 7) === 0) {
    list.record = 0;
    takeMessageHead(list, magic);
    takeMessageValue(list);
    takeUnreadTail(list);
    reading.records = 1;
    return;
  }
  const head = takeMessageHead(list, magic);
  const at = list.position + 4;
  const packed = takeWrapperValue(list, head);
  takeUnreadTail(list);
  const plain = unpack(packed, head.compression, magic, at);
  reading.inner = innerMap(plain, magic, takeInnerMessages);
  reading.records = reading.inner.recordCount;
  if (magic === 1) checkWrapperOffset(list, reading.inner);
}

/** A wrapper of v1 has the offset of its last message, or 0 as the client sent it; the inner ones are relative (KIP-31). */
function checkWrapperOffset(list: FieldList, inner: ByteMap): void {
  const offset = BigInt(intAt(list.bytes, 0, 'int64'));
  const last = inner.fields.findLast((field) => field.name === 'offset');
  if (inner.failure !== null || last === undefined || offset === 0n || offset >= BigInt(last.value ?? 0)) return;
  const params = { offset: String(offset), last: String(last.value) };
  throw new Unreadable(0, 'InvalidRecordException', 'wrapper-offset', params);
}

/** The payload as it was before compression; `at`: where it begins in the batch. */
function unpack(packed: Uint8Array, compression: number, magic: Magic, at: number): Uint8Array {
  const codec = COMPRESSION_TYPES[compression] as (typeof COMPRESSION_TYPES)[number];
  if (!isCodecRegistered(codec)) throw new Unreadable(at, null, 'codec-missing', { codec });
  try {
    return getCodec(codec).decompress(packed, magic);
  } catch (error) {
    const where = at + (error instanceof CodecError ? Math.max(0, error.position) : 0);
    throw new Unreadable(where, 'KafkaException', 'unpack', { codec, position: where });
  }
}

/** The map of a payload: all of it is covered by the checksum of what holds it. */
function innerMap(
  bytes: Uint8Array,
  magic: Magic,
  read: (list: FieldList, reading: { records: number }) => void,
): ByteMap {
  const list = fieldList(bytes, 0, magic === 2);
  const reading = { records: 0 };
  let failure: Failure = null;
  try {
    read(list, reading);
  } catch (error) {
    failure = failureOf(error);
  }
  takeRest(list, bytes.length);
  return { magic, bytes, fields: list.fields, recordCount: reading.records, inner: null, failure };
}
