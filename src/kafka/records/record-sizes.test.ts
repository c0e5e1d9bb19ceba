import { expect, test } from 'vitest';
import { checkVectorFile } from '../../cli/check-vectors.ts';
import vectors from '../vectors/record-sizes.json?raw';
import { decrementSequence, incrementSequence } from './record-sizes.ts';

test('golden vectors: record-sizes', () => {
  expect(checkVectorFile(JSON.parse(vectors), 'record-sizes.json')).toEqual({ passed: 104, failed: 0, misses: [] });
});

test('rule 40: sequences wrap after 2147483647', () => {
  expect(incrementSequence(2147483647, 1)).toBe(0);
  expect(decrementSequence(0, 1)).toBe(2147483647);
});
