/**
 * How a byte map grows: fields one after the other, each of them exactly the bytes from the end of the one before. Reading ends with
 * an `Unreadable`, which says what Kafka would throw there.
 */

import type { ByteField, Fact, FieldBits, FieldType } from '../byte-field.ts';
import { hexOf, utf8Bytes, utf8Text } from '../bytes.ts';
import { type ByteCursor, readVarint, readVarlong } from '../varint.ts';

/** `position` moves on with every field; `end` is where the batch (or the message) ends. */
export interface FieldList extends ByteCursor {
  readonly fields: ByteField[];
  /** Before the names of fields, such as 'records[3].'. */
  prefix: string;
  record: number;
  /** The first byte that the checksum covers. */
  readonly checksumFrom: number;
  /** What Java throws where bytes are missing: for a fixed field, and for a key or a value. */
  readonly missing: readonly [string, string];
}

/** DefaultRecord turns all into one exception; LegacyRecord lets those of ByteBuffer through. */
const MISSING_IN_BATCH = ['InvalidRecordException', 'InvalidRecordException'] as const;
const MISSING_IN_MESSAGE = ['IndexOutOfBoundsException', 'IllegalArgumentException'] as const;

export function fieldList(bytes: Uint8Array, checksumFrom: number, isBatch: boolean): FieldList {
  const missing = isBatch ? MISSING_IN_BATCH : MISSING_IN_MESSAGE;
  return { bytes, position: 0, end: bytes.length, fields: [], prefix: '', record: -1, checksumFrom, missing };
}

/** `exception`: the simple name of what Kafka throws, null if it takes this for the end of the bytes. */
export class Unreadable extends Error {
  readonly at: number;
  readonly exception: string | null;
  readonly fact: Fact;
  constructor(at: number, exception: string | null, key: string, params: Fact['params'] = {}) {
    super(key);
    this.at = at;
    this.exception = exception;
    this.fact = { key: `byte-map.failure.${key}`, params };
  }
}

const NO_BITS: readonly FieldBits[] = [];

/** Kafka's own name: in a header of a record it is said of what (headerKeyLength, headerKey, ...). */
function nameIn(prefix: string, name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return prefix.includes('headers[') ? `header${last[0]?.toUpperCase()}${last.slice(1)}` : last;
}

/** The next `size` bytes as a field. */
export function take(
  list: FieldList,
  name: string,
  type: FieldType,
  size: number,
  value: string | null,
  bits: readonly FieldBits[] = NO_BITS,
): void {
  const from = list.position;
  list.position = from + size;
  list.fields.push({
    path: list.prefix + name,
    name: nameIn(list.prefix, name),
    type,
    from,
    to: from + size,
    value,
    bits,
    record: list.record,
    checksummed: from >= list.checksumFrom,
  });
}

/** What nobody reads, up to the end: one field, or none if there is nothing. */
export function takeRest(list: FieldList, end: number): void {
  if (list.position >= end) return;
  list.record = -1;
  list.prefix = '';
  const rest = list.bytes.subarray(list.position, end);
  take(list, 'unread', 'bytes', rest.length, hexOf(rest));
}

/** Every fixed-width read asks first whether there is room; v2's header and legacy messages have a least size. */
function room(list: FieldList, size: number): void {
  if (size > list.end - list.position)
    throw new Unreadable(list.position, list.missing[0], 'underflow', { size, left: list.end - list.position });
}

const INT_SIZES = { int8: 1, int16: 2, int32: 4, uint32: 4, int64: 8 } as const;
export type IntType = keyof typeof INT_SIZES;

/** The value of a big-endian integer field; int64 as BigInt. */
export function intAt(bytes: Uint8Array, at: number, type: IntType): number | bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (type) {
    case 'int8':
      return view.getInt8(at);
    case 'int16':
      return view.getInt16(at);
    case 'int32':
      return view.getInt32(at);
    case 'uint32':
      return view.getUint32(at);
    case 'int64':
      return view.getBigInt64(at);
  }
}

export function intSize(type: IntType): number {
  return INT_SIZES[type];
}

export function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}

/** An integer of fixed width; checksums are told in hexadecimal. Returns it as a number (a 64-bit one loses what is beyond 2^53). */
export function takeInt(
  list: FieldList,
  name: string,
  type: IntType,
  bitsOf: (value: number) => readonly FieldBits[] = () => NO_BITS,
): number {
  room(list, INT_SIZES[type]);
  const value = intAt(list.bytes, list.position, type);
  const number = Number(value);
  take(list, name, type, INT_SIZES[type], type === 'uint32' ? hex32(number) : String(value), bitsOf(number));
  return number;
}

/** The bytes of a variable-length integer that does not end belong to what is unread. */
function readVariable<T>(list: FieldList, read: (cursor: ByteCursor) => T): { value: T; size: number } {
  const start = list.position;
  try {
    const value = read(list);
    return { value, size: list.position - start };
  } catch {
    throw new Unreadable(start, list.missing[0], 'varint');
  } finally {
    list.position = start;
  }
}

export function takeVarint(list: FieldList, name: string): number {
  const { value, size } = readVariable(list, readVarint);
  take(list, name, 'varint', size, String(value));
  return value;
}

export function takeVarlong(list: FieldList, name: string): number | bigint {
  const { value, size } = readVariable(list, readVarlong);
  take(list, name, 'varlong', size, String(value));
  return value;
}

/** Text that comes back as the same bytes, without control characters but tab, line feed and carriage return. */
function readableText(bytes: Uint8Array): string | null {
  let isAscii = true;
  for (const byte of bytes) {
    if ((byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 0x7f) return null;
    if (byte >= 0x80) isAscii = false;
  }
  const text = utf8Text(bytes);
  if (isAscii) return text;
  if (text.includes('\ufffd')) return null;
  const back = utf8Bytes(text);
  return back.length === bytes.length && back.every((byte, i) => byte === bytes[i]) ? text : null;
}

/** A key, a value or a part of one: text where it is text, else hexadecimal. A negative size is a null of no bytes. */
export function takeBlob(list: FieldList, name: string, size: number): void {
  if (size < 0) {
    take(list, name, 'utf8', 0, null);
    return;
  }
  if (size > list.end - list.position) {
    const left = list.end - list.position;
    throw new Unreadable(list.position, list.missing[1], 'field-past-end', { name, size, left });
  }
  const bytes = list.bytes.subarray(list.position, list.position + size);
  const text = readableText(bytes);
  if (text === null) take(list, name, 'bytes', size, hexOf(bytes));
  else take(list, name, 'utf8', size, text);
}
