/** How the bytes of a field become its value, as steps that can be drawn. Pure; figures are text, since int64 passes 2^53. */
import type { ByteField } from '../../kafka/records/byte-field.ts';

export type How =
  /** Big-endian: each byte times its place; `unsigned` is the sum, `value` what it says with the sign. */
  | {
      readonly kind: 'int';
      readonly bits: number;
      readonly signed: boolean;
      readonly hex: string;
      readonly unsigned: string;
      readonly value: string;
    }
  /** Seven bits a byte, the low ones first; the highest bit says that another byte follows. Then zig-zag. */
  | {
      readonly kind: 'varint';
      readonly groups: readonly { readonly more: boolean; readonly bits: string; readonly number: number }[];
      readonly unsigned: string;
      readonly value: string;
    }
  /** Hexadecimal, as it stands there. */
  | { readonly kind: 'hex'; readonly hex: string }
  | { readonly kind: 'text'; readonly bytes: number; readonly signs: number }
  | { readonly kind: 'bytes'; readonly bytes: number }
  /** No bytes of its own: its length says that there is nothing, or no more than nothing. */
  | { readonly kind: 'none'; readonly isNull: boolean };

const INT_BITS: Readonly<Record<string, number>> = { int8: 8, int16: 16, int32: 32, int64: 64 };

const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0');

/** At most `most` bytes; then an ellipsis. */
export function hexText(bytes: Uint8Array, from: number, to: number, most = 24): string {
  const shown = [...bytes.subarray(from, Math.min(to, from + most))].map(hexByte).join(' ');
  return to - from > most ? `${shown} …` : shown;
}

function varintSteps(bytes: Uint8Array, { from, to, value }: ByteField): How {
  const groups: { more: boolean; bits: string; number: number }[] = [];
  let unsigned = 0n;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    groups.push({
      more: byte >= 128,
      bits: (byte & 127).toString(2).padStart(7, '0'),
      number: byte & 127,
    });
    unsigned |= BigInt(byte & 127) << BigInt(7 * (i - from));
  }
  return { kind: 'varint', groups, unsigned: String(unsigned), value: value ?? '' };
}

export function howOf(bytes: Uint8Array, field: ByteField): How {
  const { type, from, to, value } = field;
  if (from === to) return { kind: 'none', isNull: value === null };
  if (type === 'varint' || type === 'varlong') return varintSteps(bytes, field);
  if (type === 'uint32') return { kind: 'hex', hex: hexText(bytes, from, to) };
  if (type === 'utf8') return { kind: 'text', bytes: to - from, signs: [...(value ?? '')].length };
  const bits = INT_BITS[type];
  if (bits === undefined) return { kind: 'bytes', bytes: to - from };
  let unsigned = 0n;
  for (let i = from; i < to; i++) unsigned = (unsigned << 8n) | BigInt(bytes[i]!);
  return {
    kind: 'int',
    bits,
    signed: String(unsigned) !== value,
    hex: hexText(bytes, from, to).replaceAll(' ', ''),
    unsigned: String(unsigned),
    value: value ?? '',
  };
}

/** Milliseconds since 1970 as UTC; null for what is no moment (-1, or beyond what a calendar holds). */
export function momentOf({ name, value }: ByteField): string | null {
  if (!/[tT]imestamp$/.test(name) || value === null || !/^\d{1,15}$/.test(value)) return null;
  const date = new Date(Number(value));
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** Where the sentence about a field stands: by its format, and by what it is a part of. */
export function purposeKey(field: ByteField, magic: 0 | 1 | 2, inner: boolean): string {
  const part = magic === 2 ? (field.record < 0 && !inner ? 'batch' : 'record') : 'message';
  const name = field.type === 'compressed' ? 'compressed' : field.name;
  return `bytes.for.${part}.${name}`;
}
