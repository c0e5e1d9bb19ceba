import { expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { JoinGroupResponse } from '../../kafka/api/messages-group.ts';
import { decodeGroupKey, decodeGroupMetadataValue } from '../../kafka/records/group-records-read.ts';
import { forkWorld, historyHash } from '../index.ts';
import { EPOCH_MS } from '../kernel/world.ts';
import type { TestCluster } from '../test-cluster.ts';
import { groupCluster, groupOf, Member, type Pending, shardOf, stableGroup, syncAll } from './test-member.ts';

const done = (c: TestCluster, pending: Pending<unknown>): string => {
  c.until(() => pending.body !== null, 600_000);
  return pending.error;
};

test('rule 65: a heartbeat gets REBALANCE_IN_PROGRESS in PreparingRebalance and none in CompletingRebalance', () => {
  const c = groupCluster();
  const [a, b] = stableGroup(c, 2) as [Member, Member];
  expect(a.heartbeat()).toBe('NONE');
  const late = new Member(c, 'm3').find();
  const joins = [late.join()];
  c.for(50);
  expect(groupOf(c).state).toBe('PreparingRebalance');
  expect(a.heartbeat()).toBe('REBALANCE_IN_PROGRESS');
  joins.push(a.join(), b.join());
  c.until(() => joins.every((j) => j.body !== null));
  expect(groupOf(c).state).toBe('CompletingRebalance');
  expect(a.heartbeat()).toBe('ILLEGAL_GENERATION');
  a.took(joins[1] as Pending<JoinGroupResponse>);
  expect(a.heartbeat()).toBe('NONE');
  const stranger = new Member(c, 'm4').find();
  stranger.memberId = 'nobody';
  expect(stranger.heartbeat()).toBe('UNKNOWN_MEMBER_ID');
});

test('a member that is silent for its session is out, and the others rebalance', () => {
  const c = groupCluster();
  const [a, b] = stableGroup(c, 2) as [Member, Member];
  for (let i = 0; i < 3; i++) {
    c.for(3_300);
    expect(a.heartbeat()).toBe(i < 2 ? 'NONE' : groupOf(c).state === 'Stable' ? 'NONE' : 'REBALANCE_IN_PROGRESS');
  }
  c.for(200);
  expect(groupOf(c).members.map((m) => m.clientId)).toEqual(['m1']);
  expect(groupOf(c).state).toBe('PreparingRebalance');
  expect(b.heartbeat()).toBe('UNKNOWN_MEMBER_ID');
  expect(c.lines().map((l) => l.key)).toContain('log.group.session-ended');
});

test('LeaveGroup takes out several at once; the last one leaves the group Empty and its offsets stay', () => {
  const c = groupCluster();
  const [a, b, d] = stableGroup(c, 3) as [Member, Member, Member];
  expect(done(c, a.commit(5))).toBe('NONE');
  const stranger = new Member(c, 'm5');
  stranger.memberId = 'nobody';
  const answer = a.leave(b, stranger);
  expect(answer.members.map((m) => m.errorCode)).toEqual([0, 0, 25]);
  expect(groupOf(c).members.map((m) => m.clientId)).toEqual(['m3']);
  d.leave();
  expect(groupOf(c).state).toBe('Empty');
  expect(groupOf(c).generation).toBe(2);
  expect(d.fetch().offset).toBe(5);
});

test('SyncGroup: what each gets is the leader’s word; wrong generations and protocols are refused', () => {
  const c = groupCluster();
  const [a, b] = stableGroup(c, 2) as [Member, Member];
  expect(groupOf(c).members.map((m) => m.assignment?.partitions)).toEqual([
    [{ topic: 't', index: 0 }],
    [{ topic: 't', index: 1 }],
  ]);
  expect(done(c, a.sync([], 'sticky'))).toBe('INCONSISTENT_GROUP_PROTOCOL');
  b.generation = 7;
  expect(done(c, b.sync())).toBe('ILLEGAL_GENERATION');
});

test('rule 66: a commit of the current generation is stored in PreparingRebalance and refused in CompletingRebalance', () => {
  const c = groupCluster();
  const [a, b] = stableGroup(c, 2) as [Member, Member];
  const late = new Member(c, 'm3').find();
  const joins = [late.join()];
  c.for(50);
  expect(groupOf(c).state).toBe('PreparingRebalance');
  expect(done(c, a.commit(11))).toBe('NONE');
  expect(a.fetch().offset).toBe(11);
  joins.push(a.join(), b.join());
  c.until(() => joins.every((j) => j.body !== null));
  expect(done(c, a.commit(12))).toBe('ILLEGAL_GENERATION');
  a.took(joins[1] as Pending<JoinGroupResponse>);
  expect(done(c, a.commit(12))).toBe('REBALANCE_IN_PROGRESS');
  expect(a.fetch().offset).toBe(11);
  b.memberId = 'nobody';
  expect(done(c, b.commit(1))).toBe('UNKNOWN_MEMBER_ID');
});

test('rule 68: without generation and member id a commit is stored only while the group is Empty', () => {
  const c = groupCluster();
  const alone = new Member(c, 'm5', 'by-hand').find();
  expect(done(c, alone.commit(3))).toBe('NONE');
  expect(alone.fetch().offset).toBe(3);
  expect(groupOf(c, 'by-hand').state).toBe('Empty');
  expect(groupOf(c, 'by-hand').protocolType).toBeNull();
  const [a] = stableGroup(c, 1) as [Member];
  const intruder = new Member(c, 'm5').find();
  expect(done(c, intruder.commit(9))).toBe('UNKNOWN_MEMBER_ID');
  a.leave();
  expect(done(c, intruder.commit(9))).toBe('NONE');
  const unknown = new Member(c, 'm4', 'nothing').find();
  unknown.generation = 4;
  expect(done(c, unknown.commit(1))).toBe('GROUP_ID_NOT_FOUND');
});

test('a commit is answered when the high watermark has passed it; without copies it times out after offsets.commit.timeout.ms', () => {
  const c = groupCluster({ config: { 'min.insync.replicas': '2' } });
  const [a] = stableGroup(c, 1) as [Member];
  a.sessionMs = 600_000;
  const others = [1, 2, 3].filter((b) => b !== a.broker);
  c.cut([a.broker], others);
  const from = c.nowMs;
  const commit = a.commit(4);
  expect(done(c, commit)).toBe('COORDINATOR_NOT_AVAILABLE');
  expect(Math.round(c.nowMs - from)).toBe(5002);
  // What is not committed is not yet to be relied on: a stable read waits, another sees the value before.
  expect(a.fetch(0, false).offset).toBe(-1);
  const ms = c.nowMs;
  expect(a.fetch(0, true).error).toBe('NOT_COORDINATOR');
  expect(c.nowMs - ms).toBeGreaterThan(4_000);
});

test('offset.metadata.max.bytes and unknown topics are refused partition by partition', () => {
  const c = groupCluster({ partitions: 2 });
  const [a] = stableGroup(c, 1) as [Member];
  const one = {
    topic: 't',
    index: 0,
    partition: 0,
    committedOffset: 3,
    committedLeaderEpoch: 0,
    committedMetadata: '',
  };
  const commit = a.commit(0, 0, {
    partitions: [
      one,
      { ...one, index: 1, partition: 1, committedMetadata: 'x'.repeat(4097) },
      { ...one, topic: 'u', partition: -1 },
    ],
  });
  done(c, commit);
  expect(commit.body?.partitions.map((p) => p.errorCode)).toEqual([0, 12, 3]);
  expect(a.fetch(0).offset).toBe(3);
  expect(a.fetch(1).offset).toBe(-1);
});

const QUICK = { 'offsets.retention.minutes': '1', 'offsets.retention.check.interval.ms': '1000' };

test('rule 69: offsets of an Empty group expire counted from when it became Empty; then the group goes too', () => {
  const c = groupCluster({ config: QUICK });
  const [a] = stableGroup(c, 1) as [Member];
  expect(done(c, a.commit(5))).toBe('NONE');
  for (let i = 0; i < 12; i++) {
    c.for(9_000);
    a.heartbeat();
  }
  expect(a.fetch().offset).toBe(5);
  a.leave();
  c.for(58_000);
  expect(a.fetch().offset).toBe(5);
  c.for(4_000);
  expect(a.fetch().offset).toBe(-1);
  expect(() => groupOf(c)).toThrow();
  expect(c.lines().map((l) => l.key)).toContain('log.group.offsets-expired');
});

test('rule 69: of a Stable group only topics without a subscriber expire, counted from the commit', () => {
  const c = groupCluster({
    config: QUICK,
    topics: [
      { name: 't', assignment: [[1, 2, 3]] },
      { name: 'u', assignment: [[1, 2, 3]] },
    ],
  });
  const [a] = stableGroup(c, 1) as [Member];
  const one = {
    topic: 't',
    index: 0,
    partition: 0,
    committedOffset: 3,
    committedLeaderEpoch: 0,
    committedMetadata: '',
  };
  expect(done(c, a.commit(0, 0, { partitions: [one, { ...one, topic: 'u', partition: 1 }] }))).toBe('NONE');
  for (let i = 0; i < 8; i++) {
    c.for(8_000);
    a.heartbeat();
  }
  expect([...groupOf(c).offsets.keys()]).toEqual(['t-0']);
});

test('rule 69: offsets of a standalone consumer expire from their last commit', () => {
  const c = groupCluster({ config: QUICK });
  const alone = new Member(c, 'm5', 'by-hand').find();
  expect(done(c, alone.commit(3))).toBe('NONE');
  c.for(50_000);
  expect(done(c, alone.commit(4))).toBe('NONE');
  c.for(50_000);
  expect(alone.fetch().offset).toBe(4);
  c.for(12_000);
  expect(alone.fetch().offset).toBe(-1);
});

test('a new coordinator knows the group, its members and offsets from its own copy of the log', () => {
  const c = groupCluster();
  const [a, b] = stableGroup(c, 2, (m) => {
    m.sessionMs = 30_000;
  }) as [Member, Member];
  expect(done(c, a.commit(21))).toBe('NONE');
  const before = groupOf(c);
  const old = a.broker;
  c.kill(old);
  c.until(() => c.world.coordinators.some((x) => x !== null && x.broker !== old && x.groups.length > 0), 20_000);
  const now = groupOf(c);
  expect(now.state).toBe('Stable');
  expect(now.generation).toBe(before.generation);
  expect(now.members.map((m) => [m.memberId, m.assignment])).toEqual(
    before.members.map((m) => [m.memberId, m.assignment]),
  );
  a.find();
  b.find();
  expect(a.broker).not.toBe(old);
  expect(a.heartbeat()).toBe('NONE');
  expect(b.fetch().offset).toBe(21);
  expect(c.lines().map((l) => l.key)).toContain('log.group.loaded');
  // Whoever was silent through it all is out a whole session after the load.
  c.for(29_000);
  expect(groupOf(c).members).toHaveLength(2);
  c.for(2_500);
  expect(groupOf(c).members.map((m) => m.memberId)).not.toContain(b.memberId);
});

test('a coordinator that stops answers those who wait with NOT_COORDINATOR', () => {
  const c = groupCluster();
  const [a] = stableGroup(c, 2, (m) => {
    m.sessionMs = 60_000;
  }) as [Member, Member];
  a.topics = ['t', 'u'];
  const join = a.join();
  c.for(100);
  expect(join.body).toBeNull();
  c.stop(a.broker);
  c.until(() => join.body !== null, 5_000);
  expect(join.error).toBe('NOT_COORDINATOR');
});

test('while it loads a coordinator says so, and lets heartbeats pass', () => {
  const c = groupCluster();
  const [a] = stableGroup(c, 1) as [Member];
  const index = c.world.coordinators.findIndex((s) => s !== null && s.groups.length > 0);
  (c.world.coordinators[index] as { state: string }).state = 'loading';
  expect(a.ask(11, a.joinBody()).error).toBe('COORDINATOR_LOAD_IN_PROGRESS');
  expect(a.heartbeat()).toBe('NONE');
  expect(done(c, a.commit(1))).toBe('COORDINATOR_LOAD_IN_PROGRESS');
});

test('__consumer_offsets is a replicated log with Kafka’s records in it', () => {
  const c = groupCluster();
  const [a, b] = stableGroup(c, 2) as [Member, Member];
  expect(done(c, a.commit(8))).toBe('NONE');
  c.for(1_000);
  const { partition, broker } = shardOf(c) as { partition: number; broker: number };
  const r = c.replica(broker, partition);
  const keys: unknown[] = [];
  let last: Uint8Array | null = null;
  for (let i = 0; i < vectorLength(r.batches); i++)
    for (const { key, value } of vectorGet(r.batches, i).batch.records) {
      const parsed = decodeGroupKey(key as Uint8Array);
      keys.push(parsed?.type);
      if (parsed?.type === 'GroupMetadataKey') last = value as Uint8Array;
    }
  expect(keys).toEqual(['GroupMetadataKey', 'GroupMetadataKey', 'OffsetCommitKey']);
  const value = decodeGroupMetadataValue(last as Uint8Array);
  expect(value.generation).toBe(1);
  expect(value.currentStateTimestamp).toBeGreaterThan(EPOCH_MS);
  expect(value.members.map((m) => m.memberId).sort()).toEqual([a.memberId, b.memberId].sort());
  for (const other of [1, 2, 3]) expect(c.replica(other, partition).leo).toBe(r.leo);
});

test('a fork of the world goes its own way, and the same way hashes the same', () => {
  const c = groupCluster();
  stableGroup(c, 2);
  const copy = forkWorld(c.world);
  const hash = historyHash(copy);
  const group = groupOf(c);
  c.for(30_000);
  expect(historyHash(copy)).toBe(hash);
  expect(groupOf(c)).not.toBe(group);
  expect(copy.coordinators.flatMap((s) => s?.groups ?? []).map((g) => g.state)).toEqual(['Stable']);
  const run = (): string => {
    const again = groupCluster();
    syncAll(again, stableGroup(again, 2));
    again.for(20_000);
    return historyHash(again.world);
  };
  expect(run()).toBe(run());
});
