/** InitProducerId without a transactional id: the next id of this broker's block (transactions have their own issue). */
import { registerApi } from '../../net/network.ts';
import { grantProducerId } from '../producer-id-manager.ts';

registerApi('broker', 22, (w, node, _connection, request) =>
  grantProducerId(w, (w.nodes[node] as { nodeId: number }).nodeId, request),
);
