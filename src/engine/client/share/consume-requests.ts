/**
 * Share sessions with brokers, and what goes over them (Kafka: ShareConsumeRequestManager, ShareSessionHandler): ShareFetch with the
 * acknowledgements that wait, ShareAcknowledge for commits and at the close; one request a broker at a time.
 */
import { type ErrorName, errorCode, errorForCode } from '../../../kafka/api/errors.ts';
import { backoffMs } from '../../../kafka/api/exponential-backoff.ts';
import type {
  ShareAcknowledgeRequest,
  ShareAcknowledgeResponse,
  ShareFetchPartition,
  ShareFetchRequest,
  ShareFetchResponse,
  SharePartitionId,
} from '../../../kafka/api/messages-share.ts';
import type { World } from '../../kernel/world.ts';
import { sendRequest } from '../../net/network.ts';
import type { AckCall, AckCallKind, PartitionAcks, ShareRequest, ShareSessionState } from '../../share/client-state.ts';
import { currentLeader, requestUpdate, updateLeadership } from '../client-metadata.ts';
import { backoffDraw, connectionOf, NEVER, nodeReady, notReadyUntilUs } from '../client-network.ts';
import { ackBatches, hasRenewals, mergeAcks } from './acks.ts';
import { completedFetch } from './buffer.ts';
import { countShareError, isRecordLimit, type ShareConsumer, sayClient } from './context.ts';

const SHARE_FETCH = 78;
const SHARE_ACKNOWLEDGE = 79;
const codes = (...names: ErrorName[]): readonly number[] => names.map(errorCode);
const SESSION_LOST = codes('SHARE_SESSION_NOT_FOUND', 'INVALID_SHARE_SESSION_EPOCH', 'SHARE_SESSION_LIMIT_REACHED');
const MOVED = codes('NOT_LEADER_OR_FOLLOWER', 'FENCED_LEADER_EPOCH', 'UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID');
const NOT_LEADER = 'NotLeaderOrFollowerException';

type FetchSent = Extract<ShareRequest, { kind: 'fetch' }>;
type AckSent = Extract<ShareRequest, { kind: 'acknowledge' }>;

// --- sessions --------------------------------------------------------------------------------------------------------

function sessionOf({ s }: ShareConsumer, broker: number): ShareSessionState {
  return s.sessions.find((known) => known.broker === broker) ?? { broker, epoch: 0, partitions: [] };
}

function putSession({ s }: ShareConsumer, session: ShareSessionState): void {
  s.sessions = [...s.sessions.filter((known) => known.broker !== session.broker), session];
}

/** ShareSessionHandler.handleResponse and handleError: a lost session begins anew. */
function sessionAnswered(x: ShareConsumer, broker: number, sentEpoch: number, error: number | 'lost'): void {
  const session = sessionOf(x, broker);
  const lost = error === 'lost' || SESSION_LOST.includes(error);
  putSession(x, { ...session, epoch: lost ? 0 : nextEpoch(sentEpoch) });
}

function nextEpoch(epoch: number): number {
  return epoch < 0 ? epoch : epoch === 2_147_483_647 ? 1 : epoch + 1;
}

function isBusy({ s }: ShareConsumer, broker: number): boolean {
  return s.requests.some((r) => r.broker === broker && (r.kind === 'fetch' || r.kind === 'acknowledge'));
}

function leaderOf({ c }: ShareConsumer, id: SharePartitionId): number {
  return currentLeader(c.metadata, id.topic, id.index).leader;
}

// --- what the application asks for -----------------------------------------------------------------------------------

/** An acknowledgement that failed for good: its records come again when their locks end. */
function ackFailed(
  w: World,
  x: ShareConsumer,
  acks: readonly PartitionAcks[],
  exception: string,
  thrown: boolean,
): void {
  for (const { id, acks: list } of acks)
    sayClient(w, x, 'acknowledge-failed', {
      partition: `${id.topic}-${id.index}`,
      count: list.length,
      error: exception,
    });
  if (thrown && acks.length > 0) countShareError(w, x, exception);
}

/** Acknowledgements for a broker that is known not to lead any more are hopeless; the others may leave. */
function deliverable(w: World, x: ShareConsumer, acks: readonly PartitionAcks[], thrown: boolean): PartitionAcks[] {
  return acks.filter((p) => {
    const leader = leaderOf(x, p.id);
    const session = x.s.sessions.find((known) => known.broker === p.broker);
    const hopeless = (leader >= 0 && leader !== p.broker) || session === undefined;
    if (hopeless) ackFailed(w, x, [p], NOT_LEADER, thrown);
    return !hopeless;
  });
}

