import type { ResolvedTopic, ScenarioTopic } from '../scenario.ts';
import { sortEntries } from './sort-entries.ts';

export const DEFAULT_BROKERS = 3;
export const FIRST_CONTROLLER_ID = 101;
export const DEFAULT_VERSION = '4.3';
export const DEFAULT_UNTIL_MS = 30_000;

/** CONTRACT.md's defaults, in one place. */
export const DEFAULTS = {
  seed: 1,
  controllers: 1,
  partitions: 1,
  replicationFactor: 3,
  ratePerSecond: 100,
  valueBytes: 100,
  latencyMs: 1,
  jitterMs: 0,
  bandwidthMbps: 1000,
  flushMs: 0,
  throughputMBps: 500,
} as const;

/** A topic of `topics` or of a topic.create, on a cluster of so many brokers. */
export function resolveTopic(topic: ScenarioTopic, brokers: number): ResolvedTopic {
  const { assignment } = topic;
  return {
    name: topic.name,
    partitions: assignment?.length ?? topic.partitions ?? DEFAULTS.partitions,
    replicationFactor:
      assignment?.[0]?.length ?? topic.replicationFactor ?? Math.min(DEFAULTS.replicationFactor, brokers),
    assignment: assignment ?? null,
    config: sortEntries(topic.config ?? {}),
  };
}
