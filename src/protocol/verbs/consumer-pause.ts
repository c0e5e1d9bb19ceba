import { CONSUMER_ARG, verbSpec } from './spec.ts';

/** The application stands still for `ms`; null: until consumer.resume. Its heartbeat thread goes on. */
export type ConsumerPause = { do: 'consumer.pause'; consumer: string; ms: number | null };

export const consumerPause = verbSpec({
  verb: 'consumer.pause',
  args: [CONSUMER_ARG, { name: 'ms', type: 'ms', required: false, default: null }],
  appliesTo: 'consumer',
  harm: 'fault',
  key: 'p',
  acts: true,
});
