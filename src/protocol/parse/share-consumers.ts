/** What a scenario says of share consumers beyond other consumers (KIP-932; ShareConsumerConfig). */
import type { ScenarioAcknowledge, ScenarioConsumer } from '../scenario.ts';
import { type Check, member, report } from './check.ts';
import { defined, listOf, optional, type Read, readFields, whole } from './values.ts';

/** ShareConsumerConfig.SHARE_GROUP_UNSUPPORTED_CONFIGS. */
const UNSUPPORTED = [
  'auto.offset.reset',
  'enable.auto.commit',
  'group.instance.id',
  'isolation.level',
  'partition.assignment.strategy',
  'interceptor.classes',
  'session.timeout.ms',
  'heartbeat.interval.ms',
  'group.protocol',
  'group.remote.assignor',
];
const FIELDS = ['releaseEvery', 'rejectEvery', 'release', 'releaseAlways', 'reject'];
const MAX_OFFSETS = 1000;
const MAX_OFFSET = 9_007_199_254_740_991;

export const acknowledgeRule: Read<ScenarioAcknowledge> = (check, place, value) => {
  const fields = readFields(check, place, value, FIELDS);
  if (fields === undefined) return undefined;
  const every = whole(1, 1_000_000);
  const offsets = listOf(whole(0, MAX_OFFSET), { min: 1, max: MAX_OFFSETS, distinct: true });
  return defined({
    releaseEvery: optional(check, place, fields, 'releaseEvery', every),
    rejectEvery: optional(check, place, fields, 'rejectEvery', every),
    release: optional(check, place, fields, 'release', offsets),
    releaseAlways: optional(check, place, fields, 'releaseAlways', offsets),
    reject: optional(check, place, fields, 'reject', offsets),
  });
};

/** Keys of another kind of consumer, and a way to acknowledge that contradicts the mode. */
export function checkShare(check: Check, place: string, consumer: Omit<ScenarioConsumer, 'id'>): void {
  const config = consumer.config ?? {};
  for (const key of UNSUPPORTED)
    if (config[key] !== undefined) report(check, member(member(place, 'config'), key), 'share-config', { key });
  if (config['share.acknowledgement.mode']?.trim() !== 'implicit') return;
  if (consumer.acknowledge !== undefined) report(check, member(place, 'acknowledge'), 'share-implicit');
}
