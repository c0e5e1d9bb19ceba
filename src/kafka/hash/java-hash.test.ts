import { expect, test } from 'vitest';
import { checkVectorFile } from '../../cli/check-vectors.ts';
import partitionVectors from '../vectors/group-coordinator-partition.json?raw';
import orderVectors from '../vectors/java-hash-order.json?raw';
import randomVectors from '../vectors/java-random.json?raw';
import { javaHashMapOrder, javaUuidHash } from './java-hash-map-order.ts';
import { javaRandom, nextInt, nextIntBelow } from './java-random.ts';
import { groupCoordinatorPartition, javaStringHash } from './java-string-hash.ts';

test('golden vectors: group-coordinator-partition', () => {
  const report = checkVectorFile(JSON.parse(partitionVectors), 'group-coordinator-partition.json');
  expect(report).toEqual({ passed: 110, failed: 0, misses: [] });
});

test('golden vectors: java-random', () => {
  const report = checkVectorFile(JSON.parse(randomVectors), 'java-random.json');
  expect(report).toEqual({ passed: 20, failed: 0, misses: [] });
});

test('golden vectors: java-hash-order', () => {
  const report = checkVectorFile(JSON.parse(orderVectors), 'java-hash-order.json');
  expect(report).toEqual({ passed: 100, failed: 0, misses: [] });
});

test('rule 60: the coordinator is the leader of abs(hash) mod 50, and of 0 for the smallest hash', () => {
  expect(groupCoordinatorPartition('g')).toBe(3);
  expect(javaStringHash('polygenelubricants')).toBe(-2147483648);
  expect(groupCoordinatorPartition('polygenelubricants')).toBe(0);
});

test('the state of a Random is plain data: a copy goes on alike', () => {
  const random = javaRandom(42);
  nextInt(random);
  const copy = structuredClone(random);
  expect(nextIntBelow(copy, 1000)).toBe(nextIntBelow(random, 1000));
  expect(() => nextIntBelow(random, 0)).toThrow('must be positive');
});

test('a small table grows when nine keys meet in one bucket', () => {
  // Hashes 0, 16, ... 128 share a bucket of 16; in a table of 32 they are split into even and odd multiples.
  const keys = [0, 16, 32, 48, 64, 80, 96, 112, 128];
  expect(javaHashMapOrder(keys, (key) => key)).toEqual([0, 32, 64, 96, 128, 16, 48, 80, 112]);
  expect(javaHashMapOrder(keys.slice(0, 8), (key) => key)).toEqual(keys.slice(0, 8));
});

test('a text that is no id of Kafka is refused', () => {
  expect(() => javaUuidHash('short')).toThrow('not a Kafka id');
});
