/**
 * Variable-length integers as Kafka writes them (org.apache.kafka.common.utils.ByteUtils): base 128, low bits first;
 * the signed forms are zig-zag coded, so that small negative numbers stay short. 32-bit values are JavaScript numbers;
 * 64-bit values are numbers while they are safe integers and BigInt beyond.
 */

/** A place in a byte array that reading moves forward. `end` is exclusive. */
export interface ByteCursor {
  readonly bytes: Uint8Array;
  position: number;
  readonly end: number;
}

/** Named after the Java exception that Kafka would throw, since the vectors and the inspectors name it so. */
export class VarintError extends Error {
  readonly position: number;
  constructor(exception: 'IllegalArgumentException' | 'BufferUnderflowException', position: number) {
    super(
      exception === 'BufferUnderflowException'
        ? `a variable-length integer runs past the end of the bytes at ${position}`
        : `a variable-length integer does not end in time at byte ${position}`,
    );
    this.name = exception;
    this.position = position;
  }
}

const TWO_7 = 128;
/** Above this magnitude, doubling for zig-zag would leave the safe integers. */
const ZIGZAG_SAFE = 4503599627370495; // 2^52 - 1

export function sizeOfUnsignedVarint(value: number): number {
  const unsigned = value >>> 0;
  if (unsigned < 0x80) return 1;
  if (unsigned < 0x4000) return 2;
  if (unsigned < 0x200000) return 3;
  return unsigned < 0x10000000 ? 4 : 5;
}

export function sizeOfVarint(value: number): number {
  return sizeOfUnsignedVarint((value << 1) ^ (value >> 31));
}

export function sizeOfVarlong(value: number | bigint): number {
  if (typeof value === 'number' && value >= -ZIGZAG_SAFE && value <= ZIGZAG_SAFE) {
    if (value >= -0x40000000 && value < 0x40000000) return sizeOfVarint(value);
    let zigzag = value >= 0 ? value * 2 : -value * 2 - 1;
    let size = 1;
    while (zigzag >= TWO_7) {
      zigzag = Math.floor(zigzag / TWO_7);
      size++;
    }
    return size;
  }
  return sizeOfUnsignedVarlong(zigzagOf(BigInt(value)));
}

/** The size of a 64-bit value; a negative one counts as its two's complement (always 10 bytes), as in Java. */
export function sizeOfUnsignedVarlong(value: bigint): number {
  let rest = BigInt.asUintN(64, value);
  let size = 1;
  while (rest >= 128n) {
    rest >>= 7n;
    size++;
  }
  return size;
}

function zigzagOf(value: bigint): bigint {
  return BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
}

/** Each writer returns the position after what it wrote; the caller has made sure that there is room. */
export function writeUnsignedVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value >>> 0;
  let position = at;
  while (rest >= TWO_7) {
    bytes[position++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[position++] = rest;
  return position;
}

export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  return writeUnsignedVarint(bytes, at, (value << 1) ^ (value >> 31));
}

export function writeVarlong(bytes: Uint8Array, at: number, value: number | bigint): number {
  if (typeof value === 'number' && value >= -ZIGZAG_SAFE && value <= ZIGZAG_SAFE) {
    if (value >= -0x40000000 && value < 0x40000000) return writeVarint(bytes, at, value);
    let zigzag = value >= 0 ? value * 2 : -value * 2 - 1;
    let position = at;
    while (zigzag >= TWO_7) {
      const rest = Math.floor(zigzag / TWO_7);
      bytes[position++] = (zigzag - rest * TWO_7) | 0x80;
      zigzag = rest;
    }
    bytes[position++] = zigzag;
    return position;
  }
  return writeUnsignedVarlong(bytes, at, zigzagOf(BigInt(value)));
}

export function writeUnsignedVarlong(bytes: Uint8Array, at: number, value: bigint): number {
  let rest = BigInt.asUintN(64, value);
  let position = at;
  while (rest >= 128n) {
    bytes[position++] = Number(rest & 0x7fn) | 0x80;
    rest >>= 7n;
  }
  bytes[position++] = Number(rest);
  return position;
}

function readByte(cursor: ByteCursor): number {
  if (cursor.position >= cursor.end) throw new VarintError('BufferUnderflowException', cursor.position);
  return cursor.bytes[cursor.position++];
}

/** Signed 32-bit result, as Java's int; a fifth byte with the top bit set is refused, higher bits of it are lost. */
export function readUnsignedVarint(cursor: ByteCursor): number {
  let value = 0;
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = readByte(cursor);
    if (byte < 0x80) return value | (byte << shift);
    value |= (byte & 0x7f) << shift;
  }
  const last = readByte(cursor);
  if (last >= 0x80) throw new VarintError('IllegalArgumentException', cursor.position);
  return value | (last << 28);
}

export function readVarint(cursor: ByteCursor): number {
  const raw = readUnsignedVarint(cursor);
  return (raw >>> 1) ^ -(raw & 1);
}

/** Unsigned 64 bits in at most ten bytes; of the tenth only the lowest bit counts. */
export function readUnsignedVarlong(cursor: ByteCursor): bigint {
  let value = 0n;
  for (let shift = 0n; shift <= 63n; shift += 7n) {
    const byte = readByte(cursor);
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asUintN(64, value);
  }
  throw new VarintError('IllegalArgumentException', cursor.position);
}

export function readVarlong(cursor: ByteCursor): number | bigint {
  const start = cursor.position;
  let small = 0;
  // Four bytes hold what nearly every timestamp delta needs, without BigInt.
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = readByte(cursor);
    small |= (byte & 0x7f) << shift;
    if (byte < 0x80) return (small >>> 1) ^ -(small & 1);
  }
  cursor.position = start;
  const raw = readUnsignedVarlong(cursor);
  const value = BigInt.asIntN(64, (raw >> 1n) ^ -(raw & 1n));
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
