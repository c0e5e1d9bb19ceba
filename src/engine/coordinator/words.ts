/** What a learner should hear of groups. Observers only: no handler reads these lines. */

import { tell } from '../kernel/schedule.ts';
import type { LogLineFact, World } from '../kernel/world.ts';
import type { ClassicGroup, ClassicGroupMember } from './shard-state.ts';

export type RebalanceReason = {
  readonly why:
    | 'member-joined'
    | 'rejoined'
    | 'leader-rejoined'
    | 'metadata-changed'
    | 'protocol-changed'
    | 'static-rejoined'
    | 'member-left'
    | 'session-ended'
    | 'sync-missing'
    | 'not-stored'
    | 'too-many';
  readonly member: string;
};

function say(
  w: World,
  g: ClassicGroup,
  what: string,
  params: Readonly<Record<string, string | number>>,
  members: readonly string[],
  tone: LogLineFact['tone'] = 'plain',
  lane: LogLineFact['lane'] = null,
): void {
  const about = [`group:${g.groupId}`, ...members.map((m) => `consumer:${m}`)];
  tell(w, `log.group.${what}`, { group: g.groupId, ...params }, about, tone, lane);
}

export function sayAsked(w: World, g: ClassicGroup, member: string): void {
  say(w, g, 'asked', { member }, [member]);
}

export function sayJoined(w: World, g: ClassicGroup, m: ClassicGroupMember): void {
  say(w, g, 'joined', { member: m.clientId }, [m.clientId]);
}

export function sayFenced(w: World, g: ClassicGroup, m: ClassicGroupMember): void {
  say(w, g, 'static-replaced', { instance: m.groupInstanceId ?? '' }, [m.clientId]);
}

export function sayPreparing(w: World, g: ClassicGroup, { why, member }: RebalanceReason): void {
  const first = why === 'member-joined' && g.previousState === 'Empty';
  say(w, g, `preparing.${first ? 'first-member' : why}`, { member }, [], 'plain', 'groups');
}

export function sayProlonged(w: World, g: ClassicGroup, ms: number): void {
  say(w, g, 'prolonged', { waitUs: ms * 1000, members: g.members.length }, []);
}

export function sayGeneration(w: World, g: ClassicGroup): void {
  if (g.state === 'Empty') {
    say(w, g, 'empty', { generation: g.generation }, [], 'plain', 'groups');
    return;
  }
  const leader = g.members.find((m) => m.memberId === g.leader)?.clientId ?? '';
  const members = g.members.map((m) => m.clientId).join(', ');
  const params = { generation: g.generation, count: g.members.length, members, leader };
  say(w, g, 'generation', params, [leader], 'plain', null);
}

export function sayStable(w: World, g: ClassicGroup): void {
  const params = { generation: g.generation, count: g.members.length, assignor: g.protocolName ?? '' };
  const fromUs = g.rebalanceSinceUs >= 0 ? g.rebalanceSinceUs : w.nowUs;
  tell(w, 'log.group.stable', { group: g.groupId, ...params }, [`group:${g.groupId}`], 'good', 'groups', fromUs);
}

export function saySessionEnded(w: World, g: ClassicGroup, m: ClassicGroupMember): void {
  const params = { member: m.clientId, silentUs: w.nowUs - m.lastContactUs };
  say(w, g, 'session-ended', params, [m.clientId], 'harm', 'groups');
}

export function sayNotRejoined(w: World, g: ClassicGroup, m: ClassicGroupMember): void {
  say(w, g, 'not-rejoined', { member: m.clientId }, [m.clientId], 'harm', 'groups');
}

export function sayNotSynced(w: World, g: ClassicGroup, memberId: string): void {
  const member = g.members.find((m) => m.memberId === memberId)?.clientId ?? memberId;
  say(w, g, 'not-synced', { member }, [member], 'harm', 'groups');
}

export function sayLeft(w: World, g: ClassicGroup, member: string, reason: string): void {
  // The heartbeat thread's own word (AbstractCoordinator): the application stands still.
  const what = reason.includes('poll timeout') ? 'left-poll' : 'left';
  say(w, g, what, { member }, [member], what === 'left' ? 'plain' : 'harm', 'groups');
}

export function sayLoaded(w: World, broker: number, partition: string, g: ClassicGroup): void {
  const params = { group: g.groupId, broker, partition, generation: g.generation, offsets: g.offsets.size };
  const about = [`group:${g.groupId}`, `broker:${broker}`, `partition:${partition}`];
  tell(w, 'log.group.loaded', { ...params, members: g.members.length }, about, 'good', 'groups');
}
