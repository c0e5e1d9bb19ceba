/** The group's coordinator as a client finds it, talks to it and loses it (Kafka: AbstractCoordinator, ConsumerNetworkClient). */
import { errorForCode } from '../../kafka/api/errors-core.ts';
import { backoffMs } from '../../kafka/api/exponential-backoff.ts';
import type { FindCoordinatorRequest, FindCoordinatorResponse } from '../../kafka/api/messages-group.ts';
import { tell } from '../kernel/schedule.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { applicationError } from '../ledger/facts.ts';
import { groupError } from '../ledger/group-facts.ts';
import { Channel, type Connection } from '../net/connection-state.ts';
import { connectionTo, disconnect, ready, sendRequest } from '../net/network.ts';
import { requestUpdate } from './client-metadata.ts';
import { backoffDraw, connectionOf, leastLoadedNode, NEVER } from './client-network.ts';
import type { ConsumerState } from './consumer-state.ts';
import type { CoordinatorCall, CoordinatorState, SentGeneration } from './coordinator-state.ts';
import type { GroupMembership } from './group-membership.ts';

export const GroupApi = {
  OffsetCommit: 8,
  OffsetFetch: 9,
  FindCoordinator: 10,
  JoinGroup: 11,
  Heartbeat: 12,
  LeaveGroup: 13,
  SyncGroup: 14,
} as const;

/** What a consumer with a group has; the functions of this file and its neighbours are called for no other. */
export type GroupConsumer = ConsumerState & { membership: GroupMembership; group: CoordinatorState };

export function inGroup(c: ConsumerState): c is GroupConsumer {
  return c.membership !== null;
}

/** Whether its application has called close(). */
export function isClosing(c: ConsumerState): boolean {
  return inGroup(c) && (c.group.closing === 'committing' || c.group.closing === 'leaving');
}

export function about(c: GroupConsumer): string[] {
  return [`consumer:${c.id}`, `group:${c.membership.groupId}`];
}

/** An exception that the application sees: a group's own stand under it, those of a consumer with `assign` among all others. */
export function countError(w: World, c: ConsumerState, exception: string): void {
  c.lastError = exception;
  if (c.membership !== null) c.membership.lastError = exception;
  if (c.membership === null || c.membership.standalone) applicationError(w, exception);
  else groupError(w, c.membership.groupId, exception);
}

/** ExponentialBackoff of retry.backoff.ms, never nothing: on links without latency time has to go on between tries. */
export function retryPauseUs(w: World, c: ConsumerState, attempts: number): number {
  return Math.max(backoffMs(c.backoff, attempts, backoffDraw(w, c)), 1) * 1000;
}

/** The least pause between two tries where Kafka sleeps retry.backoff.ms flat. */
export function flatPauseUs(c: ConsumerState): number {
  return Math.max(c.settings.retryBackoffMs, 1) * 1000;
}

export function sentGeneration(c: GroupConsumer): SentGeneration {
  const { generation, memberId, protocolName } = c.membership;
  return { generation, memberId, protocolName };
}

export function generationUnchanged(c: GroupConsumer, sent: SentGeneration): boolean {
  const m = c.membership;
  return sent.generation === m.generation && sent.memberId === m.memberId && sent.protocolName === m.protocolName;
}

/** AbstractCoordinator.state.hasNotJoinedGroup. */
export function hasNotJoined(m: GroupMembership): boolean {
  return m.state !== 'completing' && m.state !== 'stable';
}

export function rebalanceInProgress(m: GroupMembership): boolean {
  return m.state === 'preparing' || m.state === 'completing';
}

// --- discovery -------------------------------------------------------------------------------------------------------

/** A connection apart from that of the broker's other work: nothing waits behind a parked fetch. */
function coordinatorConnection(w: World, c: GroupConsumer, broker: number): number {
  return connectionTo(w, c.node, w.brokerNode[broker] as number, Channel.GroupCoordinator, c.connectionSettings);
}

export function coordinatorUnknown(c: GroupConsumer): boolean {
  return c.membership.coordinator < 0;
}

/** ensureCoordinatorReady with no time to wait: 0 when the coordinator is known, else when to look again (NEVER: an answer will tell). */
export function ensureCoordinator(w: World, c: GroupConsumer): number {
  if (!coordinatorUnknown(c)) return 0;
  if (c.group.findInFlight) return NEVER;
  if (c.group.findNotBeforeUs > w.nowUs) return c.group.findNotBeforeUs;
  return lookupCoordinator(w, c);
}

/** Sends FindCoordinator to the least loaded node. Returns when to look again. */
export function lookupCoordinator(w: World, c: GroupConsumer): number {
  if (c.group.findInFlight) return NEVER;
  const { broker } = leastLoadedNode(w, c);
  if (broker < 0) {
    discoveryFailed(w, c);
    return c.group.findNotBeforeUs;
  }
  const connection = connectionOf(w, c, broker);
  if (!ready(w, connection)) return NEVER;
  const request: FindCoordinatorRequest = { key: c.membership.groupId, keyType: 0 };
  const correlationId = sendRequest(w, connection, GroupApi.FindCoordinator, request, 30 + request.key.length);
  c.requests.push({ kind: 'find', connection, correlationId, broker });
  c.group.findInFlight = true;
  return NEVER;
}

function discoveryFailed(w: World, c: GroupConsumer): void {
  const k = c.group;
  k.findInFlight = false;
  k.findNotBeforeUs = w.nowUs + retryPauseUs(w, c, k.findAttempts);
  k.findAttempts += 1;
  requestUpdate(c.metadata);
}

