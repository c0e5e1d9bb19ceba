import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Bytes } from './bytes.ts';
import { crc32c } from './crc32c.ts';

// The same cases in every run: a failure can be repeated.
fc.configureGlobal({ seed: 20 });

/** The definition, a bit at a time. */
function slowCrc32c(bytes: Uint8Array): number {
  let register = ~0;
  for (const byte of bytes) {
    register ^= byte;
    for (let bit = 0; bit < 8; bit++) register = (register & 1) !== 0 ? (register >>> 1) ^ 0x82f63b78 : register >>> 1;
  }
  return ~register >>> 0;
}

test('the check value of the CRC catalogue and the examples of RFC 3720', () => {
  expect(crc32c(utf8Bytes('123456789'))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
  expect(crc32c(Uint8Array.from({ length: 32 }, (_unused, index) => index))).toBe(0x46dd794e);
  expect(crc32c(new Uint8Array(0))).toBe(0);
});

test('eight bytes a step gives what one bit a step gives, at every length and place', () => {
  const bytes = Uint8Array.from({ length: 100 }, (_unused, index) => Math.imul(index + 1, 0x9e3779b1) >>> 24);
  for (let start = 0; start < 9; start++) {
    for (let end = start; end <= bytes.length; end++) {
      expect([start, end, crc32c(bytes, start, end)]).toEqual([start, end, slowCrc32c(bytes.slice(start, end))]);
    }
  }
});

test('a checksum can be continued from where it stopped', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), (bytes, cut) => {
      const middle = Math.min(cut, bytes.length);
      expect(crc32c(bytes, middle, bytes.length, crc32c(bytes, 0, middle))).toBe(crc32c(bytes));
    }),
  );
});
