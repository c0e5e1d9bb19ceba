/** What a broker's process and host lose and keep. */
import { describe, expect, test } from 'vitest';
import { historyHash } from '../kernel/hash.ts';
import { TestCluster } from '../test-cluster.ts';
import { BOOT_US } from './process-life.ts';

const HEARTBEAT = 63;
const REGISTRATION = 62;

describe('rule 89: the high watermark’s checkpoint', () => {
  test('is written every replica.high.watermark.checkpoint.interval.ms; a killed process starts from it', () => {
    const c = new TestCluster({ producer: { acks: 'all' } });
    c.send(4).to(6000);
    expect(c.replica(3)).toMatchObject({ leo: 4, highWatermark: 4, checkpointedHw: 4 });
    c.send(3).for(1200);
    expect(c.replica(3)).toMatchObject({ leo: 7, highWatermark: 7, checkpointedHw: 4 });
    c.kill(3)
      .cut([3], [1, 2])
      .start(3)
      .for(BOOT_US / 1000 + 1);
    expect(c.replica(3)).toMatchObject({ leo: 7, highWatermark: 4 });
  });

  test('is written at an orderly end', () => {
    const c = new TestCluster({ producer: { acks: 'all' } });
    c.send(4).for(1200).stop(3);
    c.until(() => c.broker(3).lifecycle === 'not-running');
    expect(c.replica(3)).toMatchObject({ checkpointedHw: 4, flushedOffset: 4 });
  });
});

describe('rule 93: no acknowledgement waits for the disk', () => {
  test('a killed process keeps what it wrote, a host without power loses what was not flushed', () => {
    const c = new TestCluster({ producer: { acks: 'all' }, disk: { flushMs: 1500 } });
    c.send(3).to(1600);
    expect(c.replica(2)).toMatchObject({ leo: 3, flushedOffset: 3 });
    c.send(2).for(300).kill(2).powerLoss(3);
    expect(c.replica(2).leo).toBe(5);
    expect(c.replica(3)).toMatchObject({ leo: 3, flushedOffset: 3 });
    // What the dead process had written reaches the disk all the same.
    c.for(2000);
    expect(c.replica(2).flushedOffset).toBe(5);
  });

  test('flush.messages=1 puts every append on the disk', () => {
    const c = new TestCluster({ producer: { acks: '1' }, topic: { 'flush.messages': '1' } });
    c.send(3).for(20);
    expect(c.replica(1).flushedOffset).toBe(3);
  });
});

describe('rule 87: registering again', () => {
  test('within the old session it is refused and tried again every 2 s', () => {
    const c = new TestCluster();
    c.to(4500).kill(3).start(3);
    c.until(() => c.broker(3).lifecycle === 'running', 20_000);
    const tries = c.delivered(REGISTRATION, true).map(({ atUs }) => atUs / 1e6);
    // Its last heartbeat was at about 4 s: nine seconds of session from there.
    expect(tries.length).toBeGreaterThanOrEqual(3);
    for (let i = 1; i < tries.length; i++) expect((tries[i] as number) - (tries[i - 1] as number)).toBeCloseTo(2, 1);
    expect(c.nowMs).toBeGreaterThan(13_000);
    expect(c.nowMs).toBeLessThan(15_100);
    expect(c.lines().some((l) => l.key === 'log.broker.register-refused')).toBe(true);
  });

  function leaderless(end: (c: TestCluster) => void): TestCluster {
    const c = new TestCluster({ topic: { 'min.insync.replicas': '3' }, producer: { acks: '1' } });
    c.send().for(1200);
    end(c);
    c.until(() => c.partition().elr.includes(3), 30_000);
    return c;
  }

  test('with ELR an unclean one leaves the ELR, a clean one stays', () => {
    const unclean = leaderless((c) => c.kill(3));
    unclean.start(3);
    unclean.until(() => !unclean.partition().elr.includes(3));
    expect(unclean.partition().isr).not.toContain(3);
    const clean = leaderless((c) => c.stop(3));
    clean.until(() => clean.broker(3).lifecycle === 'not-running').start(3);
    clean.until(
      () =>
        clean
          .delivered(REGISTRATION, false)
          .some(({ message }) => (message.body as { errorCode: number }).errorCode === 0),
      30_000,
    );
    expect(clean.partition().elr).toContain(3);
  });

  test('an orderly end of a process that never registered is no clean shutdown of the one before', () => {
    for (const untilMs of [1000, BOOT_US / 1000 + 500]) {
      const c = leaderless((x) => x.powerLoss(3));
      c.cut([3], [101]).start(3).for(untilMs).stop(3).heal().start(3);
      c.until(() => !c.partition().elr.includes(3), 30_000);
    }
  });
});

