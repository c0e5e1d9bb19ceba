/** The selected group in depth: its place among 50 partitions, who coordinated it, where its time went, members, offsets, faults. */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import { groupCoordinatorPartition, javaAbs, javaStringHash } from '../../kafka/hash/java-string-hash.ts';
import { topicIdOfUuid } from '../../kafka/hash/uuid.ts';
import type {
  CommittedDetail,
  CoordinatorChoice,
  CoordinatorTerm,
  GroupDetail,
  GroupMemberDetail,
  GroupStateTime,
  OffsetWrites,
} from '../../protocol/group-detail.ts';
import type { AssignedPartitions, ConsumerGroup } from '../coordinator/modern/consumer-group.ts';
import { observedOf } from '../coordinator/observed.ts';
import type { ClassicGroupMember } from '../coordinator/shard-state.ts';
import { OFFSETS_TOPIC } from '../coordinator/shards.ts';
import { EPOCH_MS, type PartitionName, type World } from '../kernel/world.ts';
import { readFaults } from '../ledger/group-causes.ts';
import { replicaOfThing } from './detail-log.ts';
import { committedOf, topicsOf } from './frame-groups.ts';
import { type GroupSeen, groupSeen } from './groups-read.ts';
import { highWatermarkOf } from './totals.ts';

export function groupDetail(w: World, groupId: string): GroupDetail {
  const seen = groupSeen(w, groupId);
  return {
    choice: choiceOf(w, seen),
    coordinators: coordinatorTerms(w, seen),
    states: stateTimes(w, groupId, seen.group?.state ?? seen.modern?.state ?? null),
    members: memberDetails(w, seen),
    offsets: committedDetails(w, seen),
    writes: writesOf(w, groupId),
    faults: readFaults(w, groupId),
  };
}

/** Rule 60, step by step. */
function choiceOf(w: World, { groupId, partitionName }: GroupSeen): CoordinatorChoice {
  const topic = w.controller.image.topics.get(OFFSETS_TOPIC);
  const partitions = topic?.partitions.length ?? w.brokers[0]?.settings.offsetsTopicNumPartitions ?? 50;
  const hash = javaStringHash(groupId);
  return {
    topic: OFFSETS_TOPIC,
    hash,
    abs: javaAbs(hash),
    partitions,
    partition: groupCoordinatorPartition(groupId, partitions),
    name: partitionName,
    exists: topic !== undefined,
  };
}

/** From the elections of the group's partition, and the moments at which a coordinator had read it. */
export function coordinatorTerms(w: World, { groupId, partition }: GroupSeen): CoordinatorTerm[] {
  if (partition < 0) return [];
  const terms: { broker: number; fromUs: number; untilUs: number | null; loadedUs: number | null }[] = [];
  for (let i = 0; i < vectorLength(w.elections); i++) {
    const e = vectorGet(w.elections, i);
    if (e.partition !== partition || e.from === e.to) continue;
    if (terms.length === 0) terms.push({ broker: e.from, fromUs: -1, untilUs: null, loadedUs: null });
    (terms.at(-1) as (typeof terms)[number]).untilUs = e.atUs;
    terms.push({ broker: e.to, fromUs: e.atUs, untilUs: null, loadedUs: null });
  }
  if (terms.length === 0) {
    const leader = w.controller.image.partitions[partition]?.leader ?? -1;
    terms.push({ broker: leader, fromUs: -1, untilUs: null, loadedUs: null });
  }
  for (let i = 0; i < vectorLength(w.lines); i++) {
    const { atUs, phrase } = vectorGet(w.lines, i);
    if (!/^log\.(group|modern)\.loaded$/.test(phrase.key) || phrase.params.group !== groupId) continue;
    for (const term of terms)
      if (
        term.broker === phrase.params.broker &&
        atUs >= term.fromUs &&
        (term.untilUs === null || atUs <= term.untilUs)
      )
        term.loadedUs = atUs;
  }
  return terms;
}

/** The state that a group is in after a line about it; a line that is not here changes none. */
const STATE_AFTER: readonly (readonly [start: string, state: string])[] = [
  ['log.group.preparing.', 'PreparingRebalance'],
  ['log.group.generation', 'CompletingRebalance'],
  ['log.group.stable', 'Stable'],
  ['log.group.empty', 'Empty'],
  // Its epoch goes up before a target is computed for it, and members follow the target until all have it (rule 102).
  ['log.modern.bumped.', 'Assigning'],
  ['log.modern.target', 'Reconciling'],
  ['log.modern.stable', 'Stable'],
  ['log.modern.empty', 'Empty'],
];

/** In the order in which they first came. `now`: as its coordinator says, null where nobody knows it. */
function stateTimes(w: World, groupId: string, now: string | null): GroupStateTime[] {
  const times = new Map<string, { totalUs: number; times: number }>();
  let state = '';
  let sinceUs = 0;
  const add = (untilUs: number): void => {
    const t = times.get(state) ?? { totalUs: 0, times: 0 };
    times.set(state, { totalUs: t.totalUs + untilUs - sinceUs, times: t.times + 1 });
  };
  for (let i = 0; i < vectorLength(w.lines); i++) {
    const { atUs, phrase } = vectorGet(w.lines, i);
    if (phrase.params.group !== groupId) continue;
    const next = STATE_AFTER.find(([start]) => phrase.key.startsWith(start))?.[1];
    if (next === undefined || next === state) continue;
    if (state !== '') add(atUs);
    state = next;
    sinceUs = atUs;
  }
  if (state !== '') add(w.nowUs);
  return [...times].map(([name, t]) => ({ state: name, ...t, now: now === null ? false : name === state }));
}

