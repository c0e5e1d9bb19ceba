/** Timers that drain where one looks: a silent broker's session, open batches, parked questions, back-offs, time-outs. */
import type { RingView } from '../../protocol/frame.ts';
import type { BrokerState } from '../broker/broker-state.ts';
import { lastCaughtUpTimeUs } from '../broker/follower-times.ts';
import { replicaOf } from '../broker/replicas.ts';
import type { ProducerState } from '../client/producer-state.ts';
import { nodeThing } from '../kernel/history/node-thing.ts';
import { type NodeState, nodeOf, type World } from '../kernel/world.ts';
import type { Connection } from '../net/connection-state.ts';
import { batchesOf } from './frame-clients.ts';
import { groupProjection } from './group-hooks.ts';

/** A produce request that waits this long for its answer is worth a ring. */
const SLOW_ANSWER_US = 1_000_000;
/** A follower that has not caught up for so long is on its way out of the in-sync set. */
const LAGGING_US = 1_500_000;

export function ringViews(w: World): RingView[] {
  const rings: RingView[] = [];
  for (const b of w.brokers) {
    const session = silentSession(w, b);
    if (session !== null) rings.push({ kind: 'session', about: `broker:${b.id}`, ...session });
    addParked(w, b, rings);
    addLagging(w, b, rings);
  }
  for (const p of w.producers) addProducer(w, p, rings);
  rings.push(...groupProjection.rings(w));
  return rings;
}

/** The session of a broker that the controller has not heard of for longer than a heartbeat should take. */
export function silentSession(w: World, b: BrokerState): { startUs: number; endUs: number } | null {
  const beat = w.controller.heartbeats[b.id] ?? null;
  if (beat === null || beat.fenced || beat.lastContactUs < 0) return null;
  // A controller that is not there ends no session; when it starts, it counts anew.
  if (w.nodes[w.controllerNode]?.process !== 'up') return null;
  const { process } = w.nodes[b.node] as NodeState;
  const silentUs = w.nowUs - beat.lastContactUs;
  const overdue = silentUs > b.settings.brokerHeartbeatIntervalMs * 1500;
  if (process === 'up' && !overdue) return null;
  return {
    startUs: beat.lastContactUs,
    endUs: beat.lastContactUs + w.controller.settings.brokerSessionTimeoutMs * 1000,
  };
}

function addParked(w: World, b: BrokerState, rings: RingView[]): void {
  if ((w.nodes[b.node] as NodeState).process !== 'up') return;
  for (const { request, deadlineUs, fromFollower } of b.delayedFetches) {
    if (fromFollower) continue;
    rings.push({
      kind: 'fetch-wait',
      about: nodeThing(w.nodes[request.from] as NodeState),
      startUs: request.arriveUs,
      endUs: deadlineUs,
    });
  }
}

/** Followers in sync that do not keep up with a leader that lives. */
function addLagging(w: World, b: BrokerState, rings: RingView[]): void {
  if ((w.nodes[b.node] as NodeState).process !== 'up') return;
  const limitUs = b.settings.replicaLagTimeMaxMs * 1000;
  for (let partition = 0; partition < w.partitions.length; partition++) {
    const leader = replicaOf(w, b.id, partition);
    if (leader === null || leader.role !== 'leader') continue;
    for (const remote of leader.remotes) {
      const caughtUpUs = lastCaughtUpTimeUs(b, remote);
      if (remote.leo >= leader.leo || caughtUpUs < 0 || !leader.isr.includes(remote.brokerId)) continue;
      if (w.nowUs - caughtUpUs < LAGGING_US) continue;
      const about = `replica:${w.partitions[partition]?.name ?? partition}@${remote.brokerId}`;
      rings.push({ kind: 'lag', about, startUs: caughtUpUs, endUs: caughtUpUs + limitUs });
    }
  }
}

function addProducer(w: World, p: ProducerState, rings: RingView[]): void {
  if ((w.nodes[p.node] as NodeState).process !== 'up') return;
  const about = `producer:${p.id}`;
  const { lingerMs, deliveryTimeoutMs } = p.settings;
  let oldest: { createdUs: number; attempts: number } | null = null;
  for (const { batch, inFlight } of batchesOf(p)) {
    if (batch.done) continue;
    if (oldest === null || batch.createdUs < oldest.createdUs) oldest = batch;
    if (inFlight) continue;
    if (batch.retry && batch.retryAtUs > w.nowUs)
      rings.push({ kind: 'retry-backoff', about, startUs: batch.lastAttemptUs, endUs: batch.retryAtUs });
    else if (!batch.closed && !batch.retry)
      rings.push({ kind: 'linger', about, startUs: batch.createdUs, endUs: batch.createdUs + lingerMs * 1000 });
  }
  if (oldest !== null && (oldest.attempts > 1 || w.nowUs - oldest.createdUs > 2 * SLOW_ANSWER_US)) {
    rings.push({
      kind: 'delivery',
      about,
      startUs: oldest.createdUs,
      endUs: oldest.createdUs + deliveryTimeoutMs * 1000,
    });
  }
  if (p.blocked !== null && (p.blocked.why === 'metadata' || p.blocked.why === 'buffer')) {
    rings.push({ kind: 'metadata', about, startUs: p.blocked.sinceUs, endUs: p.blocked.deadlineUs });
  }
  const waiting = oldestRequest(w, p);
  if (waiting !== null && w.nowUs - waiting.sentUs > SLOW_ANSWER_US) {
    rings.push({ kind: 'request-timeout', about, startUs: waiting.sentUs, endUs: waiting.deadlineUs });
  }
}

/** The produce request that has waited longest for its answer, and from whom. */
export function oldestRequest(
  w: World,
  p: ProducerState,
): { sentUs: number; deadlineUs: number; broker: number } | null {
  let found: { sentUs: number; deadlineUs: number; broker: number } | null = null;
  for (const { connection, correlationId } of p.requests) {
    const c = w.connections[connection] as Connection;
    const request = c.inFlight.find((r) => r.correlationId === correlationId);
    if (request === undefined || (found !== null && found.sentUs <= request.sentUs)) continue;
    found = { sentUs: request.sentUs, deadlineUs: request.deadlineUs, broker: (w.nodes[c.server] as NodeState).nodeId };
  }
  return found;
}

export function isUp(w: World, broker: number): boolean {
  return nodeOf(w, broker).process === 'up';
}
