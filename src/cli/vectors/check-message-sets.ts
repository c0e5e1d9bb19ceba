/** Vectors of the formats before v2 (message sets), and of compressed batches v2 as Kafka wrote them. */
import { bytesOf, bytesOfHex, hexOf } from '../../kafka/records/bytes.ts';
import { type CompressionType, isCodecRegistered } from '../../kafka/records/codec.ts';
import {
  decodeMessageSet,
  type LegacyEntry,
  type LegacyRecord,
} from '../../kafka/records/legacy/message-set-reader.ts';
import {
  type LegacyRecordToWrite,
  type MessageSetFields,
  writeMessageSet,
} from '../../kafka/records/legacy/message-set-writer.ts';
import { messageSetSize } from '../../kafka/records/legacy/message-sizes.ts';
import type { LegacyTimestampType } from '../../kafka/records/legacy/raw-message.ts';
import {
  batchAttributes,
  decodeBatch,
  encodeBatch,
  type KafkaRecord,
  lastSequence,
  makeBatch,
  recordTimestampMs,
} from '../../kafka/records/record-batch.ts';
import { type CaseCheck, type CaseResult, checkList, type Fields, type VectorFile } from './case-check.ts';

function hexOrNull(value: KafkaRecord['key']): string | null {
  const bytes = bytesOf(value);
  return bytes === null ? null : hexOf(bytes);
}

/** `valueRepeat: [hex, n]` stands for a value that repeats hex n times; `value` is null then. */
function bytesField(entry: Fields, name: 'key' | 'value'): Uint8Array | null {
  const repeat = entry.raw(`${name}Repeat`);
  if (Array.isArray(repeat)) return bytesOfHex(String(repeat[0]).repeat(Number(repeat[1])));
  const hex = entry.textOrNull(name);
  return hex === null ? null : bytesOfHex(hex);
}

function compareRecord(
  result: CaseCheck,
  wanted: Fields,
  index: number,
  actual: KafkaRecord,
  at: [number, number],
): void {
  const who = `record ${index}`;
  result.same(`${who} offset`, wanted.raw('offset'), `${at[0]}`);
  result.same(`${who} timestamp`, wanted.raw('timestamp'), `${at[1]}`);
  result.same(`${who} key`, hexOrNull(bytesField(wanted, 'key')), hexOrNull(actual.key));
  result.same(`${who} value`, hexOrNull(bytesField(wanted, 'value')), hexOrNull(actual.value));
  const headers = actual.headers.map((header) => [header.key, hexOrNull(header.value)]);
  result.same(`${who} headers`, wanted.raw('headers') ?? [], headers);
}

function compareLegacyRecords(result: CaseCheck, wanted: readonly Fields[], entries: readonly LegacyEntry[]): void {
  const records: LegacyRecord[] = entries.flatMap((entry) => entry.records);
  result.same('records read', wanted.length, records.length);
  wanted.forEach((fields, index) => {
    const record = records[index];
    if (record !== undefined) compareRecord(result, fields, index, record, [record.offset, record.timestampMs]);
  });
}

function compareEntries(result: CaseCheck, wanted: readonly Fields[], entries: readonly LegacyEntry[]): void {
  result.same('entries read', wanted.length, entries.length);
  wanted.forEach((fields, index) => {
    const entry = entries[index];
    if (entry === undefined) return;
    result.same(`entry ${index} offset`, fields.raw('offset'), `${entry.offset}`);
    result.same(`entry ${index} crc32`, fields.raw('crc32'), entry.crc);
    result.same(`entry ${index} sizeInBytes`, fields.raw('sizeInBytes'), entry.sizeInBytes);
    result.same(`entry ${index} timestampType`, fields.raw('timestampType'), entry.timestampType);
  });
}

function recordToWrite(entry: Fields): LegacyRecordToWrite {
  return {
    offset: entry.int64('offset'),
    timestampMs: entry.int64('timestamp'),
    key: bytesField(entry, 'key'),
    value: bytesField(entry, 'value'),
  };
}

function checkPlain(magic: 0 | 1, entry: Fields, result: CaseCheck): void {
  const input = entry.object('in');
  const out = entry.object('out');
  const records = input.objects('records').map(recordToWrite);
  const timestampType = input.text('timestampType') as LegacyTimestampType;
  const stamp = input.raw('logAppendTime') === null ? {} : { logAppendTime: input.int64('logAppendTime') };
  const bytes = writeMessageSet({ magic, compression: 'none', timestampType, records, ...stamp });
  result.same('bytes', out.raw('hex'), hexOf(bytes));
  result.same('sizeInBytes', out.raw('sizeInBytes'), bytes.length);
  result.same('sizeInBytes by arithmetic', out.raw('sizeInBytes'), messageSetSize(magic, records));
  const source = bytesOfHex(out.text('hex'));
  const { entries, nextOffset } = decodeMessageSet(source);
  result.same('end of the set', source.length, nextOffset);
  compareEntries(result, out.objects('entries'), entries);
  compareLegacyRecords(result, out.objects('decoded'), entries);
}

