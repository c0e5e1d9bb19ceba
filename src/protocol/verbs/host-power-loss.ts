import { BROKER_ARG, verbSpec } from './spec.ts';

/** The process dies and pages that were not flushed are gone. */
export type HostPowerLoss = { do: 'host.powerLoss'; broker: number };

export const hostPowerLoss = verbSpec({
  verb: 'host.powerLoss',
  args: [BROKER_ARG],
  appliesTo: 'broker',
  harm: 'fault',
  key: 'l',
  acts: true,
});
