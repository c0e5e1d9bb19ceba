/**
 * A consumer group's records, played into the shard that they were written from: when they are written, and when a coordinator loads
 * (Kafka: GroupMetadataManager.replay).
 */
import type { MemberAssignment } from '../../../kafka/assignor/server/server-assignor.ts';
import type {
  AssignedPartitionsValue,
  ConsumerGroupCurrentMemberAssignmentValue,
  ConsumerGroupMemberMetadataValue,
  ConsumerGroupMetadataValue,
  ConsumerGroupRecord,
  ConsumerGroupRegularExpressionValue,
  ConsumerGroupTargetAssignmentMemberValue,
  ConsumerGroupTargetAssignmentMetadataValue,
} from '../../../kafka/records/consumer-group-records.ts';
import type { World } from '../../kernel/world.ts';
import { newGroup } from '../classic-group.ts';
import type { CoordinatorShard } from '../shard-state.ts';
import { consumerGroupIn, groupIn } from '../shards.ts';
import {
  type AssignedPartitions,
  type ConsumerGroup,
  type EpochAt,
  NO_PARTITIONS,
  newConsumerGroup,
  newMember,
} from './consumer-group.ts';
import { addTopicCount, removeMember, updateMember } from './counts.ts';
import { uuidOf } from './metadata.ts';
import { MEMBER_STATES } from './records.ts';
import { replayHook } from './replay-hook.ts';

replayHook.replay = replay;

export const LEAVE_GROUP_MEMBER_EPOCH = -1;
export const LEAVE_GROUP_STATIC_MEMBER_EPOCH = -2;

export function replay(w: World, shard: CoordinatorShard, offset: number, record: ConsumerGroupRecord): void {
  const g = persistedGroup(w, shard, record.key.groupId, record.value !== null);
  // A tombstone for a group that is not there.
  if (g === null) return;
  const { key, value } = record;
  switch (key.type) {
    case 'ConsumerGroupMetadataKey':
      replayMetadata(w, shard, g, value as ConsumerGroupMetadataValue | null);
      break;
    case 'ConsumerGroupPartitionMetadataKey':
      g.subscriptionMetadataRecord = value !== null;
      break;
    case 'ConsumerGroupMemberMetadataKey':
      replayMember(g, key.memberId, value as ConsumerGroupMemberMetadataValue | null);
      break;
    case 'ConsumerGroupTargetAssignmentMetadataKey':
      replayTargetEpoch(g, value as ConsumerGroupTargetAssignmentMetadataValue | null);
      break;
    case 'ConsumerGroupTargetAssignmentMemberKey':
      replayTarget(g, key.memberId, value as ConsumerGroupTargetAssignmentMemberValue | null);
      break;
    case 'ConsumerGroupCurrentMemberAssignmentKey':
      replayCurrent(g, key.memberId, value as ConsumerGroupCurrentMemberAssignmentValue | null, offset);
      break;
    case 'ConsumerGroupRegularExpressionKey':
      replayRegex(g, key.regularExpression, value as ConsumerGroupRegularExpressionValue | null);
      break;
  }
}

/** getOrMaybeCreatePersistedConsumerGroup: a group that only kept offsets until now becomes one with members. */
function persistedGroup(w: World, shard: CoordinatorShard, groupId: string, create: boolean): ConsumerGroup | null {
  const known = consumerGroupIn(shard, groupId);
  if (known !== null || !create) return known;
  const g = newConsumerGroup(groupId, w.nowUs);
  const simple = groupIn(shard, groupId);
  if (simple !== null) {
    g.offsets = simple.offsets;
    shard.groups = shard.groups.filter((other) => other !== simple);
  }
  shard.consumerGroups.push(g);
  return g;
}

function replayMetadata(
  w: World,
  shard: CoordinatorShard,
  g: ConsumerGroup,
  v: ConsumerGroupMetadataValue | null,
): void {
  if (v !== null) {
    g.groupEpoch = w.bugs.generationForgotten && shard.state === 'loading' ? 1 : v.epoch;
    g.metadataHash = v.metadataHash;
    return;
  }
  shard.consumerGroups = shard.consumerGroups.filter((other) => other !== g);
  // Offsets outlive the group's kind.
  if (g.offsets.size > 0) shard.groups.push({ ...newGroup(w, g.groupId), offsets: g.offsets });
}

