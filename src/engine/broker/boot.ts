/** The connections that every broker keeps to the controller. */
import { EventKind } from '../kernel/event.ts';
import { schedule } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { Channel } from '../net/connection-state.ts';
import { connectionTo } from '../net/network.ts';
import { ownBroker } from './replicas.ts';

/** NodeToControllerChannelManager's clients reconnect every 50 ms. */
const RECONNECT_US = 50_000;
const CONTROLLER_TIMEOUT_US = 30_000_000;
/** controller.quorum.request.timeout.ms. */
const QUORUM_TIMEOUT_US = 2_000_000;

/** Makes (closed) the broker's connections for heartbeats, requests and the metadata log. */
export function connectionsOf(w: World, brokerId: number): void {
  const b = ownBroker(w, brokerId);
  const base = {
    setupTimeoutUs: 10_000_000,
    setupTimeoutMaxUs: 30_000_000,
    backoffUs: RECONNECT_US,
    backoffMaxUs: RECONNECT_US,
  };
  // BrokerLifecycleManager gives up on a heartbeat after half a session.
  const heartbeatUs = b.settings.brokerSessionTimeoutMs * 500;
  b.heartbeatConnection = connectionTo(w, b.node, w.controllerNode, Channel.Heartbeat, {
    ...base,
    requestTimeoutUs: heartbeatUs,
  });
  b.controllerConnection = connectionTo(w, b.node, w.controllerNode, Channel.ControllerRequests, {
    ...base,
    requestTimeoutUs: CONTROLLER_TIMEOUT_US,
  });
  b.metadataConnection = connectionTo(w, b.node, w.controllerNode, Channel.MetadataFetch, {
    ...base,
    requestTimeoutUs: QUORUM_TIMEOUT_US,
  });
}

export function communicateAt(w: World, brokerId: number, atUs: number): void {
  const b = ownBroker(w, brokerId);
  b.heartbeatDueUs = atUs;
  schedule(w, atUs, EventKind.BrokerHeartbeat, b.node);
}
