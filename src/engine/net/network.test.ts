import { describe, expect, test } from 'vitest';
import type { NodeState } from '../kernel/world.ts';
import { TestCluster } from '../test-cluster.ts';
import { Channel, type Connection } from './connection-state.ts';
import { arrival, linkBetween, ownLink, retransmission } from './link.ts';

const PRODUCE = 0;
const METADATA = 3;

function node(c: TestCluster, id: string): number {
  return c.world.nodeById.get(id) as number;
}

function connection(c: TestCluster, client: string, server: string, channel: number): Connection {
  const found = c.world.connections.find(
    (x) => x.client === node(c, client) && x.server === node(c, server) && x.channel === channel,
  );
  if (found === undefined) throw new Error(`${client} never connected to ${server}`);
  return found;
}

function link(c: TestCluster, from: string, to: string) {
  return ownLink(c.world, linkBetween(c.world, node(c, from), node(c, to)));
}

const ASK_METADATA = { topics: null, allowAutoTopicCreation: false };

describe('links', () => {
  test('latency is one way; bandwidth takes the wire in turn', () => {
    const c = new TestCluster();
    const l = link(c, '1', '2');
    l.latencyUs = 5000;
    l.bytesPerUs = 1;
    const index = linkBetween(c.world, node(c, '1'), node(c, '2'));
    expect(arrival(c.world, index, 1000, 0)).toBe(6000);
    expect(arrival(c.world, index, 1000, 0)).toBe(7000);
    expect(arrival(c.world, index, 1, 0)).toBe(7001);
    // Not before what was sent earlier on the same connection.
    expect(arrival(c.world, index, 1, 9000)).toBe(9000);
  });

  test('jitter stays within its bound, and nothing overtakes on one connection', () => {
    const c = new TestCluster({
      network: { latencyMs: 10, jitterMs: 8 },
      producer: { acks: '1', 'linger.ms': '0', 'batch.size': '0', 'enable.idempotence': 'false' },
    });
    c.for(100);
    for (let i = 0; i < 40; i++) c.send().for(1);
    c.for(100);
    const sent = c.delivered(PRODUCE, true).map(({ atUs, message }) => ({ atUs, message }));
    expect(sent.length).toBeGreaterThan(10);
    let late = 0;
    for (let i = 0; i < sent.length; i++) {
      const { atUs, message } = sent[i] as (typeof sent)[number];
      expect(atUs - message.sentUs).toBeGreaterThanOrEqual(10_000);
      if (i > 0) {
        expect(message.correlationId).toBeGreaterThan((sent[i - 1] as (typeof sent)[number]).message.correlationId);
        if (atUs === (sent[i - 1] as (typeof sent)[number]).atUs) late += 1;
      }
    }
    expect(late).toBeGreaterThan(0);
  });

  test('what is lost comes again after TCP’s time-out, which doubles', () => {
    const c = new TestCluster();
    const l = link(c, '1', '2');
    l.lossPercent = 50;
    const index = linkBetween(c.world, node(c, '1'), node(c, '2'));
    const late = Array.from({ length: 400 }, () => arrival(c.world, index, 1, 0));
    const base = Math.min(...late);
    const steps = [...new Set(late.map((x) => Math.round((x - base) / 100_000)))].sort((a, b) => a - b);
    expect(steps.slice(0, 4)).toEqual([0, 2, 6, 14]);
    expect(late.filter((x) => x - base < 1000).length).toBeGreaterThan(150);
    expect(retransmission(0, 1)).toBe(200_000);
    expect(retransmission(0, 200_001)).toBe(600_000);
    expect(retransmission(1_000_000, 1_000_000)).toBe(1_000_000);
  });

  test('each link draws from a stream of its own', () => {
    const draws = (other: boolean): number[] => {
      const c = new TestCluster({ network: { latencyMs: 1, jitterMs: 5 } });
      const index = linkBetween(c.world, node(c, '1'), node(c, '2'));
      const another = linkBetween(c.world, node(c, '2'), node(c, '3'));
      return Array.from({ length: 10 }, () => {
        if (other) arrival(c.world, another, 1, 0);
        return arrival(c.world, index, 1, 0);
      });
    };
    expect(draws(true)).toEqual(draws(false));
  });
});

