/** The parameters of a broker's group coordinator (Kafka: GroupCoordinatorConfig), read from its properties. Times in ms. */
import type { ConfigEntries } from '../../kafka/config/types.ts';
import { COMPRESSION_TYPES, type CompressionType } from '../../kafka/records/codec.ts';

export interface CoordinatorConfig {
  readonly minSessionTimeoutMs: number;
  readonly maxSessionTimeoutMs: number;
  readonly maxSize: number;
  readonly initialRebalanceDelayMs: number;
  readonly newMemberJoinTimeoutMs: number;
  readonly offsetMetadataMaxSize: number;
  readonly offsetsRetentionMs: number;
  readonly offsetsRetentionCheckIntervalMs: number;
  readonly commitTimeoutMs: number;
  readonly segmentBytes: string;
  /** offsets.topic.compression.codec, a codec's number: by which the coordinator packs what it writes. */
  readonly compression: CompressionType;
}

/** Defaults of Kafka 4.3.1; new members' join time-out is no parameter there. */
const DEFAULTS = {
  'group.min.session.timeout.ms': 6_000,
  'group.max.session.timeout.ms': 1_800_000,
  'group.max.size': 2_147_483_647,
  'group.initial.rebalance.delay.ms': 3_000,
  'offset.metadata.max.bytes': 4_096,
  'offsets.retention.minutes': 10_080,
  'offsets.retention.check.interval.ms': 600_000,
  'offsets.commit.timeout.ms': 5_000,
  'offsets.topic.segment.bytes': 104_857_600,
  'offsets.topic.compression.codec': 0,
} as const;

const NEW_MEMBER_JOIN_TIMEOUT_MS = 300_000;

/** By the identity of the immutable entries: a cache, no state. */
const parsed = new WeakMap<ConfigEntries, CoordinatorConfig>();

export function coordinatorConfig(entries: ConfigEntries): CoordinatorConfig {
  let config = parsed.get(entries);
  if (config === undefined) {
    config = read(entries);
    parsed.set(entries, config);
  }
  return config;
}

function read(entries: ConfigEntries): CoordinatorConfig {
  const number = (key: keyof typeof DEFAULTS): number => {
    for (const [name, value] of entries) if (name === key) return Number(value);
    return DEFAULTS[key];
  };
  return {
    minSessionTimeoutMs: number('group.min.session.timeout.ms'),
    maxSessionTimeoutMs: number('group.max.session.timeout.ms'),
    maxSize: number('group.max.size'),
    initialRebalanceDelayMs: number('group.initial.rebalance.delay.ms'),
    newMemberJoinTimeoutMs: NEW_MEMBER_JOIN_TIMEOUT_MS,
    offsetMetadataMaxSize: number('offset.metadata.max.bytes'),
    offsetsRetentionMs: number('offsets.retention.minutes') * 60_000,
    offsetsRetentionCheckIntervalMs: number('offsets.retention.check.interval.ms'),
    commitTimeoutMs: number('offsets.commit.timeout.ms'),
    segmentBytes: String(number('offsets.topic.segment.bytes')),
    compression: COMPRESSION_TYPES[number('offsets.topic.compression.codec')] ?? 'none',
  };
}
