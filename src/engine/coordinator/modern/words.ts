/** What a learner should hear of groups of the new protocol. Observers only: no handler reads these lines. */
import { tell } from '../../kernel/schedule.ts';
import type { LogLineFact, World } from '../../kernel/world.ts';
import type { ConsumerGroup, ConsumerGroupMember } from './consumer-group.ts';

function say(
  w: World,
  groupId: string,
  what: string,
  params: Readonly<Record<string, string | number>>,
  members: readonly string[],
  tone: LogLineFact['tone'] = 'plain',
  lane: LogLineFact['lane'] = null,
  fromUs?: number,
): void {
  const about = [`group:${groupId}`, ...members.map((m) => `consumer:${m}`)];
  tell(w, `log.modern.${what}`, { group: groupId, ...params }, about, tone, lane, fromUs);
}

export function sayStable(w: World, g: ConsumerGroup): void {
  const fromUs = g.rebalanceSinceUs >= 0 ? g.rebalanceSinceUs : w.nowUs;
  const params = { epoch: g.groupEpoch, count: g.members.size, assignor: g.assignor ?? '' };
  say(w, g.groupId, 'stable', params, [], 'good', 'groups', fromUs);
}

export function sayEmpty(w: World, g: ConsumerGroup): void {
  say(w, g.groupId, 'empty', { epoch: g.groupEpoch }, [], 'plain', 'groups');
}

export function sayJoined(w: World, groupId: string, m: ConsumerGroupMember): void {
  say(w, groupId, 'joined', { member: m.clientId }, [m.clientId]);
}

export function sayReturned(w: World, groupId: string, m: ConsumerGroupMember): void {
  say(w, groupId, 'returned', { member: m.clientId, instance: m.instanceId ?? '' }, [m.clientId]);
}

export function sayLeft(w: World, groupId: string, m: ConsumerGroupMember): void {
  say(w, groupId, 'left', { member: m.clientId }, [m.clientId], 'plain', 'groups');
}

export function sayAway(w: World, groupId: string, m: ConsumerGroupMember): void {
  say(w, groupId, 'away', { member: m.clientId, instance: m.instanceId ?? '' }, [m.clientId]);
}

/** Why a group's epoch goes up: the target is out of date. */
export type BumpReason =
  | 'member-joined'
  | 'subscription'
  | 'topics'
  | 'regex'
  | 'member-left'
  | 'session-ended'
  | 'rebalance-timeout'
  | 'classic-timeout';

export function sayBumped(w: World, groupId: string, epoch: number, why: BumpReason, member: string): void {
  say(w, groupId, `bumped.${why}`, { epoch, member }, member === '' ? [] : [member], 'plain', 'groups');
}

export function sayTarget(w: World, groupId: string, epoch: number, assignor: string, broker: number): void {
  say(w, groupId, 'target', { epoch, assignor, broker }, []);
}

export function sayFenced(
  w: World,
  groupId: string,
  m: ConsumerGroupMember,
  why: 'session-ended' | 'rebalance-timeout' | 'classic-timeout',
  silentUs: number,
): void {
  say(w, groupId, `fenced.${why}`, { member: m.clientId, silentUs }, [m.clientId], 'harm', 'groups');
}

/** It has to give up so many before its epoch advances. */
export function sayMustRevoke(w: World, groupId: string, m: ConsumerGroupMember, count: number, epoch: number): void {
  say(w, groupId, 'must-revoke', { member: m.clientId, count, epoch }, [m.clientId]);
}

/** So many of its target are still held by others. */
export function sayWaits(w: World, groupId: string, m: ConsumerGroupMember, count: number): void {
  say(w, groupId, 'waits', { member: m.clientId, count }, [m.clientId]);
}

export function sayRefused(w: World, groupId: string, member: string, error: string): void {
  say(w, groupId, 'refused', { member, error }, [member], 'risk');
}

export function sayMigrated(w: World, groupId: string, to: 'consumer' | 'classic', member: string): void {
  say(w, groupId, `migrated.${to}`, { member }, member === '' ? [] : [member], 'plain', 'groups');
}

export function sayLoaded(w: World, broker: number, partition: string, g: ConsumerGroup): void {
  const params = { group: g.groupId, broker, partition, epoch: g.groupEpoch, offsets: g.offsets.size };
  const about = [`group:${g.groupId}`, `broker:${broker}`, `partition:${partition}`];
  tell(w, 'log.modern.loaded', { ...params, members: g.members.size }, about, 'good', 'groups');
}
