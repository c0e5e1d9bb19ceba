/** A share group's record, read back (Kafka: GroupMetadataManager.replay): the only way in which its hard state changes. */
import { topicUuid } from '../../../kafka/hash/uuid.ts';
import {
  decodeShareGroupRecord,
  type ShareGroupRecord,
  type ShareTopicInfo,
} from '../../../kafka/records/share-group-records.ts';
import { type World, wallMs } from '../../kernel/world.ts';
import {
  type InitializedTopic,
  newShareGroup,
  type ShareGroup,
  type ShareGroupMember,
} from '../../share/group-state.ts';
import { ownShareGroupShard } from '../../share/tables.ts';
import { shareReplayHook } from './replay-hook.ts';
import { shareMember } from './share-groups.ts';
import { armShareGroups } from './timers.ts';

shareReplayHook.replay = (w, shard, key, value) => {
  const record = decodeShareGroupRecord(key, value);
  if (record === null) return;
  const index = w.coordinators.findIndex((c) => c?.broker === shard.broker && c.partition === shard.partition);
  if (index < 0) return;
  replayShareRecord(w, index, record);
  // Loading: sessions begin when it has ended.
  if (shard.state === 'loading') armShareGroups(w, index, Math.max(shard.loadEndsUs, w.nowUs) + 1);
};

function groupFor(w: World, index: number, groupId: string): ShareGroup {
  const { groups } = ownShareGroupShard(w, index);
  let g = groups.find((known) => known.groupId === groupId);
  if (g === undefined) {
    g = newShareGroup(groupId, w.nowUs);
    groups.push(g);
  }
  return g;
}

function memberFor(g: ShareGroup, memberId: string): ShareGroupMember {
  return (
    shareMember(g, memberId) ?? {
      memberId,
      memberEpoch: 0,
      previousMemberEpoch: -1,
      rackId: null,
      clientId: '',
      clientHost: '',
      subscribedTopicNames: [],
      assignedPartitions: new Map(),
    }
  );
}

function put(w: World, g: ShareGroup, member: ShareGroupMember): void {
  const at = g.members.findIndex((m) => m.memberId === member.memberId);
  if (at >= 0) g.members[at] = member;
  else {
    if (g.members.length === 0) g.sinceUs = w.nowUs;
    g.members.push(member);
  }
}

export function replayShareRecord(w: World, index: number, record: ShareGroupRecord): void {
  const { groupId } = record;
  const memberId = record.memberId ?? '';
  if (record.type === 'ShareGroupMetadataKey' && record.value === null) {
    const shard = ownShareGroupShard(w, index);
    shard.groups = shard.groups.filter((g) => g.groupId !== groupId);
    return;
  }
  const g = groupFor(w, index, groupId);
  switch (record.type) {
    case 'ShareGroupMetadataKey':
      g.groupEpoch = record.value?.epoch ?? 0;
      g.metadataHash = record.value?.metadataHash ?? 0;
      break;
    case 'ShareGroupMemberMetadataKey':
      if (record.value !== null) put(w, g, { ...memberFor(g, memberId), ...record.value });
      else removeMember(w, g, memberId);
      break;
    case 'ShareGroupTargetAssignmentMetadataKey':
      g.assignmentEpoch = record.value?.assignmentEpoch ?? -1;
      g.assignmentTimestampMs = record.value?.assignmentTimestamp ?? 0;
      break;
    case 'ShareGroupTargetAssignmentMemberKey': {
      const target = new Map(g.target);
      if (record.value === null) target.delete(memberId);
      else target.set(memberId, new Map(record.value.topicPartitions.map((t) => [topicUuid(t.topicId), t.partitions])));
      g.target = target;
      break;
    }
    case 'ShareGroupCurrentMemberAssignmentKey': {
      const known = memberFor(g, memberId);
      const { memberEpoch, previousMemberEpoch, assignedPartitions } = record.value ?? {
        memberEpoch: -1,
        previousMemberEpoch: -1,
        assignedPartitions: [],
      };
      const assigned = new Map(assignedPartitions.map((t) => [t.topicId, t.partitions]));
      put(w, g, { ...known, memberEpoch, previousMemberEpoch, assignedPartitions: assigned });
      break;
    }
    case 'ShareGroupStatePartitionMetadataKey':
      g.initializing = topicsOf(w, g.initializing, record.value?.initializingTopics ?? []);
      g.initialized = topicsOf(w, g.initialized, record.value?.initializedTopics ?? []);
      break;
  }
}

function removeMember(w: World, g: ShareGroup, memberId: string): void {
  g.members = g.members.filter((m) => m.memberId !== memberId);
  g.sessions.delete(memberId);
  if (g.members.length === 0) g.sinceUs = w.nowUs;
}

/** Since when a topic is there is kept where it is known; the log does not have it. */
function topicsOf(w: World, before: readonly InitializedTopic[], list: readonly ShareTopicInfo[]): InitializedTopic[] {
  return list.map(({ topicId, topicName, partitions }) => ({
    topicId,
    topic: topicName,
    partitions,
    timestampMs: before.find((t) => t.topicId === topicId)?.timestampMs ?? wallMs(w),
  }));
}
