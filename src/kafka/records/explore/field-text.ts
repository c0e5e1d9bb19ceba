/** What somebody types for a field, as the bytes that it stands for. */
import type { ByteField, Fact, FieldType } from '../byte-field.ts';
import { bytesOfHex, utf8Bytes } from '../bytes.ts';
import { writeVarint, writeVarlong } from '../varint.ts';

export function problem(key: string, params: Fact['params'] = {}): { readonly problem: Fact } {
  return { problem: { key: `byte-map.problem.${key}`, params } };
}

const BITS: Readonly<Partial<Record<FieldType, number>>> = {
  int8: 8,
  int16: 16,
  int32: 32,
  uint32: 32,
  int64: 64,
  varint: 32,
  varlong: 64,
};
const MOST_VARIABLE = 10;

/** An integer in its field's own writing: big-endian, or of variable length. */
export function bytesOfInt(type: FieldType, value: bigint): Uint8Array {
  if (type === 'varint' || type === 'varlong') {
    const bytes = new Uint8Array(MOST_VARIABLE);
    const end = type === 'varint' ? writeVarint(bytes, 0, Number(value)) : writeVarlong(bytes, 0, value);
    return bytes.slice(0, end);
  }
  const size = (BITS[type] as number) / 8;
  const bytes = new Uint8Array(size);
  let rest = BigInt.asUintN(size * 8, value);
  for (let i = size - 1; i >= 0; i--) {
    bytes[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return bytes;
}

/** The least and the most that a field holds. */
function rangeOf(type: FieldType): readonly [bigint, bigint] {
  const bits = BigInt(BITS[type] ?? 0);
  return type === 'uint32' ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
}

type Content = { readonly bytes: Uint8Array } | { readonly problem: Fact };

export function bytesOfText(field: ByteField, text: string): Content {
  const { name, type } = field;
  if (type === 'utf8') return { bytes: utf8Bytes(text) };
  const bare = text.replace(/[\s_]/g, '');
  if (type === 'bytes' || type === 'compressed') {
    const hex = bare.replace(/^0x/i, '');
    if (/^(?:[0-9a-f]{2})*$/i.test(hex)) return { bytes: bytesOfHex(hex) };
    return problem('hex', { name });
  }
  if (type === 'uint32') {
    const [, digits] = /^(?:0x)?([0-9a-f]{1,8})$/i.exec(bare) ?? [];
    return digits === undefined ? problem('crc', { name }) : { bytes: bytesOfInt(type, BigInt(`0x${digits}`)) };
  }
  const [least, most] = rangeOf(type);
  const isNumber = /^[+-]?\d{1,20}$/.test(bare) || /^0x[0-9a-f]{1,16}$/i.test(bare);
  const value = isNumber ? BigInt(bare.replace(/^\+/, '')) : null;
  if (value === null || value < least || value > most)
    return problem('number', { name, text, least: String(least), most: String(most) });
  return { bytes: bytesOfInt(type, value) };
}
