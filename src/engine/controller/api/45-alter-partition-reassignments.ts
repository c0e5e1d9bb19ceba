/** AlterPartitionReassignments: new replicas join, old ones leave when rule 58 says so. `replicas: null` cancels. */
import { errorCode } from '../../../kafka/api/errors.ts';
import type { AlterPartitionReassignmentsRequest, SimpleResponse } from '../../../kafka/api/messages.ts';
import type { World } from '../../kernel/world.ts';
import { registerApi, respond } from '../../net/network.ts';
import { appendRecords } from '../quorum-controller.ts';
import { changePartition } from '../replication-control-manager.ts';

const UNKNOWN_TOPIC_OR_PARTITION = errorCode('UNKNOWN_TOPIC_OR_PARTITION');
const INVALID_REPLICA_ASSIGNMENT = errorCode('INVALID_REPLICA_ASSIGNMENT');
const NO_REASSIGNMENT_IN_PROGRESS = errorCode('NO_REASSIGNMENT_IN_PROGRESS');

const ascending = (ids: readonly number[]): number[] => [...ids].sort((a, b) => a - b);

function reassign(w: World, partition: number, wanted: readonly number[] | null): number {
  const c = w.controller;
  const p = c.image.partitions[partition];
  if (p === null || p === undefined) return UNKNOWN_TOPIC_OR_PARTITION;
  if (wanted === null) {
    if (p.addingReplicas.length === 0 && p.removingReplicas.length === 0) return NO_REASSIGNMENT_IN_PROGRESS;
    const back = p.replicas.filter((r) => !p.addingReplicas.includes(r));
    const isr = p.isr.filter((r) => back.includes(r));
    const record = changePartition(c, p, {
      targetIsr: isr,
      targetReplicas: back,
      targetRemoving: [],
      targetAdding: [],
      why: 'reassigned',
    });
    if (record !== null) appendRecords(w, [record]);
    return 0;
  }
  if (wanted.length === 0 || wanted.some((r) => c.image.brokers[r] == null)) return INVALID_REPLICA_ASSIGNMENT;
  // Against all replicas of the moment, those of a move under way included (PartitionReassignmentReplicas): whoever it has brought
  // into the ISR already leaves in order. What does not change is not set, so that a move under way keeps what it adds.
  const adding = ascending(wanted.filter((r) => !p.replicas.includes(r)));
  const removing = ascending(p.replicas.filter((r) => !wanted.includes(r)));
  const record = changePartition(c, p, {
    targetReplicas: [...wanted, ...removing],
    ...(removing.length > 0 ? { targetRemoving: removing } : {}),
    ...(adding.length > 0 ? { targetAdding: adding } : {}),
    why: 'reassigned',
  });
  if (record !== null) appendRecords(w, [record]);
  return 0;
}

registerApi('controller', 45, (w, _node, _connection, request) => {
  const body = request.body as AlterPartitionReassignmentsRequest;
  let code = 0;
  for (const asked of body.partitions) {
    const outcome = reassign(w, asked.partition, asked.replicas);
    if (outcome !== 0) code = outcome;
  }
  const answer: SimpleResponse = { errorCode: code, errorMessage: null, errors: code === 0 ? [] : [code] };
  respond(w, request, answer, 40);
});
