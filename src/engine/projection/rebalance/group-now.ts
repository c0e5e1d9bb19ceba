/**
 * One group as the lab's observer needs it after each event: who coordinates it, in which state, and whom it waits for. Cheaper
 * than the frame's view: the partition that coordinates it is looked up once.
 */
import { groupCoordinatorPartition } from '../../../kafka/hash/java-string-hash.ts';
import { type ConsumerGroup, isReconciledTo } from '../../coordinator/modern/consumer-group.ts';
import type { ClassicGroup } from '../../coordinator/shard-state.ts';
import { consumerGroupIn, groupIn, OFFSETS_TOPIC, shardAt, shardIndex } from '../../coordinator/shards.ts';
import { shareGroupIn, shareGroupState } from '../../coordinator/share/share-groups.ts';
import { nodeOf, type World } from '../../kernel/world.ts';
import type { ShareGroup } from '../../share/group-state.ts';

export interface CoordinatorNow {
  /** Broker id; -1: none. */
  readonly broker: number;
  readonly state: string;
  readonly epoch: number;
  /** By client id, in the order of the group's list. */
  readonly waitsFor: readonly string[];
}

export const NOBODY: CoordinatorNow = { broker: -1, state: '', epoch: -1, waitsFor: [] };
const NO_NAMES: readonly string[] = [];

/** Dense index of the partition of __consumer_offsets that coordinates the group; -1 while the topic is not there. */
export function coordinatorPartition(w: World, groupId: string): number {
  const topic = w.controller.image.topics.get(OFFSETS_TOPIC);
  if (topic === undefined) return -1;
  return topic.partitions[groupCoordinatorPartition(groupId, topic.partitions.length)] ?? -1;
}

/** `before`: as it was, if nothing has happened since by which it could wait for others; null: look. */
export function coordinatorNow(
  w: World,
  groupId: string,
  partition: number,
  before: CoordinatorNow | null,
): CoordinatorNow {
  const leader = w.controller.image.partitions[partition]?.leader ?? -1;
  if (leader < 0 || !['up', 'paused'].includes(nodeOf(w, leader).process)) return NOBODY;
  const index = shardIndex(w, leader, partition);
  if (index < 0) return { ...NOBODY, broker: leader };
  const shard = shardAt(w, index);
  if (shard.state !== 'active') return { ...NOBODY, broker: leader, state: 'loading' };
  const classic = groupIn(shard, groupId);
  const same = (state: string, epoch: number): boolean =>
    before !== null && before.broker === leader && before.state === state && before.epoch === epoch;
  if (classic !== null) {
    const { state, generation: epoch } = classic;
    return same(state, epoch)
      ? (before as CoordinatorNow)
      : { broker: leader, state, epoch, waitsFor: classicWaitsFor(classic) };
  }
  const modern = consumerGroupIn(shard, groupId);
  const share = modern === null ? shareGroupIn(w, index, groupId) : null;
  // Members of a share group take what is theirs at once: nobody waits for anybody.
  if (share !== null)
    return { broker: leader, state: shareGroupState(share), epoch: share.groupEpoch, waitsFor: NO_NAMES };
  if (modern === null) return { ...NOBODY, broker: leader };
  const { state, groupEpoch: epoch } = modern;
  return same(state, epoch)
    ? (before as CoordinatorNow)
    : { broker: leader, state, epoch, waitsFor: modernWaitsFor(modern) };
}

/** The group of the new protocol on the broker that leads its partition; null: there is none (or a classic one). */
export function modernGroup(
  w: World,
  groupId: string,
  partition: number,
): { group: ConsumerGroup; broker: number } | null {
  const broker = w.controller.image.partitions[partition]?.leader ?? -1;
  const index = broker < 0 ? -1 : shardIndex(w, broker, partition);
  const group = index < 0 ? null : consumerGroupIn(shardAt(w, index), groupId);
  return group === null ? null : { group, broker };
}

export function shareGroup(w: World, groupId: string, partition: number): { group: ShareGroup; broker: number } | null {
  const broker = w.controller.image.partitions[partition]?.leader ?? -1;
  const index = broker < 0 ? -1 : shardIndex(w, broker, partition);
  const group = index < 0 ? null : shareGroupIn(w, index, groupId);
  return group === null ? null : { group, broker };
}

/** Who has not yet come to the target: nobody else has to wait for them but who is to get what they hold. */
function modernWaitsFor(g: ConsumerGroup): readonly string[] {
  if (g.state !== 'Reconciling') return NO_NAMES;
  return [...g.members.values()].filter((m) => !isReconciledTo(m, g.assignmentEpoch)).map((m) => m.clientId);
}

function classicWaitsFor(g: ClassicGroup): readonly string[] {
  if (g.state === 'PreparingRebalance') {
    const members = g.members.filter((m) => m.awaitingJoin === null).map((m) => m.clientId);
    return [...members, ...g.pendingJoin.map((p) => p.clientId)];
  }
  if (g.state !== 'CompletingRebalance') return NO_NAMES;
  // Everybody waits for the leader's plan; the others only have to ask for their part of it.
  return g.members.filter((m) => g.pendingSync.includes(m.memberId)).map((m) => m.clientId);
}

/** Client ids of the members that the coordinator knows, by member id. */
export function memberNames(w: World, groupId: string, partition: number): Map<string, string> {
  const names = new Map<string, string>();
  const leader = w.controller.image.partitions[partition]?.leader ?? -1;
  const index = leader < 0 ? -1 : shardIndex(w, leader, partition);
  const group = index < 0 ? null : groupIn(shardAt(w, index), groupId);
  for (const m of group?.members ?? []) names.set(m.memberId, m.clientId);
  for (const m of modernGroup(w, groupId, partition)?.group.members.values() ?? []) names.set(m.memberId, m.clientId);
  for (const m of shareGroup(w, groupId, partition)?.group.members ?? []) names.set(m.memberId, m.clientId);
  return names;
}
