/**
 * The records of any batch as the validator reads them (Kafka: the iterators of DefaultRecordBatch and AbstractLegacyRecordBatch).
 * v2 has three readings that notice different things: from the buffer, from the unpacked stream, and from the stream without keys
 * and values, which trusts a record's own size.
 */

import { utf8Text } from '../bytes.ts';
import { FormatError } from '../legacy/format-error.ts';
import { wrapInt64 } from '../legacy/int64.ts';
import { keyBytes, keySizeOf, magicOf, type RawMessage, timestampOf, valueBytes } from '../legacy/raw-message.ts';
import { type RefusalKey, refused } from '../legacy/refusal-keys.ts';
import { deepMessages, unpack } from '../legacy/wrapper.ts';
import type { RecordHeader } from '../record-batch.ts';
import { batchOverhead, NO_HEADERS } from '../record-sizes.ts';
import { type ByteCursor, readVarint, readVarlong, sizeOfVarint, VarintError } from '../varint.ts';
import {
  baseOffset,
  baseTimestamp,
  COUNT_AT,
  codec,
  count,
  isLogAppendTime,
  maxTimestamp,
  type RawBatch,
} from './raw-batch.ts';

/** One record. `message`: its bytes in formats v0 and v1, whose key and value are read only when asked for. */
export interface RawRecord {
  readonly magic: number;
  readonly offset: bigint;
  readonly timestamp: bigint;
  readonly hasKey: boolean;
  readonly sizeInBytes: number;
  readonly message: RawMessage | null;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly RecordHeader[];
}

/** `skip`: keys and values are not needed (PartialDefaultRecord), which changes what is noticed in a compressed batch. */
export function rawRecords(batch: RawBatch, skip: boolean): Generator<RawRecord> {
  return batch.message === null ? recordsOfBatch(batch, skip) : recordsOfMessage(batch.message);
}

function* recordsOfMessage(message: RawMessage): Generator<RawRecord> {
  for (const inner of deepMessages(message)) yield legacyRecord(inner);
}

function legacyRecord(message: RawMessage): RawRecord {
  return {
    magic: magicOf(message),
    offset: message.offset,
    get timestamp() {
      return timestampOf(message);
    },
    get hasKey() {
      return keySizeOf(message) >= 0;
    },
    sizeInBytes: message.end - message.at,
    message,
    get key() {
      return keyBytes(message);
    },
    get value() {
      return valueBytes(message);
    },
    headers: NO_HEADERS,
  };
}

interface Reading {
  readonly cursor: ByteCursor;
  readonly mode: 'buffer' | 'stream' | 'partial';
  readonly baseOffset: bigint;
  readonly baseTimestamp: bigint;
  readonly logAppendTime: bigint | null;
  /** The byte of the batch that stands for errors inside a compressed payload, -1: the cursor's own place counts. */
  readonly outerPosition: number;
  /** What the codec throws when bytes behind the last are asked for; null: there the stream just ends. */
  readonly failure: FormatError | null;
}

function invalid(
  reading: Reading,
  at: number,
  key: RefusalKey,
  params: Record<string, number>,
  text: string,
): FormatError {
  const position = reading.outerPosition < 0 ? at : reading.outerPosition;
  return new FormatError('InvalidRecordException', position, refused(key, params), text);
}

/** A batch that says it has no records is not even unpacked. */
function* recordsOfBatch(batch: RawBatch, skip: boolean): Generator<RawRecord> {
  const records = count(batch);
  if (records === 0) return;
  const reading = readingOf(batch, skip);
  if (records < 0) {
    throw invalid(reading, batch.at + COUNT_AT, 'count', { count: records }, `record count ${records} is negative`);
  }
  for (let index = 0; index < records; index++) {
    const record = reading.mode === 'partial' ? readPartial(reading, index) : readRecord(reading, index);
    const { cursor, failure } = reading;
    if (index === records - 1 && cursor.position === cursor.end && failure !== null) throw failure;
    if (index === records - 1 && cursor.position < cursor.end) {
      const left = cursor.end - cursor.position;
      const params = { left, count: records };
      throw invalid(reading, cursor.position, 'left-over', params, `${left} bytes are left after the last record`);
    }
    yield record;
  }
}

function readingOf(batch: RawBatch, skip: boolean): Reading {
  const common = {
    baseOffset: baseOffset(batch),
    baseTimestamp: baseTimestamp(batch),
    logAppendTime: isLogAppendTime(batch) ? maxTimestamp(batch) : null,
  };
  const position = batch.at + batchOverhead;
  const compression = codec(batch);
  if (compression === 'none') {
    const cursor = { bytes: batch.bytes, position, end: batch.end };
    return { ...common, cursor, mode: 'buffer', outerPosition: -1, failure: null };
  }
  const { bytes, failure } = unpack(compression, batch.bytes.slice(position, batch.end), 2, position);
  const cursor = { bytes, position: 0, end: bytes.length };
  return { ...common, cursor, mode: skip ? 'partial' : 'stream', outerPosition: position, failure };
}

/** The record's own size. From the buffer a varint without an end is an IllegalArgumentException that nobody catches. */
function readSize(reading: Reading, index: number): number {
  const at = reading.cursor.position;
  try {
    return readVarint(reading.cursor);
  } catch (error) {
    if (!(error instanceof VarintError)) throw error;
    if (reading.mode === 'buffer' && error.name === 'IllegalArgumentException') {
      const fact = refused('varint', { index });
      throw new FormatError('IllegalArgumentException', at, fact, `the size of record ${index} does not end`);
    }
    throw reading.failure ?? invalid(reading, at, 'cut-off', { index }, `the bytes end before record ${index}`);
  }
}

