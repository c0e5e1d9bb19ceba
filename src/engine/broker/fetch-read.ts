/** Reading for a Fetch (Kafka: ReplicaManager.readFromLog, Partition.fetchRecords). Rules 11, 14, 19, 25, 26, 28. */
import { errorCode } from '../../kafka/api/errors-core.ts';
import { fetchResponseBytes } from '../../kafka/api/fetch-size.ts';
import type { FetchPartition, FetchPartitionResponse, FetchRequest, FetchResponse } from '../../kafka/api/messages.ts';
import { BROKER_STRIDE, type World } from '../kernel/world.ts';
import { type FetchData, readLog } from '../log/log-read.ts';
import { endOffsetForEpoch, lastStableOffset } from '../log/unified-log.ts';
import type { Message } from '../net/message.ts';
import { respond } from '../net/network.ts';
import {
  type CachedPartition,
  isUnchanged,
  maybeCreateSession,
  mustRespond,
  nextSessionEpoch,
  ownCached,
  ownSession,
  placeIn,
} from './fetch-session.ts';
import type { ReplicaState } from './replica-state.ts';
import { brokerState, replicaOf } from './replicas.ts';

const NOT_LEADER_OR_FOLLOWER = errorCode('NOT_LEADER_OR_FOLLOWER');
const UNKNOWN_TOPIC_OR_PARTITION = errorCode('UNKNOWN_TOPIC_OR_PARTITION');
const FENCED_LEADER_EPOCH = errorCode('FENCED_LEADER_EPOCH');
const UNKNOWN_LEADER_EPOCH = errorCode('UNKNOWN_LEADER_EPOCH');
const OFFSET_OUT_OF_RANGE = errorCode('OFFSET_OUT_OF_RANGE');
const INVALID_FETCH_SESSION_EPOCH = errorCode('INVALID_FETCH_SESSION_EPOCH');

const NO_RECORDS: FetchData = { batches: [], sizeInBytes: 0 };
const NO_RESPONSES: readonly FetchPartitionResponse[] = [];
const NO_ERRORS: readonly number[] = [];
const NO_OUTCOMES: readonly ReadOutcome[] = [];

/** Rule 19, and who leads. 0: this broker leads under that epoch (-1: any). */
export function leaderError(r: ReplicaState | null, currentLeaderEpoch: number): number {
  if (r === null) return UNKNOWN_TOPIC_OR_PARTITION;
  if (currentLeaderEpoch >= 0 && r.leaderEpoch >= 0) {
    if (currentLeaderEpoch < r.leaderEpoch) return FENCED_LEADER_EPOCH;
    if (currentLeaderEpoch > r.leaderEpoch) return UNKNOWN_LEADER_EPOCH;
  }
  return r.role === 'leader' ? 0 : NOT_LEADER_OR_FOLLOWER;
}

export interface ReadOutcome {
  readonly requested: FetchPartition;
  readonly response: FetchPartitionResponse;
  /** The leader's end offset when it read; -1 on an error. */
  readonly leaderLeo: number;
  /** The client stands where what it may read ends. */
  readonly caughtUp: boolean;
}

function failed(w: World, brokerId: number, p: FetchPartition, code: number, r: ReplicaState | null): ReadOutcome {
  const known = brokerState(w, brokerId).image.partitions[p.partition];
  const tellsLeader = (code === NOT_LEADER_OR_FOLLOWER || code === FENCED_LEADER_EPOCH) && known;
  const response: FetchPartitionResponse = {
    topic: p.topic,
    index: p.index,
    partition: p.partition,
    errorCode: code,
    highWatermark: -1,
    lastStableOffset: -1,
    logStartOffset: r?.logStart ?? -1,
    divergingEpoch: null,
    currentLeader: tellsLeader ? { leaderId: known.leader, leaderEpoch: known.leaderEpoch } : null,
    preferredReadReplica: -1,
    records: NO_RECORDS.batches,
    recordsSizeInBytes: 0,
  };
  return { requested: p, response, leaderLeo: -1, caughtUp: false };
}

function answered(
  p: FetchPartition,
  r: ReplicaState,
  lastStable: number,
  divergingEpoch: FetchPartitionResponse['divergingEpoch'],
  data: FetchData,
): FetchPartitionResponse {
  return {
    topic: p.topic,
    index: p.index,
    partition: p.partition,
    errorCode: 0,
    highWatermark: r.highWatermark,
    lastStableOffset: lastStable,
    logStartOffset: r.logStart,
    divergingEpoch,
    currentLeader: null,
    preferredReadReplica: -1,
    records: data.batches,
    recordsSizeInBytes: data.sizeInBytes,
  };
}

function follows(r: ReplicaState, brokerId: number): boolean {
  for (const x of r.remotes) if (x.brokerId === brokerId) return true;
  return false;
}

/** Where what this client may read ends (rule 25). */
export function readBound(r: ReplicaState, request: FetchRequest): number {
  if (request.replicaId >= 0) return r.leo;
  return request.isolationLevel === 1 ? lastStableOffset(r) : r.highWatermark;
}

