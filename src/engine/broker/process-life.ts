/** How a broker's or controller's process ends and starts again: kill, stop, pause, power loss, boot. */
import { assert } from '../../base/assert.ts';
import { nextUint32 } from '../../base/random.ts';
import { startController } from '../controller/cluster-control-manager.ts';
import { EMPTY_IMAGE } from '../controller/metadata-image.ts';
import { ownController } from '../controller/quorum-controller.ts';
import { EventKind } from '../kernel/event.ts';
import { runDeferred } from '../kernel/run.ts';
import { registerEvent, schedule, tell } from '../kernel/schedule.ts';
import { type NodeState, ownNode, stream, type World } from '../kernel/world.ts';
import { ledgerHostDown, ledgerHostUp, ledgerPagesLost } from '../ledger/fault-facts.ts';
import { takeSnapshot } from '../log/producer-state-manager.ts';
import { reopen, truncateTo } from '../log/unified-log.ts';
import { closeAllOf, drainInboxes, vanish } from '../net/sockets.ts';
import { communicate } from './broker-lifecycle-manager.ts';
import { dropValidating } from './compression-work.ts';
import { coordinatorHooks } from './coordinator-hooks.ts';
import { fetchMetadata } from './metadata-publisher.ts';
import { startTimers } from './process.ts';
import { dropFetchers } from './replica-fetcher.ts';
import { ownBroker, ownReplica, replicasOn } from './replicas.ts';

/**
 * What a broker needs from its start to its registration: the JVM, its logs. Real ones on a quiet machine take two to
 * four seconds (golden A7: back in the ISR after 2.8 to 3.9 s).
 */
export const BOOT_US = 3_000_000;
/** A controller has less to load: its first election came 12.1 s after its start, of which 9 to 10.1 s were the dead broker's fresh session. */
export const CONTROLLER_BOOT_US = 2_000_000;

function thing(node: NodeState): string {
  return node.kind === 'controller' ? `controller:${node.id}` : `broker:${node.id}`;
}

function say(
  w: World,
  node: NodeState,
  what: string,
  tone: 'plain' | 'harm' | 'good',
  extra: Record<string, number> = {},
): void {
  const key =
    node.kind === 'controller' && ['killed', 'started', 'paused', 'resumed'].includes(what)
      ? `log.controller.${what}`
      : `log.broker.${what}`;
  tell(
    w,
    key,
    { broker: node.nodeId, controller: node.nodeId, ...extra },
    [thing(node) as `broker:${string}`],
    tone,
    'faults',
  );
}

/** Everything that lived in the process is gone; what it wrote stays in the host's page cache. */
function endProcess(w: World, nodeIndex: number, state: 'down' | 'power-off', clean = false): void {
  const node = ownNode(w, nodeIndex);
  node.process = state;
  node.sinceUs = w.nowUs;
  node.incarnation += 1;
  node.deferred = [];
  if (node.kind !== 'broker') return;
  const b = ownBroker(w, node.nodeId);
  // Loading its logs a process takes the clean-shutdown file away; only an orderly end writes another.
  if (!clean && b.lifecycle !== 'not-running' && b.lifecycle !== 'booting') b.previousBrokerEpoch = -1;
  b.lifecycle = 'not-running';
  b.heartbeatInFlight = false;
  b.heartbeatDueUs = 0;
  b.alterInFlight = null;
  b.alterPending = [];
  b.producerIdInFlight = false;
  b.delayedFetches = [];
  b.sessionlessFetches = 0;
  b.fetchSessions = [];
  b.fetchWatchers = [];
  b.nextSessionShard = 0;
  b.followerFetchUs = [];
  b.delayedProduces = [];
  b.fetchExpireArmedUs = 0;
  b.produceExpireArmedUs = 0;
  b.topicsInCreation = [];
  dropValidating(w, node.nodeId);
  coordinatorHooks.processEnded(w, node.nodeId);
  dropFetchers(w, node.nodeId);
  for (const known of replicasOn(w, node.nodeId)) {
    const r = ownReplica(w, node.nodeId, known.partition);
    r.role = 'none';
    r.pendingIsr = null;
    r.remotes = [];
  }
}

export function kill(w: World, nodeIndex: number): string | null {
  const node = w.nodes[nodeIndex] as NodeState;
  if (node.process === 'down' || node.process === 'power-off') return `${node.id} is not running`;
  say(w, node, 'killed', 'harm');
  if (node.kind === 'broker') ledgerHostDown(w, node.nodeId, 'killed');
  endProcess(w, nodeIndex, 'down');
  closeAllOf(w, nodeIndex);
  return null;
}

export function powerLoss(w: World, nodeIndex: number): string | null {
  const node = w.nodes[nodeIndex] as NodeState;
  if (node.process === 'power-off') return `${node.id}'s host has no power already`;
  let records = 0;
  if (node.kind === 'broker') ledgerHostDown(w, node.nodeId, 'power-lost');
  endProcess(w, nodeIndex, 'power-off');
  vanish(w, nodeIndex);
  if (node.kind === 'broker') records = losePages(w, node.nodeId);
  say(w, node, 'power-lost', 'harm', { records });
  return null;
}

