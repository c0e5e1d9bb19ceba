import { BROKER_ARG, verbSpec } from './spec.ts';

/** Other data takes `bytes` of the disk; null: all that is free. */
export type DiskFill = { do: 'disk.fill'; broker: number; bytes: number | null };

export const diskFill = verbSpec({
  verb: 'disk.fill',
  args: [BROKER_ARG, { name: 'bytes', type: 'bytes', required: false, default: null }],
  appliesTo: 'broker',
  harm: 'fault',
  acts: 'diskFaults',
});
