/** Fetch (Kafka: KafkaApis.handleFetchRequest, ReplicaManager.fetchMessages). Rules 9, 11, 14, 25-28. */
import type { FetchRequest } from '../../../kafka/api/messages.ts';
import type { World } from '../../kernel/world.ts';
import { registerApi } from '../../net/network.ts';
import { submitAlterPartition } from '../alter-partition-manager.ts';
import { parkFetch } from '../delayed-fetch.ts';
import { afterHighWatermark } from '../delayed-operations.ts';
import { NO_SESSION, openContext, sessionError } from '../fetch-manager.ts';
import { type ReadOutcome, readAll, sendFetchError, sendFetchResponse } from '../fetch-read.ts';
import { noteSeen, ownCached, ownSession, placeIn } from '../fetch-session.ts';
import { settleFollower, settleOne } from '../follower-times.ts';
import { updateFollowerFetchState } from '../partition.ts';
import type { ReplicaState } from '../replica-state.ts';
import { brokerState, ownBroker, ownReplica, replicaOf } from '../replicas.ts';

registerApi('broker', 1, (w, node, _connection, request) => {
  const brokerId = (w.nodes[node] as { nodeId: number }).nodeId;
  const body = request.body as FetchRequest;
  const refused = sessionError(w, brokerId, body);
  if (refused !== 0) {
    sendFetchError(w, request, refused);
    return;
  }
  const slot = openContext(w, brokerId, body);
  const outcomes = readAll(w, brokerId, body, slot);
  const fromFollower = body.replicaId >= 0;
  const after = fromFollower ? noteFollower(w, brokerId, body, slot, outcomes) : null;
  if (slot !== NO_SESSION) noteReads(w, brokerId, slot, outcomes);
  let bytes = 0;
  let atOnce = body.maxWaitMs <= 0 || (slot === NO_SESSION && body.partitions.length === 0);
  for (const { response } of outcomes) {
    bytes += response.recordsSizeInBytes;
    if (response.errorCode !== 0 || response.divergingEpoch !== null) atOnce = true;
  }
  const least = Math.min(body.minBytes, body.maxBytes, brokerState(w, brokerId).settings.fetchMaxBytes);
  if (atOnce || bytes >= least) sendFetchResponse(w, brokerId, request, slot, outcomes);
  else parkFetch(w, brokerId, { request, deadlineUs: w.nowUs + body.maxWaitMs * 1000, fromFollower, slot });
  if (after !== null) {
    for (const partition of after.expand) submitAlterPartition(w, brokerId, partition);
    for (const partition of after.moved) afterHighWatermark(w, brokerId, partition);
  }
});

const NOTHING: readonly number[] = [];

/** The leader learns how far the follower is; the answer, already read, does not show it yet (rule 11). */
function noteFollower(
  w: World,
  brokerId: number,
  body: FetchRequest,
  slot: number,
  outcomes: readonly ReadOutcome[],
): { moved: readonly number[]; expand: readonly number[] } {
  let moved = NOTHING;
  let expand = NOTHING;
  if (slot === NO_SESSION) settleFollower(w, brokerId, body.replicaId);
  for (const { requested, response, leaderLeo } of outcomes) {
    if (response.errorCode !== 0 || response.divergingEpoch !== null) {
      settleOne(w, brokerId, requested.partition, body.replicaId);
      continue;
    }
    const { partition, fetchOffset, logStartOffset } = requested;
    const r = ownReplica(w, brokerId, partition);
    const change = updateFollowerFetchState(
      w,
      r,
      body.replicaId,
      fetchOffset,
      logStartOffset,
      leaderLeo,
      body.replicaEpoch,
    );
    if (change.moved) moved = [...moved, partition];
    if (change.expand) expand = [...expand, partition];
  }
  // What the session holds and was not looked at is as far as its leader; this fetch says so again.
  if (slot !== NO_SESSION) {
    const { followerFetchUs } = ownBroker(w, brokerId);
    while (followerFetchUs.length <= body.replicaId) followerFetchUs.push(0);
    followerFetchUs[body.replicaId] = w.nowUs;
  }
  return { moved, expand };
}

/** Remembers where there was nothing to tell: the next fetch passes over it until something changes. */
function noteReads(w: World, brokerId: number, slot: number, outcomes: readonly ReadOutcome[]): void {
  if (outcomes.length === 0) return;
  const s = ownSession(w, brokerId, slot);
  for (const { requested, caughtUp } of outcomes) {
    const { partition } = requested;
    const at = placeIn(s, partition);
    const r = replicaOf(w, brokerId, partition);
    if (at < 0 || r === null) continue;
    const c = ownCached(w, s, at);
    c.seenSegment = r.active.base;
    c.seenLeo = -1;
    if (!caughtUp) continue;
    if (s.replicaId < 0) noteSeen(c, r);
    // A follower outside of the ISR is looked at with every fetch: it may be taken in (rule 9).
    else if (r.isr.includes(s.replicaId)) {
      noteSeen(c, r);
      speakFor(w, brokerId, r, s.replicaId);
    }
  }
}

function speakFor(w: World, brokerId: number, r: ReplicaState, follower: number): void {
  for (const remote of ownReplica(w, brokerId, r.partition).remotes)
    if (remote.brokerId === follower) remote.current = true;
}
