import { CONSUMER_ARG, verbSpec } from './spec.ts';

/** commitSync() of the current positions. */
export type ConsumerCommit = { do: 'consumer.commit'; consumer: string };

export const consumerCommit = verbSpec({
  verb: 'consumer.commit',
  args: [CONSUMER_ARG],
  appliesTo: 'consumer',
  harm: 'change',
  key: 'c',
  acts: true,
});
