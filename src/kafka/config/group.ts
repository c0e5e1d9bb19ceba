import { atLeast, definer } from './define.ts';
import { SHARE_GROUP_CONFIGS } from './share.ts';
import type { ConfigEntry } from './types.ts';

const group = definer('group', 'group');

/** Dynamic configuration of groups (GroupConfig). What is not set is the broker's parameter of the same name with group. in front. */
export const GROUP_CONFIGS: readonly ConfigEntry[] = [
  group('consumer.session.timeout.ms', 'int', '45000', atLeast(1), 'Groups', true),
  group('consumer.heartbeat.interval.ms', 'int', '5000', atLeast(1), 'Groups', true),
  group('consumer.assignment.interval.ms', 'int', '1000', atLeast(0), 'Groups', true),
  ...SHARE_GROUP_CONFIGS,
];
