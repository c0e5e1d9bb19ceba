import type { ElectLeadersRequest } from '../../kafka/api/messages.ts';
import type { PartitionName } from '../kernel/world.ts';
import { adminRequest } from './admin.ts';
import { registerVerb } from './register.ts';

registerVerb('leader.elect', (w, { partition, unclean }) => {
  const dense = w.partitionByName.get(partition);
  if (dense === undefined) return `no partition ${partition}`;
  const { topic, index } = w.partitions[dense] as PartitionName;
  const body: ElectLeadersRequest = {
    electionType: unclean ? 1 : 0,
    partitions: [{ topic, index, partition: dense }],
    timeoutMs: 30_000,
  };
  adminRequest(w, 43, body);
  return null;
});
