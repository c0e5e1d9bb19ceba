import { describe, expect, test } from 'vitest';
import { EventKind } from '../kernel/event.ts';
import { TestCluster } from '../test-cluster.ts';
import {
  effectiveMinIsr,
  makeLeader,
  maximalIsr,
  maybeIncrementLeaderHW,
  maybeShrinkIsr,
  updateFollowerFetchState,
} from './partition.ts';
import type { RemoteReplica, ReplicaState } from './replica-state.ts';

const ALTER_PARTITION = 56;

/** A leader of `t-0` on broker 1 with ten batches of one record and followers as given. */
function leader(options: ConstructorParameters<typeof TestCluster>[0] = {}): { c: TestCluster; r: ReplicaState } {
  const c = new TestCluster({ producer: { acks: '1', 'linger.ms': '0', 'batch.size': '0' }, ...options });
  c.cut([1], [2, 3]).for(200).send(10).for(200);
  const r = c.ownReplica(1);
  expect(r.leo).toBe(10);
  return { c, r };
}

function remote(r: ReplicaState, broker: number): RemoteReplica {
  return r.remotes.find((x) => x.brokerId === broker) as RemoteReplica;
}

test('rule 1: the high watermark is the lowest end of the maximal ISR and of caught-up, eligible non-members', () => {
  const { c, r } = leader();
  remote(r, 2).leo = 7;
  remote(r, 3).leo = 5;
  expect(maybeIncrementLeaderHW(c.world, r)).toBe(true);
  expect(r.highWatermark).toBe(5);
  // Broker 3 is no member, but less than replica.lag.time.max.ms behind: it still counts.
  r.isr = [1, 2];
  remote(r, 3).leo = 6;
  remote(r, 3).lastCaughtUpUs = c.world.nowUs;
  maybeIncrementLeaderHW(c.world, r);
  expect(r.highWatermark).toBe(6);
  // Long behind it does not.
  remote(r, 3).lastCaughtUpUs = c.world.nowUs - 30_000_001;
  maybeIncrementLeaderHW(c.world, r);
  expect(r.highWatermark).toBe(7);
});

test('rule 2: below the min ISR the high watermark stands still', () => {
  const { c, r } = leader({ topic: { 'min.insync.replicas': '2' } });
  remote(r, 2).leo = 10;
  remote(r, 3).leo = 10;
  r.isr = [1];
  expect(maybeIncrementLeaderHW(c.world, r)).toBe(false);
  r.isr = [1, 2];
  expect(maybeIncrementLeaderHW(c.world, r)).toBe(true);
  expect(r.highWatermark).toBe(10);
});

test('rule 3: the effective min ISR is at most the number of assigned replicas', () => {
  const { c, r } = leader({ topic: { 'min.insync.replicas': '5' } });
  expect(effectiveMinIsr(c.world, r)).toBe(3);
  r.replicas = [1, 2, 3, 4, 5, 6];
  expect(effectiveMinIsr(c.world, r)).toBe(5);
});

test('rule 4: while an expand is pending the new member counts; while a shrink is pending the old ISR does', () => {
  const { r } = leader();
  r.isr = [1, 2];
  r.pendingIsr = { kind: 'expand', isr: [1, 2, 3], replica: 3, sent: true };
  expect(maximalIsr(r)).toEqual([1, 2, 3]);
  r.pendingIsr = { kind: 'shrink', isr: [1], replica: 2, sent: true };
  expect(maximalIsr(r)).toEqual([1, 2]);
});

describe('rule 5', () => {
  test('one change pending a partition, one request in flight a broker, with all waiting partitions in it', () => {
    const c = new TestCluster({ partitions: 3, config: { 'replica.lag.time.max.ms': '2000' }, producer: {} });
    for (let p = 0; p < 3; p++) c.send(1, p);
    c.for(300).cut([3], [1, 2]);
    for (let p = 0; p < 3; p++) c.send(1, p);
    // A slow controller: while the answer is on its way nothing else is sent.
    c.link([1], [101], 300).for(4500);
    const asked = c.delivered(ALTER_PARTITION, true);
    // The first leaves at once; what came up meanwhile goes together.
    expect(asked.map(({ message }) => (message.body as { partitions: unknown[] }).partitions.length)).toEqual([1, 2]);
    const answers = c.delivered(ALTER_PARTITION, false);
    for (let i = 1; i < asked.length; i++) {
      expect(asked[i]?.message.sentUs).toBeGreaterThanOrEqual(answers[i - 1]?.atUs ?? Number.POSITIVE_INFINITY);
    }
    expect(c.partition().isr).toEqual([1, 2]);
  });

  test('a request that came to nothing is sent again, also when the connection could not be made', () => {
    const c = new TestCluster({ config: { 'replica.lag.time.max.ms': '2000' }, producer: {} });
    c.send().for(300).pause(3).send().for(100).kill(101);
    // The leader's shrink falls into the controller's absence.
    c.for(5000).resume(3).start(101).for(4000);
    expect(c.partition().isr).toHaveLength(3);
    expect(c.replica(1).pendingIsr).toBeNull();
    c.cut([3], [1]).send().for(5000);
    expect(c.partition().isr).toEqual([1, 2]);
  });
});

