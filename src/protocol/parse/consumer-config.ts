import type { ConfigEntries } from '../../kafka/config/types.ts';
import type { ScenarioConsumer } from '../scenario.ts';
import { sortEntries } from './sort-entries.ts';

/**
 * A consumer's configuration with its commit mode worked in: every mode but auto switches enable.auto.commit off. Auto
 * switches it on only where there is a group; without one Kafka would refuse it, and by default nothing is committed.
 */
export function consumerConfigEntries(
  consumer: Pick<ScenarioConsumer, 'config' | 'commit' | 'share' | 'acknowledge'>,
): ConfigEntries {
  const config = consumer.config ?? {};
  const auto = (consumer.commit ?? 'auto') === 'auto';
  if (consumer.share === true) {
    // Who says of each record what becomes of it, or commits, acknowledges explicitly unless the file says otherwise.
    const explicit = !auto || consumer.acknowledge !== undefined;
    return sortEntries(explicit ? { 'share.acknowledgement.mode': 'explicit', ...config } : config);
  }
  if (!auto) return sortEntries({ ...config, 'enable.auto.commit': 'false' });
  return config['group.id'] === undefined
    ? sortEntries(config)
    : sortEntries({ ...config, 'enable.auto.commit': 'true' });
}
