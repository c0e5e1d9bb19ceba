/** LogConfig.validateTopicLogConfigValues of Kafka 4.3.1: what tiered storage asks of a topic. */
import type { ConfigView } from './config-view.ts';
import { compare } from './cross-checks.ts';
import type { ConfigEntries } from './types.ts';
import { type ConfigRefusal, makeRefusal } from './validate.ts';

const REFUSED = 'InvalidConfigurationException';

/** `broker` is what the broker has set: remote storage must be on there first. */
export function checkRemoteStorage(view: ConfigView, broker: ConfigEntries): ConfigRefusal | null {
  if (!view.boolean('remote.storage.enable')) return null;
  const system = broker.find(([key]) => key === 'remote.log.storage.system.enable')?.[1] ?? 'false';
  if (system.trim().toLowerCase() !== 'true')
    return makeRefusal('remote.storage.enable', 'no-remote-storage', {}, REFUSED);
  const policy = view.list('cleanup.policy');
  if (policy.length > 1 || (policy.length === 1 && policy[0] !== 'delete')) {
    return makeRefusal('cleanup.policy', 'remote-needs-delete', { value: policy.join(',') }, REFUSED);
  }
  return checkLocal(view, 'bytes') ?? checkLocal(view, 'ms') ?? checkCopyOff(view, 'bytes') ?? checkCopyOff(view, 'ms');
}

/** -2 takes the topic's own retention; -1 is no limit, which no limited retention may hold. */
function checkLocal(view: ConfigView, unit: 'bytes' | 'ms'): ConfigRefusal | null {
  const [key, other] = [`local.retention.${unit}`, `retention.${unit}`];
  const local = view.number(key);
  const whole = view.number(other);
  if (whole < 0 || local === -2) return null;
  if (local !== -1) return compare(key, local, 'at-most', other, whole, REFUSED);
  return makeRefusal(key, 'local-unlimited', { key, other, limit: String(whole) }, REFUSED);
}

/** With nothing more copied away, what is kept here and what is kept at all must be one. */
function checkCopyOff(view: ConfigView, unit: 'bytes' | 'ms'): ConfigRefusal | null {
  if (!view.boolean('remote.log.copy.disable')) return null;
  const [key, other] = [`local.retention.${unit}`, `retention.${unit}`];
  const local = view.number(key);
  const whole = view.number(other);
  if (local === -2 || local === whole) return null;
  return makeRefusal(key, 'copy-off-differs', { key, value: String(local), other, limit: String(whole) }, REFUSED);
}
