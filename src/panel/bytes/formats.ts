/** The same records in all three formats, and what each of them costs a record. Pure. */
import type { Magic } from '../../kafka/records/byte-field.ts';
import { writeMessageSet } from '../../kafka/records/legacy/message-set-writer.ts';
import { encodeBatch, fieldsOfRecords, makeBatch, recordOf } from '../../kafka/records/record-batch.ts';
import { batchOverhead } from '../../kafka/records/record-sizes.ts';
import type { Sheet } from './sheet.ts';

export interface FormatSize {
  readonly magic: Magic;
  readonly bytes: Uint8Array;
  readonly records: number;
  /** All but keys and values, by record. */
  readonly overheadPerRecord: number;
}

export interface PlainRecord {
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  /** Headers, which only v2 has. */
  readonly headerCount: number;
}

const numberOf = (value: string | null | undefined): number => Number(value ?? 0);

/** The records as they are, of a sheet that holds them without compression; `head`: the sheet with the batch's header. */
export function recordsOf(sheet: Sheet, head: Sheet): PlainRecord[] {
  // The keys of markers are fields of their own.
  if (!sheet.fields.some(({ name, record }) => name === 'key' && record === 0)) return [];
  const inHead = (name: string): number =>
    numberOf(head.fields.find((field) => field.record < 0 && field.name === name)?.value);
  const [baseOffset, baseTimestamp] = [inHead('baseOffset'), inHead('baseTimestamp')];
  return sheet.records.map(({ firstField, endField }) => {
    const own = sheet.fields.slice(firstField, endField);
    const field = (name: string) => own.find((each) => each.name === name);
    const blob = (name: string): Uint8Array | null => {
      const found = field(name);
      return found === undefined || found.value === null ? null : sheet.bytes.slice(found.from, found.to);
    };
    return {
      offset: sheet.magic === 2 ? baseOffset + numberOf(field('offsetDelta')?.value) : numberOf(field('offset')?.value),
      timestampMs:
        sheet.magic === 2
          ? baseTimestamp + numberOf(field('timestampDelta')?.value)
          : numberOf(field('timestamp')?.value),
      key: blob('key'),
      value: blob('value'),
      headerCount: numberOf(field('headersCount')?.value),
    };
  });
}

/** All three, uncompressed and without headers, which only v2 has; null for what are no plain records (markers, broken bytes). */
export function formatsOf(records: readonly PlainRecord[]): FormatSize[] | null {
  const first = records[0];
  if (first === undefined || records.some(({ timestampMs }) => timestampMs < -1)) return null;
  const content = records.reduce((sum, { key, value }) => sum + (key?.length ?? 0) + (value?.length ?? 0), 0);
  const size = (magic: Magic, bytes: Uint8Array): FormatSize => ({
    magic,
    bytes,
    records: records.length,
    overheadPerRecord: (bytes.length - content) / records.length,
  });
  const old = (magic: 0 | 1): FormatSize =>
    size(
      magic,
      writeMessageSet({
        magic,
        compression: 'none',
        timestampType: magic === 0 ? 'NoTimestampType' : 'CreateTime',
        records: records.map(({ offset, timestampMs, key, value }) => ({ offset, timestampMs, key, value })),
      }),
    );
  const batch = makeBatch(
    fieldsOfRecords(records.map(({ timestampMs, key, value }) => recordOf(timestampMs, key, value))),
  );
  return [old(0), old(1), size(2, encodeBatch(batch, first.offset, 0))];
}

/** How many records of this kind a v2 batch needs to be smaller than as many of v1; null: it never is. */
export function breakEven(v1: FormatSize, v2: FormatSize): number | null {
  const inRecord = v2.overheadPerRecord - batchOverhead / v2.records;
  const saved = v1.overheadPerRecord - inRecord;
  return saved <= 0 ? null : Math.floor(batchOverhead / saved) + 1;
}
