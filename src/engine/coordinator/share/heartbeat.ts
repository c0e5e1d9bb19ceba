/**
 * ShareGroupHeartbeat at the group coordinator (Kafka: GroupMetadataManager.shareGroupHeartbeat, shareGroupLeave; KIP-932). A member is moved
 * to its target at once: nothing has to be revoked first, since many members read a partition (rule 112).
 */

import { type ErrorName, errorCode } from '../../../kafka/api/errors.ts';
import type {
  ShareAssignedTopic,
  ShareGroupHeartbeatRequest,
  ShareGroupHeartbeatResponse,
} from '../../../kafka/api/messages-share.ts';
import type { MemberAssignment } from '../../../kafka/assignor/server/server-assignor.ts';
import { simpleAssignor } from '../../../kafka/assignor/server/simple.ts';
import { topicIdOfUuid, topicUuid } from '../../../kafka/hash/uuid.ts';
import type { ShareGroupRecord, ShareTopicPartitions } from '../../../kafka/records/share-group-records.ts';
import { brokerState } from '../../broker/replicas.ts';
import type { MetadataImage } from '../../controller/metadata-image.ts';
import { type NodeState, type World, wallMs } from '../../kernel/world.ts';
import type { Message } from '../../net/message.ts';
import { shareConfig } from '../../share/config.ts';
import { newShareGroup, type ShareGroup, type ShareGroupMember } from '../../share/group-state.ts';
import { consumerHeartbeatError } from '../answers.ts';
import { describer, metadataHash, topicById, topicUuidByName } from '../modern/metadata.ts';
import { buildTarget } from '../modern/target-assignment-builder.ts';
import { onStable } from '../observed.ts';
import { activeShard, anyGroupIn, shardAt } from '../shards.ts';
import { answer } from '../turns.ts';
import { assignmentPending, initializeStates, initializingRecord, uninitialized } from './initialize.ts';
import {
  membersWith,
  ownShareGroup,
  samePartitions,
  shareGroupIn,
  shareMember,
  subscribedTopics,
  subscriptionType,
} from './share-groups.ts';
import { armShareGroups, sessionEnds, touchShareSession } from './timers.ts';
import { sayShareGroup } from './words.ts';
import { commitShareRecords } from './write.ts';

const LEAVE_EPOCH = -1;
/** ModernGroup: how long a computed hash of the topics is taken as fresh where nothing changes (10 minutes). */
const METADATA_REFRESH_INTERVAL_MS = 600_000;

interface Operation {
  readonly w: World;
  readonly index: number;
  readonly groupId: string;
  readonly image: MetadataImage;
  readonly g: ShareGroup;
  readonly records: ShareGroupRecord[];
}

function refuse(w: World, request: Message, name: ErrorName): void {
  const code = errorCode(name);
  answer(w, request, consumerHeartbeatError(code, null), 60);
}

export function handleShareGroupHeartbeat(w: World, node: number, request: Message): void {
  const broker = (w.nodes[node] as NodeState).nodeId;
  const body = request.body as ShareGroupHeartbeatRequest;
  const invalid =
    body.memberId === '' ||
    body.memberEpoch < LEAVE_EPOCH ||
    (body.memberEpoch === 0 && body.subscribedTopicNames === null);
  if (invalid || body.groupId === '') {
    refuse(w, request, body.groupId === '' ? 'INVALID_GROUP_ID' : 'INVALID_REQUEST');
    return;
  }
  const found = activeShard(w, broker, body.groupId);
  if ('error' in found) {
    answer(w, request, consumerHeartbeatError(found.error, null), 60);
    return;
  }
  if (body.memberEpoch === LEAVE_EPOCH) leave(w, found.index, request, body);
  else heartbeat(w, found.index, request, body);
}

/** What the member hears instead of an answer; null: it may go on. */
function refusalOf(w: World, index: number, body: ShareGroupHeartbeatRequest): ErrorName | null {
  const { groupId, memberId, memberEpoch } = body;
  const shard = shardAt(w, index);
  const known = shareGroupIn(w, index, groupId);
  const before = known === null ? null : shareMember(known, memberId);
  const joins = memberEpoch === 0;
  if ((known === null && !joins) || anyGroupIn(shard, groupId) !== null) return 'GROUP_ID_NOT_FOUND';
  const { maxSize } = shareConfig(w, shard.broker, groupId);
  if (before === null && (known?.members.length ?? 0) >= maxSize) return 'GROUP_MAX_SIZE_REACHED';
  if (before === null) return joins ? null : 'UNKNOWN_MEMBER_ID';
  return isFenced(before, memberEpoch) ? 'FENCED_MEMBER_EPOCH' : null;
}

