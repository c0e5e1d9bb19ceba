import { expect, test } from 'vitest';
import { groupCluster } from '../test-member.ts';
import { ConsumerMember, consumerGroupOf } from './test-consumer-member.ts';

function one(config: Readonly<Record<string, string>> = {}) {
  const c = groupCluster({ topics: [{ name: 't', partitions: 3, replicationFactor: 3 }], config });
  const a = new ConsumerMember(c, 'm1').find();
  a.beat();
  const set = (key: string, value: string | null): void => {
    c.do({ do: 'config.set', scope: 'group', entity: 'g', key, value });
    c.for(500);
  };
  return { c, a, set };
}

test('config.set of a group: its session and heartbeat times hold from the next heartbeat on, and for this group only', () => {
  const { c, a, set } = one();
  expect(a.heartbeatIntervalMs).toBe(5_000);
  set('consumer.heartbeat.interval.ms', '7000');
  set('consumer.session.timeout.ms', '50000');
  a.beat();
  expect(a.heartbeatIntervalMs).toBe(7_000);
  const other = new ConsumerMember(c, 'm2', 'h').find();
  other.beat();
  expect(other.heartbeatIntervalMs).toBe(5_000);
  a.beat();
  c.for(49_000);
  expect(consumerGroupOf(c).members.size).toBe(1);
  c.for(1_500);
  expect(consumerGroupOf(c).members.size).toBe(0);
  a.generation = 0;
  set('consumer.heartbeat.interval.ms', null);
  a.beat();
  expect(a.heartbeatIntervalMs).toBe(5_000);
});

test('values of a group stay within its brokers’ limits', () => {
  const { a, set } = one({ 'group.consumer.max.session.timeout.ms': '60000' });
  set('consumer.session.timeout.ms', '60001');
  set('consumer.heartbeat.interval.ms', '4999');
  a.beat();
  expect(a.heartbeatIntervalMs).toBe(5_000);
});

test('consumer.assignment.interval.ms 0: every change is assigned at once (rule 103)', () => {
  const { c, a, set } = one();
  set('consumer.assignment.interval.ms', '0');
  for (let i = 0; i < 3; i++) {
    a.beat({ subscribedTopicNames: i % 2 === 0 ? [] : ['t'] });
    expect(consumerGroupOf(c).assignmentEpoch).toBe(consumerGroupOf(c).groupEpoch);
  }
});

test('group.consumer.assignors: the first is the default; group.consumer.session.timeout.ms of the broker', () => {
  const { c, a } = one({ 'group.consumer.assignors': 'range', 'group.consumer.session.timeout.ms': '45000' });
  expect(consumerGroupOf(c).assignor).toBe('range');
  expect(a.beat({ serverAssignor: 'uniform' })).toBe('UNSUPPORTED_ASSIGNOR');
});
