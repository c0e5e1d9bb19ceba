import { PRODUCER_ARG, verbSpec } from './spec.ts';

/** flush(): the thread waits until all that was sent is answered. */
export type ProducerFlush = { do: 'producer.flush'; producer: string };

export const producerFlush = verbSpec({
  verb: 'producer.flush',
  args: [PRODUCER_ARG],
  appliesTo: 'producer',
  harm: 'change',
  key: 'f',
  acts: true,
});
