/** What a group never does, whatever fails (the list at the end of Kafka's rules, *Groups*), as far as its log can be relied on. */
import { groupCoordinatorPartition } from '../../kafka/hash/java-string-hash.ts';
import type { ConsumerState } from '../client/consumer-state.ts';
import type { ConsumerGroup } from '../coordinator/modern/consumer-group.ts';
import { committedBelow } from '../coordinator/offset-metadata-manager.ts';
import type { ClassicGroup, CoordinatorShard } from '../coordinator/shard-state.ts';
import { consumerGroupIn, groupIn, OFFSETS_TOPIC, shardAt, shardIndex } from '../coordinator/shards.ts';
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
  /** The same group, where it follows the new protocol. */
  readonly modern: ConsumerGroup | null;
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
  return { shard, group: groupIn(shard, groupId), modern: consumerGroupIn(shard, groupId) };
}

function runs(w: World, c: ConsumerState): boolean {
  const { process } = w.nodes[c.node] as NodeState;
  return process === 'up' || process === 'paused';
}

/** No partition has two owners whose generation is the coordinator's. Who was thrown out and does not know it yet may still read. */
export function oneOwner(w: World): string | null {
  for (const id of groupIds(w)) {
    const { group = null, modern = null } = trueCoordinator(w, id) ?? {};
    if (group === null && modern === null) continue;
    const owners = new Map<string, string>();
    for (const c of w.consumers) {
      const m = c.membership;
      if (m === null || m.groupId !== id || m.standalone || !runs(w, c)) continue;
      if (group !== null) {
        if (m.generation !== group.generation || !group.members.some((x) => x.memberId === m.memberId)) continue;
      } else {
        // Under the new protocol each member has an epoch of its own, and may not have heard of the last one yet.
        const known = modern?.members.get(m.memberId);
        if (known === undefined || ![known.memberEpoch, known.previousMemberEpoch].includes(m.generation)) continue;
      }
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

/**
 * What is committed does not go back: nobody seeks here but a reset that Kafka itself asks for, after data were lost. A topic that
 * was deleted takes its offsets with it; one made again under its name is another one. A commitSync of the new consumer is tried
 * again with the epoch of the moment: one from before a fencing may come through after it, in Kafka too (CommitRequestManager).
 */
export function committedForward(w: World, seen: Seen): string | null {
  rememberRetries(w, seen);
  for (const id of groupIds(w)) {
    const found = trueCoordinator(w, id);
    if (found === null || !isPromised(w, seen, found.shard.partition)) continue;
    for (const [name, highest] of seen.offsets) {
      const [groupId = '', partition = '', topicId] = name.split('\n');
      if (groupId !== id || topicId !== topicIdOf(w, partition)) continue;
      if (!isPromised(w, seen, w.partitionByName.get(partition) ?? -1)) continue;
      // A new leader’s high watermark is behind at first, its log is not.
      const now = (found.group ?? found.modern)?.offsets.get(partition)?.offset ?? -1;
      if (now >= highest) continue;
      if (seen.retried.has(`${id}\n${partition}\n${now}`)) seen.offsets.set(name, now);
      else return `group ${id}: ${partition} was committed at ${highest} and is at ${now} now`;
    }
    for (const [partition, o] of (found.group ?? found.modern)?.offsets ?? []) {
      const offset = committedBelow(o, found.shard.committedOffset)?.offset ?? -1;
      // Positions in a topic that is gone may still be committed in the one made after it: they promise nothing.
      if (String(o.topicId) !== topicIdOf(w, partition) || wasMadeAgain(w, partition)) continue;
      const key = `${id}\n${partition}\n${o.topicId}`;
      if (offset > (seen.offsets.get(key) ?? -1)) seen.offsets.set(key, offset);
    }
  }
  return null;
}

/** Whether a topic of this name was deleted and made again. */
function wasMadeAgain(w: World, partition: string): boolean {
  return w.partitions.findIndex(({ name }) => name === partition) !== w.partitionByName.get(partition);
}

/** Commits that were tried in vain at least once and are not over. */
function rememberRetries(w: World, seen: Seen): void {
  for (const { async, membership } of w.consumers) {
    for (const { attempts, offsets } of async?.commits ?? []) {
      if (attempts === 0) continue;
      for (const { topic, index, offset } of offsets)
        seen.retried.add(`${membership?.groupId}\n${topic}-${index}\n${offset}`);
    }
  }
}

function topicIdOf(w: World, partition: string): string {
  const topic = partition.slice(0, partition.lastIndexOf('-'));
  return String(w.controller.image.topics.get(topic)?.topicId ?? -1);
}

/** A generation that was stable once stays behind: also a new coordinator goes on from it. */
export function generationForward(w: World, seen: Seen): string | null {
  for (const id of groupIds(w)) {
    const found = trueCoordinator(w, id);
    if (found === null || !isPromised(w, seen, found.shard.partition)) continue;
    const kind = found.group === null ? 'consumer' : 'classic';
    const key = `${id}\n${kind}`;
    // An empty group of the other protocol makes way for a new one, which counts from the start (GroupMetadataManager).
    seen.generations.delete(`${id}\n${kind === 'classic' ? 'consumer' : 'classic'}`);
    const highest = seen.generations.get(key) ?? -1;
    const now = found.group?.generation ?? found.modern?.groupEpoch ?? -1;
    if (now < highest) return `group ${id} was stable in generation ${highest} and is in ${now} now`;
    if ((found.group ?? found.modern)?.state === 'Stable' && now > highest) seen.generations.set(key, now);
  }
  return null;
}

/** At rest: every group with living members is stable, all of them are in, and everything they subscribe to is read by one. */
export function groupsAreWhole(w: World): string | null {
  for (const id of groupIds(w)) {
    const members = w.consumers.filter((c) => c.membership?.groupId === id && !c.membership.standalone && runs(w, c));
    if (members.length === 0) continue;
    const { group, modern } = trueCoordinator(w, id) ?? { group: null, modern: null };
    const state = (group ?? modern)?.state ?? null;
    if (state === null) return `group ${id} has no coordinator`;
    if (state !== 'Stable') return `group ${id} is ${state}`;
    const generation = group?.generation ?? modern?.groupEpoch ?? -1;
    const counted = group?.members.length ?? modern?.members.size ?? 0;
    if (counted !== members.length) return `group ${id} counts ${counted} members; ${members.length} live`;
    const owned = new Set<string>();
    for (const c of members) {
      const m = c.membership as NonNullable<ConsumerState['membership']>;
      if (m.generation !== generation || m.state !== 'stable')
        return `group ${id}: ${c.id} is ${m.state} in generation ${m.generation} of ${generation}`;
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
