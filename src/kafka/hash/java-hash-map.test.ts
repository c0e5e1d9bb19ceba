import { expect, test } from 'vitest';
import orderVectors from '../vectors/java-hash-order.json?raw';
import { JavaHashMap, JavaHashSet } from './java-hash-map.ts';
import { javaHashMapOrder, javaUuidHash } from './java-hash-map-order.ts';
import { javaStringHash } from './java-string-hash.ts';
import { compareUuids, topicIdOfUuid, topicUuid } from './uuid.ts';

const itself = (key: number) => key;

test('golden vectors: a map that can be changed has the order of one that is filled at once', () => {
  const { cases } = JSON.parse(orderVectors) as { cases: { kind: string; insert: string[]; hashMapOrder: string[] }[] };
  const strings = cases.filter(({ kind }) => kind === 'string');
  expect(strings.length).toBeGreaterThan(50);
  for (const { insert, hashMapOrder } of strings) {
    const map = new JavaHashMap<string, number>(javaStringHash);
    for (const [at, key] of insert.entries()) map.set(key, at);
    expect(map.keys()).toEqual(hashMapOrder);
    expect(map.entries().every(([key, at]) => insert[at] === key || insert.indexOf(key) !== at)).toBe(true);
    // What is removed leaves the others as they were; the table does not shrink.
    for (const key of insert.slice(0, 5)) map.delete(key);
    expect(map.keys()).toEqual(hashMapOrder.filter((key) => !insert.slice(0, 5).includes(key)));
  }
});

test('computeIfAbsent puts a new key at the head of its bucket, and grows the table before and not after', () => {
  const filled = new JavaHashMap<number, string>(itself);
  for (const key of [0, 16, 32]) filled.set(key, 'put');
  expect(filled.keys()).toEqual([0, 16, 32]);
  const made = new JavaHashMap<number, string>(itself);
  for (const key of [0, 16, 32]) made.getOrMake(key, () => 'made');
  expect(made.keys()).toEqual([32, 16, 0]);
  expect([made.getOrMake(16, () => 'again'), made.size]).toEqual(['made', 3]);
  // The 13th key is one too many for 16 buckets: put grows at once, computeIfAbsent with the next call.
  const keys = Array.from({ length: 13 }, (_, at) => at * 16);
  const late = new JavaHashMap<number, number>((key) => (key === 192 ? 16 : key / 16));
  for (const key of keys) late.getOrMake(key, () => key);
  expect(late.keys().slice(0, 2)).toEqual([192, 0]);
  late.getOrMake(0, () => 0);
  expect(late.keys().slice(0, 2)).toEqual([0, 16]);
  expect(late.keys().at(-1)).toBe(192);
});

test('a set of a list, and one of a given capacity', () => {
  expect(new JavaHashSet(itself, [17, 1, 3]).keys()).toEqual([17, 1, 3]);
  expect(new JavaHashSet(itself, [17, 1, 3], 32).keys()).toEqual([1, 3, 17]);
  const set = new JavaHashSet(itself, [5]);
  expect([set.has(5), set.delete(5), set.delete(5), set.size]).toEqual([true, true, false, 0]);
  expect(javaHashMapOrder([17, 1, 3], itself)).toEqual([17, 1, 3]);
});

test('a topic’s Uuid holds its dense id, and its hash code is that id', () => {
  for (const id of [0, 1, 3, 4, 63, 64, 255, 4095, 70000]) {
    expect(topicIdOfUuid(topicUuid(id))).toBe(id);
    expect(javaUuidHash(topicUuid(id))).toBe(id);
  }
  expect(topicUuid(1)).toBe('AAAAAAAAAAAAAAAAAAAAAQ');
  expect(() => topicIdOfUuid('short')).toThrow('not a Kafka id');
});

test('Uuids compare by signed halves', () => {
  // The high half of _-wS... is negative, that of 66E8... too (e = 111010), that of L955... positive (L = 001011).
  expect(compareUuids('_-wS5o7MoGARzdTW1k822g', 'L9557tJm785XxafcA_bMpA')).toBeLessThan(0);
  expect(compareUuids('L9557tJm785XxafcA_bMpA', 'L9557tJm785XxafcA_bMpA')).toBe(0);
  expect(compareUuids(topicUuid(3), topicUuid(20))).toBeLessThan(0);
  // 10 zero digits, then the sign of the low half: AAAAAAAAAACA... is negative there.
  expect(compareUuids(`${'A'.repeat(10)}C${'A'.repeat(11)}`, topicUuid(0))).toBeLessThan(0);
});
