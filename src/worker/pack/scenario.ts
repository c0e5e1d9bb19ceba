/** The cluster of a hidden run: one topic of one partition on three brokers, one producer, one consumer; all else Kafka's defaults. */
import type { CompressionType } from '../../kafka/records/codec.ts';
import type { PackSpec } from '../../protocol/pack.ts';
import type { Scenario } from '../../protocol/scenario.ts';
import { levelFor } from './spec.ts';

export const TOPIC = 'lab';
export const PARTITION = 0;
export const REPLICAS = [1, 2, 3] as const;
const START_MS = 100;

export function scenarioFor(spec: PackSpec, codec: CompressionType, records: number): Scenario {
  const level = levelFor(spec, codec);
  return {
    kafkascope: 1,
    title: `pack ${codec}`,
    seed: 1,
    cluster: { brokers: REPLICAS.length, controllers: 1 },
    topics: [{ name: TOPIC, assignment: [[...REPLICAS]], config: { 'compression.type': spec.brokerCodec } }],
    producers: [
      {
        id: 'app',
        config: {
          'compression.type': codec,
          ...(level === null ? {} : { [`compression.${codec}.level`]: String(level) }),
          'batch.size': String(spec.batchSizeBytes),
          'linger.ms': String(spec.lingerMs),
        },
        workload: { topic: TOPIC, ratePerSecond: spec.ratePerSecond, count: records, startMs: START_MS },
      },
    ],
    consumers: [
      { id: 'reader', config: { 'auto.offset.reset': 'earliest' }, assign: [`${TOPIC}-${PARTITION}`], commit: 'none' },
    ],
  };
}
