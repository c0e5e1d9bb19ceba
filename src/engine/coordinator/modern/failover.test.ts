import { expect, test } from 'vitest';
import { groupCluster, NAMES } from '../test-member.ts';
import type { ConsumerGroup } from './consumer-group.ts';
import { ConsumerMember, consumerGroupOf, settle } from './test-consumer-member.ts';

/** What has to survive: all but what a process only counts for itself. */
function hard(g: ConsumerGroup): object {
  const { timers: _t, epochs: _e, metadataCheckedAt: _m, regexRefresh: _r, sinceUs: _s, stableEpoch: _n, ...rest } = g;
  return { ...rest, rebalanceSinceUs: 0, offsets: [...g.offsets.values()].map((o) => ({ ...o, before: null })) };
}

function cluster() {
  return groupCluster({
    topics: [
      { name: 't', partitions: 6, replicationFactor: 3 },
      { name: 'u', partitions: 2, replicationFactor: 3 },
    ],
  });
}

/** The coordinator's broker dies, and another one has loaded the group. */
function failOver(c: ReturnType<typeof cluster>, old: number): void {
  c.kill(old);
  c.until(() =>
    c.world.coordinators.some((s) => s?.state === 'active' && s.broker !== old && s.consumerGroups.length > 0),
  );
}

test('a new coordinator knows the group as the old one did: members, epochs, targets, patterns, offsets', () => {
  const c = cluster();
  const all = NAMES.slice(0, 3).map((id) => new ConsumerMember(c, id));
  const [a, b, d] = all as [ConsumerMember, ConsumerMember, ConsumerMember];
  a.find();
  for (const m of all) m.broker = a.broker;
  b.instance = 's2';
  d.regex = '[tu]';
  a.beat();
  c.for(1_100);
  b.beat();
  c.for(1_100);
  d.beat();
  c.for(1_100);
  settle(c, all);
  const pending = a.commit(9, 0, { generationIdOrMemberEpoch: a.generation });
  c.until(() => pending.body !== null);
  // In the middle of a rebalance: one has to give up, one waits.
  b.beat({ memberEpoch: -1 });
  c.for(1_100);
  a.beat();
  const old = a.broker;
  const before = hard(consumerGroupOf(c));
  const members = [...consumerGroupOf(c).members.values()].map((m) => m.state);
  expect(members).toContain('STABLE');
  failOver(c, old);
  a.find();
  expect(a.broker).not.toBe(old);
  expect(hard(consumerGroupOf(c))).toEqual(before);
  for (const m of [a, d]) m.broker = a.broker;
  // They go on with the epochs they had.
  settle(c, [a, d]);
  expect(a.fetch(0).offset).toBe(9);
  expect([a.text, d.text].join(', ').match(/\d/g)).toHaveLength(8);
});

test('a member that dies with the coordinator is fenced by the new one when its session has passed since the loading', () => {
  const c = cluster();
  const all = NAMES.slice(0, 2).map((id) => new ConsumerMember(c, id));
  const [a, b] = all as [ConsumerMember, ConsumerMember];
  a.find();
  b.broker = a.broker;
  a.beat();
  c.for(1_100);
  b.beat();
  settle(c, all);
  failOver(c, a.broker);
  a.find();
  b.broker = a.broker;
  const loadedMs = c.nowMs;
  for (let i = 0; i < 4; i++) {
    a.beat();
    c.for(10_000);
  }
  expect(consumerGroupOf(c).members.size).toBe(2);
  c.until(() => consumerGroupOf(c).members.size === 1);
  expect(c.nowMs - loadedMs).toBeGreaterThan(44_000);
  expect(c.nowMs - loadedMs).toBeLessThan(46_000);
});

test('a coordinator that has stepped down answers NOT_COORDINATOR; who waits for a write hears it', () => {
  const c = cluster();
  const a = new ConsumerMember(c, 'm1').find();
  a.beat();
  const other = [1, 2, 3].find((id) => id !== a.broker) as number;
  const m = new ConsumerMember(c, 'm2');
  m.broker = other;
  expect(m.beat()).toBe('NOT_COORDINATOR');
});

test('while copies are missing, an answer waits for its records; after offsets.commit.timeout.ms it says that nobody coordinates', () => {
  const c = groupCluster({
    topics: [{ name: 't', partitions: 6, replicationFactor: 3 }],
    config: { 'min.insync.replicas': '1', 'replica.lag.time.max.ms': '600000', 'broker.session.timeout.ms': '600000' },
  });
  const a = new ConsumerMember(c, 'm1').find();
  a.beat();
  for (const id of [1, 2, 3]) if (id !== a.broker) c.pause(id);
  const b = new ConsumerMember(c, 'm2');
  b.broker = a.broker;
  const pending = b.sendBeat();
  c.for(4_900);
  expect(pending.body).toBeNull();
  c.for(200);
  expect(pending.error).toBe('COORDINATOR_NOT_AVAILABLE');
  // The record stands in the log all the same.
  expect(consumerGroupOf(c).members.size).toBe(2);
});
