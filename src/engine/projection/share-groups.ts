/** Share groups as the frame, the result and the inspector show them: pure reading. */
import { groupCoordinatorPartition, shareCoordinatorPartition } from '../../kafka/hash/java-string-hash.ts';
import type { Detail, GroupMemberView, GroupPartitionView, GroupView, Phrase } from '../../protocol/frame.ts';
import type { ResultGroup, ResultSharePartition } from '../../protocol/result.ts';
import type {
  ShareCompletion,
  ShareGroupDetail,
  SharePartitionDetail,
  SharePartitionView,
  ShareRecordDetail,
  ShareRecordState,
} from '../../protocol/share-detail.ts';
import type { ConsumerState } from '../client/consumer-state.ts';
import { observedOf } from '../coordinator/observed.ts';
import { OFFSETS_TOPIC, shardAt, shardIndex } from '../coordinator/shards.ts';
import { shareGroupIn, shareGroupState } from '../coordinator/share/share-groups.ts';
import { type NodeState, nodeOf, type PartitionName, type World } from '../kernel/world.ts';
import { groupPartition, groupTotals } from '../ledger/group-facts.ts';
import type { ShareClient, ShareMemberState } from '../share/client-state.ts';
import { shareConfig } from '../share/config.ts';
import type { ShareGroup } from '../share/group-state.ts';
import { coordinatorKey, SHARE_STATE_TOPIC, shareCoordinatorOf } from '../share/keys.ts';
import { consumerOf } from '../share/observe.ts';
import type { ShareObserved } from '../share/observed-state.ts';
import { stateAt } from '../share/partition/offsets.ts';
import type { InFlightState } from '../share/partition/state.ts';
import type { SharePartition } from '../share/share-state.ts';
import { groupProjection, registerGroupProjection } from './group-hooks.ts';
import { shareProjection } from './share-hooks.ts';
import { highWatermarkOf } from './totals.ts';

/** Records and completions that a selected group shows of a partition. */
const MOST_RECORDS = 200;
const MOST_COMPLETIONS = 40;

interface Reader {
  readonly c: ConsumerState;
  /** null: its process has never run. */
  readonly s: ShareClient | null;
}

interface ShareSeen {
  readonly groupId: string;
  readonly readers: readonly Reader[];
  readonly coordinator: number;
  readonly coordinatorPartition: string;
  readonly group: ShareGroup | null;
}

function groupOf(c: ConsumerState): string {
  return c.settings.groupId ?? '';
}

export function shareGroupIds(w: World): string[] {
  const ids: string[] = [];
  for (const c of w.consumers) if (c.share && !ids.includes(groupOf(c))) ids.push(groupOf(c));
  return ids;
}

function seenOf(w: World, groupId: string): ShareSeen {
  const readers = w.consumers.flatMap((c, ref) =>
    c.share && groupOf(c) === groupId ? [{ c, s: w.share[4][ref] ?? null }] : [],
  );
  const topic = w.controller.image.topics.get(OFFSETS_TOPIC);
  const count = topic?.partitions.length ?? w.brokers[0]?.settings.offsetsTopicNumPartitions ?? 50;
  const number = groupCoordinatorPartition(groupId, count);
  const partition = topic?.partitions[number] ?? -1;
  const leader = w.controller.image.partitions[partition]?.leader ?? -1;
  const runs = leader >= 0 && ['up', 'paused'].includes(nodeOf(w, leader).process);
  const index = runs ? shardIndex(w, leader, partition) : -1;
  const active = index >= 0 && shardAt(w, index).state === 'active';
  return {
    groupId,
    readers,
    coordinator: runs ? leader : -1,
    coordinatorPartition: `${OFFSETS_TOPIC}-${number}`,
    group: active ? shareGroupIn(w, index, groupId) : null,
  };
}

function topicsOf({ readers }: ShareSeen): string[] {
  const topics = readers.flatMap(({ c }) => (c.source.kind === 'subscribe' ? c.source.topics : []));
  return [...new Set(topics)];
}

function isUp(w: World, c: ConsumerState): boolean {
  const { process } = w.nodes[c.node] as NodeState;
  return process === 'up' || process === 'paused';
}

/** What the leader that the controller names holds of the partition for this group; null: nothing (yet). */
function leaderPart(w: World, groupId: string, partition: number): SharePartition | null {
  const leader = w.controller.image.partitions[partition]?.leader ?? -1;
  const found = w.share[1].find(
    (p) => p?.broker === leader && p.groupId === groupId && p.id.partition === partition && p.status === 'active',
  );
  return found ?? null;
}

