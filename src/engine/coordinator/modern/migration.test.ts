import { expect, test } from 'vitest';
import type { JoinGroupResponse, SyncGroupResponse } from '../../../kafka/api/messages-group.ts';
import type { TestCluster } from '../../test-cluster.ts';
import { groupCluster, groupOf, Member, type Pending, stableGroup, subscription } from '../test-member.ts';
import { ConsumerMember, consumerGroupOf } from './test-consumer-member.ts';

function cluster(config: Readonly<Record<string, string>> = {}): TestCluster {
  return groupCluster({ topics: [{ name: 't', partitions: 6, replicationFactor: 3 }], config });
}

/** JoinGroup and SyncGroup of a member of the classic protocol; its partitions, or the error. */
function rejoin(m: Member, owned: readonly number[] = []): readonly number[] | string {
  const { cluster: c } = m;
  const ownedPartitions = owned.map((index) => ({ topic: 't', index }));
  const body = {
    ...m.joinBody(),
    protocols: m.protocols.map((name) => ({ name, metadata: subscription(m.topics, { ownedPartitions }) })),
  };
  const joined: Pending<JoinGroupResponse> = m.send(11, body);
  c.until(() => joined.body !== null);
  if (joined.error !== 'NONE') return joined.error;
  m.took(joined);
  const synced: Pending<SyncGroupResponse> = m.sync();
  c.until(() => synced.body !== null);
  return synced.error === 'NONE' ? (synced.body?.assignment?.partitions.map((p) => p.index) ?? []) : synced.error;
}