/** Reads one partition as it stands now; changes nothing. */
export function readPartition(
  w: World,
  brokerId: number,
  request: FetchRequest,
  p: FetchPartition,
  maxBytes: number,
  minOneMessage: boolean,
): ReadOutcome {
  const r = replicaOf(w, brokerId, p.partition);
  const code = leaderError(r, p.currentLeaderEpoch);
  if (code !== 0 || r === null) return failed(w, brokerId, p, code, r);
  if (request.replicaId >= 0 && !follows(r, request.replicaId)) return failed(w, brokerId, p, UNKNOWN_LEADER_EPOCH, r);
  const lso = lastStableOffset(r);
  if (p.lastFetchedEpoch >= 0 && !w.bugs.noLeaderEpochCheck) {
    const end = endOffsetForEpoch(r, p.lastFetchedEpoch);
    if (end.epoch < 0 || end.endOffset < 0) return failed(w, brokerId, p, OFFSET_OUT_OF_RANGE, r);
    if (end.epoch < p.lastFetchedEpoch || end.endOffset < p.fetchOffset) {
      const divergingEpoch = { epoch: end.epoch, endOffset: end.endOffset };
      const response = answered(p, r, lso, divergingEpoch, NO_RECORDS);
      return { requested: p, response, leaderLeo: r.leo, caughtUp: false };
    }
  }
  if (p.fetchOffset < r.logStart || p.fetchOffset > r.leo) return failed(w, brokerId, p, OFFSET_OUT_OF_RANGE, r);
  const bound = readBound(r, request);
  const data = readLog(r, p.fetchOffset, Math.min(maxBytes, p.partitionMaxBytes), bound, minOneMessage);
  const response = answered(p, r, lso, null, data);
  return { requested: p, response, leaderLeo: r.leo, caughtUp: p.fetchOffset >= bound };
}

/**
 * Reads the partitions of a fetch, or of its session, in order and within the response's limit (rule 26). What the session has
 * seen unchanged is left out: reading it would give nothing to tell.
 */
export function readAll(w: World, brokerId: number, request: FetchRequest, slot: number): readonly ReadOutcome[] {
  const b = brokerState(w, brokerId);
  const session = slot < 0 ? null : (b.fetchSessions[slot] ?? null);
  const count = session === null ? request.partitions.length : session.partitions.length;
  let out: ReadOutcome[] | null = null;
  let left = Math.min(request.maxBytes, b.settings.fetchMaxBytes);
  let minOneMessage = true;
  for (let i = 0; i < count; i++) {
    let p: FetchPartition;
    if (session === null) p = request.partitions[i] as FetchPartition;
    else {
      const c = session.partitions[i] as CachedPartition;
      p = c.requested;
      if (isUnchanged(c, w.replicas[p.partition * BROKER_STRIDE + brokerId])) continue;
    }
    const one = readPartition(w, brokerId, request, p, left, minOneMessage);
    const bytes = one.response.recordsSizeInBytes;
    if (bytes > 0) minOneMessage = false;
    left = Math.max(0, left - bytes);
    if (out === null) out = [one];
    else out.push(one);
  }
  return out ?? NO_OUTCOMES;
}

/** Reads again and answers: for a fetch that has waited (rule 11: it carries the high watermark of its completion). */
export function answerFetch(w: World, brokerId: number, request: Message, slot: number): void {
  sendFetchResponse(w, brokerId, request, slot, readAll(w, brokerId, request.body as FetchRequest, slot));
}

/** An answer about the whole request, without partitions. */
export function sendFetchError(w: World, request: Message, code: number, sessionId = 0): void {
  const body: FetchResponse = { errorCode: code, sessionId, responses: NO_RESPONSES, errors: [code] };
  respond(w, request, body, fetchResponseBytes(body));
}

export function sendFetchResponse(
  w: World,
  brokerId: number,
  request: Message,
  slot: number,
  outcomes: readonly ReadOutcome[],
): void {
  const asked = request.body as FetchRequest;
  let sessionId = 0;
  let responses: readonly FetchPartitionResponse[];
  if (slot < 0) {
    responses = outcomes.map((o) => o.response);
    if (asked.sessionEpoch === 0) sessionId = maybeCreateSession(w, brokerId, asked, responses);
  } else {
    const s = ownSession(w, brokerId, slot);
    sessionId = s.id;
    if (s.epoch !== nextSessionEpoch(asked.sessionEpoch)) {
      sendFetchError(w, request, INVALID_FETCH_SESSION_EPOCH, sessionId);
      return;
    }
    responses = outcomes.length === 0 ? NO_RESPONSES : tellNews(w, brokerId, slot, outcomes);
  }
  let errors = NO_ERRORS;
  for (const p of responses) if (p.errorCode !== 0) errors = [...errors, p.errorCode];
  const body: FetchResponse = { errorCode: 0, sessionId, responses, errors };
  respond(w, request, body, fetchResponseBytes(body));
}

/** IncrementalFetchContext: keeps what must be told (rule 28); a partition that gives records is read last next time. */
function tellNews(
  w: World,
  brokerId: number,
  slot: number,
  outcomes: readonly ReadOutcome[],
): readonly FetchPartitionResponse[] {
  const s = ownSession(w, brokerId, slot);
  let told: FetchPartitionResponse[] | null = null;
  for (const { response } of outcomes) {
    const at = placeIn(s, response.partition);
    if (at < 0) continue;
    const c = ownCached(w, s, at);
    if (!mustRespond(c, response)) continue;
    if (told === null) told = [response];
    else told.push(response);
    if (response.recordsSizeInBytes === 0 || at === s.partitions.length - 1) continue;
    s.partitions.splice(at, 1);
    s.partitions.push(c);
  }
  return told ?? NO_RESPONSES;
}
