/** What holds for a consumer group: its own values (dynamic group configuration), over the broker's (GroupConfig, GroupCoordinatorConfig). Times in ms. */
import type { ConfigEntries } from '../../../kafka/config/types.ts';
import { brokerState } from '../../broker/replicas.ts';
import type { ConfigMap } from '../../controller/metadata-image.ts';
import type { World } from '../../kernel/world.ts';
import { shardAt } from '../shards.ts';

export interface ConsumerGroupConfig {
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly assignmentIntervalMs: number;
  readonly maxSize: number;
  /** The first is the default. */
  readonly assignors: readonly string[];
  readonly upgrade: boolean;
  readonly downgrade: boolean;
  readonly regexRefreshIntervalMs: number;
}

/** Defaults of Kafka 4.3.1. */
const DEFAULTS = {
  'group.consumer.session.timeout.ms': '45000',
  'group.consumer.heartbeat.interval.ms': '5000',
  'group.consumer.assignment.interval.ms': '1000',
  'group.consumer.max.size': '2147483647',
  'group.consumer.assignors': 'uniform,range',
  'group.consumer.migration.policy': 'bidirectional',
  'group.consumer.regex.refresh.interval.ms': '600000',
} as const;

/** A class by its name, as group.consumer.assignors may also name one. */
const CLASSES: ReadonlyMap<string, string> = new Map([
  ['org.apache.kafka.coordinator.group.assignor.UniformAssignor', 'uniform'],
  ['org.apache.kafka.coordinator.group.assignor.RangeAssignor', 'range'],
]);

const NONE: ConfigMap = new Map();
/** By the identity of the immutable entries: a cache, no state. */
const parsed = new WeakMap<ConfigEntries, WeakMap<ConfigMap, ConsumerGroupConfig>>();

export function consumerGroupConfig(entries: ConfigEntries, own: ConfigMap): ConsumerGroupConfig {
  let byOwn = parsed.get(entries);
  if (byOwn === undefined) {
    byOwn = new WeakMap();
    parsed.set(entries, byOwn);
  }
  let config = byOwn.get(own);
  if (config === undefined) {
    config = read(entries, own);
    byOwn.set(own, config);
  }
  return config;
}

function read(entries: ConfigEntries, own: ConfigMap): ConsumerGroupConfig {
  const text = (key: keyof typeof DEFAULTS): string => {
    const ofGroup = own.get(key.slice('group.'.length));
    if (ofGroup !== undefined) return ofGroup;
    for (const [name, value] of entries) if (name === key) return value;
    return DEFAULTS[key];
  };
  const policy = text('group.consumer.migration.policy').toLowerCase();
  const listed = text('group.consumer.assignors').split(',');
  return {
    sessionTimeoutMs: Number(text('group.consumer.session.timeout.ms')),
    heartbeatIntervalMs: Number(text('group.consumer.heartbeat.interval.ms')),
    assignmentIntervalMs: Number(text('group.consumer.assignment.interval.ms')),
    maxSize: Number(text('group.consumer.max.size')),
    assignors: listed.map((name) => name.trim()).map((name) => CLASSES.get(name) ?? name),
    upgrade: policy === 'upgrade' || policy === 'bidirectional',
    downgrade: policy === 'downgrade' || policy === 'bidirectional',
    regexRefreshIntervalMs: Number(text('group.consumer.regex.refresh.interval.ms')),
  };
}

export function configOfGroup(w: World, index: number, _groupId: string): ConsumerGroupConfig {
  const b = brokerState(w, shardAt(w, index).broker);
  return consumerGroupConfig(b.entries, NONE);
}
