/** Joining, and the rounds of a rebalance (Kafka: GroupMetadataManager, classicGroupJoin and what it leads to). Rules 61-64, 67. */
import { nextUint32 } from '../../base/random.ts';
import { errorCode } from '../../kafka/api/errors-core.ts';
import type { JoinGroupRequest } from '../../kafka/api/messages-group.ts';
import { encodeGroupMetadataValue } from '../../kafka/records/group-records.ts';
import { type NodeState, stream, type World } from '../kernel/world.ts';
import type { Message } from '../net/message.ts';
import { lateStatic } from '../slots.ts';
import { joinError } from './answers.ts';
import {
  addMember,
  awaitingJoin,
  isPending,
  matches,
  memberOf,
  newGroup,
  removeMember,
  staticMember,
  supportsProtocols,
  validateMember,
} from './classic-group.ts';
import { answerJoin, currentGeneration } from './join-answers.ts';
import { prepareOrComplete, touchSession } from './rebalance.ts';
import { registerOutcome, writeRecords } from './runtime.ts';
import type { ClassicGroup, ClassicGroupMember } from './shard-state.ts';
import { armTimer, configOfShard, groupIn, ownShard, shardAt } from './shards.ts';
import { sayAsked, sayJoined } from './words.ts';

const UNKNOWN_MEMBER_ID = errorCode('UNKNOWN_MEMBER_ID');
const GROUP_MAX_SIZE_REACHED = errorCode('GROUP_MAX_SIZE_REACHED');
const INCONSISTENT_GROUP_PROTOCOL = errorCode('INCONSISTENT_GROUP_PROTOCOL');
const MEMBER_ID_REQUIRED = errorCode('MEMBER_ID_REQUIRED');
const UNKNOWN_SERVER_ERROR = errorCode('UNKNOWN_SERVER_ERROR');

