/** Share groups of a group coordinator, by id, and what follows from their members (Kafka: ShareGroup, ModernGroup). */
import type { SubscriptionType } from '../../../kafka/assignor/server/server-assignor.ts';
import type { World } from '../../kernel/world.ts';
import type { ShareGroup, ShareGroupMember, ShareGroupStateName } from '../../share/group-state.ts';
import { ownShareGroupShard, shareGroupShard } from '../../share/tables.ts';

export function shareGroupIn(w: World, index: number, groupId: string): ShareGroup | null {
  return shareGroupShard(w, index)?.groups.find((g) => g.groupId === groupId) ?? null;
}

/** The same, to be changed. */
export function ownShareGroup(w: World, index: number, groupId: string): ShareGroup | null {
  return ownShareGroupShard(w, index).groups.find((g) => g.groupId === groupId) ?? null;
}

export function shareMember(g: ShareGroup, memberId: string): ShareGroupMember | null {
  return g.members.find((m) => m.memberId === memberId) ?? null;
}

export function shareGroupState(g: ShareGroup): ShareGroupStateName {
  return g.members.length === 0 ? 'Empty' : 'Stable';
}

/** How many members ask for each topic, once `updated` is what it is to be; null: `gone` leaves. */
export function subscribedTopics(
  g: ShareGroup,
  updated: ShareGroupMember | null,
  gone: string | null = null,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const m of membersWith(g, updated, gone))
    for (const name of m.subscribedTopicNames) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** In the order of joining, with the updated one in its place; a new one comes last. */
export function membersWith(
  g: ShareGroup,
  updated: ShareGroupMember | null,
  gone: string | null = null,
): ShareGroupMember[] {
  const members = g.members
    .filter((m) => m.memberId !== gone)
    .map((m) => (m.memberId === updated?.memberId ? updated : m));
  if (updated !== null && !members.includes(updated)) members.push(updated);
  return members;
}

export function subscriptionType(counts: ReadonlyMap<string, number>, members: number): SubscriptionType {
  for (const count of counts.values()) if (count !== members) return 'heterogeneous';
  return 'homogeneous';
}

/** Equal as sets of partitions. */
export function samePartitions(
  a: ReadonlyMap<number, readonly number[]>,
  b: ReadonlyMap<number, readonly number[]>,
): boolean {
  if (a.size !== b.size) return false;
  for (const [topicId, partitions] of a) {
    const others = b.get(topicId);
    if (others === undefined || others.length !== partitions.length) return false;
    if (!partitions.every((p) => others.includes(p))) return false;
  }
  return true;
}
