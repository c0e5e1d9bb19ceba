/** What holds for a consumer group: its own values (dynamic group configuration), over the broker's (GroupConfig, GroupCoordinatorConfig). Times in ms. */
import type { ConfigEntries } from '../../../kafka/config/types.ts';
import { brokerState } from '../../broker/replicas.ts';
import { type ConfigMap, configOf } from '../../controller/metadata-image.ts';
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

/** By the identity of the immutable entries: a cache, no state. */
const parsed = new WeakMap<ConfigEntries, WeakMap<ConfigMap, WeakMap<ConfigMap, ConsumerGroupConfig>>>();

function within<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  let found = map.get(key);
  if (found === undefined) {
    found = make();
    map.set(key, found);
  }
  return found;
}

/** `shared`: dynamic values of all brokers; `own`: the group's. */
export function consumerGroupConfig(entries: ConfigEntries, shared: ConfigMap, own: ConfigMap): ConsumerGroupConfig {
  const byShared = within(parsed, entries, () => new WeakMap<ConfigMap, WeakMap<ConfigMap, ConsumerGroupConfig>>());
  const byOwn = within(byShared, shared, () => new WeakMap<ConfigMap, ConsumerGroupConfig>());
  return within(byOwn, own, () => read(entries, shared, own));
}

function read(entries: ConfigEntries, shared: ConfigMap, own: ConfigMap): ConsumerGroupConfig {
  const text = (key: keyof typeof DEFAULTS): string => {
    const ofGroup = own.get(key.slice('group.'.length));
    if (ofGroup !== undefined) return ofGroup;
    const ofAll = shared.get(key);
    if (ofAll !== undefined) return ofAll;
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

/** By what the coordinator's broker knows: its file, what is set for all brokers, and what is set for the group. */
export function configOfGroup(w: World, index: number, groupId: string): ConsumerGroupConfig {
  const { entries, image } = brokerState(w, shardAt(w, index).broker);
  return consumerGroupConfig(entries, configOf(image, 'BROKER', ''), configOf(image, 'GROUP', groupId));
}
