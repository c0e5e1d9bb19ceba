/**
 * Producer ids in blocks of 1000 from the controller (Kafka: RPCProducerIdManager). Its prefetch of the next block at 90 %
 * is left out: no scenario hands out hundreds of ids.
 */
import { errorCode } from '../../kafka/api/errors.ts';
import type { AllocateProducerIdsResponse, InitProducerIdResponse } from '../../kafka/api/messages.ts';
import type { World } from '../kernel/world.ts';
import type { Message } from '../net/message.ts';
import { ready, respond, sendRequest } from '../net/network.ts';
import { brokerState, ownBroker } from './replicas.ts';

const ALLOCATE_PRODUCER_IDS = 67;
const COORDINATOR_LOAD_IN_PROGRESS = errorCode('COORDINATOR_LOAD_IN_PROGRESS');

/** Answers InitProducerId now, or tells the client to come again while a block is on its way. */
export function grantProducerId(w: World, brokerId: number, request: Message): void {
  const b = ownBroker(w, brokerId);
  if (b.producerIdNext < b.producerIdEnd) {
    const producerId = b.producerIdNext;
    b.producerIdNext += 1;
    const answer: InitProducerIdResponse = { errorCode: 0, producerId, producerEpoch: 0, errors: [] };
    respond(w, request, answer, 40);
    return;
  }
  askForBlock(w, brokerId);
  const later: InitProducerIdResponse = {
    errorCode: COORDINATOR_LOAD_IN_PROGRESS,
    producerId: -1,
    producerEpoch: -1,
    errors: [COORDINATOR_LOAD_IN_PROGRESS],
  };
  respond(w, request, later, 40);
}

function askForBlock(w: World, brokerId: number): void {
  const b = brokerState(w, brokerId);
  if (b.producerIdInFlight || !ready(w, b.controllerConnection)) return;
  ownBroker(w, brokerId).producerIdInFlight = true;
  sendRequest(w, b.controllerConnection, ALLOCATE_PRODUCER_IDS, { brokerId, brokerEpoch: b.brokerEpoch }, 40);
}

export function onProducerIdBlock(w: World, brokerId: number, response: AllocateProducerIdsResponse): void {
  const b = ownBroker(w, brokerId);
  b.producerIdInFlight = false;
  if (response.errorCode !== 0) return;
  b.producerIdNext = response.producerIdStart;
  b.producerIdEnd = response.producerIdStart + response.producerIdLen;
}

export function producerIdsFailed(w: World, brokerId: number): void {
  if (brokerState(w, brokerId).producerIdInFlight) ownBroker(w, brokerId).producerIdInFlight = false;
}
