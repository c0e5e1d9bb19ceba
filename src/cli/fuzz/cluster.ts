/** A random cluster and its traffic, as a scenario file: sizes, time-outs and promises are drawn so that all kinds come up. */
import { makeStream, nextInt, type RandomStream } from '../../base/random.ts';
import type { Scenario, ScenarioConsumer, ScenarioProducer, ScenarioTopic } from '../../protocol/scenario.ts';

export function pick<T>(draws: RandomStream, from: readonly T[]): T {
  return from[nextInt(draws, from.length)] as T;
}

export function between(draws: RandomStream, low: number, high: number): number {
  return low + nextInt(draws, high - low + 1);
}

export function chance(draws: RandomStream, percent: number): boolean {
  return nextInt(draws, 100) < percent;
}

/** `count` of the brokers in random order; the first leads. */
function assignment(draws: RandomStream, brokers: number, count: number): number[] {
  const left = Array.from({ length: brokers }, (_, i) => i + 1);
  const out: number[] = [];
  while (out.length < count) out.push(...left.splice(nextInt(draws, left.length), 1));
  return out;
}

function topics(draws: RandomStream, brokers: number): ScenarioTopic[] {
  const unclean = chance(draws, 20);
  return Array.from({ length: between(draws, 1, 2) }, (_, i): ScenarioTopic => {
    const copies = Math.min(brokers, pick(draws, [1, 2, 3, 3, 3, 3, 4, 5]));
    const minIsr = Math.min(copies, pick(draws, [1, 2, 2]));
    const config: Record<string, string> = { 'min.insync.replicas': String(minIsr) };
    if (unclean) config['unclean.leader.election.enable'] = 'true';
    return {
      name: `t${i}`,
      assignment: Array.from({ length: between(draws, 1, 2) }, () => assignment(draws, brokers, copies)),
      config,
    };
  });
}

function producer(draws: RandomStream, index: number, names: readonly string[]): ScenarioProducer {
  const acks = pick(draws, ['all', 'all', 'all', '1', '0']);
  const requestMs = between(draws, 1000, 4000);
  const config: Record<string, string> = {
    acks,
    'enable.idempotence': String(acks === 'all' && chance(draws, 60)),
    'request.timeout.ms': String(requestMs),
    'delivery.timeout.ms': String(requestMs + between(draws, 500, 9000)),
    'linger.ms': String(pick(draws, [0, 5, 20])),
    'batch.size': String(pick(draws, [100, 400, 16384])),
    'max.in.flight.requests.per.connection': String(between(draws, 1, 5)),
    'max.block.ms': '3000',
    'metadata.max.age.ms': String(between(draws, 3000, 20000)),
  };
  const workload = {
    topic: pick(draws, names),
    ratePerSecond: pick(draws, [10, 25, 50, 100]),
    startMs: between(draws, 0, 300),
    values: { kind: 'size' as const, bytes: between(draws, 10, 60) },
  };
  return {
    id: `p${index}`,
    config,
    workload: chance(draws, 50) ? { ...workload, keys: { kind: 'random', distinct: 20 } } : workload,
  };
}

function consumer(draws: RandomStream, index: number, all: readonly ScenarioTopic[]): ScenarioConsumer {
  return {
    id: `c${index}`,
    config: {
      'auto.offset.reset': 'earliest',
      'fetch.max.wait.ms': String(between(draws, 100, 500)),
      'metadata.max.age.ms': '10000',
    },
    assign: all.flatMap((t) => (t.assignment ?? []).map((_, i) => `${t.name}-${i}`)),
    processMs: pick(draws, [0, 0, 2]),
    commit: 'none',
  };
}

