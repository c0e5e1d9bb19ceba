/** Rule 75, and how members of other assignors than range go on: against real brokers. */
import { describe, expect, test } from 'vitest';
import type { JoinGroupRequest, SyncGroupRequest } from '../../kafka/api/messages-group.ts';
import { forkWorld } from '../kernel/fork.ts';
import { historyHash } from '../kernel/hash.ts';
import { step } from '../kernel/run.ts';
import { groupTotals } from '../ledger/group-facts.ts';
import type { TestCluster } from '../test-cluster.ts';
import {
  Api,
  callbacks,
  calls,
  consumerOf,
  groupCluster,
  member,
  membershipOf,
  settle,
  strategy,
} from './test-group.ts';

const coop = { config: strategy('cooperative') };
const owned = (k: TestCluster, id: string): readonly string[] => membershipOf(k, id).owned;

function send(k: TestCluster, partition: number, count: number): TestCluster {
  const record = { producer: 'p', topic: 't', partition, key: null, value: 'v', headers: [], count };
  return k.do({ do: 'producer.send', ...record } as never);
}

describe('rule 75: cooperative', () => {
  const two = (): TestCluster => {
    const k = groupCluster([member('a', 500, coop), member('b', 9000, coop)]);
    for (let partition = 0; partition < 4; partition++) send(k, partition, 5);
    return k;
  };

  test('what changes hands is withheld in round one; who gave it up joins once more, and in round two it has an owner', () => {
    const k = two();
    k.until(() => owned(k, 'b').length === 2, 60_000);
    expect(callbacks(k, 'a')).toEqual([
      'assigned[t-0, t-1, t-2, t-3] gen 1',
      'revoked[t-2, t-3] gen 2',
      'assigned[] gen 2',
      'assigned[] gen 3',
    ]);
    expect(callbacks(k, 'b')).toEqual(['assigned[] gen 2', 'assigned[t-2, t-3] gen 3']);
    const joins = calls<JoinGroupRequest>(k, 'a', Api.JOIN).map(({ body }) => body);
    expect(joins.at(-1)!.reason).toBe('need to revoke partitions and re-join');
    const said = joins.map(({ protocols }) => protocols[0]!.metadata);
    // It joins with what it holds, the generation of that and the generation that its assignor last saw.
    expect(said.map((s) => s.ownedPartitions.map((p) => p.index))).toEqual([[], [], [0, 1, 2, 3], [0, 1]]);
    expect(said.map((s) => s.generationId)).toEqual([-1, -1, 1, 2]);
    expect(said.map((s) => s.userData)).toEqual(['ffffffff', 'ffffffff', '00000001', '00000002']);
  });

  test('it reads on during the rebalance, however long that takes, and its positions stay', () => {
    const quick = (config: Readonly<Record<string, string>>): TestCluster => {
      const k = groupCluster([
        member('a', 500, { config }),
        member('s', 600, { config }),
        member('b', 9000, { config }),
      ]);
      settle(k, 'a', 's').to(8900);
      // s stands still: a waits in JoinGroup for it.
      k.do({ do: 'consumer.pause', consumer: 's', ms: 8000 });
      k.until(() => membershipOf(k, 'a').state === 'preparing' && membershipOf(k, 'a').generation === 1, 60_000);
      const partition = Number((owned(k, 'a')[0] ?? 't-0').slice(2));
      for (let i = 0; i < 5; i++) send(k, partition, 1).for(200);
      expect(membershipOf(k, 'a').state).toBe('preparing');
      return k;
    };
    const k = quick(strategy('cooperative'));
    expect(consumerOf(k, 'a').delivered).toBe(5);
    expect(quick(strategy('range')).world.consumers[0]!.delivered).toBe(0);
    k.until(() => owned(k, 'b').length === 1, 60_000);
    // Its offsets are asked for once, when it was given its partitions.
    expect(calls(k, 'a', Api.OFFSETS)).toHaveLength(1);
    k.for(6000);
    expect(groupTotals(k.world, 'g')).toMatchObject({ processed: 5, reprocessed: 0, skipped: 0, errors: [] });
  });

  test('rule 74: auto-commit commits before the rejoin, but nothing is held back meanwhile', () => {
    const k = two();
    k.until(() => owned(k, 'b').length === 2, 60_000);
    const rejoin = calls<JoinGroupRequest>(k, 'a', Api.JOIN)[2]!;
    const commit = calls(k, 'a', Api.COMMIT).filter((c) => c.atMs < rejoin.atMs);
    expect(rejoin.atMs - commit.at(-1)!.atMs).toBeLessThan(10);
  });

  test('only what moves goes unread: half of the partitions, from the revocation to the next owner', () => {
    const unread = (config: Readonly<Record<string, string>>): number => {
      const k = groupCluster([member('a', 500, { config }), member('b', 9000, { config })]);
      k.to(20_000);
      return groupTotals(k.world, 'g').partitionSecondsUnread;
    };
    // Cooperative: 2 partitions for up to 3 s, until b's next heartbeat. Eager: all 4 for a few round trips.
    expect(unread(strategy('cooperative'))).toBeGreaterThan(2 * 2);
    expect(unread(strategy('cooperative'))).toBeLessThan(2 * 3.1);
    expect(unread(strategy('range'))).toBeLessThan(4 * 0.1);
  });

  test('rule 76: only a reset generation loses partitions, then all of them', () => {
    const k = settle(groupCluster([member('a', 500, coop), member('b', 600, coop)]), 'a', 'b');
    k.cut(['a'], [1, 2, 3]);
    k.until(() => owned(k, 'b').length === 4, 60_000);
    k.heal();
    k.until(() => callbacks(k, 'a').some((text) => text.startsWith('lost')), 60_000);
    expect(callbacks(k, 'a').find((text) => text.startsWith('lost'))).toMatch(/^lost\[t-\d, t-\d\]/);
    settle(k, 'a', 'b');
    expect([...owned(k, 'a'), ...owned(k, 'b')].sort()).toEqual(['t-0', 't-1', 't-2', 't-3']);
    // b gave back only what a got.
    expect(callbacks(k, 'b').filter((text) => text.startsWith('revoked'))).toHaveLength(1);
  });

  test('what is no longer subscribed is given back before the rejoin, the rest is read on', () => {
    const topics = [{ name: 'x', partitions: 2 }, { name: 'y' }];
    const k = settle(groupCluster([member('a', 500, { ...coop, subscribe: ['x', 'y'] })], { topics }), 'a');
    k.do({ do: 'consumer.subscribe', consumer: 'a', topics: ['x'], pattern: null });
    k.until(() => callbacks(k, 'a').length === 3);
    expect(callbacks(k, 'a').slice(1)).toEqual(['revoked[y-0] gen 1', 'assigned[] gen 2']);
    expect(calls<JoinGroupRequest>(k, 'a', Api.JOIN).at(-1)!.body.protocols[0]!.metadata.ownedPartitions).toEqual([
      { topic: 'x', index: 0 },
      { topic: 'x', index: 1 },
    ]);
  });

  test('close() gives everything back; the others get it in one round, as nobody has to revoke', () => {
    const k = settle(groupCluster([member('a', 500, coop), member('b', 600, coop)]), 'a', 'b');
    const generation = membershipOf(k, 'a').generation;
    k.do({ do: 'consumer.leave', consumer: 'a' });
    k.until(() => owned(k, 'b').length === 4, 60_000);
    expect(membershipOf(k, 'b').generation).toBe(generation + 1);
    expect(callbacks(k, 'b').filter((text) => text.startsWith('revoked'))).toEqual([]);
  });

  test('no assignment of a leader gives a partition to one member while another still holds it', () => {
    const k = groupCluster(
      [member('a', 500, coop), member('b', 4000, coop), member('c', 7900, coop), member('d', 8000, coop)],
      { partitions: 9 },
    );
    k.to(12_000).do({ do: 'consumer.leave', consumer: 'b' }).to(15_000).do({ do: 'consumer.crash', consumer: 'a' });
    k.to(40_000);
    const syncs = ['a', 'b', 'c', 'd'].flatMap((id) =>
      calls<SyncGroupRequest>(k, id, Api.SYNC).filter(({ body }) => body.assignments.length > 0),
    );
    expect(syncs.length).toBeGreaterThan(4);
    // ConsumerCoordinator.validateCooperativeAssignment, for the assignor that Kafka itself does not check.
    for (const { body, atMs } of syncs) {
      const holders = new Map<string, string>();
      for (const id of ['a', 'b', 'c', 'd']) {
        const join = calls<JoinGroupRequest>(k, id, Api.JOIN)
          .filter((j) => j.atMs <= atMs && j.body.memberId !== '')
          .at(-1);
        if (join === undefined) continue;
        for (const p of join.body.protocols[0]!.metadata.ownedPartitions)
          holders.set(`${p.topic}-${p.index}`, join.body.memberId);
      }
      const present = new Set(body.assignments.map(({ memberId }) => memberId));
      for (const { memberId, assignment } of body.assignments)
        for (const p of assignment.partitions) {
          const holder = holders.get(`${p.topic}-${p.index}`);
          if (holder !== undefined && present.has(holder)) expect(holder).toBe(memberId);
        }
    }
  });

  test('a checkpoint at any moment of its rebalances goes on to the same history', () => {
    const make = (): TestCluster =>
      groupCluster([member('a', 500, { ...coop, processMs: 3, commit: 'sync' }), member('b', 6000, coop)]);
    const run = (forks: readonly number[]): string => {
      const k = make();
      for (const at of forks) {
        k.to(at);
        const other = forkWorld(k.world);
        for (let i = 0; i < 400; i++) step(other, [], other.nowUs + 3_000_000);
      }
      return historyHash(k.to(20_000).world);
    };
    expect(run([450, 3520, 6005, 6510, 6515, 6521, 6530, 9003, 9520, 9530])).toBe(run([]));
  });
});

