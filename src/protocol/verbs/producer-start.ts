import { PRODUCER_ARG, verbSpec } from './spec.ts';

/** A new process with the same configuration. */
export type ProducerStart = { do: 'producer.start'; producer: string };

export const producerStart = verbSpec({
  verb: 'producer.start',
  args: [PRODUCER_ARG],
  appliesTo: 'producer',
  harm: 'repair',
  key: 's',
  acts: true,
});