/** One group of two to four, whose patience is short enough for faults to break it. */
function group(draws: RandomStream, names: readonly string[]): ScenarioConsumer[] {
  const commit = pick(draws, ['auto', 'auto', 'sync', 'async'] as const);
  const reads = names.slice(0, between(draws, 1, names.length));
  const config: Record<string, string> = {
    'group.id': 'g',
    'auto.offset.reset': 'earliest',
    'session.timeout.ms': '6000',
    'heartbeat.interval.ms': pick(draws, ['500', '1500']),
    // A batch of 20 ms a record fits into the shortest interval: who can never keep it never gets anywhere, in Kafka neither.
    'max.poll.records': '100',
    'max.poll.interval.ms': pick(draws, ['3000', '6000', '20000']),
    'request.timeout.ms': pick(draws, ['3000', '30000']),
    'metadata.max.age.ms': '5000',
    'fetch.max.wait.ms': String(between(draws, 100, 500)),
  };
  if (commit === 'auto') config['auto.commit.interval.ms'] = pick(draws, ['500', '2000']);
  return Array.from({ length: between(draws, 2, 4) }, (_, i) => ({
    id: `g${i}`,
    joinMs: between(draws, 0, 4000),
    config,
    subscribe: [...reads],
    processMs: pick(draws, [0, 0, 2, 20]),
    commit,
  }));
}

const ASSIGNORS = ['RangeAssignor', 'RoundRobinAssignor', 'StickyAssignor', 'CooperativeStickyAssignor'];

/** How a group's members share partitions out, and whether they are static: drawn apart, so that a seed's group stays what it was. */
function sharing(seed: number, members: readonly ScenarioConsumer[]): ScenarioConsumer[] {
  const draws = makeStream(seed, 'fuzz assignor');
  const name = pick(draws, [null, ...ASSIGNORS, 'CooperativeStickyAssignor']);
  const isStatic = chance(draws, 25);
  return members.map((c) => ({
    ...c,
    config: {
      ...c.config,
      ...(name === null ? {} : { 'partition.assignment.strategy': `org.apache.kafka.clients.consumer.${name}` }),
      ...(isStatic ? { 'group.instance.id': c.id } : {}),
    },
  }));
}

/** Two seeds of five have a group. Its draws are its own: the rest of a seed's cluster does not depend on it. */
export function withGroup(seed: number, cluster: Scenario): Scenario {
  const draws = makeStream(seed, 'fuzz group');
  if (!chance(draws, 40)) return cluster;
  const config = {
    ...cluster.cluster?.config,
    'offsets.topic.num.partitions': '3',
    'group.initial.rebalance.delay.ms': pick(draws, ['0', '500', '3000']),
  };
  const names = cluster.topics.map((t) => t.name);
  return {
    ...cluster,
    cluster: { ...cluster.cluster, config },
    consumers: [...(cluster.consumers ?? []), ...sharing(seed, group(draws, names))],
  };
}

/** The cluster of a seed, without steps. */
export function fuzzCluster(seed: number, draws: RandomStream): Scenario {
  const brokers = pick(draws, [3, 3, 3, 4, 5]);
  const sessionMs = pick(draws, [2000, 3000, 6000, 9000]);
  const all = topics(draws, brokers);
  const flushMs = pick(draws, [0, 0, 300, 2000]);
  return {
    kafkascope: 1,
    title: `fuzz ${seed}`,
    seed,
    untilMs: 3_600_000,
    cluster: {
      brokers,
      controllers: 1,
      features: { 'eligible.leader.replicas.version': chance(draws, 60) ? 1 : 0 },
      config: {
        'broker.session.timeout.ms': String(sessionMs),
        'broker.heartbeat.interval.ms': String(Math.round(sessionMs / between(draws, 4, 6))),
        'replica.lag.time.max.ms': String(pick(draws, [1000, 2000, 5000, 30000])),
        'replica.fetch.wait.max.ms': String(pick(draws, [100, 300, 500])),
        'replica.fetch.backoff.ms': String(pick(draws, [100, 1000])),
        'replica.high.watermark.checkpoint.interval.ms': String(pick(draws, [500, 5000])),
        'leader.imbalance.check.interval.seconds': String(pick(draws, [5, 20, 300])),
      },
    },
    topics: all,
    producers: Array.from({ length: between(draws, 1, 3) }, (_, i) =>
      producer(
        draws,
        i,
        all.map((t) => t.name),
      ),
    ),
    consumers: Array.from({ length: between(draws, 1, 2) }, (_, i) => consumer(draws, i, all)),
    network: {
      latencyMs: pick(draws, [0.2, 1, 5]),
      jitterMs: pick(draws, [0, 0.5, 3]),
      bandwidthMbps: pick(draws, [100, 1000]),
    },
    disk: { flushMs },
  };
}
