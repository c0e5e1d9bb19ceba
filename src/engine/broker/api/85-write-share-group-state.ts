/** WriteShareGroupState (Kafka: KafkaApis.handleWriteShareGroupStateRequest, ShareCoordinatorService.writeState; KIP-932). */
import type { WriteShareGroupStateRequest } from '../../../kafka/api/messages-share.ts';
import { registerApi } from '../../net/network.ts';
import { brokerOfNode, handleStateRequest } from '../../share/coordinator/service.ts';
import { writeState } from '../../share/coordinator/shard.ts';

registerApi('broker', 85, (w, node, _connection, request) =>
  handleStateRequest(w, brokerOfNode(w, node), request, request.body as WriteShareGroupStateRequest, writeState),
);
