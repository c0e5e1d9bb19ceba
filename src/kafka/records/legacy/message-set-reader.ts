/**
 * Reading message sets of formats v0 and v1, with the checks of ByteBufferLogInputStream, LegacyRecord.ensureValid and the deep
 * iterator. Each refusal is a RecordFormatError that says what was wrong and at which byte.
 */
import type { CompressionType } from '../codec.ts';
import type { KafkaRecord } from '../record-batch.ts';
import { completeBatchSizeAt, RecordFormatError } from '../record-batch-reader.ts';
import { NO_HEADERS } from '../record-sizes.ts';
import {
  codecOf,
  ensureValid,
  keyBytes,
  type LegacyTimestampType,
  magicOf,
  positionOf,
  type RawMessage,
  rawMessage,
  storedCrc,
  timestampOf,
  timestampTypeOf,
  valueBytes,
} from './raw-message.ts';
import { deepMessages } from './wrapper.ts';

/** A record as a consumer gets it: its time is the broker's under LogAppendTime, -1 in v0. */
export interface LegacyRecord extends KafkaRecord {
  readonly offset: number;
}

/** An entry of a message set: a message of its own, or a wrapper with the records inside. */
export interface LegacyEntry {
  readonly magic: 0 | 1;
  /** That of the record, or of a wrapper's last record. */
  readonly offset: number;
  readonly compression: CompressionType;
  readonly timestampType: LegacyTimestampType;
  /** Of the entry itself: a wrapper carries the largest time of its records. */
  readonly timestampMs: number;
  /** CRC-32, unsigned. */
  readonly crc: number;
  /** Offset and length included. */
  readonly sizeInBytes: number;
  readonly records: readonly LegacyRecord[];
}

export interface DecodedEntry {
  readonly entry: LegacyEntry;
  /** The byte after this entry. */
  readonly nextOffset: number;
}

/** Offsets and times are numbers in the simulation; a value past 2^53 is refused rather than rounded. */
function safe(message: RawMessage, value: bigint, at: number, what: string): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new RecordFormatError('range', positionOf(message, at), `${what} ${value} is beyond 2^53`);
}

function recordOf(message: RawMessage): LegacyRecord {
  return {
    offset: safe(message, message.offset, 0, 'offset'),
    timestampMs: safe(message, timestampOf(message), 18, 'timestamp'),
    key: keyBytes(message),
    value: valueBytes(message),
    headers: NO_HEADERS,
    ordinal: -1,
  };
}

/** The entry that starts at `offset`: a record, or a wrapper with its records unpacked, their checksums checked as well. */
export function decodeLegacyEntry(bytes: Uint8Array, offset = 0): DecodedEntry {
  const size = completeBatchSizeAt(bytes, offset);
  if (size === null) {
    throw new RecordFormatError(
      'incomplete',
      bytes.length,
      `the bytes end before the message that starts at ${offset}`,
    );
  }
  const magic = bytes[offset + 16];
  if (magic > 1)
    throw new RecordFormatError('magic', offset + 16, `magic ${magic} is not a message of format v0 or v1`);
  const message = rawMessage(bytes, offset, size);
  ensureValid(message);
  const records: LegacyRecord[] = [];
  for (const inner of deepMessages(message)) {
    if (magicOf(inner) !== magic) {
      const text = `an inner message has magic ${magicOf(inner)}, its wrapper ${magic}`;
      throw new RecordFormatError('record', positionOf(inner, 16), text);
    }
    if (inner !== message) ensureValid(inner);
    records.push(recordOf(inner));
  }
  const entry: LegacyEntry = {
    magic: magic as 0 | 1,
    offset: safe(message, message.offset, 0, 'offset'),
    compression: codecOf(message),
    timestampType: timestampTypeOf(message),
    timestampMs: safe(message, timestampOf(message), 18, 'timestamp'),
    crc: storedCrc(message),
    sizeInBytes: size,
    records,
  };
  return { entry, nextOffset: offset + size };
}

/** All whole entries of bytes[offset, end); an entry that is cut off at the end is left out, as Kafka's readers do. */
export function decodeMessageSet(bytes: Uint8Array, offset = 0): { entries: LegacyEntry[]; nextOffset: number } {
  const entries: LegacyEntry[] = [];
  let at = offset;
  while (completeBatchSizeAt(bytes, at) !== null) {
    const { entry, nextOffset } = decodeLegacyEntry(bytes, at);
    entries.push(entry);
    at = nextOffset;
  }
  return { entries, nextOffset: at };
}
