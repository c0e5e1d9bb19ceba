/** The fields of one message of formats v0 and v1 (LegacyRecord, AbstractLegacyRecordBatch), plain or a wrapper of compressed ones. */
import { hexOf } from '../bytes.ts';
import { COMPRESSION_TYPES } from '../codec.ts';
import { LEGACY_RECORD_OVERHEAD_V0, LOG_OVERHEAD } from '../record-sizes.ts';
import { bitsOf, MESSAGE_BITS } from './attribute-bits.ts';
import { type FieldList, intAt, take, takeBlob, takeInt, Unreadable } from './field-list.ts';

/** The checksum covers all from the magic byte on. */
export const MESSAGE_CHECKSUM_FROM = 16;
const ZSTD = COMPRESSION_TYPES.indexOf('zstd');

export interface MessageHead {
  readonly magic: 0 | 1;
  /** By its number in the attributes. */
  readonly compression: number;
}

/** From the offset to the key; the caller has made sure that offset, size, checksum and magic are there. */
export function takeMessageHead(list: FieldList, magic: 0 | 1): MessageHead {
  takeInt(list, 'offset', 'int64');
  takeInt(list, 'messageSize', 'int32');
  takeInt(list, 'crc', 'uint32');
  takeInt(list, 'magic', 'int8');
  const attributes = takeInt(list, 'attributes', 'int8', (value) => bitsOf(MESSAGE_BITS[magic], value));
  if (magic === 1) takeInt(list, 'timestamp', 'int64');
  takeBlob(list, 'key', takeInt(list, 'keyLength', 'int32'));
  return { magic, compression: attributes & 7 };
}

/** The value of a message that is no wrapper, and what lies behind it, which nobody reads. */
export function takeMessageValue(list: FieldList): void {
  takeBlob(list, 'value', takeInt(list, 'valueLength', 'int32'));
}

/** The value of a wrapper (DeepRecordsIterator): returns its bytes, compressed as they are. */
export function takeWrapperValue(list: FieldList, { magic, compression }: MessageHead): Uint8Array {
  const at = list.position;
  const size = takeInt(list, 'valueLength', 'int32');
  if (COMPRESSION_TYPES[compression] === undefined)
    throw new Unreadable(MESSAGE_CHECKSUM_FROM + 1, 'IllegalArgumentException', 'compression', { number: compression });
  if (compression === ZSTD)
    throw new Unreadable(MESSAGE_CHECKSUM_FROM + 1, 'InvalidRecordException', 'zstd-wrapper', { magic });
  if (size < 0) throw new Unreadable(at, 'InvalidRecordException', 'null-wrapper', { magic });
  const left = list.end - list.position;
  if (size > left)
    throw new Unreadable(list.position, list.missing[1], 'field-past-end', { name: 'value', size, left });
  const packed = list.bytes.subarray(list.position, list.position + size);
  take(list, 'value', 'compressed', size, hexOf(packed));
  return packed;
}

/**
 * The message set inside of a wrapper (DataLogInputStream): it ends where a message is not all there. `read`: messages that were
 * read whole. The offsets are those that stand there: relative ones in v1 (KIP-31).
 */
export function takeInnerMessages(list: FieldList, read: { records: number }): void {
  const end = list.bytes.length;
  for (let index = 0; end - list.position >= LOG_OVERHEAD; index++) {
    const start = list.position;
    const size = Number(intAt(list.bytes, start + 8, 'int32'));
    if (size < LEGACY_RECORD_OVERHEAD_V0)
      throw new Unreadable(start + 8, 'CorruptRecordException', 'message-size', { size });
    if (size > end - start - LOG_OVERHEAD) break;
    const magic = Number(intAt(list.bytes, start + MESSAGE_CHECKSUM_FROM, 'int8'));
    list.record = index;
    list.prefix = `records[${index}].`;
    const message: FieldList = { ...list, end: start + LOG_OVERHEAD + size };
    try {
      // DataLogInputStream looks at no magic byte; a record of another magic is read as one of v1, as LegacyRecord does.
      const { compression } = takeMessageHead(message, magic === 0 ? 0 : 1);
      if (compression !== 0)
        throw new Unreadable(start + MESSAGE_CHECKSUM_FROM + 1, 'InvalidRecordException', 'inner-compressed', {
          index,
        });
      takeMessageValue(message);
      takeUnreadTail(message);
    } finally {
      list.position = message.position;
    }
    read.records = index + 1;
  }
  list.record = -1;
  list.prefix = '';
  if (read.records === 0) throw new Unreadable(0, 'InvalidRecordException', 'no-inner-records');
}

/** Bytes of a message behind its value: within its size, and read by nobody. */
export function takeUnreadTail(list: FieldList): void {
  const size = list.end - list.position;
  if (size === 0) return;
  take(list, 'unread', 'bytes', size, hexOf(list.bytes.subarray(list.position, list.end)));
}
