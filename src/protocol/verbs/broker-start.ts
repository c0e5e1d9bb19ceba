import { BROKER_ARG, verbSpec } from './spec.ts';

/** The process starts again from its disk. */
export type BrokerStart = { do: 'broker.start'; broker: number };

export const brokerStart = verbSpec({
  verb: 'broker.start',
  args: [BROKER_ARG],
  appliesTo: 'broker',
  harm: 'repair',
  key: 's',
  acts: true,
});
