/** ListOffsets (Kafka: ReplicaManager.fetchOffset, Partition.fetchOffsetForTimestamp). Rule 20. */

import { vectorGet, vectorLength } from '../../../base/vector.ts';
import { errorCode } from '../../../kafka/api/errors-core.ts';
import type { ListOffsetsRequest, ListOffsetsResponse } from '../../../kafka/api/messages.ts';
import type { World } from '../../kernel/world.ts';
import { epochForOffset } from '../../log/leader-epoch-file-cache.ts';
import { lastStableOffset, latestLogEpoch } from '../../log/unified-log.ts';
import { registerApi, respond } from '../../net/network.ts';
import { lateCleaner } from '../../slots.ts';
import { leaderError } from '../fetch-read.ts';
import type { ReplicaState } from '../replica-state.ts';
import { replicaOf } from '../replicas.ts';

const OFFSET_NOT_AVAILABLE = errorCode('OFFSET_NOT_AVAILABLE');
const LATEST = -1;
const EARLIEST = -2;
const MAX_TIMESTAMP = -3;

type Asked = ListOffsetsRequest['partitions'][number];
type Answer = ListOffsetsResponse['partitions'][number];

/** The first record at or after a timestamp, below `bound`. */
function byTimestamp(r: ReplicaState, timestamp: number, bound: number): { offset: number; timestamp: number } | null {
  const batches = r.cleaned === null ? r.batches : lateCleaner.remaining(r);
  for (let i = 0; i < vectorLength(batches); i++) {
    const stored = vectorGet(batches, i);
    if (stored.batch.maxTimestamp < timestamp) continue;
    for (let k = 0; k < stored.batch.records.length; k++) {
      const record = stored.batch.records[k] as (typeof stored.batch.records)[number];
      const offset = stored.baseOffset + (record.offsetDelta ?? k);
      if (offset >= bound) return null;
      if (offset >= r.logStart && record.timestampMs >= timestamp) return { offset, timestamp: record.timestampMs };
    }
  }
  return null;
}

function latestTimestamp(r: ReplicaState, bound: number): { offset: number; timestamp: number } | null {
  let best: { offset: number; timestamp: number } | null = null;
  const batches = r.cleaned === null ? r.batches : lateCleaner.remaining(r);
  for (let i = 0; i < vectorLength(batches); i++) {
    const stored = vectorGet(batches, i);
    stored.batch.records.forEach((record, k) => {
      const offset = stored.baseOffset + (record.offsetDelta ?? k);
      if (offset >= r.logStart && offset < bound && (best === null || record.timestampMs > best.timestamp))
        best = { offset, timestamp: record.timestampMs };
    });
  }
  return best;
}

function answer(w: World, brokerId: number, request: ListOffsetsRequest, asked: Asked): Answer {
  const { topic, index, partition } = asked;
  const r = replicaOf(w, brokerId, partition);
  const code = leaderError(r, asked.currentLeaderEpoch);
  const nothing = { topic, index, partition, errorCode: code, timestamp: -1, offset: -1, leaderEpoch: -1 };
  if (code !== 0 || r === null) return nothing;
  const fromClient = request.replicaId < 0;
  const bound = fromClient ? (request.isolationLevel === 1 ? lastStableOffset(r) : r.highWatermark) : r.leo;
  // A new leader whose high watermark has not reached its epoch yet does not know what is committed.
  const uncertain = fromClient && r.highWatermark < r.leaderEpochStart;
  if (asked.timestamp === EARLIEST)
    return { ...nothing, offset: r.logStart, leaderEpoch: epochForOffset(r.epochs, r.logStart) ?? -1 };
  if (asked.timestamp === LATEST) {
    if (uncertain) return { ...nothing, errorCode: OFFSET_NOT_AVAILABLE };
    return { ...nothing, offset: bound, leaderEpoch: latestLogEpoch(r) };
  }
  const found = asked.timestamp === MAX_TIMESTAMP ? latestTimestamp(r, bound) : byTimestamp(r, asked.timestamp, bound);
  if (found !== null) return { ...nothing, ...found, leaderEpoch: epochForOffset(r.epochs, found.offset) ?? -1 };
  return uncertain ? { ...nothing, errorCode: OFFSET_NOT_AVAILABLE } : nothing;
}

registerApi('broker', 2, (w, node, _connection, request) => {
  const brokerId = (w.nodes[node] as { nodeId: number }).nodeId;
  const body = request.body as ListOffsetsRequest;
  const partitions = body.partitions.map((asked) => answer(w, brokerId, body, asked));
  const response: ListOffsetsResponse = {
    partitions,
    errors: partitions.filter((p) => p.errorCode !== 0).map((p) => p.errorCode),
  };
  respond(w, request, response, 40 + 30 * partitions.length);
});
