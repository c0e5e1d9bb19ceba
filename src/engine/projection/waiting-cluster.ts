/** Waits for brokers and the controller: silence, elections, starts, shut-downs. */

import type { BrokerState } from '../broker/broker-state.ts';
import type { PartitionRegistration } from '../controller/metadata-image.ts';
import { EventKind } from '../kernel/event.ts';
import { type NodeState, nodeOf, type World } from '../kernel/world.ts';
import { isAvailable, leaderSinceUs } from './frame-partitions.ts';
import { silentSession } from './frame-rings.ts';
import { type Waiting, waiting } from './waiting.ts';

/** News of an election that nobody has taken in after so long is stuck, not under way. */
const NEWS_US = 3_000_000;

function partitionsOf(w: World): PartitionRegistration[] {
  return w.controller.image.partitions.filter(
    (p): p is PartitionRegistration => p !== null && p !== undefined && !p.topic.startsWith('__'),
  );
}

const nameOf = (p: PartitionRegistration): string => `${p.topic}-${p.partitionId}`;
const list = (ids: readonly number[]): string => [...ids].sort((a, b) => a - b).join(', ');

export function waitingOnCluster(w: World): Waiting | null {
  const up = w.brokers.filter((b) => (w.nodes[b.node] as NodeState).process === 'up');
  if (up.length === 0 && w.brokers.every((b) => (w.nodes[b.node] as NodeState).process !== 'paused')) {
    const sinceUs = Math.max(...w.brokers.map((b) => (w.nodes[b.node] as NodeState).sinceUs));
    return waiting('stuck', 'all-down', { forUs: w.nowUs - sinceUs }, sinceUs);
  }
  return (
    silentLeader(w) ??
    controllerDown(w) ??
    leaderless(w) ??
    starting(w) ??
    news(w) ??
    shuttingDown(w) ??
    silentFollower(w)
  );
}

/** A leader that is dead or stopped and that the controller still holds to be alive. */
function silentLeader(w: World): Waiting | null {
  const partitions = partitionsOf(w);
  for (const b of w.brokers) {
    const session = silentSession(w, b);
    const led = partitions.find((p) => p.leader === b.id);
    if (session === null || led === undefined || ownProcessAgain(w, b)) continue;
    if (nodeOf(w, b.id).process === 'up' && isAvailable(w, led)) continue;
    return sessionWait(w, b, session, led);
  }
  return null;
}

function ownProcessAgain(w: World, b: BrokerState): boolean {
  return (w.nodes[b.node] as NodeState).process === 'up' && b.lifecycle !== 'running';
}

function sessionWait(
  w: World,
  b: BrokerState,
  session: { startUs: number; endUs: number },
  led: PartitionRegistration,
): Waiting {
  const silentUs = w.nowUs - session.startUs;
  const remainingUs = session.endUs - w.nowUs;
  if (remainingUs <= 0) return overdue(w, b.id, session.startUs);
  const base = {
    broker: b.id,
    silentUs,
    sessionUs: session.endUs - session.startUs,
    remainingUs,
    partition: nameOf(led),
  };
  const producer = w.producers.find(
    (p) => (w.nodes[p.node] as NodeState).process === 'up' && p.topics.some((t) => t.name === led.topic),
  );
  if (producer === undefined) return waiting('timer', 'session.idle', base, session.startUs, session.endUs);
  return waiting('timer', 'session', { ...base, producer: producer.id }, session.startUs, session.endUs);
}

function overdue(w: World, broker: number, sinceUs: number): Waiting {
  const tick = w.queue.reduce(
    (soonest, e) => (e.kind === EventKind.ControllerTick && e.atUs < soonest ? e.atUs : soonest),
    Number.POSITIVE_INFINITY,
  );
  const untilUs = Number.isFinite(tick) ? tick : null;
  return waiting(
    'timer',
    'session.check',
    { broker, remainingUs: untilUs === null ? 0 : untilUs - w.nowUs },
    sinceUs,
    untilUs,
  );
}

function controllerDown(w: World): Waiting | null {
  const node = w.nodes[w.controllerNode] as NodeState | undefined;
  if (node === undefined || node.process === 'up') return null;
  const params = { controller: node.nodeId, forUs: w.nowUs - node.sinceUs };
  // Records go on flowing: the picture should too.
  return waiting('flow', 'controller-down', params, node.sinceUs);
}