function observedPartition(w: World, groupId: string, partition: number): ShareObserved | null {
  return w.share[5].find((o) => o.partition === partition && o.groupId === groupId) ?? null;
}

// --- frame -----------------------------------------------------------------------------------------------------------

const MEMBER_STATES: Readonly<Record<ShareMemberState, GroupMemberView['state']>> = {
  UNSUBSCRIBED: 'unsubscribed',
  JOINING: 'joining',
  RECONCILING: 'reconciling',
  STABLE: 'stable',
  FENCED: 'fenced',
  STALE: 'stale',
  LEAVING: 'leaving',
  FATAL: 'fatal',
};

function names(w: World, s: ShareClient): string[] {
  return s.partitions.map((p) => (w.partitions[p.partition] as PartitionName).name).sort(byPartition);
}

function byPartition(a: string, b: string): number {
  const [x, y] = [a.lastIndexOf('-'), b.lastIndexOf('-')];
  const [left, right] = [a.slice(0, x), b.slice(0, y)];
  if (left !== right) return left < right ? -1 : 1;
  return Number(a.slice(x + 1)) - Number(b.slice(y + 1));
}

function memberView(w: World, seen: ShareSeen, { c, s }: Reader): GroupMemberView {
  const session = s === null ? undefined : seen.group?.sessions.get(s.memberId);
  const up = isUp(w, c);
  const runs = up && s !== null && !c.inPoll && s.lastPollUs >= 0 && s.memberState === 'STABLE';
  return {
    consumer: c.id,
    memberId: s?.memberId ?? '',
    process: (w.nodes[c.node] as NodeState).process,
    state: s === null ? 'unsubscribed' : MEMBER_STATES[s.memberState],
    generation: s?.memberEpoch ?? -1,
    leader: false,
    owned: s === null || !up ? [] : names(w, s),
    lastHeartbeatUs: session?.lastContactUs ?? null,
    sessionEndsUs: session?.endsUs ?? null,
    pollEndsUs: runs ? s.lastPollUs + c.settings.maxPollIntervalMs * 1000 : null,
    lastError: c.lastError,
  };
}

function readersOf(w: World, seen: ShareSeen, partition: number): string[] {
  return seen.readers.flatMap(({ c, s }) =>
    s !== null && isUp(w, c) && s.partitions.some((p) => p.partition === partition) ? [c.id] : [],
  );
}

function shareView(w: World, seen: ShareSeen, partition: number, p: SharePartition | null): SharePartitionView {
  const counts = { available: 0, acquired: 0, acknowledged: 0, archived: 0 };
  if (p !== null)
    eachRecord(p, (_, s) => {
      counts[STATES[s.state]] += 1;
    });
  const inFlight = counts.available + counts.acquired + counts.acknowledged + counts.archived;
  return { startOffset: p?.data.startOffset ?? -1, ...counts, inFlight, members: readersOf(w, seen, partition) };
}

const STATES: Readonly<Record<InFlightState['state'], ShareRecordState>> = {
  AVAILABLE: 'available',
  ACQUIRED: 'acquired',
  ACKNOWLEDGED: 'acknowledged',
  ARCHIVED: 'archived',
};

/** Records in flight, from the start offset on. */
function eachRecord(p: SharePartition, see: (offset: number, s: InFlightState) => void): void {
  const { data } = p;
  for (const batch of data.batches)
    for (let offset = Math.max(batch.firstOffset, data.startOffset); offset <= batch.lastOffset; offset++)
      see(offset, stateAt(batch, offset));
}

function lagOf(w: World, partition: number, p: SharePartition | null): number {
  if (p === null) return 0;
  return Math.max(0, highWatermarkOf(w, partition) - p.data.startOffset - p.data.deliveryCompleteCount);
}

function partitionView(w: World, seen: ShareSeen, partition: number): GroupPartitionView {
  const { name } = w.partitions[partition] as PartitionName;
  const facts = groupPartition(w, seen.groupId, partition);
  const p = leaderPart(w, seen.groupId, partition);
  const share = shareView(w, seen, partition, p);
  return {
    partition: name,
    owner: share.members[0] ?? null,
    sinceUs: facts?.sinceUs ?? 0,
    position: p === null ? -1 : nextOffsetOf(p),
    committed: share.startOffset,
    processed: facts === null || facts.frontier < 0 || facts.highest < 0 ? -1 : facts.frontier,
    hw: highWatermarkOf(w, partition),
    lag: lagOf(w, partition, p),
    parkedUntilUs: null,
    share,
  };
}

