/** The checks of groups hold on a healthy group, and each is seen to fail on one that was broken by hand. */
import { describe, expect, test } from 'vitest';
import type { ConsumerGroupMember } from '../coordinator/modern/consumer-group.ts';
import { ownShard } from '../coordinator/shards.ts';
import { TestCluster } from '../test-cluster.ts';
import { groupsAreWhole } from './groups.ts';
import { INVARIANTS } from './index.ts';
import { freshSeen, look, type Seen } from './seen.ts';

function cluster(config: Record<string, string> = {}): { c: TestCluster; seen: Seen } {
  const c = new TestCluster({
    config: { 'offsets.topic.num.partitions': '3' },
    topics: [
      {
        name: 't',
        assignment: [
          [1, 2, 3],
          [2, 3, 1],
        ],
      },
    ],
    producers: [{ id: 'p', workload: { topic: 't', ratePerSecond: 20, count: 100 } }],
    consumers: ['c1', 'c2'].map((id) => ({
      id,
      config: { 'group.id': 'g', 'auto.offset.reset': 'earliest', ...config },
      subscribe: ['t'],
    })),
  });
  c.to(13_000);
  return { c, seen: freshSeen() };
}

function broken({ c, seen }: { c: TestCluster; seen: Seen }): string[] {
  look(c.world, seen);
  return INVARIANTS.filter(({ check }) => check(c.world, seen) !== null).map((x) => x.name);
}

const shard = (c: TestCluster) =>
  ownShard(
    c.world,
    c.world.coordinators.findIndex((s) => s !== null && s.groups.length > 0),
  );

test('all hold on a healthy group, and it is whole', () => {
  const at = cluster();
  expect(broken(at)).toEqual([]);
  expect(groupsAreWhole(at.c.world)).toBeNull();
});

describe('each is seen to fail', () => {
  test('one-owner', () => {
    const at = cluster();
    const [c1, c2] = at.c.world.consumers;
    Object.assign(c1?.membership as object, {
      owned: [...(c1?.membership?.owned ?? []), ...(c2?.membership?.owned ?? [])],
    });
    expect(broken(at)).toEqual(['one-owner']);
  });

  test('committed-forward', () => {
    const at = cluster();
    expect(broken(at)).toEqual([]);
    const g = shard(at.c).groups[0];
    for (const [key, o] of g?.offsets ?? []) g?.offsets.set(key, { ...o, offset: Math.max(0, o.offset - 1) });
    expect(broken(at)).toEqual(['committed-forward']);
  });

  test('generation-forward', () => {
    const at = cluster();
    expect(broken(at)).toEqual([]);
    Object.assign(shard(at.c).groups[0] as object, { generation: 0 });
    expect(broken(at)).toEqual(['generation-forward']);
  });

  test('group-epochs', () => {
    const at = cluster({ 'group.protocol': 'consumer' });
    expect(broken(at)).toEqual([]);
    const groups = at.c.world.coordinators.flatMap((x) => (x === null ? [] : x.consumerGroups));
    const [g] = groups.filter(({ members }) => members.size === 2);
    const [[id, member], [, other]] = [...(g?.members ?? [])] as [string, ConsumerGroupMember][];
    const put = (change: Partial<ConsumerGroupMember>) =>
      g?.members.set(id, { ...member, ...change } as ConsumerGroupMember);
    // Ahead of its target, behind itself, and with what the other one holds.
    put({ memberEpoch: (g?.assignmentEpoch ?? 0) + 1 });
    expect(broken(at)).toEqual(['group-epochs']);
    put({ memberEpoch: (member?.memberEpoch ?? 0) - 1 });
    expect(broken(at)).toEqual(['group-epochs']);
    put({ partitionsPendingRevocation: other?.assignedPartitions as ConsumerGroupMember['assignedPartitions'] });
    expect(broken(at)).toEqual(['group-epochs']);
    put({});
    expect(broken(at)).toEqual([]);
  });

  test('a group that is not whole', () => {
    const at = cluster();
    Object.assign(at.c.world.consumers[0]?.membership as object, { owned: [] });
    expect(groupsAreWhole(at.c.world)).toContain('nobody reads');
  });
});
