import { expect, test } from 'vitest';
import type { ConsumerGroupHeartbeatResponse } from '../../../kafka/api/messages-consumer-group.ts';
import { groupCluster, NAMES } from '../test-member.ts';
import { ConsumerMember, consumerGroupOf, settle } from './test-consumer-member.ts';

const CLUSTER = { topics: [{ name: 't', partitions: 6, replicationFactor: 3 }] };

/** Partitions of t. */
function ofT(c: ReturnType<typeof groupCluster>, ...partitions: number[]) {
  const topicId = c.world.controller.image.topics.get('t')?.topicId as number;
  return [{ topicId, topic: 't', partitions }];
}

function members(count: number, change: (m: ConsumerMember, i: number) => void = () => {}) {
  const c = groupCluster(CLUSTER);
  const all = NAMES.slice(0, count).map((id) => new ConsumerMember(c, id));
  all.forEach(change);
  all[0]?.find();
  for (const m of all) m.broker = (all[0] as ConsumerMember).broker;
  return { c, all };
}

test('B3: the first member has all in epoch 2; who joins later waits until the others have given up', () => {
  const { c, all } = members(3);
  const [a, b, d] = all as [ConsumerMember, ConsumerMember, ConsumerMember];
  expect(a.beat()).toBe('NONE');
  expect([a.generation, a.text]).toEqual([2, 't: 0 1 2 3 4 5']);
  expect(consumerGroupOf(c).state).toBe('Stable');
  c.for(2000);
  b.beat();
  // Its target waits for its owner: it has the new epoch and nothing yet.
  expect([b.generation, b.text]).toEqual([3, '']);
  expect(consumerGroupOf(c).state).toBe('Reconciling');
  expect(consumerGroupOf(c).members.get(b.memberId)?.state).toBe('UNRELEASED_PARTITIONS');
  a.beat();
  expect([a.generation, a.text]).toEqual([2, 't: 0 1 2']);
  expect(consumerGroupOf(c).members.get(a.memberId)?.state).toBe('UNREVOKED_PARTITIONS');
  a.beat();
  expect(a.generation).toBe(3);
  b.beat();
  expect([b.generation, b.text]).toEqual([3, 't: 3 4 5']);
  expect(consumerGroupOf(c).state).toBe('Stable');
  c.for(2000);
  d.beat();
  settle(c, all);
  expect(all.map((m) => m.text)).toEqual(['t: 0 1', 't: 3 4', 't: 2 5']);
  expect(consumerGroupOf(c).groupEpoch).toBe(4);
  c.for(2000);
  expect(a.beat({ memberEpoch: -1 })).toBe('NONE');
  settle(c, [b, d]);
  expect([b.text, d.text]).toEqual(['t: 0 3 4', 't: 1 2 5']);
  expect(consumerGroupOf(c).groupEpoch).toBe(5);
});

test('rule 71: the epoch of a member advances only when it no longer reports what it has to give up', () => {
  const { c, all } = members(2);
  const [a, b] = all as [ConsumerMember, ConsumerMember];
  a.beat();
  c.for(2000);
  b.beat();
  a.beat();
  expect(a.text).toBe('t: 0 1 2');
  // Says nothing about what it owns: it may own all of it.
  a.beat({ topicPartitions: null });
  expect(a.generation).toBe(2);
  // Still holds one of them.
  a.beat({ topicPartitions: ofT(c, 0, 1, 2, 5) });
  expect(a.generation).toBe(2);
  b.beat();
  expect(b.text).toBe('');
  a.beat({ topicPartitions: ofT(c, 0, 1, 2) });
  expect(a.generation).toBe(3);
  b.beat();
  expect(b.text).toBe('t: 3 4 5');
});

test('rule 71: a partition that its owner gives up may come back to it while nobody else has it', () => {
  const { c, all } = members(2);
  const [a, b] = all as [ConsumerMember, ConsumerMember];
  a.beat();
  c.for(2000);
  b.beat();
  a.beat();
  expect(a.text).toBe('t: 0 1 2');
  c.for(2000);
  // The newcomer goes again before it had anything: the old owner need not wait for itself.
  b.beat({ memberEpoch: -1 });
  a.beat();
  expect([a.generation, a.text]).toEqual([4, 't: 0 1 2 3 4 5']);
});

