import { PRODUCER_ARG, verbSpec } from './spec.ts';

/**
 * `count` records at one instant. `partition` null: the partitioner chooses. Without `value` the record gets the
 * workload's usual 100 bytes; null is Kafka's null (a tombstone).
 */
export type ProducerSend = {
  do: 'producer.send';
  producer: string;
  topic: string;
  partition: number | null;
  key: string | null;
  value?: string | null;
  headers: readonly (readonly [name: string, value: string | null])[];
  count: number;
};

export const producerSend = verbSpec({
  verb: 'producer.send',
  args: [
    PRODUCER_ARG,
    { name: 'topic', type: 'topicName', required: true },
    { name: 'partition', type: 'partitionNumber', required: false, default: null },
    { name: 'key', type: 'textOrNull', required: false, default: null },
    { name: 'value', type: 'textOrNull', required: false },
    { name: 'headers', type: 'headers', required: false, default: null },
    { name: 'count', type: 'count', required: false, default: 1 },
  ],
  appliesTo: 'producer',
  harm: 'change',
  key: 'm',
  acts: true,
});