test('rule 6: caught up is who has everything, or fell behind less than replica.lag.time.max.ms ago', () => {
  const { c, r } = leader();
  remote(r, 2).leo = 10;
  remote(r, 2).lastCaughtUpUs = 0;
  remote(r, 3).leo = 9;
  remote(r, 3).lastCaughtUpUs = c.world.nowUs;
  c.to(60_000);
  const later = c.ownReplica(1);
  later.role = 'leader';
  later.pendingIsr = null;
  later.isr = [1, 2, 3];
  remote(later, 2).leo = 10;
  remote(later, 3).leo = 9;
  remote(later, 3).lastCaughtUpUs = c.world.nowUs - 30_000_000;
  expect(maybeShrinkIsr(c.world, later)).toBe(false);
  remote(later, 3).lastCaughtUpUs = c.world.nowUs - 30_000_001;
  expect(maybeShrinkIsr(c.world, later)).toBe(true);
  expect(later.pendingIsr).toMatchObject({ kind: 'shrink', isr: [1, 2] });
});

test('rule 7: caught up as of this fetch if it asks at the end, as of the one before if it asks at that one’s end', () => {
  const { c, r } = leader();
  const [t0] = [c.world.nowUs];
  updateFollowerFetchState(c.world, r, 2, 4, 0, 10, -1);
  const behind = remote(r, 2).lastCaughtUpUs;
  c.world.nowUs = t0 + 1000;
  // It asks for what was the end at its last fetch: then it had caught up at that moment.
  updateFollowerFetchState(c.world, r, 2, 10, 0, 12, -1);
  expect(behind).toBeLessThan(t0);
  expect(remote(r, 2).lastCaughtUpUs).toBe(t0);
  c.world.nowUs = t0 + 2000;
  updateFollowerFetchState(c.world, r, 2, 12, 0, 12, -1);
  expect(remote(r, 2).lastCaughtUpUs).toBe(t0 + 2000);
});

test('rule 8: who falls behind is evicted 1 to 1.5 times replica.lag.time.max.ms later', () => {
  const lags: number[] = [];
  for (const cutMs of [2000, 2600, 3300, 4700]) {
    const c = new TestCluster({ config: { 'replica.lag.time.max.ms': '4000' }, producer: {} });
    c.send().to(cutMs).cut([3], [1], false).send();
    c.until(() => !c.partition().isr.includes(3));
    lags.push(c.nowMs - cutMs);
  }
  for (const lag of lags) {
    expect(lag).toBeGreaterThanOrEqual(3500); // its last fetch was up to half a second before the cut
    expect(lag).toBeLessThanOrEqual(6100);
  }
  const c = new TestCluster({ config: { 'replica.lag.time.max.ms': '4000' } });
  const checks = c.world.queue.filter((e) => e.kind === EventKind.IsrShrinkCheck);
  expect(checks).toHaveLength(3);
  c.to(10);
  expect(c.world.queue.filter((e) => e.kind === EventKind.IsrShrinkCheck).map((e) => e.atUs)).toEqual([2e6, 2e6, 2e6]);
});

describe('rule 9: who joins the ISR', () => {
  function expandWith(change: (c: TestCluster, r: ReplicaState) => unknown, brokerEpoch = -1): boolean {
    const { c, r } = leader();
    r.isr = [1, 2];
    r.highWatermark = 6;
    change(c, r);
    return updateFollowerFetchState(c.world, r, 3, 8, 0, 10, brokerEpoch).expand;
  }
  test('at the high watermark and past the start of the leader epoch', () => {
    expect(expandWith(() => {})).toBe(true);
    expect(expandWith((_, r) => Object.assign(r, { highWatermark: 9 }))).toBe(false);
    expect(expandWith((_, r) => Object.assign(r, { leaderEpochStart: 9 }))).toBe(false);
  });
  test('not who is fenced, shutting down, or fetches under another broker epoch', () => {
    const with3 = (patch: object) => (c: TestCluster) => {
      const b = c.ownBroker(1);
      b.image = { ...b.image, brokers: b.image.brokers.map((x) => (x?.id === 3 ? { ...x, ...patch } : x)) };
    };
    expect(expandWith(with3({ fenced: true }))).toBe(false);
    expect(expandWith(with3({ inControlledShutdown: true }))).toBe(false);
    expect(expandWith(with3({ epoch: 77 }), 5)).toBe(false);
    expect(expandWith(with3({ epoch: 77 }), 77)).toBe(true);
  });
});

describe('rule 10', () => {
  test('a new leader forgets its followers’ ends and waits until every member has fetched', () => {
    const c = new TestCluster({ producer: { acks: 'all' } });
    c.send(5).for(1500).kill(1);
    c.until(() => c.replica(2).role === 'leader');
    const r = c.replica(2);
    expect(r.remotes.map((x) => x.leo)).toEqual([-1, -1]);
    expect(remote(r, 3).lastCaughtUpUs).toBe(c.world.nowUs);
    expect(remote(r, 1).lastCaughtUpUs).toBe(0);
  });
  test('the same leader under a new epoch keeps them', () => {
    const { c, r } = leader();
    remote(r, 2).leo = 7;
    const p = c.partition();
    makeLeader(c.world, r, { ...p, isr: [1, 2], leaderEpoch: p.leaderEpoch + 1, partitionEpoch: p.partitionEpoch + 1 });
    expect(remote(r, 2)).toMatchObject({ leo: 7, lastCaughtUpUs: c.world.nowUs });
    expect(remote(r, 3).lastCaughtUpUs).toBe(0);
  });
});
