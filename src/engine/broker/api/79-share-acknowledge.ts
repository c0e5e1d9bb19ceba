/** ShareAcknowledge (Kafka: KafkaApis.handleShareAcknowledgeRequest; KIP-932). Rule 111. */
import { registerApi } from '../../net/network.ts';
import { brokerOfNode } from '../../share/coordinator/service.ts';
import { handleShareAcknowledge } from '../../share/requests.ts';

registerApi('broker', 79, (w, node, _connection, request) => handleShareAcknowledge(w, brokerOfNode(w, node), request));
