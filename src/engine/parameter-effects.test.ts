/** More parameters that act, each by what it changes: brokers' defaults of topics, replication, elections, clients' choices. */
import { describe, expect, test } from 'vitest';
import { errorForCode } from '../kafka/api/errors.ts';
import type { FetchRequest, FetchResponse, ProduceResponse } from '../kafka/api/messages.ts';
import { effectiveTopicConfig } from '../kafka/config/effective-topic.ts';
import { EPOCH_MS } from './kernel/world.ts';
import { TestCluster } from './test-cluster.ts';

type Config = Readonly<Record<string, string>>;
const API = { produce: 0, fetch: 1 };

const value = (bytes: number) => ({
  do: 'producer.send' as const,
  producer: 'p',
  topic: 't',
  partition: 0,
  key: null,
  value: 'x'.repeat(bytes),
  headers: [],
  count: 1,
});

/** What the leader says to one batch with this timestamp. */
function produced(c: TestCluster, timestampMs?: number, key: string | null = 'k'): string {
  const records = c.batch(1, timestampMs, key);
  const partitionData = [{ topic: 't', index: 0, partition: 0, records }];
  const answer = c.ask<ProduceResponse>(1, API.produce, {
    transactionalId: null,
    acks: 1,
    timeoutMs: 1000,
    partitionData,
  });
  return errorForCode(answer.responses[0]?.errorCode ?? 0).name;
}

describe('records', () => {
  const HOUR = 3_600_000;

  test.each([
    ['topic', 'message.timestamp.before.max.ms'],
    ['broker', 'log.message.timestamp.before.max.ms'],
  ])('%s %s: older records are refused', (scope, key) => {
    const c = new TestCluster({ brokers: 1, [scope === 'topic' ? 'topic' : 'config']: { [key]: '60000' } }).to(500);
    expect(produced(c, EPOCH_MS - HOUR)).toBe('INVALID_TIMESTAMP');
    expect(produced(c, EPOCH_MS)).toBe('NONE');
    expect(produced(new TestCluster({ brokers: 1 }).to(500), EPOCH_MS - HOUR)).toBe('NONE');
  });

  test.each([
    ['topic', 'message.timestamp.after.max.ms'],
    ['broker', 'log.message.timestamp.after.max.ms'],
  ])('%s %s: records from the future are refused beyond it', (scope, key) => {
    const c = new TestCluster({ brokers: 1, [scope === 'topic' ? 'topic' : 'config']: { [key]: '86400000' } }).to(500);
    expect(produced(c, EPOCH_MS + 2 * HOUR)).toBe('NONE');
    expect(produced(new TestCluster({ brokers: 1 }).to(500), EPOCH_MS + 2 * HOUR)).toBe('INVALID_TIMESTAMP');
  });

  test.each([
    ['topic', 'message.timestamp.type'],
    ['broker', 'log.message.timestamp.type'],
  ])('%s %s: LogAppendTime gives a batch the leader’s clock and refuses no time', (scope, key) => {
    const c = new TestCluster({ brokers: 1, [scope === 'topic' ? 'topic' : 'config']: { [key]: 'LogAppendTime' } }).to(
      5000,
    );
    expect(produced(c, EPOCH_MS + 9 * HOUR)).toBe('NONE');
    const stored = c.ask<FetchResponse>(1, API.fetch, fetchAll()).responses[0]?.records[0]?.batch;
    expect([stored?.timestampType, Number(stored?.maxTimestamp) - EPOCH_MS < 6000]).toEqual(['LogAppendTime', true]);
  });

  test('broker message.max.bytes: a larger batch fails its producer', () => {
    const failed = (config: Config) =>
      new TestCluster({ brokers: 1, config, producer: {} }).to(500).do(value(4000)).to(5000).world.producers[0]?.failed;
    expect(failed({ 'message.max.bytes': '2000' })).toBe(1);
    expect(failed({})).toBe(0);
  });

  test('broker log.cleanup.policy: compact asks every record for a key', () => {
    const c = new TestCluster({ brokers: 1, config: { 'log.cleanup.policy': 'compact' } }).to(500);
    expect(produced(c, undefined, null)).toBe('INVALID_RECORD');
    expect(produced(c, undefined, 'k')).toBe('NONE');
  });
});

function fetchAll(): FetchRequest {
  return {
    replicaId: -1,
    replicaEpoch: -1,
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: 1_000_000,
    isolationLevel: 0,
    rackId: '',
    sessionId: 0,
    sessionEpoch: -1,
    forgottenTopicsData: [],
    partitions: [
      {
        topic: 't',
        index: 0,
        partition: 0,
        fetchOffset: 0,
        currentLeaderEpoch: -1,
        lastFetchedEpoch: -1,
        logStartOffset: -1,
        maxBytes: 1_000_000,
      },
    ],
  } as unknown as FetchRequest;
}

