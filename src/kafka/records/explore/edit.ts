/**
 * Writing into a batch as the byte explorer does: a field gets another value, a bit falls over, the checksum is made anew. Whatever
 * counts the changed bytes (the length of a key, of its record, of the batch) follows; the checksum does not, until it is asked for.
 */
import type { ByteMap, Fact } from '../byte-field.ts';
import { COMPRESSION_TYPES, getCodec, isCodecRegistered } from '../codec.ts';
import { crc32c } from '../crc32c.ts';
import { crc32 } from '../legacy/crc32.ts';
import { bitValues } from './attribute-bits.ts';
import { V2_CHECKSUM_FROM } from './batch-fields.ts';
import { byteMapOf, byteMapsOf } from './byte-map.ts';
import { bytesOfInt, bytesOfText, problem } from './field-text.ts';
import { MESSAGE_CHECKSUM_FROM } from './message-fields.ts';

/** The batch's new bytes, or what is wrong with the text and what would be right. */
export type Edited = { readonly bytes: Uint8Array } | { readonly problem: Fact };

/** Fields of a compressed payload are named with this before their path. */
export const INNER = 'inner.';

/**
 * The bytes with another value in one field. `path` as in the map; one of the compressed payload begins with 'inner.': then the
 * payload is compressed again by its codec's default level. `text`: decimal for integers, hexadecimal for checksums and bytes, the
 * text itself for UTF-8; null takes a key or a value away.
 */
export function withFieldValue(map: ByteMap, path: string, text: string | null): Edited {
  if (path.startsWith(INNER)) return editInside(map, (inner) => withFieldValue(inner, path.slice(INNER.length), text));
  const index = map.fields.findIndex((field) => field.path === path);
  const field = map.fields[index];
  if (field === undefined) return problem('no-field', { path });
  if (text === null) {
    if (ownLengthIndex(map, index) < 0 || !/(?:^|\.)(?:key|value)$/.test(path))
      return problem('no-null', { name: field.name });
    return { bytes: replaced(map, index, new Uint8Array(0), true) };
  }
  const content = bytesOfText(field, text);
  return 'problem' in content ? content : { bytes: replaced(map, index, content.bytes, false) };
}

/** The bytes with other bits, such as `compressionType` of the attributes; `value` as FieldBits says it, or its number. */
export function withBits(map: ByteMap, path: string, name: string, value: string): Edited {
  if (path.startsWith(INNER)) return editInside(map, (inner) => withBits(inner, path.slice(INNER.length), name, value));
  const field = map.fields.find((each) => each.path === path);
  const bits = field?.bits.find((each) => each.name === name);
  if (field === undefined || bits === undefined) return problem('no-bits', { path, name });
  const values = bitValues(name);
  const most = (1 << bits.width) - 1;
  const named = values.indexOf(value.trim());
  const number = named >= 0 ? named : /^\d{1,5}$/.test(value.trim()) ? Number(value) : -1;
  if (number < 0 || number > most) return problem('bits', { name, text: value, values: values.join(', '), most });
  const mask = most << bits.shift;
  const width = (field.to - field.from) * 8;
  const next = BigInt.asIntN(width, BigInt((Number(field.value) & ~mask) | (number << bits.shift)));
  return withFieldValue(map, path, String(next));
}

/** `bit` 0 is the lowest of its byte. Throws a RangeError for a byte that is not there. */
export function flipBit(bytes: Uint8Array, byte: number, bit: number): Uint8Array {
  if (!(byte >= 0 && byte < bytes.length && bit >= 0 && bit < 8)) throw new RangeError(`no bit ${bit} of byte ${byte}`);
  const flipped = bytes.slice();
  flipped[byte] = (flipped[byte] as number) ^ (1 << bit);
  return flipped;
}

