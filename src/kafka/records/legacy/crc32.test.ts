import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Bytes } from '../bytes.ts';
import { crc32 } from './crc32.ts';

fc.configureGlobal({ seed: 61 });

/** Bit by bit, as the definition says. */
function slowCrc32(bytes: Uint8Array): number {
  let register = 0xffffffff;
  for (const byte of bytes) {
    register ^= byte;
    for (let bit = 0; bit < 8; bit++) register = (register & 1) !== 0 ? (register >>> 1) ^ 0xedb88320 : register >>> 1;
  }
  return ~register >>> 0;
}

test('the check value of CRC-32, and nothing for nothing', () => {
  expect(crc32(utf8Bytes('123456789'))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
});

test('eight bytes a step give what one bit a step gives, at every place and in two parts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), fc.nat(70), fc.nat(70), (bytes, a, b) => {
      const [start, end] = [Math.min(a, b, bytes.length), Math.min(Math.max(a, b), bytes.length)];
      expect(crc32(bytes, start, end)).toBe(slowCrc32(bytes.slice(start, end)));
      expect(crc32(bytes, start, bytes.length, crc32(bytes, 0, start))).toBe(slowCrc32(bytes));
    }),
  );
});
