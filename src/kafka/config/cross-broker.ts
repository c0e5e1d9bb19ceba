/**
 * KafkaConfig.validateValues, GroupCoordinatorConfig, ShareGroupConfig and LogConfig.validateBrokerLogConfigValues of Kafka
 * 4.3.1, without listeners, roles and folders, which the scenario gives. The two rules about fetch waits are in
 * effective-broker.ts, since the engine runs with those.
 */
import type { ConfigView } from './config-view.ts';
import { brokenRelation, compare, type Relation } from './cross-checks.ts';
import { type ConfigRefusal, makeRefusal } from './validate.ts';

const REFUSED = 'IllegalArgumentException';

/** The three kinds of group that the coordinator leads with heartbeats: least <= value <= most, heartbeat < session. */
function groupRelations(kind: 'consumer' | 'share' | 'streams'): Relation[] {
  const relations: Relation[] = [];
  for (const what of ['heartbeat.interval.ms', 'session.timeout.ms', 'assignment.interval.ms']) {
    const [value, min, max] = [`group.${kind}.${what}`, `group.${kind}.min.${what}`, `group.${kind}.max.${what}`];
    relations.push([max, 'at-least', min], [value, 'at-least', min], [value, 'at-most', max]);
    if (what === 'session.timeout.ms') relations.push([`group.${kind}.heartbeat.interval.ms`, 'below', value]);
  }
  return relations;
}

const GROUPS: readonly Relation[] = [
  ...groupRelations('consumer'),
  ...groupRelations('share'),
  ...groupRelations('streams'),
  ['group.streams.num.standby.replicas', 'at-most', 'group.streams.max.standby.replicas'],
  ['group.share.max.delivery.count.limit', 'at-least', 'group.share.delivery.count.limit'],
  ['group.share.delivery.count.limit', 'at-least', 'group.share.min.delivery.count.limit'],
  ['group.share.max.partition.max.record.locks', 'at-least', 'group.share.partition.max.record.locks'],
  ['group.share.partition.max.record.locks', 'at-least', 'group.share.min.partition.max.record.locks'],
  ['group.share.record.lock.duration.ms', 'at-least', 'group.share.min.record.lock.duration.ms'],
  ['group.share.max.record.lock.duration.ms', 'at-least', 'group.share.record.lock.duration.ms'],
  ['group.share.max.share.sessions', 'at-least', 'group.share.max.size'],
];

export function checkBroker(view: ConfigView): ConfigRefusal | null {
  return (
    checkLogTimes(view) ??
    checkCleaner(view) ??
    checkSockets(view) ??
    checkNames(view) ??
    brokenRelation(view, GROUPS, REFUSED) ??
    checkShareAssignors(view) ??
    checkCompactionLags(view)
  );
}

/** The finest of the keys that is set holds (rule of the synonyms): ms before minutes before hours. */
function timeMs(view: ConfigView, ms: string, coarser: readonly (readonly [key: string, factor: number])[]): number {
  const own = view.numberOrNull(ms);
  if (own !== null) return own;
  for (const [key, factor] of coarser) {
    const value = view.numberOrNull(key);
    if (value !== null) return value * factor;
  }
  return 0;
}

function checkLogTimes(view: ConfigView): ConfigRefusal | null {
  const hours = 3_600_000;
  const roll = timeMs(view, 'log.roll.ms', [['log.roll.hours', hours]]);
  if (roll < 1) {
    return makeRefusal('log.roll.ms', 'below-min', { key: 'log.roll.ms', value: String(roll), min: '1' }, REFUSED);
  }
  const jitter = timeMs(view, 'log.roll.jitter.ms', [['log.roll.jitter.hours', hours]]);
  if (jitter < 0) {
    const params = { key: 'log.roll.jitter.ms', value: String(jitter), min: '0' };
    return makeRefusal('log.roll.jitter.ms', 'below-min', params, REFUSED);
  }
  const minutes: readonly [string, number] = ['log.retention.minutes', 60_000];
  // Anything below 0 means no limit; 0 would delete a segment the moment it is closed.
  const retention = timeMs(view, 'log.retention.ms', [minutes, ['log.retention.hours', hours]]);
  if (retention !== 0) return null;
  const set = ['log.retention.ms', 'log.retention.minutes', 'log.retention.hours'].find((key) => view.isSet(key));
  const key = set ?? 'log.retention.ms';
  return makeRefusal(key, 'retention-zero', { key, value: '0' }, REFUSED);
}

