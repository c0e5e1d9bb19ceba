/** Parameters that act, each by what it changes in a running cluster: one run with it, one without. */
import { describe, expect, test } from 'vitest';
import { errorForCode } from '../kafka/api/errors.ts';
import type { SimpleResponse, TopicResultsResponse } from '../kafka/api/messages.ts';
import { Channel } from './net/connection-state.ts';
import { type ClusterOptions, TestCluster } from './test-cluster.ts';

type Config = Readonly<Record<string, string>>;

const API = { produce: 0, metadata: 3, deleteTopics: 20, alterConfigs: 44 };

/** Connection attempts of a client to a broker so far. */
function attempts(c: TestCluster, client: string, broker: number): number {
  const w = c.world;
  const node = w.nodeById.get(client);
  const known = w.connections.filter((x) => x.client === node && x.server === w.brokerNode[broker]);
  return known.reduce((sum, x) => sum + x.epoch, 0);
}

const metadataRequests = (c: TestCluster) =>
  c.traffic
    .filter(({ message }) => message.toServer && message.apiKey === API.metadata)
    .map(({ atUs, message }) => ({
      atMs: atUs / 1000,
      ...(message.body as { topics: string[] | null; allowAutoTopicCreation: boolean }),
    }));

const one = (options: ClusterOptions = {}) => new TestCluster({ brokers: 1, ...options });

describe('connections that nobody uses', () => {
  /** A record at 1 s and one at 6 s: how often the producer connected in between. */
  const reconnects = (producer: Config, config: Config = {}): number => {
    const c = one({ producer, config }).to(1000).send().to(2000);
    const before = attempts(c, 'p', 1);
    c.to(6000).send().to(8000);
    expect(c.world.producers[0]?.acked).toBe(2);
    return attempts(c, 'p', 1) - before;
  };

  test('producer connections.max.idle.ms: the client closes, and the next record connects first', () => {
    expect(reconnects({})).toBe(0);
    // Losing a connection makes a client ask for metadata, which opens it again at once: more than one in five seconds.
    expect(reconnects({ 'connections.max.idle.ms': '2000' })).toBeGreaterThan(0);
    expect(reconnects({ 'connections.max.idle.ms': '-1' }, { 'connections.max.idle.ms': '2000' })).toBe(0);
  });

  test('broker connections.max.idle.ms: the server closes the client’s connection', () => {
    expect(reconnects({}, { 'connections.max.idle.ms': '2000' })).toBeGreaterThan(0);
  });

  test('what is used stays: a request every second outlives two seconds of idleness', () => {
    const c = one({ producer: { 'connections.max.idle.ms': '2000' } })
      .to(1000)
      .send();
    const before = attempts(c.to(1500), 'p', 1);
    for (let ms = 2000; ms <= 9000; ms += 1000) c.to(ms).send();
    expect(attempts(c, 'p', 1)).toBe(before);
  });

  test('consumer connections.max.idle.ms: the connection that only served to find the leader is closed', () => {
    const run = (config: Config): string => {
      const consumers = [{ id: 'c', assign: ['t-0'], config: { 'bootstrap.servers': 'broker-2:9092', ...config } }];
      const c = new TestCluster({ consumers }).to(20_000);
      const w = c.world;
      const client = w.nodeById.get('c');
      return w.connections.find((x) => x.client === client && x.server === w.brokerNode[2])?.state ?? 'none';
    };
    expect(run({ 'connections.max.idle.ms': '5000' })).toBe('closed');
    expect(run({})).toBe('open');
  });
});

