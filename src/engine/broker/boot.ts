/** The connections that every broker keeps to the controller. */
import { EventKind } from '../kernel/event.ts';
import { schedule } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { Channel } from '../net/connection-state.ts';
import { connectionTo } from '../net/network.ts';
import { ownBroker } from './replicas.ts';

/** NodeToControllerChannelManager's clients reconnect every 50 ms. */
const RECONNECT_US = 50_000;

/** Makes (closed) the broker's connections for heartbeats, requests and the metadata log. */
export function connectionsOf(w: World, brokerId: number): void {
  const b = ownBroker(w, brokerId);
  const base = {
    setupTimeoutUs: b.settings.socketConnectionSetupTimeoutMs * 1000,
    setupTimeoutMaxUs: b.settings.socketConnectionSetupTimeoutMaxMs * 1000,
    backoffUs: RECONNECT_US,
    backoffMaxUs: RECONNECT_US,
  };
  // BrokerLifecycleManager gives up on a heartbeat after half a session, its channel after controller.socket.timeout.ms.
  const { brokerSessionTimeoutMs, controllerSocketTimeoutMs } = b.settings;
  const heartbeatUs = Math.min(brokerSessionTimeoutMs * 500, controllerSocketTimeoutMs * 1000);
  b.heartbeatConnection = connectionTo(w, b.node, w.controllerNode, Channel.Heartbeat, {
    ...base,
    requestTimeoutUs: heartbeatUs,
  });
  b.controllerConnection = connectionTo(w, b.node, w.controllerNode, Channel.ControllerRequests, {
    ...base,
    requestTimeoutUs: b.settings.controllerSocketTimeoutMs * 1000,
  });
  b.metadataConnection = connectionTo(w, b.node, w.controllerNode, Channel.MetadataFetch, {
    ...base,
    requestTimeoutUs: b.settings.controllerQuorumRequestTimeoutMs * 1000,
  });
}

export function communicateAt(w: World, brokerId: number, atUs: number): void {
  const b = ownBroker(w, brokerId);
  b.heartbeatDueUs = atUs;
  schedule(w, atUs, EventKind.BrokerHeartbeat, b.node);
}
