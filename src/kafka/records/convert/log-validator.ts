/**
 * LogValidator: assigns offsets in place where it may, and builds the records anew where it must: another format, another codec,
 * format v0 with compression, or inner offsets of format v1 that are not 0, 1, 2, ...
 */
import { COMPRESSION_TYPES, type CompressionType } from '../codec.ts';
import { crc32c } from '../crc32c.ts';
import { BuilderError } from '../legacy/builder-error.ts';
import { crc32 } from '../legacy/crc32.ts';
import { putInt32, putInt64, wrapInt64 } from '../legacy/int64.ts';
import { checkHeaders, checkRecord, writeMessageSet } from '../legacy/message-set-writer.ts';
import { messageSetHeaderSize, messageSetSize } from '../legacy/message-sizes.ts';
import { timestampOf } from '../legacy/raw-message.ts';
import { batchOverhead } from '../record-sizes.ts';
import { checkProducer, type ProducerState, writeBatch } from './batch-writer.ts';
import {
  attributes,
  baseSequence,
  isControl,
  isTransactional,
  lastOffsetDelta,
  maxTimestamp as maxTimestampOf,
  producerEpoch,
  producerId,
  type RawBatch,
} from './raw-batch.ts';
import { type RawRecord, rawRecords } from './raw-record.ts';
import { codecOfBatch, hasLogAppendTime, Problems, validateBatch, validateRecord } from './validate-batch.ts';
import { type Context, refuse } from './validation-context.ts';

export interface ValidationResult {
  readonly bytes: Uint8Array;
  readonly records: number;
  readonly maxTimestamp: bigint;
  readonly inPlace: boolean;
  readonly uncompressedBytes: number;
  readonly recordsConverted: number;
}

/**
 * `bytes` are the valid ones and belong to the caller no more: in place means in them. The records of each batch are read as far
 * as the first thing that throws.
 */
export function validateMessagesAndAssignOffsets(
  bytes: Uint8Array,
  batches: readonly RawBatch[],
  source: CompressionType,
  target: CompressionType,
  context: Context,
): ValidationResult {
  if (source !== 'none' || target !== 'none') return validateCompressed(bytes, batches, source, target, context);
  const matches = batches.every((batch) => batch.magic === context.toMagic);
  return matches ? assignOffsetsNonCompressed(bytes, batches, context) : convertNonCompressed(batches, context);
}

/** Format v2 and compression allow one batch only. */
function firstOf(batches: readonly RawBatch[], source: CompressionType): RawBatch {
  const [first, second] = batches;
  if ((first.magic === 2 || source !== 'none') && second !== undefined) {
    refuse('InvalidRecordException', second.at, 'second-compressed', {}, 'a second batch follows a compressed one');
  }
  return first;
}

/** Reads key and value as Kafka does to estimate a size: that is where sizes that lie are noticed. */
function lookAt(record: RawRecord): void {
  void record.key;
  void record.value;
}

function producerOf(first: RawBatch): ProducerState {
  return {
    producerId: producerId(first),
    producerEpoch: producerEpoch(first),
    baseSequence: baseSequence(first),
    isTransactional: isTransactional(first),
  };
}

/** The builder is made before the first batch is validated. */
function checkBuilder(first: RawBatch, context: Context): void {
  if (context.toMagic === 2 || !isTransactional(first)) return;
  const params = { magic: context.toMagic };
  throw new BuilderError('transactional-in-legacy', params, `message format v${context.toMagic} has no transactions`);
}

/** What the builder refuses is thrown before the next record is validated: here records are appended as they come. */
function checkAppend(record: RawRecord, context: Context): void {
  checkRecord({ offset: context.nextOffset, timestampMs: record.timestamp }, null, context.nextOffset);
  if (context.toMagic < 2) checkHeaders(context.toMagic, record.offset, record.headers);
}

