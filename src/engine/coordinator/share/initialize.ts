/**
 * Share partitions are assigned once their state is initialized at their share coordinators (Kafka:
 * maybeCreateInitializeShareGroupStateRequest, initializeShareGroupState, uninitializeShareGroupState).
 */

import { topicUuid } from '../../../kafka/hash/uuid.ts';
import type { ShareGroupRecord, ShareTopicInfo } from '../../../kafka/records/share-group-records.ts';
import { brokerState } from '../../broker/replicas.ts';
import type { MetadataImage } from '../../controller/metadata-image.ts';
import { type World, wallMs } from '../../kernel/world.ts';
import { shareConfig } from '../../share/config.ts';
import type { InitializedTopic, ShareGroup } from '../../share/group-state.ts';
import { partitionId } from '../../share/keys.ts';
import { callPersister, NO_STATE, registerPersisterPurpose } from '../../share/persister.ts';
import { ownShareGroupShard } from '../../share/tables.ts';
import { shardAt } from '../shards.ts';
import { ownShareGroup, shareGroupIn } from './share-groups.ts';
import { commitShareRecords } from './write.ts';

type Change = ReadonlyMap<number, { readonly topic: string; readonly partitions: readonly number[] }>;

/** combineInitMaps: both, topic by topic. */
function combine(a: readonly InitializedTopic[], change: Change, nowMs: number): InitializedTopic[] {
  const combined = a.map((t) => {
    const more = change.get(t.topicId);
    if (more === undefined) return t;
    const partitions = [...new Set([...t.partitions, ...more.partitions])].sort((x, y) => x - y);
    return { ...t, partitions, timestampMs: Math.max(t.timestampMs, nowMs) };
  });
  for (const [topicId, { topic, partitions }] of change)
    if (!a.some((t) => t.topicId === topicId)) combined.push({ topicId, topic, partitions, timestampMs: nowMs });
  return combined;
}

function without(a: readonly InitializedTopic[], change: Change): InitializedTopic[] {
  return a.flatMap((t) => {
    const gone = change.get(t.topicId);
    if (gone === undefined) return [t];
    const partitions = t.partitions.filter((p) => !gone.partitions.includes(p));
    return partitions.length === 0 ? [] : [{ ...t, partitions }];
  });
}

function infos(list: readonly InitializedTopic[]): ShareTopicInfo[] {
  return list.map(({ topicId, topic, partitions }) => ({ topicId, topicName: topic, partitions }));
}

export function stateMetadataRecord(
  groupId: string,
  initializing: readonly InitializedTopic[],
  initialized: readonly InitializedTopic[],
): ShareGroupRecord {
  return {
    type: 'ShareGroupStatePartitionMetadataKey',
    groupId,
    memberId: null,
    value: { initializingTopics: infos(initializing), initializedTopics: infos(initialized), deletingTopics: [] },
  };
}

/** subscribedTopicsChangeMap: partitions of subscribed topics that nobody has begun to initialize (or long ago). */
export function uninitialized(
  w: World,
  index: number,
  image: MetadataImage,
  g: ShareGroup | null,
  groupId: string,
  topics: Iterable<string>,
): Map<number, { topic: string; partitions: number[] }> {
  const { initializeRetryIntervalMs } = shareConfig(w, shardAt(w, index).broker, groupId);
  const change = new Map<number, { topic: string; partitions: number[] }>();
  for (const name of topics) {
    const topic = image.topics.get(name);
    if (topic === undefined) continue;
    const begun = (g?.initializing ?? []).filter((t) => wallMs(w) - t.timestampMs < initializeRetryIntervalMs);
    const known = new Set(
      [...begun, ...(g?.initialized ?? [])].flatMap((t) => (t.topicId === topic.topicId ? t.partitions : [])),
    );
    const partitions = topic.partitions.map((_, i) => i).filter((i) => !known.has(i));
    if (partitions.length > 0) change.set(topic.topicId, { topic: name, partitions });
  }
  return change;
}

/** addInitializingTopicsRecords. */
export function initializingRecord(w: World, g: ShareGroup | null, groupId: string, change: Change): ShareGroupRecord {
  return stateMetadataRecord(groupId, combine(g?.initializing ?? [], change, wallMs(w)), g?.initialized ?? []);
}

