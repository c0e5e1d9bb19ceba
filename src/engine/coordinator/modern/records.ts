/** The records that a consumer group is kept in (Kafka: GroupCoordinatorRecordHelpers). */
import type { MemberAssignment } from '../../../kafka/assignor/server/server-assignor.ts';
import { javaHashMapOrder, javaUuidHash } from '../../../kafka/hash/java-hash-map-order.ts';
import type { AssignedPartitionsValue, ConsumerGroupRecord } from '../../../kafka/records/consumer-group-records.ts';
import type {
  AssignedPartitions,
  ConsumerGroup,
  ConsumerGroupMember,
  ModernMemberState,
  ResolvedRegex,
} from './consumer-group.ts';
import { idOfUuid, uuidOf } from './metadata.ts';

export const MEMBER_STATES: readonly ModernMemberState[] = ['STABLE', 'UNREVOKED_PARTITIONS', 'UNRELEASED_PARTITIONS'];

export function memberRecord(groupId: string, m: ConsumerGroupMember): ConsumerGroupRecord {
  return {
    key: { type: 'ConsumerGroupMemberMetadataKey', groupId, memberId: m.memberId },
    value: {
      instanceId: m.instanceId,
      rackId: m.rackId,
      clientId: m.clientId,
      clientHost: m.clientHost,
      subscribedTopicNames: m.subscribedTopicNames,
      subscribedTopicRegex: m.subscribedTopicRegex,
      rebalanceTimeoutMs: m.rebalanceTimeoutMs,
      serverAssignor: m.serverAssignorName,
      classicMemberMetadata: m.classicMemberMetadata,
    },
  };
}

export function memberTombstone(groupId: string, memberId: string): ConsumerGroupRecord {
  return { key: { type: 'ConsumerGroupMemberMetadataKey', groupId, memberId }, value: null };
}

export function epochRecord(groupId: string, epoch: number, metadataHash: number): ConsumerGroupRecord {
  return { key: { type: 'ConsumerGroupMetadataKey', groupId }, value: { epoch, metadataHash } };
}

export function epochTombstone(groupId: string): ConsumerGroupRecord {
  return { key: { type: 'ConsumerGroupMetadataKey', groupId }, value: null };
}

export function subscriptionMetadataTombstone(groupId: string): ConsumerGroupRecord {
  return { key: { type: 'ConsumerGroupPartitionMetadataKey', groupId }, value: null };
}

export function targetRecord(groupId: string, memberId: string, target: MemberAssignment): ConsumerGroupRecord {
  return {
    key: { type: 'ConsumerGroupTargetAssignmentMemberKey', groupId, memberId },
    value: { topicPartitions: [...target].map(([uuid, partitions]) => ({ topicId: idOfUuid(uuid), partitions })) },
  };
}

export function targetTombstone(groupId: string, memberId: string): ConsumerGroupRecord {
  return { key: { type: 'ConsumerGroupTargetAssignmentMemberKey', groupId, memberId }, value: null };
}

export function targetEpochRecord(groupId: string, epoch: number, timestamp: number): ConsumerGroupRecord {
  return {
    key: { type: 'ConsumerGroupTargetAssignmentMetadataKey', groupId },
    value: { assignmentEpoch: epoch, assignmentTimestamp: timestamp },
  };
}

export function targetEpochTombstone(groupId: string): ConsumerGroupRecord {
  return { key: { type: 'ConsumerGroupTargetAssignmentMetadataKey', groupId }, value: null };
}

/** In the order of Java's maps: topics by the hash of their ids, partitions as small numbers lie in a table. */
function assignedValue(partitions: AssignedPartitions): AssignedPartitionsValue[] {
  const topics = [...partitions.keys()];
  const ordered = topics.length < 2 ? topics : javaHashMapOrder(topics, (id) => javaUuidHash(uuidOf(id)));
  return ordered.map((topicId) => {
    const epochs = partitions.get(topicId) as ReadonlyMap<number, number>;
    const order = javaHashMapOrder([...epochs.keys()], (p) => p);
    return { topicId, partitions: order, assignmentEpochs: order.map((p) => epochs.get(p) as number) };
  });
}

export function currentRecord(groupId: string, m: ConsumerGroupMember): ConsumerGroupRecord {
  return {
    key: { type: 'ConsumerGroupCurrentMemberAssignmentKey', groupId, memberId: m.memberId },
    value: {
      memberEpoch: m.memberEpoch,
      previousMemberEpoch: m.previousMemberEpoch,
      state: MEMBER_STATES.indexOf(m.state),
      assignedPartitions: assignedValue(m.assignedPartitions),
      partitionsPendingRevocation: assignedValue(m.partitionsPendingRevocation),
    },
  };
}

export function currentTombstone(groupId: string, memberId: string): ConsumerGroupRecord {
  return { key: { type: 'ConsumerGroupCurrentMemberAssignmentKey', groupId, memberId }, value: null };
}

export function regexRecord(groupId: string, regularExpression: string, r: ResolvedRegex): ConsumerGroupRecord {
  return {
    key: { type: 'ConsumerGroupRegularExpressionKey', groupId, regularExpression },
    value: { topics: r.topics, version: r.version, timestamp: r.timestampMs },
  };
}

export function regexTombstone(groupId: string, regularExpression: string): ConsumerGroupRecord {
  return { key: { type: 'ConsumerGroupRegularExpressionKey', groupId, regularExpression }, value: null };
}

/** The member goes: its three records, in the order in which replay needs them. */
export function removalRecords(groupId: string, memberId: string): ConsumerGroupRecord[] {
  return [currentTombstone(groupId, memberId), targetTombstone(groupId, memberId), memberTombstone(groupId, memberId)];
}

/** The group goes (createGroupTombstoneRecords). `named`: the member id that stands in the log for a member. */
export function groupTombstones(
  g: ConsumerGroup,
  named: (memberId: string) => string = (id) => id,
): ConsumerGroupRecord[] {
  const { groupId } = g;
  const members = [...g.members.keys()].map(named);
  return [
    ...members.map((id) => currentTombstone(groupId, id)),
    ...members.map((id) => targetTombstone(groupId, id)),
    targetEpochTombstone(groupId),
    ...members.map((id) => memberTombstone(groupId, id)),
    ...[...g.resolvedRegexes.keys()].map((regex) => regexTombstone(groupId, regex)),
    subscriptionMetadataTombstone(groupId),
    epochTombstone(groupId),
  ];
}

/** All of a group that came from another protocol (createConsumerGroupRecords). */
export function groupRecords(g: ConsumerGroup): ConsumerGroupRecord[] {
  const { groupId } = g;
  const members = [...g.members.values()];
  return [
    ...members.map((m) => memberRecord(groupId, m)),
    epochRecord(groupId, g.groupEpoch, g.metadataHash),
    ...members.map((m) => targetRecord(groupId, m.memberId, g.targetAssignment.get(m.memberId) ?? new Map())),
    targetEpochRecord(groupId, g.assignmentEpoch, g.assignmentTimestampMs),
    ...members.map((m) => currentRecord(groupId, m)),
  ];
}
