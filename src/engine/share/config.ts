/**
 * What holds for share groups on a broker (Kafka: ShareGroupConfig, ShareCoordinatorConfig), and for one of them: its own dynamic values
 * stand above the broker's (GroupConfig). Times in ms as Kafka has them.
 */
import type { ConfigEntries } from '../../kafka/config/types.ts';
import { brokerState } from '../broker/replicas.ts';
import { type ConfigMap, configOf } from '../controller/metadata-image.ts';
import type { World } from '../kernel/world.ts';
import type { SharePartitionLimits } from './partition/state.ts';

export interface ShareConfig {
  readonly deliveryCountLimit: number;
  readonly partitionMaxRecordLocks: number;
  readonly recordLockDurationMs: number;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly assignmentIntervalMs: number;
  readonly initializeRetryIntervalMs: number;
  readonly maxSize: number;
  readonly maxShareSessions: number;
  readonly renewEnabled: boolean;
  readonly autoOffsetReset: string;
  readonly readCommitted: boolean;
  readonly stateTopicPartitions: number;
  readonly stateTopicReplicationFactor: number;
  readonly stateTopicMinIsr: string;
  readonly stateTopicSegmentBytes: string;
  readonly writeTimeoutMs: number;
  readonly updatesPerSnapshot: number;
}

/** Defaults of Kafka 4.3.1. What begins with "share." without a "group." before it is a group's own only. */
const DEFAULTS: Readonly<Record<string, string>> = {
  'group.share.delivery.count.limit': '5',
  'group.share.partition.max.record.locks': '2000',
  'group.share.record.lock.duration.ms': '30000',
  'group.share.session.timeout.ms': '45000',
  'group.share.heartbeat.interval.ms': '5000',
  'group.share.assignment.interval.ms': '1000',
  'group.share.initialize.retry.interval.ms': '30000',
  'group.share.max.size': '200',
  'group.share.max.share.sessions': '2000',
  'share.renew.acknowledge.enable': 'true',
  'share.auto.offset.reset': 'latest',
  'share.isolation.level': 'read_uncommitted',
  'share.coordinator.state.topic.num.partitions': '50',
  'share.coordinator.state.topic.replication.factor': '3',
  'share.coordinator.state.topic.min.isr': '2',
  'share.coordinator.state.topic.segment.bytes': '104857600',
  'share.coordinator.write.timeout.ms': '5000',
  'share.coordinator.snapshot.update.records.per.snapshot': '500',
};

const NONE: ConfigMap = new Map();
/** By the identity of the immutable entries: a cache, no state. */
const parsed = new WeakMap<ConfigEntries, WeakMap<ConfigMap, WeakMap<ConfigMap, ShareConfig>>>();

function within<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  let found = map.get(key);
  if (found === undefined) {
    found = make();
    map.set(key, found);
  }
  return found;
}

/** By what the broker knows: its file, what is set for all brokers, and what is set for the group. `groupId` '': no group's. */
export function shareConfig(w: World, broker: number, groupId = ''): ShareConfig {
  const { entries, image } = brokerState(w, broker);
  const shared = configOf(image, 'BROKER', '');
  const own = groupId === '' ? NONE : configOf(image, 'GROUP', groupId);
  const byShared = within(parsed, entries, () => new WeakMap<ConfigMap, WeakMap<ConfigMap, ShareConfig>>());
  const byOwn = within(byShared, shared, () => new WeakMap<ConfigMap, ShareConfig>());
  return within(byOwn, own, () => read(entries, shared, own));
}

function read(entries: ConfigEntries, shared: ConfigMap, own: ConfigMap): ShareConfig {
  const text = (key: string): string => {
    const name = key.startsWith('group.') ? key.slice('group.'.length) : key;
    const ofGroup = own.get(name);
    if (ofGroup !== undefined) return ofGroup;
    const ofAll = shared.get(key);
    if (ofAll !== undefined) return ofAll;
    for (const [entry, value] of entries) if (entry === key) return value;
    return DEFAULTS[key] as string;
  };
  const number = (key: string): number => Number(text(key));
  return {
    deliveryCountLimit: number('group.share.delivery.count.limit'),
    partitionMaxRecordLocks: number('group.share.partition.max.record.locks'),
    recordLockDurationMs: number('group.share.record.lock.duration.ms'),
    sessionTimeoutMs: number('group.share.session.timeout.ms'),
    heartbeatIntervalMs: number('group.share.heartbeat.interval.ms'),
    assignmentIntervalMs: number('group.share.assignment.interval.ms'),
    initializeRetryIntervalMs: number('group.share.initialize.retry.interval.ms'),
    maxSize: number('group.share.max.size'),
    maxShareSessions: number('group.share.max.share.sessions'),
    renewEnabled: text('share.renew.acknowledge.enable') === 'true',
    autoOffsetReset: text('share.auto.offset.reset'),
    readCommitted: text('share.isolation.level') === 'read_committed',
    stateTopicPartitions: number('share.coordinator.state.topic.num.partitions'),
    stateTopicReplicationFactor: number('share.coordinator.state.topic.replication.factor'),
    stateTopicMinIsr: text('share.coordinator.state.topic.min.isr'),
    stateTopicSegmentBytes: text('share.coordinator.state.topic.segment.bytes'),
    writeTimeoutMs: number('share.coordinator.write.timeout.ms'),
    updatesPerSnapshot: number('share.coordinator.snapshot.update.records.per.snapshot'),
  };
}

export function shareLimits(w: World, broker: number, groupId: string): SharePartitionLimits {
  const config = shareConfig(w, broker, groupId);
  return {
    maxDeliveryCount: config.deliveryCountLimit,
    maxInFlightRecords: config.partitionMaxRecordLocks,
    lockUs: config.recordLockDurationMs * 1000,
    renewEnabled: config.renewEnabled,
  };
}