describe('what a client knows of the cluster', () => {
  test('metadata.max.idle.ms: a topic that nobody sends to is no longer asked about', () => {
    const run = (config: Config) => {
      const c = one({ producer: { 'metadata.max.age.ms': '2000', ...config } })
        .to(500)
        .send()
        .to(20_000);
      return metadataRequests(c).at(-1)?.topics;
    };
    expect(run({ 'metadata.max.idle.ms': '5000' })).toEqual([]);
    expect(run({ 'metadata.max.idle.ms': '60000' })).toEqual(['t']);
  });

  test('metadata.max.idle.ms: the next send() waits for metadata and is stored all the same', () => {
    const c = one({ producer: { 'metadata.max.age.ms': '2000', 'metadata.max.idle.ms': '5000' } })
      .to(20_000)
      .send();
    c.to(25_000);
    expect(c.world.producers[0]?.acked).toBe(1);
    expect(metadataRequests(c).some(({ atMs, topics }) => atMs > 20_000 && topics?.includes('t'))).toBe(true);
  });

  test('bootstrap.servers: whom a client asks first', () => {
    const asked = (servers: string) => {
      const c = new TestCluster({ producer: { 'bootstrap.servers': servers } }).to(500);
      return [1, 2, 3].filter((broker) => attempts(c, 'p', broker) > 0);
    };
    expect(asked('broker-2:9092')).toContain(2);
    expect(asked('broker-3:9092')).not.toContain(1);
    expect(asked('localhost:9092').length).toBeGreaterThan(0);
  });

  test('bootstrap.servers: with the one named broker away a client learns nothing', () => {
    const run = (servers: string): number => {
      const producers = [{ id: 'p', startMs: 2000, config: { acks: '1', 'bootstrap.servers': servers } }];
      const c = new TestCluster({ producers }).to(1000).kill(3).to(2500).send().to(6000);
      return c.world.producers[0]?.acked ?? -1;
    };
    expect(run('broker-3:9092')).toBe(0);
    expect(run('broker-1:9092')).toBe(1);
  });

  const wayBack = (config: Config): number => {
    // Broker 1 alone is known (by name), then gone; broker 2 stands where the first list also points.
    const c = new TestCluster({ brokers: 2, producer: { 'metadata.max.age.ms': '1000', ...config } }).to(2000);
    c.cut(['p'], [1, 2]).to(30_000);
    return c.world.producers[0]?.metadata.topics.length ?? -1;
  };

  test('metadata.recovery.strategy: rebootstrap forgets what it knew and starts over, none keeps it', () => {
    const quick = { 'request.timeout.ms': '1000', 'delivery.timeout.ms': '2000', 'linger.ms': '0' };
    expect(wayBack({ ...quick, 'metadata.recovery.rebootstrap.trigger.ms': '5000' })).toBe(0);
    expect(
      wayBack({ ...quick, 'metadata.recovery.rebootstrap.trigger.ms': '5000', 'metadata.recovery.strategy': 'NONE' }),
    ).toBe(1);
  });

  test('metadata.recovery.rebootstrap.trigger.ms: after how long in vain', () => {
    const slow = {
      'metadata.recovery.rebootstrap.trigger.ms': '600000',
      'socket.connection.setup.timeout.ms': '600000',
      'socket.connection.setup.timeout.max.ms': '600000',
    };
    expect(wayBack(slow)).toBe(1);
  });

  test('allow.auto.create.topics: a topic that is deleted under its reader comes back, or not', () => {
    const run = (config: Config): boolean => {
      const consumers = [{ id: 'c', assign: ['t-0'], config: { 'metadata.max.age.ms': '1000', ...config } }];
      const c = one({ consumers }).to(1000).do({ do: 'topic.delete', topic: 't' }).to(10_000);
      return c.world.controller.image.topics.has('t');
    };
    expect(run({ 'allow.auto.create.topics': 'false' })).toBe(false);
    expect(run({})).toBe(true);
  });
});

