/** Brokers, controllers and links as the frame shows them. */
import type { BrokerView, LinkView } from '../../protocol/frame.ts';
import type { BrokerState } from '../broker/broker-state.ts';
import { replicaOf } from '../broker/replicas.ts';
import { nodeThing } from '../kernel/history/node-thing.ts';
import type { NodeState, World } from '../kernel/world.ts';

export function brokerViews(w: World): BrokerView[] {
  const leads: number[] = [];
  for (const p of w.controller.image.partitions)
    if (p !== null && p.leader >= 0 && !p.topic.startsWith('__')) leads[p.leader] = (leads[p.leader] ?? 0) + 1;
  return w.brokers.map((b) => brokerView(w, b, leads[b.id] ?? 0));
}

function brokerView(w: World, b: BrokerState, leads: number): BrokerView {
  const node = w.nodes[b.node] as NodeState;
  const registration = w.controller.image.brokers[b.id] ?? null;
  const beat = w.controller.heartbeats[b.id] ?? null;
  const hasSession = beat !== null && beat.lastContactUs >= 0 && !beat.fenced;
  return {
    id: b.id,
    isController: w.scenario.cluster.controllerIds.includes(b.id),
    rack: node.rack,
    version: node.version,
    state: node.process,
    sinceUs: node.sinceUs,
    fenced: registration === null || registration.fenced,
    shuttingDown:
      registration?.inControlledShutdown === true && node.process !== 'down' && node.process !== 'power-off',
    leads,
    lastHeartbeatUs: beat === null || beat.lastContactUs < 0 ? null : beat.lastContactUs,
    sessionEndsUs: hasSession ? beat.lastContactUs + w.controller.settings.brokerSessionTimeoutMs * 1000 : null,
    unflushedBytes: unflushedBytes(w, b.id),
  };
}

/** By the share of offsets that are not flushed: exact enough for a bar, and no walk over the log. */
export function unflushedBytes(w: World, broker: number): number {
  let bytes = 0;
  for (let p = 0; p < w.partitions.length; p++) {
    const r = replicaOf(w, broker, p);
    if (r === null || r.leo <= r.logStart) continue;
    const from = Math.max(r.flushedOffset, r.logStart);
    bytes += Math.round((r.sizeBytes * (r.leo - from)) / (r.leo - r.logStart));
  }
  return bytes;
}

export function controllerViews(w: World): BrokerView[] {
  const views: BrokerView[] = [];
  for (const node of w.nodes) {
    if (node.kind !== 'controller') continue;
    views.push({
      id: node.nodeId,
      isController: true,
      rack: node.rack,
      version: node.version,
      state: node.process,
      sinceUs: node.sinceUs,
      fenced: false,
      shuttingDown: false,
      leads: 0,
      lastHeartbeatUs: null,
      sessionEndsUs: null,
      unflushedBytes: 0,
    });
  }
  return views;
}

/** Links that are not as the whole network is: slower, or cut. */
export function linkViews(w: World): LinkView[] {
  const views: LinkView[] = [];
  const usualUs = w.scenario.network.latencyUs;
  for (const link of w.links) {
    const slow = link.latencyUs > usualUs;
    if (!link.cut && link.latencyUs === usualUs && link.lossPercent === 0) continue;
    const from = w.nodes[link.from] as NodeState;
    const to = w.nodes[link.to] as NodeState;
    views.push({
      from: nodeThing(from),
      to: nodeThing(to),
      latencyUs: link.latencyUs,
      slow: slow || link.lossPercent > 0,
      cut: link.cut,
    });
  }
  return views;
}
