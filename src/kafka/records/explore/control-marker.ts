/** Reading a transaction marker for the producer's state (EndTransactionMarker.deserialize), with what it throws. */
import type { RawBatch } from '../convert/raw-batch.ts';
import { rawRecords } from '../convert/raw-record.ts';
import { FormatError, type JavaException } from '../legacy/format-error.ts';
import { intAt } from './field-list.ts';

const KEY_SIZE = 4;
const LAST_MARKER_TYPE = 1;
const VALUE_SIZE = 6;

function refusal(exception: string, key: string, params: Record<string, number>): FormatError {
  return new FormatError(exception as JavaException, 0, { key: `byte-map.why.${key}`, params }, key);
}

/**
 * What of a control batch is read when its producer's state is brought up to date: the first record. A batch that says it has none
 * is left alone; its other records are read only where all are (a compressed batch).
 */
export function checkMarker(batch: RawBatch): void {
  const records = rawRecords(batch, false).next();
  if (records.done === true) return;
  const { key, value } = records.value;
  if (key === null) throw refusal('NullPointerException', 'marker-key', { size: -1 });
  if (key.length < KEY_SIZE) throw refusal('InvalidRecordException', 'marker-key', { size: key.length });
  const version = Number(intAt(key, 0, 'int16'));
  if (version < 0) throw refusal('InvalidRecordException', 'marker-version', { version });
  const type = Number(intAt(key, 2, 'int16'));
  if (type < 0 || type > LAST_MARKER_TYPE) throw refusal('IllegalArgumentException', 'marker-type', { type });
  if (value === null) throw refusal('NullPointerException', 'marker-value', { size: -1 });
  if (value.length < 2) throw refusal('BufferUnderflowException', 'marker-value', { size: value.length });
  const valueVersion = Number(intAt(value, 0, 'int16'));
  if (valueVersion < 0) throw refusal('InvalidRecordException', 'marker-version', { version: valueVersion });
  if (value.length < VALUE_SIZE) throw refusal('BufferUnderflowException', 'marker-value', { size: value.length });
}
