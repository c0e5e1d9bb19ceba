/**
 * config.set: topics and dynamic broker values through IncrementalAlterConfigs; what is not dynamic restarts its client or
 * broker with the new value (CONTRACT).
 */
import type { ConfigResource, IncrementalAlterConfigsRequest } from '../../kafka/api/messages.ts';
import { effectiveBrokerConfig } from '../../kafka/config/effective-broker.ts';
import { configEntry } from '../../kafka/config/registry.ts';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import type { BrokerState } from '../broker/broker-state.ts';
import { kill, start } from '../broker/process-life.ts';
import { ownBroker } from '../broker/replicas.ts';
import { restartConsumer } from '../client/consumer.ts';
import { restartProducer } from '../client/producer.ts';
import { brokerConfig } from '../kernel/make-world.ts';
import { tell } from '../kernel/schedule.ts';
import { type NodeState, ownNode, type World } from '../kernel/world.ts';
import { adminRequest } from './admin.ts';
import { nodeIndex } from './nodes.ts';
import { registerVerb } from './register.ts';

/** Entries with one key changed; null takes it out. */
export function withValue(entries: ConfigEntries, key: string, value: string | null): ConfigEntries {
  const rest = entries.filter(([k]) => k !== key);
  if (value === null) return rest;
  const at = rest.findIndex(([k]) => k > key);
  return at < 0 ? [...rest, [key, value]] : [...rest.slice(0, at), [key, value], ...rest.slice(at)];
}

function alter(w: World, resourceType: ConfigResource, resourceName: string, name: string, value: string | null): void {
  const configOperation = value === null ? 'DELETE' : 'SET';
  const body: IncrementalAlterConfigsRequest = {
    resources: [{ resourceType, resourceName, configs: [{ name, configOperation, value }] }],
  };
  adminRequest(w, 44, body);
}

function setOnBroker(w: World, id: number, key: string, value: string | null): void {
  const b = ownBroker(w, id);
  b.entries = withValue(b.entries, key, value);
  b.settings = brokerConfig(b.entries);
  const node = w.nodes[b.node] as NodeState;
  const dealtRack = w.scenario.cluster.brokers.find((broker) => broker.id === id)?.rack ?? null;
  if (key === 'broker.rack') ownNode(w, b.node).rack = b.settings.brokerRack ?? dealtRack;
  tell(w, 'log.config.restarts', { thing: `broker ${id}`, key, value: value ?? '–' }, [`broker:${id}`]);
  if (node.process === 'up' || node.process === 'paused') {
    kill(w, node.index);
    start(w, node.index);
  }
}

registerVerb('config.set', (w, { scope, entity, key, value }) => {
  if (scope === 'topic') {
    alter(w, 'TOPIC', entity ?? '', key, value);
    return null;
  }
  if (scope === 'group') {
    alter(w, 'GROUP', entity ?? '', key, value);
    return null;
  }
  if (scope === 'broker') {
    const mode = configEntry('broker', key)?.updateMode ?? 'read-only';
    if (mode === 'cluster-wide' || mode === 'per-broker') {
      alter(w, 'BROKER', mode === 'per-broker' ? (entity ?? '') : (entity ?? ''), key, value);
      return null;
    }
    const ids = entity === null || entity === '' ? w.brokers.map((b) => b.id) : [Number(entity)];
    for (const id of ids) {
      const config = withValue((w.brokers.find((b) => b.id === id) as BrokerState).entries, key, value);
      const effective = effectiveBrokerConfig(config);
      // Kafka's broker would not come back with such a file; here it keeps the one it has.
      if (!effective.ok) return effective.refusals[0]?.message ?? 'refused';
    }
    for (const id of ids) setOnBroker(w, id, key, value);
    return null;
  }
  const index = nodeIndex(w, entity ?? '');
  const node = w.nodes[index];
  if (node === undefined) return `no ${scope} ${entity}`;
  tell(w, 'log.config.restarts', { thing: node.id, key, value: value ?? '–' }, [`${node.kind}:${node.id}`]);
  if (scope === 'producer')
    return restartProducer(
      w,
      node.ref,
      withValue((w.producers[node.ref] as { config: ConfigEntries }).config, key, value),
    );
  return restartConsumer(
    w,
    node.ref,
    withValue((w.consumers[node.ref] as { config: ConfigEntries }).config, key, value),
  );
});
