import { CONSUMER_ARG, verbSpec } from './spec.ts';

/** The process dies and sends nothing. */
export type ConsumerCrash = { do: 'consumer.crash'; consumer: string };

export const consumerCrash = verbSpec({
  verb: 'consumer.crash',
  args: [CONSUMER_ARG],
  appliesTo: 'consumer',
  harm: 'fault',
  key: 'k',
  acts: true,
});
