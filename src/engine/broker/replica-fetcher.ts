/**
 * A follower's thread towards one leader (Kafka: ReplicaFetcherThread, AbstractFetcherThread). Rules 13, 14, 16, 18, 90, 97.
 */
import { errorCode } from '../../kafka/api/errors-core.ts';
import { fetchRequestBytes } from '../../kafka/api/fetch-size.ts';
import type {
  FetchPartition,
  FetchPartitionResponse,
  FetchResponse,
  ListOffsetsRequest,
  ListOffsetsResponse,
} from '../../kafka/api/messages.ts';
import type { TopicConfig } from '../../kafka/config/effective-topic.ts';
import { afterResponse, closeExistingAttemptNew, INITIAL, isFull } from '../client/fetch-session-handler.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, schedule } from '../kernel/schedule.ts';
import { BROKER_STRIDE, own, type World } from '../kernel/world.ts';
import { ledgerCopied } from '../ledger/partition-facts.ts';
import { incrementLogStart } from '../log/retention.ts';
import { topicConfig } from '../log/topic-config.ts';
import { appendAsFollower, updateHighWatermark } from '../log/unified-log.ts';
import { Channel, type Connection } from '../net/connection-state.ts';
import { connectionTo, ready, registerChannel, sendRequest } from '../net/network.ts';
import { lateTruncation } from '../slots.ts';
import { askedCount, askedOf, buildFetchRequest, isDue } from './replica-fetch-request.ts';
import { cloneFetcher, type FetchedPartition, type FetcherState } from './replica-fetcher-state.ts';
import { brokerState, ownReplica, replicaOf } from './replicas.ts';

const FETCH = 1;
const LIST_OFFSETS = 2;
const OFFSET_OUT_OF_RANGE = errorCode('OFFSET_OUT_OF_RANGE');
const FENCED_LEADER_EPOCH = errorCode('FENCED_LEADER_EPOCH');

export function fetcherOf(w: World, follower: number, leader: number): FetcherState | null {
  return w.fetchers[follower * BROKER_STRIDE + leader] ?? null;
}

function ownFetcher(w: World, follower: number, leader: number): FetcherState {
  const slot = follower * BROKER_STRIDE + leader;
  while (w.fetchers.length <= slot) w.fetchers.push(null);
  if (w.fetchers[slot] === null) {
    const settings = brokerState(w, follower).settings;
    const timeoutUs = settings.replicaSocketTimeoutMs * 1000;
    const connection = connectionTo(
      w,
      w.brokerNode[follower] as number,
      w.brokerNode[leader] as number,
      Channel.ReplicaFetcher,
      {
        // BrokerBlockingSender: it tries to connect for replica.socket.timeout.ms, an answer may take request.timeout.ms.
        requestTimeoutUs: settings.requestTimeoutMs * 1000,
        setupTimeoutUs: Math.min(settings.socketConnectionSetupTimeoutMs * 1000, timeoutUs),
        setupTimeoutMaxUs: Math.min(settings.socketConnectionSetupTimeoutMaxMs * 1000, timeoutUs),
        backoffUs: 0,
        backoffMaxUs: 0,
      },
    );
    w.fetchers[slot] = {
      gen: w.gen,
      follower,
      leader,
      connection,
      partitions: [],
      next: INITIAL,
      toForget: [],
      inFlight: false,
      backoffUntilUs: 0,
      retryArmedUs: 0,
    };
  }
  return own(w, w.fetchers as FetcherState[], slot, cloneFetcher);
}

/** The connection a follower fetches over, made (closed) on first use. */
export function fetcherConnection(w: World, follower: number, leader: number): number {
  return ownFetcher(w, follower, leader).connection;
}

/** Begins to follow (AbstractFetcherManager.addFetcherForPartitions). A log without epochs starts at its high watermark (14). */
export function addFetcher(w: World, follower: number, leader: number, partition: number, leaderEpoch: number): void {
  removeFetcher(w, follower, partition);
  const r = ownReplica(w, follower, partition);
  // The planted bug is Kafka before KIP-101: the high watermark alone says what to keep, and nobody compares epochs.
  if ((r.epochs.length === 0 || w.bugs.noLeaderEpochCheck) && r.leo > r.highWatermark) {
    lateTruncation.cut(w, r, r.highWatermark, leader);
  }
  const f = ownFetcher(w, follower, leader);
  // What the session holds of it from before stands until the next request changes it.
  const sent = f.toForget.find((p) => p.partition === partition) ?? null;
  if (sent !== null) f.toForget = f.toForget.filter((p) => p !== sent);
  f.partitions.push({ partition, leaderEpoch, delayedUntilUs: 0, fenced: false, sent });
  pollFetcher(w, follower, leader);
}

