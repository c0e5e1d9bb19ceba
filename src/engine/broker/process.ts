/** What a running broker does from time to time, and what its sockets put up with. How it starts and ends: process-life.ts. */

import type { BrokerConfig } from '../../kafka/config/effective-broker.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, schedule } from '../kernel/schedule.ts';
import { type NodeState, type PartitionName, type World, wallMs } from '../kernel/world.ts';
import { topicConfig } from '../log/topic-config.ts';
import { registerListening, registerServerLimits } from '../net/network.ts';
import { lateProducers } from '../slots.ts';
import { submitAlterPartition } from './alter-partition-manager.ts';
import { startRetention } from './log-manager.ts';
import { maybeShrinkIsr } from './partition.ts';
import { brokerState, ownReplica, replicasOn } from './replicas.ts';

/** BrokerServer.startup: SocketServer.enableRequestProcessing comes after the first metadata have been published. */
registerListening((w, node) => {
  if (node.kind === 'controller') return !w.controller.booting;
  if (node.kind !== 'broker') return true;
  const b = w.brokers[node.ref];
  return b === undefined || (b.published && b.lifecycle !== 'booting');
});

function settingsOf(w: World, node: NodeState): BrokerConfig | undefined {
  return node.kind === 'broker' ? w.brokers[node.ref]?.settings : w.controller.settings;
}

/** What SocketServer puts up with, by the configuration of the node. */
registerServerLimits({
  maxIdleUs: (w, node) => (settingsOf(w, node)?.connectionsMaxIdleMs ?? -1) * 1000,
  maxRequestBytes: (w, node) => settingsOf(w, node)?.socketRequestMaxBytes ?? 0,
});

/** The periodic work of a running broker, from now on. */
export function startTimers(w: World, brokerId: number): void {
  const { node, settings } = brokerState(w, brokerId);
  schedule(w, w.nowUs, EventKind.IsrShrinkCheck, node);
  schedule(
    w,
    w.nowUs + settings.replicaHighWatermarkCheckpointIntervalMs * 1000,
    EventKind.HighWatermarkCheckpoint,
    node,
  );
  schedule(w, w.nowUs + settings.producerIdExpirationCheckIntervalMs * 1000, EventKind.ProducerIdExpiration, node);
  startRetention(w, brokerId);
  if (settings.logFlushSchedulerIntervalMs < 1e12)
    schedule(w, w.nowUs + settings.logFlushSchedulerIntervalMs * 1000, EventKind.LogFlush, node);
}

/** Rule 8. */
registerEvent(EventKind.IsrShrinkCheck, (w, event) => {
  const brokerId = (w.nodes[event.node] as NodeState).nodeId;
  for (const known of replicasOn(w, brokerId)) {
    if (known.role !== 'leader' || known.pendingIsr !== null || known.isr.length < 2) continue;
    if (maybeShrinkIsr(w, ownReplica(w, brokerId, known.partition))) submitAlterPartition(w, brokerId, known.partition);
  }
  schedule(
    w,
    w.nowUs + brokerState(w, brokerId).settings.replicaLagTimeMaxMs * 500,
    EventKind.IsrShrinkCheck,
    event.node,
  );
});

/** Rule 89. */
registerEvent(EventKind.HighWatermarkCheckpoint, (w, event) => {
  const brokerId = (w.nodes[event.node] as NodeState).nodeId;
  for (const known of replicasOn(w, brokerId)) {
    if (known.checkpointedHw !== known.highWatermark)
      ownReplica(w, brokerId, known.partition).checkpointedHw = known.highWatermark;
  }
  schedule(
    w,
    w.nowUs + brokerState(w, brokerId).settings.replicaHighWatermarkCheckpointIntervalMs * 1000,
    EventKind.HighWatermarkCheckpoint,
    event.node,
  );
});

function flushAll(w: World, brokerId: number): void {
  for (const known of replicasOn(w, brokerId)) {
    if (known.flushedOffset < known.leo) ownReplica(w, brokerId, known.partition).flushedOffset = known.leo;
  }
}

/** The operating system writes its dirty pages; it does so whether the broker lives, stands still or is gone. */
registerEvent(EventKind.DiskFlush, (w, event) => {
  const node = w.nodes[event.arg] as NodeState;
  if (node.process !== 'power-off') flushAll(w, node.nodeId);
  schedule(w, w.nowUs + w.scenario.disk.flushUs, EventKind.DiskFlush, -1, event.arg);
});

/** LogManager.flushDirtyLogs: what has not been flushed for flush.ms is flushed at this look. */
registerEvent(EventKind.LogFlush, (w, event) => {
  const brokerId = (w.nodes[event.node] as NodeState).nodeId;
  const b = brokerState(w, brokerId);
  for (const known of replicasOn(w, brokerId)) {
    if (known.flushedOffset >= known.leo) continue;
    const { topic } = w.partitions[known.partition] as PartitionName;
    if (w.nowUs - known.lastFlushUs < topicConfig(b.image, topic, b.entries).flushMs * 1000) continue;
    const r = ownReplica(w, brokerId, known.partition);
    r.flushedOffset = r.leo;
    r.lastFlushUs = w.nowUs;
  }
  schedule(w, w.nowUs + b.settings.logFlushSchedulerIntervalMs * 1000, EventKind.LogFlush, event.node);
});

/** Rule 42. */
registerEvent(EventKind.ProducerIdExpiration, (w, event) => {
  const brokerId = (w.nodes[event.node] as NodeState).nodeId;
  const { settings } = brokerState(w, brokerId);
  const nowMs = wallMs(w);
  for (const known of replicasOn(w, brokerId)) {
    if (known.producers.producers.size > 0)
      lateProducers.removeExpiredProducers(
        ownReplica(w, brokerId, known.partition).producers,
        nowMs,
        settings.producerIdExpirationMs,
      );
  }
  schedule(
    w,
    w.nowUs + settings.producerIdExpirationCheckIntervalMs * 1000,
    EventKind.ProducerIdExpiration,
    event.node,
  );
});
