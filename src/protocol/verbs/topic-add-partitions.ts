import { verbSpec } from './spec.ts';

/** The topic has `total` partitions afterwards. */
export type TopicAddPartitions = { do: 'topic.addPartitions'; topic: string; total: number };

export const topicAddPartitions = verbSpec({
  verb: 'topic.addPartitions',
  args: [
    { name: 'topic', type: 'topicName', required: true },
    { name: 'total', type: 'partitionCount', required: true },
  ],
  appliesTo: 'topic',
  harm: 'change',
  acts: true,
});