describe('a starting broker', () => {
  test('leads nothing before the controller has heard of its start', () => {
    const c = new TestCluster({
      config: { 'broker.session.timeout.ms': '6000', 'broker.heartbeat.interval.ms': '1500' },
      topic: { 'min.insync.replicas': '2' },
      producer: { acks: 'all' },
    });
    // The leader stops; its first heir has lost its log, which nobody knows yet.
    c.send(3).to(1400).pause(1).to(5900).powerLoss(2).start(2);
    let led = false;
    c.until(() => {
      if (c.partition().leader === 2) led = true;
      expect(c.replica(2).role === 'leader' && c.replica(2).leo === 0).toBe(false);
      return c.partition().leader === 3;
    }, 30_000);
    expect(led).toBe(true);
    expect(c.replica(3).leo).toBe(3);
  });

  test('takes connections only when it is about to be unfenced', () => {
    const c = new TestCluster();
    c.to(3000).kill(2).for(12_000).start(2).for(1000);
    const connection = c.world.connections.find(
      (x) => c.world.nodes[x.client]?.nodeId === 3 && c.world.nodes[x.server]?.nodeId === 2,
    );
    expect(connection?.state).not.toBe('open');
    expect(() => c.ask(2, 3, { topics: null, allowAutoTopicCreation: false })).not.toThrow();
    expect(c.broker(2).lifecycle === 'running' || c.broker(2).lifecycle === 'catching-up').toBe(true);
  });
});

describe('rule 114: heartbeats', () => {
  test('a new incarnation starts fenced, asks every 10 ms until it is unfenced, then every 2 s', () => {
    const c = new TestCluster();
    const before = c.broker(2).incarnationId;
    c.to(3000).kill(2).for(12_000).start(2);
    c.until(() => c.broker(2).lifecycle === 'catching-up');
    expect(c.broker(2).incarnationId).not.toBe(before);
    expect(c.registration(2)).toMatchObject({ fenced: true, epoch: c.broker(2).brokerEpoch });
    c.until(() => c.broker(2).lifecycle === 'running');
    const beats = c
      .delivered(HEARTBEAT, true)
      .filter(({ message }) => (message.body as { brokerId: number }).brokerId === 2);
    c.for(9000);
    const later = c
      .delivered(HEARTBEAT, true)
      .filter(({ message }) => (message.body as { brokerId: number }).brokerId === 2)
      .slice(beats.length);
    expect(later).toHaveLength(4);
  });

  test('lost connections do not multiply them', () => {
    const c = new TestCluster();
    for (let i = 0; i < 3; i++) c.for(3000).kill(101).for(500).start(101);
    c.for(8000);
    const from = c.delivered(HEARTBEAT, true).length;
    c.for(10_000);
    expect(c.delivered(HEARTBEAT, true).length - from).toBe(15);
  });

  test('a new controller gives every unfenced broker a fresh session', () => {
    const c = new TestCluster();
    c.to(3000).kill(3).kill(101).for(20_000).start(101);
    c.until(() => c.lines().some((l) => l.key === 'log.controller.active'));
    const startedMs = c.nowMs;
    c.until(() => c.registration(3).fenced);
    expect(c.nowMs - startedMs).toBeGreaterThan(9000);
    expect(c.nowMs - startedMs).toBeLessThan(10_200);
    expect(c.registration(2).fenced).toBe(false);
  });
});

test('a stopped process hears its time-outs late, and goes on', () => {
  const c = new TestCluster({ config: { 'replica.socket.timeout.ms': '3000' } });
  c.for(1000).cut([1], [2], true).pause(2).for(8000).resume(2).heal();
  c.until(() => c.partition().isr.length === 3, 40_000);
  const twice = (): string =>
    historyHash(new TestCluster({ producer: { acks: '1' } }).send(5).to(9000).kill(1).to(30_000).world);
  expect(twice()).toBe(twice());
});
