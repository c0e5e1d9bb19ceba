/**
 * Offsets and groups that go away by themselves (Kafka: GroupCoordinatorShard.cleanupGroupMetadata and onTopicsDeleted,
 * OffsetMetadataManager.cleanupExpiredOffsets). Rule 69.
 */
import type { TopicImage } from '../controller/metadata-image.ts';
import { tell } from '../kernel/schedule.ts';
import { type World, wallMs } from '../kernel/world.ts';
import { CONSUMER_PROTOCOL_TYPE } from './classic-group.ts';
import { observeCommitted } from './observed.ts';
import { offsetKey } from './offset-metadata-manager.ts';
import { type CoordinatorRecord, writeRecords } from './runtime.ts';
import type { ClassicGroup, CommittedOffset } from './shard-state.ts';
import { configOfShard, ownShard, shardAt } from './shards.ts';
import { inTurn } from './turns.ts';

/** What every kind of group keeps its offsets in. */
export type OffsetHolder = Pick<ClassicGroup, 'groupId' | 'offsets'>;

/** Groups of other protocols: their part fills this in; it appends its tombstones to `records`. */
export const otherGroups: {
  cleanup: (w: World, index: number, records: CoordinatorRecord[]) => void;
} = { cleanup() {} };

/** From when an offset's age counts; null: it does not expire now. */
function expirationBase(g: ClassicGroup): ((o: CommittedOffset) => number) | null {
  if (g.protocolType === null) return (o) => o.commitTimestampMs;
  if (g.state === 'Empty') return (o) => (g.stateTimestampMs < 0 ? o.commitTimestampMs : g.stateTimestampMs);
  if (g.protocolType === CONSUMER_PROTOCOL_TYPE && g.subscribedTopics !== null && g.state === 'Stable')
    return (o) => o.commitTimestampMs;
  return null;
}

function isSubscribed(g: ClassicGroup, topic: string): boolean {
  return g.subscribedTopics?.includes(topic) ?? g.protocolType === CONSUMER_PROTOCOL_TYPE;
}

function say(
  w: World,
  { groupId }: OffsetHolder,
  what: string,
  params: Readonly<Record<string, string | number>>,
): void {
  tell(w, `log.group.${what}`, { group: groupId, ...params }, [`group:${groupId}`], 'risk', 'groups');
}

/** Takes one offset away, with its tombstone. */
function forget(w: World, g: OffsetHolder, o: CommittedOffset, records: CoordinatorRecord[]): void {
  g.offsets.delete(offsetKey(o.topic, o.index));
  observeCommitted(w, g, o.topic, o.index, -1);
  records.push({ key: { type: 'OffsetCommitKey', group: g.groupId, topic: o.topic, partition: o.index }, value: null });
}

/** Expires what is old enough of the topics that nobody reads. `base`: from when it counts, ms. Whether nothing is left. */
export function expireOffsets(
  w: World,
  g: OffsetHolder,
  retentionMs: number,
  base: (o: CommittedOffset) => number,
  subscribed: (topic: string) => boolean,
  records: CoordinatorRecord[],
): boolean {
  const due = [...g.offsets.values()].filter(
    (o) =>
      !subscribed(o.topic) && wallMs(w) >= (o.expireTimestampMs >= 0 ? o.expireTimestampMs : base(o) + retentionMs),
  );
  for (const o of due) forget(w, g, o, records);
  if (due.length > 0) say(w, g, 'offsets-expired', { count: due.length });
  return g.offsets.size === 0;
}

/** Tombstones for offsets that nobody asked for in time, then for groups that have nothing left. */
export function cleanupGroupMetadata(w: World, index: number): void {
  const shard = ownShard(w, index);
  const { offsetsRetentionMs } = configOfShard(w, shard);
  const records: CoordinatorRecord[] = [];
  const gone: ClassicGroup[] = [];
  for (const g of shard.groups) {
    if (g.offsets.size > 0) {
      const base = expirationBase(g);
      if (base === null) continue;
      if (!expireOffsets(w, g, offsetsRetentionMs, base, (topic) => isSubscribed(g, topic), records)) continue;
    }
    if (g.state !== 'Empty') continue;
    gone.push(g);
    records.push({ key: { type: 'GroupMetadataKey', group: g.groupId }, value: null });
  }
  shard.groups = shard.groups.filter((g) => !gone.includes(g));
  otherGroups.cleanup(w, index, records);
  if (records.length > 0) writeRecords(w, index, records, null);
}

/** The broker's new metadata has lost topics: the offsets in them go, in all groups that it coordinates at this moment. */
export function onTopicsDeleted(w: World, broker: number, deleted: readonly TopicImage[]): void {
  for (const { name, topicId } of deleted) {
    for (let index = 0; index < w.coordinators.length; index++) {
      const shard = w.coordinators[index];
      if (shard?.broker === broker && shard.state === 'active') deleteOffsets(w, index, name, topicId);
    }
  }
}

function deleteOffsets(w: World, index: number, topic: string, topicId: number): void {
  const { groups, consumerGroups } = shardAt(w, index);
  const ofTopic = (o: CommittedOffset): boolean => o.topic === topic && (o.topicId === 0 || o.topicId === topicId);
  const holders: readonly OffsetHolder[] = [...groups, ...consumerGroups];
  if (!holders.some((g) => [...g.offsets.values()].some(ofTopic))) return;
  const records: CoordinatorRecord[] = [];
  const owned = ownShard(w, index);
  for (const g of [...owned.groups, ...owned.consumerGroups]) {
    const gone = [...g.offsets.values()].filter(ofTopic);
    for (const o of gone) forget(w, g, o, records);
    if (gone.length > 0) say(w, g, 'topic-deleted', { topic, count: gone.length });
  }
  inTurn(w, () => writeRecords(w, index, records, null));
}