function convertNonCompressed(batches: readonly RawBatch[], context: Context): ValidationResult {
  for (const batch of batches) for (const record of rawRecords(batch, false)) lookAt(record);
  const first = firstOf(batches, 'none');
  checkBuilder(first, context);
  const valid: RawRecord[] = [];
  for (const batch of batches) {
    validateBatch(first, batch, context);
    const problems = new Problems();
    let index = 0;
    for (const record of rawRecords(batch, false)) {
      problems.add(validateRecord(batch, record, index++, context));
      if (!problems.none) continue;
      checkAppend(record, context);
      valid.push(record);
    }
    problems.throwIfAny(batch);
  }
  const built = build(first, valid, 'none', context);
  return { ...built, uncompressedBytes: built.plainBytes };
}

function assignOffsetsNonCompressed(
  bytes: Uint8Array,
  batches: readonly RawBatch[],
  context: Context,
): ValidationResult {
  const first = firstOf(batches, 'none');
  let next = context.nextOffset;
  let maxTimestamp = -1n;
  for (const batch of batches) {
    validateBatch(first, batch, context);
    const problems = new Problems();
    let batchMax = -1n;
    let index = 0;
    for (const record of rawRecords(batch, false)) {
      problems.add(validateRecord(batch, record, index++, context));
      next++;
      if (batch.magic > 0 && record.timestamp > batchMax) batchMax = record.timestamp;
    }
    problems.throwIfAny(batch);
    if (batchMax > maxTimestamp) maxTimestamp = batchMax;
    assignInPlace(batch, next - 1n, batchMax, context);
  }
  if (context.timestampType === 'LogAppendTime') maxTimestamp = context.toMagic === 0 ? -1n : context.now;
  const records = Number(next - context.nextOffset);
  return { bytes, records, maxTimestamp, inPlace: true, uncompressedBytes: 0, recordsConverted: 0 };
}

/** The compressed path; also where a topic's compression.type has plain records compressed. */
function validateCompressed(
  bytes: Uint8Array,
  batches: readonly RawBatch[],
  source: CompressionType,
  target: CompressionType,
  context: Context,
): ValidationResult {
  const first = firstOf(batches, source);
  let inPlace = source === target && first.magic === context.toMagic && context.toMagic !== 0;
  if (source === 'none' && isControl(first)) inPlace = true;
  const readPartially = inPlace && source !== 'none' && first.magic === 2;
  const valid: RawRecord[] = [];
  let maxTimestamp = -1n;
  let uncompressedBytes = 0;
  for (const batch of batches) {
    validateBatch(first, batch, context);
    uncompressedBytes += headerSize(context, codecOfBatch(batch));
    const problems = new Problems();
    let index = 0;
    for (const record of rawRecords(batch, inPlace && first.magic === 2)) {
      const expected = BigInt(valid.length);
      const problem = validateRecord(batch, record, index++, context);
      problems.add(problem);
      if (problem !== null) continue;
      if (batch.magic > 0 && context.toMagic > 0) {
        if (record.timestamp > maxTimestamp) maxTimestamp = record.timestamp;
        if (record.offset !== expected) inPlace = false;
      }
      uncompressedBytes += record.sizeInBytes;
      valid.push(record);
    }
    problems.throwIfAny(batch);
  }
  if (!inPlace && readPartially) {
    // The batch has to be built anew, and its records were read without keys and values (PartialDefaultRecord): Kafka throws.
    const text = 'its offsets are not 0, 1, 2: it would have to be built anew';
    refuse('UnsupportedOperationException', first.at, 'offset-deltas', {}, text);
  }
  if (!inPlace) {
    const built = build(first, valid, target, context);
    return { ...built, uncompressedBytes: uncompressedBytes + built.plainBytes };
  }
  const last = context.nextOffset + BigInt(valid.length) - 1n;
  if (context.timestampType === 'LogAppendTime') maxTimestamp = context.now;
  assignInPlace(first, last, maxTimestamp, context);
  return { bytes, records: valid.length, maxTimestamp, inPlace: true, uncompressedBytes, recordsConverted: 0 };
}

