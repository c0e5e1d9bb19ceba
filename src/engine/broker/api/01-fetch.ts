/** Fetch (Kafka: ReplicaManager.fetchMessages). Rules 9, 11, 14, 25-27. Fetch sessions are not modelled yet: every fetch is a full one. */
import type { FetchPartition, FetchRequest } from '../../../kafka/api/messages.ts';
import type { World } from '../../kernel/world.ts';
import { registerApi } from '../../net/network.ts';
import { submitAlterPartition } from '../alter-partition-manager.ts';
import { afterHighWatermark, parkFetch } from '../delayed-operations.ts';
import { type ReadOutcome, readAll, sendFetchResponse } from '../fetch-read.ts';
import { updateFollowerFetchState } from '../partition.ts';
import { ownReplica } from '../replicas.ts';

registerApi('broker', 1, (w, node, _connection, request) => {
  const brokerId = (w.nodes[node] as { nodeId: number }).nodeId;
  const body = request.body as FetchRequest;
  const outcomes = readAll(w, brokerId, body);
  const fromFollower = body.replicaId >= 0;
  const after = fromFollower ? noteFollower(w, brokerId, body, outcomes) : null;
  let bytes = 0;
  let atOnce = body.maxWaitMs <= 0 || body.partitions.length === 0;
  for (const o of outcomes) {
    bytes += o.bytes;
    if (o.response.errorCode !== 0 || o.response.divergingEpoch !== null) atOnce = true;
  }
  if (atOnce || bytes >= body.minBytes) sendFetchResponse(w, request, outcomes);
  else parkFetch(w, brokerId, { request, deadlineUs: w.nowUs + body.maxWaitMs * 1000, fromFollower });
  if (after !== null) {
    for (const partition of after.expand) submitAlterPartition(w, brokerId, partition);
    for (const partition of after.moved) afterHighWatermark(w, brokerId, partition);
  }
});

/** The leader learns how far the follower is; the answer, already read, does not show it yet (rule 11). */
function noteFollower(
  w: World,
  brokerId: number,
  body: FetchRequest,
  outcomes: readonly ReadOutcome[],
): { moved: number[]; expand: number[] } {
  const moved: number[] = [];
  const expand: number[] = [];
  for (let i = 0; i < outcomes.length; i++) {
    const o = outcomes[i] as ReadOutcome;
    const p = body.partitions[i] as FetchPartition;
    if (o.response.errorCode !== 0 || o.response.divergingEpoch !== null) continue;
    const r = ownReplica(w, brokerId, p.partition);
    const change = updateFollowerFetchState(
      w,
      r,
      body.replicaId,
      p.fetchOffset,
      p.logStartOffset,
      o.leaderLeo,
      body.replicaEpoch,
    );
    if (change.moved) moved.push(p.partition);
    if (change.expand) expand.push(p.partition);
  }
  return { moved, expand };
}
