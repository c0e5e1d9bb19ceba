import { expect, test } from 'vitest';
import { groupCluster } from '../test-member.ts';
import { ConsumerMember, consumerGroupOf, settle } from './test-consumer-member.ts';

function one(change: (m: ConsumerMember) => void = () => {}) {
  const c = groupCluster({ topics: [{ name: 't', partitions: 3, replicationFactor: 3 }] });
  const a = new ConsumerMember(c, 'm1');
  change(a);
  a.find();
  return { c, a };
}

function create(c: ReturnType<typeof groupCluster>, name: string): void {
  c.do({ do: 'topic.create', name, partitions: 2, replicationFactor: 1, assignment: null, config: [] });
}

test('B7: more partitions: the next heartbeat starts another epoch, and whoever had some keeps them', () => {
  const { c, a } = one();
  a.beat();
  expect([a.generation, a.text]).toEqual([2, 't: 0 1 2']);
  c.for(2_000);
  c.do({ do: 'topic.addPartitions', topic: 't', total: 4 });
  c.for(500);
  expect(consumerGroupOf(c).groupEpoch).toBe(2);
  a.beat();
  expect([a.generation, a.text]).toEqual([3, 't: 0 1 2 3']);
});

test('a topic that is made later is assigned with the next heartbeat; a deleted one is to be given up', () => {
  const { c, a } = one((m) => {
    m.topics = ['t', 'later'];
  });
  a.beat();
  c.for(2_000);
  create(c, 'later');
  c.for(500);
  a.beat();
  expect(a.text).toBe('later: 0 1, t: 0 1 2');
  c.for(2_000);
  c.do({ do: 'topic.delete', topic: 't' });
  c.for(500);
  a.beat();
  expect(a.text).toBe('later: 0 1');
  a.beat();
  expect(a.generation).toBe(4);
});

test('B9: a pattern: epoch 1 with nothing until it is resolved, then epoch 2; looked up again 10 s later if there are new topics', () => {
  const { c, a } = one((m) => {
    m.regex = 't|orders-.*';
  });
  a.beat();
  expect([a.generation, a.text]).toEqual([1, '']);
  c.for(500);
  a.beat();
  expect([a.generation, a.text]).toEqual([2, 't: 0 1 2']);
  create(c, 'orders-new');
  for (let i = 0; i < 9; i++) {
    c.for(1_000);
    a.beat();
  }
  expect(a.generation).toBe(2);
  c.for(1_000);
  a.beat();
  c.for(1_000);
  a.beat();
  expect([a.generation, a.text]).toEqual([3, 'orders-new: 0 1, t: 0 1 2']);
  // A deleted topic needs no new look-up.
  c.do({ do: 'topic.delete', topic: 't' });
  c.for(1_500);
  a.beat();
  expect(a.text).toBe('orders-new: 0 1');
});

test('a pattern that RE2/J refuses: INVALID_REGULAR_EXPRESSION; another pattern, or none', () => {
  const { c, a } = one((m) => {
    m.regex = '(?=t)t';
  });
  expect(a.beat()).toBe('INVALID_REGULAR_EXPRESSION');
  a.regex = 't';
  a.beat();
  c.for(500);
  a.beat();
  expect(a.text).toBe('t: 0 1 2');
  const b = new ConsumerMember(c, 'm2').find();
  b.regex = 't';
  c.for(1_000);
  // It is resolved already: no need to wait.
  b.beat();
  expect(consumerGroupOf(c).groupEpoch).toBe(3);
  settle(c, [a, b]);
  a.beat({ subscribedTopicRegex: '' });
  c.for(1_000);
  settle(c, [a, b]);
  expect([a.text, b.text]).toEqual(['', 't: 0 1 2']);
  expect(consumerGroupOf(c).resolvedRegexes.size).toBe(1);
  b.beat({ memberEpoch: -1 });
  expect(consumerGroupOf(c).resolvedRegexes.size).toBe(0);
  expect([...consumerGroupOf(c).subscribedTopics]).toEqual([]);
});
