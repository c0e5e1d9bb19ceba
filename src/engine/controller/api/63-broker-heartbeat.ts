import { errorCode } from '../../../kafka/api/errors-core.ts';
import type { BrokerHeartbeatRequest, BrokerHeartbeatResponse } from '../../../kafka/api/messages.ts';
import { registerApi, respond } from '../../net/network.ts';
import { processHeartbeat } from '../cluster-control-manager.ts';

const STALE_BROKER_EPOCH = errorCode('STALE_BROKER_EPOCH');

registerApi('controller', 63, (w, _node, _connection, request) => {
  const body = request.body as BrokerHeartbeatRequest;
  const registration = w.controller.image.brokers[body.brokerId];
  if (registration === null || registration === undefined || registration.epoch !== body.brokerEpoch) {
    const stale: BrokerHeartbeatResponse = {
      errorCode: STALE_BROKER_EPOCH,
      isCaughtUp: false,
      isFenced: true,
      shouldShutDown: false,
      errors: [STALE_BROKER_EPOCH],
    };
    respond(w, request, stale, 40);
    return;
  }
  const reply: BrokerHeartbeatResponse = { errorCode: 0, errors: [], ...processHeartbeat(w, body) };
  respond(w, request, reply, 40);
});