/** DefaultRecord.readFrom: fields may run past the record's own size, as long as the sum is right in the end. */
function readRecord(reading: Reading, index: number): RawRecord {
  const { cursor } = reading;
  const size = readSize(reading, index);
  const start = cursor.position;
  const left = cursor.end - start;
  if (size > left || (reading.mode === 'stream' && size < 0)) {
    if (size > left && reading.failure !== null) throw reading.failure;
    throw invalid(
      reading,
      start,
      'record-size',
      { index, size, left },
      `record ${index} claims ${size} bytes of ${left}`,
    );
  }
  const end = reading.mode === 'stream' ? start + size : cursor.end;
  const bounded: ByteCursor = { bytes: cursor.bytes, position: start, end };
  const record = structured(reading, index, start, () => readFields(reading, bounded, size));
  const read = bounded.position - start;
  if (read !== size) {
    const params = { index, size, read };
    throw invalid(reading, start, 'record-size-read', params, `record ${index} claims ${size} bytes and has ${read}`);
  }
  cursor.position = bounded.position;
  return record;
}

/** What reading the fields of a record throws is always an InvalidRecordException. */
function structured<T>(reading: Reading, index: number, start: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof VarintError) && !(error instanceof BrokenField)) throw error;
    const isPastEnd = error instanceof PastEnd || error.name === 'BufferUnderflowException';
    if (isPastEnd && reading.mode === 'partial' && reading.failure !== null) throw reading.failure;
    throw invalid(reading, start, 'record-structure', { index }, `record ${index} is malformed: ${error.message}`);
  }
}

class BrokenField extends Error {}

class PastEnd extends BrokenField {}

function readByte(cursor: ByteCursor): void {
  if (cursor.position >= cursor.end) throw new PastEnd('it is cut off');
  cursor.position++;
}

function readSized(cursor: ByteCursor): Uint8Array | null {
  const size = readVarint(cursor);
  if (size < 0) return null;
  if (size > cursor.end - cursor.position) throw new BrokenField(`a field claims ${size} bytes and runs past the end`);
  const value = cursor.bytes.slice(cursor.position, cursor.position + size);
  cursor.position += size;
  return value;
}

/** Attributes, deltas; what both readings begin with. */
function readPlace(reading: Reading, cursor: ByteCursor): { offset: bigint; timestamp: bigint } {
  const delta = BigInt(readVarlong(cursor));
  const timestamp = reading.logAppendTime ?? wrapInt64(reading.baseTimestamp + delta);
  return { timestamp, offset: wrapInt64(reading.baseOffset + BigInt(readVarint(cursor))) };
}

function readFields(reading: Reading, cursor: ByteCursor, size: number): RawRecord {
  readByte(cursor); // record attributes, unused
  const place = readPlace(reading, cursor);
  const key = readSized(cursor);
  const value = readSized(cursor);
  const headerCount = readVarint(cursor);
  if (headerCount < 0 || headerCount > cursor.end - cursor.position) {
    throw new BrokenField(`it has an impossible header count ${headerCount}`);
  }
  const headers = headerCount === 0 ? NO_HEADERS : readHeaders(cursor, headerCount);
  const sizeInBytes = sizeOfVarint(size) + size;
  return { magic: 2, ...place, hasKey: key !== null, sizeInBytes, message: null, key, value, headers };
}

function readHeaders(cursor: ByteCursor, headerCount: number): RecordHeader[] {
  const headers: RecordHeader[] = [];
  for (let index = 0; index < headerCount; index++) {
    const key = readSized(cursor);
    if (key === null) throw new BrokenField('a header has no key');
    headers.push({ key: utf8Text(key), value: readSized(cursor) });
  }
  return headers;
}

/** DefaultRecord.readPartiallyFrom: the record ends where its fields do; its own size is only counted. */
function readPartial(reading: Reading, index: number): RawRecord {
  const { cursor } = reading;
  const size = readSize(reading, index);
  const start = cursor.position;
  return structured(reading, index, start, () => {
    readByte(cursor);
    const place = readPlace(reading, cursor);
    const keySize = readVarint(cursor);
    skip(cursor, keySize);
    skip(cursor, readVarint(cursor));
    const headerCount = readVarint(cursor);
    if (headerCount < 0) throw new BrokenField(`it has ${headerCount} headers`);
    for (let header = 0; header < headerCount; header++) {
      const headerKeySize = readVarint(cursor);
      if (headerKeySize < 0) throw new BrokenField('a header has no key');
      skip(cursor, headerKeySize);
      skip(cursor, readVarint(cursor));
    }
    const sizeInBytes = (sizeOfVarint(size) + size) | 0;
    return {
      magic: 2,
      ...place,
      hasKey: keySize >= 0,
      sizeInBytes,
      message: null,
      key: null,
      value: null,
      headers: NO_HEADERS,
    };
  });
}

function skip(cursor: ByteCursor, size: number): void {
  if (size > cursor.end - cursor.position) throw new PastEnd(`a field claims ${size} bytes and runs past the end`);
  if (size > 0) cursor.position += size;
}
