import { type ConfigView, type Effective, readConfig } from './config-view.ts';
import { crossCheck } from './cross-checks.ts';
import { MAX_TIMER_MS } from './limits.ts';
import { parseValue } from './parse-value.ts';
import { configEntries, configEntry, findKey } from './registry.ts';
import type { ConfigEntries, ConfigEntry } from './types.ts';
import { type ConfigRefusal, makeRefusal } from './validate.ts';

/** What a topic's logs run with. Times in ms, sizes in bytes. */
export type TopicConfig = {
  minInsyncReplicas: number;
  uncleanLeaderElectionEnable: boolean;
  maxMessageBytes: number;
  messageTimestampType: 'CreateTime' | 'LogAppendTime';
  messageTimestampBeforeMaxMs: number;
  messageTimestampAfterMaxMs: number;
  flushMessages: number;
  flushMs: number;
  cleanupPolicy: readonly string[];
  retentionMs: number;
  retentionBytes: number;
  segmentBytes: number;
  segmentMs: number;
  segmentJitterMs: number;
  segmentIndexBytes: number;
  indexIntervalBytes: number;
  compressionType: string;
  /** Of the codec that compression.type names; absent where it names none, or one without levels. */
  compressionLevel?: number;
};

/** Where a topic's value comes from. */
export type TopicValueSource = 'topic' | 'broker' | 'default';

/**
 * The values a topic's logs run with on a broker of this configuration: the topic's own, else the first of the broker's
 * synonyms that is set, else Kafka's default (KafkaConfig.extractLogConfigMap, LogConfig of Kafka 4.3.1).
 */
export function effectiveTopicConfig(
  topicEntries: ConfigEntries,
  brokerEntries: ConfigEntries,
): Effective<TopicConfig> {
  const own = readConfig('topic', topicEntries);
  if (own.refusals.length > 0) return { ok: false, refusals: own.refusals };
  const merged = new Map(inheritedEntries(brokerEntries));
  for (const [key, value] of topicEntries) merged.set(key, value);
  const { view } = readConfig('topic', [...merged]);
  const refused = checkCompactionLags(view) ?? crossCheck('topic', view, brokerEntries);
  if (refused !== null) return { ok: false, refusals: [refused] };
  return { ok: true, config: plainValues(view), notes: own.notes };
}

/** Where the value of one key comes from, for the inspector. */
export function topicValueSource(
  key: string,
  topicEntries: ConfigEntries,
  brokerEntries: ConfigEntries,
): TopicValueSource {
  if (topicEntries.some(([set]) => set === key)) return 'topic';
  const entry = configEntry('topic', key);
  return entry !== undefined && inheritedValue(entry, new Map(brokerEntries)) !== null ? 'broker' : 'default';
}

/** What topics take over from what a broker has set. Broker values that do not parse are the broker's own affair. */
export function inheritedEntries(brokerEntries: ConfigEntries): [string, string][] {
  const broker = new Map(brokerEntries);
  const inherited: [string, string][] = [];
  for (const entry of configEntries('topic')) {
    const value = inheritedValue(entry, broker);
    if (value !== null) inherited.push([entry.key, value]);
  }
  return inherited;
}

function inheritedValue(entry: ConfigEntry, broker: ReadonlyMap<string, string>): string | null {
  for (const synonym of entry.brokerSynonyms ?? []) {
    const set = broker.get(synonym.key);
    if (set === undefined) continue;
    if (synonym.factor === 1) return set;
    const type = findKey('broker', synonym.key)?.type ?? 'long';
    const parsed = parseValue(type, set);
    // KafkaConfig keeps -1, "no limit", whatever its unit.
    if ('value' in parsed) return Number(parsed.value) < 0 ? '-1' : String(Number(parsed.value) * synonym.factor);
  }
  return null;
}

function plainValues(view: ConfigView): TopicConfig {
  return {
    minInsyncReplicas: view.number('min.insync.replicas'),
    uncleanLeaderElectionEnable: view.boolean('unclean.leader.election.enable'),
    maxMessageBytes: view.number('max.message.bytes'),
    messageTimestampType: view.text('message.timestamp.type') === 'LogAppendTime' ? 'LogAppendTime' : 'CreateTime',
    messageTimestampBeforeMaxMs: view.number('message.timestamp.before.max.ms'),
    messageTimestampAfterMaxMs: view.number('message.timestamp.after.max.ms'),
    flushMessages: view.number('flush.messages'),
    flushMs: Math.min(view.number('flush.ms'), MAX_TIMER_MS),
    cleanupPolicy: view.list('cleanup.policy'),
    retentionMs: view.number('retention.ms'),
    retentionBytes: view.number('retention.bytes'),
    segmentBytes: view.number(view.isSet('internal.segment.bytes') ? 'internal.segment.bytes' : 'segment.bytes'),
    segmentMs: maxSegmentMs(view),
    segmentJitterMs: view.number('segment.jitter.ms'),
    segmentIndexBytes: view.number('segment.index.bytes'),
    indexIntervalBytes: view.number('index.interval.bytes'),
    compressionType: view.text('compression.type'),
    ...compressionLevel(view),
  };
}

/** LogConfig.getCompression. */
function compressionLevel(view: ConfigView): Pick<TopicConfig, 'compressionLevel'> {
  const type = view.text('compression.type');
  return type === 'gzip' || type === 'lz4' || type === 'zstd'
    ? { compressionLevel: view.number(`compression.${type}.level`) }
    : {};
}

/** LogConfig.maxSegmentMs: what must be compacted by then must have left the active segment. */
function maxSegmentMs(view: ConfigView): number {
  const lag = view.number('max.compaction.lag.ms');
  const compacted = view.list('cleanup.policy').includes('compact') && lag > 0;
  return compacted ? Math.min(lag, view.number('segment.ms')) : view.number('segment.ms');
}

/** LogConfig.validateValues. */
function checkCompactionLags(view: ConfigView): ConfigRefusal | null {
  const min = view.number('min.compaction.lag.ms');
  const max = view.number('max.compaction.lag.ms');
  if (min <= max) return null;
  const params = { value: String(min), limit: String(max) };
  return makeRefusal('min.compaction.lag.ms', 'compaction-lags', params, 'InvalidConfigurationException');
}