/** Rule 93: what was only in the page cache is gone; recovery will find the log ending there. */
function losePages(w: World, brokerId: number): number {
  let records = 0;
  for (const known of replicasOn(w, brokerId)) {
    if (known.flushedOffset >= known.leo) continue;
    const r = ownReplica(w, brokerId, known.partition);
    const gone = truncateTo(w, r, r.flushedOffset);
    for (const b of gone) records += b.batch.records.length;
    ledgerPagesLost(w, r, gone);
  }
  return records;
}

export function start(w: World, nodeIndex: number): string | null {
  const node = w.nodes[nodeIndex] as NodeState;
  if (node.process === 'up' || node.process === 'paused') return `${node.id} is running`;
  const mine = ownNode(w, nodeIndex);
  mine.process = 'up';
  mine.sinceUs = w.nowUs;
  mine.incarnation += 1;
  say(w, mine, 'started', 'good');
  if (mine.kind === 'controller') {
    ownController(w).booting = true;
    schedule(w, w.nowUs + CONTROLLER_BOOT_US, EventKind.ControllerBooted, nodeIndex);
    return null;
  }
  const b = ownBroker(w, mine.nodeId);
  b.lifecycle = 'booting';
  b.brokerEpoch = -1;
  schedule(w, w.nowUs + BOOT_US, EventKind.BrokerBooted, nodeIndex);
  return null;
}

registerEvent(EventKind.ControllerBooted, (w) => {
  ownController(w).booting = false;
  startController(w, true);
});

registerEvent(EventKind.BrokerBooted, (w, event) => {
  const node = w.nodes[event.node] as NodeState;
  const b = ownBroker(w, node.nodeId);
  b.lifecycle = 'registering';
  const timeoutMs = b.settings.initialBrokerRegistrationTimeoutMs;
  schedule(w, w.nowUs + Math.max(timeoutMs, 0) * 1000, EventKind.BrokerRegister, event.node);
  b.incarnationId = nextUint32(stream(w, 'incarnations'));
  b.image = EMPTY_IMAGE;
  b.published = false;
  b.fenced = true;
  for (const known of replicasOn(w, node.nodeId)) {
    const r = ownReplica(w, node.nodeId, known.partition);
    reopen(w, r);
    r.partitionEpoch = -1;
    r.leaderEpoch = -1;
  }
  ledgerHostUp(w, node.nodeId);
  startTimers(w, node.nodeId);
  communicate(w, node.nodeId);
  fetchMetadata(w, node.nodeId);
});

/** BrokerLifecycleManager.RegistrationTimeoutEvent: a broker that nobody registers in time gives up, and its process ends. */
registerEvent(EventKind.BrokerRegister, (w, event) => {
  const node = w.nodes[event.node] as NodeState;
  if (w.brokers[node.ref]?.lifecycle !== 'registering') return;
  tell(w, 'log.broker.not-registered', { broker: node.nodeId }, [`broker:${node.nodeId}`], 'harm');
  ledgerHostDown(w, node.nodeId, 'killed');
  endProcess(w, event.node, 'down');
  closeAllOf(w, event.node);
});

export function pause(w: World, nodeIndex: number): string | null {
  const node = w.nodes[nodeIndex] as NodeState;
  if (node.process !== 'up') return `${node.id} is not running`;
  const mine = ownNode(w, nodeIndex);
  mine.process = 'paused';
  mine.sinceUs = w.nowUs;
  if (mine.kind === 'broker') ledgerHostDown(w, mine.nodeId, 'paused');
  say(w, mine, 'paused', 'harm');
  return null;
}

export function resume(w: World, nodeIndex: number): string | null {
  const node = w.nodes[nodeIndex] as NodeState;
  if (node.process !== 'paused') return `${node.id} is not paused`;
  const mine = ownNode(w, nodeIndex);
  mine.process = 'up';
  mine.sinceUs = w.nowUs;
  if (mine.kind === 'broker') ledgerHostUp(w, mine.nodeId);
  say(w, mine, 'resumed', 'good');
  // What waited in its sockets and the timers that came due; sockets first, as the selector's next poll finds them all.
  drainInboxes(w, nodeIndex);
  runDeferred(w, nodeIndex);
  return null;
}

/** Granted: flushes, checkpoints, writes the clean-shutdown file, and ends (rule 89). */
export function finishControlledShutdown(w: World, brokerId: number): void {
  const b = ownBroker(w, brokerId);
  const nodeIndex = b.node;
  const node = w.nodes[nodeIndex] as NodeState;
  assert(node.process === 'up', 'process-runs', `broker ${brokerId} ends a shutdown while ${node.process}`);
  // Stopped while it still loads its logs it has nothing to write, and the file of the process before it still lies there.
  if (b.lifecycle !== 'booting') {
    b.previousBrokerEpoch = b.brokerEpoch;
    for (const known of replicasOn(w, brokerId)) {
      const r = ownReplica(w, brokerId, known.partition);
      r.flushedOffset = r.leo;
      r.checkpointedHw = r.highWatermark;
      takeSnapshot(r.producers);
    }
  }
  say(w, node, 'stopped', 'plain');
  ledgerHostDown(w, brokerId, 'stopped');
  endProcess(w, nodeIndex, 'down', true);
  closeAllOf(w, nodeIndex);
}
