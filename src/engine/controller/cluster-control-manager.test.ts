import { describe, expect, test } from 'vitest';
import { TestCluster } from '../test-cluster.ts';

const HEARTBEAT = 63;

describe('rule 53: sessions', () => {
  test('a killed broker is fenced 7 to 10.1 s later, by the phase of its last heartbeat', () => {
    for (const killMs of [2100, 2900, 3999, 5500, 7777]) {
      const c = new TestCluster();
      c.to(killMs).kill(2);
      c.until(() => c.registration(2).fenced);
      expect(c.nowMs - killMs).toBeGreaterThanOrEqual(7000);
      expect(c.nowMs - killMs).toBeLessThanOrEqual(10_130);
      // Sampled every eighth of the session.
      expect((c.nowMs / 1125) % 1).toBeCloseTo(0, 6);
      expect(c.partition().isr).toEqual([1, 3]);
    }
  });

  test('two that die together are fenced one after the other at the same moment', () => {
    const c = new TestCluster();
    c.to(3000).kill(2).kill(3);
    c.until(() => c.registration(2).fenced);
    const at = c.nowMs;
    c.until(() => c.registration(3).fenced);
    expect(c.nowMs).toBe(at);
  });

  test('who was only silent is unfenced by its next heartbeat', () => {
    const c = new TestCluster();
    c.to(3000).pause(2);
    c.until(() => c.registration(2).fenced)
      .for(500)
      .resume(2);
    c.until(() => !c.registration(2).fenced, 5000);
    c.until(() => c.partition().isr.length === 3, 5000);
  });

  test('a broker that has not read its own registration yet stays fenced', () => {
    const c = new TestCluster();
    c.to(3000).kill(2).for(12_000).start(2);
    c.until(() => c.broker(2).lifecycle === 'catching-up');
    const early = c.ask<{ errorCode: number; isFenced: boolean; isCaughtUp: boolean }>(101, HEARTBEAT, {
      brokerId: 2,
      brokerEpoch: c.registration(2).epoch,
      currentMetadataOffset: 0,
      wantFence: false,
      wantShutDown: false,
    });
    expect(early).toMatchObject({ errorCode: 0, isFenced: true, isCaughtUp: false });
  });
});

describe('rule 56: controlled shutdown', () => {
  test('who leads nothing is granted at once, and fenced', () => {
    const c = new TestCluster();
    c.to(3000).stop(3);
    c.until(() => c.broker(3).lifecycle === 'not-running', 100);
    expect(c.registration(3).fenced).toBe(true);
    expect(c.partition().isr).toEqual([1, 2]);
  });

  test('who leads loses its leaderships first, and ends when all others have heard of that', () => {
    const c = new TestCluster();
    // Broker 3 hears late from the controller.
    c.to(3000).link([101], [3], 400, true).stop(1);
    c.until(() => c.partition().leader === 2, 100);
    expect(c.registration(1)).toMatchObject({ inControlledShutdown: true, fenced: false });
    expect(c.partition()).toMatchObject({ isr: [2, 3], leaderEpoch: 1 });
    c.for(200);
    expect(c.broker(1).lifecycle).toBe('controlled-shutdown');
    c.until(() => c.broker(1).lifecycle === 'not-running', 6000);
    expect(c.broker(3).image.partitions[0]?.leader).toBe(2);
    expect(c.registration(1).fenced).toBe(true);
  });

  test('the only copy cannot be given away: it ends leaderless', () => {
    const c = new TestCluster({ brokers: 1 });
    c.to(3000).stop(1);
    c.until(() => c.broker(1).lifecycle === 'not-running', 6000);
    expect(c.partition()).toMatchObject({ leader: -1, isr: [], elr: [1] });
  });
});

describe('rule 55: when elections are tried', () => {
  test('when a broker is fenced, and when one comes back', () => {
    const c = new TestCluster({ topic: { 'min.insync.replicas': '1' } });
    c.to(3000).pause(1).pause(2).pause(3);
    c.until(() => c.partition().leader === -1);
    c.resume(3);
    c.until(() => c.partition().leader >= 0, 5000);
    expect(c.partition().leader).toBe(3);
  });

  test('unclean ones again every five minutes, at once by hand', () => {
    const dead = (): TestCluster => {
      const c = new TestCluster({ elr: false });
      c.to(3000).kill(2).kill(3);
      c.until(() => c.partition().isr.length === 1)
        .kill(1)
        .start(2);
      c.until(() => c.partition().leader === -1 && c.broker(2).lifecycle === 'running');
      return c;
    };
    const waits = dead();
    waits.setTopic('unclean.leader.election.enable', 'true');
    waits.until(() => waits.partition().leader === 2, 300_000);
    expect(waits.nowMs).toBe(300_000);
    const asked = dead();
    asked.do({ do: 'leader.elect', partition: 't-0', unclean: true });
    asked.until(() => asked.partition().leader === 2, 20);
    expect(asked.partition()).toMatchObject({ isr: [2], leaderRecoveryState: 1 });
    // Recovered with the next change of its ISR.
    asked.start(3);
    asked.until(() => asked.partition().isr.length === 2);
    expect(asked.partition().leaderRecoveryState).toBe(0);
  });
});
