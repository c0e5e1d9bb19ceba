import { CONSUMER_ARG, PARTITION_ARG, verbSpec } from './spec.ts';

/** The next poll reads from there. */
export type ConsumerSeek = {
  do: 'consumer.seek';
  consumer: string;
  partition: string;
  to: number | 'beginning' | 'end';
};

export const consumerSeek = verbSpec({
  verb: 'consumer.seek',
  args: [CONSUMER_ARG, PARTITION_ARG, { name: 'to', type: 'seekTarget', required: true }],
  appliesTo: 'consumer',
  harm: 'change',
  key: 'j',
  acts: true,
});
