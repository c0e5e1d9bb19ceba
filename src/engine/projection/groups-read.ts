/** A group as its coordinator has it, found from outside: who coordinates by the controller's word, and what that broker holds. */
import { groupCoordinatorPartition } from '../../kafka/hash/java-string-hash.ts';
import type { ConsumerState } from '../client/consumer-state.ts';
import type { ConsumerGroup } from '../coordinator/modern/consumer-group.ts';
import type { ClassicGroup, CoordinatorShard } from '../coordinator/shard-state.ts';
import { consumerGroupIn, groupIn, OFFSETS_TOPIC, shardAt, shardIndex } from '../coordinator/shards.ts';
import { nodeOf, type World } from '../kernel/world.ts';

export interface GroupSeen {
  readonly groupId: string;
  /** Members and standalone readers, in the scenario's order. */
  readonly consumers: readonly ConsumerState[];
  /** "__consumer_offsets-17", whether it is there yet or not. */
  readonly partitionName: string;
  /** Dense index; -1 while the topic is not there. */
  readonly partition: number;
  /** The leader of that partition; -1: none, or it does not run. */
  readonly coordinator: number;
  readonly shard: CoordinatorShard | null;
  readonly group: ClassicGroup | null;
  /** The same group where it follows the new protocol (KIP-848): one of the two is null. */
  readonly modern: ConsumerGroup | null;
}

/** In order of first appearance in the scenario. */
export function groupIdsOf(w: World): string[] {
  const ids: string[] = [];
  for (const { membership } of w.consumers)
    if (membership !== null && !ids.includes(membership.groupId)) ids.push(membership.groupId);
  return ids;
}

export function groupSeen(w: World, groupId: string): GroupSeen {
  const topic = w.controller.image.topics.get(OFFSETS_TOPIC);
  const first = w.brokers[0];
  const count = topic?.partitions.length ?? (first === undefined ? 50 : first.settings.offsetsTopicNumPartitions);
  const number = groupCoordinatorPartition(groupId, count);
  const partition = topic?.partitions[number] ?? -1;
  const leader = w.controller.image.partitions[partition]?.leader ?? -1;
  const runs = leader >= 0 && ['up', 'paused'].includes(nodeOf(w, leader).process);
  const index = runs ? shardIndex(w, leader, partition) : -1;
  const shard = index < 0 ? null : shardAt(w, index);
  const active = shard === null || shard.state !== 'active' ? null : shard;
  return {
    groupId,
    consumers: w.consumers.filter((c) => c.membership?.groupId === groupId),
    partitionName: `${OFFSETS_TOPIC}-${number}`,
    partition,
    coordinator: runs ? leader : -1,
    shard,
    group: active === null ? null : groupIn(active, groupId),
    modern: active === null ? null : consumerGroupIn(active, groupId),
  };
}
