/**
 * Fetches that wait at a broker (Kafka: DelayedFetch and its purgatory). They are looked at when something happens to a
 * partition that they watch: a fetch of a session by way of the session, which knows what it holds. One time-out event
 * is pending at most.
 */
import type { FetchPartition, FetchRequest } from '../../kafka/api/messages.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, schedule } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { bytesAvailable, segmentEnd } from '../log/log-read.ts';
import type { BrokerState, DelayedFetch } from './broker-state.ts';
import { answerFetch, readBound } from './fetch-read.ts';
import {
  type CachedPartition,
  type FetchSession,
  isUnchanged,
  ownSession,
  placeIn,
  removeSession,
  sessionsOf,
} from './fetch-session.ts';
import { brokerState, ownBroker, replicaOf } from './replicas.ts';

export function parkFetch(w: World, brokerId: number, operation: Omit<DelayedFetch, 'id'>): void {
  const b = ownBroker(w, brokerId);
  const { request, deadlineUs, fromFollower, slot } = operation;
  const fetch: DelayedFetch = { id: b.nextOperation, request, deadlineUs, fromFollower, slot };
  b.nextOperation += 1;
  b.delayedFetches.push(fetch);
  if (slot < 0) b.sessionlessFetches += 1;
  else ownSession(w, brokerId, slot).parked = fetch;
  // The pending look comes first: it arms the next one by itself.
  if (b.fetchExpireArmedUs > w.nowUs && b.fetchExpireArmedUs <= deadlineUs) return;
  armFetchExpiry(w, brokerId);
}

function armFetchExpiry(w: World, brokerId: number): void {
  const b = brokerState(w, brokerId);
  if (b.delayedFetches.length === 0) return;
  let earliestUs = Number.MAX_SAFE_INTEGER;
  for (const f of b.delayedFetches) if (f.deadlineUs < earliestUs) earliestUs = f.deadlineUs;
  if (b.fetchExpireArmedUs > w.nowUs && b.fetchExpireArmedUs <= earliestUs) return;
  const mine = ownBroker(w, brokerId);
  mine.fetchExpireArmedUs = earliestUs;
  schedule(w, earliestUs, EventKind.DelayedFetchExpire, mine.node);
}

registerEvent(EventKind.DelayedFetchExpire, (w, event) => {
  const brokerId = (w.nodes[event.node] as { nodeId: number }).nodeId;
  const b = brokerState(w, brokerId);
  if (b.fetchExpireArmedUs > event.atUs) return;
  const due = b.delayedFetches.filter((f) => f.deadlineUs <= w.nowUs);
  if (due.length > 0) completeFetches(w, brokerId, due);
  ownBroker(w, brokerId).fetchExpireArmedUs = 0;
  armFetchExpiry(w, brokerId);
});

/** Takes a fetch out of those that wait; a session that was driven out meanwhile ends when its last fetch is answered. */
export function takeFetch(w: World, brokerId: number, f: DelayedFetch): void {
  const b = ownBroker(w, brokerId);
  const at = b.delayedFetches.indexOf(f);
  if (at < 0) return;
  b.delayedFetches.splice(at, 1);
  if (f.slot < 0) b.sessionlessFetches -= 1;
  else ownSession(w, brokerId, f.slot).parked = null;
}

/** Takes operations out first, then answers: an answer may bring the next request of its connection at once. */
function completeFetches(w: World, brokerId: number, due: readonly DelayedFetch[]): void {
  for (const f of due) takeFetch(w, brokerId, f);
  for (const f of due) {
    const closed = f.slot >= 0 && (brokerState(w, brokerId).fetchSessions[f.slot] as FetchSession).closed;
    answerFetch(w, brokerId, f.request, f.slot);
    if (closed) removeSession(w, brokerId, f.slot);
  }
}

/** Whether the fetch waits for this partition (with others). */
export function watchesPartition(b: BrokerState, f: DelayedFetch, partition: number): boolean {
  if (f.slot >= 0) return sessionsOf(b, partition).includes(f.slot);
  return (f.request.body as FetchRequest).partitions.some((p) => p.partition === partition);
}

