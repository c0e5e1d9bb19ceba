import { BROKER_ARG, verbSpec } from './spec.ts';

/** Every read and write fails from now on. */
export type DiskFail = { do: 'disk.fail'; broker: number };

export const diskFail = verbSpec({
  verb: 'disk.fail',
  args: [BROKER_ARG],
  appliesTo: 'broker',
  harm: 'fault',
  acts: 'diskFaults',
});
