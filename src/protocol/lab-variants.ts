/** What one variant of the lab makes of a consumer's configuration: the protocol changes, everything else stays. */
import type { LabVariant } from './lab.ts';
import type { ScenarioConsumer } from './scenario.ts';

type Config = Readonly<Record<string, string>>;

const ASSIGNORS = 'org.apache.kafka.clients.consumer';
export const RANGE = `${ASSIGNORS}.RangeAssignor`;
export const COOPERATIVE_STICKY = `${ASSIGNORS}.CooperativeStickyAssignor`;

/** ConsumerConfig refuses these with group.protocol=consumer: there the broker says them. */
const CLASSIC_KEYS = ['partition.assignment.strategy', 'session.timeout.ms', 'heartbeat.interval.ms'];
/** ShareConsumerConfig refuses these. */
const NOT_FOR_SHARES = [
  ...CLASSIC_KEYS,
  'group.protocol',
  'group.remote.assignor',
  'group.instance.id',
  'auto.offset.reset',
  'enable.auto.commit',
  'isolation.level',
  'interceptor.classes',
];

/** Whether the coordinator assigns (KIP-848). */
export function isServerSide(variant: LabVariant): boolean {
  return variant === 'consumer' || variant === 'static-consumer';
}

export function isStatic(variant: LabVariant): boolean {
  return variant === 'static' || variant === 'static-consumer';
}

/** The same member under this variant. Static ones are called by their id. */
export function memberUnder(consumer: ScenarioConsumer, variant: LabVariant): ScenarioConsumer {
  const config = consumer.config ?? {};
  if (variant === 'share') {
    const { commit: _commit, ...rest } = consumer;
    return { ...rest, share: true, config: without(config, NOT_FOR_SHARES) };
  }
  const { share: _share, ...rest } = consumer;
  const instance: Config = isStatic(variant) ? { 'group.instance.id': config['group.instance.id'] ?? consumer.id } : {};
  const bare = without(config, ['group.instance.id', 'group.protocol', 'group.remote.assignor']);
  if (isServerSide(variant))
    return { ...rest, config: { ...without(bare, CLASSIC_KEYS), 'group.protocol': 'consumer', ...instance } };
  const strategy = variant === 'cooperative' ? COOPERATIVE_STICKY : eagerStrategy(config);
  return { ...rest, config: { ...bare, 'partition.assignment.strategy': strategy, ...instance } };
}

/** The learner's own assignors stay if none of them is cooperative. */
function eagerStrategy(config: Config): string {
  const own = config['partition.assignment.strategy'];
  return own === undefined || own.includes('CooperativeSticky') ? RANGE : own;
}

function without(config: Config, keys: readonly string[]): Config {
  return Object.fromEntries(Object.entries(config).filter(([key]) => !keys.includes(key)));
}
