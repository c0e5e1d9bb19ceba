/** Which group and which member a heartbeat is for (GroupMetadataManager, getOrMaybe...; rules 72, 106). */
import type { TopicPartitions } from '../../../kafka/api/messages-consumer-group.ts';
import { consumerGroupIn, groupIn } from '../shards.ts';
import {
  type AssignedPartitions,
  type ConsumerGroup,
  type ConsumerGroupMember,
  NO_TARGET,
  newConsumerGroup,
  newMember,
  staticMemberOf,
  usesClassicProtocol,
} from './consumer-group.ts';
import { GroupError } from './errors.ts';
import { convertToConsumerGroup, emptyClassicTombstones, validateUpgrade } from './migration.ts';
import type { Operation } from './operation.ts';
import { currentRecord, memberRecord, removalRecords, targetRecord } from './records.ts';
import { LEAVE_GROUP_STATIC_MEMBER_EPOCH } from './replay.ts';
import { sayReturned } from './words.ts';

export function existingGroup(op: Operation): ConsumerGroup {
  const g = consumerGroupIn(op.shard, op.groupId);
  if (g === null) throw new GroupError('GROUP_ID_NOT_FOUND', `There is no consumer group ${op.groupId}.`);
  return g;
}

/** A group that is not there yet is made by its first member; it stands in the shard once its records do. */
export function createdGroup(op: Operation, create: boolean): ConsumerGroup {
  const known = consumerGroupIn(op.shard, op.groupId);
  if (known !== null) return known;
  const classic = groupIn(op.shard, op.groupId);
  if (!create) throw new GroupError('GROUP_ID_NOT_FOUND', `There is no consumer group ${op.groupId}.`);
  if (classic === null) return newConsumerGroup(op.groupId, op.w.nowUs);
  if (classic.state === 'Empty') {
    op.records.push(...emptyClassicTombstones(classic));
    return newConsumerGroup(op.groupId, op.w.nowUs);
  }
  validateUpgrade(op, classic);
  return convertToConsumerGroup(op, classic);
}

export function throwIfFull(op: Operation, g: ConsumerGroup, memberId: string): void {
  if (g.members.size >= op.config.maxSize && (memberId === '' || !g.members.has(memberId)))
    throw new GroupError('GROUP_MAX_SIZE_REACHED', `The group has ${op.config.maxSize} members, and that is the most.`);
}

/** Whether everything that it says it owns is assigned to it. */
function isSubset(owned: readonly TopicPartitions[] | null, assigned: AssignedPartitions): boolean {
  if (owned === null) return false;
  return owned.every(({ topicId, partitions }) => {
    const mine = assigned.get(topicId);
    return mine !== undefined && partitions.every((p) => mine.has(p));
  });
}

/** Rule 72. */
function throwIfEpochIsInvalid(
  m: ConsumerGroupMember,
  received: number,
  owned: readonly TopicPartitions[] | null,
): void {
  if (received === 0 || received === m.memberEpoch) return;
  // The answer that told it of the new epoch may have been lost.
  if (received < m.memberEpoch && received === m.previousMemberEpoch && isSubset(owned, m.assignedPartitions)) return;
  const than = received > m.memberEpoch ? 'greater' : 'smaller';
  throw new GroupError(
    'FENCED_MEMBER_EPOCH',
    `Epoch ${received} is ${than} than ${m.memberEpoch}, which the coordinator knows: give all up and join again.`,
  );
}

export function dynamicMember(
  g: ConsumerGroup,
  memberId: string,
  memberEpoch: number,
  owned: readonly TopicPartitions[] | null,
  create: boolean,
  classic = false,
): ConsumerGroupMember {
  const known = g.members.get(memberId);
  if (known === undefined && !create)
    throw new GroupError('UNKNOWN_MEMBER_ID', `${memberId} is not a member of group ${g.groupId}.`);
  const member = known ?? newMember(memberId);
  if (!classic) throwIfEpochIsInvalid(member, memberEpoch, owned);
  return member;
}

export interface StaticRequest {
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly instanceId: string;
  readonly topicPartitions: readonly TopicPartitions[] | null;
  /** It joins. */
  readonly create: boolean;
  readonly classic: boolean;
}

/** Rule 106: whoever comes back under an instance's name takes its predecessor's place once that one has left. */
export function staticMember(op: Operation, g: ConsumerGroup, r: StaticRequest): ConsumerGroupMember {
  const known = staticMemberOf(g, r.instanceId);
  if (!r.create) {
    const member = knownInstance(known, r.memberId, r.instanceId);
    if (!r.classic) throwIfEpochIsInvalid(member, r.memberEpoch, r.topicPartitions);
    return member;
  }
  if (known === null) return g.members.get(r.memberId) ?? newMember(r.memberId);
  if (!r.classic && !usesClassicProtocol(known) && known.memberEpoch !== LEAVE_GROUP_STATIC_MEMBER_EPOCH)
    throw new GroupError('UNRELEASED_INSTANCE_ID', `${r.instanceId} is held by ${known.memberId}, which has not left.`);
  const member = { ...known, memberId: r.memberId, memberEpoch: 0, previousMemberEpoch: 0 };
  op.records.push(
    ...removalRecords(op.groupId, known.memberId),
    memberRecord(op.groupId, member),
    targetRecord(op.groupId, r.memberId, g.targetAssignment.get(known.memberId) ?? NO_TARGET),
    currentRecord(op.groupId, member),
  );
  op.after.push(() => sayReturned(op.w, op.groupId, member));
  return member;
}

/** The member that stands under an instance's name; anybody else with that name is fenced. */
export function knownInstance(
  known: ConsumerGroupMember | null,
  memberId: string,
  instanceId: string,
): ConsumerGroupMember {
  if (known === null) throw new GroupError('UNKNOWN_MEMBER_ID', `Nobody is known as ${instanceId}.`);
  if (known.memberId !== memberId) throw new GroupError('FENCED_INSTANCE_ID', `${instanceId} is another member now.`);
  return known;
}
