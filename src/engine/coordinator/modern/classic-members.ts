/**
 * Members of the classic protocol in a consumer group (KIP-848; GroupMetadataManager.classicGroup...ToConsumerGroup): they join, sync,
 * heartbeat and leave as ever, while the coordinator assigns. A generation is their member epoch.
 */
import { nextUint32 } from '../../../base/random.ts';
import { errorCode } from '../../../kafka/api/errors.ts';
import type {
  HeartbeatRequest,
  JoinGroupRequest,
  JoinGroupResponse,
  LeaveGroupRequest,
  LeaveGroupResponse,
  SyncGroupRequest,
  SyncGroupResponse,
} from '../../../kafka/api/messages-group.ts';
import { type NodeState, stream, type World } from '../../kernel/world.ts';
import type { Message } from '../../net/message.ts';
import { heartbeatAnswer, joinError, syncError } from '../answers.ts';
import { CONSUMER_PROTOCOL_TYPE } from '../classic-group.ts';
import { joinAnswerBytes } from '../join-answers.ts';
import { armTimer, consumerGroupIn, ownShard } from '../shards.ts';
import { answer } from '../turns.ts';
import {
  type ConsumerGroup,
  type ConsumerGroupMember,
  currentPartitionEpoch,
  staticMemberOf,
  usesClassicProtocol,
} from './consumer-group.ts';
import type { OwnedPartitions } from './current-assignment-builder.ts';
import { GroupError } from './errors.ts';
import { fenceMembers } from './fencing.ts';
import { sortedNames } from './heartbeat.ts';
import { dynamicMember, knownInstance, staticMember, throwIfFull } from './membership.ts';
import { idOfUuid, uuidOf } from './metadata.ts';
import { canDowngradeFor, classicAssignment, convertToClassicGroup } from './migration.ts';
import { type Operation, operation } from './operation.ts';
import { maybeReconcile } from './reconcile.ts';
import { groupTombstones } from './records.ts';
import { maybeUpdateRegexes } from './regexes.ts';
import { maybeUpdateTarget, noteMember, presentEpoch, updateSubscriptionMetadata } from './subscription.ts';
import { setTimers, touchSession } from './timers.ts';
import { sayJoined, sayLeft } from './words.ts';
import { commitRecords } from './write.ts';

const MEMBER_ID_REQUIRED = errorCode('MEMBER_ID_REQUIRED');
const REBALANCE_IN_PROGRESS = errorCode('REBALANCE_IN_PROGRESS');
const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const SERVED: ReadonlyMap<number, (w: World, index: number, g: ConsumerGroup, request: Message) => void> = new Map([
  [11, join],
  [12, heartbeat],
  [13, leave],
  [14, sync],
]);

/** Whether a request of the classic protocol is for a consumer group with members; then it is served here. */
export function servedByConsumerGroup(w: World, index: number, request: Message): boolean {
  const serve = SERVED.get(request.apiKey);
  if (serve === undefined) return false;
  const { groupId } = request.body as { readonly groupId: string };
  const g = consumerGroupIn(ownShard(w, index), groupId);
  if (g === null) return false;
  if (g.members.size === 0) {
    // Nobody is left: whoever joins makes a classic group of it, with the offsets that it has.
    if (request.apiKey === 11) makeRoom(w, index, g);
    return false;
  }
  try {
    serve(w, index, g, request);
  } catch (error) {
    if (!(error instanceof GroupError)) throw error;
    refuse(w, request, error.code);
  }
  return true;
}

function refuse(w: World, request: Message, code: number): void {
  if (request.apiKey === 11) answer(w, request, joinError(code, (request.body as JoinGroupRequest).memberId), 90);
  else if (request.apiKey === 14) answer(w, request, syncError(code), 60);
  else answer(w, request, heartbeatAnswer(code), 40);
}

/** org.apache.kafka.common.Uuid.randomUuid. */
function randomUuid(op: Operation): string {
  const random = stream(op.w, `group:${op.groupId}`);
  let text = '';
  while (text.length < 22) text += BASE64_URL.charAt(nextUint32(random) & 63);
  return text;
}

