/** The fields of a v2 batch in order, as DefaultRecordBatch and DefaultRecord read them. */
import type { ByteField } from '../byte-field.ts';
import { COMPRESSION_TYPES } from '../codec.ts';
import { batchOverhead } from '../record-sizes.ts';
import { BATCH_BITS, bitsOf } from './attribute-bits.ts';
import { takeControlKey, takeControlValue } from './control-fields.ts';
import { type FieldList, takeBlob, takeInt, takeVarint, takeVarlong, Unreadable } from './field-list.ts';

/** The checksum covers all from the attributes on. */
export const V2_CHECKSUM_FROM = 21;

export interface BatchHeader {
  /** By its number in the attributes; 5 to 7 are unknown. */
  readonly compression: number;
  readonly isControl: boolean;
  readonly count: number;
}

/** The header; the caller has made sure that its 61 bytes are there. */
export function takeBatchHeader(list: FieldList): BatchHeader {
  takeInt(list, 'baseOffset', 'int64');
  takeInt(list, 'batchLength', 'int32');
  takeInt(list, 'partitionLeaderEpoch', 'int32');
  takeInt(list, 'magic', 'int8');
  takeInt(list, 'crc', 'uint32');
  const attributes = takeInt(list, 'attributes', 'int16', (value) => bitsOf(BATCH_BITS, value));
  takeInt(list, 'lastOffsetDelta', 'int32');
  takeInt(list, 'baseTimestamp', 'int64');
  takeInt(list, 'maxTimestamp', 'int64');
  takeInt(list, 'producerId', 'int64');
  takeInt(list, 'producerEpoch', 'int16');
  takeInt(list, 'baseSequence', 'int32');
  const count = takeInt(list, 'recordsCount', 'int32');
  return { compression: attributes & 7, isControl: (attributes & 0x20) !== 0, count };
}

/** What Kafka refuses before it reads a record. */
export function checkBatchHeader({ compression, count }: BatchHeader): void {
  if (COMPRESSION_TYPES[compression] === undefined)
    throw new Unreadable(V2_CHECKSUM_FROM, 'IllegalArgumentException', 'compression', { number: compression });
  if (count < 0) throw new Unreadable(batchOverhead - 4, 'InvalidRecordException', 'negative-count', { count });
}

/** `count` records; the number of those that were read whole stands in `read` at every moment. */
export function takeRecords(list: FieldList, count: number, isControl: boolean, read: { records: number }): void {
  for (let index = 0; index < count; index++) {
    list.record = index;
    list.prefix = `records[${index}].`;
    takeRecord(list, index, isControl);
    read.records = index + 1;
  }
  list.record = -1;
  list.prefix = '';
  const left = list.end - list.position;
  if (count > 0 && left > 0)
    throw new Unreadable(list.position, 'InvalidRecordException', 'bytes-left', { left, count });
}

function takeRecord(list: FieldList, index: number, isControl: boolean): void {
  const size = takeVarint(list, 'length');
  const start = list.position;
  const left = list.end - start;
  const lengthAt = (list.fields.at(-1) as ByteField).from;
  if (size > left) throw new Unreadable(lengthAt, 'InvalidRecordException', 'record-past-end', { index, size, left });
  takeInt(list, 'attributes', 'int8');
  takeVarlong(list, 'timestampDelta');
  takeVarint(list, 'offsetDelta');
  const keySize = takeVarint(list, 'keyLength');
  const control = isControl ? takeControlKey(list, keySize) : null;
  if (!isControl) takeBlob(list, 'key', keySize);
  const valueSize = takeVarint(list, 'valueLength');
  if (isControl) takeControlValue(list, valueSize, control);
  else takeBlob(list, 'value', valueSize);
  takeHeaders(list, index);
  const read = list.position - start;
  if (read !== size) throw new Unreadable(lengthAt, 'InvalidRecordException', 'record-size', { index, size, read });
}

function takeHeaders(list: FieldList, index: number): void {
  const count = takeVarint(list, 'headersCount');
  const countAt = (list.fields.at(-1) as ByteField).from;
  const left = list.end - list.position;
  if (count < 0 || count > left)
    throw new Unreadable(countAt, 'InvalidRecordException', 'headers-count', { index, count, left });
  const { prefix } = list;
  for (let header = 0; header < count; header++) {
    list.prefix = `${prefix}headers[${header}].`;
    const keySize = takeVarint(list, 'keyLength');
    if (keySize < 0) {
      const at = (list.fields.at(-1) as ByteField).from;
      throw new Unreadable(at, 'InvalidRecordException', 'header-key', { index, header, size: keySize });
    }
    takeBlob(list, 'key', keySize);
    takeBlob(list, 'value', takeVarint(list, 'valueLength'));
  }
  list.prefix = prefix;
}
