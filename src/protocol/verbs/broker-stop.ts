import { BROKER_ARG, verbSpec } from './spec.ts';

/** A controlled shutdown: leaders move away first. */
export type BrokerStop = { do: 'broker.stop'; broker: number };

export const brokerStop = verbSpec({
  verb: 'broker.stop',
  args: [BROKER_ARG],
  appliesTo: 'broker',
  harm: 'change',
  key: 't',
  acts: true,
});