function join(w: World, index: number, g: ConsumerGroup, request: Message): void {
  const body = request.body as JoinGroupRequest;
  const op = operation(w, index, body.groupId);
  if (!op.config.upgrade && !op.config.downgrade)
    throw new GroupError('INCONSISTENT_GROUP_PROTOCOL', 'group.consumer.migration.policy is disabled.');
  const isUnknown = body.memberId === '';
  const memberId = isUnknown ? randomUuid(op) : body.memberId;
  throwIfFull(op, g, memberId);
  if (!supportsProtocols(g, body))
    throw new GroupError('INCONSISTENT_GROUP_PROTOCOL', 'None of its protocols is supported by all.');
  if (isUnknown && body.groupInstanceId === null) {
    answer(w, request, joinError(MEMBER_ID_REQUIRED, memberId), 90);
    return;
  }
  const member =
    body.groupInstanceId === null
      ? dynamicMember(g, memberId, -1, [], true, true)
      : staticMember(op, g, {
          memberId,
          memberEpoch: -1,
          instanceId: body.groupInstanceId,
          topicPartitions: [],
          create: isUnknown,
          classic: true,
        });
  const replaced = staticMemberOf(g, body.groupInstanceId);
  const downgrade = replaced !== null && canDowngradeFor(op, g, replaced);
  const after = advance(op, g, member, updated(w, body, request, member), downgrade);
  const response: JoinGroupResponse = {
    errorCode: 0,
    generationId: after.memberEpoch,
    protocolType: CONSUMER_PROTOCOL_TYPE,
    protocolName: body.protocols[0]?.name ?? '',
    leader: '',
    skipAssignment: false,
    memberId: after.memberId,
    members: [],
    errors: [],
  };
  op.after.push(() => joined(op, after.memberId, body));
  const sizeBytes = joinAnswerBytes(response);
  commitRecords(w, index, body.groupId, op.records, { request, body: response, sizeBytes }, () => runAfter(op));
}

/** Its protocols, if one of them is supported by all other members of the classic protocol. */
function supportsProtocols(g: ConsumerGroup, body: JoinGroupRequest): boolean {
  if (body.protocolType !== CONSUMER_PROTOCOL_TYPE) return false;
  return body.protocols.some(({ name }) => (g.classicProtocols.get(name) ?? 0) === g.classicProtocolMembers);
}

function updated(w: World, body: JoinGroupRequest, request: Message, member: ConsumerGroupMember): ConsumerGroupMember {
  const { id } = w.nodes[request.from] as NodeState;
  const subscription = body.protocols[0]?.metadata;
  return {
    ...member,
    instanceId: body.groupInstanceId ?? member.instanceId,
    rackId: subscription?.rackId ?? member.rackId,
    rebalanceTimeoutMs: body.rebalanceTimeoutMs,
    subscribedTopicNames: sortedNames(subscription?.topics ?? []),
    subscribedTopicRegex: '',
    clientId: id,
    clientHost: `/${id}`,
    classicMemberMetadata: { sessionTimeoutMs: body.sessionTimeoutMs, supportedProtocols: body.protocols },
  };
}

/** The same three steps as a heartbeat of the new protocol; a downgrade takes the group's kind away instead of the last two. */
function advance(
  op: Operation,
  g: ConsumerGroup,
  member: ConsumerGroupMember,
  joined: ConsumerGroupMember,
  downgrade: boolean,
): ConsumerGroupMember {
  const isNew = !g.members.has(joined.memberId);
  if (isNew) op.after.push(() => sayJoined(op.w, op.groupId, joined));
  const namesChanged = noteMember(op, member, joined);
  const regex = maybeUpdateRegexes(op, g, member, joined);
  const changed = namesChanged || regex !== 'same';
  const why = changed ? (isNew ? 'member-joined' : 'subscription') : null;
  const epoch =
    why !== null || g.metadataCheckedAt !== op.image.offset
      ? updateSubscriptionMetadata(op, g, why, member, joined)
      : presentEpoch(g);
  const owned = ownedPartitions(op, joined);
  if (!downgrade) return maybeReconcile(op, g, joined, maybeUpdateTarget(op, g, epoch, member, joined), changed, owned);
  const rebalance = g.assignmentEpoch < epoch.groupEpoch;
  const from = joined.instanceId === null ? undefined : g.staticMembers.get(joined.instanceId);
  const target = g.targetAssignment.get(from ?? joined.memberId) ?? new Map<string, readonly number[]>();
  const after = rebalance
    ? joined
    : maybeReconcile(op, g, joined, { epoch: g.assignmentEpoch, target }, changed, owned);
  const reason = rebalance ? ({ why: 'member-joined', member: joined.clientId } as const) : null;
  convertToClassicGroup(op, g, [], after, reason);
  return after;
}

