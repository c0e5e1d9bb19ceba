import { parsePartitionName } from '../partition-name.ts';
import type {
  ConfigEntries,
  PartitionRef,
  ResolvedCluster,
  ResolvedConsumer,
  ResolvedKeys,
  ResolvedLink,
  ResolvedProducer,
  ResolvedScenario,
  ResolvedStep,
  ResolvedValues,
  ResolvedWorkload,
  Scenario,
  ScenarioCluster,
  ScenarioConsumer,
  ScenarioKeys,
  ScenarioLink,
  ScenarioProducer,
  ScenarioStep,
  ScenarioValues,
  ScenarioWorkload,
} from '../scenario.ts';
import { recordsOf } from '../text-lines.ts';
import { msToUs } from '../time.ts';
import { consumerConfigEntries } from './consumer-config.ts';
import {
  DEFAULT_BROKERS,
  DEFAULT_UNTIL_MS,
  DEFAULT_VERSION,
  DEFAULTS,
  FIRST_CONTROLLER_ID,
  resolveTopic,
} from './default-values.ts';
import { sortEntries } from './sort-entries.ts';

/** A combined cluster's quorum has at most this many brokers. */
const MAX_COMBINED_CONTROLLERS = 3;

/** Fills in every default, steps by `resolveStep`. The scenario has been checked. */
export function resolveScenario(
  scenario: Scenario,
  resolveStep: (step: ScenarioStep, index: number, brokers: number) => ResolvedStep,
): ResolvedScenario {
  const cluster = resolveCluster(scenario.cluster ?? {});
  const brokers = cluster.brokers.length;
  const { version } = cluster;
  return {
    title: scenario.title ?? '',
    note: scenario.note ?? '',
    seed: scenario.seed ?? DEFAULTS.seed,
    untilUs: msToUs(scenario.untilMs ?? DEFAULT_UNTIL_MS),
    cluster,
    topics: scenario.topics.map((topic) => resolveTopic(topic, brokers)),
    producers: (scenario.producers ?? []).map((producer) => resolveProducer(producer, version)),
    consumers: (scenario.consumers ?? []).map((consumer) => resolveConsumer(consumer, version)),
    network: {
      latencyUs: msToUs(scenario.network?.latencyMs ?? DEFAULTS.latencyMs),
      jitterUs: msToUs(scenario.network?.jitterMs ?? DEFAULTS.jitterMs),
      bandwidthMbps: scenario.network?.bandwidthMbps ?? DEFAULTS.bandwidthMbps,
      links: (scenario.network?.links ?? []).map(resolveLink),
    },
    disk: {
      flushUs: msToUs(scenario.disk?.flushMs ?? DEFAULTS.flushMs),
      throughputMBps: scenario.disk?.throughputMBps ?? DEFAULTS.throughputMBps,
    },
    steps: (scenario.steps ?? []).map((step, index) => resolveStep(step, index, brokers)),
  };
}

function resolveCluster(cluster: ScenarioCluster): ResolvedCluster {
  const version = cluster.version ?? DEFAULT_VERSION;
  const count = cluster.brokers ?? DEFAULT_BROKERS;
  const controllers = cluster.controllers ?? DEFAULTS.controllers;
  const presets = presetsOf(count);
  const voters = controllers === 0 ? Math.min(MAX_COMBINED_CONTROLLERS, count) : 0;
  const configOf = (id: number): ConfigEntries =>
    sortEntries({ ...Object.fromEntries(presets), ...cluster.config, ...cluster.brokerConfig?.[String(id)] });
  const brokers = idsFrom(1, count).map((id) => ({
    id,
    rack: cluster.racks === undefined ? null : (cluster.racks[(id - 1) % cluster.racks.length] ?? null),
    version: cluster.brokerVersions?.[String(id)] ?? version,
    isController: id <= voters,
    config: configOf(id),
  }));
  const apart = idsFrom(FIRST_CONTROLLER_ID, controllers).map((id) => ({ id, version, config: configOf(id) }));
  return {
    version,
    features: Object.entries(cluster.features ?? {}).sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)),
    brokers,
    controllers: apart,
    controllerIds: controllers === 0 ? idsFrom(1, voters) : apart.map((controller) => controller.id),
    presets,
  };
}

function idsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

/** Kafka's own defaults want three brokers for its internal topics; on fewer, no such topic could be made. */
function presetsOf(brokers: number): ConfigEntries {
  const replicas = String(Math.min(3, brokers));
  const minIsr = String(Math.min(2, brokers));
  return [
    ['offsets.topic.replication.factor', replicas],
    ['share.coordinator.state.topic.min.isr', minIsr],
    ['share.coordinator.state.topic.replication.factor', replicas],
    ['transaction.state.log.min.isr', minIsr],
    ['transaction.state.log.replication.factor', replicas],
  ];
}

function resolveProducer(producer: ScenarioProducer, version: string): ResolvedProducer {
  return {
    id: producer.id,
    version: producer.version ?? version,
    startUs: msToUs(producer.startMs ?? 0),
    config: sortEntries(producer.config ?? {}),
    workload: producer.workload === undefined ? null : resolveWorkload(producer.workload),
  };
}

function resolveWorkload(workload: ScenarioWorkload): ResolvedWorkload {
  const { recordsPerTransaction } = workload;
  return {
    topic: workload.topic,
    count: workload.count ?? null,
    ratePerSecond: workload.ratePerSecond ?? DEFAULTS.ratePerSecond,
    startUs: msToUs(workload.startMs ?? 0),
    keys: resolveKeys(workload.keys ?? { kind: 'none' }),
    values: resolveValues(workload.values ?? { kind: 'size', bytes: DEFAULTS.valueBytes }),
    transaction:
      recordsPerTransaction === undefined ? null : { recordsPerTransaction, abortEvery: workload.abortEvery ?? null },
  };
}

function resolveKeys(keys: ScenarioKeys): ResolvedKeys {
  return keys.kind === 'lines' ? { kind: 'lines', lines: recordsOf(keys) } : keys;
}

function resolveValues(values: ScenarioValues): ResolvedValues {
  return values.kind === 'lines' ? { kind: 'lines', lines: recordsOf(values) } : values;
}

function resolveConsumer(consumer: ScenarioConsumer, version: string): ResolvedConsumer {
  return {
    id: consumer.id,
    version: consumer.version ?? version,
    joinUs: msToUs(consumer.joinMs ?? 0),
    config: consumerConfigEntries(consumer),
    source: resolveSource(consumer),
    processUs: msToUs(consumer.processMs ?? 0),
    processing: consumer.processing ?? 'inline',
    commit: consumer.commit ?? 'auto',
    share: consumer.share ?? false,
    acknowledge: resolveAcknowledge(consumer),
  };
}

function resolveAcknowledge({ acknowledge }: ScenarioConsumer): ResolvedConsumer['acknowledge'] {
  if (acknowledge === undefined) return null;
  const { releaseEvery = null, rejectEvery = null, release = [], releaseAlways = [], reject = [] } = acknowledge;
  return { releaseEvery, rejectEvery, release, releaseAlways, reject };
}

function resolveSource(consumer: ScenarioConsumer): ResolvedConsumer['source'] {
  if (consumer.subscribe !== undefined) return { kind: 'subscribe', topics: consumer.subscribe };
  if (consumer.subscribePattern !== undefined) return { kind: 'pattern', pattern: consumer.subscribePattern };
  return { kind: 'assign', partitions: (consumer.assign ?? []).map(partitionRef) };
}

export function partitionRef(name: string): PartitionRef {
  const ref = parsePartitionName(name);
  if (ref === null) throw new Error(`applyDefaults: ${name} is not a partition; was the scenario checked?`);
  return ref;
}

function resolveLink(link: ScenarioLink): ResolvedLink {
  return {
    between: link.between,
    oneWay: link.oneWay ?? false,
    latencyUs: link.latencyMs === undefined ? null : msToUs(link.latencyMs),
    jitterUs: link.jitterMs === undefined ? null : msToUs(link.jitterMs),
    lossPercent: link.lossPercent ?? null,
    bandwidthMbps: link.bandwidthMbps ?? null,
  };
}
