/** A static member comes back (Kafka: GroupMetadataManager.updateStaticMemberThenRebalanceOrCompleteJoin). Rule 67. */
import { errorCode } from '../../kafka/api/errors.ts';
import type { JoinGroupRequest } from '../../kafka/api/messages-group.ts';
import type { World } from '../kernel/world.ts';
import type { Message } from '../net/message.ts';
import { joinError, metadataError } from './answers.ts';
import { memberOf, selectProtocol } from './classic-group.ts';
import { update } from './group-join.ts';
import { groupMetadataBytes } from './group-metadata-bytes.ts';
import { answerJoin, currentGeneration } from './join-answers.ts';
import { maybeCompleteJoin, prepareOrComplete, prepareRebalance, touchSession } from './rebalance.ts';
import { registerOutcome, writeRecords } from './runtime.ts';
import type { ClassicGroup, ClassicGroupMember } from './shard-state.ts';
import { groupIn, ownShard } from './shards.ts';
import { answer } from './turns.ts';
import { sayFenced } from './words.ts';

const FENCED_INSTANCE_ID = errorCode('FENCED_INSTANCE_ID');

/** The instance comes back as a new process and takes the place of what it was. */
export function replaceStaticMember(
  w: World,
  index: number,
  g: ClassicGroup,
  request: Message,
  old: ClassicGroupMember,
  memberId: string,
): void {
  const body = request.body as JoinGroupRequest;
  sayFenced(w, g, old);
  if (old.awaitingJoin !== null) answerJoin(w, old.awaitingJoin, joinError(FENCED_INSTANCE_ID, old.memberId, null));
  if (old.awaitingSync !== null) {
    const fenced = { errorCode: FENCED_INSTANCE_ID, protocolType: null, protocolName: null, assignment: null };
    answer(w, old.awaitingSync, { ...fenced, errors: [FENCED_INSTANCE_ID] }, 60);
  }
  const member: ClassicGroupMember = { ...old, memberId, awaitingJoin: null, awaitingSync: null, isNew: false };
  g.members = g.members.map((m) => (m === old ? member : m));
  if (g.leader === old.memberId) g.leader = memberId;
  const { protocols, rebalanceTimeoutMs, sessionTimeoutMs } = old;
  touchSession(w, index, member, old.sessionTimeoutMs);
  update(member, request);
  if (g.state === 'Stable') {
    if (selectProtocol(g) !== g.protocolName) {
      prepareOrComplete(w, index, g, { why: 'protocol-changed', member: member.clientId });
      return;
    }
    const before = { oldMemberId: old.memberId, protocols, rebalanceTimeoutMs, sessionTimeoutMs };
    const records = [
      {
        key: { type: 'GroupMetadataKey', group: g.groupId } as const,
        value: groupMetadataBytes(g, (m) => m.assignment),
      },
    ];
    writeRecords(w, index, records, { kind: 'static-member', groupId: g.groupId, memberId, before });
  } else if (g.state === 'CompletingRebalance')
    prepareRebalance(w, index, g, { why: 'static-rejoined', member: body.groupInstanceId ?? member.clientId });
  else maybeCompleteJoin(w, index, g);
}

registerOutcome('static-member', (w, index, { groupId, memberId, before }, error) => {
  const shard = ownShard(w, index);
  const g = groupIn(shard, groupId);
  const member = g === null ? null : memberOf(g, memberId);
  if (g === null || member === null) return;
  const request = member.awaitingJoin;
  member.awaitingJoin = null;
  if (error === 0) {
    if (request !== null) answerJoin(w, request, currentGeneration(g, memberId, g.leader === memberId));
    return;
  }
  const { oldMemberId, ...rest } = before;
  const old: ClassicGroupMember = { ...member, ...rest, memberId: oldMemberId };
  g.members = g.members.map((m) => (m === member ? old : m));
  if (g.leader === memberId) g.leader = oldMemberId;
  touchSession(w, index, old, old.sessionTimeoutMs);
  if (request !== null)
    answerJoin(w, request, {
      ...currentGeneration(g, ''),
      errorCode: metadataError(error),
      errors: [metadataError(error)],
    });
});
