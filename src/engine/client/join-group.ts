/**
 * JoinGroup and SyncGroup on the member's side (Kafka: AbstractCoordinator.joinGroupIfNeeded and its response handlers). What
 * Kafka writes as a blocking loop is a machine here that goes on whenever poll() is entered or something arrives.
 */
import { errorCode, errorForCode } from '../../kafka/api/errors-core.ts';
import type {
  JoinGroupRequest,
  JoinGroupResponse,
  SyncGroupRequest,
  SyncGroupResponse,
} from '../../kafka/api/messages-group.ts';
import { tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import {
  about,
  callCoordinator,
  coordinatorUnknown,
  ensureCoordinator,
  flatPauseUs,
  GroupApi,
  type GroupConsumer,
  generationUnchanged,
  requestRejoin,
  resetAndRejoin,
  sentGeneration,
} from './abstract-coordinator.ts';
import { NEVER } from './client-network.ts';
import { computeAssignment, groupTopicsAreFresh, onJoinComplete, subscriptionMetadata } from './consumer-assignment.ts';
import type { SentGeneration } from './coordinator-state.ts';
import { enableHeartbeats } from './heartbeat-thread.ts';
import { onJoinPrepare } from './join-prepare.ts';

/** AbstractCoordinator.JOIN_GROUP_TIMEOUT_LAPSE: JoinGroup may wait for the whole rebalance, and a little longer. */
const JOIN_GROUP_TIMEOUT_LAPSE_MS = 5000;
const PROTOCOL_TYPE = 'consumer';
const AT_ONCE = [
  'UnknownMemberIdException',
  'IllegalGenerationException',
  'RebalanceInProgressException',
  'MemberIdRequiredException',
];
const code = errorCode;
const KEEPS_THE_COORDINATOR_UNKNOWN = [code('COORDINATOR_NOT_AVAILABLE'), code('NOT_COORDINATOR')];
const MEMBER_ID_REQUIRED = code('MEMBER_ID_REQUIRED');
const UNKNOWN_MEMBER_ID = code('UNKNOWN_MEMBER_ID');
const ILLEGAL_GENERATION = code('ILLEGAL_GENERATION');
const UNKNOWN_SERVER_ERROR = code('UNKNOWN_SERVER_ERROR');
/** Whatever else SyncGroup is answered with is unexpected, "still loading" too. */
const SYNC_ERRORS = [
  ...[UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION, code('REBALANCE_IN_PROGRESS'), code('FENCED_INSTANCE_ID')],
  ...[code('GROUP_AUTHORIZATION_FAILED'), ...KEEPS_THE_COORDINATOR_UNKNOWN],
];

export interface Step {
  /** Whether the group is active: joined, synced, assigned. */
  readonly active: boolean;
  readonly wakeUs: number;
  /** Thrown by poll(). */
  readonly exception: string | null;
}

const wait = (wakeUs: number): Step => ({ active: false, wakeUs, exception: null });

/** joinGroupIfNeeded, as far as it gets at this moment. */
export function joinGroupIfNeeded(w: World, c: GroupConsumer, needed: () => boolean, lose: () => void): Step {
  const k = c.group;
  while (needed()) {
    const findUs = ensureCoordinator(w, c);
    if (findUs > 0 && coordinatorUnknown(c)) return wait(findUs);
    if (k.needsJoinPrepare) {
      k.needsJoinPrepare = false;
      const prepareUs = onJoinPrepare(w, c);
      if (prepareUs > 0) {
        k.needsJoinPrepare = true;
        return wait(prepareUs);
      }
    }
    if (k.join === 'none') {
      if (k.joinNotBeforeUs > w.nowUs) return wait(k.joinNotBeforeUs);
      sendJoinGroup(w, c);
    }
    if (k.join === 'electing') performAssignment(w, c);
    if (k.join === 'joining' || k.join === 'electing' || k.join === 'syncing') return wait(NEVER);
    if (k.join === 'done') {
      completeJoin(w, c);
      continue;
    }
    const failure = k.joinFailure ?? { exception: 'KafkaException', retriable: false, atOnce: false };
    k.join = 'none';
    k.joinFailure = null;
    if (failure.exception !== 'MemberIdRequiredException')
      requestRejoin(c, `rebalance failed due to ${failure.exception}`);
    if (failure.atOnce) continue;
    if (!failure.retriable) return { active: false, wakeUs: NEVER, exception: failure.exception };
    k.joinNotBeforeUs = w.nowUs + flatPauseUs(c);
    if (coordinatorUnknown(c)) lose();
    return wait(k.joinNotBeforeUs);
  }
  return { active: true, wakeUs: NEVER, exception: null };
}

function completeJoin(w: World, c: GroupConsumer): void {
  const k = c.group;
  const m = c.membership;
  k.join = 'none';
  // The heartbeat thread may have reset the generation meanwhile.
  if (m.generation >= 0 && m.state === 'stable' && k.assignment !== null) {
    const { partitions } = k.assignment;
    k.assignment = null;
    k.needsJoinPrepare = true;
    onJoinComplete(w, c, partitions);
  } else {
    k.assignment = null;
    resetAndRejoin(c, 'rebalance failed since the generation/state was modified by heartbeat thread', false);
  }
}

// --- JoinGroup -------------------------------------------------------------------------------------------------------

function sendJoinGroup(w: World, c: GroupConsumer): void {
  const m = c.membership;
  const { settings } = c;
  m.state = 'preparing';
  c.group.join = 'joining';
  const protocols = subscriptionMetadata(c);
  const request: JoinGroupRequest = {
    groupId: m.groupId,
    sessionTimeoutMs: settings.sessionTimeoutMs,
    rebalanceTimeoutMs: settings.maxPollIntervalMs,
    memberId: m.memberId,
    groupInstanceId: m.groupInstanceId,
    protocolType: PROTOCOL_TYPE,
    protocols,
    // JoinGroupRequest.maybeTruncateReason.
    reason: c.group.rejoinReason.slice(0, 255),
  };
  const timeoutMs = Math.max(settings.requestTimeoutMs, settings.maxPollIntervalMs + JOIN_GROUP_TIMEOUT_LAPSE_MS);
  const topics = protocols[0]?.metadata.topics ?? [];
  const size = 90 + request.reason.length + protocols.length * (40 + topics.reduce((sum, t) => sum + t.length + 2, 0));
  callCoordinator(w, c, { kind: 'join', sent: sentGeneration(c) }, GroupApi.JoinGroup, request, size, timeoutMs * 1000);
}

function failJoin(c: GroupConsumer, exception: string, retriable: boolean): void {
  c.group.join = 'failed';
  c.group.joinFailure = { exception, retriable, atOnce: AT_ONCE.includes(exception) };
}

/** JoinGroup or SyncGroup went down with the connection. */
export function joinDisconnected(c: GroupConsumer): void {
  if (c.group.join === 'joining' || c.group.join === 'syncing') failJoin(c, 'DisconnectException', true);
}

export function handleJoinGroup(
  w: World,
  c: GroupConsumer,
  sent: SentGeneration,
  body: JoinGroupResponse,
  lose: (why: string) => void,
): void {
  const k = c.group;
  const m = c.membership;
  if (k.join !== 'joining') return;
  if (body.errorCode === 0) {
    // It left the group while it waited for this answer.
    if (m.state !== 'preparing') {
      failJoin(c, 'UnjoinedGroupException', true);
      return;
    }
    m.state = 'completing';
    m.generation = body.generationId;
    m.memberId = body.memberId;
    m.protocolName = body.protocolName;
    m.isLeader = body.leader === body.memberId;
    enableHeartbeats(w, c);
    if (m.isLeader) {
      k.elected = body;
      k.join = 'electing';
      performAssignment(w, c);
    } else sendSyncGroup(w, c, []);
    return;
  }
  const { exception, retriable } = errorForCode(body.errorCode);
  if (body.errorCode === MEMBER_ID_REQUIRED) {
    m.memberId = body.memberId;
    m.generation = -1;
    m.protocolName = null;
    requestRejoin(c, `need to re-join with the given member-id: ${body.memberId}`);
  } else if (body.errorCode === UNKNOWN_MEMBER_ID) {
    if (generationUnchanged(c, sent))
      resetAndRejoin(c, 'encountered UNKNOWN_MEMBER_ID from JOIN_GROUP response', false);
  } else if (KEEPS_THE_COORDINATOR_UNKNOWN.includes(body.errorCode)) {
    failJoin(c, exception ?? 'KafkaException', retriable);
    lose(errorForCode(body.errorCode).name);
    return;
  }
  failJoin(c, body.errorCode === UNKNOWN_SERVER_ERROR ? 'KafkaException' : (exception ?? 'KafkaException'), retriable);
}

// --- SyncGroup -------------------------------------------------------------------------------------------------------

/** onLeaderElected: waits for metadata of all topics that members want, then computes who reads what. */
function performAssignment(w: World, c: GroupConsumer): void {
  const k = c.group;
  if (k.elected === null) return;
  if (c.membership.state !== 'completing') {
    k.elected = null;
    failJoin(c, 'IllegalGenerationException', false);
    return;
  }
  if (!groupTopicsAreFresh(c, k.elected)) return;
  const elected = k.elected;
  k.elected = null;
  const assignments = computeAssignment(w, c, elected);
  if (assignments === null) {
    failJoin(c, 'IllegalStateException', false);
    return;
  }
  tell(
    w,
    'log.member.assigns',
    {
      consumer: c.id,
      group: c.membership.groupId,
      members: elected.members.length,
      assignor: elected.protocolName ?? '',
    },
    about(c),
  );
  sendSyncGroup(w, c, assignments);
}

function sendSyncGroup(w: World, c: GroupConsumer, assignments: SyncGroupRequest['assignments']): void {
  const m = c.membership;
  if (coordinatorUnknown(c)) {
    failJoin(c, 'CoordinatorNotAvailableException', true);
    return;
  }
  c.group.join = 'syncing';
  const request: SyncGroupRequest = {
    groupId: m.groupId,
    generationId: m.generation,
    memberId: m.memberId,
    groupInstanceId: m.groupInstanceId,
    protocolType: PROTOCOL_TYPE,
    protocolName: m.protocolName ?? '',
    assignments,
  };
  const size = 90 + assignments.reduce((sum, a) => sum + 60 + 8 * a.assignment.partitions.length, 0);
  callCoordinator(w, c, { kind: 'sync-group', sent: sentGeneration(c) }, GroupApi.SyncGroup, request, size);
}

export function handleSyncGroup(
  c: GroupConsumer,
  sent: SentGeneration,
  body: SyncGroupResponse,
  lose: (why: string) => void,
): void {
  const k = c.group;
  const m = c.membership;
  if (k.join !== 'syncing') return;
  if (body.errorCode === 0) {
    if (m.generation < 0 || m.state !== 'completing') {
      failJoin(c, 'IllegalGenerationException', false);
      return;
    }
    m.state = 'stable';
    k.rejoinReason = '';
    k.rejoinNeeded = false;
    k.assignment = body.assignment;
    k.join = 'done';
    return;
  }
  const { name, exception, retriable } = errorForCode(body.errorCode);
  if (body.errorCode === UNKNOWN_MEMBER_ID || body.errorCode === ILLEGAL_GENERATION) {
    if (generationUnchanged(c, sent))
      resetAndRejoin(c, `encountered ${name} from SYNC_GROUP response`, body.errorCode === ILLEGAL_GENERATION);
  }
  if (SYNC_ERRORS.includes(body.errorCode)) failJoin(c, exception ?? 'KafkaException', retriable);
  else failJoin(c, 'KafkaException', false);
  if (KEEPS_THE_COORDINATOR_UNKNOWN.includes(body.errorCode)) lose(name);
}