function memberDetails(w: World, { consumers, group, modern }: GroupSeen): GroupMemberDetail[] {
  const rows: GroupMemberDetail[] = [];
  for (const c of consumers) {
    const m = c.membership;
    if (m === null || m.standalone) continue;
    const classic = m.memberId === '' ? undefined : group?.members.find((x) => x.memberId === m.memberId);
    const common = {
      consumer: c.id,
      memberId: m.memberId,
      groupInstanceId: m.groupInstanceId,
      maxPollIntervalMs: c.settings.maxPollIntervalMs,
    };
    const own = {
      clientId: c.id,
      clientHost: '',
      waits: null,
      sessionTimeoutMs: c.settings.sessionTimeoutMs,
      rebalanceTimeoutMs: c.settings.maxPollIntervalMs,
      protocols: [],
      assigned: null,
      brokerState: null,
      target: null,
      revoking: [],
    };
    const known = classic === undefined ? modernMember(w, modern, m.memberId) : classicMember(classic);
    rows.push({ ...common, ...own, ...known });
  }
  return rows;
}

function classicMember(m: ClassicGroupMember): Partial<GroupMemberDetail> {
  return {
    clientId: m.clientId,
    clientHost: m.clientHost,
    waits: m.awaitingJoin !== null ? 'join' : m.awaitingSync !== null ? 'sync' : null,
    sessionTimeoutMs: m.sessionTimeoutMs,
    rebalanceTimeoutMs: m.rebalanceTimeoutMs,
    protocols: m.protocols.map((p) => p.name),
    assigned: m.assignment?.partitions.map((p) => `${p.topic}-${p.index}`) ?? null,
  };
}

function modernMember(w: World, g: ConsumerGroup | null, memberId: string): Partial<GroupMemberDetail> {
  const m = g?.members.get(memberId);
  if (g === null || m === undefined) return {};
  const names = new Map([...w.controller.image.topics.values()].map((t) => [t.topicId, t.name]));
  const listed = (topics: Iterable<readonly [number, Iterable<number>]>): string[] =>
    [...topics].flatMap(([id, numbers]) => [...numbers].map((n) => `${names.get(id) ?? id}-${n}`));
  const held = (partitions: AssignedPartitions): string[] =>
    listed([...partitions].map(([id, epochs]) => [id, epochs.keys()]));
  return {
    clientId: m.clientId,
    clientHost: m.clientHost,
    rebalanceTimeoutMs: m.rebalanceTimeoutMs,
    protocols: m.serverAssignorName === null ? [] : [m.serverAssignorName],
    assigned: held(m.assignedPartitions),
    brokerState: m.state,
    target: listed([...(g.targetAssignment.get(memberId) ?? [])].map(([id, of]) => [topicIdOfUuid(id), of])),
    revoking: held(m.partitionsPendingRevocation),
  };
}

function committedDetails(w: World, seen: GroupSeen): CommittedDetail[] {
  const rows: CommittedDetail[] = [];
  const named = new Set<string>();
  const row = (partition: number): void => {
    const { name } = w.partitions[partition] as PartitionName;
    if (named.has(name)) return;
    named.add(name);
    const held = (seen.group ?? seen.modern)?.offsets.get(name);
    rows.push({
      partition: name,
      offset: committedOf(w, seen, partition),
      leaderEpoch: held?.leaderEpoch ?? -1,
      metadata: held?.metadata ?? '',
      committedUs: held === undefined ? -1 : (held.commitTimestampMs - EPOCH_MS) * 1000,
      recordOffset: held?.recordOffset ?? -1,
      hw: highWatermarkOf(w, partition),
    });
  };
  for (const topic of topicsOf(seen))
    for (const partition of w.controller.image.topics.get(topic)?.partitions ?? []) row(partition);
  // What it once read and still has offsets of.
  for (const name of (seen.group ?? seen.modern)?.offsets.keys() ?? []) {
    const partition = w.partitionByName.get(name);
    if (partition !== undefined) row(partition);
  }
  return rows;
}

function writesOf(w: World, groupId: string): OffsetWrites {
  const observed = observedOf(w, groupId);
  return {
    commits: observed?.commits ?? 0,
    offsets: observed?.offsetsWritten ?? 0,
    recordBytes: newestRecordBytes(w, groupId),
  };
}

/** Bytes a committed offset took in the newest batch of the group's partition that holds nothing else. 0: there is none. */
function newestRecordBytes(w: World, groupId: string): number {
  const replica = replicaOfThing(w, `group:${groupId}`);
  if (replica === null) return 0;
  for (let i = vectorLength(replica.batches) - 1; i >= 0; i--) {
    const { batch } = vectorGet(replica.batches, i);
    const offsets = batch.records.every(({ key }) => key instanceof Uint8Array && key[1] === 1);
    if (offsets && batch.records.length > 0) return Math.round(batch.sizeInBytes / batch.records.length);
  }
  return 0;
}