/** Stops following whoever is followed. */
export function removeFetcher(w: World, follower: number, partition: number): void {
  for (let leader = 1; leader < BROKER_STRIDE; leader++) {
    const f = fetcherOf(w, follower, leader);
    if (f === null || !f.partitions.some((p) => p.partition === partition)) continue;
    const mine = ownFetcher(w, follower, leader);
    for (const { sent, partition: which } of mine.partitions)
      if (which === partition && sent !== null) mine.toForget = [...mine.toForget, sent];
    mine.partitions = mine.partitions.filter((p) => p.partition !== partition);
  }
}

/** The process is gone: its threads with it. */
export function dropFetchers(w: World, follower: number): void {
  for (let leader = 1; leader < BROKER_STRIDE; leader++) {
    if (fetcherOf(w, follower, leader) === null) continue;
    const mine = ownFetcher(w, follower, leader);
    mine.partitions = [];
    mine.next = INITIAL;
    mine.toForget = [];
    mine.inFlight = false;
    mine.backoffUntilUs = 0;
    mine.retryArmedUs = 0;
  }
}

/** Sends the next fetch if none is under way and a partition is ready; else arms the moment at which one will be. */
export function pollFetcher(w: World, follower: number, leader: number): void {
  const f = fetcherOf(w, follower, leader);
  if (f === null || f.inFlight || f.partitions.length === 0) return;
  if (f.backoffUntilUs > w.nowUs) {
    arm(w, follower, leader, f.backoffUntilUs);
    return;
  }
  if (!f.partitions.some((p) => isDue(p, w.nowUs))) {
    let nextUs = Number.MAX_SAFE_INTEGER;
    for (const p of f.partitions) if (!p.fenced && p.delayedUntilUs < nextUs) nextUs = p.delayedUntilUs;
    if (nextUs < Number.MAX_SAFE_INTEGER) arm(w, follower, leader, nextUs);
    return;
  }
  if (!ready(w, f.connection)) return; // onOpen or onDisconnect goes on from here
  const mine = ownFetcher(w, follower, leader);
  const body = buildFetchRequest(w, mine);
  mine.inFlight = true;
  sendRequest(w, f.connection, FETCH, body, fetchRequestBytes(body, clientIdLength(follower)));
}

/** broker-1-fetcher-0. */
function clientIdLength(follower: number): number {
  return follower < 10 ? 18 : 19;
}

function arm(w: World, follower: number, leader: number, atUs: number): void {
  const f = fetcherOf(w, follower, leader) as FetcherState;
  if (f.retryArmedUs > w.nowUs && f.retryArmedUs <= atUs) return;
  ownFetcher(w, follower, leader).retryArmedUs = atUs;
  schedule(w, atUs, EventKind.FetcherRetry, w.brokerNode[follower] as number, leader);
}

registerEvent(EventKind.FetcherRetry, (w, event) => {
  const follower = (w.nodes[event.node] as { nodeId: number }).nodeId;
  const f = fetcherOf(w, follower, event.arg);
  if (f === null) return;
  if (f.retryArmedUs !== 0 && f.retryArmedUs <= w.nowUs) ownFetcher(w, follower, event.arg).retryArmedUs = 0;
  pollFetcher(w, follower, event.arg);
});

function ends(w: World, connection: number): { follower: number; leader: number } {
  const c = w.connections[connection] as Connection;
  return {
    follower: (w.nodes[c.client] as { nodeId: number }).nodeId,
    leader: (w.nodes[c.server] as { nodeId: number }).nodeId,
  };
}

