/**
 * Share fetches that wait for records, and how they are answered (Kafka: DelayedShareFetch, ShareFetchUtils). Reading and acquiring is one
 * step here, so that no partition is ever held by a fetch under way (rule 112: one fetch at a time).
 */
import { errorCode } from '../../kafka/api/errors.ts';
import type { FetchedBatch } from '../../kafka/api/messages.ts';
import type {
  ShareFetchPartitionResponse,
  ShareFetchResponse,
  SharePartitionId,
} from '../../kafka/api/messages-share.ts';
import { leaderError } from '../broker/fetch-read.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { brokerState, replicaOf } from '../broker/replicas.ts';
import { answer } from '../coordinator/turns.ts';
import type { World } from '../kernel/world.ts';
import { bytesAvailable, readLog } from '../log/log-read.ts';
import { lastStableOffset } from '../log/unified-log.ts';
import { shareConfig, shareLimits } from './config.ts';
import { armLock, shareWaiters } from './manager.ts';
import { observeAcquired } from './observe.ts';
import { acquire } from './partition/acquire.ts';
import { canAcquire, nextFetchOffset, onLogStartMoved } from './partition/offsets.ts';
import { noteTold } from './sessions.ts';
import type { ShareFetchWait, SharePending } from './share-state.ts';
import { ownShareBroker, ownSharePartition, shareBroker, sharePartitionAt } from './tables.ts';
import { registerShareTimer } from './timers.ts';

const UNKNOWN_SERVER_ERROR = errorCode('UNKNOWN_SERVER_ERROR');
const NOT_LEADER_OR_FOLLOWER = errorCode('NOT_LEADER_OR_FOLLOWER');
const FENCED_LEADER_EPOCH = errorCode('FENCED_LEADER_EPOCH');

export function changePending(w: World, broker: number, id: number, to: Partial<SharePending>): void {
  const b = ownShareBroker(w, broker);
  const at = b.pending.findIndex((p) => p.id === id);
  if (at >= 0) b.pending[at] = { ...(b.pending[at] as SharePending), ...to };
}

export function pendingOf(w: World, broker: number, id: number): SharePending | null {
  return shareBroker(w, broker)?.pending.find((p) => p.id === id) ?? null;
}

export function erroneous(w: World, broker: number, id: SharePartitionId, code: number): ShareFetchPartitionResponse {
  const known = brokerState(w, broker).image.partitions[id.partition] ?? null;
  const tells = (code === NOT_LEADER_OR_FOLLOWER || code === FENCED_LEADER_EPOCH) && known !== null;
  return {
    ...id,
    errorCode: code,
    acknowledgeErrorCode: 0,
    currentLeader: tells ? { leaderId: known.leader, leaderEpoch: known.leaderEpoch } : null,
    records: [],
    recordsSizeInBytes: 0,
    acquiredRecords: [],
  };
}

interface Acquirable {
  readonly id: SharePartitionId;
  readonly place: number;
  readonly fetchOffset: number;
}

/** DelayedShareFetch.acquirablePartitions. */
function acquirable(w: World, broker: number, wait: ShareFetchWait, groupId: string): Acquirable[] {
  const limits = shareLimits(w, broker, groupId);
  const result: Acquirable[] = [];
  for (const { id, place } of wait.partitions) {
    if (sharePartitionAt(w, place)?.status !== 'active') continue;
    const { data } = ownSharePartition(w, place);
    if (canAcquire(data, limits)) result.push({ id, place, fetchOffset: nextFetchOffset(data) });
  }
  return result;
}

function boundOf(r: ReplicaState, wait: ShareFetchWait): number {
  return wait.readCommitted ? lastStableOffset(r) : r.highWatermark;
}

/** An error while reading (or an offset that is out of range) is told at once; else minBytes must be there. */
function isWorthAnswering(w: World, broker: number, wait: ShareFetchWait, found: readonly Acquirable[]): boolean {
  let bytes = 0;
  const most = Math.floor(wait.maxBytes / Math.max(found.length, 1));
  for (const { id, fetchOffset } of found) {
    const r = replicaOf(w, broker, id.partition);
    if (leaderError(r, -1) !== 0 || r === null) return true;
    if (fetchOffset < r.logStart || fetchOffset > r.leo) return true;
    const bound = boundOf(r, wait);
    if (fetchOffset > bound) return true;
    bytes += bytesAvailable(r, fetchOffset, bound, most);
  }
  return bytes >= wait.minBytes;
}

