/**
 * A share consumer's membership (Kafka: ShareMembershipManager, ShareHeartbeatRequestManager, CoordinatorRequestManager): it joins with epoch 0,
 * is moved to its assignment at once, and tells its coordinator so; nothing is ever revoked first (rule 112).
 */
import { type ErrorName, errorCode, errorForCode } from '../../../kafka/api/errors.ts';
import { backoffMs } from '../../../kafka/api/exponential-backoff.ts';
import type { FindCoordinatorRequest, FindCoordinatorResponse } from '../../../kafka/api/messages-group.ts';
import type {
  ShareGroupHeartbeatRequest,
  ShareGroupHeartbeatResponse,
  SharePartitionId,
} from '../../../kafka/api/messages-share.ts';
import type { World } from '../../kernel/world.ts';
import { Channel } from '../../net/connection-state.ts';
import { connectionTo, ready, sendRequest } from '../../net/network.ts';
import { observeOwners } from '../../share/observe.ts';
import { findTopic, requestUpdate } from '../client-metadata.ts';
import { backoffDraw, connectionOf, leastLoadedNode, NEVER } from '../client-network.ts';
import { type ShareConsumer, sayClient } from './context.ts';

const SHARE_GROUP_HEARTBEAT = 76;
const FIND_COORDINATOR = 10;
const codes = (...names: ErrorName[]): readonly number[] => names.map(errorCode);
const COORDINATOR_LOST = codes('NOT_COORDINATOR', 'COORDINATOR_NOT_AVAILABLE');
const FENCED = codes('FENCED_MEMBER_EPOCH', 'UNKNOWN_MEMBER_ID');
const LOADING = codes('COORDINATOR_LOAD_IN_PROGRESS');

function pauseUs(w: World, { c }: ShareConsumer, attempts: number): number {
  return Math.max(backoffMs(c.backoff, attempts, backoffDraw(w, c)), 1) * 1000;
}

/** A connection apart from that of its fetches: nothing waits behind a parked one. */
export function coordinatorConnection(w: World, { c }: ShareConsumer, broker: number): number {
  return connectionTo(w, c.node, w.brokerNode[broker] as number, Channel.ShareGroupCoordinator, c.connectionSettings);
}

// --- discovery -------------------------------------------------------------------------------------------------------

/** Returns when to look again; 0: the coordinator is known. */
export function findCoordinator(w: World, x: ShareConsumer): number {
  const { c, s } = x;
  if (s.coordinator >= 0) return 0;
  if (s.findInFlight) return NEVER;
  if (s.findNotBeforeUs > w.nowUs) return s.findNotBeforeUs;
  const { broker } = leastLoadedNode(w, c);
  if (broker < 0) {
    findFailed(w, x);
    return s.findNotBeforeUs;
  }
  const connection = connectionOf(w, c, broker);
  if (!ready(w, connection)) return NEVER;
  const request: FindCoordinatorRequest = { key: s.groupId, keyType: 0 };
  const correlationId = sendRequest(w, connection, FIND_COORDINATOR, request, 30 + request.key.length);
  s.requests = [...s.requests, { kind: 'find', connection, correlationId, broker }];
  s.findInFlight = true;
  return NEVER;
}

export function findFailed(w: World, x: ShareConsumer): void {
  const { c, s } = x;
  s.findInFlight = false;
  s.findNotBeforeUs = w.nowUs + pauseUs(w, x, s.findAttempts);
  s.findAttempts += 1;
  requestUpdate(c.metadata);
}

export function handleFound(w: World, x: ShareConsumer, body: FindCoordinatorResponse): void {
  const { s } = x;
  if (body.errorCode !== 0) {
    findFailed(w, x);
    return;
  }
  s.findInFlight = false;
  s.findAttempts = 0;
  s.coordinator = body.nodeId;
  sayClient(w, x, 'found-coordinator', { broker: body.nodeId });
}

/** markCoordinatorUnknown: it is looked for again. */
export function coordinatorLost(w: World, x: ShareConsumer): void {
  const { s } = x;
  if (s.coordinator < 0) return;
  s.coordinator = -1;
  s.heartbeatInFlight = false;
  s.requests = s.requests.filter((r) => r.kind !== 'heartbeat');
  s.findNotBeforeUs = w.nowUs;
}

// --- heartbeats ------------------------------------------------------------------------------------------------------

function isMember({ s }: ShareConsumer): boolean {
  return s.memberState === 'JOINING' || s.memberState === 'RECONCILING' || s.memberState === 'STABLE';
}

