/** OffsetForLeaderEpoch (Kafka: Partition.lastOffsetForLeaderEpoch). Rules 15, 19, 86. */
import type { OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse } from '../../../kafka/api/messages.ts';
import { endOffsetForEpoch } from '../../log/unified-log.ts';
import { registerApi, respond } from '../../net/network.ts';
import { leaderError } from '../fetch-read.ts';
import { replicaOf } from '../replicas.ts';

registerApi('broker', 23, (w, node, _connection, request) => {
  const brokerId = (w.nodes[node] as { nodeId: number }).nodeId;
  const body = request.body as OffsetForLeaderEpochRequest;
  const partitions = body.partitions.map((asked) => {
    const { topic, index, partition } = asked;
    const r = replicaOf(w, brokerId, partition);
    const code = leaderError(r, asked.currentLeaderEpoch);
    if (code !== 0 || r === null) return { topic, index, partition, errorCode: code, leaderEpoch: -1, endOffset: -1 };
    const end = endOffsetForEpoch(r, asked.leaderEpoch);
    return { topic, index, partition, errorCode: 0, leaderEpoch: end.epoch, endOffset: end.endOffset };
  });
  const response: OffsetForLeaderEpochResponse = {
    partitions,
    errors: partitions.filter((p) => p.errorCode !== 0).map((p) => p.errorCode),
  };
  respond(w, request, response, 40 + 30 * partitions.length);
});