/** Each cleaner thread needs more than 1 MiB of the buffer; Kafka divides whole numbers. */
const LEAST_BUFFER = 1024 * 1024;

function checkCleaner(view: ConfigView): ConfigRefusal | null {
  const key = 'log.cleaner.dedupe.buffer.size';
  if (!view.isSet(key) && !view.isSet('log.cleaner.threads')) return null;
  const threads = view.number('log.cleaner.threads');
  if (threads === 0) return makeRefusal('log.cleaner.threads', 'no-cleaner-threads', {}, 'ArithmeticException');
  const size = view.number(key);
  if (Math.trunc(size / threads) > LEAST_BUFFER) return null;
  const params = { value: String(size), threads: String(threads), least: String((LEAST_BUFFER + 1) * threads) };
  return makeRefusal(key, 'dedupe-buffer', params, REFUSED);
}

function checkSockets(view: ConfigView): ConfigRefusal | null {
  const queued = view.number('queued.max.request.bytes');
  const largest = view.number('socket.request.max.bytes');
  const refusedQueue =
    queued <= 0
      ? null
      : compare('queued.max.request.bytes', queued, 'at-least', 'socket.request.max.bytes', largest, REFUSED);
  if (refusedQueue !== null) return refusedQueue;
  if (view.number('max.connections.per.ip') === 0 && view.text('max.connections.per.ip.overrides') === '') {
    return makeRefusal('max.connections.per.ip', 'no-connections', {}, REFUSED);
  }
  const idle = view.number('connections.max.idle.ms');
  const delay = view.number('connection.failed.authentication.delay.ms');
  const key = 'connection.failed.authentication.delay.ms';
  return idle < 0 ? null : compare(key, delay, 'below', 'connections.max.idle.ms', idle, REFUSED);
}

function checkNames(view: ConfigView): ConfigRefusal | null {
  const [name, protocol] = ['inter.broker.listener.name', 'security.inter.broker.protocol'];
  if (view.textOrNull(name) !== null && view.isSet(protocol)) {
    return makeRefusal(name, 'only-one-of', { key: name, other: protocol }, 'ConfigException');
  }
  // The brokers of a scenario are brokers alone; their controllers stand beside them.
  const autoJoin = 'controller.quorum.auto.join.enable';
  if (view.isSet(autoJoin) && view.boolean(autoJoin)) return makeRefusal(autoJoin, 'auto-join-broker', {}, REFUSED);
  const mechanism = view.text('sasl.mechanism.inter.broker.protocol');
  if (!view.text(protocol).startsWith('SASL_') || view.list('sasl.enabled.mechanisms').includes(mechanism)) return null;
  return makeRefusal('sasl.mechanism.inter.broker.protocol', 'sasl-mechanism', { value: mechanism }, REFUSED);
}

function checkShareAssignors(view: ConfigView): ConfigRefusal | null {
  const count = view.list('group.share.assignors').length;
  if (count === 1) return null;
  return makeRefusal('group.share.assignors', 'one-assignor', { count: String(count) }, REFUSED);
}

function checkCompactionLags(view: ConfigView): ConfigRefusal | null {
  const [min, max] = ['log.cleaner.min.compaction.lag.ms', 'log.cleaner.max.compaction.lag.ms'];
  return brokenRelation(view, [[min, 'at-most', max]], 'InvalidConfigurationException');
}
