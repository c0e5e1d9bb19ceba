import { PRODUCER_ARG, verbSpec } from './spec.ts';

/** initTransactions(). */
export type ProducerInit = { do: 'producer.init'; producer: string };

export const producerInit = verbSpec({
  verb: 'producer.init',
  args: [PRODUCER_ARG],
  appliesTo: 'producer',
  harm: 'change',
  acts: 'transactions',
});
