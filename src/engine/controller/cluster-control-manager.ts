/** Registrations, heartbeats and sessions (Kafka: ClusterControlManager, BrokerHeartbeatManager). Rules 53, 56, 87, 114. */

import type { BrokerHeartbeatRequest } from '../../kafka/api/messages.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, schedule, tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { lateReplication } from '../slots.ts';
import type { HeartbeatState } from './controller-state.ts';
import type { MetadataRecord } from './metadata-records.ts';
import { appendRecords, lastOffset, ownController } from './quorum-controller.ts';

function sessionTimeoutUs(w: World): number {
  return w.controller.settings.brokerSessionTimeoutMs * 1000;
}

export function hasValidSession(w: World, brokerId: number): boolean {
  const state = w.controller.heartbeats[brokerId];
  if (state === null || state === undefined || state.lastContactUs < 0) return false;
  return w.nowUs - state.lastContactUs <= sessionTimeoutUs(w);
}

/** BrokerHeartbeatManager.touch. */
export function touch(w: World, brokerId: number, fenced: boolean, metadataOffset: number): void {
  const c = ownController(w);
  const old = c.heartbeats[brokerId];
  const controlledShutdownOffset = old === null || old === undefined ? -1 : old.controlledShutdownOffset;
  const state: HeartbeatState = {
    brokerId,
    lastContactUs: w.nowUs,
    metadataOffset,
    fenced,
    controlledShutdownOffset: fenced ? -1 : controlledShutdownOffset,
  };
  c.heartbeats[brokerId] = state;
}

/** Rule 87, 114. Returns the records and the new broker epoch, or null for DUPLICATE_BROKER_REGISTRATION. */
export function registerBroker(
  w: World,
  request: { brokerId: number; incarnationId: number; rack: string | null; previousBrokerEpoch: number },
): { records: MetadataRecord[]; brokerEpoch: number } | null {
  const c = w.controller;
  const { brokerId, incarnationId, rack } = request;
  const existing = c.image.brokers[brokerId] ?? null;
  if (existing !== null && existing.incarnationId !== incarnationId && hasValidSession(w, brokerId)) return null;
  const records: MetadataRecord[] = [];
  if (existing === null || existing.incarnationId !== incarnationId) {
    const clean = c.elrEnabled && existing !== null && existing.epoch === request.previousBrokerEpoch;
    records.push(...lateReplication.brokerShutDownBefore(w, brokerId, clean));
    // QuorumController gives the registration the offset at which this write begins.
    const brokerEpoch = lastOffset(c) + 1;
    records.push({
      type: 'RegisterBrokerRecord',
      brokerId,
      incarnationId,
      brokerEpoch,
      rack,
      fenced: true,
      inControlledShutdown: false,
    });
    return { records, brokerEpoch };
  }
  records.push({
    type: 'RegisterBrokerRecord',
    brokerId,
    incarnationId,
    brokerEpoch: existing.epoch,
    rack,
    fenced: existing.fenced,
    inControlledShutdown: existing.inControlledShutdown,
  });
  return { records, brokerEpoch: existing.epoch };
}

export interface HeartbeatReply {
  readonly isCaughtUp: boolean;
  readonly isFenced: boolean;
  readonly shouldShutDown: boolean;
}

type Next = 'fenced' | 'unfenced' | 'controlled-shutdown' | 'shutdown-now';

function hasLeaderships(w: World, brokerId: number): boolean {
  return w.controller.image.partitions.some((p) => p !== null && p.leader === brokerId);
}

/** The lowest metadata offset of the active brokers (BrokerHeartbeatManager.lowestActiveOffset). */
function lowestActiveOffset(w: World): number {
  let lowest = Number.MAX_SAFE_INTEGER;
  for (const state of w.controller.heartbeats) {
    if (state === null || state === undefined || state.fenced || state.controlledShutdownOffset >= 0) continue;
    if (w.controller.image.brokers[state.brokerId]?.fenced === true) continue;
    if (state.metadataOffset < lowest) lowest = state.metadataOffset;
  }
  return lowest;
}

function nextState(w: World, request: BrokerHeartbeatRequest, current: Next, registrationOffset: number): Next {
  if (current === 'fenced') {
    if (request.wantShutDown) return 'shutdown-now';
    if (!request.wantFence && request.currentMetadataOffset >= registrationOffset) return 'unfenced';
    return 'fenced';
  }
  if (current === 'unfenced') {
    if (request.wantFence) return request.wantShutDown ? 'shutdown-now' : 'fenced';
    if (request.wantShutDown) return hasLeaderships(w, request.brokerId) ? 'controlled-shutdown' : 'shutdown-now';
    return 'unfenced';
  }
  if (hasLeaderships(w, request.brokerId)) return 'controlled-shutdown';
  const state = w.controller.heartbeats[request.brokerId] as HeartbeatState;
  return state.controlledShutdownOffset <= lowestActiveOffset(w) ? 'shutdown-now' : 'controlled-shutdown';
}

