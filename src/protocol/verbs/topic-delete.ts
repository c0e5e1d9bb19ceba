import { verbSpec } from './spec.ts';

/** The topic and its records go. */
export type TopicDelete = { do: 'topic.delete'; topic: string };

export const topicDelete = verbSpec({
  verb: 'topic.delete',
  args: [{ name: 'topic', type: 'topicName', required: true }],
  appliesTo: 'topic',
  harm: 'change',
  acts: true,
});
