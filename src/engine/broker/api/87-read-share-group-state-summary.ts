/** ReadShareGroupStateSummary (Kafka: KafkaApis.handleReadShareGroupStateSummaryRequest, ShareCoordinatorService.readStateSummary; KIP-932). */
import type { ReadShareGroupStateSummaryRequest } from '../../../kafka/api/messages-share.ts';
import { registerApi } from '../../net/network.ts';
import { brokerOfNode, handleStateRequest } from '../../share/coordinator/service.ts';
import { readSummary } from '../../share/coordinator/shard.ts';

registerApi('broker', 87, (w, node, _connection, request) =>
  handleStateRequest(
    w,
    brokerOfNode(w, node),
    request,
    request.body as ReadShareGroupStateSummaryRequest,
    (c, _groupId, p) => readSummary(c, p),
  ),
);
