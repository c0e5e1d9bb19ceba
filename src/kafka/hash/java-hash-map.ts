/**
 * A java.util.HashMap that can be changed: the order of its keys is that of Java's buckets at every moment, after removals too.
 * Used where Kafka's algorithms change a map or set while they go over it. Like java-hash-map-order.ts it does not model the
 * trees of long buckets.
 */
import { DEFAULT_CAPACITY, type HashCode } from './java-hash-map-order.ts';

const TREEIFY_THRESHOLD = 8;
const MIN_TREEIFY_CAPACITY = 64;
const LOAD_FACTOR = 0.75;

interface Entry<K, V> {
  readonly key: K;
  readonly hash: number;
  value: V;
}

/** Made when the first key comes, as in Java; so are the buckets. */
type Table<K, V> = (Entry<K, V>[] | undefined)[];

/** Keys are compared by ===. */
export class JavaHashMap<K, V> {
  readonly #hashCode: HashCode<K>;
  #size = 0;
  #capacity = 1;
  #table: Table<K, V> = [];

  constructor(hashCode: HashCode<K>, initialCapacity = DEFAULT_CAPACITY) {
    this.#hashCode = hashCode;
    while (this.#capacity < initialCapacity) this.#capacity *= 2;
  }

  get size(): number {
    return this.#size;
  }
  has(key: K): boolean {
    return this.#find(key) !== undefined;
  }
  get(key: K): V | undefined {
    return this.#find(key)?.value;
  }

  set(key: K, value: V): void {
    const known = this.#find(key);
    if (known !== undefined) {
      known.value = value;
      return;
    }
    const hash = this.#hash(key);
    const bucket = this.#bucket(hash);
    bucket.push({ key, hash, value });
    this.#size++;
    if (bucket.length > TREEIFY_THRESHOLD && this.#capacity < MIN_TREEIFY_CAPACITY) this.#double();
    if (this.#size > this.#capacity * LOAD_FACTOR) this.#double();
  }

  /** computeIfAbsent: unlike put, Java grows the table before and puts the new one at the head of its bucket. */
  getOrMake(key: K, make: () => V): V {
    if (this.#size > this.#capacity * LOAD_FACTOR) this.#double();
    const known = this.#find(key);
    if (known !== undefined) return known.value;
    const hash = this.#hash(key);
    const value = make();
    const bucket = this.#bucket(hash);
    bucket.unshift({ key, hash, value });
    this.#size++;
    if (bucket.length >= TREEIFY_THRESHOLD && this.#capacity < MIN_TREEIFY_CAPACITY) this.#double();
    return value;
  }

  delete(key: K): boolean {
    const entry = this.#find(key);
    if (entry === undefined) return false;
    this.#size--;
    const bucket = this.#bucket(entry.hash);
    bucket.splice(bucket.indexOf(entry), 1);
    return true;
  }

  /** The keys in order, as they are now: removing while going over them is safe. */
  keys(): K[] {
    return this.#entries().map(({ key }) => key);
  }
  entries(): [K, V][] {
    return this.#entries().map(({ key, value }): [K, V] => [key, value]);
  }

  #entries(): Entry<K, V>[] {
    const all: Entry<K, V>[] = [];
    if (this.#size === 0) return all;
    for (const bucket of this.#table) if (bucket !== undefined) for (const entry of bucket) all.push(entry);
    return all;
  }
  #hash(key: K): number {
    const code = this.#hashCode(key);
    return code ^ (code >>> 16);
  }
  #find(key: K): Entry<K, V> | undefined {
    if (this.#size === 0) return undefined;
    const bucket = this.#table[this.#hash(key) & (this.#capacity - 1)];
    return bucket?.find((entry) => entry.key === key);
  }
  #bucket(hash: number): Entry<K, V>[] {
    if (this.#table.length === 0) this.#table = new Array(this.#capacity).fill(undefined);
    const place = hash & (this.#capacity - 1);
    const bucket = this.#table[place] ?? [];
    this.#table[place] = bucket;
    return bucket;
  }

  #double(): void {
    const entries = this.#entries();
    this.#capacity *= 2;
    this.#table = [];
    for (const entry of entries) this.#bucket(entry.hash).push(entry);
  }
}

/** A java.util.HashSet that can be changed. */
export class JavaHashSet<K> {
  readonly #map: JavaHashMap<K, true>;

  constructor(hashCode: HashCode<K>, keys: readonly K[] = [], initialCapacity = capacityForCopy(keys.length)) {
    this.#map = new JavaHashMap(hashCode, initialCapacity);
    for (const key of keys) this.add(key);
  }
  get size(): number {
    return this.#map.size;
  }
  has(key: K): boolean {
    return this.#map.has(key);
  }
  add(key: K): void {
    this.#map.set(key, true);
  }
  delete(key: K): boolean {
    return this.#map.delete(key);
  }
  keys(): K[] {
    return this.#map.keys();
  }
}

/** The table of `new HashSet(collection)`. */
function capacityForCopy(size: number): number {
  return Math.max(Math.floor(Math.fround(size / LOAD_FACTOR)) + 1, DEFAULT_CAPACITY);
}
