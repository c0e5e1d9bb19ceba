import { BROKER_ARG, verbSpec } from './spec.ts';

/** The log directory is emptied. */
export type DiskWipe = { do: 'disk.wipe'; broker: number };

export const diskWipe = verbSpec({
  verb: 'disk.wipe',
  args: [BROKER_ARG],
  appliesTo: 'broker',
  harm: 'fault',
  acts: 'diskFaults',
});
