import { expect, test } from 'vitest';
import { groupCluster } from '../test-member.ts';
import { ConsumerMember, consumerGroupOf, settle } from './test-consumer-member.ts';

function pair() {
  const c = groupCluster({ topics: [{ name: 't', partitions: 6, replicationFactor: 3 }] });
  const member = (id: string, instance: string): ConsumerMember => {
    const m = new ConsumerMember(c, id);
    m.instance = instance;
    return m.find();
  };
  const a = member('m1', 's1');
  const b = member('m2', 's2');
  a.beat();
  c.for(2_000);
  b.beat();
  settle(c, [a, b]);
  return { c, a, b, member };
}

test('rule 106: a static member that leaves with -2 and comes back has its partitions again, without a new epoch', () => {
  const { c, a, b, member } = pair();
  expect(b.text).toBe('t: 3 4 5');
  expect(b.beat({ memberEpoch: -2 })).toBe('NONE');
  expect(consumerGroupOf(c)).toMatchObject({ state: 'Reconciling', groupEpoch: 3 });
  expect(consumerGroupOf(c).members.get(b.memberId)?.memberEpoch).toBe(-2);
  c.for(2_000);
  a.beat();
  expect([a.generation, a.text]).toEqual([3, 't: 0 1 2']);
  const again = member('m3', 's2');
  expect(again.beat()).toBe('NONE');
  expect([again.generation, again.text]).toEqual([3, 't: 3 4 5']);
  expect(consumerGroupOf(c)).toMatchObject({ state: 'Stable', groupEpoch: 3 });
  expect([...consumerGroupOf(c).members.keys()].sort()).toEqual([a.memberId, again.memberId].sort());
  // Its partitions count as assigned from epoch 0 on (KIP-1251).
  expect(b.beat({ memberEpoch: 3 })).toBe('FENCED_INSTANCE_ID');
});

test('rule 106: an instance that has not left is not given to anybody else', () => {
  const { c, b, member } = pair();
  expect(member('m3', 's2').beat()).toBe('UNRELEASED_INSTANCE_ID');
  expect(b.beat()).toBe('NONE');
  expect(consumerGroupOf(c).members.size).toBe(2);
  expect(member('m4', 's9').beat({ memberEpoch: 3 })).toBe('UNKNOWN_MEMBER_ID');
});

test('rule 106: who does not come back in its session is out; with -1 it is out at once', () => {
  const { c, a, b } = pair();
  b.beat({ memberEpoch: -2 });
  for (let i = 0; i < 5; i++) {
    c.for(10_000);
    a.beat();
  }
  expect([...consumerGroupOf(c).members.keys()]).toEqual([a.memberId]);
  c.for(1_000);
  a.beat();
  expect(a.text).toBe('t: 0 1 2 3 4 5');
  expect(a.beat({ memberEpoch: -1 })).toBe('NONE');
  expect(consumerGroupOf(c).state).toBe('Empty');
});

test('a static member that comes back with another subscription starts a new epoch', () => {
  const { c, b, member } = pair();
  b.beat({ memberEpoch: -2 });
  const again = member('m3', 's2');
  again.topics = ['t', 'u'];
  again.beat();
  expect(consumerGroupOf(c).groupEpoch).toBe(4);
});
