import type { ResolvedTopic } from '../scenario.ts';
import { verbSpec } from './spec.ts';

/** The same fields and defaults as an entry of the file's `topics`. */
export type TopicCreate = { do: 'topic.create' } & ResolvedTopic;

export const topicCreate = verbSpec({
  verb: 'topic.create',
  args: [
    { name: 'name', type: 'newTopicName', required: true },
    { name: 'partitions', type: 'partitionCount', required: false, default: 1 },
    { name: 'replicationFactor', type: 'replicationFactor', required: false },
    { name: 'assignment', type: 'assignment', required: false, default: null },
    { name: 'config', type: 'topicConfig', required: false },
  ],
  appliesTo: 'cluster',
  harm: 'change',
  acts: true,
});