/** java.util.UUID.randomUUID, from the group's own stream. */
function uuid(w: World, groupId: string): string {
  const random = stream(w, `group:${groupId}`);
  const words = [nextUint32(random), nextUint32(random), nextUint32(random), nextUint32(random)];
  words[1] = (((words[1] as number) & 0xffff0fff) | 0x4000) >>> 0;
  words[2] = (((words[2] as number) & 0x3fffffff) | 0x80000000) >>> 0;
  const hex = words.map((x) => x.toString(16).padStart(8, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function acceptsJoining(g: ClassicGroup, memberId: string, maxSize: number): boolean {
  switch (g.state) {
    case 'Empty':
    case 'Dead':
      return true;
    case 'PreparingRebalance': {
      const known = memberOf(g, memberId);
      return (known !== null && known.awaitingJoin !== null) || awaitingJoin(g) < maxSize;
    }
    default:
      return memberOf(g, memberId) !== null || g.members.length < maxSize;
  }
}

/** A member asks to join; the answer may wait for the others. */
export function joinGroup(w: World, index: number, request: Message): void {
  const body = request.body as JoinGroupRequest;
  const shard = ownShard(w, index);
  const isNew = body.memberId === '';
  let group = groupIn(shard, body.groupId);
  const isNewGroup = group === null;
  if (group === null) {
    if (!isNew) {
      answerJoin(w, request, joinError(UNKNOWN_MEMBER_ID, body.memberId));
      return;
    }
    group = newGroup(w, body.groupId);
    shard.groups.push(group);
  }
  if (!acceptsJoining(group, body.memberId, configOfShard(w, shard).maxSize)) {
    removeMember(group, body.memberId);
    answerJoin(w, request, joinError(GROUP_MAX_SIZE_REACHED, ''));
  } else if (isNew) joinAsNew(w, index, group, request);
  else joinAsKnown(w, index, group, request);
  if (isNewGroup) writeNewGroup(w, index, group);
}

/** A group without a record would not outlive this broker. */
function writeNewGroup(w: World, index: number, g: ClassicGroup): void {
  const value = encodeGroupMetadataValue({
    protocolType: '',
    generation: 0,
    protocol: null,
    leader: null,
    currentStateTimestamp: g.stateTimestampMs,
    members: [],
  });
  const key = { type: 'GroupMetadataKey', group: g.groupId } as const;
  writeRecords(w, index, [{ key, value }], { kind: 'group', groupId: g.groupId });
}

registerOutcome('group', (w, index, { groupId }, error, kept) => {
  if (error === 0 || kept) return;
  // CoordinatorRuntime goes back to before the operation: the group has never been.
  const shard = ownShard(w, index);
  shard.groups = shard.groups.filter((g) => g.groupId !== groupId);
});

function names(body: JoinGroupRequest): string[] {
  return body.protocols.map((p) => p.name);
}

function joinAsNew(w: World, index: number, g: ClassicGroup, request: Message): void {
  const body = request.body as JoinGroupRequest;
  if (!supportsProtocols(g, body.protocolType, names(body))) {
    answerJoin(w, request, joinError(INCONSISTENT_GROUP_PROTOCOL, ''));
    return;
  }
  const clientId = (w.nodes[request.from] as NodeState).id;
  const memberId = `${body.groupInstanceId ?? clientId}-${uuid(w, g.groupId)}`;
  if (body.groupInstanceId !== null) {
    const known = staticMember(g, body.groupInstanceId);
    if (known === null) addThenRebalance(w, index, g, request, memberId);
    else lateStatic.replaceStaticMember(w, index, g, request, known, memberId);
    return;
  }
  // Rule 61: it comes again with this id. Until then it has the time of a session.
  const endsUs = w.nowUs + body.sessionTimeoutMs * 1000;
  g.pendingJoin.push({ memberId, clientId, endsUs });
  armTimer(w, index, endsUs);
  sayAsked(w, g, clientId);
  answerJoin(w, request, joinError(MEMBER_ID_REQUIRED, memberId));
}

function addThenRebalance(w: World, index: number, g: ClassicGroup, request: Message, memberId: string): void {
  const body = request.body as JoinGroupRequest;
  const { id } = w.nodes[request.from] as NodeState;
  const member: ClassicGroupMember = {
    memberId,
    groupInstanceId: body.groupInstanceId,
    clientId: id,
    clientHost: `/${id}`,
    sessionTimeoutMs: body.sessionTimeoutMs,
    rebalanceTimeoutMs: body.rebalanceTimeoutMs,
    protocols: body.protocols,
    assignment: null,
    awaitingJoin: request,
    awaitingSync: null,
    isNew: true,
    sessionEndsUs: 0,
    lastContactUs: w.nowUs,
  };
  // Rule 62: the initial wait is prolonged once more.
  if (g.state === 'PreparingRebalance' && g.previousState === 'Empty') g.newMemberAdded = true;
  addMember(g, member, body.protocolType);
  w.whenDirty = true;
  sayJoined(w, g, member);
  // It cannot send heartbeats while it waits; one that hangs must not stay for ever.
  touchSession(w, index, member, configOfShard(w, shardAt(w, index)).newMemberJoinTimeoutMs);
  prepareOrComplete(w, index, g, { why: 'member-joined', member: id });
}

function updateThenRebalance(
  w: World,
  index: number,
  g: ClassicGroup,
  request: Message,
  member: ClassicGroupMember,
  why: 'leader-rejoined' | 'metadata-changed' | 'rejoined',
): void {
  update(member, request);
  prepareOrComplete(w, index, g, { why, member: member.clientId });
}

export function update(member: ClassicGroupMember, request: Message): void {
  const body = request.body as JoinGroupRequest;
  member.protocols = body.protocols;
  member.rebalanceTimeoutMs = body.rebalanceTimeoutMs;
  member.sessionTimeoutMs = body.sessionTimeoutMs;
  member.awaitingJoin = request;
}

function joinAsKnown(w: World, index: number, g: ClassicGroup, request: Message): void {
  const body = request.body as JoinGroupRequest;
  const { memberId, groupInstanceId } = body;
  if (!supportsProtocols(g, body.protocolType, names(body))) {
    answerJoin(w, request, joinError(INCONSISTENT_GROUP_PROTOCOL, memberId));
    return;
  }
  if (isPending(g, memberId)) {
    if (groupInstanceId !== null) answerJoin(w, request, joinError(UNKNOWN_SERVER_ERROR, memberId));
    else addThenRebalance(w, index, g, request, memberId);
    return;
  }
  const error = validateMember(g, memberId, groupInstanceId);
  if (error !== 0) {
    answerJoin(w, request, joinError(error, memberId, null));
    return;
  }
  const member = memberOf(g, memberId) as ClassicGroupMember;
  const same = matches(member, body.protocols);
  if (g.state === 'PreparingRebalance') updateThenRebalance(w, index, g, request, member, 'rejoined');
  else if (g.state === 'CompletingRebalance') {
    // It did not get the first answer: here it is again.
    if (same) answerJoin(w, request, currentGeneration(g, memberId));
    else updateThenRebalance(w, index, g, request, member, 'metadata-changed');
  } else if (g.state === 'Stable') {
    // Rule 63.
    if (g.leader === memberId) updateThenRebalance(w, index, g, request, member, 'leader-rejoined');
    else if (!same) updateThenRebalance(w, index, g, request, member, 'metadata-changed');
    else answerJoin(w, request, { ...currentGeneration(g, memberId), members: [] });
  } else answerJoin(w, request, joinError(UNKNOWN_MEMBER_ID, memberId));
}
