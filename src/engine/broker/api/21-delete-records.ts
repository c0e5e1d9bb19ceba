/** DeleteRecords (Kafka: Partition.deleteRecordsOnLeader). Rule 37. Answered by the leader when it has moved its log start; followers learn it with their next fetch. */
import { errorCode } from '../../../kafka/api/errors.ts';
import type { DeleteRecordsRequest, DeleteRecordsResponse } from '../../../kafka/api/messages.ts';
import { incrementLogStart } from '../../log/retention.ts';
import { topicConfig } from '../../log/topic-config.ts';
import { registerApi, respond } from '../../net/network.ts';
import { leaderError } from '../fetch-read.ts';
import { brokerState, ownReplica, replicaOf } from '../replicas.ts';

const OFFSET_OUT_OF_RANGE = errorCode('OFFSET_OUT_OF_RANGE');
const POLICY_VIOLATION = errorCode('POLICY_VIOLATION');

registerApi('broker', 21, (w, node, _connection, request) => {
  const brokerId = (w.nodes[node] as { nodeId: number }).nodeId;
  const body = request.body as DeleteRecordsRequest;
  const partitions = body.partitions.map((asked): DeleteRecordsResponse['partitions'][number] => {
    const { topic, index, partition } = asked;
    const known = replicaOf(w, brokerId, partition);
    let code = leaderError(known, -1);
    if (code === 0 && known !== null) {
      const b = brokerState(w, brokerId);
      const policy = topicConfig(b.image, topic, b.entries).cleanupPolicy;
      const to = asked.offset < 0 ? known.highWatermark : asked.offset;
      if (policy.includes('compact') && !policy.includes('delete')) code = POLICY_VIOLATION;
      else if (to > known.highWatermark) code = OFFSET_OUT_OF_RANGE;
      else if (to > known.logStart) incrementLogStart(ownReplica(w, brokerId, partition), to);
    }
    return {
      topic,
      index,
      partition,
      lowWatermark: replicaOf(w, brokerId, partition)?.logStart ?? -1,
      errorCode: code,
    };
  });
  const response: DeleteRecordsResponse = {
    partitions,
    errors: partitions.filter((p) => p.errorCode !== 0).map((p) => p.errorCode),
  };
  respond(w, request, response, 60);
});
