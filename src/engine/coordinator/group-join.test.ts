import { expect, test } from 'vitest';
import type { FindCoordinatorResponse, JoinGroupResponse } from '../../kafka/api/messages-group.ts';
import { groupCoordinatorPartition } from '../../kafka/hash/java-string-hash.ts';
import { configOf } from '../controller/metadata-image.ts';
import type { TestCluster } from '../test-cluster.ts';
import { groupCluster, groupOf, Member, NAMES, type Pending, shardOf, stableGroup, syncAll } from './test-member.ts';

const wait = (c: TestCluster, ...joins: Pending<unknown>[]): void => {
  c.until(() => joins.every((j) => j.body !== null), 600_000);
};

test('rule 60: the coordinator is the leader of the partition that the group id hashes to', () => {
  const c = groupCluster({ config: { 'offsets.topic.num.partitions': '50' } });
  for (const groupId of ['billing', 'g', 'audit', 'group-7']) {
    const m = new Member(c, 'm1', groupId).find();
    const index = groupCoordinatorPartition(groupId);
    const partition = c.world.partitionByName.get(`__consumer_offsets-${index}`) as number;
    expect(m.broker).toBe(c.partition(partition).leader);
  }
});

test('FindCoordinator: COORDINATOR_NOT_AVAILABLE while the internal topic is not there, which the broker that was asked has made', () => {
  const c = groupCluster();
  const m = new Member(c, 'm1');
  const first = m.ask<FindCoordinatorResponse>(10, { key: 'g', keyType: 0 }, 2);
  expect(first.error).toBe('COORDINATOR_NOT_AVAILABLE');
  expect(first.body.nodeId).toBe(-1);
  m.find();
  const topic = c.world.controller.image.topics.get('__consumer_offsets');
  expect(topic?.partitions).toHaveLength(4);
  expect(c.partition(topic?.partitions[0]).replicas).toHaveLength(3);
  expect(configOf(c.world.controller.image, 'TOPIC', '__consumer_offsets').get('cleanup.policy')).toBe('compact');
  // One request to the controller, however often it was asked meanwhile.
  expect(c.delivered(19, true)).toHaveLength(1);
});

test('a broker that does not lead the group’s partition answers NOT_COORDINATOR', () => {
  const c = groupCluster();
  const m = new Member(c, 'm1').find();
  const other = m.broker === 1 ? 2 : 1;
  expect(m.ask(11, m.joinBody(), other).error).toBe('NOT_COORDINATOR');
});

