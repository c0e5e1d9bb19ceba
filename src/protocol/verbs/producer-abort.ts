import { PRODUCER_ARG, verbSpec } from './spec.ts';

/** abortTransaction(). */
export type ProducerAbort = { do: 'producer.abort'; producer: string };

export const producerAbort = verbSpec({
  verb: 'producer.abort',
  args: [PRODUCER_ARG],
  appliesTo: 'producer',
  harm: 'change',
  acts: 'transactions',
});
