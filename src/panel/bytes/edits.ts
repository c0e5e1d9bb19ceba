/**
 * What the learner does to the bytes. Pure: a batch as it was, and as it is now. Nothing of it reaches the cluster.
 */
import type { Fact } from '../../kafka/records/byte-field.ts';
import {
  type Edited,
  flipBit,
  INNER,
  withBits,
  withFieldValue,
  withFreshCrc,
} from '../../kafka/records/explore/edit.ts';
import { entryOf, type Sheet } from './sheet.ts';

export interface Edits {
  readonly original: Uint8Array;
  readonly bytes: Uint8Array;
  /** What was done last, for the sentence above the witnesses; null: nothing, or all was put back. */
  readonly last: Fact | null;
  /** Why the last value was not taken; nothing changed then. */
  readonly problem: Fact | null;
}

export const startEdits = (bytes: Uint8Array): Edits => ({ original: bytes, bytes, last: null, problem: null });

const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

export const isChanged = ({ original, bytes }: Edits): boolean => !same(original, bytes);

/** The batch with other bytes; what comes back to the beginning is as if nothing had been done. */
function become(edits: Edits, bytes: Uint8Array, last: Fact): Edits {
  return { ...edits, bytes, last: same(edits.original, bytes) ? null : last, problem: null };
}

/** The sheet's bytes with another entry in the place of one. */
function spliced(sheet: Sheet, from: number, size: number, entry: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(sheet.bytes.length - size + entry.length);
  bytes.set(sheet.bytes.subarray(0, from), 0);
  bytes.set(entry, from);
  bytes.set(sheet.bytes.subarray(from + size), from + entry.length);
  return bytes;
}

/** The entry whose compressed payload is looked into. */
const packedEntry = (sheet: Sheet) => sheet.maps.find(({ map }) => map.inner !== null) ?? sheet.maps[0]!;

/** `field`: its position in the sheet, or in the sheet's inner one. */
function inEntry(
  edits: Edits,
  sheet: Sheet,
  field: number,
  inside: boolean,
  edit: (map: Sheet['maps'][number]['map'], path: string) => Edited,
  last: Fact,
): Edits {
  const place = inside ? entryOf(sheet.inner!, field) : entryOf(sheet, field);
  const entry = inside ? packedEntry(sheet) : place.entry;
  const edited = edit(entry.map, inside ? `${INNER}${place.path}` : place.path);
  if ('problem' in edited) return { ...edits, problem: edited.problem };
  return become(edits, spliced(sheet, entry.from, entry.map.bytes.length, edited.bytes), last);
}

export function setValue(edits: Edits, sheet: Sheet, field: number, inside: boolean, text: string | null): Edits {
  const { name, value } = (inside ? sheet.inner! : sheet).fields[field]!;
  if (text === value) return { ...edits, problem: null };
  const last = { key: 'bytes.did.value', params: { name } };
  return inEntry(edits, sheet, field, inside, (map, path) => withFieldValue(map, path, text), last);
}

export function setBits(
  edits: Edits,
  sheet: Sheet,
  field: number,
  inside: boolean,
  bits: string,
  value: string,
): Edits {
  const last = { key: 'bytes.did.bits', params: { name: bits, value } };
  return inEntry(edits, sheet, field, inside, (map, path) => withBits(map, path, bits, value), last);
}

export function flip(edits: Edits, byte: number, bit: number, name: string): Edits {
  return become(edits, flipBit(edits.bytes, byte, bit), { key: 'bytes.did.flip', params: { byte, bit, name } });
}

export function freshCrc(edits: Edits): Edits {
  return become(edits, withFreshCrc(edits.bytes), { key: 'bytes.did.crc', params: {} });
}

export const putBack = (edits: Edits): Edits => startEdits(edits.original);