/** FindCoordinatorResponseHandler. `body` null: the connection was lost. Returns an exception for the application, or null. */
export function handleFindCoordinator(w: World, c: GroupConsumer, body: FindCoordinatorResponse | null): string | null {
  const k = c.group;
  k.findInFlight = false;
  if (body === null || (body.errorCode !== 0 && errorForCode(body.errorCode).retriable)) {
    discoveryFailed(w, c);
    return null;
  }
  if (body.errorCode !== 0) {
    k.findNotBeforeUs = w.nowUs + flatPauseUs(c);
    return errorForCode(body.errorCode).exception ?? 'KafkaException';
  }
  k.findAttempts = 0;
  const m = c.membership;
  if (m.coordinator === body.nodeId) return null;
  m.coordinator = body.nodeId;
  m.sessionResetUs = w.nowUs;
  const connection = coordinatorConnection(w, c, body.nodeId);
  const { state, retryAtUs } = w.connections[connection] as Connection;
  if (state === 'closed' && retryAtUs > w.nowUs) {
    // Found again, and still out of reach.
    m.coordinator = -1;
    k.findNotBeforeUs = w.nowUs + retryPauseUs(w, c, 0);
    return null;
  }
  ready(w, connection);
  return null;
}

/**
 * markCoordinatorUnknown. Unless its connection is lost already it is closed, so that no request stays behind; what was in
 * flight or waited to be sent fails, which `fail` sees to, call by call.
 */
export function coordinatorLost(w: World, c: GroupConsumer, why: string, fail: (call: CoordinatorCall) => void): void {
  const m = c.membership;
  if (m.coordinator < 0) return;
  const broker = m.coordinator;
  m.coordinator = -1;
  // Who is found again and again while nobody answers there yet was lost once.
  if (c.group.spokenToUs >= 0) {
    const params = { consumer: c.id, group: m.groupId, broker, why };
    tell(w, 'log.member.lost-coordinator', params, [...about(c), `broker:${broker}`]);
  }
  c.group.spokenToUs = -1;
  const connection = coordinatorConnection(w, c, broker);
  // Its own closing draws no onDisconnect, and no back-off.
  disconnect(w, connection, 'own-process');
  const failed: CoordinatorCall[] = c.requests.filter((r) => r.connection === connection) as CoordinatorCall[];
  c.requests = c.requests.filter((r) => r.connection !== connection);
  const { unsent } = c.group;
  c.group.unsent = [];
  for (const call of failed) fail(call);
  for (const { call } of unsent) fail(call);
}

// --- sending ---------------------------------------------------------------------------------------------------------

/** Sends to the coordinator, or keeps the request until the connection stands. The coordinator must be known. */
export function callCoordinator(
  w: World,
  c: GroupConsumer,
  call: CoordinatorCall,
  apiKey: number,
  body: unknown,
  sizeBytes: number,
  timeoutUs = 0,
): void {
  const connection = coordinatorConnection(w, c, c.membership.coordinator);
  if (!ready(w, connection)) {
    c.group.unsent = [...c.group.unsent, { call, apiKey, body, sizeBytes, timeoutUs }];
    return;
  }
  const correlationId = sendRequest(w, connection, apiKey, body, sizeBytes, true, timeoutUs);
  c.requests.push({ ...call, connection, correlationId, broker: c.membership.coordinator });
}

/** The connection to the coordinator stands: what waited for it goes out, in order. */
export function coordinatorConnected(w: World, c: GroupConsumer, connection: number): void {
  if (coordinatorUnknown(c) || connection !== coordinatorConnection(w, c, c.membership.coordinator)) return;
  const { coordinator: broker, groupId } = c.membership;
  if (c.group.spokenToUs < 0)
    tell(w, 'log.member.found', { consumer: c.id, group: groupId, broker }, [...about(c), `broker:${broker}`]);
  c.group.spokenToUs = w.nowUs;
  const { unsent } = c.group;
  c.group.unsent = [];
  for (const { call, apiKey, body, sizeBytes, timeoutUs } of unsent)
    callCoordinator(w, c, call, apiKey, body, sizeBytes, timeoutUs);
}

export function isCoordinatorConnection(w: World, c: GroupConsumer, connection: number): boolean {
  const known = w.connections[connection] as Connection;
  const broker = c.membership.coordinator;
  return (
    known.channel === Channel.GroupCoordinator && broker >= 0 && (w.nodes[known.server] as NodeState).nodeId === broker
  );
}

// --- state -----------------------------------------------------------------------------------------------------------

export function requestRejoin(c: GroupConsumer, reason: string): void {
  c.group.rejoinReason = reason;
  c.group.rejoinNeeded = true;
}

/** resetStateAndGeneration: no longer of any generation; with the member id it may still be known to the coordinator. */
export function resetGeneration(c: GroupConsumer, keepMemberId: boolean): void {
  const m = c.membership;
  m.state = 'unjoined';
  m.generation = -1;
  m.protocolName = null;
  m.isLeader = false;
  if (!keepMemberId) m.memberId = '';
}

/** resetStateAndRejoin. */
export function resetAndRejoin(c: GroupConsumer, reason: string, keepMemberId: boolean): void {
  resetGeneration(c, keepMemberId);
  requestRejoin(c, reason);
  c.group.needsJoinPrepare = true;
}