function headerSize(context: Context, codec: CompressionType): number {
  return context.toMagic === 2 ? batchOverhead : messageSetHeaderSize(context.toMagic, codec);
}

/** Last offset, leader epoch and max timestamp, written over the batch; the checksum only where attributes or time change. */
function assignInPlace(batch: RawBatch, lastOffset: bigint, maxTimestamp: bigint, context: Context): void {
  const { bytes, at } = batch;
  const delta = batch.message === null ? BigInt(lastOffsetDelta(batch)) : 0n;
  putInt64(bytes, at, wrapInt64(lastOffset - delta));
  if (batch.message === null) putInt32(bytes, at + 12, context.leaderEpoch);
  if (batch.magic === 0) return;
  const isStamped = context.timestampType === 'LogAppendTime';
  const time = isStamped ? context.now : maxTimestamp;
  const current = batch.message === null ? maxTimestampOf(batch) : timestampOf(batch.message);
  if (hasLogAppendTime(batch) === isStamped && current === time) return;
  if (batch.message === null) {
    bytes[at + 21] = 0;
    bytes[at + 22] = (attributes(batch) & 0x77) | (isStamped ? 0x08 : 0);
    putInt64(bytes, at + 35, time);
    putInt32(bytes, at + 17, crc32c(bytes, at + 21, batch.end));
    return;
  }
  bytes[at + 17] = COMPRESSION_TYPES.indexOf(codecOfBatch(batch)) | (isStamped ? 0x08 : 0);
  putInt64(bytes, at + 18, time);
  putInt32(bytes, at + 12, crc32(bytes, at + 16, batch.end));
}

interface Built extends ValidationResult {
  /** MemoryRecordsBuilder.uncompressedBytesWritten. */
  readonly plainBytes: number;
}

/** buildRecordsAndAssignOffsets: one batch, or one message set, with offsets from the log's end on. */
function build(first: RawBatch, records: readonly RawRecord[], target: CompressionType, context: Context): Built {
  for (const record of records) lookAt(record);
  const { toMagic, nextOffset, now, timestampType } = context;
  const common = { records: records.length, inPlace: false, recordsConverted: records.length, uncompressedBytes: 0 };
  const offset = (index: number): bigint => nextOffset + BigInt(index);
  if (toMagic === 2) {
    if (records.length === 0)
      return { ...common, bytes: new Uint8Array(0), maxTimestamp: -1n, plainBytes: batchOverhead };
    const written = writeBatch({
      compression: target,
      level: context.level,
      timestampType,
      baseOffset: nextOffset,
      logAppendTime: now,
      ...producerOf(first),
      leaderEpoch: context.leaderEpoch,
      records: records.map(({ timestamp, key, value, headers }, index) => {
        return { offset: offset(index), timestampMs: timestamp, key, value, headers };
      }),
    });
    return {
      ...common,
      bytes: written.bytes,
      maxTimestamp: written.maxTimestamp,
      plainBytes: written.plainSizeInBytes,
    };
  }
  const list = records.map(({ timestamp, key, value, headers }, index) => {
    return { offset: offset(index), timestampMs: timestamp, key, value, headers };
  });
  const fields = { magic: toMagic, compression: target, level: context.level, timestampType, records: list } as const;
  const bytes = writeMessageSet({ ...fields, baseOffset: nextOffset, logAppendTime: now });
  checkProducer(producerOf(first), toMagic);
  let maxTimestamp = timestampType === 'LogAppendTime' ? now : -1n;
  if (timestampType === 'CreateTime' && toMagic > 0) {
    for (const { timestampMs } of list) if (timestampMs > maxTimestamp) maxTimestamp = timestampMs;
  }
  const plainBytes = messageSetSize(toMagic, list) + messageSetHeaderSize(toMagic, target);
  return { ...common, bytes, maxTimestamp, plainBytes };
}
