import { CONSUMER_ARG, verbSpec } from './spec.ts';

/** Ends a consumer.pause. */
export type ConsumerResume = { do: 'consumer.resume'; consumer: string };

export const consumerResume = verbSpec({
  verb: 'consumer.resume',
  args: [CONSUMER_ARG],
  appliesTo: 'consumer',
  harm: 'repair',
  key: 'r',
  acts: true,
});
