/**
 * The broker's log cleaner (Kafka: LogCleaner, LogCleanerManager): every log.cleaner.backoff.ms it looks at all compacted logs and
 * cleans those that are dirty enough, the filthiest first. A look that could find nothing is not simulated: the timer runs only
 * while a compacted log has a full segment that was not cleaned. Cleaning takes no time of its own.
 */
import {
  type CleanerConfig,
  type CompactionConfig,
  cleanerConfig,
  compactionConfig,
} from '../../kafka/config/effective-cleaner.ts';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import { configOf } from '../controller/metadata-image.ts';
import { EventKind } from '../kernel/event.ts';
import { fold } from '../kernel/hash.ts';
import { registerEvent, schedule, tell } from '../kernel/schedule.ts';
import type { NodeState, PartitionName, World } from '../kernel/world.ts';
import { cleanLog, isDue, logToClean } from '../log/cleaner.ts';
import { topicConfig } from '../log/topic-config.ts';
import type { BrokerState } from './broker-state.ts';
import type { ReplicaState } from './replica-state.ts';
import { brokerState, ownReplica, replicaOf, replicasOn } from './replicas.ts';

export { cleanedBytes, readCleaned, remaining, truncateCleaned } from '../log/cleaned-log.ts';

/** What a broker's own properties say, with what was set for all brokers at runtime. */
function nodeEntries(b: BrokerState): ConfigEntries {
  const dynamic = configOf(b.image, 'BROKER', '');
  return dynamic.size === 0 ? b.entries : [...b.entries.filter(([k]) => !dynamic.has(k)), ...dynamic];
}

/** A compacted log has a full segment more: the cleaner will look at it. */
export function logRolled(w: World, r: ReplicaState): void {
  armCleaner(w, r.broker);
}

/** The next look, if none is due already. Looks come at whole multiples of the back-off since the process began. */
export function armCleaner(w: World, brokerId: number): void {
  const b = brokerState(w, brokerId);
  const config = cleanerConfig(nodeEntries(b));
  if (!config.enable) return;
  const atUs = nextLook(w, b, config);
  const armed = w.queue.some(
    (e) => e.kind === EventKind.LogCleaner && e.node === b.node && e.atUs <= atUs && isOwn(w, e),
  );
  if (!armed) schedule(w, atUs, EventKind.LogCleaner, b.node);
}

function isOwn(w: World, event: { readonly node: number; readonly incarnation: number }): boolean {
  return (w.nodes[event.node] as NodeState).incarnation === event.incarnation;
}

function nextLook(w: World, b: BrokerState, { backoffMs }: CleanerConfig): number {
  const { sinceUs } = w.nodes[b.node] as NodeState;
  const stepUs = Math.max(1, backoffMs) * 1000;
  return sinceUs + (Math.floor((w.nowUs - sinceUs) / stepUs) + 1) * stepUs;
}

registerEvent(EventKind.LogCleaner, (w, event) => {
  const brokerId = (w.nodes[event.node] as NodeState).nodeId;
  const b = brokerState(w, brokerId);
  const entries = nodeEntries(b);
  const logs = replicasOn(w, brokerId)
    .filter((r) => r.role !== 'none' && r.segments.length > 0)
    .flatMap((r) => {
      const { topic, name } = w.partitions[r.partition] as PartitionName;
      const topicOwn = topicConfig(b.image, topic, b.entries);
      if (!topicOwn.cleanupPolicy.includes('compact')) return [];
      const config = compactionConfig([...configOf(b.image, 'TOPIC', topic)], entries);
      return [{ r, name, config, segmentBytes: topicOwn.segmentBytes, log: logToClean(w, r, config) }];
    })
    .sort((x, y) => y.log.ratio - x.log.ratio || x.r.partition - y.r.partition);
  for (const { r, name, config, segmentBytes, log } of logs)
    if (isDue(log, config)) clean(w, r, name, log, config, segmentBytes);
  // What is dirty and not dirty enough may be due by time; a broker that starts does not know its topics yet.
  if (b.lifecycle !== 'running' || logs.some(({ r }) => isDirty(replicaOf(w, brokerId, r.partition))))
    armCleaner(w, brokerId);
});

function isDirty(r: ReplicaState | null): boolean {
  return r !== null && (r.segments.at(-1)?.base ?? -1) >= (r.cleaned?.upTo ?? r.logStart);
}

function clean(
  w: World,
  known: ReplicaState,
  name: string,
  log: ReturnType<typeof logToClean>,
  config: CompactionConfig,
  segmentBytes: number,
): void {
  const r = ownReplica(w, known.broker, known.partition);
  const { removed, kept, tombstones, bytes } = cleanLog(w, r, log, config, segmentBytes);
  fold(w, log.firstUncleanableOffset);
  fold(w, removed);
  const params = {
    broker: r.broker,
    partition: name,
    removed,
    kept,
    tombstones,
    bytes,
    upTo: log.firstUncleanableOffset,
  };
  tell(w, 'log.compacted', params, [`replica:${name}@${r.broker}`, `broker:${r.broker}`, `partition:${name}`]);
}
