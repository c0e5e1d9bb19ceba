import { errorCode } from '../../../kafka/api/errors.ts';
import type { BrokerRegistrationRequest, BrokerRegistrationResponse } from '../../../kafka/api/messages.ts';
import { registerApi, respond } from '../../net/network.ts';
import { registerBroker } from '../cluster-control-manager.ts';
import { appendRecords, ownController } from '../quorum-controller.ts';

const DUPLICATE_BROKER_REGISTRATION = errorCode('DUPLICATE_BROKER_REGISTRATION');

registerApi('controller', 62, (w, _node, _connection, request) => {
  const body = request.body as BrokerRegistrationRequest;
  const outcome = registerBroker(w, body);
  if (outcome === null) {
    const refused: BrokerRegistrationResponse = {
      errorCode: DUPLICATE_BROKER_REGISTRATION,
      brokerEpoch: -1,
      errors: [DUPLICATE_BROKER_REGISTRATION],
    };
    respond(w, request, refused, 60);
    return;
  }
  appendRecords(w, outcome.records);
  // A new incarnation starts fenced, with a session of its own from now on.
  const c = ownController(w);
  c.heartbeats[body.brokerId] = {
    brokerId: body.brokerId,
    lastContactUs: w.nowUs,
    metadataOffset: -1,
    fenced: true,
    controlledShutdownOffset: -1,
  };
  const granted: BrokerRegistrationResponse = { errorCode: 0, brokerEpoch: outcome.brokerEpoch, errors: [] };
  respond(w, request, granted, 60);
});
