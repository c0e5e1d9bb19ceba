import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfHex, hexOf, sizeOfBytes, utf8Bytes, utf8Size, utf8Text } from './bytes.ts';

// The same cases in every run: a failure can be repeated.
fc.configureGlobal({ seed: 20 });

test('well-formed text has the bytes and the size that everybody gives it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(hexOf(utf8Bytes(text))).toBe(hexOf(new TextEncoder().encode(text)));
      expect(utf8Size(text)).toBe(utf8Bytes(text).length);
      expect(utf8Text(utf8Bytes(text))).toBe(text);
    }),
  );
});

test('a surrogate without its partner becomes a question mark, as Java writes it', () => {
  expect(utf8Text(utf8Bytes('a\ud800b'))).toBe('a?b');
  expect(utf8Text(utf8Bytes('\udc00\ud83d\ude00\ud83d'))).toBe('?\u{1f600}?');
  expect(utf8Size('\udc00\ud83d\ude00\ud83d')).toBe(6);
});

test('a byte order mark is kept', () => {
  expect(utf8Text(utf8Bytes('\ufeffa'))).toBe('\ufeffa');
});

test('sizes: null is -1, a string counts its bytes', () => {
  expect([null, '', '\u00e9', new Uint8Array(3)].map(sizeOfBytes)).toEqual([-1, 0, 2, 3]);
});

test('broken hexadecimal is refused', () => {
  expect(() => bytesOfHex('abc')).toThrow('not hexadecimal');
  expect(() => bytesOfHex('zz')).toThrow('not hexadecimal');
});
