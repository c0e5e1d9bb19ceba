import { PARTITION_ARG, verbSpec } from './spec.ts';

/** The partition gets these replicas; the first is the preferred leader. */
export type PartitionReassign = { do: 'partition.reassign'; partition: string; replicas: number[] };

export const partitionReassign = verbSpec({
  verb: 'partition.reassign',
  args: [PARTITION_ARG, { name: 'replicas', type: 'replicas', required: true }],
  appliesTo: 'partition',
  harm: 'change',
  acts: true,
});
