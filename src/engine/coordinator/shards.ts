/** Access to the coordinators of a broker, and the one timer event that each of them keeps. */
import { errorCode } from '../../kafka/api/errors-core.ts';
import { groupCoordinatorPartition } from '../../kafka/hash/java-string-hash.ts';
import { brokerState } from '../broker/replicas.ts';
import { EventKind } from '../kernel/event.ts';
import { schedule } from '../kernel/schedule.ts';
import { BROKER_STRIDE, own, type World } from '../kernel/world.ts';
import { type CoordinatorConfig, coordinatorConfig } from './coordinator-config.ts';
import type { ConsumerGroup } from './modern/consumer-group.ts';
import { type ClassicGroup, type CoordinatorShard, cloneShard } from './shard-state.ts';

export const OFFSETS_TOPIC = '__consumer_offsets';
const NOT_COORDINATOR = errorCode('NOT_COORDINATOR');
const COORDINATOR_LOAD_IN_PROGRESS = errorCode('COORDINATOR_LOAD_IN_PROGRESS');

/** Its index in `World.coordinators`, -1 if this broker has none for the partition. */
export function shardIndex(w: World, broker: number, partition: number): number {
  const index = w.coordinatorIndex.get(partition * BROKER_STRIDE + broker);
  return index === undefined || w.coordinators[index] === null ? -1 : index;
}

export function shardAt(w: World, index: number): CoordinatorShard {
  return w.coordinators[index] as CoordinatorShard;
}

export function ownShard(w: World, index: number): CoordinatorShard {
  return own(w, w.coordinators as CoordinatorShard[], index, cloneShard);
}

export function configOfShard(w: World, shard: CoordinatorShard): CoordinatorConfig {
  return coordinatorConfig(brokerState(w, shard.broker).entries);
}

export function addShard(w: World, broker: number, partition: number, epoch: number): number {
  const key = partition * BROKER_STRIDE + broker;
  const index = w.coordinatorIndex.get(key) ?? w.coordinators.length;
  w.coordinatorIndex.set(key, index);
  // What an earlier coordinator in this place knew of share groups is read again as well.
  if (index < w.share[3].length) w.share[3][index] = null;
  w.coordinators[index] = {
    gen: w.gen,
    broker,
    partition,
    state: 'loading',
    epoch,
    sinceUs: w.nowUs,
    loadEndsUs: 0,
    lastWrittenOffset: 0,
    committedOffset: 0,
    deferred: [],
    groups: [],
    consumerGroups: [],
    newestTopicId: -1,
    newTopicsAt: -1,
    expirationUs: 0,
    timerArmedUs: 0,
  };
  return index;
}

/** Rule 60, by what this broker knows of the topic: its dense index, -1 while the topic is not there. */
export function offsetsPartitionFor(w: World, broker: number, groupId: string): number {
  const topic = brokerState(w, broker).image.topics.get(OFFSETS_TOPIC);
  if (topic === undefined) return -1;
  return topic.partitions[groupCoordinatorPartition(groupId, topic.partitions.length)] ?? -1;
}

/** The coordinator of a group on this broker, or the error that a request gets instead. */
export function activeShard(w: World, broker: number, groupId: string): { index: number } | { error: number } {
  const partition = offsetsPartitionFor(w, broker, groupId);
  const index = partition < 0 ? -1 : shardIndex(w, broker, partition);
  if (index < 0) return { error: NOT_COORDINATOR };
  return shardAt(w, index).state === 'loading' ? { error: COORDINATOR_LOAD_IN_PROGRESS } : { index };
}

export function groupIn(shard: CoordinatorShard, groupId: string): ClassicGroup | null {
  for (const group of shard.groups) if (group.groupId === groupId) return group;
  return null;
}

export function consumerGroupIn(shard: CoordinatorShard, groupId: string): ConsumerGroup | null {
  for (const group of shard.consumerGroups) if (group.groupId === groupId) return group;
  return null;
}

/** Whatever protocol it follows: both kinds keep their offsets in the same way. */
export function anyGroupIn(shard: CoordinatorShard, groupId: string): ClassicGroup | ConsumerGroup | null {
  return groupIn(shard, groupId) ?? consumerGroupIn(shard, groupId);
}

/** Makes sure that the shard looks at its timers at `atUs` or earlier. */
export function armTimer(w: World, index: number, atUs: number): void {
  const known = shardAt(w, index);
  if (known.timerArmedUs > 0 && known.timerArmedUs <= atUs) return;
  ownShard(w, index).timerArmedUs = atUs;
  schedule(w, atUs, EventKind.GroupCoordinatorTimer, w.brokerNode[known.broker] as number, index);
}
