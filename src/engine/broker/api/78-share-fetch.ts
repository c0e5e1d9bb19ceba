/** ShareFetch (Kafka: KafkaApis.handleShareFetchRequest; KIP-932). Rules 111, 112. */
import { registerApi } from '../../net/network.ts';
import { brokerOfNode } from '../../share/coordinator/service.ts';
import { handleShareFetch } from '../../share/requests.ts';

registerApi('broker', 78, (w, node, _connection, request) => handleShareFetch(w, brokerOfNode(w, node), request));