describe('a topic without a value of its own takes the broker’s', () => {
  test.each<[string, string, keyof Extract<ReturnType<typeof effectiveTopicConfig>, { ok: true }>['config'], number]>([
    ['log.segment.bytes', '2097152', 'segmentBytes', 2_097_152],
    ['log.roll.ms', '5000', 'segmentMs', 5000],
    ['log.roll.hours', '2', 'segmentMs', 7_200_000],
    ['log.roll.jitter.ms', '700', 'segmentJitterMs', 700],
    ['log.roll.jitter.hours', '1', 'segmentJitterMs', 3_600_000],
    ['log.index.interval.bytes', '100', 'indexIntervalBytes', 100],
    ['log.index.size.max.bytes', '800', 'segmentIndexBytes', 800],
    ['log.retention.bytes', '9000', 'retentionBytes', 9000],
    ['log.retention.minutes', '3', 'retentionMs', 180_000],
    ['log.flush.interval.messages', '7', 'flushMessages', 7],
    ['log.flush.interval.ms', '70', 'flushMs', 70],
  ])('%s = %s', (key, text, field, wanted) => {
    const effective = effectiveTopicConfig([], [[key, text]]);
    expect(effective.ok && effective.config[field]).toBe(wanted);
  });
});

describe('the disk', () => {
  const flushed = (config: Config, topic: Config = {}): boolean => {
    const c = new TestCluster({ brokers: 1, config, topic, producer: {}, disk: { flushMs: 600_000 } });
    const r = c.to(500).send(3).to(4000).replica(1);
    expect(r.leo).toBe(3);
    return r.flushedOffset === r.leo;
  };

  test('log.flush.interval.messages', () => {
    expect(flushed({})).toBe(false);
    expect(flushed({ 'log.flush.interval.messages': '1' })).toBe(true);
  });

  test('log.flush.interval.ms and flush.ms, when log.flush.scheduler.interval.ms lets somebody look', () => {
    expect(flushed({ 'log.flush.interval.ms': '100' })).toBe(false);
    expect(flushed({ 'log.flush.interval.ms': '100', 'log.flush.scheduler.interval.ms': '200' })).toBe(true);
    expect(flushed({ 'log.flush.scheduler.interval.ms': '200' }, { 'flush.ms': '100' })).toBe(true);
    expect(flushed({ 'log.flush.scheduler.interval.ms': '200' }, { 'flush.ms': '600000' })).toBe(false);
  });

  test('producer.id.expiration.ms, looked at every producer.id.expiration.check.interval.ms', () => {
    const remembered = (config: Config): number => {
      const c = new TestCluster({ brokers: 1, config, producer: {} }).to(500).send().to(6000);
      return c.replica(1).producers.producers.size;
    };
    expect(remembered({})).toBe(1);
    expect(remembered({ 'producer.id.expiration.ms': '1000' })).toBe(1);
    expect(
      remembered({ 'producer.id.expiration.ms': '1000', 'producer.id.expiration.check.interval.ms': '2000' }),
    ).toBe(0);
  });
});

describe('followers', () => {
  test('replica.fetch.min.bytes: the leader keeps their question until it has that much, so acks=all waits', () => {
    const acked = (bytes: string): number => {
      const c = new TestCluster({
        brokers: 2,
        config: { 'replica.fetch.min.bytes': bytes, 'replica.fetch.wait.max.ms': '5000' },
        producer: { 'linger.ms': '0' },
      });
      return c.to(2000).send().to(3000).world.producers[0]?.acked ?? -1;
    };
    expect(acked('1')).toBe(1);
    expect(acked('1000000')).toBe(0);
  });

  /** Answers with records that a follower needs to catch up on 20 records of 1 kB, from a leader with these limits. */
  const answers = (config: Config): number => {
    const c = new TestCluster({ brokers: 2, config, producer: { acks: '1', 'linger.ms': '0', 'batch.size': '0' } })
      .to(1000)
      .pause(2);
    for (let i = 0; i < 20; i++) c.do(value(1000)).for(20);
    const from = c.traffic.length;
    c.kill(2).start(2).for(12_000);
    const r = c.replica(2);
    expect(r.leo).toBe(20);
    return c.traffic.slice(from).filter(({ message: m }) => {
      const body = m.body as FetchResponse | null;
      return m.apiKey === API.fetch && !m.toServer && (body?.responses ?? []).some((p) => p.records.length > 0);
    }).length;
  };

  test('replica.fetch.max.bytes and replica.fetch.response.max.bytes: smaller answers, more of them', () => {
    const usual = answers({});
    expect(answers({ 'replica.fetch.max.bytes': '2500' })).toBeGreaterThan(usual + 3);
    expect(answers({ 'replica.fetch.response.max.bytes': '2500' })).toBeGreaterThan(usual + 3);
  });
});

