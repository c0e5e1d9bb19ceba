/**
 * Control records: transaction markers and the Raft quorum's own records. Keys and values follow ControlRecordType,
 * EndTransactionMarker, ControlRecordUtils and MemoryRecordsBuilder.appendControlRecord.
 */
import { bytesOf } from './bytes.ts';
import { fieldsOfRecords, makeBatch, type RecordBatch, recordOf } from './record-batch.ts';
import { RecordFormatError } from './record-batch-reader.ts';
import { writeUnsignedVarint } from './varint.ts';

/** The position in this list is the type's number in the record's key. */
export const CONTROL_RECORD_TYPES = [
  'ABORT',
  'COMMIT',
  'LEADER_CHANGE',
  'SNAPSHOT_HEADER',
  'SNAPSHOT_FOOTER',
  'KRAFT_VERSION',
  'KRAFT_VOTERS',
] as const;

export type ControlRecordType = (typeof CONTROL_RECORD_TYPES)[number];
export type MarkerType = 'COMMIT' | 'ABORT';

export interface EndTransactionMarker {
  readonly type: MarkerType;
  readonly coordinatorEpoch: number;
}

export interface LeaderChange {
  readonly version: number;
  readonly leaderId: number;
  readonly voterIds: readonly number[];
  readonly grantingVoterIds: readonly number[];
}

/** Big-endian fields put together; values are small enough to be made when asked for. */
function concat(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function int16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value);
}

function int32(value: number): Uint8Array {
  return Uint8Array.of(value >> 24, value >> 16, value >> 8, value);
}

function int64(value: number): Uint8Array {
  return concat(int32(Math.floor(value / 4294967296)), int32(value | 0));
}

/** An empty section of tagged fields ends every flexible message. */
const NO_TAGS = Uint8Array.of(0);

export function controlRecordKey(type: ControlRecordType): Uint8Array {
  return concat(int16(0), int16(CONTROL_RECORD_TYPES.indexOf(type)));
}

export function endTransactionMarkerValue(coordinatorEpoch: number): Uint8Array {
  return concat(int16(0), int32(coordinatorEpoch));
}

/** The message's own version is a field; the record is always written in the first schema, without directory ids. */
export function leaderChangeValue(change: LeaderChange): Uint8Array {
  const voters = (ids: readonly number[]): Uint8Array =>
    concat(compactLength(ids.length), ...ids.map((id) => concat(int32(id), NO_TAGS)));
  const { version, leaderId, voterIds, grantingVoterIds } = change;
  return concat(int16(version), int32(leaderId), voters(voterIds), voters(grantingVoterIds), NO_TAGS);
}

function compactLength(count: number): Uint8Array {
  const bytes = new Uint8Array(5);
  return bytes.slice(0, writeUnsignedVarint(bytes, 0, count + 1));
}

export function snapshotHeaderValue(lastContainedLogTimestampMs: number): Uint8Array {
  return concat(int16(0), int64(lastContainedLogTimestampMs), NO_TAGS);
}

export function snapshotFooterValue(): Uint8Array {
  return concat(int16(0), NO_TAGS);
}

export function kraftVersionValue(kraftVersion: number): Uint8Array {
  return concat(int16(0), int16(kraftVersion), NO_TAGS);
}

/** A batch of one control record of the Raft quorum. */
export function controlBatch(type: ControlRecordType, value: Uint8Array, timestampMs: number): RecordBatch {
  const record = recordOf(timestampMs, controlRecordKey(type), value);
  return makeBatch(fieldsOfRecords([record], { isControl: true }));
}

/** What a leader appends on WriteTxnMarkers: a transactional control batch without a sequence. */
export function endTransactionBatch(
  marker: EndTransactionMarker,
  producerId: number | bigint,
  producerEpoch: number,
  timestampMs: number,
): RecordBatch {
  const value = endTransactionMarkerValue(marker.coordinatorEpoch);
  const record = recordOf(timestampMs, controlRecordKey(marker.type), value);
  return makeBatch(fieldsOfRecords([record], { isControl: true, isTransactional: true, producerId, producerEpoch }));
}

/** The type of a control batch; null for one that the cleaner has emptied, and for types not known here. */
export function controlType(batch: RecordBatch): ControlRecordType | null {
  if (!batch.isControl || batch.records.length === 0) return null;
  const key = bytesOf(batch.records[0].key);
  if (key === null || key.length < 4) {
    throw new RecordFormatError('record', 0, `a control record's key has ${key?.length ?? 0} bytes instead of 4`);
  }
  return CONTROL_RECORD_TYPES[(key[2] << 8) | key[3]] ?? null;
}

/** The marker that a control batch holds; null if it holds something else or has been emptied. */
export function endTransactionMarker(batch: RecordBatch): EndTransactionMarker | null {
  const type = controlType(batch);
  if (type !== 'COMMIT' && type !== 'ABORT') return null;
  const value = bytesOf(batch.records[0].value);
  if (value === null || value.length < 6) {
    throw new RecordFormatError('record', 0, `a transaction marker has ${value?.length ?? 0} bytes instead of 6`);
  }
  return { type, coordinatorEpoch: (value[2] << 24) | (value[3] << 16) | (value[4] << 8) | value[5] };
}
