/**
 * What the sticky assignors send along with a subscription so that the next leader knows who had what (Kafka: StickyAssignor,
 * CooperativeStickyAssignor.subscriptionUserData). In hex, as a Subscription carries it.
 */
import { javaHashMapOrder } from '../hash/java-hash-map-order.ts';
import { javaStringHash } from '../hash/java-string-hash.ts';
import { hexOf } from '../records/bytes.ts';
import { SchemaWriter } from '../records/schema-bytes.ts';

/** StickyAssignor: its partitions (topics in the order of Kafka's HashMap) and the generation; nothing before the first assignment. */
export function stickyUserData(
  assigned: readonly { readonly topic: string; readonly index: number }[] | null,
  generation: number,
): string | null {
  if (assigned === null) return null;
  const byTopic = new Map<string, number[]>();
  for (const { topic, index } of assigned) {
    const known = byTopic.get(topic);
    if (known === undefined) byTopic.set(topic, [index]);
    else known.push(index);
  }
  const out = new SchemaWriter();
  out.int32(byTopic.size);
  for (const topic of javaHashMapOrder([...byTopic.keys()], javaStringHash)) {
    const indices = byTopic.get(topic) ?? [];
    out.string(topic);
    out.int32(indices.length);
    for (const index of indices) out.int32(index);
  }
  out.int32(generation);
  return hexOf(out.done());
}

/** CooperativeStickyAssignor: the generation only, -1 before the first assignment; the owned partitions stand in the subscription. */
export function cooperativeStickyUserData(generation: number): string {
  const out = new SchemaWriter();
  out.int32(generation);
  return hexOf(out.done());
}