/** Decodes Kafka's bytes; then wraps the same records with our codec and reads that. */
function checkWrapper(magic: 0 | 1, entry: Fields, result: CaseCheck): void {
  const compression = entry.text('compression') as CompressionType;
  if (!isCodecRegistered(compression)) {
    result.same('codec registered', compression, null);
    return;
  }
  const source = bytesOfHex(entry.text('hex'));
  const { entries, nextOffset } = decodeMessageSet(source);
  result.same('end of the set', source.length, nextOffset);
  result.same('entries', 1, entries.length);
  const [wrapper] = entries;
  result.same('compression', compression, wrapper.compression);
  result.same('lastOffset', entry.raw('lastOffset'), `${wrapper.offset}`);
  result.same('baseOffset', entry.raw('baseOffset'), `${wrapper.records[0].offset}`);
  result.same('maxTimestamp', entry.raw('maxTimestamp'), `${wrapper.timestampMs}`);
  result.same('timestampType', entry.raw('timestampType'), wrapper.timestampType);
  result.same('crc32', entry.raw('crc32'), wrapper.crc);
  result.same('sizeInBytes', entry.raw('sizeInBytes'), wrapper.sizeInBytes);
  const decoded = entry.objects('decoded');
  compareLegacyRecords(result, decoded, entries);
  const fields: MessageSetFields = {
    magic,
    compression,
    timestampType: wrapper.timestampType,
    baseOffset: wrapper.records[0].offset,
    logAppendTime: wrapper.timestampMs,
    records: wrapper.records,
  };
  compareLegacyRecords(result, decoded, decodeMessageSet(writeMessageSet(fields)).entries);
}

function checkMessageSets(magic: 0 | 1, file: VectorFile): CaseResult[] {
  return checkList(file.cases, 'cases', (entry, result) => {
    const kind = entry.text('kind');
    if (kind === 'plain') checkPlain(magic, entry, result);
    else if (kind === 'wrapper') checkWrapper(magic, entry, result);
    else throw new Error(`the kind ${kind} is unknown`);
    return kind === 'wrapper' ? `wrapper ${entry.text('compression')}` : kind;
  });
}

export function checkMessageSetsV0(file: VectorFile): CaseResult[] {
  return checkMessageSets(0, file);
}

export function checkMessageSetsV1(file: VectorFile): CaseResult[] {
  return checkMessageSets(1, file);
}

/** Batches that Kafka compressed: decoded field by field, written again byte for byte, and compressed by our codec and read. */
export function checkCompressedBatches(file: VectorFile): CaseResult[] {
  return checkList(file.cases, 'cases', (entry, result) => {
    const source = bytesOfHex(entry.text('hex'));
    const { batch, baseOffset, partitionLeaderEpoch, nextOffset } = decodeBatch(source, 0);
    const same = (name: string, actual: unknown): void => result.same(name, entry.raw(name), actual);
    same('compression', batch.compression);
    same('sizeInBytes', batch.sizeInBytes);
    same('crc32c', batch.crc);
    same('attributes', batchAttributes(batch));
    same('baseOffset', `${baseOffset}`);
    same('lastOffset', `${baseOffset + batch.lastOffsetDelta}`);
    same('lastOffsetDelta', batch.lastOffsetDelta);
    same('baseTimestamp', `${batch.baseTimestamp}`);
    same('maxTimestamp', `${batch.maxTimestamp}`);
    same('producerId', `${batch.producerId}`);
    same('producerEpoch', batch.producerEpoch);
    same('baseSequence', batch.baseSequence);
    same('lastSequence', lastSequence(batch));
    same('count', batch.records.length);
    same('partitionLeaderEpoch', partitionLeaderEpoch);
    result.same('end of the batch', source.length, nextOffset);
    result.same('bytes written again', hexOf(source), hexOf(encodeBatch(batch, baseOffset, partitionLeaderEpoch)));
    const decoded = entry.objects('decoded');
    const { packed: _, ...fields } = batch;
    const own = decodeBatch(encodeBatch(makeBatch(fields), baseOffset, partitionLeaderEpoch)).batch;
    for (const [who, read] of [['Kafka’s', batch] as const, ['our', own] as const]) {
      result.same(`records in ${who} bytes`, decoded.length, read.records.length);
      read.records.forEach((record, index) => {
        const at: [number, number] = [baseOffset + (record.offsetDelta ?? index), recordTimestampMs(read, record)];
        if (decoded[index] !== undefined) compareRecord(result, decoded[index], index, record, at);
      });
    }
    return batch.compression;
  });
}
