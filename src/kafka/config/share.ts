/** What share groups go by (KIP-932; ShareGroupConfig, ShareCoordinatorConfig, GroupConfig). */
import { ANY, atLeast, between, definer, oneOf } from './define.ts';
import type { ConfigEntry } from './types.ts';

const broker = definer('broker', 'read-only');
const group = definer('group', 'group');

export const SHARE_BROKER_CONFIGS: readonly ConfigEntry[] = [
  broker('group.share.delivery.count.limit', 'int', '5', between(2, 10), 'Groups', true),
  broker('group.share.record.lock.duration.ms', 'int', '30000', between(1000, 3600000), 'Groups', true),
  broker('group.share.partition.max.record.locks', 'int', '2000', between(100, 10000), 'Groups', true),
  broker('group.share.session.timeout.ms', 'int', '45000', atLeast(1), 'Groups', true),
  broker('group.share.heartbeat.interval.ms', 'int', '5000', atLeast(1), 'Groups', true),
  broker('group.share.assignment.interval.ms', 'int', '1000', atLeast(0), 'Groups', true, {
    updateMode: 'cluster-wide',
  }),
  broker('group.share.initialize.retry.interval.ms', 'int', '30000', atLeast(1), 'Groups', true, { internal: true }),
  broker('group.share.max.size', 'int', '200', between(1, 1000), 'Groups', true),
  broker('group.share.max.share.sessions', 'int', '2000', atLeast(1), 'Groups', true),
  broker('share.coordinator.state.topic.num.partitions', 'int', '50', atLeast(1), 'Groups', true),
  broker('share.coordinator.state.topic.replication.factor', 'short', '3', atLeast(1), 'Groups', true),
  broker('share.coordinator.state.topic.min.isr', 'short', '2', atLeast(1), 'Groups', true),
  broker('share.coordinator.state.topic.segment.bytes', 'int', '104857600', atLeast(1), 'Groups', true),
  broker('share.coordinator.snapshot.update.records.per.snapshot', 'int', '500', between(0, 500), 'Groups', true),
  broker('share.coordinator.write.timeout.ms', 'int', '5000', atLeast(1), 'Groups', true),
];

export const SHARE_GROUP_CONFIGS: readonly ConfigEntry[] = [
  group('share.delivery.count.limit', 'int', '5', atLeast(2), 'Groups', true),
  group('share.record.lock.duration.ms', 'int', '30000', atLeast(1000), 'Groups', true),
  group('share.partition.max.record.locks', 'int', '2000', atLeast(100), 'Groups', true),
  group('share.auto.offset.reset', 'string', 'latest', { kind: 'offsetReset', none: false }, 'Groups', true),
  group(
    'share.isolation.level',
    'string',
    'read_uncommitted',
    oneOf('read_committed', 'read_uncommitted'),
    'Groups',
    true,
  ),
  group('share.renew.acknowledge.enable', 'boolean', 'true', ANY, 'Groups', true),
  group('share.session.timeout.ms', 'int', '45000', atLeast(1), 'Groups', true),
  group('share.heartbeat.interval.ms', 'int', '5000', atLeast(1), 'Groups', true),
  group('share.assignment.interval.ms', 'int', '1000', atLeast(0), 'Groups', true),
];
