/**
 * A cluster of many groups, for `fuzz --groups`: every protocol and assignor, static members, patterns, subscriptions that differ,
 * groups on their way from one protocol to the other. Its data are safe (three copies, no power losses), so that all that a
 * coordinator promises can be held against it.
 */
import { makeStream, type RandomStream } from '../../base/random.ts';
import type { Scenario, ScenarioConsumer, ScenarioTopic } from '../../protocol/scenario.ts';
import { between, chance, pick } from './cluster.ts';

const CLASSES = ['RangeAssignor', 'RoundRobinAssignor', 'StickyAssignor', 'CooperativeStickyAssignor'];
const PACKAGE = 'org.apache.kafka.clients.consumer.';

const strategy = (...names: readonly string[]): Record<string, string> => ({
  'partition.assignment.strategy': names.map((name) => PACKAGE + name).join(','),
});

/** How a group's members share partitions out. */
type Kind = 'default' | 'one' | 'two' | 'consumer' | 'mixed';

interface GroupPlan {
  readonly id: string;
  readonly kind: Kind;
  readonly assignor: string;
  readonly isStatic: boolean;
  readonly isPattern: boolean;
  readonly differs: boolean;
  readonly config: Record<string, string>;
  readonly commit: 'auto' | 'sync' | 'async';
}

function topics(draws: RandomStream): ScenarioTopic[] {
  return Array.from({ length: between(draws, 2, 4) }, (_, i) => ({
    name: `t${i}`,
    partitions: pick(draws, [1, 2, 3, 6]),
    replicationFactor: 3,
    config: { 'min.insync.replicas': '1' },
  }));
}

function plan(draws: RandomStream, index: number): GroupPlan {
  const commit = pick(draws, ['auto', 'auto', 'sync', 'async'] as const);
  const config: Record<string, string> = {
    'group.id': `g${index}`,
    'auto.offset.reset': 'earliest',
    'max.poll.records': '50',
    'max.poll.interval.ms': pick(draws, ['3000', '6000', '20000']),
    'request.timeout.ms': pick(draws, ['3000', '30000']),
    'metadata.max.age.ms': pick(draws, ['1000', '5000']),
    'fetch.max.wait.ms': '500',
  };
  if (commit === 'auto') config['auto.commit.interval.ms'] = pick(draws, ['500', '2000']);
  return {
    id: `g${index}`,
    kind: pick(draws, ['default', 'one', 'one', 'two', 'consumer', 'consumer', 'consumer', 'mixed'] as const),
    assignor: pick(draws, CLASSES),
    isStatic: chance(draws, 30),
    isPattern: chance(draws, 25),
    differs: chance(draws, 30),
    config,
    commit,
  };
}

/** What decides the protocol of one member. */
function protocolOf(draws: RandomStream, g: GroupPlan): Record<string, string> {
  const classic = { 'session.timeout.ms': '6000', 'heartbeat.interval.ms': '1000' };
  if (g.kind === 'default') return classic;
  if (g.kind === 'one') return { ...classic, ...strategy(g.assignor) };
  if (g.kind === 'two')
    return { ...classic, ...strategy(...pick(draws, [CLASSES, [...CLASSES].reverse()]).slice(0, 3)) };
  if (g.kind === 'mixed' && chance(draws, 50)) return { ...classic, ...strategy(g.assignor) };
  const remote = pick(draws, [null, 'uniform', 'range']);
  return { 'group.protocol': 'consumer', ...(remote === null ? {} : { 'group.remote.assignor': remote }) };
}

function members(draws: RandomStream, g: GroupPlan, names: readonly string[]): ScenarioConsumer[] {
  const common = names.slice(0, between(draws, 1, names.length));
  return Array.from({ length: between(draws, 1, 5) }, (_, i): ScenarioConsumer => {
    const id = `${g.id}m${i}`;
    const reads = g.differs ? names.filter(() => chance(draws, 60)) : common;
    return {
      id,
      joinMs: between(draws, 0, 6000),
      config: {
        ...g.config,
        ...protocolOf(draws, g),
        ...(g.isStatic && chance(draws, 80) ? { 'group.instance.id': id } : {}),
      },
      ...(g.isPattern
        ? { subscribePattern: pick(draws, ['t.*', 't[01]', '.*']) }
        : { subscribe: reads.length > 0 ? reads : [...common] }),
      processMs: pick(draws, [0, 0, 2, 20]),
      commit: g.commit,
    };
  });
}

/** One seed of four has a share group too (KIP-932). Its draws are its own: the rest does not depend on it. */
function shareGroup(seed: number, names: readonly string[]): ScenarioConsumer[] {
  const draws = makeStream(seed, 'fuzz share');
  if (!chance(draws, 25)) return [];
  const explicit = chance(draws, 50);
  const config: Record<string, string> = { 'group.id': 's', 'max.poll.records': '50', 'metadata.max.age.ms': '1000' };
  if (explicit) config['share.acknowledgement.mode'] = 'explicit';
  return Array.from({ length: between(draws, 1, 3) }, (_, i) => ({
    id: `sm${i}`,
    share: true,
    joinMs: between(draws, 0, 6000),
    config,
    subscribe: names.slice(0, between(draws, 1, names.length)),
    processMs: pick(draws, [0, 2, 20]),
    commit: pick(draws, ['sync', 'async'] as const),
    ...(explicit && chance(draws, 50) ? { acknowledge: { releaseEvery: 7, rejectEvery: 50 } } : {}),
  }));
}

/** The cluster of a seed, without steps. */
export function groupCluster(seed: number, draws: RandomStream): Scenario {
  const all = topics(draws);
  const names = all.map((t) => t.name);
  const plans = Array.from({ length: between(draws, 1, 3) }, (_, i) => plan(draws, i));
  return {
    kafkascope: 1,
    title: `fuzz groups ${seed}`,
    seed,
    untilMs: 3_600_000,
    cluster: {
      brokers: 3,
      controllers: 1,
      config: {
        'broker.session.timeout.ms': '6000',
        'broker.heartbeat.interval.ms': '1000',
        // A deleted topic that comes back smaller by itself gives partitions two owners under Kafka's own sticky assignors.
        'auto.create.topics.enable': 'false',
        'offsets.topic.num.partitions': String(pick(draws, [1, 3, 5])),
        'group.initial.rebalance.delay.ms': pick(draws, ['0', '500', '3000']),
        'group.consumer.heartbeat.interval.ms': pick(draws, ['1000', '5000']),
        'group.consumer.min.heartbeat.interval.ms': '1000',
        'group.consumer.session.timeout.ms': '10000',
        'group.consumer.min.session.timeout.ms': '10000',
      },
    },
    topics: all,
    producers: names.map((topic, i) => ({
      id: `p${i}`,
      config: { acks: 'all', 'request.timeout.ms': '3000', 'delivery.timeout.ms': '9000' },
      workload: { topic, ratePerSecond: pick(draws, [5, 20]), values: { kind: 'size' as const, bytes: 20 } },
    })),
    consumers: [...plans.flatMap((g) => members(draws, g, names)), ...shareGroup(seed, names)],
    network: { latencyMs: pick(draws, [0.2, 1, 5]), jitterMs: pick(draws, [0, 0.5, 3]), bandwidthMbps: 1000 },
  };
}
