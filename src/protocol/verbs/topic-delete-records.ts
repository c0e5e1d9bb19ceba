import { PARTITION_ARG, verbSpec } from './spec.ts';

/** The log starts at `beforeOffset` afterwards. */
export type TopicDeleteRecords = { do: 'topic.deleteRecords'; partition: string; beforeOffset: number };

export const topicDeleteRecords = verbSpec({
  verb: 'topic.deleteRecords',
  args: [PARTITION_ARG, { name: 'beforeOffset', type: 'offset', required: true }],
  appliesTo: 'partition',
  harm: 'change',
  acts: true,
});
