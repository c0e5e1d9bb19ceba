/**
 * How the engine reads configuration. At first as a shipped scenario needs it (shipped-values.ts); with the registry of
 * parameters (full-readers.ts), everything that Kafka checks and says is there.
 */
import type { Effective } from './config-view.ts';
import type { BrokerConfig } from './effective-broker.ts';
import type { ConsumerConfig } from './effective-consumer.ts';
import type { ProducerConfig } from './effective-producer.ts';
import type { TopicConfig } from './effective-topic.ts';
import { shippedBroker, shippedConsumer, shippedProducer, shippedTopic } from './shipped-values.ts';
import type { ConfigEntries } from './types.ts';

export interface Readers {
  broker(entries: ConfigEntries): Effective<BrokerConfig>;
  producer(entries: ConfigEntries): Effective<ProducerConfig>;
  consumer(entries: ConfigEntries): Effective<ConsumerConfig>;
  /** A topic's own entries, and those of the broker that has its logs. */
  topic(own: ConfigEntries, broker: ConfigEntries): Effective<TopicConfig>;
  /** Why a topic cannot have this value; null: it can. */
  refusedOfTopic(key: string, value: string): string | null;
}

const taken = <C>(config: C): Effective<C> => ({ ok: true, config, notes: [] });

export const readers: Readers = {
  broker: (entries) => taken(shippedBroker(entries)),
  producer: (entries) => taken(shippedProducer(entries)),
  consumer: (entries) => taken(shippedConsumer(entries)),
  topic: (own, broker) => taken(shippedTopic(own, broker)),
  refusedOfTopic: () => null,
};

/** Called while the registry's part loads. */
export function readWith(full: Readers): void {
  Object.assign(readers, full);
}