test('the first member of the new protocol makes a classic group a consumer group; the others are served in theirs', () => {
  const c = cluster();
  const [a, b] = stableGroup(c, 2) as [Member, Member];
  const commit = a.commit(4, 0);
  c.until(() => commit.body !== null);
  expect(groupOf(c).generation).toBe(1);
  const n = new ConsumerMember(c, 'm3').find();
  expect(n.beat()).toBe('NONE');
  const g = consumerGroupOf(c);
  expect(() => groupOf(c)).toThrow('no group');
  expect([g.groupEpoch, n.generation, g.classicProtocolMembers]).toEqual([2, 2, 2]);
  expect(a.fetch(0).offset).toBe(4);
  // A heartbeat tells the others to join again, each for itself.
  expect(a.heartbeat()).toBe('REBALANCE_IN_PROGRESS');
  expect(b.heartbeat()).toBe('REBALANCE_IN_PROGRESS');
  const mine = rejoin(a);
  expect(mine).toHaveLength(2);
  expect(a.generation).toBe(2);
  expect(a.heartbeat()).toBe('NONE');
  expect(b.heartbeat()).toBe('REBALANCE_IN_PROGRESS');
  const theirs = rejoin(b);
  expect(theirs).toHaveLength(2);
  n.beat();
  const third = n.assigned.flatMap((t) => t.partitions);
  expect([...(mine as number[]), ...(theirs as number[]), ...third].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  expect(consumerGroupOf(c).state).toBe('Stable');
  expect(a.heartbeat()).toBe('NONE');
  const again = a.commit(5, 0);
  c.until(() => again.body !== null);
  expect(again.error).toBe('NONE');
});

test('a cooperative member of the classic protocol keeps what it owns while the rest waits for it', () => {
  const c = cluster();
  const [a] = stableGroup(c, 1) as [Member];
  const n = new ConsumerMember(c, 'm3').find();
  n.beat();
  // The leader of its last generation had given it partition 0 only; it still has it, and gets what is free.
  expect(rejoin(a, [0])).toEqual([0, 4, 5]);
  expect(a.generation).toBe(2);
  expect(n.text).toBe('t: 1 2 3');
});

test('who of the classic protocol does not join again in its rebalance time-out is fenced; nor who does not sync', () => {
  const c = cluster();
  const [a, b] = stableGroup(c, 2, (m) => {
    m.rebalanceMs = 8_000;
    m.sessionMs = 30_000;
  }) as [Member, Member];
  new ConsumerMember(c, 'm3').find().beat();
  expect(a.heartbeat()).toBe('REBALANCE_IN_PROGRESS');
  const joined = b.join();
  c.until(() => joined.body !== null);
  c.for(4_000);
  expect(a.heartbeat()).toBe('REBALANCE_IN_PROGRESS');
  expect(consumerGroupOf(c).members.size).toBe(3);
  c.for(4_200);
  expect([...consumerGroupOf(c).members.keys()]).toEqual(['m3-member']);
  expect(a.heartbeat()).toBe('UNKNOWN_MEMBER_ID');
});

test('a member of the classic protocol joins a consumer group: first its id, then its partitions', () => {
  const c = cluster();
  const n = new ConsumerMember(c, 'm3').find();
  n.beat();
  c.for(1_100);
  const a = new Member(c, 'm1').find();
  const first = a.ask<JoinGroupResponse>(11, a.joinBody());
  expect(first.error).toBe('MEMBER_ID_REQUIRED');
  expect(first.body.memberId).toMatch(/^[A-Za-z0-9_-]{22}$/);
  a.memberId = first.body.memberId;
  expect(rejoin(a)).toEqual([]);
  n.beat();
  n.beat();
  // What it waits for is free now: it is told to join again.
  expect(a.heartbeat()).toBe('REBALANCE_IN_PROGRESS');
  expect(rejoin(a)).toEqual([3, 4, 5]);
  expect(consumerGroupOf(c).state).toBe('Stable');
  const strange = new Member(c, 'm2').find();
  strange.protocols = ['roundrobin'];
  expect(strange.ask(11, strange.joinBody()).error).toBe('INCONSISTENT_GROUP_PROTOCOL');
});

test('the last member of the new protocol takes it with it: a classic group that rebalances, with its offsets', () => {
  const c = cluster();
  const [a, b] = stableGroup(c, 2, (m) => {
    m.protocols = ['range', 'roundrobin'];
  }) as [Member, Member];
  const n = new ConsumerMember(c, 'm3').find();
  n.beat();
  rejoin(a);
  rejoin(b);
  const commit = a.commit(4, 0);
  c.until(() => commit.body !== null);
  expect(n.beat({ memberEpoch: -1 })).toBe('NONE');
  expect(() => consumerGroupOf(c)).toThrow('no consumer group');
  expect(groupOf(c)).toMatchObject({ state: 'PreparingRebalance', generation: 2, protocolName: 'range' });
  expect(
    groupOf(c)
      .members.map((m) => m.memberId)
      .sort(),
  ).toEqual([a.memberId, b.memberId].sort());
  // Whatever they support counts again, not only what the group has chosen.
  expect(groupOf(c).members[0]?.protocols.map((p) => p.name)).toEqual(['range', 'roundrobin']);
  expect(a.heartbeat()).toBe('REBALANCE_IN_PROGRESS');
  const joins = [a.join(), b.join()];
  c.until(() => joins.every((j) => j.body !== null));
  expect(groupOf(c).generation).toBe(3);
  expect(a.fetch(0).offset).toBe(4);
});

test('group.consumer.migration.policy: disabled, only up, only down', () => {
  const off = cluster({ 'group.consumer.migration.policy': 'disabled' });
  stableGroup(off, 1);
  expect(new ConsumerMember(off, 'm3').find().beat()).toBe('GROUP_ID_NOT_FOUND');
  const other = new ConsumerMember(off, 'm4', 'h').find();
  other.beat();
  const classic = new Member(off, 'm5', 'h').find();
  expect(classic.ask(11, classic.joinBody()).error).toBe('INCONSISTENT_GROUP_PROTOCOL');

  const up = cluster({ 'group.consumer.migration.policy': 'upgrade' });
  stableGroup(up, 1);
  const n = new ConsumerMember(up, 'm3').find();
  expect(n.beat()).toBe('NONE');
  n.beat({ memberEpoch: -1 });
  expect(consumerGroupOf(up).members.size).toBe(1);

  const down = cluster({ 'group.consumer.migration.policy': 'downgrade' });
  stableGroup(down, 1);
  expect(new ConsumerMember(down, 'm3').find().beat()).toBe('GROUP_ID_NOT_FOUND');
});

test('an Empty group of one protocol becomes one of the other, and keeps its offsets', () => {
  const c = cluster();
  const [a] = stableGroup(c, 1) as [Member];
  const commit = a.commit(4, 0);
  c.until(() => commit.body !== null);
  a.leave();
  c.until(() => groupOf(c).state === 'Empty');
  const n = new ConsumerMember(c, 'm3').find();
  n.beat();
  expect(consumerGroupOf(c).groupEpoch).toBe(2);
  expect(n.fetch(0).offset).toBe(4);
  n.beat({ memberEpoch: -1 });
  const b = new Member(c, 'm2').find();
  const join = b.join();
  c.until(() => join.body !== null);
  expect(groupOf(c).members).toHaveLength(1);
  expect(() => consumerGroupOf(c)).toThrow('no consumer group');
  expect(n.fetch(0).offset).toBe(4);
});

test('a static member of the classic protocol takes the place of the last of the new one: the group is classic again', () => {
  const c = cluster();
  const n = new ConsumerMember(c, 'm3');
  n.instance = 's1';
  n.find().beat();
  c.for(1_100);
  const a = new Member(c, 'm1').find();
  a.instance = 's2';
  expect(rejoin(a)).toEqual([]);
  n.beat();
  n.beat();
  expect(rejoin(a)).toEqual([3, 4, 5]);
  n.beat({ memberEpoch: -2 });
  const b = new Member(c, 'm4').find();
  b.instance = 's1';
  expect(rejoin(b)).toEqual([0, 1, 2]);
  expect(groupOf(c)).toMatchObject({ state: 'Stable', generation: 3 });
  expect(a.heartbeat()).toBe('NONE');
});

test('a coordinator that takes over in the middle knows who speaks which protocol', () => {
  const c = cluster();
  const [a, b] = stableGroup(c, 2) as [Member, Member];
  const n = new ConsumerMember(c, 'm3').find();
  n.beat();
  rejoin(a);
  const old = n.broker;
  c.kill(old);
  c.until(() =>
    c.world.coordinators.some((s) => s?.state === 'active' && s.broker !== old && s.consumerGroups.length > 0),
  );
  for (const m of [a, b, n]) m.find();
  expect(consumerGroupOf(c).classicProtocolMembers).toBe(2);
  expect(b.heartbeat()).toBe('REBALANCE_IN_PROGRESS');
  expect(rejoin(b)).toHaveLength(2);
  expect(a.heartbeat()).toBe('NONE');
});