/** max.poll.interval.ms runs while a member's application is not in poll(); who has left because of it waits for no end of it. */
export function pollEndsUs({ c, s }: ShareConsumer): number {
  const runs = (s.memberState === 'STABLE' || s.memberState === 'RECONCILING') && !c.inPoll && s.lastPollUs >= 0;
  return runs ? s.lastPollUs + c.settings.maxPollIntervalMs * 1000 : NEVER;
}

/** AbstractHeartbeatRequestManager.poll. Returns when to look again. */
export function pollHeartbeat(w: World, x: ShareConsumer): number {
  const { s } = x;
  if (isMember(x) && s.memberState !== 'JOINING' && pollEndsUs(x) <= w.nowUs) {
    // Too slow: it leaves, what it has acquired is released when its locks or its session end; the next poll() joins again.
    sayClient(w, x, 'too-slow', { ms: x.c.settings.maxPollIntervalMs });
    s.memberState = 'STALE';
    s.leaveNow = true;
    setAssignment(w, x, []);
  }
  if (!isMember(x) && !s.leaveNow) return NEVER;
  if (s.heartbeatInFlight) return NEVER;
  const dueUs = s.heartbeatNow || s.leaveNow ? Math.max(w.nowUs, s.heartbeatNotBeforeUs) : s.nextHeartbeatUs;
  const findUs = findCoordinator(w, x);
  if (findUs > 0) return findUs;
  if (dueUs > w.nowUs) return Math.min(dueUs, pollEndsUs(x));
  const connection = coordinatorConnection(w, x, s.coordinator);
  if (!ready(w, connection)) {
    const known = w.connections[connection];
    if (known?.state === 'closed') {
      coordinatorLost(w, x);
      s.findNotBeforeUs = Math.max(known.retryAtUs, w.nowUs + 1);
      return s.findNotBeforeUs;
    }
    return NEVER;
  }
  sendHeartbeat(w, x, connection);
  return NEVER;
}

