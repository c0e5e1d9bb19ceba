/**
 * The order in which java.util.HashMap and HashSet hand out their keys. Some of Kafka's choices follow it (the racks of
 * StripedReplicaPlacer draw their random start in this order, assignors walk over maps of members), so a faithful copy
 * of the choice needs it.
 */
import { javaStringHash } from './java-string-hash.ts';

export const DEFAULT_CAPACITY = 16;
const TREEIFY_THRESHOLD = 8;
const MIN_TREEIFY_CAPACITY = 64;
const LOAD_FACTOR = 0.75;

interface Entry<K> {
  readonly key: K;
  readonly hash: number;
}

export type HashCode<K> = (key: K) => number;

/**
 * The order of `new HashMap(initialCapacity)` after putting the keys in the order given; equal keys (===) are put once.
 * A bucket keeps the order of insertion, and doubling the table splits it without changing that order. Buckets that
 * Java turns into trees (nine keys in one bucket of a table of 64 or more) are not modelled.
 */
export function javaHashMapOrder<K>(
  keys: readonly K[],
  hashCode: HashCode<K>,
  initialCapacity = DEFAULT_CAPACITY,
): K[] {
  let table: Entry<K>[][] = emptyTable(tableSizeFor(initialCapacity));
  let size = 0;
  for (const key of keys) {
    const code = hashCode(key);
    const hash = code ^ (code >>> 16);
    const bucket = table[hash & (table.length - 1)];
    if (bucket.some((entry) => entry.key === key)) continue;
    bucket.push({ key, hash });
    // A long bucket makes a small table grow instead of turning into a tree.
    if (bucket.length > TREEIFY_THRESHOLD && table.length < MIN_TREEIFY_CAPACITY) table = doubled(table);
    size++;
    if (size > table.length * LOAD_FACTOR) table = doubled(table);
  }
  return table.flatMap((bucket) => bucket.map((entry) => entry.key));
}

/** The order of `new HashMap(map)`: its table is sized for what is copied, and filled in the old map's order. */
export function javaHashMapCopyOrder<K>(mapOrder: readonly K[], hashCode: HashCode<K>): K[] {
  const capacity = Math.floor(Math.fround(Math.fround(mapOrder.length / LOAD_FACTOR) + 1));
  return javaHashMapOrder(mapOrder, hashCode, capacity);
}

/** The order of `new HashSet(collection)`. */
export function javaHashSetOrder<K>(collection: readonly K[], hashCode: HashCode<K>): K[] {
  const capacity = Math.floor(Math.fround(collection.length / LOAD_FACTOR)) + 1;
  return javaHashMapOrder(collection, hashCode, Math.max(capacity, DEFAULT_CAPACITY));
}

/** org.apache.kafka.common.TopicPartition.hashCode. */
export function javaTopicPartitionHash(topic: string, partition: number): number {
  return (Math.imul(31, (31 + partition) | 0) + javaStringHash(topic)) | 0;
}

const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** org.apache.kafka.common.Uuid.hashCode of an id in Kafka's base64 form: its four 32-bit words, XORed. */
export function javaUuidHash(id: string): number {
  let hash = 0;
  // 22 digits of 6 bits hold 128 bits and 4 unused ones at the end.
  for (let index = 0; index < 22; index++) {
    const digit = BASE64_URL.indexOf(id.charAt(index));
    if (digit < 0 || id.length !== 22) throw new Error(`not a Kafka id: ${id}`);
    const position = index * 6;
    for (let bit = 0; bit < 6 && position + bit < 128; bit++) {
      if ((digit & (32 >> bit)) !== 0) hash ^= 1 << (31 - ((position + bit) & 31));
    }
  }
  return hash;
}

function tableSizeFor(capacity: number): number {
  let size = 1;
  while (size < capacity) size *= 2;
  return size;
}

function emptyTable<K>(capacity: number): Entry<K>[][] {
  return Array.from({ length: capacity }, () => []);
}

function doubled<K>(table: Entry<K>[][]): Entry<K>[][] {
  const larger = emptyTable<K>(table.length * 2);
  for (const bucket of table) for (const entry of bucket) larger[entry.hash & (larger.length - 1)].push(entry);
  return larger;
}