function ownedPartitions(op: Operation, m: ConsumerGroupMember): OwnedPartitions {
  const owned = new Map<number, number[]>();
  for (const { topic, index } of m.classicMemberMetadata?.supportedProtocols[0]?.metadata.ownedPartitions ?? []) {
    const topicId = op.image.topics.get(topic)?.topicId;
    if (topicId !== undefined) owned.set(topicId, [...(owned.get(topicId) ?? []), index]);
  }
  return [...owned].map(([topicId, partitions]) => ({ topicId, partitions }));
}

function runAfter(op: Operation): void {
  for (const work of op.after) work();
}

/** It has joined: from now on it has its time to sync. */
function joined(op: Operation, memberId: string, body: JoinGroupRequest): void {
  const { w, index } = op;
  const g = consumerGroupIn(op.shard, op.groupId);
  if (g === null || !g.members.has(memberId)) return;
  const syncEndsUs = w.nowUs + body.rebalanceTimeoutMs * 1000;
  setTimers(g, memberId, { joinEndsUs: 0, syncEndsUs });
  armTimer(w, index, syncEndsUs);
  touchSession(w, index, g, memberId, body.sessionTimeoutMs);
}

function memberOf(g: ConsumerGroup, memberId: string, instanceId: string | null): ConsumerGroupMember {
  const member =
    instanceId === null ? g.members.get(memberId) : knownInstance(staticMemberOf(g, instanceId), memberId, instanceId);
  if (member === undefined) throw new GroupError('UNKNOWN_MEMBER_ID', `${memberId} is not a member of ${g.groupId}.`);
  return member;
}

/** A member of the classic protocol in its present epoch. */
function classicMemberOf(g: ConsumerGroup, body: HeartbeatRequest): ConsumerGroupMember {
  const member = memberOf(g, body.memberId, body.groupInstanceId);
  if (!usesClassicProtocol(member))
    throw new GroupError('UNKNOWN_MEMBER_ID', `${body.memberId} does not speak the classic protocol.`);
  if (member.memberEpoch !== body.generationId)
    throw new GroupError('ILLEGAL_GENERATION', `${body.generationId} is not the member's epoch ${member.memberEpoch}.`);
  return member;
}

/** It is to join again, and has its rebalance time-out for that (scheduleConsumerGroupJoinTimeoutIfAbsent). */
function startJoinTimer(w: World, index: number, g: ConsumerGroup, m: ConsumerGroupMember): void {
  if ((g.timers.get(m.memberId)?.joinEndsUs ?? 0) > 0) return;
  const joinEndsUs = w.nowUs + m.rebalanceTimeoutMs * 1000;
  setTimers(g, m.memberId, { joinEndsUs });
  armTimer(w, index, joinEndsUs);
}

