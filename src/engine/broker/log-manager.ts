/** The broker's periodic look for what retention takes (Kafka: LogManager.cleanupLogs). */
import { EventKind } from '../kernel/event.ts';
import { registerEvent, schedule, tell } from '../kernel/schedule.ts';
import type { NodeState, PartitionName, World } from '../kernel/world.ts';
import { deleteOldSegments } from '../log/retention.ts';
import { topicConfig } from '../log/topic-config.ts';
import { lateCleaner } from '../slots.ts';
import { brokerState, ownReplica, replicasOn } from './replicas.ts';

/** The first look of a new process comes after log.initial.task.delay.ms; at time 0 brokers have long been up. */
export function startRetention(w: World, brokerId: number): void {
  const { node, settings } = brokerState(w, brokerId);
  const delayMs = w.nowUs === 0 ? settings.logRetentionCheckIntervalMs : settings.logInitialTaskDelayMs;
  schedule(w, w.nowUs + delayMs * 1000, EventKind.LogRetention, node);
  if (replicasOn(w, brokerId).some((r) => r.cleaned !== null)) lateCleaner.armCleaner(w, brokerId);
}

registerEvent(EventKind.LogRetention, (w, event) => {
  const brokerId = (w.nodes[event.node] as NodeState).nodeId;
  const b = brokerState(w, brokerId);
  for (const known of replicasOn(w, brokerId)) {
    // Nothing to take from a log that never grew.
    if (known.sizeBytes === 0 && known.segments.length === 0) continue;
    const { topic, name } = w.partitions[known.partition] as PartitionName;
    if (known.role === 'none') continue;
    const config = topicConfig(b.image, topic, b.entries);
    const mayGo = known.segments.length > 0 || config.retentionMs >= 0 || config.retentionBytes >= 0;
    if (!mayGo) continue;
    if (config.cleanupPolicy.includes('compact') && known.segments.length > 0) lateCleaner.armCleaner(w, brokerId);
    const r = ownReplica(w, brokerId, known.partition);
    for (const { reason, segments, records } of deleteOldSegments(w, r, config)) {
      const params = { broker: brokerId, partition: name, segments, records, logStart: r.logStart };
      tell(w, `log.retention.${reason}`, params, [`broker:${brokerId}`, `partition:${name}`]);
    }
  }
  const { logRetentionCheckIntervalMs } = b.settings;
  schedule(w, w.nowUs + logRetentionCheckIntervalMs * 1000, EventKind.LogRetention, event.node);
});