/** GroupCoordinatorService.persisterInitialize: one call a partition; the group hears of all of them together. */
export function initializeStates(w: World, index: number, groupId: string, groupEpoch: number, change: Change): void {
  const { broker } = shardAt(w, index);
  const { image } = brokerState(w, broker);
  const ids = [...change].flatMap(([topicId, { partitions }]) =>
    partitions.flatMap((p) => partitionId(image, topicId, p) ?? []),
  );
  const shard = ownShareGroupShard(w, index);
  const serial = shard.nextInitialization;
  shard.nextInitialization += 1;
  shard.initializations.push({ serial, groupId, waiting: ids.length, done: [], failed: [] });
  for (const id of ids) {
    const purpose = { kind: 'group', shard: index, epoch: serial } as const;
    callPersister(w, broker, { ...NO_STATE, kind: 'initialize', groupId, id, stateEpoch: groupEpoch, purpose });
  }
}

registerPersisterPurpose('group', (w, broker, call, { errorCode }) => {
  if (call.purpose.kind !== 'group') return;
  const { shard: index, epoch: serial } = call.purpose;
  const coordinator = w.coordinators[index] ?? null;
  if (coordinator === null || coordinator.broker !== broker) return;
  const shard = ownShareGroupShard(w, index);
  const at = shard.initializations.findIndex((i) => i.serial === serial);
  const known = shard.initializations[at];
  if (known === undefined) return;
  const next = {
    ...known,
    waiting: known.waiting - 1,
    done: errorCode === 0 ? [...known.done, call.id] : known.done,
    failed: errorCode === 0 ? known.failed : [...known.failed, call.id],
  };
  if (next.waiting > 0) {
    shard.initializations[at] = next;
    return;
  }
  shard.initializations.splice(at, 1);
  const changeOf = (ids: typeof next.done): Change => {
    const change = new Map<number, { topic: string; partitions: number[] }>();
    for (const { topic, topicId, index: p } of ids) {
      const entry = change.get(topicId) ?? { topic, partitions: [] };
      entry.partitions.push(p);
      change.set(topicId, entry);
    }
    return change;
  };
  if (next.done.length > 0) initialized(w, index, known.groupId, changeOf(next.done));
  if (next.failed.length > 0) notInitialized(w, index, known.groupId, changeOf(next.failed));
});

function initialized(w: World, index: number, groupId: string, change: Change): void {
  const g = shareGroupIn(w, index, groupId);
  if (g === null) return;
  const done = combine(g.initialized, change, wallMs(w));
  commitShareRecords(w, index, [stateMetadataRecord(groupId, without(g.initializing, change), done)], null);
}

function notInitialized(w: World, index: number, groupId: string, change: Change): void {
  const g = shareGroupIn(w, index, groupId);
  if (g === null || g.initializing.length === 0) return;
  commitShareRecords(w, index, [stateMetadataRecord(groupId, without(g.initializing, change), g.initialized)], null);
}

/** initializedAssignmentPending: a subscribed topic has initialized partitions that the target does not have yet. */
export function assignmentPending(g: ShareGroup, subscribed: ReadonlyMap<string, number>): boolean {
  if (g.members.length === 0 || g.initialized.length === 0 || subscribed.size === 0) return false;
  const assigned = new Map<string, Set<number>>();
  for (const target of g.target.values())
    for (const [uuid, partitions] of target) {
      const set = assigned.get(uuid) ?? new Set();
      for (const p of partitions) set.add(p);
      assigned.set(uuid, set);
    }
  return g.initialized.some((t) => {
    if (!subscribed.has(t.topic)) return false;
    const have = assigned.get(topicUuid(t.topicId));
    return have === undefined || have.size !== t.partitions.length || !t.partitions.every((p) => have.has(p));
  });
}

/** maybeCleanupShareGroupState: topics that were deleted are no longer named. */
export function forgetTopics(w: World, index: number, topicIds: ReadonlySet<number>): void {
  for (const { groupId } of ownShareGroupShard(w, index).groups.slice()) {
    const g = ownShareGroup(w, index, groupId);
    if (g === null) continue;
    const kept = (list: readonly InitializedTopic[]): InitializedTopic[] =>
      list.filter((t) => !topicIds.has(t.topicId));
    const [initializing, done] = [kept(g.initializing), kept(g.initialized)];
    if (initializing.length === g.initializing.length && done.length === g.initialized.length) continue;
    commitShareRecords(w, index, [stateMetadataRecord(groupId, initializing, done)], null);
  }
}
