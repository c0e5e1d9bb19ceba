/** Groups as the frame shows them: what members know of themselves, and what their coordinator knows beside it. */
import type {
  GroupMemberView,
  GroupPartitionView,
  GroupView,
  ReadPositionView,
  RingView,
} from '../../protocol/frame.ts';
import type { ConsumerState } from '../client/consumer-state.ts';
import { observedOf } from '../coordinator/observed.ts';
import type { ClassicGroup } from '../coordinator/shard-state.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { groupPartition, groupTotals } from '../ledger/group-facts.ts';
import { consumerPositions } from './frame-clients.ts';
import { registerGroupProjection } from './group-hooks.ts';
import { type GroupSeen, groupIdsOf, groupSeen } from './groups-read.ts';
import { highWatermarkOf } from './totals.ts';
import { waitingOnGroups } from './waiting-groups.ts';

registerGroupProjection({
  views: (w) => groupIdsOf(w).map((id) => groupView(w, groupSeen(w, id))),
  rings: groupRings,
  waiting: waitingOnGroups,
});

function groupView(w: World, seen: GroupSeen): GroupView {
  const { groupId, group } = seen;
  const totals = groupTotals(w, groupId);
  return {
    id: groupId,
    protocol: 'classic',
    state: group?.state ?? '',
    sinceUs: group?.sinceUs ?? seen.shard?.sinceUs ?? 0,
    generation: group?.generation ?? -1,
    coordinator: seen.coordinator,
    coordinatorPartition: seen.partitionName,
    assignor: group?.protocolName ?? null,
    topics: topicsOf(seen),
    members: seen.consumers.filter((c) => !c.membership?.standalone).map((c) => memberView(w, c, group)),
    partitions: partitionViews(w, seen),
    rebalanceEndsUs: rebalanceEnd(group),
    rebalances: observedOf(w, groupId)?.rebalances ?? 0,
    processed: totals.processed,
    skipped: totals.skipped,
    reprocessed: totals.reprocessed,
  };
}

/** In the order in which members name them. */
export function topicsOf({ consumers }: GroupSeen): string[] {
  const topics: string[] = [];
  for (const { membership, partitions } of consumers) {
    const named = membership?.standalone ? partitions.map((p) => p.topic) : (membership?.subscribed ?? []);
    for (const topic of named) if (!topics.includes(topic)) topics.push(topic);
  }
  return topics;
}

function rebalanceEnd(g: ClassicGroup | null): number | null {
  if (g === null) return null;
  if (g.state === 'PreparingRebalance') return g.joinTimer?.deadlineUs ?? null;
  return g.state === 'CompletingRebalance' && g.syncEndsUs > 0 ? g.syncEndsUs : null;
}

function memberView(w: World, c: ConsumerState, g: ClassicGroup | null): GroupMemberView {
  const m = c.membership as NonNullable<ConsumerState['membership']>;
  const { process } = w.nodes[c.node] as NodeState;
  const known = m.memberId === '' ? undefined : g?.members.find((x) => x.memberId === m.memberId);
  const polls = c.inPoll || process !== 'up';
  return {
    consumer: c.id,
    memberId: m.memberId,
    process,
    state: m.state,
    generation: m.generation,
    leader: m.isLeader,
    owned: m.owned,
    lastHeartbeatUs: known === undefined ? null : known.lastContactUs,
    sessionEndsUs: known === undefined || known.sessionEndsUs <= 0 ? null : known.sessionEndsUs,
    pollEndsUs: polls || m.state === 'unjoined' ? null : m.lastPollUs + c.settings.maxPollIntervalMs * 1000,
    lastError: m.lastError,
  };
}

function partitionViews(w: World, seen: GroupSeen): GroupPartitionView[] {
  const views: GroupPartitionView[] = [];
  const positions = new Map<string, ReadPositionView>();
  const owners = new Map<string, ConsumerState>();
  for (const c of seen.consumers) {
    if ((w.nodes[c.node] as NodeState).process === 'down' || c.membership === null) continue;
    const held = c.membership.standalone ? c.partitions.map((p) => p.name) : c.membership.owned;
    for (const name of held) if (!owners.has(name)) owners.set(name, c);
    for (const p of consumerPositions(w, c)) if (owners.get(p.partition) === c) positions.set(p.partition, p);
  }
  for (const topic of topicsOf(seen)) {
    for (const partition of w.controller.image.topics.get(topic)?.partitions ?? [])
      views.push(partitionView(w, seen, partition, owners, positions));
  }
  return views;
}

