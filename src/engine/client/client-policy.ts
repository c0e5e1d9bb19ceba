/** What a client's configuration says of how it knows the cluster: whom it asks first, and what it does when nobody answers. */
import type { World } from '../kernel/world.ts';
import { bootstrapMetadata, type ClientMetadata, type MetadataPolicy } from './client-metadata.ts';
import { NEVER } from './client-network.ts';

interface KnowingSettings {
  readonly bootstrapServers: readonly string[];
  readonly metadataRecoveryStrategy: 'none' | 'rebootstrap';
  readonly metadataRecoveryRebootstrapTriggerMs: number;
  /** Producers alone forget topics that they no longer send to. */
  readonly metadataMaxIdleMs?: number;
  /** Consumers alone can ask brokers not to create what is missing; a producer always lets them. */
  readonly allowAutoCreateTopics?: boolean;
}

/** The metadata of a process that has just started. */
export function freshMetadata(w: World, settings: KnowingSettings): ClientMetadata {
  return bootstrapMetadata(bootstrapBrokers(w, settings.bootstrapServers), policyOf(settings));
}

function policyOf(settings: KnowingSettings): MetadataPolicy {
  const idleMs = settings.metadataMaxIdleMs;
  return {
    rebootstrap: settings.metadataRecoveryStrategy === 'rebootstrap',
    triggerUs: settings.metadataRecoveryRebootstrapTriggerMs * 1000,
    maxIdleUs: idleMs === undefined ? NEVER : idleMs * 1000,
    allowAutoCreate: settings.allowAutoCreateTopics ?? true,
  };
}

/**
 * Brokers that bootstrap.servers names, ascending: `broker-1:9092` is broker 1, as its metadata call it. A list that names
 * none of them (localhost:9092 of a file from elsewhere) stands for the whole cluster, and so does no list.
 */
export function bootstrapBrokers(w: World, servers: readonly string[]): readonly number[] {
  const all = w.scenario.cluster.brokers.map((b) => b.id);
  const named = all.filter((id) => servers.some((server) => server.split(':')[0] === `broker-${id}`));
  return named.length === 0 ? all : named;
}
