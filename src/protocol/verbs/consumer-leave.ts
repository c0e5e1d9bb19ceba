import { CONSUMER_ARG, verbSpec } from './spec.ts';

/** close(): commits if it should, and leaves its group. */
export type ConsumerLeave = { do: 'consumer.leave'; consumer: string };

export const consumerLeave = verbSpec({
  verb: 'consumer.leave',
  args: [CONSUMER_ARG],
  appliesTo: 'consumer',
  harm: 'change',
  key: 't',
  acts: true,
});