/** ShareFetchEvent: fetch on, and take these along. */
export function askFetch({ s }: ShareConsumer, acks: readonly PartitionAcks[]): void {
  s.fetchMore = true;
  if (acks.length > 0) s.acksWithFetch = mergeAcks(s.acksWithFetch, acks);
}

/** commitSync, commitAsync, and what close() sends; `close` makes one call a session, with or without acknowledgements. */
export function askAcknowledge(w: World, x: ShareConsumer, kind: AckCallKind, acks: readonly PartitionAcks[]): void {
  const { c, s } = x;
  const deadlineUs = w.nowUs + c.settings.defaultApiTimeoutMs * 1000;
  let mine = deliverable(w, x, acks, kind === 'sync');
  if (kind === 'close') {
    mine = mergeAcks(mine, deliverable(w, x, s.acksWithFetch, false));
    s.acksWithFetch = [];
  }
  const brokers = kind === 'close' ? s.sessions.map((known) => known.broker) : mine.map((p) => p.broker);
  for (const broker of new Set(brokers)) {
    const ofBroker = mine.filter((p) => p.broker === broker);
    const open = s.ackCalls.findIndex((call) => kind === 'async' && call.kind === kind && call.broker === broker);
    const known = s.ackCalls[open];
    if (known !== undefined) {
      const merged = { ...known, acks: mergeAcks(known.acks, ofBroker) };
      s.ackCalls = s.ackCalls.map((call, i) => (i === open ? merged : call));
    } else s.ackCalls = [...s.ackCalls, { kind, broker, acks: ofBroker, attempts: 0, notBeforeUs: 0, deadlineUs }];
  }
}

export function awaits({ s }: ShareConsumer, kind: AckCallKind): boolean {
  return (
    s.ackCalls.some((call) => call.kind === kind) ||
    s.requests.some((r) => r.kind === 'acknowledge' && r.call.kind === kind)
  );
}

// --- sending ---------------------------------------------------------------------------------------------------------

/** ShareConsumeRequestManager.poll. Returns when to look again. */
export function pollRequests(w: World, x: ShareConsumer): number {
  const { s } = x;
  if (s.ackCalls.length > 0 || s.requests.some((r) => r.kind === 'acknowledge')) return sendAckCalls(w, x);
  if (s.closing !== 'no' && s.closing !== 'asked') return NEVER;
  return s.fetchMore ? sendFetches(w, x) : NEVER;
}

function sendAckCalls(w: World, x: ShareConsumer): number {
  const { c, s } = x;
  let nextUs = NEVER;
  for (const call of s.ackCalls) {
    if (call.deadlineUs <= w.nowUs) {
      dropCall(x, call);
      ackFailed(w, x, call.acks, 'TimeoutException', call.kind === 'sync');
      continue;
    }
    nextUs = Math.min(nextUs, call.deadlineUs);
    if (isBusy(x, call.broker)) continue;
    if (call.notBeforeUs > w.nowUs) {
      nextUs = Math.min(nextUs, call.notBeforeUs);
      continue;
    }
    const session = sessionOf(x, call.broker);
    if (session.epoch === 0) {
      // The session is lost, and with it everything that was acquired.
      dropCall(x, call);
      ackFailed(w, x, call.acks, NOT_LEADER, call.kind === 'sync');
      continue;
    }
    if (!nodeReady(w, c, call.broker)) {
      nextUs = Math.min(nextUs, notReadyUntilUs(w, c, call.broker));
      continue;
    }
    sendAcknowledge(w, x, call, session);
  }
  return nextUs;
}

function dropCall({ s }: ShareConsumer, call: AckCall): void {
  s.ackCalls = s.ackCalls.filter((known) => known !== call);
}

function ackPartition(p: PartitionAcks): ShareFetchPartition {
  return { ...p.id, acknowledgementBatches: ackBatches(p) };
}

function batchBytes(partitions: readonly ShareFetchPartition[]): number {
  let size = 0;
  for (const p of partitions) {
    size += 24;
    for (const b of p.acknowledgementBatches) size += 18 + b.acknowledgeTypes.length;
  }
  return size;
}

function sendAcknowledge(w: World, x: ShareConsumer, call: AckCall, session: ShareSessionState): void {
  const { c, s } = x;
  const { broker } = call;
  const partitions = call.acks.map(ackPartition);
  const request: ShareAcknowledgeRequest = {
    groupId: s.groupId,
    memberId: s.memberId,
    shareSessionEpoch: call.kind === 'close' ? -1 : session.epoch,
    isRenewAck: hasRenewals(call.acks),
    partitions,
  };
  const connection = connectionOf(w, c, broker);
  const correlationId = sendRequest(
    w,
    connection,
    SHARE_ACKNOWLEDGE,
    request,
    60 + s.groupId.length + batchBytes(partitions),
  );
  dropCall(x, call);
  s.requests = [...s.requests, { kind: 'acknowledge', connection, correlationId, broker, call }];
}

