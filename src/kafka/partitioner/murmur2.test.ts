import { expect, test } from 'vitest';
import { checkVectorFile } from '../../cli/check-vectors.ts';
import vectors from '../vectors/murmur2-partition.json?raw';
import { partitionForKey, toPositive, utf8Bytes } from './murmur2.ts';

test('golden vectors: murmur2-partition', () => {
  const report = checkVectorFile(JSON.parse(vectors), 'murmur2-partition.json');
  expect(report).toEqual({ passed: 200, failed: 0, misses: [] });
});

test('a key as text and as bytes goes to the same partition; no key goes to none', () => {
  expect(partitionForKey('order-17', 12)).toBe(partitionForKey(utf8Bytes('order-17'), 12));
  expect(() => partitionForKey(null, 12)).toThrow('without a key');
});

test('toPositive clears the sign bit and does not mirror', () => {
  expect([toPositive(-1), toPositive(-2147483648), toPositive(5)]).toEqual([2147483647, 0, 5]);
});