describe('cuts', () => {
  test('hold back what is sent and under way, and give it in order after the next retransmission', () => {
    const c = new TestCluster({ producer: { acks: '1', 'linger.ms': '0', 'enable.idempotence': 'false' } });
    c.for(100).link(['p'], [1], 20).send().for(5).send();
    // One is under way, one is sent into the cut.
    c.cut(['p'], [1]).for(5).send().for(1000);
    expect(c.replica(1).leo).toBe(0);
    c.heal().for(300);
    expect(c.replica(1).leo).toBe(0);
    c.for(300);
    expect(c.replica(1).leo).toBe(3);
    const order = c.delivered(PRODUCE, true, 1).map(({ message }) => message.correlationId);
    const last = order.slice(-3);
    expect(last).toEqual([...last].sort((a, b) => a - b));
  });

  test('one way: requests arrive, answers do not', () => {
    const c = new TestCluster({ producer: { acks: '1', 'request.timeout.ms': '30000', 'linger.ms': '0' } });
    c.for(100).cut([1], ['p'], true).send().for(200);
    expect(c.replica(1).leo).toBe(1);
    expect(c.delivered(PRODUCE, false)).toHaveLength(0);
    expect(c.world.ledger.acked).toBe(0);
    c.heal().for(1500);
    expect(c.world.ledger.acked).toBe(1);
  });
});

describe('connections', () => {
  test('a dead process refuses at once, and its peers hear of its death', () => {
    const c = new TestCluster({ producer: { acks: '1' } });
    c.send().for(100).kill(1).for(2);
    const { state, epoch } = connection(c, 'p', '1', Channel.Producer);
    expect(state).toBe('closed');
    c.send().until(() => connection(c, 'p', '1', Channel.Producer).epoch > epoch);
    c.for(3);
    expect(connection(c, 'p', '1', Channel.Producer)).toMatchObject({ state: 'closed', failures: 2 });
  });

  test('a silent host is found out by the set-up time-out, which doubles', () => {
    const c = new TestCluster({
      producer: {
        acks: '1',
        'socket.connection.setup.timeout.ms': '1000',
        'socket.connection.setup.timeout.max.ms': '3000',
      },
    });
    c.cut(['p'], [1, 2, 3]).for(10);
    const ends: number[] = [];
    let failures = 0;
    c.until(() => {
      const all = c.world.connections.filter((x) => x.client === node(c, 'p') && x.server === node(c, '1'));
      if (all.length > 0 && (all[0] as Connection).failures > failures) {
        failures = (all[0] as Connection).failures;
        ends.push((all[0] as Connection).connectDeadlineUs);
      }
      return failures >= 3;
    });
    expect(failures).toBe(3);
  });

  test('a request without an answer ends its connection after request.timeout.ms', () => {
    const c = new TestCluster({ producer: { acks: '1', 'request.timeout.ms': '2000', 'linger.ms': '0' } });
    c.send().for(200).pause(1).send();
    const fromMs = c.nowMs;
    c.until(() => connection(c, 'p', '1', Channel.Producer).state === 'closed');
    expect(c.nowMs - fromMs).toBeGreaterThanOrEqual(2000);
    expect(c.nowMs - fromMs).toBeLessThan(2200);
  });

  test('a host without power tells nobody; once it is back it resets what it does not know', () => {
    const c = new TestCluster({
      producer: { acks: '1', 'request.timeout.ms': '60000', 'delivery.timeout.ms': '120000' },
    });
    c.send().for(100).powerLoss(1).send().for(5000);
    expect(connection(c, 'p', '1', Channel.Producer).state).toBe('open');
    c.start(1);
    c.until(() => c.broker(1).lifecycle === 'running').send();
    c.until(
      () =>
        connection(c, 'p', '1', Channel.Producer).inFlight.length === 0 ||
        connection(c, 'p', '1', Channel.Producer).epoch > 1,
    );
  });

  test('the server handles one request of a connection at a time', () => {
    const c = new TestCluster({ producer: { acks: 'all', 'linger.ms': '0' } });
    c.send().for(1200).cut([2, 3], [1]);
    // The first waits for copies; the second waits in the socket, not in the log.
    c.send().for(20).send().for(200);
    expect(c.replica(1).leo).toBe(2);
    expect(connection(c, 'p', '1', Channel.Producer).serverInbox).toHaveLength(1);
    c.heal().for(3000);
    expect(c.replica(1).leo).toBe(3);
  });
});

