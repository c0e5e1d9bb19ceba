/** Big-endian integers in bytes, with all 64 bits: the old formats are read as they are, however broken they came. */

/** A number while it is a safe integer, else a BigInt. */
export type Int64 = number | bigint;

export function int32At(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
}

export function int16At(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) >> 16) | bytes[at + 1];
}

export function bigInt64At(bytes: Uint8Array, at: number): bigint {
  return (BigInt(int32At(bytes, at)) << 32n) | BigInt(int32At(bytes, at + 4) >>> 0);
}

export function putInt32(target: Uint8Array, at: number, value: number): void {
  target[at] = value >>> 24;
  target[at + 1] = value >>> 16;
  target[at + 2] = value >>> 8;
  target[at + 3] = value;
}

export function putInt64(target: Uint8Array, at: number, value: Int64): void {
  if (typeof value === 'number') {
    putInt32(target, at, Math.floor(value / 4294967296));
    putInt32(target, at + 4, value >>> 0);
    return;
  }
  putInt32(target, at, Number(BigInt.asIntN(32, value >> 32n)));
  putInt32(target, at + 4, Number(BigInt.asIntN(32, value)));
}

/** The value as others of the project carry it. */
export function int64(value: bigint): Int64 {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** What Java's long arithmetic leaves of a sum or a difference. */
export function wrapInt64(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}
