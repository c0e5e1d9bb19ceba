/**
 * ConsumerGroupHeartbeat as the background thread sends it (Kafka: AbstractHeartbeatRequestManager, ConsumerHeartbeatRequestManager,
 * HeartbeatRequestState). Rule 101: what is said when, and what is sent at once.
 */
import { errorCode, errorForCode } from '../../../kafka/api/errors.ts';
import type {
  ConsumerGroupHeartbeatRequest,
  ConsumerGroupHeartbeatResponse,
} from '../../../kafka/api/messages-consumer-group.ts';
import { tell } from '../../kernel/schedule.ts';
import type { World } from '../../kernel/world.ts';
import { about, callCoordinator, coordinatorUnknown, retryPauseUs } from '../abstract-coordinator.ts';
import { NEVER } from '../client-network.ts';
import {
  enqueue,
  isLeavingGroup,
  onHeartbeatFailure,
  onHeartbeatGenerated,
  onHeartbeatSkipped,
  onHeartbeatSuccess,
  sendLeave,
  shouldHeartbeatNow,
  shouldSkipHeartbeat,
  transitionToFatal,
  transitionToFenced,
} from './membership.ts';
import { type AsyncConsumer, NOTHING_SENT } from './state.ts';

const CONSUMER_GROUP_HEARTBEAT = 68;
const LOSES_THE_COORDINATOR = [errorCode('NOT_COORDINATOR'), errorCode('COORDINATOR_NOT_AVAILABLE')];
const FENCED = [errorCode('FENCED_MEMBER_EPOCH'), errorCode('UNKNOWN_MEMBER_ID')];
const LOAD_IN_PROGRESS = errorCode('COORDINATOR_LOAD_IN_PROGRESS');
const TOPIC_AUTHORIZATION_FAILED = errorCode('TOPIC_AUTHORIZATION_FAILED');
const GROUP_ID_NOT_FOUND = errorCode('GROUP_ID_NOT_FOUND');
const MIN_REFRESH_BYTES = 90;

/** While the application stands in poll() it calls it again and again: the interval runs only outside. */
export function pollEndsUs(c: AsyncConsumer): number {
  return c.inPoll ? NEVER : c.membership.lastPollUs + c.settings.maxPollIntervalMs * 1000;
}

/** HeartbeatRequestState.canSendRequest, as the moment from which on it can. */
function nextHeartbeatUs(c: AsyncConsumer): number {
  const a = c.async;
  return a.heartbeatInFlight ? NEVER : Math.max(a.heartbeatDueUs, a.heartbeatNotBeforeUs);
}

/** AbstractHeartbeatRequestManager.poll. Returns when to look again. */
export function pollHeartbeat(w: World, c: AsyncConsumer): number {
  if (coordinatorUnknown(c) || shouldSkipHeartbeat(c)) {
    onHeartbeatSkipped(c);
    return NEVER;
  }
  const a = c.async;
  if (pollEndsUs(c) <= w.nowUs && !isLeavingGroup(c)) {
    tellTooSlow(w, c);
    sendLeave(c, true);
    send(w, c, true);
    // Nobody waits for that answer: it may join again before it comes.
    resetHeartbeat(w, c);
    a.sent = NOTHING_SENT;
    return NEVER;
  }
  const leaves = c.membership.state === 'leaving';
  // A joining member does not wait for its back-off, only for time to go on.
  const atOnce = shouldHeartbeatNow(c) && !a.heartbeatInFlight && (a.heartbeatAttempts === 0 || earliestRetry(w, c));
  if (!leaves && !atOnce && nextHeartbeatUs(c) > w.nowUs) return Math.min(nextHeartbeatUs(c), pollEndsUs(c));
  send(w, c, false);
  return pollHeartbeat(w, c);
}

function earliestRetry(w: World, c: AsyncConsumer): boolean {
  return c.membership.heartbeatSentUs + 1000 <= w.nowUs;
}

function send(w: World, c: AsyncConsumer, ignoreResponse: boolean): void {
  const m = c.membership;
  const a = c.async;
  const request = buildRequest(c);
  a.heartbeatInFlight = true;
  a.heartbeatDueUs = w.nowUs + a.heartbeatIntervalMs * 1000;
  m.heartbeatSentUs = w.nowUs;
  onHeartbeatGenerated(w, c);
  const topics = (request.subscribedTopicNames ?? []).reduce((sum, topic) => sum + topic.length + 1, 0);
  const owned = (request.topicPartitions ?? []).reduce((sum, t) => sum + 18 + 4 * t.partitions.length, 0);
  const size = MIN_REFRESH_BYTES + topics + owned + (request.subscribedTopicRegex?.length ?? 0);
  callCoordinator(w, c, { kind: 'group-heartbeat', ignoreResponse }, CONSUMER_GROUP_HEARTBEAT, request, size);
}