function nextOffsetOf({ data }: SharePartition): number {
  return data.batches.length === 0 ? data.endOffset : data.endOffset + 1;
}

function partitionsOf(w: World, seen: ShareSeen): number[] {
  return topicsOf(seen).flatMap((topic) => [...(w.controller.image.topics.get(topic)?.partitions ?? [])]);
}

export function shareGroupView(w: World, groupId: string): GroupView {
  const seen = seenOf(w, groupId);
  const totals = groupTotals(w, groupId);
  return {
    id: groupId,
    protocol: 'share',
    state: seen.group === null ? '' : shareGroupState(seen.group),
    sinceUs: seen.group?.sinceUs ?? 0,
    generation: seen.group?.groupEpoch ?? -1,
    coordinator: seen.coordinator,
    coordinatorPartition: seen.coordinatorPartition,
    assignor: 'simple',
    topics: topicsOf(seen),
    members: seen.readers.map((reader) => memberView(w, seen, reader)),
    partitions: partitionsOf(w, seen).map((partition) => partitionView(w, seen, partition)),
    rebalanceEndsUs: null,
    rebalances: observedOf(w, groupId)?.rebalances ?? 0,
    processed: totals.processed,
    skipped: 0,
    reprocessed: totals.reprocessed,
  };
}

const groups = { ...groupProjection };
registerGroupProjection({
  views: (w) => [...groups.views(w), ...shareGroupIds(w).map((id) => shareGroupView(w, id))],
  rings: groups.rings,
  waiting: groups.waiting,
});

// --- result ----------------------------------------------------------------------------------------------------------

function partitionResult(w: World, groupId: string, partition: number): ResultSharePartition {
  const o = observedPartition(w, groupId, partition);
  const p = leaderPart(w, groupId, partition);
  const deliveries = [...(o?.deliveries ?? [])]
    .sort(([a], [b]) => a - b)
    .map(([offset, n]) => [`${offset}`, n] as const);
  return {
    startOffset: p?.data.startOffset ?? o?.startOffset ?? -1,
    acquired: o?.acquisitions ?? 0,
    accepted: o?.accepted ?? 0,
    acceptedTwice: o?.acceptedTwice ?? 0,
    released: o?.released ?? 0,
    rejected: o?.rejected ?? 0,
    rejectedOffsets: o?.rejectedOffsets ?? [],
    lockTimeouts: o?.expired ?? 0,
    givenUp: o?.archived ?? 0,
    late: o?.late ?? 0,
    deliveries: Object.fromEntries(deliveries),
  };
}

function result(w: World, groupId: string): ResultGroup {
  const seen = seenOf(w, groupId);
  const totals = groupTotals(w, groupId);
  const members = seen.readers.filter(({ c, s }) => s !== null && isUp(w, c) && s.memberState !== 'UNSUBSCRIBED');
  const partitions = partitionsOf(w, seen).map((p) => [p, (w.partitions[p] as PartitionName).name] as const);
  const committed = partitions.flatMap(([p, name]) => {
    const start = leaderPart(w, groupId, p)?.data.startOffset ?? -1;
    return start < 0 ? [] : [[name, start] as const];
  });
  return {
    protocol: 'share',
    state: seen.group === null ? '' : shareGroupState(seen.group),
    generation: seen.group?.groupEpoch ?? -1,
    coordinator: seen.coordinator,
    rebalances: observedOf(w, groupId)?.rebalances ?? 0,
    partitionSecondsUnread: Math.round(totals.partitionSecondsUnread * 1e6) / 1e6,
    members: Object.fromEntries(members.map(({ c, s }) => [c.id, names(w, s as ShareClient)])),
    committed: Object.fromEntries(committed),
    processed: totals.processed,
    skipped: 0,
    reprocessed: totals.reprocessed,
    errors: Object.fromEntries(totals.errors),
    share: Object.fromEntries(partitions.map(([p, name]) => [name, partitionResult(w, groupId, p)])),
  };
}

// --- inspector -------------------------------------------------------------------------------------------------------