test('rule 72: epoch 0 always joins; the previous epoch passes with what is assigned; any other is fenced', () => {
  const { c, all } = members(2);
  const [a, b] = all as [ConsumerMember, ConsumerMember];
  a.beat();
  c.for(2000);
  b.beat();
  a.beat();
  a.beat();
  expect(a.generation).toBe(3);
  expect(a.beat({ memberEpoch: 4 })).toBe('FENCED_MEMBER_EPOCH');
  // The answer that told it of epoch 3 was lost.
  expect(a.beat({ memberEpoch: 2, topicPartitions: ofT(c, 0, 1) })).toBe('NONE');
  expect(a.beat({ memberEpoch: 2, topicPartitions: ofT(c, 0, 5) })).toBe('FENCED_MEMBER_EPOCH');
  expect(a.beat({ memberEpoch: 2, topicPartitions: null })).toBe('FENCED_MEMBER_EPOCH');
  expect(a.beat({ memberEpoch: 1 })).toBe('FENCED_MEMBER_EPOCH');
  a.generation = 0;
  expect(a.beat()).toBe('NONE');
  expect([a.generation, a.text]).toEqual([3, 't: 0 1 2']);
  expect(consumerGroupOf(c).groupEpoch).toBe(3);
});

test('rule 73: a member that does not give up in its rebalance time-out is fenced; waiting for others costs nobody his place', () => {
  const { c, all } = members(2, (m) => {
    m.rebalanceMs = 7_000;
  });
  const [a, b] = all as [ConsumerMember, ConsumerMember];
  a.beat();
  c.for(2000);
  b.beat();
  a.beat();
  for (let i = 0; i < 6; i++) {
    c.for(1_000);
    expect(a.beat({ topicPartitions: ofT(c, 0, 1, 2, 3, 4, 5) })).toBe('NONE');
    b.beat();
  }
  expect(consumerGroupOf(c).members.size).toBe(2);
  c.for(1_100);
  expect([...consumerGroupOf(c).members.keys()]).toEqual([b.memberId]);
  expect(a.beat({ topicPartitions: ofT(c, 0, 1, 2, 3, 4, 5) })).toBe('UNKNOWN_MEMBER_ID');
  b.beat();
  expect(b.text).toBe('t: 0 1 2 3 4 5');
  expect(consumerGroupOf(c).groupEpoch).toBe(4);
});

test('a member whose session ends is fenced, and its partitions are free at once', () => {
  const { c, all } = members(2);
  const [a, b] = all as [ConsumerMember, ConsumerMember];
  a.beat();
  c.for(2000);
  b.beat();
  settle(c, all);
  for (let i = 0; i < 4; i++) {
    c.for(10_000);
    b.beat();
  }
  expect(consumerGroupOf(c).members.size).toBe(2);
  c.for(6_000);
  expect(consumerGroupOf(c).members.size).toBe(1);
  b.beat();
  expect(b.text).toBe('t: 0 1 2 3 4 5');
  expect(a.beat()).toBe('UNKNOWN_MEMBER_ID');
});

test('rule 101: the assignment is told to whoever joins, to whoever sends everything, and when it has changed', () => {
  const { c, all } = members(1);
  const [a] = all as [ConsumerMember];
  a.find();
  const told = (more: object): boolean => {
    const pending = a.sendBeat(more);
    c.until(() => pending.body !== null);
    a.take(pending);
    return (pending.body as ConsumerGroupHeartbeatResponse).assignment !== null;
  };
  expect(told({})).toBe(true);
  expect(told({ topicPartitions: null })).toBe(false);
  expect(told({})).toBe(false);
  expect(told({ rebalanceTimeoutMs: 30_000, subscribedTopicNames: ['t'], topicPartitions: a.owned })).toBe(true);
  expect(told({ memberEpoch: 0, rebalanceTimeoutMs: 30_000, subscribedTopicNames: ['t'], topicPartitions: [] })).toBe(
    true,
  );
  expect(a.heartbeatIntervalMs).toBe(5000);
});

