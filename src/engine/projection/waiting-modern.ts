/** Waits of groups that follow the new protocol (KIP-848): for a member to give something up, for an assignment, for a session to end. */
import type { AssignedPartitions, ConsumerGroup } from '../coordinator/modern/consumer-group.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { heartbeatMs } from './frame-groups.ts';
import type { GroupSeen } from './groups-read.ts';
import { type Waiting, waiting } from './waiting.ts';

function countOf(partitions: AssignedPartitions): number {
  let count = 0;
  for (const of of partitions.values()) count += of.size;
  return count;
}

export function waitingOnModern(w: World, seen: GroupSeen): Waiting | null {
  const { modern } = seen;
  if (modern === null) return null;
  return silentMember(w, seen, modern) ?? unrevoked(w, seen, modern) ?? unassigned(w, seen, modern);
}

/** A member that says nothing any more: its partitions stay with it until its session ends. */
function silentMember(w: World, { groupId, consumers }: GroupSeen, g: ConsumerGroup): Waiting | null {
  for (const m of g.members.values()) {
    const c = consumers.find((x) => x.id === m.clientId);
    const timers = g.timers.get(m.memberId);
    if (c === undefined || timers === undefined || timers.sessionEndsUs <= 0) continue;
    const silentUs = w.nowUs - timers.lastContactUs;
    const { process } = w.nodes[c.node] as NodeState;
    const gone = process !== 'up' && silentUs > 50_000;
    if (!gone && silentUs < heartbeatMs(c) * 1500) continue;
    const remainingUs = Math.max(0, timers.sessionEndsUs - w.nowUs);
    const count = countOf(m.assignedPartitions) + countOf(m.partitionsPendingRevocation);
    const params = { group: groupId, member: c.id, silentUs, remainingUs, count };
    return waiting('timer', 'group.session', params, timers.lastContactUs, timers.sessionEndsUs);
  }
  return null;
}

/** Rule 73: what a member still has to give up nobody else can have. It hears of it by a heartbeat, its application in poll(). */
function unrevoked(w: World, { groupId, consumers }: GroupSeen, g: ConsumerGroup): Waiting | null {
  for (const m of g.members.values()) {
    const timers = g.timers.get(m.memberId);
    if (m.state !== 'UNREVOKED_PARTITIONS' || timers === undefined || timers.rebalanceEndsUs <= 0) continue;
    const busy = consumers.find((x) => x.id === m.clientId && !x.inPoll) !== undefined;
    const params = {
      group: groupId,
      member: m.clientId,
      count: countOf(m.partitionsPendingRevocation),
      remainingUs: Math.max(0, timers.rebalanceEndsUs - w.nowUs),
    };
    const key = busy ? 'group.revoke-busy' : 'group.revoke';
    return waiting('timer', key, params, timers.rebalanceStartUs, timers.rebalanceEndsUs);
  }
  return null;
}

/** Between two answers: a new target waits for its turn, or members for their next heartbeat. */
function unassigned(w: World, { groupId }: GroupSeen, g: ConsumerGroup): Waiting | null {
  if (g.state !== 'Assigning' && g.state !== 'Reconciling') return null;
  const behind = [...g.members.values()].filter((m) => m.memberEpoch < g.groupEpoch || m.state !== 'STABLE');
  const params = {
    group: groupId,
    epoch: g.groupEpoch,
    count: behind.length,
    members: behind.map((m) => m.clientId).join(', '),
    forUs: w.nowUs - g.sinceUs,
  };
  return waiting('flow', g.state === 'Assigning' ? 'group.assigning' : 'group.heartbeat', params, g.sinceUs);
}
