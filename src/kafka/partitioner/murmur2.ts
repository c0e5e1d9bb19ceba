/**
 * The hash by which a keyed record finds its partition: org.apache.kafka.common.utils.Utils.murmur2 and
 * BuiltInPartitioner.partitionForKey. The same key goes to the same partition from every client that uses it.
 */
import { type Bytes, bytesOf, utf8Bytes } from '../records/bytes.ts';

export { utf8Bytes };

const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/** Signed 32-bit, as in Java. */
export function murmur2(bytes: Uint8Array): number {
  const length = bytes.length;
  let hash = SEED ^ length;
  let at = 0;
  for (const stop = length - 4; at <= stop; at += 4) {
    let word = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    word = Math.imul(word, MULTIPLIER);
    word ^= word >>> 24;
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(word, MULTIPLIER);
  }
  const rest = length - at;
  if (rest > 0) {
    if (rest === 3) hash ^= bytes[at + 2] << 16;
    if (rest >= 2) hash ^= bytes[at + 1] << 8;
    hash = Math.imul(hash ^ bytes[at], MULTIPLIER);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return (hash ^ (hash >>> 15)) | 0;
}

/** Clears the sign bit (Utils.toPositive): not the absolute value, which would fold two hashes into one. */
export function toPositive(value: number): number {
  return value & 0x7fffffff;
}

/** The partition of a keyed record. A null key has none: the built-in partitioner decides (rule 109). */
export function partitionForKey(key: Bytes, numPartitions: number): number {
  const bytes = bytesOf(key);
  if (bytes === null) throw new Error('a record without a key has no partition by key');
  return toPositive(murmur2(bytes)) % numPartitions;
}