function sendFetches(w: World, x: ShareConsumer): number {
  const { c, s } = x;
  const plans = new Map<number, { fetch: SharePartitionId[]; acks: PartitionAcks[] }>();
  const planOf = (broker: number) => {
    let plan = plans.get(broker);
    if (plan === undefined) {
      plan = { fetch: [], acks: [] };
      plans.set(broker, plan);
    }
    return plan;
  };
  for (const id of s.partitions) {
    const leader = leaderOf(x, id);
    if (leader < 0) requestUpdate(c.metadata);
    else if (!isBusy(x, leader)) planOf(leader).fetch.push(id);
  }
  // A broker that leads nothing of its assignment any more may still have something acquired, or partitions to forget.
  for (const { broker, partitions, epoch } of s.sessions)
    if (epoch > 0 && partitions.length > 0 && !isBusy(x, broker)) planOf(broker);
  for (const p of s.acksWithFetch) if (!isBusy(x, p.broker)) planOf(p.broker).acks.push(p);
  let nextUs = NEVER;
  for (const [broker, plan] of plans) {
    const notBeforeUs = s.fetchNotBeforeUs[broker] ?? 0;
    if (notBeforeUs > w.nowUs) nextUs = Math.min(nextUs, notBeforeUs);
    else if (!nodeReady(w, c, broker)) nextUs = Math.min(nextUs, notReadyUntilUs(w, c, broker));
    else sendFetch(w, x, broker, plan.fetch, plan.acks);
  }
  return nextUs;
}

/** ShareSessionHandler.newShareFetchBuilder: only what is new to the session is named, and what it is to forget. */
function sendFetch(
  w: World,
  x: ShareConsumer,
  broker: number,
  wanted: readonly SharePartitionId[],
  planned: readonly PartitionAcks[],
): void {
  const { c, s } = x;
  const session = sessionOf(x, broker);
  const isNew = session.epoch === 0;
  s.acksWithFetch = s.acksWithFetch.filter((p) => !planned.includes(p));
  // A new session cannot carry acknowledgements: what was acquired under the old one is lost.
  if (isNew) ackFailed(w, x, planned, NOT_LEADER, false);
  const acks = isNew ? [] : deliverable(w, x, planned, false);
  const has = (list: readonly SharePartitionId[], id: SharePartitionId): boolean =>
    list.some((p) => p.topicId === id.topicId && p.index === id.index);
  const added = isNew ? wanted.slice() : wanted.filter((id) => !has(session.partitions, id));
  const removed = isNew ? [] : session.partitions.filter((id) => !has(wanted, id));
  const renews = hasRenewals(acks);
  if (isNew && wanted.length === 0) return;
  const limited = isRecordLimit(c);
  const idle = limited && s.fetchBroker !== broker && (s.fetchBroker >= 0 || wanted.length === 0);
  if (idle && added.length === 0 && removed.length === 0 && acks.length === 0) return;
  if (limited && s.fetchBroker < 0 && wanted.length > 0) s.fetchBroker = broker;
  const asks = !renews && !(limited && s.fetchBroker !== broker);
  const partitions = mergePartitions(added, acks);
  const request: ShareFetchRequest = {
    groupId: s.groupId,
    memberId: s.memberId,
    shareSessionEpoch: session.epoch,
    maxWaitMs: asks ? c.settings.fetchMaxWaitMs : 0,
    minBytes: asks ? c.settings.fetchMinBytes : 0,
    maxBytes: asks ? c.settings.fetchMaxBytes : 0,
    maxRecords: asks ? c.settings.maxPollRecords : 0,
    batchSize: asks ? c.settings.maxPollRecords : 0,
    shareAcquireMode: limited ? 1 : 0,
    isRenewAck: renews,
    partitions,
    forgottenTopicsData: removed,
  };
  const connection = connectionOf(w, c, broker);
  const size = 70 + s.groupId.length + batchBytes(partitions) + 20 * removed.length;
  const correlationId = sendRequest(w, connection, SHARE_FETCH, request, size);
  putSession(x, { broker, epoch: session.epoch, partitions: wanted.slice() });
  s.requests = [...s.requests, { kind: 'fetch', connection, correlationId, broker, acks, epoch: session.epoch }];
  // record_limit asks one broker at a time; the next round begins with another partition.
  const [first] = wanted;
  if (limited && s.fetchBroker === broker && first !== undefined)
    s.partitions = [...s.partitions.filter((p) => p !== first), first];
}

function mergePartitions(added: readonly SharePartitionId[], acks: readonly PartitionAcks[]): ShareFetchPartition[] {
  const partitions = acks.map(ackPartition);
  for (const id of added)
    if (!partitions.some((p) => p.partition === id.partition)) partitions.push({ ...id, acknowledgementBatches: [] });
  return partitions;
}

