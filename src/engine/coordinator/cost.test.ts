/** What a large group costs, in events. */
import { expect, test } from 'vitest';
import { EventKind } from '../kernel/event.ts';
import { step } from '../kernel/run.ts';
import { TestCluster } from '../test-cluster.ts';
import { groupOf } from './test-member.ts';

const MEMBERS = 50;

test('50 members over 300 partitions: a rebalance takes few events, and idle members only their heartbeats', () => {
  const c = new TestCluster({
    topics: [{ name: 't', partitions: 300, replicationFactor: 1 }],
    consumers: Array.from({ length: MEMBERS }, (_, i) => ({
      id: `c${i}`,
      config: { 'group.id': 'g', 'auto.offset.reset': 'earliest' },
      subscribe: ['t'],
    })),
  });
  c.until(() => c.world.groupsObserved[0]?.rebalances === 1, 30_000);
  c.for(5_000);
  const g = groupOf(c);
  expect(g.members).toHaveLength(MEMBERS);
  const owned = c.world.consumers.flatMap((x) => x.membership?.owned ?? []);
  expect(new Set(owned).size).toBe(300);
  expect(owned).toHaveLength(300);
  // One goes: the others rebalance.
  const before = c.world.eventCount;
  c.do({ do: 'consumer.leave', consumer: 'c7' });
  c.until(() => c.world.groupsObserved[0]?.rebalances === 2, 30_000);
  expect(c.world.eventCount - before).toBeLessThan(60 * MEMBERS);
  // At rest the coordinator has one timer pending, whatever the number of its members.
  c.for(10_000);
  const pending = c.world.queue.filter((e) => e.kind === EventKind.GroupCoordinatorTimer);
  const shards = c.world.coordinators.filter((s) => s !== null).length;
  expect(pending.length).toBeLessThanOrEqual(shards + 6);
  let timers = 0;
  const endUs = c.world.nowUs + 9_000_000;
  for (;;) {
    const next = c.world.queue[0];
    if (next?.kind === EventKind.GroupCoordinatorTimer) timers += 1;
    if (!step(c.world, [], endUs)) break;
  }
  expect(timers).toBeLessThan(MEMBERS);
});
