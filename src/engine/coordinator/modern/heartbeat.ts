/** ConsumerGroupHeartbeat (Kafka: GroupCoordinatorService and GroupMetadataManager.consumerGroupHeartbeat). Rules 71-73, 101-103, 106. */
import { errorForCode } from '../../../kafka/api/errors.ts';
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '../../../kafka/api/messages-consumer-group.ts';
import type { NodeState, World } from '../../kernel/world.ts';
import type { Message } from '../../net/message.ts';
import { consumerHeartbeatError } from '../answers.ts';
import { consumerGroupIn } from '../shards.ts';
import { answer } from '../turns.ts';
import { type ConsumerGroup, type ConsumerGroupMember, samePartitions } from './consumer-group.ts';
import { GroupError } from './errors.ts';
import { leave } from './fencing.ts';
import { createdGroup, dynamicMember, staticMember, throwIfFull } from './membership.ts';
import { topicById } from './metadata.ts';
import { type Operation, operation } from './operation.ts';
import { maybeReconcile } from './reconcile.ts';
import { maybeUpdateRegexes } from './regexes.ts';
import { maybeUpdateTarget, noteMember, presentEpoch, updateSubscriptionMetadata } from './subscription.ts';
import { touchSession } from './timers.ts';
import { type BumpReason, sayJoined, sayRefused } from './words.ts';
import { commitRecords } from './write.ts';

const LEAVING = [-1, -2];

export function consumerGroupHeartbeat(w: World, index: number, request: Message): void {
  const body = request.body as ConsumerGroupHeartbeatRequest;
  const op = operation(w, index, body.groupId);
  const clientId = (w.nodes[request.from] as NodeState).id;
  try {
    validate(op, body);
    const response = LEAVING.includes(body.memberEpoch) ? leave(op, body) : heartbeat(op, body, clientId);
    const sizeBytes = answerBytes(response);
    commitRecords(w, index, body.groupId, op.records, { request, body: response, sizeBytes }, () => {
      for (const work of op.after) work();
    });
  } catch (error) {
    if (!(error instanceof GroupError)) throw error;
    sayRefused(w, body.groupId, clientId, errorForCode(error.code).name);
    answer(w, request, consumerHeartbeatError(error.code, error.message), 60);
  }
}

function answerBytes({ assignment }: ConsumerGroupHeartbeatResponse): number {
  let bytes = 60;
  for (const { partitions } of assignment?.topicPartitions ?? []) bytes += 20 + 4 * partitions.length;
  return bytes;
}

function isBlank(text: string | null): boolean {
  return text !== null && text.trim() === '';
}

/** throwIfConsumerGroupHeartbeatRequestIsInvalid. */
function validate(op: Operation, body: ConsumerGroupHeartbeatRequest): void {
  const refuse = (message: string): never => {
    throw new GroupError('INVALID_REQUEST', message);
  };
  if (isBlank(body.memberId)) refuse('MemberId is empty.');
  if (isBlank(body.groupId)) refuse('GroupId is empty.');
  if (isBlank(body.instanceId)) refuse('InstanceId is empty.');
  if (isBlank(body.rackId)) refuse('RackId is empty.');
  if (body.memberEpoch === 0) {
    if (body.rebalanceTimeoutMs === -1) refuse('A first request has a RebalanceTimeoutMs.');
    if (body.topicPartitions === null || body.topicPartitions.length > 0) refuse('Whoever joins owns nothing.');
    if (body.subscribedTopicNames === null && body.subscribedTopicRegex === null)
      refuse('A first request has SubscribedTopicNames or SubscribedTopicRegex.');
  } else if (body.memberEpoch === -2) {
    if (body.instanceId === null) refuse('Only a static member leaves with epoch -2.');
  } else if (body.memberEpoch < -2) refuse('There is no such MemberEpoch.');
  const { assignors } = op.config;
  if (body.serverAssignor !== null && !assignors.includes(body.serverAssignor))
    throw new GroupError(
      'UNSUPPORTED_ASSIGNOR',
      `${body.serverAssignor} is not among ${assignors.join(', ')}, which this coordinator has.`,
    );
}

/** As a set, in the order in which it is stored. */
export function sortedNames(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort((a, b) => (a < b ? -1 : 1));
}

