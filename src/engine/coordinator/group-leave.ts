/** LeaveGroup (Kafka: GroupMetadataManager.classicGroupLeave). */
import { errorCode } from '../../kafka/api/errors.ts';
import type { LeaveGroupRequest, LeaveGroupResponse } from '../../kafka/api/messages-group.ts';
import type { World } from '../kernel/world.ts';
import type { Message } from '../net/message.ts';
import { errorAnswer } from './answers.ts';
import { isPending, memberOf, removePending, staticMember, validateMember } from './classic-group.ts';
import { maybeCompleteJoin, prepareOrComplete, takeOut } from './rebalance.ts';
import { answerWhenCommitted } from './runtime.ts';
import type { ClassicGroup, ClassicGroupMember } from './shard-state.ts';
import { groupIn, ownShard } from './shards.ts';
import { answer } from './turns.ts';
import { sayLeft } from './words.ts';

const UNKNOWN_MEMBER_ID = errorCode('UNKNOWN_MEMBER_ID');

export function leaveGroup(w: World, index: number, request: Message): void {
  const body = request.body as LeaveGroupRequest;
  const g = groupIn(ownShard(w, index), body.groupId);
  if (g === null) {
    answer(w, request, errorAnswer(request, UNKNOWN_MEMBER_ID), 60);
    return;
  }
  const members: LeaveGroupResponse['members'][number][] = [];
  const left: string[] = [];
  for (const { memberId, groupInstanceId, reason } of body.members) {
    const error = leave(w, g, memberId, groupInstanceId, reason);
    members.push({ memberId, groupInstanceId, errorCode: error });
    if (error === 0) left.push(memberId);
  }
  if (left.length > 0) {
    if (g.state === 'Stable' || g.state === 'CompletingRebalance')
      prepareOrComplete(w, index, g, { why: 'member-left', member: left.map(clientOf).join(', ') });
    else if (g.state === 'PreparingRebalance') maybeCompleteJoin(w, index, g);
  }
  const errors = members.filter((m) => m.errorCode !== 0).map((m) => m.errorCode);
  const response: LeaveGroupResponse = { errorCode: 0, members, errors };
  answerWhenCommitted(w, index, request, response, 40 + 30 * members.length);
}

/** A member id without its UUID: the client's id or the instance's. */
function clientOf(memberId: string): string {
  return memberId.length > 37 ? memberId.slice(0, -37) : memberId;
}

function leave(w: World, g: ClassicGroup, memberId: string, groupInstanceId: string | null, reason: string): number {
  // Tools take out static members by their instance alone.
  if (memberId === '') {
    const member = groupInstanceId === null ? null : staticMember(g, groupInstanceId);
    if (member === null) return UNKNOWN_MEMBER_ID;
    sayLeft(w, g, member.clientId, reason);
    takeOut(w, g, member);
    return 0;
  }
  if (isPending(g, memberId)) {
    removePending(g, memberId);
    return 0;
  }
  const error = validateMember(g, memberId, groupInstanceId);
  if (error !== 0) return error;
  const member = memberOf(g, memberId) as ClassicGroupMember;
  sayLeft(w, g, member.clientId, reason);
  takeOut(w, g, member);
  return 0;
}
