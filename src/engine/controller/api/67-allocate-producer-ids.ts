import type { AllocateProducerIdsRequest, AllocateProducerIdsResponse } from '../../../kafka/api/messages.ts';
import { registerApi, respond } from '../../net/network.ts';
import { appendRecords, ownController } from '../quorum-controller.ts';

/** ProducerIdsBlock.PRODUCER_ID_BLOCK_SIZE. */
export const PRODUCER_ID_BLOCK_SIZE = 1000;

registerApi('controller', 67, (w, _node, _connection, request) => {
  const body = request.body as AllocateProducerIdsRequest;
  const c = ownController(w);
  const producerIdStart = c.nextProducerId;
  c.nextProducerId += PRODUCER_ID_BLOCK_SIZE;
  appendRecords(w, [
    {
      type: 'ProducerIdsRecord',
      brokerId: body.brokerId,
      brokerEpoch: body.brokerEpoch,
      nextProducerId: c.nextProducerId,
    },
  ]);
  const answer: AllocateProducerIdsResponse = {
    errorCode: 0,
    producerIdStart,
    producerIdLen: PRODUCER_ID_BLOCK_SIZE,
    errors: [],
  };
  respond(w, request, answer, 40);
});
