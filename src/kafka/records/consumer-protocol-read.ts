/** consumer-protocol.ts, read. */
import type { Assignment, Subscription } from '../api/messages-group.ts';
import { hexOf } from './bytes.ts';
import type { Owned } from './consumer-protocol.ts';
import { SchemaReader } from './schema-reader.ts';

function readPartitions(input: SchemaReader): Owned[] {
  const partitions: Owned[] = [];
  for (let topics = input.int32(); topics > 0; topics--) {
    const topic = input.string();
    for (let count = input.int32(); count > 0; count--) partitions.push({ topic, index: input.int32() });
  }
  return partitions;
}

/** Throws RangeError on bytes that are no subscription. */
export function decodeSubscription(bytes: Uint8Array): Subscription {
  const input = new SchemaReader(bytes);
  const version = input.int16();
  const topics: string[] = [];
  for (let count = input.int32(); count > 0; count--) topics.push(input.string());
  const userData = input.bytes();
  return {
    version,
    topics,
    userData: userData === null ? null : hexOf(userData),
    ownedPartitions: version >= 1 ? readPartitions(input) : [],
    generationId: version >= 2 ? input.int32() : -1,
    rackId: version >= 3 ? input.nullableString() : null,
  };
}

export function decodeAssignment(bytes: Uint8Array): Assignment {
  const input = new SchemaReader(bytes);
  const version = input.int16();
  const partitions = readPartitions(input);
  const userData = input.bytes();
  return { version, partitions, userData: userData === null ? null : hexOf(userData) };
}
