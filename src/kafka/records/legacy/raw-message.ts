/**
 * One message of format v0 or v1 as it lies in bytes, trusted in nothing (Kafka: LegacyRecord and the batches over it).
 * Each getter throws what Java would throw at the same place: a message whose sizes lie is only noticed by whoever looks.
 *
 *   0 offset (8) | 8 length (4) | 12 crc (4) | 16 magic (1) | 17 attributes (1) | v1: 18 timestamp (8) | key | value
 */

import { COMPRESSION_TYPES, type CompressionType } from '../codec.ts';
import type { TimestampType } from '../record-batch.ts';
import { LEGACY_RECORD_OVERHEAD_V0, LOG_OVERHEAD } from '../record-sizes.ts';
import { crc32 } from './crc32.ts';
import { FormatError } from './format-error.ts';
import { bigInt64At, int32At } from './int64.ts';
import { hex32, refused } from './refusal-keys.ts';

/** v0 has no time at all. */
export type LegacyTimestampType = 'NoTimestampType' | TimestampType;

export interface RawMessage {
  readonly bytes: Uint8Array;
  /** Where its offset stands, and the byte after its last. */
  readonly at: number;
  readonly end: number;
  /** As a reader counts it: that of an inner message of format v1 is absolute here, though its bytes say a relative one. */
  readonly offset: bigint;
  /** Time and kind of time of the wrapper around it (format v1), null outside of one. */
  readonly wrapper: { readonly timestamp: bigint; readonly timestampType: LegacyTimestampType } | null;
  /** For an inner message: the byte of the outer message where its wrapper's value begins; else -1. */
  readonly outerPosition: number;
}

export const CRC_AT = 12;
export const MAGIC_AT = 16;
export const ATTRIBUTES_AT = 17;
export const TIMESTAMP_AT = 18;

export const CODEC_MASK = 0x07;
export const TIMESTAMP_TYPE_MASK = 0x08;

/** The message that starts at `at` and counts `size` bytes, offset and length included. */
export function rawMessage(bytes: Uint8Array, at: number, size: number): RawMessage {
  return { bytes, at, end: at + size, offset: bigInt64At(bytes, at), wrapper: null, outerPosition: -1 };
}

/** Where an error is shown: inside a wrapper there is no byte of its own, so the wrapper's value stands for it. */
export function positionOf(message: RawMessage, offset: number): number {
  return message.outerPosition < 0 ? message.at + offset : message.outerPosition;
}

function outside(message: RawMessage, offset: number, what: string): never {
  const fact = refused('outside', { field: what });
  throw new FormatError(
    'IndexOutOfBoundsException',
    positionOf(message, Math.min(Math.max(offset, 0), message.end - message.at)),
    fact,
    `the ${what} would stand outside of the message`,
  );
}

/** A 32-bit field; Java's buffer refuses a place outside of the message. */
function intField(message: RawMessage, offset: number, what: string): number {
  if (offset < LOG_OVERHEAD || message.at + offset + 4 > message.end) outside(message, offset, what);
  return int32At(message.bytes, message.at + offset);
}

export function magicOf(message: RawMessage): number {
  return (message.bytes[message.at + MAGIC_AT] << 24) >> 24;
}

export function attributesOf(message: RawMessage): number {
  return message.bytes[message.at + ATTRIBUTES_AT];
}

/** The size that `length` counts: without offset and length themselves. */
export function recordSizeOf(message: RawMessage): number {
  return message.end - message.at - LOG_OVERHEAD;
}

export function storedCrc(message: RawMessage): number {
  return int32At(message.bytes, message.at + CRC_AT) >>> 0;
}

export function computedCrc(message: RawMessage): number {
  return crc32(message.bytes, message.at + MAGIC_AT, message.end);
}

export function isValid(message: RawMessage): boolean {
  return recordSizeOf(message) >= LEGACY_RECORD_OVERHEAD_V0 && storedCrc(message) === computedCrc(message);
}

