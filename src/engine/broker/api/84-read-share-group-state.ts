/** ReadShareGroupState (Kafka: KafkaApis.handleReadShareGroupStateRequest, ShareCoordinatorService.readState; KIP-932). */
import type { ReadShareGroupStateRequest } from '../../../kafka/api/messages-share.ts';
import { registerApi } from '../../net/network.ts';
import { brokerOfNode, handleStateRequest } from '../../share/coordinator/service.ts';
import { readState } from '../../share/coordinator/shard.ts';

registerApi('broker', 84, (w, node, _connection, request) =>
  handleStateRequest(w, brokerOfNode(w, node), request, request.body as ReadShareGroupStateRequest, readState),
);
