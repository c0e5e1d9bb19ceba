/**
 * What the explorer draws: a batch of v2, or all entries of a message set of v0 or v1, as one sheet of bytes. Pure. A field's
 * position in `fields` is what the page points with; bytes that belong to no field (behind a failure) have none.
 */
import type { ByteField, ByteMap } from '../../kafka/records/byte-field.ts';
import { byteMapsOf } from '../../kafka/records/explore/byte-map.ts';

export interface SheetRecord {
  readonly from: number;
  readonly to: number;
  /** Positions in `fields`; the end is exclusive. */
  readonly firstField: number;
  readonly endField: number;
  /** As text; null: it has none, or this is a part of a batch that cannot be read. */
  readonly key: string | null;
}

/** An entry of the sheet: its map, and where it begins in bytes and in fields. */
export interface SheetMap {
  readonly map: ByteMap;
  readonly from: number;
  readonly firstField: number;
}

export interface Sheet {
  readonly magic: 0 | 1 | 2;
  readonly bytes: Uint8Array;
  /** Places, record numbers and paths are those of the sheet: the paths of a later entry begin with '[1].'. */
  readonly fields: readonly ByteField[];
  /** Which of the tints a field has; neighbours differ. */
  readonly tints: Uint8Array;
  readonly records: readonly SheetRecord[];
  /** The first byte that is not header: where the records begin, or their compressed block. */
  readonly bodyFrom: number;
  readonly maps: readonly SheetMap[];
  /** The entry whose payload is compressed; null: none is. */
  readonly packed: ByteField | null;
  readonly inner: Sheet | null;
  readonly failure: ByteMap['failure'];
}

export const TINTS = 6;

/** The same field has the same tint in every record, as far as its neighbour lets it. */
const TINT: Readonly<Record<string, number>> = {
  length: 0,
  attributes: 1,
  timestampDelta: 2,
  offsetDelta: 3,
  keyLength: 4,
  key: 5,
  valueLength: 0,
  value: 1,
  headersCount: 2,
  headerKeyLength: 3,
  headerKey: 4,
  headerValueLength: 5,
  headerValue: 1,
  offset: 0,
  messageSize: 1,
  crc: 2,
  magic: 3,
  timestamp: 2,
};

const BATCH_TINTS: readonly string[] = [
  'baseOffset',
  'batchLength',
  'partitionLeaderEpoch',
  'magic',
  'crc',
  'attributes',
  'lastOffsetDelta',
  'baseTimestamp',
  'maxTimestamp',
  'producerId',
  'producerEpoch',
  'baseSequence',
  'recordsCount',
];

/** The header goes round through five of them; its attributes have the sixth, as in no other place. */
function batchTint(name: string): number {
  if (name === 'attributes') return 5;
  const at = BATCH_TINTS.indexOf(name);
  return (at > 5 ? at - 1 : at) % 5;
}

function tintsOf(fields: readonly ByteField[], magic: number): Uint8Array {
  const tints = new Uint8Array(fields.length);
  let before = -1;
  for (let i = 0; i < fields.length; i++) {
    const { name, record, from, to } = fields[i]!;
    const known = magic === 2 && record < 0 && BATCH_TINTS.includes(name) ? batchTint(name) : TINT[name];
    let tint = known ?? (before + 1) % TINTS;
    if (tint === before) tint = (tint + 1) % TINTS;
    tints[i] = tint;
    if (to > from) before = tint;
  }
  return tints;
}

function recordsOf(fields: readonly ByteField[]): SheetRecord[] {
  const records: SheetRecord[] = [];
  for (let i = 0; i < fields.length; ) {
    const { record, from } = fields[i]!;
    let end = i + 1;
    while (end < fields.length && fields[end]!.record === record) end++;
    if (record >= 0) {
      const own = fields.slice(i, end);
      const key = own.find(({ name }) => name === 'key')?.value ?? null;
      records.push({ from, to: own.at(-1)!.to, firstField: i, endField: end, key });
    }
    i = end;
  }
  return records;
}

function moved(field: ByteField, by: number, entry: number, record: number): ByteField {
  const path = entry === 0 ? field.path : `[${entry}].${field.path}`;
  return { ...field, path, from: field.from + by, to: field.to + by, record };
}

/** `maps` one after the other; `bytes` all of theirs. */
function sheetOfMaps(bytes: Uint8Array, entries: readonly ByteMap[]): Sheet {
  const fields: ByteField[] = [];
  const maps: SheetMap[] = [];
  let at = 0;
  let before = 0;
  for (const [entry, map] of entries.entries()) {
    maps.push({ map, from: at, firstField: fields.length });
    const single = map.fields.some(({ record }) => record >= 0);
    for (const field of map.fields)
      fields.push(
        entries.length === 1 ? field : moved(field, at, entry, field.record < 0 ? -1 : before + field.record),
      );
    if (single) before += Math.max(1, map.recordCount);
    at += map.bytes.length;
  }
  const body = fields.find(({ record, type }) => record >= 0 || type === 'compressed' || type === 'bytes');
  const magic = entries[0]?.magic ?? 2;
  const failed = maps.find(({ map }) => map.failure !== null);
  const failure = failed?.map.failure ?? null;
  const inner = entries.find((map) => map.inner !== null)?.inner ?? null;
  return {
    magic,
    bytes,
    fields,
    tints: tintsOf(fields, magic),
    records: recordsOf(fields),
    bodyFrom: body?.from ?? bytes.length,
    maps,
    packed: fields.find(({ type }) => type === 'compressed') ?? null,
    inner: inner === null ? null : sheetOfMaps(inner.bytes, [inner]),
    failure: failure === null ? null : { ...failure, at: failure.at + failed!.from },
  };
}

/** All of the bytes: usually one batch of v2, or the messages of a set. */
export function sheetOf(bytes: Uint8Array): Sheet {
  return sheetOfMaps(bytes, byteMapsOf(bytes));
}

/** The field that a byte belongs to, by its position; -1: none. Fields without bytes have no byte. */
export function fieldAt({ fields }: Sheet, byte: number): number {
  let low = 0;
  let high = fields.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const { from, to } = fields[middle]!;
    if (byte < from) high = middle - 1;
    // An empty field stands at the place where the next one begins: that one has the byte.
    else if (byte >= to) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** The record that holds a byte, by its position; -1: header, or behind a failure. */
export function recordAt({ records }: Sheet, byte: number): number {
  let low = 0;
  let high = records.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (byte < records[middle]!.from) high = middle - 1;
    else if (byte >= records[middle]!.to) low = middle + 1;
    else return middle;
  }
  return -1;
}

/** The entry that a byte lies in, and its path there: what edits are made with. */
export function entryOf({ maps, fields }: Sheet, field: number): { readonly entry: SheetMap; readonly path: string } {
  const from = fields[field]!.from;
  let entry = maps[0]!;
  for (const each of maps) if (each.from <= from && each.firstField <= field) entry = each;
  return { entry, path: entry.map.fields[field - entry.firstField]!.path };
}

/** The next field with bytes, forwards (1) or backwards (-1); the same one where there is none. */
export function nextField({ fields }: Sheet, field: number, step: 1 | -1): number {
  for (let i = field + step; i >= 0 && i < fields.length; i += step) {
    if (fields[i]!.to > fields[i]!.from) return i;
  }
  return field;
}
