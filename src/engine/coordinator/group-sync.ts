/** SyncGroup and Heartbeat (Kafka: GroupMetadataManager). Rules 64-67. */
import { errorCode } from '../../kafka/api/errors-core.ts';
import type { Assignment, HeartbeatRequest, SyncGroupRequest } from '../../kafka/api/messages-group.ts';
import type { World } from '../kernel/world.ts';
import type { Message } from '../net/message.ts';
import { heartbeatAnswer, metadataError, syncError } from './answers.ts';
import { memberOf, transitionTo, validateMember } from './classic-group.ts';
import { groupMetadataBytes } from './group-metadata-bytes.ts';
import { onStable } from './observed.ts';
import { prepareOrComplete, propagateAssignment, touchSession } from './rebalance.ts';
import { answerWhenCommitted, registerOutcome, writeRecords } from './runtime.ts';
import type { ClassicGroup, ClassicGroupMember } from './shard-state.ts';
import { groupIn, ownShard } from './shards.ts';
import { answer } from './turns.ts';
import { sayStable } from './words.ts';

const UNKNOWN_MEMBER_ID = errorCode('UNKNOWN_MEMBER_ID');
const ILLEGAL_GENERATION = errorCode('ILLEGAL_GENERATION');
const REBALANCE_IN_PROGRESS = errorCode('REBALANCE_IN_PROGRESS');
const INCONSISTENT_GROUP_PROTOCOL = errorCode('INCONSISTENT_GROUP_PROTOCOL');

function validateSync(g: ClassicGroup, body: SyncGroupRequest): number {
  const error = validateMember(g, body.memberId, body.groupInstanceId);
  if (error !== 0) return error;
  if (body.generationId !== g.generation) return ILLEGAL_GENERATION;
  return body.protocolType !== g.protocolType || body.protocolName !== g.protocolName ? INCONSISTENT_GROUP_PROTOCOL : 0;
}

export function syncGroup(w: World, index: number, request: Message): void {
  const body = request.body as SyncGroupRequest;
  const refuse = (error: number): void => answer(w, request, syncError(error), 60);
  const g = groupIn(ownShard(w, index), body.groupId);
  if (g === null || g.state === 'Empty') {
    refuse(UNKNOWN_MEMBER_ID);
    return;
  }
  const error = validateSync(g, body);
  if (error !== 0) {
    refuse(error);
    return;
  }
  if (g.state === 'PreparingRebalance') {
    refuse(REBALANCE_IN_PROGRESS);
    return;
  }
  const member = memberOf(g, body.memberId) as ClassicGroupMember;
  g.pendingSync = g.pendingSync.filter((id) => id !== body.memberId);
  if (g.pendingSync.length === 0) g.syncEndsUs = 0;
  if (g.state === 'Stable') {
    const { assignment } = member;
    const now = { errorCode: 0, protocolType: g.protocolType, protocolName: g.protocolName, assignment, errors: [] };
    answer(w, request, now, 60 + 12 * (assignment?.partitions.length ?? 0));
    return;
  }
  member.awaitingSync = request;
  if (g.leader !== body.memberId) return;
  const assignments = new Map<string, Assignment>();
  for (const { memberId, assignment } of body.assignments) assignments.set(memberId, assignment);
  const value = groupMetadataBytes(g, (m) => assignments.get(m.memberId) ?? null);
  writeRecords(w, index, [{ key: { type: 'GroupMetadataKey', group: g.groupId }, value }], {
    kind: 'assignment',
    groupId: g.groupId,
    generation: body.generationId,
    memberId: body.memberId,
    assignments,
  });
}

/** The leader's assignment is stored, or could not be. */
registerOutcome('assignment', (w, index, { groupId, generation, memberId, assignments }, error) => {
  const g = groupIn(ownShard(w, index), groupId);
  // Somebody may have joined meanwhile: then this assignment is of no use any more.
  if (g === null || g.state !== 'CompletingRebalance' || g.generation !== generation) return;
  if (error !== 0) {
    for (const m of g.members) m.assignment = null;
    propagateAssignment(w, index, g, metadataError(error));
    prepareOrComplete(w, index, g, { why: 'not-stored', member: memberOf(g, memberId)?.clientId ?? memberId });
    return;
  }
  for (const m of g.members) m.assignment = assignments.get(m.memberId) ?? null;
  propagateAssignment(w, index, g, 0);
  transitionTo(w, g, 'Stable');
  onStable(w, g.groupId);
  sayStable(w, g);
  g.rebalanceSinceUs = -1;
});

/** Rule 65. */
export function heartbeat(w: World, index: number, request: Message): void {
  const body = request.body as HeartbeatRequest;
  const g = groupIn(ownShard(w, index), body.groupId);
  let error = g === null ? UNKNOWN_MEMBER_ID : validateMember(g, body.memberId, body.groupInstanceId);
  if (g !== null && error === 0) {
    if (body.generationId !== g.generation) error = ILLEGAL_GENERATION;
    else if (g.state === 'Empty') error = UNKNOWN_MEMBER_ID;
    else {
      const member = memberOf(g, body.memberId) as ClassicGroupMember;
      touchSession(w, index, member, member.sessionTimeoutMs);
      if (g.state === 'PreparingRebalance') error = REBALANCE_IN_PROGRESS;
    }
  }
  answerWhenCommitted(w, index, request, heartbeatAnswer(error), 40);
}
