import type { AlterPartitionReassignmentsRequest } from '../../kafka/api/messages.ts';
import type { PartitionName } from '../kernel/world.ts';
import { adminRequest } from './admin.ts';
import { registerVerb } from './register.ts';

registerVerb('partition.reassign', (w, { partition, replicas }) => {
  const dense = w.partitionByName.get(partition);
  if (dense === undefined) return `no partition ${partition}`;
  const { topic, index } = w.partitions[dense] as PartitionName;
  const body: AlterPartitionReassignmentsRequest = {
    partitions: [{ topic, index, partition: dense, replicas }],
    timeoutMs: 30_000,
  };
  adminRequest(w, 45, body);
  return null;
});
