/** Registration, heartbeats, controlled shutdown (Kafka: BrokerLifecycleManager). Rules 56, 87, 114. */
import { errorCode } from '../../kafka/api/errors-core.ts';
import type {
  AllocateProducerIdsResponse,
  AlterPartitionResponse,
  BrokerHeartbeatRequest,
  BrokerHeartbeatResponse,
  BrokerRegistrationRequest,
  BrokerRegistrationResponse,
  CreateTopicsRequest,
} from '../../kafka/api/messages.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, tell } from '../kernel/schedule.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { Channel, type Connection } from '../net/connection-state.ts';
import { ready, registerChannel, sendRequest } from '../net/network.ts';
import { lateLife, lateProducerIds } from '../slots.ts';
import { alterPartitionFailed, onAlterPartitionResponse, propagate } from './alter-partition-manager.ts';
import { topicCreationFailed, topicsCreated } from './auto-topic-creation.ts';
import { communicateAt } from './boot.ts';
import { maybeFirstPublish } from './metadata-publisher.ts';
import { brokerState, ownBroker } from './replicas.ts';

const BROKER_REGISTRATION = 62;
const BROKER_HEARTBEAT = 63;
const ALTER_PARTITION = 56;
const ALLOCATE_PRODUCER_IDS = 67;
const CREATE_TOPICS = 19;
const CATCHING_UP_US = 10_000;
const FIRST_SHUTDOWN_RETRY_US = 50_000;
const DUPLICATE_BROKER_REGISTRATION = errorCode('DUPLICATE_BROKER_REGISTRATION');

function intervalUs(w: World, brokerId: number): number {
  return brokerState(w, brokerId).settings.brokerHeartbeatIntervalMs * 1000;
}

/** Sends the registration or heartbeat that is due, or tries to connect. */
export function communicate(w: World, brokerId: number): void {
  const b = brokerState(w, brokerId);
  if (b.heartbeatInFlight || b.lifecycle === 'not-running' || b.lifecycle === 'booting') return;
  if (!ready(w, b.heartbeatConnection)) {
    const c = w.connections[b.heartbeatConnection] as Connection;
    if (c.state === 'closed') communicateAt(w, brokerId, Math.max(c.retryAtUs, w.nowUs + 1000));
    return;
  }
  const mine = ownBroker(w, brokerId);
  mine.heartbeatInFlight = true;
  if (mine.lifecycle === 'registering') {
    const body: BrokerRegistrationRequest = {
      brokerId,
      clusterId: 'kafkascope',
      incarnationId: mine.incarnationId,
      rack: (w.nodes[mine.node] as NodeState).rack,
      previousBrokerEpoch: mine.previousBrokerEpoch,
    };
    sendRequest(w, mine.heartbeatConnection, BROKER_REGISTRATION, body, 300);
    return;
  }
  const wantShutDown = mine.lifecycle === 'controlled-shutdown';
  // Ready to be unfenced as soon as the metadata of its own registration has been applied.
  const wantFence = !mine.published;
  const body: BrokerHeartbeatRequest = {
    brokerId,
    brokerEpoch: mine.brokerEpoch,
    currentMetadataOffset: mine.image.offset,
    wantFence,
    wantShutDown,
  };
  sendRequest(w, mine.heartbeatConnection, BROKER_HEARTBEAT, body, 60);
}

/** One timer: what was planned before and is not due yet has been replaced (BrokerLifecycleManager.scheduleNextCommunication). */
registerEvent(EventKind.BrokerHeartbeat, (w, event) => {
  const brokerId = (w.nodes[event.node] as NodeState).nodeId;
  const { heartbeatDueUs } = brokerState(w, brokerId);
  if (heartbeatDueUs === 0 || heartbeatDueUs > w.nowUs) return;
  ownBroker(w, brokerId).heartbeatDueUs = 0;
  communicate(w, brokerId);
});

