/** Groups as the frame shows them: what members know of themselves, and what their coordinator knows beside it. */

import type {
  GroupMemberView,
  GroupPartitionView,
  GroupView,
  ReadPositionView,
  RingView,
} from '../../protocol/frame.ts';
import type { ConsumerState } from '../client/consumer-state.ts';
import type { ConsumerGroup } from '../coordinator/modern/consumer-group.ts';
import { observedOf } from '../coordinator/observed.ts';
import type { ClassicGroup } from '../coordinator/shard-state.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { groupPartition, groupTotals } from '../ledger/group-facts.ts';
import { consumerPositions } from './frame-clients.ts';
import { nextOwners, registerGroupProjection } from './group-hooks.ts';
import { type GroupSeen, groupIdsOf, groupSeen } from './groups-read.ts';
import { highWatermarkOf } from './totals.ts';
import { waitingOnGroups } from './waiting-groups.ts';

registerGroupProjection({
  views: (w) => groupIdsOf(w).map((id) => groupView(w, groupSeen(w, id))),
  rings: groupRings,
  waiting: waitingOnGroups,
});

function groupView(w: World, seen: GroupSeen): GroupView {
  const { groupId, group, modern } = seen;
  const totals = groupTotals(w, groupId);
  const known = knownMembers(seen);
  return {
    id: groupId,
    protocol: protocolOf(seen),
    state: group?.state ?? modern?.state ?? '',
    sinceUs: group?.sinceUs ?? modern?.sinceUs ?? seen.shard?.sinceUs ?? 0,
    generation: group?.generation ?? modern?.groupEpoch ?? -1,
    coordinator: seen.coordinator,
    coordinatorPartition: seen.partitionName,
    assignor: group?.protocolName ?? modern?.assignor ?? null,
    topics: topicsOf(seen),
    members: seen.consumers.filter((c) => !c.membership?.standalone).map((c) => memberView(w, c, known)),
    partitions: partitionViews(w, seen),
    rebalanceEndsUs: modern === null ? rebalanceEnd(group) : modernRebalanceEnd(modern),
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

/** Rule 73: the first of its members that still have to give something up. */
function modernRebalanceEnd(g: ConsumerGroup): number | null {
  let endsUs = Number.POSITIVE_INFINITY;
  for (const t of g.timers.values()) if (t.rebalanceEndsUs > 0) endsUs = Math.min(endsUs, t.rebalanceEndsUs);
  return endsUs === Number.POSITIVE_INFINITY ? null : endsUs;
}

/** As its coordinator has it; before one knows it, as its members mean it. */
export function protocolOf({ group, modern, consumers }: GroupSeen): GroupView['protocol'] {
  if (group !== null) return 'classic';
  return modern !== null || consumers.some((c) => c.async !== null) ? 'consumer' : 'classic';
}

interface Known {
  readonly memberId: string;
  readonly clientId: string;
  readonly lastContactUs: number;
  /** 0: none runs. */
  readonly sessionEndsUs: number;
  /** It hangs in a JoinGroup, which needs no heartbeats. */
  readonly joins: boolean;
}

/** The members in the coordinator's book, whatever protocol the group follows. */
function knownMembers({ group, modern }: GroupSeen): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  for (const { memberId, clientId } of modern?.members.values() ?? []) {
    const { lastContactUs = 0, sessionEndsUs = 0 } = modern?.timers.get(memberId) ?? {};
    known.set(memberId, { memberId, clientId, lastContactUs, sessionEndsUs, joins: false });
  }
  for (const m of group?.members ?? [])
    known.set(m.memberId, {
      memberId: m.memberId,
      clientId: m.clientId,
      lastContactUs: m.lastContactUs,
      sessionEndsUs: Math.max(m.sessionEndsUs, 0),
      joins: m.awaitingJoin !== null,
    });
  return known;
}

/** Whether max.poll.interval.ms may end its membership: before it is one, and when it has left already, nothing runs. */
function pollIntervalRuns(state: GroupMemberView['state']): boolean {
  return !['unjoined', 'left', 'unsubscribed', 'fenced', 'fatal', 'stale'].includes(state);
}

function memberView(w: World, c: ConsumerState, members: ReadonlyMap<string, Known>): GroupMemberView {
  const m = c.membership as NonNullable<ConsumerState['membership']>;
  const { process } = w.nodes[c.node] as NodeState;
  const known = members.get(m.memberId);
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
    sessionEndsUs: known === undefined || known.sessionEndsUs === 0 ? null : known.sessionEndsUs,
    pollEndsUs: polls || !pollIntervalRuns(m.state) ? null : m.lastPollUs + c.settings.maxPollIntervalMs * 1000,
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
  const targets = nextOwners.of(w, seen);
  for (const topic of topicsOf(seen)) {
    for (const partition of w.controller.image.topics.get(topic)?.partitions ?? []) {
      const view = partitionView(w, seen, partition, owners, positions);
      const next = targets?.get(view.partition);
      views.push(next === undefined || next === view.owner ? view : { ...view, next });
    }
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
  const held = seen.group ?? seen.modern;
  if (held !== null) return held.offsets.get(name)?.offset ?? -1;
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
    const known = knownMembers(seen);
    const endUs = seen.modern === null ? null : modernRebalanceEnd(seen.modern);
    if (seen.modern !== null && endUs !== null)
      rings.push({ kind: 'rebalance', about, startUs: Math.max(seen.modern.rebalanceSinceUs, 0), endUs });
    for (const c of seen.consumers) addMemberRings(w, c, known, rings);
  }
  return rings;
}

/** How often it sends heartbeats: as it is configured, or as its coordinator said. */
export function heartbeatMs(c: ConsumerState): number {
  return c.async === null ? c.settings.heartbeatIntervalMs : Math.max(c.async.heartbeatIntervalMs, 1);
}

/** A session is worth a ring once a heartbeat is overdue; the poll interval once a good part of it has gone. */
function addMemberRings(w: World, c: ConsumerState, members: ReadonlyMap<string, Known>, rings: RingView[]): void {
  const m = c.membership;
  if (m === null || m.standalone) return;
  const about = `consumer:${c.id}`;
  const { process } = w.nodes[c.node] as NodeState;
  const known = members.get(m.memberId);
  const stranger = process === 'down' ? [...members.values()].find((x) => x.clientId === c.id) : undefined;
  // Who died without a word still has a session that runs out.
  const silent = known ?? stranger;
  if (silent !== undefined && silent.sessionEndsUs > w.nowUs && !silent.joins) {
    const overdue = w.nowUs - silent.lastContactUs > heartbeatMs(c) * 1500;
    if (overdue)
      rings.push({ kind: 'member-session', about, startUs: silent.lastContactUs, endUs: silent.sessionEndsUs });
  }
  if (process !== 'up') return;
  const pollUs = c.settings.maxPollIntervalMs * 1000;
  if (
    !c.inPoll &&
    m.lastPollUs > 0 &&
    (c.async === null || pollIntervalRuns(m.state)) &&
    w.nowUs - m.lastPollUs > Math.min(pollUs / 10, 5_000_000)
  )
    rings.push({ kind: 'poll-interval', about, startUs: m.lastPollUs, endUs: m.lastPollUs + pollUs });
}