/** ReplicationControlManager.processBrokerHeartbeat. The broker's epoch has been checked. */
export function processHeartbeat(w: World, request: BrokerHeartbeatRequest): HeartbeatReply {
  const { brokerId } = request;
  const registration = w.controller.image.brokers[brokerId];
  const registrationOffset = registration?.epoch ?? 0;
  const current: Next =
    registration?.fenced !== false ? 'fenced' : registration.inControlledShutdown ? 'controlled-shutdown' : 'unfenced';
  const next = nextState(w, request, current, registrationOffset);
  touch(w, brokerId, next === 'fenced' || next === 'shutdown-now', request.currentMetadataOffset);
  if (next !== current) {
    if (next === 'unfenced') appendRecords(w, lateReplication.brokerUnfenced(w, brokerId, request.brokerEpoch));
    else if (next === 'fenced') appendRecords(w, lateReplication.brokerFenced(w, brokerId, 'fenced'));
    else if (next === 'shutdown-now') {
      if (current !== 'fenced') appendRecords(w, lateReplication.brokerFenced(w, brokerId, 'shutdown'));
    } else {
      appendRecords(w, lateReplication.brokerInControlledShutdown(w, brokerId, request.brokerEpoch));
      const c = ownController(w);
      c.heartbeats[brokerId] = {
        ...(c.heartbeats[brokerId] as HeartbeatState),
        controlledShutdownOffset: lastOffset(c),
      };
    }
  }
  return {
    isCaughtUp: request.currentMetadataOffset >= registrationOffset,
    isFenced: next === 'fenced' || next === 'shutdown-now',
    shouldShutDown: next === 'shutdown-now',
  };
}

/** Rule 53: looks for expired sessions every session/8, and fences one broker at a time. */
registerEvent(EventKind.ControllerTick, (w, event) => {
  const c = w.controller;
  let stale = -1;
  let oldestUs = Number.MAX_SAFE_INTEGER;
  for (const state of c.heartbeats) {
    if (state === null || state === undefined || state.lastContactUs < 0 || state.fenced) continue;
    if (w.nowUs - state.lastContactUs > sessionTimeoutUs(w) && state.lastContactUs < oldestUs) {
      stale = state.brokerId;
      oldestUs = state.lastContactUs;
    }
  }
  if (stale >= 0) {
    appendRecords(w, lateReplication.brokerFenced(w, stale, 'fenced'));
    const mine = ownController(w);
    mine.heartbeats[stale] = {
      ...(mine.heartbeats[stale] as HeartbeatState),
      fenced: true,
      controlledShutdownOffset: -1,
    };
    schedule(w, w.nowUs, EventKind.ControllerTick, event.node);
    return;
  }
  schedule(w, w.nowUs + Math.floor(sessionTimeoutUs(w) / 8), EventKind.ControllerTick, event.node);
});

registerEvent(EventKind.ControllerUncleanElection, (w, event) => {
  appendRecords(w, lateReplication.uncleanElections(w));
  schedule(
    w,
    w.nowUs + w.controller.settings.uncleanLeaderElectionIntervalMs * 1000,
    EventKind.ControllerUncleanElection,
    event.node,
  );
});

registerEvent(EventKind.ControllerPreferredElection, (w, event) => {
  if (w.controller.settings.autoLeaderRebalanceEnable) appendRecords(w, lateReplication.preferredElections(w));
  schedule(
    w,
    w.nowUs + w.controller.settings.leaderImbalanceCheckIntervalSeconds * 1_000_000,
    EventKind.ControllerPreferredElection,
    event.node,
  );
});

/** The controller's timers, at time 0 and after a restart. */
export function startController(w: World, restarted: boolean): void {
  const { node, settings } = w.controller;
  const c = ownController(w);
  if (restarted) {
    // Rule 114: a controller that becomes active gives every unfenced broker a fresh session.
    c.epoch += 1;
    c.parked = [];
    for (const b of c.image.brokers) {
      if (b === null) continue;
      c.heartbeats[b.id] = {
        brokerId: b.id,
        lastContactUs: b.fenced ? -1 : w.nowUs,
        metadataOffset: -1,
        fenced: b.fenced,
        controlledShutdownOffset: -1,
      };
    }
    tell(w, 'log.controller.active', { controller: c.nodeId }, [`controller:${c.nodeId}`], 'good');
  }
  schedule(w, w.nowUs + Math.floor((settings.brokerSessionTimeoutMs * 1000) / 8), EventKind.ControllerTick, node);
  schedule(w, w.nowUs + settings.uncleanLeaderElectionIntervalMs * 1000, EventKind.ControllerUncleanElection, node);
  schedule(
    w,
    w.nowUs + settings.leaderImbalanceCheckIntervalSeconds * 1_000_000,
    EventKind.ControllerPreferredElection,
    node,
  );
}