/** Answers the fetch if there is something for it. `force`: its time is up. */
export function tryShareFetch(w: World, broker: number, id: number, force: boolean): void {
  const pending = pendingOf(w, broker, id);
  if (pending === null || pending.fetch === null) return;
  const wait = pending.fetch;
  const found = acquirable(w, broker, wait, pending.groupId);
  if (!force && (found.length === 0 || !isWorthAnswering(w, broker, wait, found))) return;
  const touched: number[] = [];
  const responses: ShareFetchPartitionResponse[] = [];
  let records = 0;
  const maxBytes = Math.floor(wait.maxBytes / Math.max(found.length, 1));
  for (const each of found) {
    const response = readAndAcquire(w, broker, pending, wait, each, maxBytes, wait.maxRecords - records);
    for (const a of response.acquiredRecords) records += a.lastOffset - a.firstOffset + 1;
    responses.push(response);
    touched.push(each.place);
  }
  changePending(w, broker, id, { fetch: null, responses: [...responses, ...wait.erroneous] });
  answerIfDecided(w, broker, id);
  // Others may get what this one left.
  for (const place of touched) retryWaiters(w, broker, place);
}

function readAndAcquire(
  w: World,
  broker: number,
  pending: SharePending,
  wait: ShareFetchWait,
  { id, place, fetchOffset }: Acquirable,
  maxBytes: number,
  maxRecords: number,
): ShareFetchPartitionResponse {
  const r = replicaOf(w, broker, id.partition);
  const code = leaderError(r, -1);
  if (code !== 0 || r === null) return erroneous(w, broker, id, code);
  const p = ownSharePartition(w, place);
  const nothing = erroneous(w, broker, id, 0);
  if (fetchOffset < r.logStart || fetchOffset > r.leo) {
    // Retention has taken what the group would read next: it goes on where the log starts.
    onLogStartMoved(p.data, r.logStart);
    return nothing;
  }
  const { batches } = readLog(r, fetchOffset, maxBytes, boundOf(r, wait), true);
  const acquired = acquire(p.data, shareLimits(w, broker, p.groupId), {
    member: pending.memberId,
    recordLimit: wait.recordLimit,
    batchSize: wait.batchSize,
    maxRecords,
    fetchOffset,
    batches,
    aborted: [],
    nowUs: w.nowUs,
  });
  if (acquired.records.length === 0) return nothing;
  armLock(w, p);
  observeAcquired(w, p, pending.memberId, acquired.records);
  const records = sliceOf(batches, acquired.records);
  return {
    ...nothing,
    records,
    recordsSizeInBytes: records.reduce((sum, b) => sum + b.batch.sizeInBytes, 0),
    acquiredRecords: acquired.records,
  };
}

/** ShareFetchUtils.maybeSliceFetchRecords: only batches that hold something acquired travel. */
function sliceOf(
  batches: readonly FetchedBatch[],
  acquired: readonly { readonly firstOffset: number; readonly lastOffset: number }[],
): readonly FetchedBatch[] {
  const first = acquired[0]?.firstOffset ?? 0;
  const last = acquired[acquired.length - 1]?.lastOffset ?? 0;
  return batches.filter((b) => b.lastOffset >= first && b.baseOffset <= last);
}

/** Sends the answer once the acknowledgements are written and the fetch is done. */
export function answerIfDecided(w: World, broker: number, id: number): void {
  const pending = pendingOf(w, broker, id);
  if (pending === null || pending.kind !== 'fetch' || pending.fetch !== null || pending.acksWaiting > 0) return;
  const b = ownShareBroker(w, broker);
  b.pending = b.pending.filter((p) => p.id !== id);
  const responses = withAcks(w, broker, pending);
  const told = responses.filter((r) => r.records.length > 0);
  noteTold(w, broker, pending.groupId, pending.memberId, told);
  const errors: number[] = [];
  for (const r of responses) {
    if (r.errorCode !== 0) errors.push(r.errorCode);
    if (r.acknowledgeErrorCode !== 0) errors.push(r.acknowledgeErrorCode);
  }
  const lockMs = shareConfig(w, broker, pending.groupId).recordLockDurationMs;
  sendShareFetch(w, pending, { errorCode: 0, acquisitionLockTimeoutMs: lockMs, responses, errors });
}