describe('brokers', () => {
  test('socket.request.max.bytes: a larger request is not read, its connection is closed, and the batch never arrives', () => {
    const run = (config: Config) => {
      const c = one({
        config,
        producer: { 'delivery.timeout.ms': '3000', 'request.timeout.ms': '2000', 'linger.ms': '0' },
      }).to(1000);
      c.do({
        do: 'producer.send',
        producer: 'p',
        topic: 't',
        partition: 0,
        key: null,
        value: 'x'.repeat(4000),
        headers: [],
        count: 1,
      }).to(6000);
      return { acked: c.world.producers[0]?.acked, failed: c.world.producers[0]?.failed };
    };
    expect(run({ 'socket.request.max.bytes': '2000' })).toEqual({ acked: 0, failed: 1 });
    expect(run({})).toEqual({ acked: 1, failed: 0 });
  });

  test('delete.topic.enable=false: TOPIC_DELETION_DISABLED, and the topic stays', () => {
    const run = (config: Config) => {
      const c = one({ config }).to(500);
      const answer = c.ask<TopicResultsResponse>(101, API.deleteTopics, { topicNames: ['t'], timeoutMs: 1000 });
      return [errorForCode(answer.topics[0]?.errorCode ?? 0).name, c.world.controller.image.topics.has('t')];
    };
    expect(run({ 'delete.topic.enable': 'false' })).toEqual(['TOPIC_DELETION_DISABLED', true]);
    expect(run({})).toEqual(['NONE', false]);
  });

  test('initial.broker.registration.timeout.ms: without a controller a starting broker gives up', () => {
    const run = (ms: string): string => {
      const c = new TestCluster({ config: { 'initial.broker.registration.timeout.ms': ms } }).to(500);
      c.kill(3).cut([3], [101]).start(3).for(9000);
      return c.world.nodes.find((n) => n.id === '3')?.process ?? '';
    };
    expect(run('5000')).toBe('down');
    expect(run('60000')).toBe('up');
  });

  test('request.timeout.ms: how soon a follower gives up on a leader that does not answer', () => {
    const run = (ms: string): number => {
      const c = new TestCluster({ brokers: 2, config: { 'request.timeout.ms': ms } }).to(2000).pause(1).for(4000);
      const w = c.world;
      const known = w.connections.find((x) => x.channel === Channel.ReplicaFetcher && x.client === w.brokerNode[2]);
      return known?.epoch ?? -1;
    };
    expect(run('2000')).toBeGreaterThan(1);
    expect(run('30000')).toBe(1);
  });

  test('socket.connection.setup.timeout.ms: how soon a broker tries another connection to a controller that is silent', () => {
    const run = (ms: string): number => {
      const c = new TestCluster({
        config: { 'socket.connection.setup.timeout.ms': ms, 'socket.connection.setup.timeout.max.ms': ms },
      });
      c.to(500).kill(3).cut([3], [101]).start(3).for(8000);
      const w = c.world;
      const known = w.connections.find((x) => x.channel === Channel.Heartbeat && x.client === w.brokerNode[3]);
      return known?.epoch ?? -1;
    };
    expect(run('1000')).toBeGreaterThan(run('10000') + 2);
  });

  test('socket.connection.setup.timeout.max.ms: how far the waits may grow', () => {
    const run = (max: string): number => {
      const c = new TestCluster({
        config: { 'socket.connection.setup.timeout.ms': '500', 'socket.connection.setup.timeout.max.ms': max },
      });
      c.to(500).kill(3).cut([3], [101]).start(3).for(20_000);
      const w = c.world;
      return w.connections.find((x) => x.channel === Channel.Heartbeat && x.client === w.brokerNode[3])?.epoch ?? -1;
    };
    expect(run('500')).toBeGreaterThan(run('30000') + 5);
  });

  test('controller.socket.timeout.ms and controller.quorum.request.timeout.ms: how long the controller may be silent', () => {
    const epochs = (config: Config, channel: number): number => {
      const c = new TestCluster({ config }).to(1000).cut([1], [101]).for(5000);
      const w = c.world;
      return w.connections.find((x) => x.channel === channel && x.client === w.brokerNode[1])?.epoch ?? -1;
    };
    expect(epochs({ 'controller.socket.timeout.ms': '1000' }, Channel.Heartbeat)).toBeGreaterThan(
      epochs({ 'controller.socket.timeout.ms': '30000' }, Channel.Heartbeat),
    );
    expect(epochs({ 'controller.quorum.request.timeout.ms': '1000' }, Channel.MetadataFetch)).toBeGreaterThan(
      epochs({ 'controller.quorum.request.timeout.ms': '30000' }, Channel.MetadataFetch),
    );
  });

  test('broker.rack: copies of a new partition are spread over the racks that the files name', () => {
    const brokerConfig = Object.fromEntries([1, 2, 3, 4].map((id) => [id, { 'broker.rack': id < 3 ? 'a' : 'b' }]));
    const spread = (racks: boolean): boolean => {
      const cluster = { brokers: 4, controllers: 1, ...(racks ? { brokerConfig } : {}) };
      const c = new TestCluster({ cluster, topics: [{ name: 't', partitions: 12, replicationFactor: 2 }] });
      return c.world.controller.image.partitions.every((p) => {
        const sides = new Set(p?.replicas.map((id) => (id < 3 ? 'a' : 'b')));
        return sides.size === 2;
      });
    };
    expect(spread(true)).toBe(true);
    expect(spread(false)).toBe(false);
  });
});

describe('contradictions on a running cluster', () => {
  const alter = (c: TestCluster, type: 'TOPIC' | 'BROKER', name: string, configs: Config) =>
    c.ask<SimpleResponse>(101, API.alterConfigs, {
      resources: [
        {
          resourceType: type,
          resourceName: name,
          configs: Object.entries(configs).map(([key, value]) => ({ name: key, configOperation: 'SET', value })),
        },
      ],
    });

  test('a topic’s values that do not fit what is set already: INVALID_CONFIG, and nothing changes', () => {
    const c = one({ topic: { 'max.compaction.lag.ms': '1000' } }).to(500);
    expect(errorForCode(alter(c, 'TOPIC', 't', { 'min.compaction.lag.ms': '2000' }).errorCode).name).toBe(
      'INVALID_CONFIG',
    );
    expect(c.world.controller.image.topicConfigs.get('t')?.has('min.compaction.lag.ms')).toBe(false);
    expect(alter(c, 'TOPIC', 't', { 'min.compaction.lag.ms': '500' }).errorCode).toBe(0);
  });

  test('a file with which a broker would not start is refused in words, and the broker goes on', () => {
    const c = one().to(500);
    const command = {
      do: 'config.set',
      scope: 'broker',
      entity: '1',
      key: 'replica.fetch.wait.max.ms',
      value: '30001',
    } as const;
    expect(c.try(command)).toContain('replica.socket.timeout.ms');
    expect(c.world.nodes.find((n) => n.id === '1')?.process).toBe('up');
  });
});