registerChannel(Channel.Heartbeat, {
  onOpen(w, node) {
    communicate(w, (w.nodes[node] as NodeState).nodeId);
  },
  onDisconnect(w, node, connection) {
    const brokerId = (w.nodes[node] as NodeState).nodeId;
    ownBroker(w, brokerId).heartbeatInFlight = false;
    const c = w.connections[connection] as Connection;
    communicateAt(w, brokerId, Math.max(c.retryAtUs, w.nowUs + 1000));
  },
  onResponse(w, node, _connection, request, body) {
    const brokerId = (w.nodes[node] as NodeState).nodeId;
    ownBroker(w, brokerId).heartbeatInFlight = false;
    if (request.apiKey === BROKER_REGISTRATION) onRegistration(w, brokerId, body as BrokerRegistrationResponse);
    else onHeartbeat(w, brokerId, body as BrokerHeartbeatResponse);
  },
});

function next(w: World, brokerId: number, inUs: number): void {
  communicateAt(w, brokerId, w.nowUs + inUs);
}

function onRegistration(w: World, brokerId: number, response: BrokerRegistrationResponse): void {
  const b = ownBroker(w, brokerId);
  if (b.lifecycle !== 'registering') return;
  if (response.errorCode !== 0) {
    const remainingUs = intervalUs(w, brokerId);
    if (response.errorCode === DUPLICATE_BROKER_REGISTRATION)
      tell(w, 'log.broker.register-refused', { broker: brokerId, remainingUs }, [`broker:${brokerId}`]);
    next(w, brokerId, remainingUs);
    return;
  }
  b.brokerEpoch = response.brokerEpoch;
  // The clean-shutdown file has served.
  b.previousBrokerEpoch = -1;
  b.lifecycle = 'catching-up';
  maybeFirstPublish(w, brokerId);
  next(w, brokerId, CATCHING_UP_US);
}

function onHeartbeat(w: World, brokerId: number, response: BrokerHeartbeatResponse): void {
  const b = ownBroker(w, brokerId);
  if (response.errorCode !== 0) {
    next(w, brokerId, intervalUs(w, brokerId));
    return;
  }
  b.fenced = response.isFenced;
  if (b.lifecycle === 'catching-up') {
    if (!response.isFenced) {
      b.lifecycle = 'running';
      next(w, brokerId, intervalUs(w, brokerId));
    } else next(w, brokerId, CATCHING_UP_US);
  } else if (b.lifecycle === 'controlled-shutdown') {
    if (response.shouldShutDown) lateLife.finishControlledShutdown(w, brokerId);
    else {
      // The first answer that does not grant it is followed a little sooner than usual.
      const first = !b.shutdownAnswered;
      b.shutdownAnswered = true;
      next(w, brokerId, first ? FIRST_SHUTDOWN_RETRY_US : intervalUs(w, brokerId));
    }
  } else {
    // A broker that was fenced while it was away asks to be unfenced with its next heartbeats by being up to date.
    next(w, brokerId, intervalUs(w, brokerId));
  }
}

/** New metadata was applied: a broker that waits for its own registration goes on at its next 10 ms. */
export function onMetadata(w: World, brokerId: number): void {
  propagate(w, brokerId);
}

registerChannel(Channel.ControllerRequests, {
  onOpen(w, node) {
    const brokerId = (w.nodes[node] as NodeState).nodeId;
    propagate(w, brokerId);
    if (brokerState(w, brokerId).producerIdInFlight) lateProducerIds.producerIdsFailed(w, brokerId);
  },
  onDisconnect(w, node) {
    const brokerId = (w.nodes[node] as NodeState).nodeId;
    alterPartitionFailed(w, brokerId);
    if (brokerState(w, brokerId).producerIdInFlight) lateProducerIds.producerIdsFailed(w, brokerId);
    topicCreationFailed(w, brokerId);
  },
  onResponse(w, node, _connection, request, body) {
    const brokerId = (w.nodes[node] as NodeState).nodeId;
    if (request.apiKey === ALTER_PARTITION) onAlterPartitionResponse(w, brokerId, body as AlterPartitionResponse);
    else if (request.apiKey === ALLOCATE_PRODUCER_IDS)
      lateProducerIds.onProducerIdBlock(w, brokerId, body as AllocateProducerIdsResponse);
    else if (request.apiKey === CREATE_TOPICS) topicsCreated(w, brokerId, request.body as CreateTopicsRequest);
  },
});

/** Asks the controller to move its leaders; the process ends when the controller grants it. */
export function beginControlledShutdown(w: World, brokerId: number): void {
  const b = ownBroker(w, brokerId);
  b.lifecycle = 'controlled-shutdown';
  b.shutdownAnswered = false;
  communicate(w, brokerId);
}