/** ShareSessionContext: what has records, an error or an acknowledgement's result is told; the rest is left out. */
function withAcks(w: World, broker: number, pending: SharePending): ShareFetchPartitionResponse[] {
  const full = pending.sessionEpoch === 0;
  const responses = pending.responses.filter((r) => full || r.errorCode !== 0 || r.acquiredRecords.length > 0);
  for (const ack of pending.acks) {
    const at = responses.findIndex((r) => r.topicId === ack.topicId && r.index === ack.index);
    const { topic, topicId, index, partition } = ack;
    const base =
      at >= 0
        ? (responses[at] as ShareFetchPartitionResponse)
        : erroneous(w, broker, { topic, topicId, index, partition }, 0);
    const told = {
      ...base,
      acknowledgeErrorCode: ack.errorCode,
      currentLeader: ack.currentLeader ?? base.currentLeader,
    };
    if (at >= 0) responses[at] = told;
    else responses.push(told);
  }
  return responses;
}

export function sendShareFetch(w: World, pending: Pick<SharePending, 'request'>, body: ShareFetchResponse): void {
  let size = 40;
  for (const r of body.responses) size += 50 + r.recordsSizeInBytes + 19 * r.acquiredRecords.length;
  answer(w, pending.request, body, size);
}

export function shareFetchError(code: number): ShareFetchResponse {
  return { errorCode: code, acquisitionLockTimeoutMs: 0, responses: [], errors: [code] };
}

// --- occasions ------------------------------------------------------------------------------------------------------

function waiting(w: World, broker: number, watches: (wait: ShareFetchWait) => boolean): number[] {
  return (shareBroker(w, broker)?.pending ?? []).flatMap((p) => (p.fetch !== null && watches(p.fetch) ? [p.id] : []));
}

function retryWaiters(w: World, broker: number, place: number): void {
  for (const id of waiting(w, broker, (f) => f.partitions.some((p) => p.place === place)))
    tryShareFetch(w, broker, id, false);
}

/** The log's high watermark has moved: there may be records to acquire. */
export function logGrew(w: World, broker: number, partition: number): void {
  for (const id of waiting(w, broker, (f) => f.partitions.some((p) => p.id.partition === partition)))
    tryShareFetch(w, broker, id, false);
}

shareWaiters.retry = retryWaiters;
shareWaiters.failed = (w, broker, place, error) => {
  for (const id of waiting(w, broker, (f) => f.partitions.some((p) => p.place === place))) {
    const { fetch } = pendingOf(w, broker, id) as SharePending;
    if (fetch === null) continue;
    const mine = fetch.partitions.filter((p) => p.place === place);
    const told = mine.map((p) => erroneous(w, broker, p.id, error === 0 ? UNKNOWN_SERVER_ERROR : error));
    changePending(w, broker, id, {
      fetch: {
        ...fetch,
        partitions: fetch.partitions.filter((p) => p.place !== place),
        erroneous: [...fetch.erroneous, ...told],
      },
    });
    // A leader that is none any more is told at once; what could not be read, when the fetch has waited.
    if (error === NOT_LEADER_OR_FOLLOWER) tryShareFetch(w, broker, id, true);
  }
};

/** Fetches whose time is up, and refusals that wait as long as a fetch would. */
registerShareTimer((w, broker) => {
  for (const p of shareBroker(w, broker)?.pending ?? []) {
    if (p.fetch !== null && p.fetch.deadlineUs <= w.nowUs) tryShareFetch(w, broker, p.id, true);
    if (p.idleUntilUs > 0 && p.idleUntilUs <= w.nowUs) {
      const b = ownShareBroker(w, broker);
      b.pending = b.pending.filter((q) => q.id !== p.id);
      sendShareFetch(w, p, shareFetchError(p.idleError));
    }
  }
  let nextUs = 0;
  for (const p of shareBroker(w, broker)?.pending ?? []) {
    const atUs = p.fetch?.deadlineUs ?? p.idleUntilUs;
    if (atUs > 0 && (nextUs === 0 || atUs < nextUs)) nextUs = atUs;
  }
  return nextUs;
});