function sync(w: World, index: number, g: ConsumerGroup, request: Message): void {
  const body = request.body as SyncGroupRequest;
  const member = classicMemberOf(g, body);
  const [first] = member.classicMemberMetadata?.supportedProtocols ?? [];
  if (body.protocolType !== CONSUMER_PROTOCOL_TYPE || body.protocolName !== first?.name)
    throw new GroupError('INCONSISTENT_GROUP_PROTOCOL', 'It was told another protocol when it joined.');
  if (g.assignmentEpoch > member.memberEpoch && member.state !== 'UNREVOKED_PARTITIONS') {
    startJoinTimer(w, index, g, member);
    throw new GroupError('REBALANCE_IN_PROGRESS', 'There is a newer target: it is to join again.');
  }
  const op = operation(w, index, body.groupId);
  const assigned = new Map([...member.assignedPartitions].map(([id, epochs]) => [uuidOf(id), epochs.keys()] as const));
  const response: SyncGroupResponse = {
    errorCode: 0,
    protocolType: body.protocolType,
    protocolName: body.protocolName,
    assignment: classicAssignment(op, assigned, first.metadata.version),
    errors: [],
  };
  setTimers(g, member.memberId, { syncEndsUs: 0 });
  touchSession(w, index, g, member.memberId, member.classicMemberMetadata?.sessionTimeoutMs ?? 0);
  const sizeBytes = 60 + 12 * (response.assignment?.partitions.length ?? 0);
  commitRecords(w, index, body.groupId, [], { request, body: response, sizeBytes });
}

/** Some of its target are still held by others. */
function waitsForOthers(g: ConsumerGroup, m: ConsumerGroupMember): boolean {
  for (const [uuid, partitions] of g.targetAssignment.get(m.memberId) ?? []) {
    const topicId = idOfUuid(uuid);
    const assigned = m.assignedPartitions.get(topicId);
    for (const p of partitions)
      if (assigned?.has(p) !== true && currentPartitionEpoch(g, topicId, p) !== -1) return true;
  }
  return false;
}

function heartbeat(w: World, index: number, g: ConsumerGroup, request: Message): void {
  const body = request.body as HeartbeatRequest;
  const member = classicMemberOf(g, body);
  touchSession(w, index, g, member.memberId, member.classicMemberMetadata?.sessionTimeoutMs ?? 0);
  // A newer target, partitions to give up, or ones that have become free: it has to join again for each.
  const rejoin =
    member.memberEpoch < g.assignmentEpoch ||
    member.state === 'UNREVOKED_PARTITIONS' ||
    (member.state === 'UNRELEASED_PARTITIONS' && !waitsForOthers(g, member));
  if (rejoin) startJoinTimer(w, index, g, member);
  const response = heartbeatAnswer(rejoin ? REBALANCE_IN_PROGRESS : 0);
  commitRecords(w, index, body.groupId, [], { request, body: response, sizeBytes: 40 });
}

function leave(w: World, index: number, g: ConsumerGroup, request: Message): void {
  const body = request.body as LeaveGroupRequest;
  const op = operation(w, index, body.groupId);
  const leaving: ConsumerGroupMember[] = [];
  const members = body.members.map(({ memberId, groupInstanceId }): LeaveGroupResponse['members'][number] => {
    try {
      // Tools take out static members by their instance alone.
      const id = memberId === '' ? (staticMemberOf(g, groupInstanceId)?.memberId ?? '') : memberId;
      const member = memberOf(g, id, groupInstanceId);
      if (!leaving.includes(member)) leaving.push(member);
      return { memberId, groupInstanceId, errorCode: 0 };
    } catch (error) {
      if (!(error instanceof GroupError)) throw error;
      return { memberId, groupInstanceId, errorCode: error.code };
    }
  });
  for (const m of leaving) op.after.push(() => sayLeft(w, op.groupId, m));
  fenceMembers(op, g, leaving, 'member-left');
  const errors = members.filter((m) => m.errorCode !== 0).map((m) => m.errorCode);
  const response: LeaveGroupResponse = { errorCode: 0, members, errors };
  const sizeBytes = 40 + 30 * members.length;
  commitRecords(w, index, body.groupId, op.records, { request, body: response, sizeBytes }, () => runAfter(op));
}

/** maybeDeleteEmptyConsumerGroup. */
function makeRoom(w: World, index: number, g: ConsumerGroup): void {
  const op = operation(w, index, g.groupId);
  commitRecords(w, index, g.groupId, groupTombstones(g), null, () => runAfter(op));
}