registerChannel(Channel.ReplicaFetcher, {
  onOpen(w, _node, connection) {
    const { follower, leader } = ends(w, connection);
    pollFetcher(w, follower, leader);
  },
  onDisconnect(w, _node, connection) {
    // The whole fetch failed: every partition waits replica.fetch.backoff.ms (rule 97).
    const { follower, leader } = ends(w, connection);
    if (fetcherOf(w, follower, leader) === null) return;
    const f = ownFetcher(w, follower, leader);
    f.inFlight = false;
    f.next = closeExistingAttemptNew(f.next);
    f.backoffUntilUs = w.nowUs + brokerState(w, follower).settings.replicaFetchBackoffMs * 1000;
    if (f.partitions.length > 0) arm(w, follower, leader, f.backoffUntilUs);
  },
  onResponse(w, _node, connection, request, body) {
    const { follower, leader } = ends(w, connection);
    if (request.apiKey === LIST_OFFSETS) {
      lateTruncation.onLeaderOffsets(
        w,
        follower,
        leader,
        request.body as ListOffsetsRequest,
        body as ListOffsetsResponse,
      );
      return;
    }
    ownFetcher(w, follower, leader).inFlight = false;
    onFetch(w, follower, leader, body as FetchResponse);
    pollFetcher(w, follower, leader);
  },
});

function onFetch(w: World, follower: number, leader: number, response: FetchResponse): void {
  const f = ownFetcher(w, follower, leader);
  let strange = false;
  for (const answer of response.responses) if (askedOf(f, answer.partition) === null) strange = true;
  const { next, usable } = afterResponse(f.next, response, isFull(f.next) ? askedCount(f) : 0, strange);
  f.next = next;
  if (!usable) return;
  for (const answer of response.responses) {
    const state = f.partitions.find((x) => x.partition === answer.partition);
    const known = replicaOf(w, follower, answer.partition);
    // Rule 13.
    if (state === undefined || state.sent === null || known === null || known.role !== 'follower') continue;
    const p = state.sent;
    if (
      state.leaderEpoch !== p.currentLeaderEpoch ||
      known.leo !== p.fetchOffset ||
      state.fenced ||
      state.delayedUntilUs > w.nowUs
    )
      continue;
    if (answer.errorCode === 0) {
      const nothingNew =
        answer.records.length === 0 &&
        answer.divergingEpoch === null &&
        answer.highWatermark === known.highWatermark &&
        answer.logStartOffset === known.logStart;
      if (!nothingNew) onData(w, follower, leader, p, answer);
      if (answer.records.length > 0) moveToEnd(f, state);
    } else if (answer.errorCode === OFFSET_OUT_OF_RANGE) {
      lateTruncation.askLeaderOffsets(w, follower, leader, p);
    } else if (answer.errorCode === FENCED_LEADER_EPOCH) {
      change(w, follower, leader, answer.partition, { fenced: true });
    } else {
      change(w, follower, leader, answer.partition, {
        delayedUntilUs: w.nowUs + brokerState(w, follower).settings.replicaFetchBackoffMs * 1000,
      });
    }
  }
}

/** PartitionStates.updateAndMoveToEnd. */
function moveToEnd(f: FetcherState, state: FetchedPartition): void {
  const at = f.partitions.indexOf(state);
  if (at < 0 || at === f.partitions.length - 1) return;
  f.partitions.splice(at, 1);
  f.partitions.push(state);
}

export function change(
  w: World,
  follower: number,
  leader: number,
  partition: number,
  patch: Partial<FetchedPartition>,
): void {
  const f = ownFetcher(w, follower, leader);
  f.partitions = f.partitions.map((p) => (p.partition === partition ? { ...p, ...patch } : p));
}

function logConfig(w: World, follower: number, { topic }: FetchPartitionResponse): TopicConfig {
  const b = brokerState(w, follower);
  return topicConfig(b.image, topic, b.entries);
}

function onData(w: World, follower: number, leader: number, p: FetchPartition, answer: FetchPartitionResponse): void {
  const r = ownReplica(w, follower, answer.partition);
  if (answer.divergingEpoch !== null) {
    lateTruncation.truncateOnDivergence(w, r, answer.divergingEpoch, leader);
    return;
  }
  const from = r.leo;
  const appended = appendAsFollower(w, r, answer.records, p.currentLeaderEpoch, logConfig(w, follower, answer));
  if (appended > 0) ledgerCopied(w, r, answer.records, from);
  // Rules 11, 12: what the leader said, within this log; it may go back.
  updateHighWatermark(r, answer.highWatermark);
  incrementLogStart(r, Math.min(answer.logStartOffset, r.leo));
}