describe('a stopped process (SIGSTOP)', () => {
  test('keeps its sockets: what arrives waits and is handled when it goes on', () => {
    const c = new TestCluster({ producer: { acks: '1', 'linger.ms': '0' } });
    c.send().for(200).pause(1).send().for(1000);
    expect(c.replica(1).leo).toBe(1);
    expect(connection(c, 'p', '1', Channel.Producer).state).toBe('open');
    c.resume(1).for(20);
    expect(c.replica(1).leo).toBe(2);
  });

  test('however many requests wait in them, they are handled one after the other, not one inside of the other', () => {
    const c = new TestCluster({
      producer: { acks: '0', 'linger.ms': '0', 'batch.size': '0', 'enable.idempotence': 'false' },
    });
    c.send().for(200).pause(1).send(12_000).for(3000);
    expect(connection(c, 'p', '1', Channel.Producer).serverInbox.length).toBeGreaterThan(3500);
    c.resume(1).for(1000);
    expect(c.replica(1).leo).toBe(12_001);
    // The same of a client that has closed meanwhile.
    c.pause(1).send(12_000).for(3000).do({ do: 'producer.stop', producer: 'p' }).for(1000).resume(1).for(1000);
    expect(c.replica(1).leo).toBe(24_001);
  });

  test('connections to it are accepted and not answered', () => {
    const c = new TestCluster();
    c.for(100).pause(2);
    expect(() => c.ask(2, METADATA, ASK_METADATA)).toThrow();
    const admin = connection(c, 'admin', '2', Channel.Admin);
    expect(admin.serverOpen || admin.failures > 0).toBe(true);
  });

  test('an answer to a waiting fetch is handled too: records of half a second are saved (golden)', () => {
    const c = new TestCluster({ producer: { acks: '1', 'linger.ms': '0' } });
    c.send().for(1200).pause(3).send().for(300);
    expect(c.replica(3).leo).toBe(1);
    c.kill(1).resume(3).for(1);
    expect(c.replica(3).leo).toBe(2);
  });

  test('its time-outs count from when they were due, and fire as it goes on', () => {
    const c = new TestCluster();
    c.for(1000).cut([1], [3], true).pause(3).for(40_000);
    const fetcher = (): Connection => connection(c, '3', '1', Channel.ReplicaFetcher);
    const { epoch } = fetcher();
    c.resume(3).for(1);
    expect(fetcher().state === 'open' && fetcher().epoch === epoch).toBe(false);
  });
});

describe('a new process', () => {
  test('connects anew, without its predecessor’s back-off and failures', () => {
    const c = new TestCluster();
    c.for(1000).kill(101).for(20_000).kill(2).for(1000).start(2).for(10_000);
    expect(connection(c, '2', '101', Channel.Heartbeat).failures).toBeGreaterThan(0);
    c.start(101);
    c.until(() => c.broker(2).lifecycle === 'running', 30_000);
    expect((c.world.nodes[node(c, '2')] as NodeState).process).toBe('up');
  });
});