/** LegacyRecord.ensureValid. */
export function ensureValid(message: RawMessage): void {
  if (isValid(message)) return;
  const [stored, computed] = [storedCrc(message), computedCrc(message)];
  throw new FormatError(
    'CorruptRecordException',
    positionOf(message, CRC_AT),
    refused('crc', { stored: hex32(stored), computed: hex32(computed) }),
    `stored checksum ${stored} differs from the computed ${computed}`,
  );
}

/** Attributes 5 to 7 name no codec: Kafka throws as soon as anybody asks which one it is. */
export function codecOf(message: RawMessage): CompressionType {
  return codecOfNumber(attributesOf(message) & CODEC_MASK, positionOf(message, ATTRIBUTES_AT));
}

export function codecOfNumber(number: number, position: number): CompressionType {
  const codec = COMPRESSION_TYPES[number];
  if (codec !== undefined) return codec;
  throw new FormatError(
    'IllegalArgumentException',
    position,
    refused('codec-unknown', { number }),
    `compression number ${number} is unknown`,
  );
}

/** LegacyRecord.timestamp: none in v0; the wrapper's under LogAppendTime; else its own. */
export function timestampOf(message: RawMessage): bigint {
  if (magicOf(message) === 0) return -1n;
  if (message.wrapper !== null && message.wrapper.timestampType === 'LogAppendTime') return message.wrapper.timestamp;
  if (message.at + TIMESTAMP_AT + 8 > message.end) outside(message, TIMESTAMP_AT, 'timestamp');
  return bigInt64At(message.bytes, message.at + TIMESTAMP_AT);
}

export function timestampTypeOf(message: RawMessage): LegacyTimestampType {
  if (magicOf(message) === 0) return 'NoTimestampType';
  if (message.wrapper !== null) return message.wrapper.timestampType;
  return (attributesOf(message) & TIMESTAMP_TYPE_MASK) === 0 ? 'CreateTime' : 'LogAppendTime';
}

/** Whatever is not format v0 is laid out as v1. */
function keySizeAt(message: RawMessage): number {
  return magicOf(message) === 0 ? TIMESTAMP_AT : TIMESTAMP_AT + 8;
}

export function keySizeOf(message: RawMessage): number {
  return intField(message, keySizeAt(message), 'key size');
}

export function hasKey(message: RawMessage): boolean {
  return keySizeOf(message) >= 0;
}

export function keyBytes(message: RawMessage): Uint8Array | null {
  return sizedField(message, keySizeAt(message), 'key');
}

/** Where the size of the value stands: behind the key, wherever its size says that it ends (as a 32-bit sum, as in Java). */
function valueSizeAt(message: RawMessage): number {
  return (keySizeAt(message) + 4 + Math.max(0, keySizeOf(message))) | 0;
}

export function valueBytes(message: RawMessage): Uint8Array | null {
  return sizedField(message, valueSizeAt(message), 'value');
}

/** The byte after the last that key and value take; a message may be longer than that, and nobody minds. */
export function contentEnd(message: RawMessage): number {
  const at = valueSizeAt(message);
  return message.at + at + 4 + Math.max(0, intField(message, at, 'value size'));
}

/** Where the value's bytes begin, in the bytes that hold the message. */
export function valuePosition(message: RawMessage): number {
  return message.at + valueSizeAt(message) + 4;
}

/** Utils.sizeDelimited: a negative size is null; the bytes are copied. */
function sizedField(message: RawMessage, offset: number, what: 'key' | 'value'): Uint8Array | null {
  const size = intField(message, offset, `${what} size`);
  if (size < 0) return null;
  const from = message.at + offset + 4;
  if (size > message.end - from) {
    throw new FormatError(
      'IllegalArgumentException',
      positionOf(message, offset),
      refused('field-too-long', { field: what, size, left: message.end - from }),
      `the ${what} claims ${size} bytes, ${message.end - from} are left`,
    );
  }
  return message.bytes.slice(from, from + size);
}

/** What Java's text of a message looks at: an error message with the record in it can itself run into broken sizes. */
export function lookedAtInText(message: RawMessage): void {
  codecOf(message);
  if (magicOf(message) > 0) timestampOf(message);
  keyBytes(message);
  valueBytes(message);
}
