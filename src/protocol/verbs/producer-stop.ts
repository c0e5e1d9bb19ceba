import { PRODUCER_ARG, verbSpec } from './spec.ts';

/** close(): waits for what is under way. */
export type ProducerStop = { do: 'producer.stop'; producer: string };

export const producerStop = verbSpec({
  verb: 'producer.stop',
  args: [PRODUCER_ARG],
  appliesTo: 'producer',
  harm: 'change',
  key: 't',
  acts: true,
});