function heartbeat(w: World, index: number, request: Message, body: ShareGroupHeartbeatRequest): void {
  const { groupId, memberId, memberEpoch } = body;
  const refused = refusalOf(w, index, body);
  if (refused !== null) {
    refuse(w, request, refused);
    return;
  }
  const shard = shardAt(w, index);
  const joins = memberEpoch === 0;
  const config = shareConfig(w, shard.broker, groupId);
  const g = shareGroupIn(w, index, groupId) ?? newShareGroup(groupId, w.nowUs);
  const before = shareMember(g, memberId);
  const { image } = brokerState(w, shard.broker);
  const op: Operation = { w, index, groupId, image, g, records: [] };
  const asked = updatedMember(w, request, body, before, memberId);
  const groupEpoch = nextGroupEpoch(op, before, asked);
  const target = nextTarget(op, groupEpoch, asked, config.assignmentIntervalMs);
  const member = reconcile(op, asked, target, groupEpoch > g.groupEpoch);
  const subscribed = subscribedTopics(g, asked);
  const change = uninitialized(w, index, image, g, groupId, subscribed.keys());
  if (change.size > 0) op.records.push(initializingRecord(w, g, groupId, change));
  const changed = before === null || !samePartitions(before.assignedPartitions, member.assignedPartitions);
  const tellsAssignment = joins || body.subscribedTopicNames !== null || changed;
  const response: ShareGroupHeartbeatResponse = {
    errorCode: 0,
    errorMessage: null,
    memberId,
    memberEpoch: member.memberEpoch,
    heartbeatIntervalMs: config.heartbeatIntervalMs,
    assignment: tellsAssignment ? assignmentOf(image, member) : null,
    errors: [],
  };
  const size = 60 + 20 * (response.assignment?.length ?? 0);
  const wasEpoch = g.groupEpoch;
  const wasAssigned = g.assignmentEpoch;
  const written = commitShareRecords(w, index, op.records, { request, body: response, sizeBytes: size }, () => {
    if (before === null) sayShareGroup(w, 'member-joined', groupId, member.clientId, {}, 'plain', null);
    const now = ownShareGroup(w, index, groupId);
    if (now === null) return;
    if (now.groupEpoch > wasEpoch) now.metadataFreshUntilMs = wallMs(w) + METADATA_REFRESH_INTERVAL_MS;
    if (now.assignmentEpoch > wasAssigned) sayAssigned(w, now);
    touchShareSession(w, index, groupId, memberId);
  });
  if (written && change.size > 0) initializeStates(w, index, groupId, groupEpoch, change);
}

function isFenced(member: ShareGroupMember, epoch: number): boolean {
  if (epoch === 0 || epoch === member.memberEpoch) return false;
  return epoch > member.memberEpoch || epoch !== member.previousMemberEpoch;
}