/** The checksum that a map's bytes should carry: CRC-32C from the attributes on (v2), CRC-32 from the magic byte on; null: too short. */
export function computedCrc({ magic, bytes }: ByteMap): number | null {
  const from = magic === 2 ? V2_CHECKSUM_FROM : MESSAGE_CHECKSUM_FROM;
  if (bytes.length < from) return null;
  return magic === 2 ? crc32c(bytes, from, bytes.length) : crc32(bytes, from, bytes.length);
}

/** Every batch or message with the checksum that it should have; in a wrapper of v0 and v1 each message inside as well. */
export function withFreshCrc(bytes: Uint8Array): Uint8Array {
  const parts = byteMapsOf(bytes).map((map) =>
    stamped(map.inner === null || map.magic === 2 ? map : withFreshInside(map)),
  );
  return concat(parts);
}

function stamped(map: ByteMap): Uint8Array {
  const crc = computedCrc(map);
  const bytes = map.bytes.slice();
  if (crc !== null) bytes.set(bytesOfInt('uint32', BigInt(crc)), map.magic === 2 ? 17 : 12);
  return bytes;
}

function withFreshInside(map: ByteMap): ByteMap {
  const inner = map.inner as ByteMap;
  const bytes = concat(byteMapsOf(inner.bytes).map(stamped));
  if (bytes.every((byte, i) => byte === inner.bytes[i])) return map;
  const edited = editInside(map, () => ({ bytes }));
  return 'bytes' in edited ? byteMapOf(edited.bytes) : map;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Edits the payload without its compression, and compresses what comes of it. */
function editInside(map: ByteMap, edit: (inner: ByteMap) => Edited): Edited {
  const index = map.fields.findIndex((field) => field.type === 'compressed');
  if (map.inner === null || index < 0) return problem('no-payload');
  const edited = edit(map.inner);
  if ('problem' in edited) return edited;
  const attributes = map.fields.find((field) => field.path === 'attributes');
  const codec = COMPRESSION_TYPES[Number(attributes?.value ?? 0) & 7] ?? 'none';
  if (!isCodecRegistered(codec)) return problem('codec', { codec });
  return { bytes: replaced(map, index, getCodec(codec).compress(edited.bytes, undefined, map.magic), false) };
}

/** Index of the field that counts the bytes of a key or a value, of which this one is all or a part; -1. */
function ownLengthIndex(map: ByteMap, index: number): number {
  const path = map.fields[index]?.path ?? '';
  const [, prefix = '', name] = /^((?:.*\.)?)(key|value)(?:\.\w+)?$/.exec(path) ?? [];
  return name === undefined ? -1 : map.fields.findIndex((field) => field.path === `${prefix}${name}Length`);
}

/** The map's bytes with other bytes in one field, and with every length that counts them. */
function replaced(map: ByteMap, index: number, content: Uint8Array, isNull: boolean): Uint8Array {
  const changes = new Map<number, Uint8Array>([[index, content]]);
  const field = map.fields[index] as ByteMap['fields'][number];
  let delta = content.length - (field.to - field.from);
  /** Adds to a length that stands at another field; its own width may change. */
  const count = (at: number, value: number): void => {
    const length = map.fields[at];
    if (length === undefined || at === index) return;
    const bytes = bytesOfInt(length.type, BigInt.asIntN(32, BigInt(value)));
    changes.set(at, bytes);
    delta += bytes.length - (length.to - length.from);
  };
  const add = (path: string): void => {
    const at = map.fields.findIndex((each) => each.path === path);
    if (delta !== 0 && at >= 0) count(at, Number(map.fields[at]?.value) + delta);
  };
  const own = ownLengthIndex(map, index);
  if (own >= 0) {
    const before = Number(map.fields[own]?.value);
    const after = isNull ? -1 : Math.max(0, before) + delta;
    if (after !== before) count(own, after);
  }
  const record = `records[${field.record}].`;
  if (field.path.startsWith(record)) add(`${record}${map.magic === 2 ? 'length' : 'messageSize'}`);
  add(map.magic === 2 ? 'batchLength' : 'messageSize');
  return concat(map.fields.map((each, i) => changes.get(i) ?? map.bytes.subarray(each.from, each.to)));
}