function recordDetails(w: World, p: SharePartition | null): { records: ShareRecordDetail[]; more: number } {
  const records: ShareRecordDetail[] = [];
  let more = 0;
  if (p !== null)
    eachRecord(p, (offset, s) => {
      if (records.length >= MOST_RECORDS) more += 1;
      else
        records.push({
          offset,
          state: STATES[s.state],
          deliveryCount: s.deliveryCount,
          consumer: s.member === '' ? null : consumerOf(w, s.member),
          lockEndsUs: s.state === 'ACQUIRED' && s.lockEndsUs > 0 ? s.lockEndsUs : null,
          writing: s.before !== null,
        });
    });
  return { records, more };
}

const VERDICTS = [null, 'accept', 'release', 'reject'] as const;

function completions(w: World, o: ShareObserved | null): ShareCompletion[] {
  return (o?.recent ?? [])
    .slice(-MOST_COMPLETIONS)
    .reverse()
    .map(({ atUs, consumer, offset, deliveryCount, ack }) => ({
      atUs,
      consumer: w.consumers[consumer]?.id ?? '',
      offset,
      deliveryCount,
      verdict: ack === null ? null : (VERDICTS[ack] ?? null),
    }));
}

function partitionDetail(w: World, groupId: string, partition: number): SharePartitionDetail {
  const { image } = w.controller;
  const { name, topicId, index } = w.partitions[partition] as PartitionName;
  const p = leaderPart(w, groupId, partition);
  const o = observedPartition(w, groupId, partition);
  const key = coordinatorKey(groupId, { topicId, index });
  const count = image.topics.get(SHARE_STATE_TOPIC)?.partitions.length ?? stateTopicPartitions(w);
  return {
    partition: name,
    leader: image.partitions[partition]?.leader ?? -1,
    statePartition: `${SHARE_STATE_TOPIC}-${shareCoordinatorPartition(key, count)}`,
    shareCoordinator: shareCoordinatorOf(image, key),
    stateEpoch: p?.stateEpoch ?? -1,
    startOffset: p?.data.startOffset ?? -1,
    nextOffset: p === null ? -1 : nextOffsetOf(p),
    ...recordDetails(w, p),
    completions: completions(w, o),
    accepted: o?.accepted ?? 0,
    released: o?.released ?? 0,
    rejected: o?.rejected ?? 0,
    lockTimeouts: o?.expired ?? 0,
    givenUp: o?.archived ?? 0,
  };
}

function anyBroker(w: World, seen: ShareSeen | null): number {
  return seen !== null && seen.coordinator >= 0 ? seen.coordinator : (w.brokers[0]?.id ?? 1);
}

function stateTopicPartitions(w: World): number {
  return shareConfig(w, anyBroker(w, null)).stateTopicPartitions;
}

function detail(w: World, groupId: string): ShareGroupDetail {
  const seen = seenOf(w, groupId);
  const config = shareConfig(w, anyBroker(w, seen), groupId);
  return {
    deliveryCountLimit: config.deliveryCountLimit,
    recordLockUs: config.recordLockDurationMs * 1000,
    maxRecordLocks: config.partitionMaxRecordLocks,
    partitions: partitionsOf(w, seen).map((partition) => partitionDetail(w, groupId, partition)),
  };
}

const word = (key: string, params: Phrase['params'] = {}): Phrase => ({ key: `value.${key}`, params });

function rows(w: World, groupId: string): Detail['state'] {
  const seen = seenOf(w, groupId);
  const { group } = seen;
  const list: Detail['state'][number][] = [];
  const row = (label: string, value: Detail['state'][number]['value']): void =>
    void list.push({ label: `state.group.${label}`, value });
  row('state', word(`group.${group === null ? 'unknown' : shareGroupState(group)}`));
  row('coordinator', seen.coordinator < 0 ? word('none') : word('broker', { broker: seen.coordinator }));
  row('partition', seen.coordinatorPartition);
  if (group !== null) {
    row('since', word('ago', { us: w.nowUs - group.sinceUs }));
    row('epoch', group.groupEpoch);
    row('assignment-epoch', group.assignmentEpoch);
    row('assignor', 'simple');
  }
  row('rebalances', observedOf(w, groupId)?.rebalances ?? 0);
  const totals = groupTotals(w, groupId);
  row('processed', totals.processed);
  row('reprocessed', totals.reprocessed);
  return list;
}

Object.assign(shareProjection, { ids: shareGroupIds, result, rows, detail });