function updatedMember(
  w: World,
  request: Message,
  body: ShareGroupHeartbeatRequest,
  before: ShareGroupMember | null,
  memberId: string,
): ShareGroupMember {
  const clientId = (w.nodes[request.from] as NodeState).id;
  const names = body.subscribedTopicNames;
  return {
    memberId,
    memberEpoch: before?.memberEpoch ?? 0,
    previousMemberEpoch: before?.previousMemberEpoch ?? -1,
    rackId: body.rackId ?? before?.rackId ?? null,
    clientId,
    clientHost: `/${clientId}`,
    subscribedTopicNames: names === null ? (before?.subscribedTopicNames ?? []) : [...new Set(names)].sort(compare),
    assignedPartitions: before?.assignedPartitions ?? new Map(),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sameMember(a: ShareGroupMember, b: ShareGroupMember): boolean {
  return (
    a.rackId === b.rackId &&
    a.clientId === b.clientId &&
    a.clientHost === b.clientHost &&
    a.subscribedTopicNames.join() === b.subscribedTopicNames.join()
  );
}

/** The group's epoch rises with a changed subscription, changed topics, or share states that were initialized. */
function nextGroupEpoch(op: Operation, before: ShareGroupMember | null, asked: ShareGroupMember): number {
  const { w, g, groupId, image, records } = op;
  let bump = false;
  if (before === null || !sameMember(before, asked)) {
    records.push({
      type: 'ShareGroupMemberMetadataKey',
      groupId,
      memberId: asked.memberId,
      value: {
        rackId: asked.rackId,
        clientId: asked.clientId,
        clientHost: asked.clientHost,
        subscribedTopicNames: asked.subscribedTopicNames,
      },
    });
    bump = (before?.subscribedTopicNames.join() ?? '') !== asked.subscribedTopicNames.join();
  }
  if (g.assignmentEpoch >= g.groupEpoch && assignmentPending(g, subscribedTopics(g, null))) bump = true;
  const hash = metadataHash(image, subscribedTopics(g, asked).keys());
  // Kafka looks at the topics when its image has changed; whether it has shows in the hash.
  if (bump || wallMs(w) > g.metadataFreshUntilMs || hash !== g.metadataHash) if (hash !== g.metadataHash) bump = true;
  if (!bump) return g.groupEpoch;
  const epoch = g.groupEpoch + 1;
  records.push({ type: 'ShareGroupMetadataKey', groupId, memberId: null, value: { epoch, metadataHash: hash } });
  return epoch;
}

/** maybeUpdateTargetAssignment: a new target for all, at most once in group.share.assignment.interval.ms. */
function nextTarget(
  op: Operation,
  groupEpoch: number,
  asked: ShareGroupMember,
  intervalMs: number,
): { epoch: number; target: MemberAssignment } {
  const { w, g, groupId, image, records } = op;
  const nowMs = wallMs(w);
  const last = { epoch: g.assignmentEpoch, target: g.target.get(asked.memberId) ?? new Map() };
  if (g.assignmentEpoch >= groupEpoch) return last;
  if (intervalMs > 0 && nowMs - g.assignmentTimestampMs < intervalMs) return last;
  const members = membersWith(g, asked);
  const assignable = new Map(g.initialized.map((t) => [topicUuid(t.topicId), new Set(t.partitions)]));
  const built = buildTarget(simpleAssignor, {
    members: members.map((m) => ({
      memberId: m.memberId,
      instanceId: null,
      rackId: m.rackId,
      topics: m.subscribedTopicNames,
    })),
    subscriptionType: subscriptionType(subscribedTopics(g, asked), members.length),
    targetAssignment: g.target,
    staticMembers: new Map(),
    topicUuid: (name) => topicUuidByName(image, name),
    describer: describer(image),
    assignable,
  });
  for (const [memberId, target] of built.changed)
    records.push({
      type: 'ShareGroupTargetAssignmentMemberKey',
      groupId,
      memberId,
      value: { topicPartitions: partitionsOf(target) },
    });
  records.push({
    type: 'ShareGroupTargetAssignmentMetadataKey',
    groupId,
    memberId: null,
    value: { assignmentEpoch: groupEpoch, assignmentTimestamp: nowMs },
  });
  return { epoch: groupEpoch, target: built.byMember.get(asked.memberId) ?? new Map() };
}

function partitionsOf(target: MemberAssignment): ShareTopicPartitions[] {
  return [...target].map(([uuid, partitions]) => ({ topicId: topicIdOfUuid(uuid), partitions }));
}

/** ShareGroupAssignmentBuilder. */
function reconcile(
  op: Operation,
  asked: ShareGroupMember,
  { epoch, target }: { epoch: number; target: MemberAssignment },
  subscriptionChanged: boolean,
): ShareGroupMember {
  const { image, groupId, records } = op;
  if (!subscriptionChanged && asked.memberEpoch === epoch) return asked;
  const subscribed = new Set(asked.subscribedTopicNames.map((name) => image.topics.get(name)?.topicId ?? -1));
  const assignedPartitions = new Map(
    partitionsOf(target).flatMap(({ topicId, partitions }) =>
      subscribed.has(topicId) ? [[topicId, partitions] as const] : [],
    ),
  );
  const moved = epoch !== asked.memberEpoch;
  if (!moved && samePartitions(assignedPartitions, asked.assignedPartitions)) return asked;
  const member: ShareGroupMember = {
    ...asked,
    memberEpoch: epoch,
    previousMemberEpoch: moved ? asked.memberEpoch : asked.previousMemberEpoch,
    assignedPartitions,
  };
  records.push({
    type: 'ShareGroupCurrentMemberAssignmentKey',
    groupId,
    memberId: member.memberId,
    value: {
      memberEpoch: member.memberEpoch,
      previousMemberEpoch: member.previousMemberEpoch,
      state: 0,
      assignedPartitions: [...assignedPartitions].map(([topicId, partitions]) => ({ topicId, partitions })),
    },
  });
  return member;
}

function assignmentOf(image: MetadataImage, member: ShareGroupMember): ShareAssignedTopic[] {
  return [...member.assignedPartitions].map(([topicId, partitions]) => ({
    topicId,
    topic: topicById(image, topicId)?.name ?? '',
    partitions,
  }));
}

function sayAssigned(w: World, g: ShareGroup): void {
  let partitions = 0;
  const seen = new Set<string>();
  for (const target of g.target.values())
    for (const [uuid, list] of target) for (const p of list) seen.add(`${uuid}:${p}`);
  partitions = seen.size;
  onStable(w, g.groupId);
  sayShareGroup(
    w,
    'assigned',
    g.groupId,
    '',
    { epoch: g.groupEpoch, members: g.members.length, partitions },
    'good',
    'groups',
  );
}

// --- leaving ---------------------------------------------------------------------------------------------------------

function leave(w: World, index: number, request: Message, body: ShareGroupHeartbeatRequest): void {
  const { groupId, memberId, memberEpoch } = body;
  const g = shareGroupIn(w, index, groupId);
  const member = g === null ? null : shareMember(g, memberId);
  if (g === null || member === null) {
    refuse(w, request, g === null ? 'GROUP_ID_NOT_FOUND' : 'UNKNOWN_MEMBER_ID');
    return;
  }
  const response: ShareGroupHeartbeatResponse = {
    errorCode: 0,
    errorMessage: null,
    memberId,
    memberEpoch,
    heartbeatIntervalMs: 0,
    assignment: null,
    errors: [],
  };
  const records = fenceRecords(w, index, g, member);
  commitShareRecords(w, index, records, { request, body: response, sizeBytes: 60 }, () =>
    sayGone(w, index, groupId, member, 'member-left'),
  );
}

/** shareGroupFenceMember: its records go, and the group's epoch rises; others get its partitions with their next heartbeats. */
function fenceRecords(w: World, index: number, g: ShareGroup, member: ShareGroupMember): ShareGroupRecord[] {
  const { groupId } = g;
  const { memberId } = member;
  const { image } = brokerState(w, shardAt(w, index).broker);
  const hash = metadataHash(image, subscribedTopics(g, null, memberId).keys());
  return [
    { type: 'ShareGroupCurrentMemberAssignmentKey', groupId, memberId, value: null },
    { type: 'ShareGroupTargetAssignmentMemberKey', groupId, memberId, value: null },
    { type: 'ShareGroupMemberMetadataKey', groupId, memberId, value: null },
    { type: 'ShareGroupMetadataKey', groupId, memberId: null, value: { epoch: g.groupEpoch + 1, metadataHash: hash } },
  ];
}

function sayGone(w: World, index: number, groupId: string, member: ShareGroupMember, what: string): void {
  const g = shareGroupIn(w, index, groupId);
  const members = g?.members.length ?? 0;
  const tone = what === 'member-left' ? 'plain' : 'harm';
  sayShareGroup(w, what, groupId, member.clientId, { members }, tone, 'groups');
}

sessionEnds.fence = (w, index, groupId, memberId) => {
  const g = shareGroupIn(w, index, groupId);
  const member = g === null ? null : shareMember(g, memberId);
  if (g === null || member === null) return;
  const written = commitShareRecords(w, index, fenceRecords(w, index, g, member), null, () =>
    sayGone(w, index, groupId, member, 'session-ended'),
  );
  // Kafka tries again after a while where the append failed.
  if (!written) {
    const own = ownShareGroup(w, index, groupId);
    const endsUs = w.nowUs + 500_000;
    own?.sessions.set(memberId, { lastContactUs: w.nowUs, endsUs });
    armShareGroups(w, index, endsUs);
  }
};
