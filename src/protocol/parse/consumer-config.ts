import type { ConfigEntries } from '../../kafka/config/types.ts';
import type { CommitMode, ConfigObject } from '../scenario.ts';
import { sortEntries } from './sort-entries.ts';

/**
 * A consumer's configuration with its commit mode worked in: every mode but auto switches enable.auto.commit off. Auto
 * switches it on only where there is a group; without one Kafka would refuse it, and by default nothing is committed.
 */
export function consumerConfigEntries(consumer: { config?: ConfigObject; commit?: CommitMode }): ConfigEntries {
  const config = consumer.config ?? {};
  const auto = (consumer.commit ?? 'auto') === 'auto';
  if (!auto) return sortEntries({ ...config, 'enable.auto.commit': 'false' });
  return config['group.id'] === undefined
    ? sortEntries(config)
    : sortEntries({ ...config, 'enable.auto.commit': 'true' });
}
