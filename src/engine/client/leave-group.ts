/** Leaving a group: when poll() has stayed away for too long, and at the end (Kafka: AbstractCoordinator.maybeLeaveGroup). Rule 77. */
import type { LeaveGroupRequest } from '../../kafka/api/messages-group.ts';
import { tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import {
  about,
  callCoordinator,
  coordinatorUnknown,
  GroupApi,
  type GroupConsumer,
  rebalanceInProgress,
  resetAndRejoin,
  sentGeneration,
} from './abstract-coordinator.ts';
import { giveUp } from './join-prepare.ts';

/** handlePollTimeoutExpiry: a dynamic member says that it goes; a static one just is no longer there. */
export function leaveAsTooSlow(w: World, c: GroupConsumer): void {
  const { groupId } = c.membership;
  tell(
    w,
    'log.member.too-slow',
    { consumer: c.id, group: groupId, ms: c.settings.maxPollIntervalMs },
    about(c),
    'risk',
    'groups',
  );
  maybeLeaveGroup(w, c, 'consumer poll timeout has expired.');
}

/** maybeLeaveGroup with the default operation. Returns whether a request went out. Rule 77: static members send none. */
export function maybeLeaveGroup(w: World, c: GroupConsumer, reason: string): boolean {
  const m = c.membership;
  const leaves =
    !coordinatorUnknown(c) &&
    m.state !== 'unjoined' &&
    m.state !== 'left' &&
    m.memberId !== '' &&
    m.groupInstanceId === null;
  if (leaves) {
    const request: LeaveGroupRequest = {
      groupId: m.groupId,
      members: [{ memberId: m.memberId, groupInstanceId: null, reason: reason.slice(0, 255) }],
    };
    callCoordinator(
      w,
      c,
      { kind: 'leave', sent: sentGeneration(c) },
      GroupApi.LeaveGroup,
      request,
      120 + reason.length,
    );
  }
  resetAndRejoin(c, 'consumer pro-actively leaving the group', false);
  m.state = 'left';
  return leaves;
}

/** onLeavePrepare: who still belongs to a stable generation revokes, everybody else has lost its partitions. */
export function onLeavePrepare(w: World, c: GroupConsumer): void {
  const m = c.membership;
  if (m.standalone) return;
  giveUp(w, c, m.generation < 0 || m.memberId === '' || rebalanceInProgress(m) ? 'lost' : 'revoked');
}
