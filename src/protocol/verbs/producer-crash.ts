import { PRODUCER_ARG, verbSpec } from './spec.ts';

/** The process dies; what waited in its accumulator is gone. */
export type ProducerCrash = { do: 'producer.crash'; producer: string };

export const producerCrash = verbSpec({
  verb: 'producer.crash',
  args: [PRODUCER_ARG],
  appliesTo: 'producer',
  harm: 'fault',
  key: 'k',
  acts: true,
});