describe('who leads', () => {
  const leaderAfter = (config: Config, ms: number): number => {
    const c = new TestCluster({ config }).to(500).kill(1).for(12_000).start(1).for(ms);
    return c.partition().leader;
  };

  test('auto.leader.rebalance.enable: the first replica leads again, every leader.imbalance.check.interval.seconds', () => {
    expect(leaderAfter({}, 20_000)).toBe(2);
    expect(leaderAfter({ 'leader.imbalance.check.interval.seconds': '5' }, 20_000)).toBe(1);
    const off = { 'auto.leader.rebalance.enable': 'false', 'leader.imbalance.check.interval.seconds': '5' };
    expect(leaderAfter(off, 20_000)).toBe(2);
  });

  test('controlled.shutdown.enable: a stopped broker hands its leaders over, or leaves them to the session time-out', () => {
    const leader = (enable: string): number =>
      new TestCluster({ config: { 'controlled.shutdown.enable': enable } }).to(500).stop(1).for(3000).partition()
        .leader;
    expect(leader('true')).toBe(2);
    expect(leader('false')).toBe(1);
  });

  test('unclean.leader.election.interval.ms: how soon the controller sees that it may elect', () => {
    const leader = (config: Config): number => {
      const c = new TestCluster({ brokers: 2, elr: false, config }).to(500).kill(2).for(12_000).kill(1).for(12_000);
      c.start(2).for(6000);
      expect(c.partition().leader).toBe(-1);
      return c.setTopic('unclean.leader.election.enable', 'true').for(20_000).partition().leader;
    };
    expect(leader({ 'unclean.leader.election.interval.ms': '5000' })).toBe(2);
    expect(leader({})).toBe(-1);
  });
});

describe('topics that nobody made', () => {
  test('auto.create.topics.enable, with default.replication.factor and num.partitions', () => {
    const made = (config: Config): readonly number[] | null => {
      const c = new TestCluster({ config, producer: {} }).to(500);
      c.do({ ...value(1), topic: 'new', partition: null } as never).to(5000);
      const topic = c.world.controller.image.topics.get('new');
      if (topic === undefined) return null;
      const first = c.world.controller.image.partitions[topic.partitions[0] as number];
      return [topic.partitions.length, first?.replicas.length ?? 0];
    };
    expect(made({})?.length).toBe(2);
    expect(made({ 'auto.create.topics.enable': 'false' })).toBeNull();
    expect(made({ 'default.replication.factor': '2', 'num.partitions': '4' })).toEqual([4, 2]);
  });
});

describe('clients', () => {
  const attempts = (c: TestCluster, client: string): number => {
    const node = c.world.nodeById.get(client);
    return c.world.connections.filter((x) => x.client === node).reduce((sum, x) => sum + x.epoch, 0);
  };
  const tries = (config: Config, kind: 'producer' | 'consumer'): number => {
    const clients = kind === 'producer' ? { producer: config } : { consumers: [{ id: 'p', assign: ['t-0'], config }] };
    const c = new TestCluster({ brokers: 1, ...clients }).to(1000);
    const before = attempts(c, 'p');
    return attempts(c.kill(1).for(20_000), 'p') - before;
  };

  test.each(['producer', 'consumer'] as const)(
    '%s reconnect.backoff.ms and reconnect.backoff.max.ms: how often a lost broker is tried',
    (kind) => {
      const usual = tries({}, kind);
      expect(tries({ 'reconnect.backoff.ms': '5000' }, kind)).toBeLessThan(usual - 5);
      // Set together, the pause doubles up to the longest one; set alone, the first is the longest as well.
      expect(tries({ 'reconnect.backoff.ms': '50' }, kind)).toBeGreaterThanOrEqual(usual);
      expect(tries({ 'reconnect.backoff.ms': '50', 'reconnect.backoff.max.ms': '5000' }, kind)).toBeLessThan(usual);
    },
  );

  /** Records of 3,000 without a key that went to partition 1, whose leader is slow to answer or silent. */
  const toSecond = (config: Config, harm: (c: TestCluster) => void): number => {
    const workload = {
      topic: 't',
      count: 3000,
      ratePerSecond: 200,
      keys: { kind: 'none' as const },
      values: { kind: 'size' as const, bytes: 400 },
    };
    const topics = [{ name: 't', assignment: [[1], [2]] }];
    const producers = [
      {
        id: 'p',
        config: {
          acks: '1',
          'batch.size': '2000',
          'linger.ms': '0',
          'max.in.flight.requests.per.connection': '2',
          ...config,
        },
        workload,
      },
    ];
    const c = new TestCluster({ brokers: 2, topics, producers });
    harm(c);
    c.to(60_000);
    return c.replica(2, 1).leo;
  };

  test('partitioner.adaptive.partitioning.enable: slow leaders get fewer records without a key', () => {
    const slow = (c: TestCluster) => c.link(['p'], [2], 150);
    const adaptive = toSecond({}, slow);
    const even = toSecond({ 'partitioner.adaptive.partitioning.enable': 'false' }, slow);
    expect(adaptive).toBeLessThan(even - 60);
  });

  test('partitioner.availability.timeout.ms: a leader that takes nothing gets none at all', () => {
    const silent = (c: TestCluster) => c.to(1000).pause(2).to(14_000).resume(2);
    const usual = toSecond({ 'partitioner.adaptive.partitioning.enable': 'true' }, silent);
    expect(toSecond({ 'partitioner.availability.timeout.ms': '300' }, silent)).toBeLessThan(usual);
  });
});
