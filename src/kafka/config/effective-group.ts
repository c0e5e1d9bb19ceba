/**
 * A group's own configuration over what its coordinator has set (GroupConfig of Kafka 4.3.1). Needs the lists of all keys.
 */
import { type ConfigView, type Effective, readConfig } from './config-view.ts';
import { brokenRelation, compare } from './cross-checks.ts';
import { configDefault } from './registry.ts';
import type { ConfigEntries } from './types.ts';
import type { ConfigRefusal } from './validate.ts';

const REFUSED = 'InvalidConfigurationException';

/** Kinds of group that have limits on the broker, and their keys with such limits. */
const LIMITED: readonly (readonly [kind: string, keys: readonly string[]])[] = [
  ['consumer', ['heartbeat.interval.ms', 'session.timeout.ms', 'assignment.interval.ms']],
  [
    'share',
    [
      'heartbeat.interval.ms',
      'session.timeout.ms',
      'record.lock.duration.ms',
      'delivery.count.limit',
      'partition.max.record.locks',
      'assignment.interval.ms',
    ],
  ],
  ['streams', ['heartbeat.interval.ms', 'session.timeout.ms', 'assignment.interval.ms']],
];

/** Three keys of groups have no twin on the broker. */
const WITHOUT_BROKER_KEY = ['share.auto.offset.reset', 'share.isolation.level', 'share.renew.acknowledge.enable'];

/** The broker's parameter that a group without a value of its own takes it from; null: only groups have it. */
export function brokerKeyOfGroup(key: string): string | null {
  return WITHOUT_BROKER_KEY.includes(key) ? null : `group.${key}`;
}

/** A group's key that a broker's parameter is the default of; null for the others. */
export function groupKeyOfBroker(key: string): string | null {
  const own = key.startsWith('group.') ? key.slice('group.'.length) : '';
  return GROUP_KEYS.has(own) ? own : null;
}

const GROUP_KEYS: ReadonlySet<string> = new Set([
  ...LIMITED.flatMap(([kind, keys]) => keys.map((key) => `${kind}.${key}`)),
  'streams.initial.rebalance.delay.ms',
  'streams.num.standby.replicas',
]);

/** The value of a key as text, and where it comes from. */
export function groupValue(
  key: string,
  group: ConfigEntries,
  broker: ConfigEntries,
): { value: string | null; from: 'group' | 'broker' | 'default' } {
  const own = group.find(([set]) => set === key);
  if (own !== undefined) return { value: own[1], from: 'group' };
  const brokerKey = brokerKeyOfGroup(key);
  const inherited = broker.find(([set]) => set === brokerKey);
  if (inherited !== undefined) return { value: inherited[1], from: 'broker' };
  return { value: configDefault('group', key), from: 'default' };
}

/** Why the coordinator refuses a group's values (GroupConfig.validateValues), or a view of what holds. */
export function effectiveGroupConfig(group: ConfigEntries, broker: ConfigEntries): Effective<ConfigView> {
  const own = readConfig('group', group);
  if (own.refusals.length > 0) return { ok: false, refusals: own.refusals };
  const merged = new Map<string, string>();
  for (const key of GROUP_KEYS) {
    const { value } = groupValue(key, group, broker);
    if (value !== null) merged.set(key, value);
  }
  for (const [key, value] of group) merged.set(key, value);
  const { view } = readConfig('group', [...merged]);
  const refused = checkLimits(view, readConfig('broker', broker).view, own.view);
  if (refused !== null) return { ok: false, refusals: [refused] };
  return { ok: true, config: view, notes: own.notes };
}

function checkLimits(view: ConfigView, broker: ConfigView, own: ConfigView): ConfigRefusal | null {
  for (const [kind, keys] of LIMITED) {
    for (const what of keys) {
      const key = `${kind}.${what}`;
      // Kafka looks at an assignment interval only where the group itself sets it.
      if (what === 'assignment.interval.ms' && !own.isSet(key)) continue;
      const [min, max] = [`group.${kind}.min.${what}`, `group.${kind}.max.${what}`];
      const refused =
        compare(key, view.number(key), 'at-least', min, broker.number(min), REFUSED) ??
        compare(key, view.number(key), 'at-most', max, broker.number(max), REFUSED);
      if (refused !== null) return refused;
    }
  }
  const [standby, most] = ['streams.num.standby.replicas', 'group.streams.max.standby.replicas'];
  const refused = compare(standby, view.number(standby), 'at-most', most, broker.number(most), REFUSED);
  if (refused !== null) return refused;
  const kinds = LIMITED.map(([kind]) => kind);
  return brokenRelation(
    view,
    kinds.map((kind) => [`${kind}.heartbeat.interval.ms`, 'below', `${kind}.session.timeout.ms`]),
    REFUSED,
  );
}