describe('other assignors', () => {
  test('sticky (eager): everything is given back, and its user data brings it home', () => {
    const sticky = { config: strategy('sticky') };
    const k = groupCluster([member('a', 500, sticky), member('b', 600, sticky), member('c', 12_000, sticky)], {
      partitions: 6,
    });
    settle(k, 'a', 'b');
    const before = { a: owned(k, 'a'), b: owned(k, 'b') };
    expect(before.a).toHaveLength(3);
    k.until(() => owned(k, 'c').length === 2, 60_000);
    for (const id of ['a', 'b'] as const) {
      expect(owned(k, id)).toHaveLength(2);
      expect(before[id]).toEqual(expect.arrayContaining([...owned(k, id)]));
      expect(callbacks(k, id).filter((text) => text.startsWith('revoked'))).toHaveLength(1);
    }
    const [, , rejoin] = calls<JoinGroupRequest>(k, 'a', Api.JOIN);
    expect(rejoin!.body.protocols[0]!.metadata.ownedPartitions).toEqual([]);
    // One topic, "t", three partitions, then the generation.
    const { userData } = rejoin!.body.protocols[0]!.metadata;
    expect(userData).toMatch(/^0000000100017400000003/);
    expect(userData?.slice(-8)).toBe('00000001');
  });

  test('a member with several assignors follows the highest protocol that all of them know', () => {
    const cooperative = (...names: Parameters<typeof strategy>): boolean =>
      consumerOf(groupCluster([member('a', 0, { config: strategy(...names) })]).to(1), 'a').group!.cooperative;
    expect(cooperative('cooperative')).toBe(true);
    expect(cooperative('range', 'cooperative')).toBe(false);
    expect(cooperative('cooperative', 'range')).toBe(false);
    expect(cooperative('sticky')).toBe(false);
  });

  test('an assignor that is not one of Kafka’s does not run, and says so', () => {
    const config = { 'partition.assignment.strategy': 'com.example.Mine' };
    const k = groupCluster([member('a', 500, { config })]).to(2000);
    expect(consumerOf(k, 'a').idle).toBe(true);
  });

  test('rule 108: rolling from range over [cooperative-sticky, range] to cooperative-sticky, restart by restart', () => {
    const ids = ['a', 'b', 'c'];
    const k = groupCluster(
      ids.map((id, i) => member(id, 500 + i, { config: strategy('range') })),
      { partitions: 6 },
    );
    settle(k, ...ids);
    const protocol = (): (string | null)[] => [...new Set(ids.map((id) => membershipOf(k, id).protocolName))];
    const roll = (...names: Parameters<typeof strategy>): void => {
      for (const id of ids) {
        const value = Object.values(strategy(...names))[0]!;
        k.do({ do: 'config.set', scope: 'consumer', entity: id, key: 'partition.assignment.strategy', value });
        k.for(200);
        settle(k, ...ids);
        expect(ids.flatMap((each) => [...owned(k, each)]).sort()).toEqual([0, 1, 2, 3, 4, 5].map((n) => `t-${n}`));
      }
    };
    expect(protocol()).toEqual(['range']);
    roll('cooperative', 'range');
    expect(protocol()).toEqual(['cooperative-sticky']);
    expect(consumerOf(k, 'a').group!.cooperative).toBe(false);
    roll('cooperative');
    expect(protocol()).toEqual(['cooperative-sticky']);
    expect(ids.every((id) => consumerOf(k, id).group!.cooperative)).toBe(true);
    expect(k.world.requestErrors.get(23) ?? 0).toBe(0);
    expect(groupTotals(k.world, 'g').errors).toEqual([]);
  });

  test('straight from range to cooperative-sticky is refused while others only know range: INCONSISTENT_GROUP_PROTOCOL', () => {
    const k = settle(
      groupCluster([member('a', 500, { config: strategy('range') }), member('b', 501, { config: strategy('range') })]),
      'a',
      'b',
    );
    const value = Object.values(strategy('cooperative'))[0]!;
    k.do({ do: 'config.set', scope: 'consumer', entity: 'b', key: 'partition.assignment.strategy', value });
    k.for(5000);
    expect(groupTotals(k.world, 'g').errors).toEqual([['InconsistentGroupProtocolException', 1]]);
    expect(owned(k, 'a')).toHaveLength(4);
  });
});