function replayMember(g: ConsumerGroup, memberId: string, v: ConsumerGroupMemberMetadataValue | null): void {
  if (v === null) {
    removeMember(g, memberId);
    g.timers.delete(memberId);
    g.epochs.delete(memberId);
    return;
  }
  updateMember(g, {
    ...(g.members.get(memberId) ?? newMember(memberId)),
    instanceId: v.instanceId,
    rackId: v.rackId,
    clientId: v.clientId,
    clientHost: v.clientHost,
    subscribedTopicNames: v.subscribedTopicNames,
    subscribedTopicRegex: v.subscribedTopicRegex ?? '',
    rebalanceTimeoutMs: v.rebalanceTimeoutMs,
    serverAssignorName: v.serverAssignor,
    classicMemberMetadata: v.classicMemberMetadata,
  });
}

function replayTargetEpoch(g: ConsumerGroup, v: ConsumerGroupTargetAssignmentMetadataValue | null): void {
  g.assignmentEpoch = v?.assignmentEpoch ?? -1;
  g.assignmentTimestampMs = v?.assignmentTimestamp ?? 0;
}

function replayTarget(g: ConsumerGroup, memberId: string, v: ConsumerGroupTargetAssignmentMemberValue | null): void {
  if (v === null) {
    g.targetAssignment.delete(memberId);
    return;
  }
  const target = new Map<string, readonly number[]>();
  for (const { topicId, partitions } of v.topicPartitions) target.set(uuidOf(topicId), partitions);
  g.targetAssignment.set(memberId, target as MemberAssignment);
}

function assigned(topics: readonly AssignedPartitionsValue[], memberEpoch: number): AssignedPartitions {
  if (topics.length === 0) return NO_PARTITIONS;
  // Records from before 4.3 have no epochs by partition.
  const fallback = Math.max(memberEpoch, 0);
  const all = new Map<number, ReadonlyMap<number, number>>();
  for (const { topicId, partitions, assignmentEpochs: epochs } of topics) {
    const known = epochs !== null && epochs.length === partitions.length ? epochs : null;
    all.set(topicId, new Map(partitions.map((p, i) => [p, known === null ? fallback : (known[i] as number)])));
  }
  return all;
}

function replayCurrent(
  g: ConsumerGroup,
  memberId: string,
  v: ConsumerGroupCurrentMemberAssignmentValue | null,
  recordOffset: number,
): void {
  const known = g.members.get(memberId);
  if (v === null) {
    if (known === undefined) return;
    updateMember(g, {
      ...known,
      memberEpoch: LEAVE_GROUP_MEMBER_EPOCH,
      previousMemberEpoch: LEAVE_GROUP_MEMBER_EPOCH,
      assignedPartitions: NO_PARTITIONS,
      partitionsPendingRevocation: NO_PARTITIONS,
    });
    return;
  }
  updateMember(g, {
    ...(known ?? newMember(memberId)),
    memberEpoch: v.memberEpoch,
    previousMemberEpoch: v.previousMemberEpoch,
    state: MEMBER_STATES[v.state] ?? 'UNKNOWN',
    assignedPartitions: assigned(v.assignedPartitions, v.memberEpoch),
    partitionsPendingRevocation: assigned(v.partitionsPendingRevocation, v.memberEpoch),
  });
  const before = g.epochs.get(memberId) ?? [];
  g.epochs.set(memberId, [...before.slice(-KEPT_EPOCHS), { epoch: v.memberEpoch, recordOffset }]);
}

/** More records of one member do not wait for their copies at once: each of its heartbeats waits for the last one's. */
const KEPT_EPOCHS = 3;

/** The member's epoch as of what is committed (below `committedOffset`); null: it is not a member there. */
export function committedEpoch(epochs: readonly EpochAt[] | undefined, committedOffset: number): number | null {
  let found: number | null = null;
  for (const { epoch, recordOffset } of epochs ?? []) if (recordOffset < committedOffset) found = epoch;
  return found;
}

function replayRegex(g: ConsumerGroup, regex: string, v: ConsumerGroupRegularExpressionValue | null): void {
  for (const topic of g.resolvedRegexes.get(regex)?.topics ?? []) addTopicCount(g.subscribedTopics, topic, 0, -1);
  g.resolvedRegexes.delete(regex);
  if (v === null) return;
  g.resolvedRegexes.set(regex, { topics: v.topics, version: v.version, timestampMs: v.timestamp });
  for (const topic of v.topics) addTopicCount(g.subscribedTopics, topic, 0, 1);
}