function leaderless(w: World): Waiting | null {
  for (const p of partitionsOf(w)) {
    if (p.leader >= 0) continue;
    const sinceUs = leaderSinceUs(w, p);
    const base = { partition: nameOf(p), forUs: w.nowUs - sinceUs };
    const back = returning(w, [...p.elr, ...p.isr, ...p.lastKnownElr]);
    if (back !== null) return back;
    if (p.elr.length > 0) return waiting('stuck', 'no-leader.elr', { ...base, elr: list(p.elr) }, sinceUs);
    if (p.isr.length > 0) return waiting('stuck', 'no-leader.isr', { ...base, isr: list(p.isr) }, sinceUs);
    const [last] = p.lastKnownElr;
    if (last !== undefined) return waiting('stuck', 'no-leader.last-known', { ...base, broker: last }, sinceUs);
    return waiting('stuck', 'no-leader', base, sinceUs);
  }
  return null;
}

/** One of these brokers is on its way back. */
function returning(w: World, ids: readonly number[]): Waiting | null {
  for (const b of w.brokers)
    if (ids.includes(b.id)) {
      const found = startingBroker(w, b);
      if (found !== null) return found;
    }
  return null;
}

function starting(w: World): Waiting | null {
  for (const b of w.brokers) {
    const found = startingBroker(w, b);
    if (found !== null) return found;
  }
  return null;
}

function startingBroker(w: World, b: BrokerState): Waiting | null {
  const node = w.nodes[b.node] as NodeState;
  if (node.process !== 'up') return null;
  const params = { broker: b.id };
  switch (b.lifecycle) {
    case 'booting':
      return waiting('decision', 'start', params, node.sinceUs);
    case 'registering': {
      const session = silentSession(w, b) ?? sessionOf(w, b.id);
      const againUs = b.heartbeatDueUs;
      if (session === null || session.endUs <= w.nowUs || againUs <= w.nowUs)
        return waiting('decision', 'start', params, node.sinceUs);
      const words = { ...params, sessionUs: session.endUs - session.startUs, remainingUs: againUs - w.nowUs };
      return waiting('timer', 'register', words, node.sinceUs, againUs);
    }
    case 'catching-up':
      return waiting('decision', 'unfence', params, node.sinceUs);
    default:
      return null;
  }
}

function sessionOf(w: World, broker: number): { startUs: number; endUs: number } | null {
  const beat = w.controller.heartbeats[broker] ?? null;
  if (beat === null || beat.fenced || beat.lastContactUs < 0) return null;
  return {
    startUs: beat.lastContactUs,
    endUs: beat.lastContactUs + w.controller.settings.brokerSessionTimeoutMs * 1000,
  };
}

/** Elected, and the new leader has not heard of it yet. */
function news(w: World): Waiting | null {
  for (const p of partitionsOf(w)) {
    if (p.leader < 0 || isAvailable(w, p) || nodeOf(w, p.leader).process !== 'up') continue;
    const sinceUs = leaderSinceUs(w, p);
    if (w.nowUs - sinceUs > NEWS_US) continue;
    return waiting('decision', 'news', { broker: p.leader, partition: nameOf(p), remainingUs: 0 }, sinceUs);
  }
  return null;
}

function shuttingDown(w: World): Waiting | null {
  for (const b of w.brokers) {
    const node = w.nodes[b.node] as NodeState;
    if (node.process !== 'up' || b.lifecycle !== 'controlled-shutdown') continue;
    const leads = partitionsOf(w).filter((p) => p.leader === b.id).length;
    if (leads === 0) return waiting('decision', 'shutdown.last', { broker: b.id }, node.sinceUs);
    return waiting('decision', 'shutdown', { broker: b.id, leads }, node.sinceUs);
  }
  return null;
}

function silentFollower(w: World): Waiting | null {
  for (const b of w.brokers) {
    const session = silentSession(w, b);
    if (session === null || ownProcessAgain(w, b)) continue;
    const remainingUs = session.endUs - w.nowUs;
    if (remainingUs <= 0) return overdue(w, b.id, session.startUs);
    const words = {
      broker: b.id,
      silentUs: w.nowUs - session.startUs,
      sessionUs: session.endUs - session.startUs,
      remainingUs,
    };
    // Records go on flowing: the picture should too.
    return waiting('flow', 'session.follower', words, session.startUs, session.endUs);
  }
  for (const b of w.brokers) {
    const node = w.nodes[b.node] as NodeState;
    if (node.process === 'paused')
      return waiting('flow', 'paused', { broker: b.id, forUs: w.nowUs - node.sinceUs }, node.sinceUs);
  }
  return null;
}
