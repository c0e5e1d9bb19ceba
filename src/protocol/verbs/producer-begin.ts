import { PRODUCER_ARG, verbSpec } from './spec.ts';

/** beginTransaction(). */
export type ProducerBegin = { do: 'producer.begin'; producer: string };

export const producerBegin = verbSpec({
  verb: 'producer.begin',
  args: [PRODUCER_ARG],
  appliesTo: 'producer',
  harm: 'change',
  acts: 'transactions',
});