test('rule 61: a dynamic member is told its id and asked to come again; an id that does not come expires with its session', () => {
  const c = groupCluster();
  const m = new Member(c, 'm1').find();
  const first = m.ask<JoinGroupResponse>(11, m.joinBody());
  expect(first.error).toBe('MEMBER_ID_REQUIRED');
  expect(first.body.memberId).toMatch(/^m1-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(groupOf(c).pendingJoin).toHaveLength(1);
  expect(groupOf(c).members).toHaveLength(0);
  c.for(m.sessionMs - 100);
  expect(groupOf(c).pendingJoin).toHaveLength(1);
  c.for(200);
  expect(groupOf(c).pendingJoin).toHaveLength(0);
  expect(m.ask(11, m.joinBody(first.body.memberId)).error).toBe('UNKNOWN_MEMBER_ID');
});

test('rule 61: an id that was handed out holds up a rebalance until it comes or expires', () => {
  const c = groupCluster();
  const [a] = stableGroup(c, 1) as [Member];
  const late = new Member(c, 'm5').find();
  late.ask(11, late.joinBody());
  const again = a.join();
  c.for(late.sessionMs - 500);
  expect(again.body).toBeNull();
  c.for(1000);
  expect(again.error).toBe('NONE');
});

test('rule 62: an Empty group waits 3 s, and once more if somebody came meanwhile; not when it was not Empty', () => {
  const c = groupCluster();
  const [a, b] = [new Member(c, 'm1').find(), new Member(c, 'm2').find()];
  const first = a.join();
  c.for(500);
  const started = groupOf(c).sinceUs;
  const second = b.join();
  wait(c, first, second);
  const endedMs = (groupOf(c).sinceUs - started) / 1000;
  expect(endedMs).toBe(6000);
  a.took(first);
  b.took(second);
  expect(a.generation).toBe(1);
  syncAll(c, [a, b]);
  const third = new Member(c, 'm3').find();
  const from = c.nowMs;
  const joins = [third.join(), a.join(), b.join()];
  wait(c, ...joins);
  expect(c.nowMs - from).toBeLessThan(100);
});

test('rule 62: alone it is let in after one initial delay; the delay is a parameter', () => {
  for (const delay of [3000, 0, 700]) {
    const c = groupCluster({ config: { 'group.initial.rebalance.delay.ms': String(delay) } });
    const a = new Member(c, 'm1').find();
    a.memberId = a.ask<JoinGroupResponse>(11, a.joinBody()).body.memberId;
    const from = c.nowMs;
    const join = a.join();
    wait(c, join);
    expect(Math.round(c.nowMs - from)).toBe(delay + 2);
  }
});

test('rule 62: in total the initial wait is no longer than the rebalance time-out', () => {
  const c = groupCluster();
  const members = NAMES.slice(0, 4).map((id) => new Member(c, id).find());
  const joins: Pending<JoinGroupResponse>[] = [];
  for (const m of members) {
    m.rebalanceMs = 7_000;
    joins.push(m.join());
    c.for(2_000);
  }
  const began = groupOf(c).rebalanceSinceUs;
  wait(c, ...joins);
  expect((groupOf(c).sinceUs - began) / 1000).toBe(7_000);
});

test('rule 63: in Stable a leader that rejoins brings a rebalance, so does new metadata; an unchanged follower gets the generation', () => {
  const c = groupCluster();
  const members = stableGroup(c, 2);
  const leader = members.find((m) => m.memberId === groupOf(c).leader) as Member;
  const follower = members.find((m) => m !== leader) as Member;
  const same = follower.ask<JoinGroupResponse>(11, follower.joinBody());
  expect(same.body.generationId).toBe(1);
  expect(same.body.members).toEqual([]);
  expect(groupOf(c).state).toBe('Stable');
  follower.topics = ['t', 'u'];
  const changed = follower.join();
  c.for(100);
  expect(groupOf(c).state).toBe('PreparingRebalance');
  const joined = leader.join();
  wait(c, changed, joined);
  members.forEach((m) => void m.took(m === leader ? joined : changed));
  expect(leader.generation).toBe(2);
  syncAll(c, members);
  leader.join();
  c.for(100);
  expect(groupOf(c).state).toBe('PreparingRebalance');
});

test('rule 64: who does not rejoin in time is out, unless it is static', () => {
  const c = groupCluster();
  const [a, b, s] = stableGroup(c, 3, (m, i) => {
    m.sessionMs = 60_000;
    m.rebalanceMs = 8_000;
    if (i === 2) m.instance = 'three';
  }) as [Member, Member, Member];
  a.topics = ['t', 'u'];
  const join = a.join();
  c.for(7_900);
  expect(join.body).toBeNull();
  wait(c, join);
  expect(groupOf(c).members.map((m) => m.clientId)).toEqual(['m1', 'm3']);
  expect(groupOf(c).leader).toBe(a.memberId);
  expect(b.heartbeat()).toBe('UNKNOWN_MEMBER_ID');
  s.generation = 2;
  expect(s.heartbeat()).toBe('NONE');
});

test('rule 64: who does not send SyncGroup in time is out', () => {
  const c = groupCluster();
  const members = [new Member(c, 'm1').find(), new Member(c, 'm2').find()];
  for (const m of members) {
    m.sessionMs = 60_000;
    m.rebalanceMs = 8_000;
  }
  const joins = members.map((m) => m.join());
  wait(c, ...joins);
  members.forEach((m, i) => void m.took(joins[i] as Pending<JoinGroupResponse>));
  const leader = members.find((m) => m.memberId === groupOf(c).leader) as Member;
  const sync = leader.sync();
  wait(c, sync);
  expect(groupOf(c).state).toBe('Stable');
  c.for(8_100);
  expect(groupOf(c).members.map((m) => m.memberId)).toEqual([leader.memberId]);
  expect(groupOf(c).state).toBe('PreparingRebalance');
});

test('rule 67: a static member that comes back in Stable takes its place under a new id, without a rebalance', () => {
  const c = groupCluster();
  const [a, s] = stableGroup(c, 2, (m, i) => {
    if (i === 1) m.instance = 'two';
  }) as [Member, Member];
  const old = s.memberId;
  const again = new Member(c, 'm3');
  again.broker = s.broker;
  again.instance = 'two';
  again.topics = ['u'];
  const join = again.join();
  wait(c, join);
  expect(join.error).toBe('NONE');
  again.took(join);
  expect(again.memberId).not.toBe(old);
  expect(again.generation).toBe(1);
  expect(groupOf(c).state).toBe('Stable');
  expect(a.heartbeat()).toBe('NONE');
  expect(s.heartbeat()).toBe('FENCED_INSTANCE_ID');
  const sync = again.sync();
  wait(c, sync);
  expect(sync.body?.assignment?.partitions).toEqual([{ topic: 't', index: 1 }]);
});

test('rule 67: in CompletingRebalance, or with another chosen protocol, a static member’s return rebalances', () => {
  const c = groupCluster();
  const [, s] = stableGroup(c, 2, (m, i) => {
    m.protocols = ['range', 'roundrobin'];
    if (i === 1) m.instance = 'two';
  }) as [Member, Member];
  const again = new Member(c, 'm3');
  again.broker = s.broker;
  again.instance = 'two';
  again.protocols = ['roundrobin'];
  again.join();
  c.for(100);
  expect(groupOf(c).state).toBe('PreparingRebalance');
  const completing = groupCluster();
  const m = new Member(completing, 'm1').find();
  m.instance = 'one';
  const first = m.join();
  wait(completing, first);
  expect(groupOf(completing).state).toBe('CompletingRebalance');
  const back = new Member(completing, 'm2');
  back.broker = m.broker;
  back.instance = 'one';
  const joined = back.join();
  wait(completing, joined);
  expect(groupOf(completing).generation).toBe(2);
});

test('rule 108: each member votes for its first protocol that all support; with none in common it is refused', () => {
  const c = groupCluster();
  const wishes = [
    ['sticky', 'range', 'roundrobin'],
    ['roundrobin', 'range'],
    ['roundrobin', 'range', 'sticky'],
  ];
  const members = NAMES.slice(0, 3).map((id) => new Member(c, id).find());
  const joins = members.map((m, i) => {
    m.protocols = wishes[i] as string[];
    return m.join();
  });
  wait(c, ...joins);
  expect(groupOf(c).protocolName).toBe('roundrobin');
  const stranger = new Member(c, 'm4').find();
  stranger.protocols = ['uniform'];
  expect(stranger.ask(11, stranger.joinBody()).error).toBe('INCONSISTENT_GROUP_PROTOCOL');
});

test('group.max.size and the bounds of the session time-out are kept', () => {
  const c = groupCluster({ config: { 'group.max.size': '2' } });
  stableGroup(c, 2);
  const third = new Member(c, 'm3').find();
  expect(third.ask(11, third.joinBody()).error).toBe('GROUP_MAX_SIZE_REACHED');
  for (const [ms, error] of [
    [5_999, 'INVALID_SESSION_TIMEOUT'],
    [1_800_001, 'INVALID_SESSION_TIMEOUT'],
    [6_000, 'MEMBER_ID_REQUIRED'],
  ] as const) {
    const m = new Member(c, 'm4', 'other').find();
    m.sessionMs = ms;
    expect(m.ask(11, m.joinBody()).error).toBe(error);
  }
});

test('a new member that hangs in JoinGroup is given up after five minutes', () => {
  const c = groupCluster();
  const a = new Member(c, 'm1').find();
  a.rebalanceMs = 900_000;
  c.ownBroker(a.broker).entries = [...c.broker(a.broker).entries, ['group.initial.rebalance.delay.ms', '600000']];
  const join = a.join();
  c.for(299_000);
  expect(join.body).toBeNull();
  c.for(2_000);
  expect(join.error).toBe('UNKNOWN_MEMBER_ID');
  expect(shardOf(c)?.groups[0]?.members).toEqual([]);
});
