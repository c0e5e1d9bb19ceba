/** ShareGroupHeartbeat (Kafka: KafkaApis.handleShareGroupHeartbeat; KIP-932). */
import { handleShareGroupHeartbeat } from '../../coordinator/share/heartbeat.ts';
import { inTurn } from '../../coordinator/turns.ts';
import { registerApi } from '../../net/network.ts';

registerApi('broker', 76, (w, node, _connection, request) =>
  inTurn(w, () => handleShareGroupHeartbeat(w, node, request)),
);
