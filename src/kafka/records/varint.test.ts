import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkVectorFile } from '../../cli/check-vectors.ts';
import vectors from '../vectors/varint.json?raw';
import { readVarint, readVarlong, sizeOfVarint, sizeOfVarlong, writeVarint, writeVarlong } from './varint.ts';

// The same cases in every run: a failure can be repeated.
fc.configureGlobal({ seed: 20 });

test('golden vectors: varint', () => {
  expect(checkVectorFile(JSON.parse(vectors), 'varint.json')).toEqual({ passed: 169, failed: 0, misses: [] });
});

test('what is written is read back, and its size is what arithmetic said', () => {
  const bytes = new Uint8Array(16);
  fc.assert(
    fc.property(fc.integer(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (int, long) => {
      const end = writeVarint(bytes, 3, int);
      expect(end - 3).toBe(sizeOfVarint(int));
      expect(readVarint({ bytes, position: 3, end })).toBe(int);
      const longEnd = writeVarlong(bytes, 1, long);
      expect(longEnd - 1).toBe(sizeOfVarlong(long));
      expect(BigInt(readVarlong({ bytes, position: 1, end: longEnd }))).toBe(long);
    }),
  );
});

test('a safe integer is written alike as a number and as a BigInt', () => {
  const [ofNumber, ofBigInt] = [new Uint8Array(16), new Uint8Array(16)];
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(writeVarlong(ofNumber, 0, value)).toBe(writeVarlong(ofBigInt, 0, BigInt(value)));
      expect(ofNumber).toEqual(ofBigInt);
      expect(sizeOfVarlong(value)).toBe(sizeOfVarlong(BigInt(value)));
    }),
  );
});

test('an error says where', () => {
  const bytes = Uint8Array.of(0x80, 0x80);
  expect(() => readVarint({ bytes, position: 0, end: 2 })).toThrow('past the end of the bytes at 2');
});
