/** Fetching ahead: one request in flight for each leader, for the partitions that nothing is buffered of (Kafka: AbstractFetch, Fetcher). */
import { error as kafkaError } from '../../kafka/api/errors-core.ts';
import { fetchRequestBytes } from '../../kafka/api/fetch-size.ts';
import type { FetchPartition, FetchRequest, FetchResponse } from '../../kafka/api/messages.ts';
import { tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { sendRequest } from '../net/network.ts';
import { requestUpdate, updateLeadership } from './client-metadata.ts';
import { Api, connectionOf, NEVER, nodeReady, notReadyUntilUs } from './client-network.ts';
import type { AssignedPartition, ConsumerRequest, ConsumerState } from './consumer-state.ts';
import {
  afterResponse,
  buildFetch,
  closeExistingAttemptNew,
  type FetchSessionState,
  NEW_SESSION,
} from './fetch-session-handler.ts';
import { denseOf } from './offset-fetcher.ts';
import { findAssigned, maybeValidate, validateOnMetadataChange } from './subscription-state.ts';

type SentFetch = Extract<ConsumerRequest, { kind: 'fetch' }>;

const NOT_LEADER = kafkaError('NOT_LEADER_OR_FOLLOWER').code;
/** No real network is faster; where the scenario's is, time must still go on between questions. */
const LEAST_ROUND_TRIP_US = 1000;
const FENCED_EPOCH = kafkaError('FENCED_LEADER_EPOCH').code;

function isBuffered(c: ConsumerState, p: AssignedPartition): boolean {
  for (const f of c.buffer) if (f.index === p.index && f.topic === p.topic) return true;
  return false;
}

/** Leaders of partitions whose data the application has not used up: they are not asked again before that. */
function bufferedNodes(c: ConsumerState): number[] {
  const nodes: number[] = [];
  for (const f of c.buffer) {
    const p = findAssigned(c, f.topic, f.index);
    if (p !== null && p.fetchState === 'fetching' && !p.pendingRevocation && p.leader >= 0) nodes.push(p.leader);
  }
  return nodes;
}

const NO_GROUPS: readonly never[] = [];

/** KafkaConsumer.sendFetches. Returns when a leader that is out of reach is worth another try. */
export function sendFetches(w: World, c: ConsumerState): number {
  validateOnMetadataChange(c);
  let wakeUs = NEVER;
  const busy = bufferedNodes(c);
  let groups: { readonly broker: number; readonly partitions: AssignedPartition[] }[] | null = null;
  for (const p of c.partitions) {
    if (p.fetchState !== 'fetching' || p.pendingRevocation || isBuffered(c, p)) continue;
    if (p.leader < 0) {
      requestUpdate(c.metadata);
      continue;
    }
    if (busy.includes(p.leader) || c.requests.some((r) => r.kind === 'fetch' && r.broker === p.leader)) continue;
    const notBeforeUs = c.fetchNotBeforeUs[p.leader] ?? 0;
    const group = groups?.find((g) => g.broker === p.leader);
    if (group !== undefined) group.partitions.push(p);
    else if (notBeforeUs > w.nowUs) wakeUs = Math.min(wakeUs, notBeforeUs);
    else if (nodeReady(w, c, p.leader)) groups = [...(groups ?? NO_GROUPS), { broker: p.leader, partitions: [p] }];
    else wakeUs = Math.min(wakeUs, notReadyUntilUs(w, c, p.leader));
  }
  if (groups !== null) for (const { broker, partitions } of groups) sendFetch(w, c, broker, partitions);
  return wakeUs;
}

function sendFetch(w: World, c: ConsumerState, broker: number, group: readonly AssignedPartition[]): void {
  const { settings } = c;
  const wanted: FetchPartition[] = group.map((p) => ({
    topic: p.topic,
    index: p.index,
    partition: denseOf(c, p),
    currentLeaderEpoch: p.leaderEpoch,
    fetchOffset: p.offset,
    lastFetchedEpoch: -1,
    logStartOffset: -1,
    partitionMaxBytes: settings.maxPartitionFetchBytes,
  }));
  const { state, toSend, toForget } = buildFetch(sessionWith(c, broker), wanted);
  const request: FetchRequest = {
    replicaId: -1,
    replicaEpoch: -1,
    maxWaitMs: settings.fetchMaxWaitMs,
    minBytes: settings.fetchMinBytes,
    maxBytes: settings.fetchMaxBytes,
    isolationLevel: settings.isolationLevel === 'read_committed' ? 1 : 0,
    rackId: settings.clientRack,
    sessionId: state.next.sessionId,
    sessionEpoch: state.next.epoch,
    partitions: toSend,
    forgottenTopicsData: toForget,
  };
  keepSession(c, broker, state);
  const connection = connectionOf(w, c, broker);
  const correlationId = sendRequest(w, connection, Api.Fetch, request, fetchRequestBytes(request, c.id.length));
  c.requests.push({ kind: 'fetch', connection, correlationId, broker, sentUs: w.nowUs });
}

function sessionWith(c: ConsumerState, broker: number): FetchSessionState {
  return c.fetchSessions[broker] ?? NEW_SESSION;
}

function keepSession(c: ConsumerState, broker: number, state: FetchSessionState): void {
  while (c.fetchSessions.length <= broker) c.fetchSessions.push(undefined);
  c.fetchSessions[broker] = state;
}

/** AbstractFetch.handleFetchFailure: nobody knows how far the session got; the next fetch asks for a new one. */
export function handleFetchLost(c: ConsumerState, request: SentFetch): void {
  const state = sessionWith(c, request.broker);
  keepSession(c, request.broker, { ...state, next: closeExistingAttemptNew(state.next) });
}

/** AbstractFetch.handleFetchSuccess: buffers what came; errors are looked at when poll() gets to them. */
export function handleFetchResponse(w: World, c: ConsumerState, request: SentFetch, body: FetchResponse): void {
  const state = sessionWith(c, request.broker);
  const asks = (partition: number): FetchPartition | undefined =>
    state.partitions.find((p) => p.partition === partition);
  const strange = body.responses.some((answer) => asks(answer.partition) === undefined);
  const { next, usable } = afterResponse(state.next, body, state.partitions.length, strange);
  keepSession(c, request.broker, { next, partitions: state.partitions });
  if (body.responses.every((answer) => answer.records.length === 0)) {
    while (c.fetchNotBeforeUs.length < request.broker) c.fetchNotBeforeUs.push(0);
    c.fetchNotBeforeUs[request.broker] = request.sentUs + LEAST_ROUND_TRIP_US;
  }
  if (!usable) return;
  for (const answer of body.responses) {
    const asked = asks(answer.partition) as FetchPartition;
    const p = findAssigned(c, answer.topic, answer.index);
    if (p === null) continue;
    if (
      answer.errorCode === 0 &&
      answer.records.length === 0 &&
      p.fetchState === 'fetching' &&
      p.offset === asked.fetchOffset
    ) {
      updateEnds(p, answer.highWatermark, answer.lastStableOffset, answer.logStartOffset);
      continue;
    }
    c.buffer.push({
      topic: answer.topic,
      index: answer.index,
      answer,
      nextOffset: asked.fetchOffset,
      lastEpoch: -1,
      batchAt: 0,
      recordAt: 0,
      unpacked: answer.records.some((b) => b.batch.packed !== null) ? 0 : NEVER,
      initialized: false,
    });
    const { currentLeader, errorCode } = answer;
    if (currentLeader === null || (errorCode !== NOT_LEADER && errorCode !== FENCED_EPOCH)) continue;
    if (!updateLeadership(c.metadata, answer.topic, answer.index, currentLeader.leaderId, currentLeader.leaderEpoch))
      continue;
    tellLeader(w, c, p.name, currentLeader.leaderId);
    maybeValidate(p, currentLeader.leaderId, currentLeader.leaderEpoch);
  }
}

export function updateEnds(
  p: AssignedPartition,
  highWatermark: number,
  lastStableOffset: number,
  logStartOffset: number,
): void {
  if (highWatermark >= 0) p.highWatermark = highWatermark;
  if (lastStableOffset >= 0) p.lastStableOffset = lastStableOffset;
  if (logStartOffset >= 0) p.logStartOffset = logStartOffset;
}

export function tellLeader(w: World, c: ConsumerState, partition: string, broker: number): void {
  tell(w, 'log.consumer.learnt', { consumer: c.id, broker, partition }, [`consumer:${c.id}`, `partition:${partition}`]);
}
