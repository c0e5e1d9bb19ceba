/**
 * CRC-32 (IEEE 802.3), the checksum of messages of formats v0 and v1, of gzip and of zip (java.util.zip.CRC32). Eight bytes a step by
 * eight tables, as crc32c.ts; only old formats need it, so it stands apart.
 */

const POLYNOMIAL = 0xedb88320; // reversed form of 0x04C11DB7
const SLICES = 8;

/** Table k (entries 256k to 256k+255) says what a byte does to the register when k zero bytes follow it. */
function makeTables(): Int32Array[] {
  const first = new Int32Array(256);
  for (let value = 0; value < 256; value++) {
    let register = value;
    for (let bit = 0; bit < 8; bit++) register = (register & 1) !== 0 ? (register >>> 1) ^ POLYNOMIAL : register >>> 1;
    first[value] = register;
  }
  const tables = [first];
  for (let slice = 1; slice < SLICES; slice++) {
    const before = tables[slice - 1];
    const table = new Int32Array(256);
    for (let value = 0; value < 256; value++) table[value] = (before[value] >>> 8) ^ first[before[value] & 0xff];
    tables.push(table);
  }
  return tables;
}

const [T0, T1, T2, T3, T4, T5, T6, T7] = makeTables();

/** The checksum of bytes[start, end), unsigned. `seed` is the checksum of what came before. */
export function crc32(bytes: Uint8Array, start = 0, end = bytes.length, seed = 0): number {
  let register = ~seed;
  let at = start;
  for (const stop = end - SLICES; at <= stop; at += SLICES) {
    const low = register ^ (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24));
    register =
      T7[low & 0xff] ^
      T6[(low >>> 8) & 0xff] ^
      T5[(low >>> 16) & 0xff] ^
      T4[low >>> 24] ^
      T3[bytes[at + 4]] ^
      T2[bytes[at + 5]] ^
      T1[bytes[at + 6]] ^
      T0[bytes[at + 7]];
  }
  for (; at < end; at++) register = (register >>> 8) ^ T0[(register ^ bytes[at]) & 0xff];
  return ~register >>> 0;
}
