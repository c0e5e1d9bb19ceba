import { BROKER_ARG, verbSpec } from './spec.ts';

/** The process dies at once; what it wrote stays in the host's page cache. */
export type BrokerKill = { do: 'broker.kill'; broker: number };

export const brokerKill = verbSpec({
  verb: 'broker.kill',
  args: [BROKER_ARG],
  appliesTo: 'broker',
  harm: 'fault',
  key: 'k',
  acts: true,
});
