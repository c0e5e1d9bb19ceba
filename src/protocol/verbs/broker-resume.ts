import { BROKER_ARG, verbSpec } from './spec.ts';

/** SIGCONT: what waited in the sockets is handled now. */
export type BrokerResume = { do: 'broker.resume'; broker: number };

export const brokerResume = verbSpec({
  verb: 'broker.resume',
  args: [BROKER_ARG],
  appliesTo: 'broker',
  harm: 'repair',
  key: 'r',
  acts: true,
});
