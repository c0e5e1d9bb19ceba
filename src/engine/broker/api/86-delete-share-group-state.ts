/** DeleteShareGroupState (Kafka: KafkaApis.handleDeleteShareGroupStateRequest, ShareCoordinatorService.deleteState; KIP-932). */
import type { DeleteShareGroupStateRequest } from '../../../kafka/api/messages-share.ts';
import { registerApi } from '../../net/network.ts';
import { brokerOfNode, handleStateRequest } from '../../share/coordinator/service.ts';
import { deleteState } from '../../share/coordinator/shard.ts';

registerApi('broker', 86, (w, node, _connection, request) =>
  handleStateRequest(w, brokerOfNode(w, node), request, request.body as DeleteShareGroupStateRequest, deleteState),
);