function partitionView(
  w: World,
  seen: GroupSeen,
  partition: number,
  owners: ReadonlyMap<string, ConsumerState>,
  positions: ReadonlyMap<string, ReadPositionView>,
): GroupPartitionView {
  const { name } = w.partitions[partition] as { name: string };
  const owner = owners.get(name) ?? null;
  const read = positions.get(name);
  const facts = groupPartition(w, seen.groupId, partition);
  const committed = committedOf(w, seen, partition);
  const hw = highWatermarkOf(w, partition);
  const position = read?.position ?? -1;
  const from = committed >= 0 ? committed : position >= 0 ? position : (facts?.first ?? -1);
  return {
    partition: name,
    owner: owner?.id ?? null,
    sinceUs: facts?.sinceUs ?? 0,
    position,
    committed,
    processed: facts === null || facts.frontier < 0 || facts.highest < 0 ? -1 : facts.frontier,
    hw,
    lag: Math.max(0, hw - Math.max(from, 0)),
    parkedUntilUs: read?.parkedUntilUs ?? null,
  };
}

/** As the coordinator has it; while nobody coordinates, as the last one had it. -1: nothing. */
export function committedOf(w: World, seen: GroupSeen, partition: number): number {
  const { name } = w.partitions[partition] as { name: string };
  if (seen.group !== null) return seen.group.offsets.get(name)?.offset ?? -1;
  return groupPartition(w, seen.groupId, partition)?.committed ?? -1;
}

// --- rings -----------------------------------------------------------------------------------------------------------

function groupRings(w: World): RingView[] {
  const rings: RingView[] = [];
  for (const id of groupIdsOf(w)) {
    const seen = groupSeen(w, id);
    const { group } = seen;
    const about = `group:${id}`;
    if (group?.state === 'PreparingRebalance' && group.joinTimer !== null) {
      const { kind, startUs, deadlineUs } = group.joinTimer;
      rings.push({ kind: kind === 'initial' ? 'initial-delay' : 'rebalance', about, startUs, endUs: deadlineUs });
    } else if (group?.state === 'CompletingRebalance' && group.syncEndsUs > 0)
      rings.push({ kind: 'rebalance', about, startUs: group.syncStartUs, endUs: group.syncEndsUs });
    for (const c of seen.consumers) addMemberRings(w, c, group, rings);
  }
  return rings;
}

/** A session is worth a ring once a heartbeat is overdue; the poll interval once a good part of it has gone. */
function addMemberRings(w: World, c: ConsumerState, g: ClassicGroup | null, rings: RingView[]): void {
  const m = c.membership;
  if (m === null || m.standalone) return;
  const about = `consumer:${c.id}`;
  const { process } = w.nodes[c.node] as NodeState;
  const known = m.memberId === '' ? undefined : g?.members.find((x) => x.memberId === m.memberId);
  const stranger = g?.members.find((x) => x.clientId === c.id && x.memberId !== m.memberId);
  // Who died without a word still has a session that runs out.
  const silent = known ?? (process === 'down' ? stranger : undefined);
  if (silent !== undefined && silent.sessionEndsUs > w.nowUs && silent.awaitingJoin === null) {
    const overdue = w.nowUs - silent.lastContactUs > c.settings.heartbeatIntervalMs * 1500;
    if (overdue)
      rings.push({ kind: 'member-session', about, startUs: silent.lastContactUs, endUs: silent.sessionEndsUs });
  }
  if (process !== 'up') return;
  const pollUs = c.settings.maxPollIntervalMs * 1000;
  if (!c.inPoll && m.lastPollUs > 0 && w.nowUs - m.lastPollUs > Math.min(pollUs / 10, 5_000_000))
    rings.push({ kind: 'poll-interval', about, startUs: m.lastPollUs, endUs: m.lastPollUs + pollUs });
}
