/** DeleteRecords goes to the partition's leader, as the controller's image names it now. */
import type { DeleteRecordsRequest } from '../../kafka/api/messages.ts';
import type { PartitionName } from '../kernel/world.ts';
import { adminRequest } from './admin.ts';
import { registerVerb } from './register.ts';

registerVerb('topic.deleteRecords', (w, { partition, beforeOffset }) => {
  const dense = w.partitionByName.get(partition);
  const registration = dense === undefined ? null : w.controller.image.partitions[dense];
  if (dense === undefined || registration === null || registration === undefined) return `no partition ${partition}`;
  if (registration.leader < 0) return `${partition} has no leader`;
  const { topic, index } = w.partitions[dense] as PartitionName;
  const body: DeleteRecordsRequest = {
    partitions: [{ topic, index, partition: dense, offset: beforeOffset }],
    timeoutMs: 30_000,
  };
  adminRequest(w, 21, body, w.brokerNode[registration.leader] as number);
  return null;
});