test('rule 103: a target that is behind is computed by the first heartbeat a second after the last one; until then the old one holds', () => {
  const { c, all } = members(3);
  const [a, b, d] = all as [ConsumerMember, ConsumerMember, ConsumerMember];
  a.beat();
  b.beat();
  expect([b.generation, b.text]).toEqual([2, '']);
  expect(consumerGroupOf(c)).toMatchObject({ groupEpoch: 3, assignmentEpoch: 2, state: 'Assigning' });
  d.beat();
  expect(consumerGroupOf(c)).toMatchObject({ groupEpoch: 4, assignmentEpoch: 2 });
  // No timer does it.
  c.for(4_000);
  expect(consumerGroupOf(c).assignmentEpoch).toBe(2);
  d.beat();
  expect(consumerGroupOf(c).assignmentEpoch).toBe(4);
  settle(c, all);
  expect(all.map((m) => m.generation)).toEqual([4, 4, 4]);
});

test('rule 102: the states of a group and of its members', () => {
  const { c, all } = members(2);
  const [a, b] = all as [ConsumerMember, ConsumerMember];
  const states = (): string[] => {
    const g = consumerGroupOf(c);
    return [g.state, ...[...g.members.values()].map((m) => m.state)];
  };
  a.beat();
  expect(states()).toEqual(['Stable', 'STABLE']);
  b.beat();
  expect(states()).toEqual(['Assigning', 'STABLE', 'STABLE']);
  c.for(1_000);
  b.beat();
  expect(states()).toEqual(['Reconciling', 'STABLE', 'UNRELEASED_PARTITIONS']);
  a.beat();
  expect(states()).toEqual(['Reconciling', 'UNREVOKED_PARTITIONS', 'UNRELEASED_PARTITIONS']);
  a.beat();
  b.beat();
  expect(states()).toEqual(['Stable', 'STABLE', 'STABLE']);
  a.beat({ memberEpoch: -1 });
  b.beat({ memberEpoch: -1 });
  expect(states()).toEqual(['Empty']);
});

test('rule 108: the server-side assignor that most ask for computes the target; uniform where nobody asks', () => {
  const { c, all } = members(3, (m, i) => {
    m.assignor = i === 0 ? null : 'range';
  });
  const [a, b, d] = all as [ConsumerMember, ConsumerMember, ConsumerMember];
  a.beat();
  expect(consumerGroupOf(c).assignor).toBe('uniform');
  c.for(1_000);
  b.beat();
  expect(consumerGroupOf(c).assignor).toBe('range');
  c.for(1_000);
  d.beat();
  settle(c, all);
  expect(all.map((m) => m.text).sort()).toEqual(['t: 0 1', 't: 2 3', 't: 4 5']);
  d.assignor = 'sticky';
  expect(d.beat({ serverAssignor: 'sticky' })).toBe('UNSUPPORTED_ASSIGNOR');
});

test('requests that no member may send, and groups that are not there', () => {
  const { c, all } = members(1);
  const [a] = all as [ConsumerMember];
  expect(a.beat({ memberEpoch: 5 })).toBe('GROUP_ID_NOT_FOUND');
  expect(a.beat({ memberEpoch: -1 })).toBe('GROUP_ID_NOT_FOUND');
  expect(a.beat({ memberId: '' })).toBe('INVALID_REQUEST');
  expect(a.beat({ groupId: '' })).toBe('INVALID_REQUEST');
  expect(a.beat({ instanceId: ' ' })).toBe('INVALID_REQUEST');
  expect(a.beat({ memberEpoch: -3 })).toBe('INVALID_REQUEST');
  expect(a.beat({ memberEpoch: -2 })).toBe('INVALID_REQUEST');
  expect(a.beat({ rebalanceTimeoutMs: -1 })).toBe('INVALID_REQUEST');
  expect(a.beat({ topicPartitions: null })).toBe('INVALID_REQUEST');
  expect(a.beat({ subscribedTopicNames: null, subscribedTopicRegex: null })).toBe('INVALID_REQUEST');
  expect(a.beat()).toBe('NONE');
  expect(a.beat({ memberId: 'stranger', memberEpoch: 2 })).toBe('UNKNOWN_MEMBER_ID');
  expect(consumerGroupOf(c).members.size).toBe(1);
});

test('group.consumer.max.size: one more than that is refused', () => {
  const c = groupCluster({ ...CLUSTER, config: { 'group.consumer.max.size': '1' } });
  const a = new ConsumerMember(c, 'm1').find();
  const b = new ConsumerMember(c, 'm2').find();
  expect(a.beat()).toBe('NONE');
  expect(b.beat()).toBe('GROUP_MAX_SIZE_REACHED');
  expect(a.beat()).toBe('NONE');
});
