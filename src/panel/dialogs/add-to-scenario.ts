/** A scenario with one thing more; pure. */
import type { Scenario } from '../../protocol/scenario.ts';

export function withBroker(scenario: Scenario): Scenario {
  const brokers = (scenario.cluster?.brokers ?? 3) + 1;
  return { ...scenario, cluster: { ...scenario.cluster, brokers } };
}

/** A slow, steady producer with few keys, so that its records can be told apart by eye. */
export function withProducer(scenario: Scenario, id: string, topic: string): Scenario {
  const workload = {
    topic,
    ratePerSecond: 20,
    keys: { kind: 'random', distinct: 5 },
    values: { kind: 'json' },
  } as const;
  return { ...scenario, producers: [...(scenario.producers ?? []), { id, workload }] };
}

/** A reader of every partition of a topic, from the beginning. */
export function withConsumer(scenario: Scenario, id: string, topic: string, partitions: number): Scenario {
  const assign = Array.from({ length: partitions }, (_, i) => `${topic}-${i}`);
  const consumer = { id, assign, config: { 'auto.offset.reset': 'earliest' } };
  return { ...scenario, consumers: [...(scenario.consumers ?? []), consumer] };
}
