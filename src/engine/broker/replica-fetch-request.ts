/**
 * What a follower asks of its leader next (Kafka: RemoteLeaderEndPoint.buildFetch with its FetchSessionHandler). A partition
 * whose end did not move is not named again: the session knows it.
 */
import type { FetchPartition, FetchRequest, ForgottenPartition } from '../../kafka/api/messages.ts';
import { isFull } from '../client/fetch-session-handler.ts';
import { BROKER_STRIDE, type PartitionName, type World } from '../kernel/world.ts';
import { latestLogEpoch } from '../log/unified-log.ts';
import { type FetchedPartition, type FetcherState, withSent } from './replica-fetcher-state.ts';
import type { ReplicaState } from './replica-state.ts';
import { brokerState } from './replicas.ts';

export function isDue(p: FetchedPartition, nowUs: number): boolean {
  return !p.fenced && p.delayedUntilUs <= nowUs;
}

function request(w: World, p: FetchedPartition, r: ReplicaState, maxBytes: number): FetchPartition {
  const { topic, index } = w.partitions[p.partition] as PartitionName;
  return {
    topic,
    index,
    partition: p.partition,
    currentLeaderEpoch: p.leaderEpoch,
    fetchOffset: r.leo,
    lastFetchedEpoch: latestLogEpoch(r),
    logStartOffset: r.logStart,
    partitionMaxBytes: maxBytes,
  };
}

function isAsked(sent: FetchPartition, p: FetchedPartition, r: ReplicaState): boolean {
  return (
    sent.fetchOffset === r.leo &&
    sent.currentLeaderEpoch === p.leaderEpoch &&
    sent.logStartOffset === r.logStart &&
    sent.lastFetchedEpoch === latestLogEpoch(r)
  );
}

const NONE: readonly FetchPartition[] = [];

/** Lists here are short or none: the first item makes an array of one. */
function push(list: readonly FetchPartition[], item: FetchPartition): readonly FetchPartition[] {
  if (list === NONE) return [item];
  (list as FetchPartition[]).push(item);
  return list;
}

/** Builds the request and notes in the fetcher, which the caller owns, what its session asks from now on. */
export function buildFetchRequest(w: World, f: FetcherState): FetchRequest {
  const b = brokerState(w, f.follower);
  const full = isFull(f.next);
  let added = NONE;
  let altered = NONE;
  let forgotten: readonly ForgottenPartition[] = full || f.toForget.length === 0 ? NONE : f.toForget.map(named);
  for (let i = 0; i < f.partitions.length; i++) {
    const p = f.partitions[i] as FetchedPartition;
    const sent = full ? null : p.sent;
    if (!isDue(p, w.nowUs)) {
      if (sent !== null) forgotten = [...forgotten, named(sent)];
      if (p.sent !== null) f.partitions[i] = withSent(p, null);
      continue;
    }
    const r = w.replicas[p.partition * BROKER_STRIDE + f.follower] as ReplicaState;
    if (sent !== null && isAsked(sent, p, r)) continue;
    const asked = request(w, p, r, b.settings.replicaFetchMaxBytes);
    if (sent === null) added = push(added, asked);
    else altered = push(altered, asked);
    f.partitions[i] = withSent(p, asked);
  }
  f.toForget = NONE;
  return {
    replicaId: f.follower,
    replicaEpoch: b.brokerEpoch,
    maxWaitMs: b.settings.replicaFetchWaitMaxMs,
    minBytes: b.settings.replicaFetchMinBytes,
    maxBytes: b.settings.replicaFetchResponseMaxBytes,
    isolationLevel: 0,
    rackId: '',
    sessionId: f.next.sessionId,
    sessionEpoch: f.next.epoch,
    partitions: altered.length === 0 ? added : added.length === 0 ? altered : [...added, ...altered],
    forgottenTopicsData: forgotten,
  };
}

function named({ topic, index, partition }: FetchPartition): ForgottenPartition {
  return { topic, index, partition };
}

/** How many partitions the session holds as this follower sees it. */
export function askedCount(f: FetcherState): number {
  let count = 0;
  for (const p of f.partitions) if (p.sent !== null) count += 1;
  return count + f.toForget.length;
}

/** What the session asks of a partition; null: it does not hold it. */
export function askedOf(f: FetcherState, partition: number): FetchPartition | null {
  for (const p of f.partitions) if (p.partition === partition && p.sent !== null) return p.sent;
  for (const p of f.toForget) if (p.partition === partition) return p;
  return null;
}
