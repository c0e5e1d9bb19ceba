/** A record of __consumer_offsets, read back into the shard that it was written from (Kafka: GroupCoordinatorShard.replay). */

import { decodeConsumerGroupRecord } from '../../kafka/records/consumer-group-records-read.ts';
import type { GroupMetadataValue } from '../../kafka/records/group-records.ts';
import {
  decodeGroupKey,
  decodeGroupMetadataValue,
  decodeOffsetCommitValue,
} from '../../kafka/records/group-records-read.ts';
import { replicaOf } from '../broker/replicas.ts';
import type { World } from '../kernel/world.ts';
import { computeSubscribedTopics, newGroup } from './classic-group.ts';
import { replayHook } from './modern/replay-hook.ts';
import { putOffset } from './offset-metadata-manager.ts';
import type { ClassicGroup, CoordinatorShard } from './shard-state.ts';
import { anyGroupIn, groupIn } from './shards.ts';
import { shareReplayHook } from './share/replay-hook.ts';

export function replay(
  w: World,
  shard: CoordinatorShard,
  offset: number,
  key: Uint8Array | null,
  value: Uint8Array | null,
) {
  const parsed = key === null ? null : decodeGroupKey(key);
  if (parsed === null) {
    if (key !== null) shareReplayHook.replay(w, shard, key, value);
    return;
  }
  if ('groupId' in parsed) {
    const record = decodeConsumerGroupRecord(parsed, value);
    if (record !== null) replayHook.replay(w, shard, offset, record);
    return;
  }
  if (parsed.type === 'GroupMetadataKey') {
    const before = groupIn(shard, parsed.group);
    shard.groups = shard.groups.filter((g) => g !== before);
    if (value !== null) shard.groups.push(groupOf(w, parsed.group, decodeGroupMetadataValue(value), before));
    else if (before !== null && before.offsets.size > 0)
      // Offsets outlive the group's kind: it is about to become a group of the other protocol.
      shard.groups.push({ ...newGroup(w, parsed.group), offsets: before.offsets });
    return;
  }
  let g = anyGroupIn(shard, parsed.group);
  if (value === null) {
    g?.offsets.delete(`${parsed.topic}-${parsed.partition}`);
    return;
  }
  if (g === null) {
    g = newGroup(w, parsed.group);
    shard.groups.push(g);
  }
  const v = decodeOffsetCommitValue(value);
  const committed = {
    topic: parsed.topic,
    index: parsed.partition,
    offset: v.offset,
    leaderEpoch: v.leaderEpoch,
    metadata: v.metadata,
    commitTimestampMs: v.commitTimestamp,
    expireTimestampMs: v.expireTimestamp,
    topicId: v.topicId,
    recordOffset: offset,
  };
  putOffset(g, committed, replicaOf(w, shard.broker, shard.partition)?.highWatermark ?? 0);
}

/** A group as its record says: Stable with its members' last assignment, or Empty. */
function groupOf(w: World, groupId: string, value: GroupMetadataValue, before: ClassicGroup | null): ClassicGroup {
  const g = newGroup(w, groupId);
  g.state = value.members.length > 0 ? 'Stable' : 'Empty';
  g.stateTimestampMs = value.currentStateTimestamp;
  g.generation = w.bugs.generationForgotten ? 0 : value.generation;
  g.protocolType = value.protocolType === '' ? null : value.protocolType;
  g.protocolName = value.protocol;
  g.leader = value.leader;
  g.offsets = before?.offsets ?? g.offsets;
  g.members = value.members.map((m) => ({
    memberId: m.memberId,
    groupInstanceId: m.groupInstanceId,
    clientId: m.clientId,
    clientHost: m.clientHost,
    sessionTimeoutMs: m.sessionTimeout,
    rebalanceTimeoutMs: m.rebalanceTimeout,
    protocols: [{ name: value.protocol ?? '', metadata: m.subscription }],
    assignment: m.assignment,
    awaitingJoin: null,
    awaitingSync: null,
    isNew: false,
    sessionEndsUs: 0,
    lastContactUs: w.nowUs,
  }));
  g.subscribedTopics = computeSubscribedTopics(g);
  return g;
}
