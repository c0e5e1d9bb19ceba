import { expect, test } from 'vitest';
import { groupCluster, NAMES } from '../test-member.ts';
import { ConsumerMember, consumerGroupOf, settle } from './test-consumer-member.ts';

function members(count: number, config: Readonly<Record<string, string>> = {}) {
  const c = groupCluster({ topics: [{ name: 't', partitions: 6, replicationFactor: 3 }], config });
  const all = NAMES.slice(0, count).map((id) => new ConsumerMember(c, id));
  all[0]?.find();
  for (const m of all) m.broker = (all[0] as ConsumerMember).broker;
  const commit = (m: ConsumerMember, offset: number, partition: number, more: object = {}): string => {
    const pending = m.commit(offset, partition, { generationIdOrMemberEpoch: m.generation, ...more });
    c.until(() => pending.body !== null);
    return pending.error;
  };
  return { c, all, commit };
}

test('rule 72: a commit passes with the present epoch, and with an older one for what the member has had since', () => {
  const { c, all, commit } = members(2);
  const [a, b] = all as [ConsumerMember, ConsumerMember];
  a.beat();
  expect(commit(a, 7, 5)).toBe('NONE');
  c.for(2_000);
  b.beat();
  a.beat();
  // It has not given them up yet: both what it keeps and what it must give up.
  expect(commit(a, 8, 0)).toBe('NONE');
  expect(commit(a, 9, 5)).toBe('NONE');
  a.beat();
  b.beat();
  expect([a.generation, b.generation]).toEqual([3, 3]);
  expect(commit(a, 10, 0, { generationIdOrMemberEpoch: 2 })).toBe('NONE');
  // No longer its own.
  expect(commit(a, 11, 5, { generationIdOrMemberEpoch: 2 })).toBe('STALE_MEMBER_EPOCH');
  // Its own since epoch 3 only.
  expect(commit(b, 12, 5, { generationIdOrMemberEpoch: 2 })).toBe('STALE_MEMBER_EPOCH');
  expect(commit(b, 12, 5, { generationIdOrMemberEpoch: 4 })).toBe('STALE_MEMBER_EPOCH');
  expect(commit(b, 13, 5)).toBe('NONE');
  expect(commit(b, 13, 5, { memberId: 'stranger' })).toBe('UNKNOWN_MEMBER_ID');
  expect([0, 5].map((p) => a.fetch(p).offset)).toEqual([10, 13]);
});

test('rule 72: one stale partition refuses the whole commit', () => {
  const { c, all, commit } = members(2);
  const [a, b] = all as [ConsumerMember, ConsumerMember];
  a.beat();
  c.for(2_000);
  b.beat();
  settle(c, all);
  const at = (partition: number) => ({
    topic: 't',
    index: partition,
    partition,
    committedOffset: 3,
    committedLeaderEpoch: 0,
    committedMetadata: '',
  });
  const partitions = [at(0), at(5)];
  expect(commit(a, 0, 0, { generationIdOrMemberEpoch: 2, partitions })).toBe('STALE_MEMBER_EPOCH');
  expect(a.fetch(0).offset).toBe(-1);
});

test('who is no member commits only while the group is Empty', () => {
  const { c, all, commit } = members(1);
  const [a] = all as [ConsumerMember];
  a.beat();
  const outside = { memberId: '', generationIdOrMemberEpoch: -1 };
  expect(commit(a, 4, 0, outside)).toBe('UNKNOWN_MEMBER_ID');
  a.beat({ memberEpoch: -1 });
  expect(consumerGroupOf(c).state).toBe('Empty');
  expect(commit(a, 4, 0, outside)).toBe('NONE');
  expect(a.fetch(0).offset).toBe(4);
});

test('offsets are read with the present epoch', () => {
  const { all, commit } = members(1);
  const [a] = all as [ConsumerMember];
  a.beat();
  commit(a, 5, 1);
  const read = (memberEpoch: number, memberId = a.memberId, requireStable = true): string =>
    a.ask(9, {
      groupId: 'g',
      memberId,
      memberEpoch,
      requireStable,
      partitions: [{ topic: 't', index: 1, partition: 1 }],
    }).error;
  expect(read(2)).toBe('NONE');
  expect(read(2, a.memberId, false)).toBe('NONE');
  expect(read(1)).toBe('STALE_MEMBER_EPOCH');
  expect(read(2, 'stranger')).toBe('UNKNOWN_MEMBER_ID');
});

test('rule 69: offsets of topics that no member asks for expire by their own age; the last to go takes an Empty group with it', () => {
  const { c, all, commit } = members(1, {
    'offsets.retention.minutes': '1',
    'offsets.retention.check.interval.ms': '10000',
  });
  const [a] = all as [ConsumerMember];
  a.beat();
  commit(a, 5, 1);
  for (let i = 0; i < 10; i++) {
    c.for(10_000);
    a.beat();
  }
  // It reads the topic: they stay.
  expect(a.fetch(1).offset).toBe(5);
  a.beat({ subscribedTopicNames: [] });
  c.for(11_000);
  expect(a.fetch(1).offset).toBe(-1);
  commit(a, 6, 1);
  a.beat({ memberEpoch: -1 });
  c.for(50_000);
  expect(a.fetch(1).offset).toBe(6);
  c.for(25_000);
  expect(() => consumerGroupOf(c)).toThrow('no consumer group');
  expect(a.fetch(1).offset).toBe(-1);
});
