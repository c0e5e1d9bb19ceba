/** What the log cleaner runs with: it is asked for only where a compacted log has rolled, so it stands apart from TopicConfig. */
import { type ConfigView, readConfig } from './config-view.ts';
import { inheritedEntries } from './effective-topic.ts';
import type { ConfigEntries } from './types.ts';

/** Of one topic's logs. Times in ms. */
export interface CompactionConfig {
  readonly minCleanableDirtyRatio: number;
  readonly deleteRetentionMs: number;
  readonly minCompactionLagMs: number;
  readonly maxCompactionLagMs: number;
}

/** Of one broker. */
export interface CleanerConfig {
  readonly enable: boolean;
  readonly backoffMs: number;
}

/** The topic's own values, else the broker's synonyms, else Kafka's defaults; what was refused was never stored. */
export function compactionConfig(topicEntries: ConfigEntries, brokerEntries: ConfigEntries): CompactionConfig {
  const merged = new Map(inheritedEntries(brokerEntries));
  for (const [key, value] of topicEntries) merged.set(key, value);
  const { view } = readConfig('topic', [...merged]);
  return {
    minCleanableDirtyRatio: view.number('min.cleanable.dirty.ratio'),
    deleteRetentionMs: view.number('delete.retention.ms'),
    minCompactionLagMs: view.number('min.compaction.lag.ms'),
    maxCompactionLagMs: view.number('max.compaction.lag.ms'),
  };
}

export function cleanerConfig(brokerEntries: ConfigEntries): CleanerConfig {
  const { view }: { view: ConfigView } = readConfig('broker', brokerEntries);
  return { enable: view.boolean('log.cleaner.enable'), backoffMs: view.number('log.cleaner.backoff.ms') };
}
