/** How an idempotent producer gets its id (Kafka: Sender.maybeSendAndPollTransactionalRequest, InitProducerIdHandler). */
import type { InitProducerIdRequest, InitProducerIdResponse } from '../../kafka/api/messages.ts';
import type { World } from '../kernel/world.ts';
import type { Connection } from '../net/connection-state.ts';
import { ready, sendRequest } from '../net/network.ts';
import { requestUpdate } from './client-metadata.ts';
import { Api, canSendMore, connectionOf, leastLoadedNode, NEVER } from './client-network.ts';
import type { ProducerState } from './producer-state.ts';
import { initProducerIdFailure } from './transaction-manager.ts';

const INT_MAX = 2_147_483_647;

/**
 * Asks any broker for a producer id if there is none. While `initState` is not idle the Sender does nothing else, as in
 * Kafka. Returns when to look again.
 */
export function runInitProducerId(w: World, p: ProducerState): number {
  if (p.initState === 'idle') {
    if (p.producerId >= 0) return NEVER;
    p.initState = 'wanted';
    p.initRetryAtUs = 0;
  }
  if (p.initState === 'in-flight') return NEVER;
  if (w.nowUs < p.initRetryAtUs) return p.initRetryAtUs;
  if (p.initState === 'wanted') {
    const { broker } = leastLoadedNode(w, p);
    if (broker < 0) {
      p.initRetryAtUs = w.nowUs + Math.max(p.settings.retryBackoffMs, 1) * 1000;
      return p.initRetryAtUs;
    }
    p.initBroker = broker;
    p.initState = 'connecting';
  }
  const connection = connectionOf(w, p, p.initBroker);
  if (!ready(w, connection)) {
    // Its end will be told; a node in back-off means that the attempt failed.
    return (w.connections[connection] as Connection).state === 'closed' ? backOff(w, p) : NEVER;
  }
  if (!canSendMore(w, p, connection)) return NEVER;
  const request: InitProducerIdRequest = {
    transactionalId: null,
    transactionTimeoutMs: INT_MAX,
    producerId: -1,
    producerEpoch: -1,
  };
  p.initCorrelationId = sendRequest(w, connection, Api.InitProducerId, request, 50 + p.id.length);
  p.initState = 'in-flight';
  return NEVER;
}

function backOff(w: World, p: ProducerState): number {
  requestUpdate(p.metadata);
  p.initState = 'wanted';
  p.initRetryAtUs = w.nowUs + Math.max(p.settings.retryBackoffMs, 1) * 1000;
  return p.initRetryAtUs;
}

export function handleInitProducerIdResponse(
  w: World,
  p: ProducerState,
  correlationId: number,
  body: InitProducerIdResponse,
): void {
  if (p.initState !== 'in-flight' || p.initCorrelationId !== correlationId) return;
  p.initState = 'idle';
  if (body.errorCode === 0) {
    p.producerId = body.producerId;
    p.producerEpoch = body.producerEpoch;
    return;
  }
  const failure = initProducerIdFailure(body.errorCode);
  if (failure.retry) {
    p.initState = 'wanted';
    p.initRetryAtUs = w.nowUs + Math.max(p.settings.retryBackoffMs, 1) * 1000;
  } else {
    p.fatalError = failure.exception;
  }
}

/** A lost connection: the request is asked again, of any broker. */
export function handleInitDisconnect(w: World, p: ProducerState, broker: number): void {
  if (p.initState === 'idle' || p.initState === 'wanted' || p.initBroker !== broker) return;
  backOff(w, p);
}
