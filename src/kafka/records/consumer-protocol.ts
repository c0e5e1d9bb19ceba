/**
 * What members put into JoinGroup and leaders into SyncGroup, on bytes (Kafka: ConsumerProtocol): a 16-bit version, then
 * ConsumerProtocolSubscription or ConsumerProtocolAssignment. The coordinator keeps these bytes in its log as they are.
 */
import type { Assignment, Subscription } from '../api/messages-group.ts';
import { bytesOfHex } from './bytes.ts';
import { SchemaWriter } from './schema-bytes.ts';

export interface Owned {
  readonly topic: string;
  readonly index: number;
}

/** Partitions one topic after the other, each topic once, in the order of its first appearance. */
function writePartitions(out: SchemaWriter, partitions: readonly Owned[]): void {
  const byTopic = new Map<string, number[]>();
  for (const { topic, index } of partitions) {
    const known = byTopic.get(topic);
    if (known === undefined) byTopic.set(topic, [index]);
    else known.push(index);
  }
  out.int32(byTopic.size);
  for (const [topic, indices] of byTopic) {
    out.string(topic);
    out.int32(indices.length);
    for (const index of indices) out.int32(index);
  }
}

function byTopicThenIndex(a: Owned, b: Owned): number {
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1;
  return a.index - b.index;
}

/** Fields beyond the subscription's own version are left out, as Kafka's serializer does. */
export function encodeSubscription(s: Subscription): Uint8Array {
  const out = new SchemaWriter();
  out.int16(s.version);
  out.int32(s.topics.length);
  for (const topic of s.topics) out.string(topic);
  out.bytes(s.userData === null ? null : bytesOfHex(s.userData));
  if (s.version >= 1) writePartitions(out, [...s.ownedPartitions].sort(byTopicThenIndex));
  if (s.version >= 2) out.int32(s.generationId);
  if (s.version >= 3) out.nullableString(s.rackId);
  return out.done();
}

export function encodeAssignment(a: Assignment): Uint8Array {
  const out = new SchemaWriter();
  out.int16(a.version);
  writePartitions(out, a.partitions);
  out.bytes(a.userData === null ? null : bytesOfHex(a.userData));
  return out.done();
}
