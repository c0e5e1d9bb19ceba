/** What a group never does, whatever fails (the list at the end of Kafka's rules, *Groups*), as far as its log can be relied on. */
import { groupCoordinatorPartition } from '../../kafka/hash/java-string-hash.ts';
import type { ConsumerState } from '../client/consumer-state.ts';
import { committedBelow } from '../coordinator/offset-metadata-manager.ts';
import type { ClassicGroup, CoordinatorShard } from '../coordinator/shard-state.ts';
import { groupIn, OFFSETS_TOPIC, shardAt, shardIndex } from '../coordinator/shards.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { isPromised, type Seen } from './seen.ts';

function groupIds(w: World): string[] {
  const ids: string[] = [];
  for (const { membership } of w.consumers)
    if (membership !== null && !ids.includes(membership.groupId)) ids.push(membership.groupId);
  return ids;
}

interface Coordinated {
  readonly shard: CoordinatorShard;
  readonly group: ClassicGroup | null;
}

/** The coordinator that is none of the stale ones: it has loaded under the epoch that the controller decided. */
function trueCoordinator(w: World, groupId: string): Coordinated | null {
  const topic = w.controller.image.topics.get(OFFSETS_TOPIC);
  if (topic === undefined) return null;
  const partition = topic.partitions[groupCoordinatorPartition(groupId, topic.partitions.length)] ?? -1;
  const p = w.controller.image.partitions[partition];
  if (p === null || p === undefined || p.leader < 0) return null;
  const index = shardIndex(w, p.leader, partition);
  if (index < 0) return null;
  const shard = shardAt(w, index);
  if (shard.state !== 'active' || shard.epoch !== p.leaderEpoch) return null;
  return { shard, group: groupIn(shard, groupId) };
}

function runs(w: World, c: ConsumerState): boolean {
  const { process } = w.nodes[c.node] as NodeState;
  return process === 'up' || process === 'paused';
}

/** No partition has two owners whose generation is the coordinator's. Who was thrown out and does not know it yet may still read. */
export function oneOwner(w: World): string | null {
  for (const id of groupIds(w)) {
    const group = trueCoordinator(w, id)?.group ?? null;
    if (group === null) continue;
    const owners = new Map<string, string>();
    for (const c of w.consumers) {
      const m = c.membership;
      if (m === null || m.groupId !== id || m.standalone || m.generation !== group.generation || !runs(w, c)) continue;
      if (!group.members.some((x) => x.memberId === m.memberId)) continue;
      for (const partition of m.owned) {
        const other = owners.get(partition);
        if (other !== undefined)
          return `group ${id}, generation ${m.generation}: ${other} and ${c.id} own ${partition}`;
        owners.set(partition, c.id);
      }
    }
  }
  return null;
}

/** What is committed does not go back: nobody seeks here but a reset that Kafka itself asks for, after data were lost. */
export function committedForward(w: World, seen: Seen): string | null {
  for (const id of groupIds(w)) {
    const found = trueCoordinator(w, id);
    if (found === null || !isPromised(w, seen, found.shard.partition)) continue;
    for (const [name, highest] of seen.offsets) {
      const [groupId = '', partition = ''] = name.split('\n');
      if (groupId !== id || !isPromised(w, seen, w.partitionByName.get(partition) ?? -1)) continue;
      // A new leader’s high watermark is behind at first, its log is not.
      const now = found.group?.offsets.get(partition)?.offset ?? -1;
      if (now < highest) return `group ${id}: ${partition} was committed at ${highest} and is at ${now} now`;
    }
    for (const [partition, o] of found.group?.offsets ?? []) {
      const offset = committedBelow(o, found.shard.committedOffset)?.offset ?? -1;
      const key = `${id}\n${partition}`;
      if (offset > (seen.offsets.get(key) ?? -1)) seen.offsets.set(key, offset);
    }
  }
  return null;
}

/** A generation that was stable once stays behind: also a new coordinator goes on from it. */
export function generationForward(w: World, seen: Seen): string | null {
  for (const id of groupIds(w)) {
    const found = trueCoordinator(w, id);
    if (found === null || !isPromised(w, seen, found.shard.partition)) continue;
    const highest = seen.generations.get(id) ?? -1;
    const now = found.group?.generation ?? -1;
    if (now < highest) return `group ${id} was stable in generation ${highest} and is in ${now} now`;
    if (found.group?.state === 'Stable' && now > highest) seen.generations.set(id, now);
  }
  return null;
}

/** At rest: every group with living members is stable, all of them are in, and everything they subscribe to is read by one. */
export function groupsAreWhole(w: World): string | null {
  for (const id of groupIds(w)) {
    const members = w.consumers.filter((c) => c.membership?.groupId === id && !c.membership.standalone && runs(w, c));
    if (members.length === 0) continue;
    const group = trueCoordinator(w, id)?.group ?? null;
    if (group === null) return `group ${id} has no coordinator`;
    if (group.state !== 'Stable') return `group ${id} is ${group.state}`;
    if (group.members.length !== members.length)
      return `group ${id} counts ${group.members.length} members; ${members.length} live`;
    const owned = new Set<string>();
    for (const c of members) {
      const m = c.membership as NonNullable<ConsumerState['membership']>;
      if (m.generation !== group.generation || m.state !== 'stable')
        return `group ${id}: ${c.id} is ${m.state} in generation ${m.generation} of ${group.generation}`;
      for (const partition of m.owned) owned.add(partition);
    }
    for (const topic of new Set(members.flatMap((c) => c.membership?.subscribed ?? []))) {
      for (const p of w.controller.image.topics.get(topic)?.partitions ?? []) {
        const { name } = w.partitions[p] as { name: string };
        if (!owned.has(name)) return `group ${id} is stable, and nobody reads ${name}`;
      }
    }
  }
  return null;
}
