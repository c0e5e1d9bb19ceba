/**
 * One member's next step towards its target (Kafka: CurrentAssignmentBuilder; rules 71, 102): it gives partitions up before its epoch
 * advances, and gets only those that nobody holds any more. Pure: gives the member as it is to be, or the same one.
 */
import {
  type AssignedPartitions,
  type ConsumerGroupMember,
  type ModernMemberState,
  NO_PARTITIONS,
} from './consumer-group.ts';

/** Owned partitions as a heartbeat names them; null: it does not say. */
export type OwnedPartitions = readonly { readonly topicId: number; readonly partitions: readonly number[] }[] | null;

export interface CurrentAssignment {
  readonly targetAssignmentEpoch: number;
  /** By topic id. */
  readonly target: ReadonlyMap<number, readonly number[]>;
  /** This heartbeat has changed the subscription. */
  readonly hasSubscriptionChanged: boolean;
  /** The ids of the topics that the member is subscribed to and that exist. */
  readonly subscribedTopicIds: ReadonlySet<number>;
  /** The epoch of whoever holds a partition, -1: nobody. */
  readonly currentPartitionEpoch: (topicId: number, partition: number) => number;
  readonly owned: OwnedPartitions;
}

export function nextAssignment(member: ConsumerGroupMember, c: CurrentAssignment): ConsumerGroupMember {
  switch (member.state) {
    case 'STABLE':
      if (member.memberEpoch !== c.targetAssignmentEpoch) return computeNext(member, member.memberEpoch, c);
      return c.hasSubscriptionChanged ? withoutUnsubscribed(member, c) : member;
    case 'UNREVOKED_PARTITIONS':
      if (ownsRevoked(c.owned, member.partitionsPendingRevocation))
        return c.hasSubscriptionChanged ? withoutUnsubscribed(member, c) : member;
      return computeNext(member, member.memberEpoch, c);
    case 'UNRELEASED_PARTITIONS':
      return computeNext(member, member.memberEpoch, c);
    default:
      return computeNext(member, c.targetAssignmentEpoch, c);
  }
}

/** A member that a later coordinator has put into a state unknown here must come without partitions. */
export function mustAbandon(member: ConsumerGroupMember, owned: OwnedPartitions): boolean {
  return member.state === 'UNKNOWN' && (owned === null || owned.length > 0);
}

/** Whether it still reports any of these; one that does not say may own all of them. */
function ownsRevoked(owned: OwnedPartitions, pending: AssignedPartitions): boolean {
  if (owned === null) return true;
  for (const { topicId, partitions } of owned) {
    const revoked = pending.get(topicId);
    if (revoked !== undefined && partitions.some((p) => revoked.has(p))) return true;
  }
  return false;
}

function moved(
  member: ConsumerGroupMember,
  state: ModernMemberState,
  memberEpoch: number,
  assignedPartitions: AssignedPartitions,
  partitionsPendingRevocation: AssignedPartitions,
): ConsumerGroupMember {
  const previousMemberEpoch = member.memberEpoch;
  return { ...member, state, memberEpoch, previousMemberEpoch, assignedPartitions, partitionsPendingRevocation };
}

/** The subscription has changed and the target has not: what it does not read any more is to be given up. */
function withoutUnsubscribed(member: ConsumerGroupMember, c: CurrentAssignment): ConsumerGroupMember {
  const gone = [...member.assignedPartitions].filter(([topicId]) => !c.subscribedTopicIds.has(topicId));
  if (gone.length === 0) return member;
  const assigned = new Map(member.assignedPartitions);
  const pending = new Map(member.partitionsPendingRevocation);
  for (const [topicId, partitions] of gone) {
    assigned.delete(topicId);
    pending.set(topicId, new Map([...(pending.get(topicId) ?? []), ...partitions]));
  }
  if (ownsRevoked(c.owned, pending))
    return moved(member, 'UNREVOKED_PARTITIONS', member.memberEpoch, assigned, pending);
  return moved(member, member.state, member.memberEpoch, assigned, member.partitionsPendingRevocation);
}

function computeNext(member: ConsumerGroupMember, memberEpoch: number, c: CurrentAssignment): ConsumerGroupMember {
  const kept = new Map<number, Map<number, number>>();
  const pending = new Map<number, Map<number, number>>();
  const free = new Map<number, number[]>();
  let unreleased = false;
  for (const topicId of new Set([...c.target.keys(), ...member.assignedPartitions.keys()])) {
    const target = c.subscribedTopicIds.has(topicId) ? (c.target.get(topicId) ?? []) : [];
    const wanted = new Set(target);
    const current = member.assignedPartitions.get(topicId) ?? new Map<number, number>();
    for (const [partition, epoch] of current) put(wanted.has(partition) ? kept : pending, topicId, partition, epoch);
    const givingUp = member.partitionsPendingRevocation.get(topicId);
    for (const partition of target) {
      if (current.has(partition)) continue;
      // Rule 71: what nobody holds, or what it is giving up itself.
      if (c.currentPartitionEpoch(topicId, partition) !== -1 && givingUp?.has(partition) !== true) unreleased = true;
      else list(free, topicId, partition);
    }
  }
  if (pending.size > 0 && ownsRevoked(c.owned, pending))
    return moved(member, 'UNREVOKED_PARTITIONS', memberEpoch, kept, pending);
  for (const [topicId, partitions] of free)
    for (const partition of partitions) put(kept, topicId, partition, c.targetAssignmentEpoch);
  const state = unreleased ? 'UNRELEASED_PARTITIONS' : 'STABLE';
  return moved(member, state, c.targetAssignmentEpoch, kept, NO_PARTITIONS);
}

function put(into: Map<number, Map<number, number>>, topicId: number, partition: number, epoch: number): void {
  const known = into.get(topicId);
  if (known === undefined) into.set(topicId, new Map([[partition, epoch]]));
  else known.set(partition, epoch);
}

function list(into: Map<number, number[]>, topicId: number, partition: number): void {
  const known = into.get(topicId);
  if (known === undefined) into.set(topicId, [partition]);
  else known.push(partition);
}