/** HeartbeatState.buildRequestData: everything when joining, else what has changed since it was last said. */
function buildRequest(c: AsyncConsumer): ConsumerGroupHeartbeatRequest {
  const a = c.async;
  const m = c.membership;
  const { sent } = a;
  const all = m.state === 'joining';
  const rebalanceTimeoutMs = c.settings.maxPollIntervalMs;
  const topics = a.regex === null ? m.subscribed : [];
  const assignor = c.settings.groupRemoteAssignor;
  const newTopics = all || sent.subscribedTopicNames?.join() !== topics.join();
  const newRegex = a.regex !== sent.regex || (all && a.regex !== null);
  const newAssignor = assignor !== null && (all || assignor !== sent.serverAssignor);
  const newOwned = all || a.current !== sent.assignment;
  a.sent = {
    rebalanceTimeoutMs,
    subscribedTopicNames: topics,
    regex: a.regex,
    serverAssignor: assignor,
    assignment: a.current,
  };
  return {
    groupId: m.groupId,
    memberId: m.memberId,
    memberEpoch: a.memberEpoch,
    instanceId: m.groupInstanceId,
    rackId: all && c.settings.clientRack !== '' ? c.settings.clientRack : null,
    rebalanceTimeoutMs: all || sent.rebalanceTimeoutMs !== rebalanceTimeoutMs ? rebalanceTimeoutMs : -1,
    subscribedTopicNames: newTopics ? topics : null,
    subscribedTopicRegex: newRegex ? (a.regex ?? '') : null,
    serverAssignor: newAssignor ? assignor : null,
    topicPartitions: newOwned ? a.current.partitions : null,
  };
}

function tellTooSlow(w: World, c: AsyncConsumer): void {
  const params = { consumer: c.id, group: c.membership.groupId, ms: c.settings.maxPollIntervalMs };
  tell(w, 'log.modern-member.too-slow', params, about(c), 'risk', 'groups');
}

/** HeartbeatRequestState.reset: the next one may go out as soon as there is somebody to send it to. */
function resetHeartbeat(w: World, c: AsyncConsumer): void {
  c.async.heartbeatInFlight = false;
  c.async.heartbeatAttempts = 0;
  c.async.heartbeatNotBeforeUs = w.nowUs;
}

/** onFailedAttempt: without waiting for the interval, after a growing pause. */
function attemptFailed(w: World, c: AsyncConsumer): void {
  const a = c.async;
  a.heartbeatInFlight = false;
  a.heartbeatDueUs = w.nowUs;
  a.heartbeatNotBeforeUs = w.nowUs + retryPauseUs(w, c, a.heartbeatAttempts);
  a.heartbeatAttempts += 1;
  a.sent = NOTHING_SENT;
}

/** The connection went down with it. */
export function heartbeatLost(w: World, c: AsyncConsumer, ignoreResponse: boolean): void {
  if (ignoreResponse) return;
  attemptFailed(w, c);
  onHeartbeatFailure(c);
}

export function handleHeartbeat(
  w: World,
  c: AsyncConsumer,
  ignoreResponse: boolean,
  body: ConsumerGroupHeartbeatResponse,
  lose: (why: string) => void,
): void {
  if (ignoreResponse) return;
  const a = c.async;
  if (body.errorCode === 0) {
    if (a.heartbeatIntervalMs !== body.heartbeatIntervalMs) {
      a.heartbeatIntervalMs = body.heartbeatIntervalMs;
      a.heartbeatDueUs = w.nowUs + body.heartbeatIntervalMs * 1000;
    }
    resetHeartbeat(w, c);
    onHeartbeatSuccess(w, c, body);
    return;
  }
  attemptFailed(w, c);
  handleError(w, c, body, lose);
  onHeartbeatFailure(c);
}

function handleError(
  w: World,
  c: AsyncConsumer,
  body: ConsumerGroupHeartbeatResponse,
  lose: (why: string) => void,
): void {
  const { errorCode: error } = body;
  const { name, exception } = errorForCode(error);
  if (LOSES_THE_COORDINATOR.includes(error)) {
    lose(name);
    resetHeartbeat(w, c);
  } else if (FENCED.includes(error)) {
    transitionToFenced(w, c, name);
    resetHeartbeat(w, c);
  } else if (error === LOAD_IN_PROGRESS) {
    // Tried again after the back-off.
  } else if (error === TOPIC_AUTHORIZATION_FAILED) {
    enqueue(c, { kind: 'error', exception: exception ?? 'KafkaException', message: body.errorMessage ?? '' });
  } else if (error === GROUP_ID_NOT_FOUND && c.membership.state === 'unsubscribed') {
    onHeartbeatFailure(c);
  } else {
    const params = { consumer: c.id, group: c.membership.groupId, error: name, message: body.errorMessage ?? '' };
    tell(w, 'log.modern-member.fatal', params, about(c), 'harm', 'groups');
    enqueue(c, { kind: 'error', exception: exception ?? 'KafkaException', message: body.errorMessage ?? '' });
    transitionToFatal(w, c);
  }
}
