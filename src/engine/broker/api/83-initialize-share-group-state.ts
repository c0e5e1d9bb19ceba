/** InitializeShareGroupState (Kafka: KafkaApis.handleInitializeShareGroupStateRequest, ShareCoordinatorService.initializeState; KIP-932). */
import type { InitializeShareGroupStateRequest } from '../../../kafka/api/messages-share.ts';
import { registerApi } from '../../net/network.ts';
import { brokerOfNode, handleStateRequest } from '../../share/coordinator/service.ts';
import { initializeState } from '../../share/coordinator/shard.ts';

registerApi('broker', 83, (w, node, _connection, request) =>
  handleStateRequest(
    w,
    brokerOfNode(w, node),
    request,
    request.body as InitializeShareGroupStateRequest,
    initializeState,
  ),
);