function sendHeartbeat(w: World, x: ShareConsumer, connection: number): void {
  const { c, s } = x;
  const topics = c.source.kind === 'subscribe' ? [...c.source.topics].sort(compare) : [];
  const joins = s.memberState === 'JOINING';
  const news = joins || s.subscriptionSent?.join() !== topics.join();
  const memberEpoch = s.leaveNow ? -1 : joins ? 0 : s.memberEpoch;
  const request: ShareGroupHeartbeatRequest = {
    groupId: s.groupId,
    memberId: s.memberId,
    memberEpoch,
    rackId: joins && c.settings.clientRack !== '' ? c.settings.clientRack : null,
    subscribedTopicNames: s.leaveNow || !news ? null : topics,
  };
  const named = (request.subscribedTopicNames ?? []).reduce((sum, t) => sum + t.length + 1, 0);
  const correlationId = sendRequest(w, connection, SHARE_GROUP_HEARTBEAT, request, 70 + s.groupId.length + named);
  s.requests = [...s.requests, { kind: 'heartbeat', connection, correlationId, broker: s.coordinator, memberEpoch }];
  s.heartbeatInFlight = true;
  s.heartbeatNow = false;
  s.heartbeatSentUs = w.nowUs;
  s.nextHeartbeatUs = w.nowUs + s.heartbeatIntervalUs;
  if (memberEpoch >= 0) s.subscriptionSent = topics;
  // Who has told its coordinator of its assignment is at rest.
  if (s.memberState === 'RECONCILING') s.memberState = 'STABLE';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Returns the exception that ends the application, or null. */
export function handleHeartbeat(
  w: World,
  x: ShareConsumer,
  sentEpoch: number,
  body: ShareGroupHeartbeatResponse,
): string | null {
  const { s } = x;
  s.heartbeatInFlight = false;
  if (sentEpoch < 0) {
    s.leaveNow = false;
    if (s.memberState === 'LEAVING') s.memberState = 'UNSUBSCRIBED';
    return null;
  }
  if (body.errorCode !== 0) return handleError(w, x, body.errorCode);
  s.heartbeatAttempts = 0;
  s.heartbeatIntervalUs = body.heartbeatIntervalMs * 1000;
  s.nextHeartbeatUs = s.heartbeatSentUs + s.heartbeatIntervalUs;
  if (!isMember(x)) return null;
  s.memberEpoch = body.memberEpoch;
  if (s.memberState === 'JOINING') s.memberState = 'STABLE';
  if (body.assignment !== null && !sameAssignment(s.assigned, body.assignment)) setAssignment(w, x, body.assignment);
  return null;
}

function sameAssignment(a: ShareConsumer['s']['assigned'], b: ShareConsumer['s']['assigned']): boolean {
  const text = (list: typeof a): string =>
    list
      .map((t) => `${t.topicId}:${[...t.partitions].sort((x, y) => x - y).join()}`)
      .sort(compare)
      .join(';');
  return text(a) === text(b);
}

/** Reconciled at once: there is nothing to commit and nobody to wait for. */
function setAssignment(w: World, x: ShareConsumer, assigned: ShareConsumer['s']['assigned']): void {
  const { c, s } = x;
  s.assigned = assigned;
  if (s.memberState !== 'STALE' && s.memberState !== 'FENCED' && s.memberState !== 'LEAVING') {
    s.memberState = 'RECONCILING';
    s.heartbeatNow = true;
  }
  for (const { topic } of assigned) if (findTopic(c.metadata, topic) === null) requestUpdate(c.metadata);
  updatePartitions(w, x);
  w.whenDirty = true;
}

/** Partitions of the assignment that the metadata know, in their order so far; new ones come last. */
export function updatePartitions(w: World, { c, s }: ShareConsumer): void {
  const wanted: SharePartitionId[] = [];
  for (const { topic, topicId, partitions } of s.assigned) {
    const known = findTopic(c.metadata, topic);
    if (known === null || known.topicId !== topicId) continue;
    for (const index of [...partitions].sort((a, b) => a - b)) {
      const partition = known.partitions[index]?.partition;
      if (partition !== undefined) wanted.push({ topic, topicId, index, partition });
      // A partition that was added: its leader is not known yet.
      else requestUpdate(c.metadata);
    }
  }
  const kept = s.partitions.filter((p) => wanted.some((q) => q.partition === p.partition));
  const fresh = wanted.filter((q) => !kept.some((p) => p.partition === q.partition));
  if (fresh.length === 0 && kept.length === s.partitions.length) return;
  s.partitions = [...kept, ...fresh];
  observeOwners(w, s.groupId);
}

function handleError(w: World, x: ShareConsumer, code: number): string | null {
  const { s } = x;
  if (COORDINATOR_LOST.includes(code)) {
    coordinatorLost(w, x);
    s.nextHeartbeatUs = w.nowUs;
    return null;
  }
  if (FENCED.includes(code)) {
    sayClient(w, x, 'fenced', { error: errorForCode(code).name });
    s.memberState = 'FENCED';
    setAssignment(w, x, []);
    join(w, x);
    return null;
  }
  if (LOADING.includes(code) || errorForCode(code).retriable) {
    failedAttempt(w, x);
    return null;
  }
  s.memberState = 'FATAL';
  setAssignment(w, x, []);
  return errorForCode(code).exception ?? 'KafkaException';
}

/** The heartbeat's answer will not come. */
export function heartbeatLost(w: World, x: ShareConsumer): void {
  const { s } = x;
  if (s.leaveNow && s.memberState === 'LEAVING') {
    s.leaveNow = false;
    s.memberState = 'UNSUBSCRIBED';
  }
  failedAttempt(w, x);
  coordinatorLost(w, x);
}

function failedAttempt(w: World, x: ShareConsumer): void {
  const { s } = x;
  s.heartbeatInFlight = false;
  s.nextHeartbeatUs = w.nowUs + pauseUs(w, x, s.heartbeatAttempts);
  s.heartbeatNotBeforeUs = s.nextHeartbeatUs;
  s.heartbeatAttempts += 1;
}

/** transitionToJoining: everything is said anew. */
export function join(w: World, { s }: ShareConsumer): void {
  s.memberState = 'JOINING';
  s.memberEpoch = 0;
  s.subscriptionSent = null;
  s.heartbeatNow = true;
  s.nextHeartbeatUs = w.nowUs;
}

/** close(): a last heartbeat with epoch -1. */
export function leaveGroup(w: World, x: ShareConsumer): void {
  const { s } = x;
  const wasMember = isMember(x) || s.memberState === 'STALE';
  s.memberState = wasMember ? 'LEAVING' : 'UNSUBSCRIBED';
  s.leaveNow = wasMember;
  s.heartbeatNotBeforeUs = w.nowUs;
  setAssignment(w, x, []);
}
