import { BROKER_ARG, verbSpec } from './spec.ts';

/** SIGSTOP: sockets live, what arrives waits in them until broker.resume. */
export type BrokerPause = { do: 'broker.pause'; broker: number };

export const brokerPause = verbSpec({
  verb: 'broker.pause',
  args: [BROKER_ARG],
  appliesTo: 'broker',
  harm: 'fault',
  key: 'p',
  acts: true,
});
