/** Reading for a Fetch (Kafka: ReplicaManager.readFromLog, Partition.fetchRecords). Rules 11, 14, 19, 25, 26. */
import { errorCode } from '../../kafka/api/errors.ts';
import type { FetchPartition, FetchPartitionResponse, FetchRequest, FetchResponse } from '../../kafka/api/messages.ts';
import type { World } from '../kernel/world.ts';
import { endOffsetForEpoch, lastStableOffset, read } from '../log/unified-log.ts';
import type { Message } from '../net/message.ts';
import { respond } from '../net/network.ts';
import type { ReplicaState } from './replica-state.ts';
import { brokerState, replicaOf } from './replicas.ts';

const NOT_LEADER_OR_FOLLOWER = errorCode('NOT_LEADER_OR_FOLLOWER');
const UNKNOWN_TOPIC_OR_PARTITION = errorCode('UNKNOWN_TOPIC_OR_PARTITION');
const FENCED_LEADER_EPOCH = errorCode('FENCED_LEADER_EPOCH');
const UNKNOWN_LEADER_EPOCH = errorCode('UNKNOWN_LEADER_EPOCH');
const OFFSET_OUT_OF_RANGE = errorCode('OFFSET_OUT_OF_RANGE');

const NO_RECORDS: FetchPartitionResponse['records'] = [];

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
  readonly response: FetchPartitionResponse;
  readonly bytes: number;
  /** The leader's end offset when it read; -1 on an error. */
  readonly leaderLeo: number;
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
    records: NO_RECORDS,
  };
  return { response, bytes: 0, leaderLeo: -1 };
}

function answered(
  p: FetchPartition,
  r: ReplicaState,
  lastStable: number,
  divergingEpoch: FetchPartitionResponse['divergingEpoch'],
  records: FetchPartitionResponse['records'],
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
    records,
  };
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
  const fromFollower = request.replicaId >= 0;
  if (fromFollower && !r.remotes.some((x) => x.brokerId === request.replicaId))
    return failed(w, brokerId, p, UNKNOWN_LEADER_EPOCH, r);
  const lso = lastStableOffset(r);
  if (p.lastFetchedEpoch >= 0 && !w.bugs.noLeaderEpochCheck) {
    const end = endOffsetForEpoch(r, p.lastFetchedEpoch);
    if (end.epoch < 0 || end.endOffset < 0) return failed(w, brokerId, p, OFFSET_OUT_OF_RANGE, r);
    if (end.epoch < p.lastFetchedEpoch || end.endOffset < p.fetchOffset) {
      const divergingEpoch = { epoch: end.epoch, endOffset: end.endOffset };
      return { response: answered(p, r, lso, divergingEpoch, NO_RECORDS), bytes: 0, leaderLeo: r.leo };
    }
  }
  if (p.fetchOffset < r.logStart || p.fetchOffset > r.leo) return failed(w, brokerId, p, OFFSET_OUT_OF_RANGE, r);
  const bound = fromFollower ? r.leo : request.isolationLevel === 1 ? lso : r.highWatermark;
  const records = read(r, p.fetchOffset, Math.min(maxBytes, p.partitionMaxBytes), bound, minOneMessage);
  let bytes = 0;
  for (const b of records) bytes += b.batch.sizeInBytes;
  return { response: answered(p, r, lso, null, records), bytes, leaderLeo: r.leo };
}

/** Reads all partitions of a fetch within its response limit (rule 26). */
export function readAll(w: World, brokerId: number, request: FetchRequest): ReadOutcome[] {
  const out: ReadOutcome[] = [];
  let left = request.maxBytes;
  let minOneMessage = true;
  for (const p of request.partitions) {
    const one = readPartition(w, brokerId, request, p, left, minOneMessage);
    if (one.bytes > 0) minOneMessage = false;
    left = Math.max(0, left - one.bytes);
    out.push(one);
  }
  return out;
}

/** Reads again and answers: for a fetch that has waited (rule 11: it carries the high watermark of its completion). */
export function answerFetch(w: World, brokerId: number, request: Message): void {
  sendFetchResponse(w, request, readAll(w, brokerId, request.body as FetchRequest));
}

export function sendFetchResponse(w: World, request: Message, outcomes: readonly ReadOutcome[]): void {
  const responses: FetchPartitionResponse[] = [];
  const errors: number[] = [];
  let bytes = 0;
  for (const o of outcomes) {
    responses.push(o.response);
    bytes += o.bytes;
    if (o.response.errorCode !== 0) errors.push(o.response.errorCode);
  }
  const body: FetchResponse = { errorCode: 0, responses, errors };
  respond(w, request, body, 40 + 50 * responses.length + bytes);
}
