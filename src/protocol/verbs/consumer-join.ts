import { CONSUMER_ARG, verbSpec } from './spec.ts';

/** A new process with the same configuration. */
export type ConsumerJoin = { do: 'consumer.join'; consumer: string };

export const consumerJoin = verbSpec({
  verb: 'consumer.join',
  args: [CONSUMER_ARG],
  appliesTo: 'consumer',
  harm: 'repair',
  key: 's',
  acts: true,
});
