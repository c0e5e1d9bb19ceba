/** Waits of groups: for members, for a leader's assignment, for a session to end, for a coordinator. */
import type { ConsumerState } from '../client/consumer-state.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { lateModernWaiting } from '../slots.ts';
import { type GroupSeen, groupIdsOf, groupSeen } from './groups-read.ts';
import { type Waiting, waiting } from './waiting.ts';

/** While it is one of these its partitions stay with it, until max.poll.interval.ms ends. */
const STAYS: readonly string[] = ['stable', 'reconciling', 'acknowledging'];

export function waitingOnGroups(w: World): Waiting | null {
  const all = groupIdsOf(w).map((id) => groupSeen(w, id));
  for (const seen of all) {
    const found =
      rebalancing(w, seen) ??
      silentMember(w, seen) ??
      stuckApplication(w, seen) ??
      (seen.modern === null ? null : lateModernWaiting.waitingOnModern(w, seen));
    if (found !== null) return found;
  }
  for (const seen of all) {
    const found = nobodyCoordinates(w, seen);
    if (found !== null) return found;
  }
  return null;
}

function rebalancing(w: World, { groupId, group }: GroupSeen): Waiting | null {
  if (group === null) return null;
  const base = { group: groupId, forUs: w.nowUs - group.sinceUs };
  if (group.state === 'PreparingRebalance' && group.joinTimer !== null) {
    const { kind, startUs, deadlineUs } = group.joinTimer;
    const remainingUs = Math.max(0, deadlineUs - w.nowUs);
    if (kind === 'initial') {
      const params = { ...base, members: group.members.length, remainingUs };
      return waiting('timer', 'group.initial', params, startUs, deadlineUs);
    }
    const missing = group.members.filter((m) => m.awaitingJoin === null).map((m) => m.clientId);
    if (missing.length === 0) missing.push(...group.pendingJoin.map((p) => p.clientId));
    const params = { ...base, count: missing.length, missing: missing.join(', '), remainingUs };
    return waiting('timer', 'group.rejoin', params, startUs, deadlineUs);
  }
  if (group.state !== 'CompletingRebalance') return null;
  const leader = group.members.find((m) => m.memberId === group.leader)?.clientId ?? '';
  return waiting('flow', 'group.sync', { ...base, leader, generation: group.generation }, group.sinceUs);
}

/** A member that says nothing any more and still holds its partitions by the coordinator's book. */
function silentMember(w: World, { groupId, group, consumers }: GroupSeen): Waiting | null {
  if (group === null || group.state !== 'Stable') return null;
  for (const m of group.members) {
    const c = consumers.find((x) => x.id === m.clientId);
    if (c === undefined || m.sessionEndsUs <= 0) continue;
    const silentUs = w.nowUs - m.lastContactUs;
    const { process } = w.nodes[c.node] as NodeState;
    const gone = process !== 'up' && silentUs > 50_000;
    if (!gone && silentUs < c.settings.heartbeatIntervalMs * 1500) continue;
    const remainingUs = Math.max(0, m.sessionEndsUs - w.nowUs);
    const count = m.assignment?.partitions.length ?? 0;
    const params = { group: groupId, member: c.id, silentUs, remainingUs, count };
    return waiting('timer', 'group.session', params, m.lastContactUs, m.sessionEndsUs);
  }
  return null;
}

/** An application that does not come back to poll(): its heartbeats go on, and nothing is read. */
function stuckApplication(w: World, { groupId, consumers }: GroupSeen): Waiting | null {
  for (const c of consumers) {
    const m = c.membership as NonNullable<ConsumerState['membership']>;
    if (c.inPoll || c.pausedUntilUs <= w.nowUs || m.standalone || !STAYS.includes(m.state) || m.owned.length === 0)
      continue;
    if ((w.nodes[c.node] as NodeState).process !== 'up') continue;
    const untilUs = m.lastPollUs + c.settings.maxPollIntervalMs * 1000;
    const params = {
      group: groupId,
      member: c.id,
      forUs: w.nowUs - m.lastPollUs,
      remainingUs: Math.max(0, untilUs - w.nowUs),
    };
    return waiting('timer', 'group.poll', params, m.lastPollUs, untilUs);
  }
  return null;
}

function nobodyCoordinates(w: World, seen: GroupSeen): Waiting | null {
  const alive = seen.consumers.filter((c) => (w.nodes[c.node] as NodeState).process === 'up');
  if (alive.length === 0 || seen.group !== null || seen.modern !== null) return null;
  const base = { group: seen.groupId, partition: seen.partitionName };
  if (seen.partition < 0) return waiting('flow', 'group.topic', base, 0);
  if (seen.coordinator < 0) return waiting('stuck', 'group.coordinator', base, 0);
  if (seen.shard?.state === 'loading')
    return waiting('flow', 'group.loading', { ...base, broker: seen.coordinator }, seen.shard.sinceUs);
  return null;
}
