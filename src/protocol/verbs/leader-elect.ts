import { PARTITION_ARG, verbSpec } from './spec.ts';

/** ElectLeaders: the preferred replica, or with `unclean` any living one. */
export type LeaderElect = { do: 'leader.elect'; partition: string; unclean: boolean };

export const leaderElect = verbSpec({
  verb: 'leader.elect',
  args: [PARTITION_ARG, { name: 'unclean', type: 'boolean', required: false, default: false }],
  appliesTo: 'partition',
  harm: 'change',
  key: 'e',
  acts: true,
});