/** An error or a divergence ends the wait, whatever there is to read (rule 27). */
const AT_ONCE = -1;

/** DelayedFetch.tryComplete for one partition: the bytes that are there for it, counted up to `enough`. */
function readyBytes(w: World, brokerId: number, body: FetchRequest, p: FetchPartition, seenSegment: number): number {
  const r = replicaOf(w, brokerId, p.partition);
  if (r === null || r.role !== 'leader') return AT_ONCE;
  if (p.currentLeaderEpoch >= 0 && p.currentLeaderEpoch !== r.leaderEpoch) return AT_ONCE;
  if (p.fetchOffset > r.leo || p.fetchOffset < r.logStart) return AT_ONCE;
  const bound = readBound(r, body);
  if (p.fetchOffset >= bound) return 0;
  // Rule 27: what it waits behind is an older segment now, and one read does not reach into the next.
  const rolled = seenSegment < r.active.base && p.fetchOffset >= r.active.base;
  if (rolled || segmentEnd(r, p.fetchOffset) <= bound) return AT_ONCE;
  return Math.min(p.partitionMaxBytes, bytesAvailable(r, p.fetchOffset, bound, body.minBytes));
}

/** Something happened to `partition`. Where one byte is enough the others need no look: they had theirs. */
function isReady(w: World, brokerId: number, f: DelayedFetch, partition: number): boolean {
  const body = f.request.body as FetchRequest;
  const least = Math.min(body.minBytes, brokerState(w, brokerId).settings.fetchMaxBytes);
  if (f.slot < 0) {
    let bytes = 0;
    for (const p of body.partitions) {
      const there = readyBytes(w, brokerId, body, p, Number.MAX_SAFE_INTEGER);
      if (there === AT_ONCE) return true;
      bytes += there;
    }
    return bytes >= least;
  }
  const s = brokerState(w, brokerId).fetchSessions[f.slot] as FetchSession;
  const at = placeIn(s, partition);
  if (at < 0) return false;
  const c = s.partitions[at] as CachedPartition;
  let bytes = readyBytes(w, brokerId, body, c.requested, c.seenSegment);
  if (bytes === AT_ONCE) return true;
  if (bytes >= least || bytes === 0) return bytes >= least;
  for (let i = 0; i < s.partitions.length; i++) {
    const other = s.partitions[i] as CachedPartition;
    if (i === at || isUnchanged(other, replicaOf(w, brokerId, other.requested.partition))) continue;
    const there = readyBytes(w, brokerId, body, other.requested, other.seenSegment);
    if (there === AT_ONCE) return true;
    bytes += there;
  }
  return bytes >= least;
}

/** Something was appended, or the high watermark moved: who waits for this partition may be served, in the order of asking. */
export function tryCompleteFetches(
  w: World,
  brokerId: number,
  partition: number,
  followers: boolean,
  consumers: boolean,
): void {
  const b = brokerState(w, brokerId);
  if (b.delayedFetches.length === 0) return;
  let due: DelayedFetch[] | null = null;
  for (const slot of sessionsOf(b, partition)) {
    const f = (b.fetchSessions[slot] as FetchSession).parked;
    if (f === null || !(f.fromFollower ? followers : consumers) || !isReady(w, brokerId, f, partition)) continue;
    if (due === null) due = [f];
    else due.push(f);
  }
  if (b.sessionlessFetches > 0) {
    for (const f of b.delayedFetches) {
      if (f.slot >= 0 || !(f.fromFollower ? followers : consumers)) continue;
      if (!watchesPartition(b, f, partition) || !isReady(w, brokerId, f, partition)) continue;
      if (due === null) due = [f];
      else due.push(f);
    }
  }
  if (due === null) return;
  if (due.length > 1) due.sort((a, c) => a.id - c.id);
  completeFetches(w, brokerId, due);
}
