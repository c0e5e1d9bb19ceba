import { PRODUCER_ARG, verbSpec } from './spec.ts';

/** commitTransaction(). */
export type ProducerCommit = { do: 'producer.commit'; producer: string };

export const producerCommit = verbSpec({
  verb: 'producer.commit',
  args: [PRODUCER_ARG],
  appliesTo: 'producer',
  harm: 'change',
  acts: 'transactions',
});
