/**
 * Which partitions moved from whom to whom in one run, so that one is not sent back where another of its topic came from
 * (Kafka: AbstractStickyAssignor.PartitionMovements).
 */
import { JavaHashSet } from '../../hash/java-hash-map.ts';
import { javaTopicPartitionHash } from '../../hash/java-hash-map-order.ts';
import type { Partitions } from './members.ts';

interface Pair {
  readonly from: number;
  readonly to: number;
}

export class PartitionMovements {
  readonly #partitions: Partitions;
  readonly #pairs = new Map<number, Pair>();
  /** topic -> `from>to` -> partitions in Java's order. */
  readonly #byTopic = new Map<string, Map<string, JavaHashSet<number>>>();

  constructor(partitions: Partitions) {
    this.#partitions = partitions;
  }

  moved(partition: number, from: number, to: number): void {
    const before = this.#pairs.get(partition);
    if (before === undefined) {
      this.#add(partition, { from, to });
      return;
    }
    this.#remove(partition, before);
    // One that went back where it came from has not moved.
    if (before.from !== to) this.#add(partition, { from: before.from, to });
  }

  /** The one to move instead of `partition`: if one of its topic went the other way round, that one goes back. */
  actual(partition: number, holder: number, to: number): number {
    const ofTopic = this.#byTopic.get(this.#topic(partition));
    if (ofTopic === undefined) return partition;
    const from = this.#pairs.get(partition)?.from ?? holder;
    return ofTopic.get(`${to}>${from}`)?.keys()[0] ?? partition;
  }

  #topic(partition: number): string {
    return this.#partitions.name(partition).topic;
  }

  #add(partition: number, pair: Pair): void {
    this.#pairs.set(partition, pair);
    const topic = this.#topic(partition);
    let ofTopic = this.#byTopic.get(topic);
    if (ofTopic === undefined) {
      ofTopic = new Map();
      this.#byTopic.set(topic, ofTopic);
    }
    const key = `${pair.from}>${pair.to}`;
    let set = ofTopic.get(key);
    if (set === undefined) {
      set = new JavaHashSet((p: number) => javaTopicPartitionHash(topic, this.#partitions.name(p).index));
      ofTopic.set(key, set);
    }
    set.add(partition);
  }

  #remove(partition: number, pair: Pair): void {
    this.#pairs.delete(partition);
    const topic = this.#topic(partition);
    const ofTopic = this.#byTopic.get(topic);
    const key = `${pair.from}>${pair.to}`;
    const set = ofTopic?.get(key);
    set?.delete(partition);
    if (set?.size === 0) ofTopic?.delete(key);
    if (ofTopic?.size === 0) this.#byTopic.delete(topic);
  }
}