// --- answers ---------------------------------------------------------------------------------------------------------

function fetchEnded({ s }: ShareConsumer, broker: number): void {
  if (s.fetchBroker === broker) s.fetchBroker = -1;
}

function notBefore({ s }: ShareConsumer, broker: number, atUs: number): void {
  const list = s.fetchNotBeforeUs.slice();
  while (list.length <= broker) list.push(0);
  list[broker] = atUs;
  s.fetchNotBeforeUs = list;
}

export function handleShareFetch(w: World, x: ShareConsumer, sent: FetchSent, body: ShareFetchResponse): void {
  const { c, s } = x;
  fetchEnded(x, sent.broker);
  sessionAnswered(x, sent.broker, sent.epoch, body.errorCode);
  if (body.errorCode !== 0) {
    ackFailed(w, x, sent.acks, exceptionOf(body.errorCode), false);
    notBefore(x, sent.broker, w.nowUs + retryUs(w, x, 0));
    return;
  }
  let troubled = false;
  let acquired = false;
  for (const p of body.responses) {
    const acks = sent.acks.find((a) => a.id.partition === p.partition);
    if (acks !== undefined && p.acknowledgeErrorCode !== 0)
      ackFailed(w, x, [acks], exceptionOf(p.acknowledgeErrorCode), false);
    if (p.errorCode !== 0) {
      troubled = true;
      requestUpdate(c.metadata);
    }
    if (p.currentLeader !== null)
      updateLeadership(c.metadata, p.topic, p.index, p.currentLeader.leaderId, p.currentLeader.leaderEpoch);
    if (p.acquiredRecords.length === 0) continue;
    s.buffer = [...s.buffer, completedFetch(sent.broker, p)];
    acquired = true;
  }
  if (acquired) s.fetchMore = false;
  else notBefore(x, sent.broker, w.nowUs + (troubled ? retryUs(w, x, 0) : 1));
}

function retryUs(w: World, { c }: ShareConsumer, attempts: number): number {
  return Math.max(backoffMs(c.backoff, attempts, backoffDraw(w, c)), 1) * 1000;
}

function exceptionOf(code: number): string {
  return errorForCode(code).exception ?? 'KafkaException';
}

export function handleShareFetchLost(w: World, x: ShareConsumer, sent: FetchSent): void {
  fetchEnded(x, sent.broker);
  sessionAnswered(x, sent.broker, sent.epoch, 'lost');
  ackFailed(w, x, sent.acks, 'DisconnectException', false);
}

export function handleShareAcknowledge(
  w: World,
  x: ShareConsumer,
  sent: AckSent,
  body: ShareAcknowledgeResponse,
): void {
  const { c, s } = x;
  const { call } = sent;
  const thrown = call.kind === 'sync';
  if (call.kind === 'close') {
    s.sessions = s.sessions.filter((known) => known.broker !== sent.broker);
    return;
  }
  sessionAnswered(x, sent.broker, sessionOf(x, sent.broker).epoch, body.errorCode);
  if (body.errorCode !== 0) {
    if (errorForCode(body.errorCode).retriable) tryAgain(w, x, call, call.acks);
    else ackFailed(w, x, call.acks, exceptionOf(body.errorCode), thrown);
    return;
  }
  const again: PartitionAcks[] = [];
  for (const p of body.responses) {
    const acks = call.acks.find((a) => a.id.partition === p.partition);
    if (p.currentLeader !== null)
      updateLeadership(c.metadata, p.topic, p.index, p.currentLeader.leaderId, p.currentLeader.leaderEpoch);
    if (acks === undefined || p.errorCode === 0) continue;
    if (MOVED.includes(p.errorCode)) requestUpdate(c.metadata);
    if (!MOVED.includes(p.errorCode) && errorForCode(p.errorCode).retriable) again.push(acks);
    else ackFailed(w, x, [acks], exceptionOf(p.errorCode), thrown);
  }
  if (again.length > 0) tryAgain(w, x, call, again);
}

function tryAgain(w: World, x: ShareConsumer, call: AckCall, acks: readonly PartitionAcks[]): void {
  const notBeforeUs = w.nowUs + retryUs(w, x, call.attempts);
  x.s.ackCalls = [...x.s.ackCalls, { ...call, acks, attempts: call.attempts + 1, notBeforeUs }];
}

export function handleShareAcknowledgeLost(w: World, x: ShareConsumer, sent: AckSent): void {
  const { call } = sent;
  if (call.kind === 'close') x.s.sessions = x.s.sessions.filter((known) => known.broker !== sent.broker);
  else sessionAnswered(x, sent.broker, 0, 'lost');
  ackFailed(w, x, call.acks, 'DisconnectException', call.kind === 'sync');
}
