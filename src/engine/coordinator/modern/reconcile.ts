/** One member's step towards its target, with its records and its timer (GroupMetadataManager.maybeReconcile). */
import { consumerGroupIn } from '../shards.ts';
import {
  type AssignedPartitions,
  type ConsumerGroup,
  type ConsumerGroupMember,
  currentPartitionEpoch,
  isReconciledTo,
  sameMember,
  usesClassicProtocol,
} from './consumer-group.ts';
import { mustAbandon, nextAssignment, type OwnedPartitions } from './current-assignment-builder.ts';
import { GroupError } from './errors.ts';
import { idOfUuid, topicIds } from './metadata.ts';
import type { Operation } from './operation.ts';
import { currentRecord } from './records.ts';
import { subscribedNames, type Target } from './subscription.ts';
import { startRebalanceTimer, stopRebalanceTimer } from './timers.ts';
import { sayMustRevoke, sayWaits } from './words.ts';

export function maybeReconcile(
  op: Operation,
  g: ConsumerGroup,
  member: ConsumerGroupMember,
  { epoch, target }: Target,
  hasSubscriptionChanged: boolean,
  owned: OwnedPartitions,
): ConsumerGroupMember {
  if (!hasSubscriptionChanged && isReconciledTo(member, epoch)) return member;
  if (mustAbandon(member, owned))
    throw new GroupError('FENCED_MEMBER_EPOCH', 'the member is in a state that is not known here');
  const byId = new Map<number, readonly number[]>();
  for (const [uuid, partitions] of target) byId.set(idOfUuid(uuid), partitions);
  const next = nextAssignment(member, {
    targetAssignmentEpoch: epoch,
    target: byId,
    hasSubscriptionChanged,
    subscribedTopicIds: topicIds(op.image, subscribedNames(member, g.resolvedRegexes)),
    currentPartitionEpoch: (topicId, partition) => currentPartitionEpoch(g, topicId, partition),
    owned,
  });
  if (sameMember(next, member)) return member;
  op.records.push(currentRecord(op.groupId, next));
  op.after.push(() => {
    const persisted = consumerGroupIn(op.shard, op.groupId);
    if (persisted === null) return;
    // A member of the classic protocol has the timers of joining and syncing instead.
    if (!usesClassicProtocol(next)) {
      if (next.state === 'UNREVOKED_PARTITIONS')
        startRebalanceTimer(op.w, op.index, persisted, next.memberId, next.memberEpoch, next.rebalanceTimeoutMs);
      else stopRebalanceTimer(persisted, next.memberId);
    }
    tellStep(op, member, next, byId);
  });
  return next;
}

export function countOf(partitions: AssignedPartitions): number {
  let count = 0;
  for (const epochs of partitions.values()) count += epochs.size;
  return count;
}

function tellStep(
  op: Operation,
  before: ConsumerGroupMember,
  after: ConsumerGroupMember,
  target: ReadonlyMap<number, readonly number[]>,
): void {
  const { w, groupId } = op;
  if (after.state === 'UNREVOKED_PARTITIONS' && before.state !== 'UNREVOKED_PARTITIONS')
    sayMustRevoke(w, groupId, after, countOf(after.partitionsPendingRevocation), after.memberEpoch);
  if (after.state !== 'UNRELEASED_PARTITIONS' || before.state === 'UNRELEASED_PARTITIONS') return;
  let wanted = 0;
  for (const [topicId, partitions] of target)
    for (const p of partitions) if (after.assignedPartitions.get(topicId)?.has(p) !== true) wanted += 1;
  sayWaits(w, groupId, after, wanted);
}