function updated(member: ConsumerGroupMember, body: ConsumerGroupHeartbeatRequest, clientId: string) {
  return {
    ...member,
    instanceId: body.instanceId ?? member.instanceId,
    rackId: body.rackId ?? member.rackId,
    rebalanceTimeoutMs: body.rebalanceTimeoutMs === -1 ? member.rebalanceTimeoutMs : body.rebalanceTimeoutMs,
    serverAssignorName: body.serverAssignor ?? member.serverAssignorName,
    subscribedTopicNames:
      body.subscribedTopicNames === null ? member.subscribedTopicNames : sortedNames(body.subscribedTopicNames),
    subscribedTopicRegex: body.subscribedTopicRegex ?? member.subscribedTopicRegex,
    clientId,
    clientHost: `/${clientId}`,
    classicMemberMetadata: null,
  } satisfies ConsumerGroupMember;
}

function heartbeat(
  op: Operation,
  body: ConsumerGroupHeartbeatRequest,
  clientId: string,
): ConsumerGroupHeartbeatResponse {
  const joins = body.memberEpoch === 0;
  const g = createdGroup(op, joins);
  throwIfFull(op, g, body.memberId);
  const member =
    body.instanceId === null
      ? dynamicMember(g, body.memberId, body.memberEpoch, body.topicPartitions, joins)
      : staticMember(op, g, { ...body, instanceId: body.instanceId, create: joins, classic: false });
  const isNew = !g.members.has(member.memberId);
  let after: ConsumerGroupMember = updated(member, body, clientId);
  if (isNew && member.memberEpoch === 0 && member.clientId === '')
    op.after.push(() => sayJoined(op.w, op.groupId, after));

  // 1. Whatever the member has changed; perhaps a new group epoch.
  const namesChanged = noteMember(op, member, after);
  const regex = maybeUpdateRegexes(op, g, member, after);
  const subscriptionChanged = namesChanged || regex !== 'same';
  let bump: BumpReason | null = null;
  if (namesChanged || regex === 'resolved') bump = isNew ? 'member-joined' : 'subscription';
  const epoch =
    bump !== null || g.metadataCheckedAt !== op.image.offset
      ? updateSubscriptionMetadata(op, g, bump, member, after)
      : presentEpoch(g);

  // 2. The target of all, if it is behind and its time has come.
  const target = maybeUpdateTarget(op, g, epoch, member, after);

  // 3. This member's next step towards it.
  after = maybeReconcile(op, g, after, target, subscriptionChanged, body.topicPartitions);
  op.after.push(() => {
    const persisted = consumerGroupIn(op.shard, op.groupId);
    if (persisted !== null) touchSession(op.w, op.index, persisted, body.memberId, op.config.sessionTimeoutMs);
  });
  return response(op, g, body, member, after);
}

function response(
  op: Operation,
  _g: ConsumerGroup,
  body: ConsumerGroupHeartbeatRequest,
  before: ConsumerGroupMember,
  after: ConsumerGroupMember,
): ConsumerGroupHeartbeatResponse {
  const { subscribedTopicNames, subscribedTopicRegex, topicPartitions } = body;
  // Rule 101: who sends everything is told everything.
  const full =
    body.rebalanceTimeoutMs !== -1 &&
    (subscribedTopicNames !== null || subscribedTopicRegex !== null) &&
    topicPartitions !== null;
  const told = body.memberEpoch === 0 || full || !samePartitions(before.assignedPartitions, after.assignedPartitions);
  return {
    errorCode: 0,
    errorMessage: null,
    memberId: after.memberId,
    memberEpoch: after.memberEpoch,
    heartbeatIntervalMs: op.config.heartbeatIntervalMs,
    assignment: told ? assignmentOf(op, after) : null,
    errors: [],
  };
}

function assignmentOf(op: Operation, m: ConsumerGroupMember): ConsumerGroupHeartbeatResponse['assignment'] {
  const topicPartitions = [...m.assignedPartitions].map(([topicId, epochs]) => ({
    topicId,
    // Kafka sends the id alone; one that is deleted has no name any more.
    topic: topicById(op.image, topicId)?.name ?? '',
    partitions: [...epochs.keys()].sort((a, b) => a - b),
  }));
  return { topicPartitions };
}
