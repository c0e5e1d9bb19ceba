/** A consumer as a member of a classic group, against real brokers: joining, heartbeats, leaving, losing the coordinator. */
import { describe, expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type {
  HeartbeatRequest,
  JoinGroupRequest,
  JoinGroupResponse,
  LeaveGroupRequest,
  SyncGroupRequest,
} from '../../kafka/api/messages-group.ts';
import type { ScenarioConsumer } from '../../protocol/scenario.ts';
import { forkWorld } from '../kernel/fork.ts';
import { historyHash } from '../kernel/hash.ts';
import { step } from '../kernel/run.ts';
import type { LogLineFact } from '../kernel/world.ts';
import { groupTotals } from '../ledger/group-facts.ts';
import { type ClusterOptions, TestCluster } from '../test-cluster.ts';
import type { ConsumerState } from './consumer-state.ts';

const SESSION = { 'session.timeout.ms': '10000', 'heartbeat.interval.ms': '3000' };

function member(id: string, joinMs: number, rest: Partial<ScenarioConsumer> = {}): ScenarioConsumer {
  const config = { 'group.id': 'g', 'auto.offset.reset': 'earliest', ...SESSION, ...rest.config };
  return { id, joinMs, subscribe: ['t'], ...rest, config };
}

function cluster(consumers: ScenarioConsumer[], options: ClusterOptions = {}): TestCluster {
  return new TestCluster({ partitions: 4, producer: {}, consumers, ...options });
}

const of = (k: TestCluster, id: string): ConsumerState => k.world.consumers.find((c) => c.id === id)!;
const ms = (k: TestCluster, id: string) => of(k, id).membership!;
const stable = (k: TestCluster, ...ids: string[]) =>
  k.until(() =>
    ids.every((id) => ms(k, id).state === 'stable' && ms(k, id).owned.length >= 0 && of(k, id).group!.join === 'none'),
  );

/** Requests of one API (or their answers) that a member sent, oldest first. */
function calls<T>(k: TestCluster, id: string, apiKey: number, toServer = true): { atMs: number; body: T }[] {
  const node = k.world.nodeById.get(id)!;
  return k.traffic
    .filter(({ message: m }) => m.apiKey === apiKey && m.toServer === toServer && (toServer ? m.from : m.to) === node)
    .map(({ message: m }) => ({ atMs: m.sentUs / 1000, body: m.body as T }));
}

function told(k: TestCluster, key: string): LogLineFact[] {
  const lines = Array.from({ length: vectorLength(k.world.lines) }, (_, i) => vectorGet(k.world.lines, i));
  return lines.filter((line) => line.phrase.key === key);
}

const JOIN = 11;
const HEARTBEAT = 12;
const LEAVE = 13;
const SYNC = 14;
const FIND = 10;
const COMMIT = 8;

describe('joining', () => {
  test('rule 61: the first JoinGroup has no member id; with the one that it is given the member asks again', () => {
    const k = stable(cluster([member('a', 500)]), 'a');
    const joins = calls<JoinGroupRequest>(k, 'a', JOIN);
    expect(joins).toHaveLength(2);
    expect(joins[0]!.body.memberId).toBe('');
    const answers = calls<JoinGroupResponse>(k, 'a', JOIN, false);
    expect(answers[0]!.body.errorCode).toBe(79);
    expect(joins[1]!.body.memberId).toBe(answers[0]!.body.memberId);
    expect(joins[1]!.body.reason).toBe(`need to re-join with the given member-id: ${answers[0]!.body.memberId}`);
    expect(ms(k, 'a')).toMatchObject({ memberId: answers[0]!.body.memberId, generation: 1, protocolName: 'range' });
  });

  test('JoinGroup carries the subscription for every assignor, sorted, with session and rebalance time-outs', () => {
    const k = stable(cluster([member('a', 500, { config: { 'max.poll.interval.ms': '77000' } })]), 'a');
    const { body } = calls<JoinGroupRequest>(k, 'a', JOIN)[1]!;
    expect(body).toMatchObject({ sessionTimeoutMs: 10000, rebalanceTimeoutMs: 77000, protocolType: 'consumer' });
    expect(body.protocols.map((p) => p.name)).toEqual(['range', 'cooperative-sticky']);
    expect(body.protocols[0]!.metadata).toEqual({
      version: 3,
      topics: ['t'],
      userData: null,
      ownedPartitions: [],
      generationId: -1,
      rackId: null,
    });
    expect(body.protocols[1]!.metadata.userData).toBe('ffffffff');
  });

  test('rule 62: the first generation waits for the initial delay, and once more for who came meanwhile', () => {
    const alone = stable(cluster([member('a', 500)]), 'a');
    const [, second] = calls<JoinGroupRequest>(alone, 'a', JOIN);
    const [, answer] = calls<JoinGroupResponse>(alone, 'a', JOIN, false);
    expect(answer!.atMs - second!.atMs).toBeGreaterThanOrEqual(3000);
    expect(answer!.atMs - second!.atMs).toBeLessThan(3010);
    const two = stable(cluster([member('a', 500), member('b', 2500)]), 'a', 'b');
    expect(ms(two, 'a').generation).toBe(1);
    expect(calls<JoinGroupResponse>(two, 'a', JOIN, false)[1]!.atMs).toBeGreaterThan(6000);
  });

  test('rule 108: the leader computes by range and sends everybody’s share; the others send none', () => {
    const k = stable(cluster([member('a', 500), member('b', 600)]), 'a', 'b');
    const leader = ms(k, 'a').isLeader ? 'a' : 'b';
    const follower = leader === 'a' ? 'b' : 'a';
    expect(calls<SyncGroupRequest>(k, leader, SYNC)[0]!.body.assignments).toHaveLength(2);
    expect(calls<SyncGroupRequest>(k, follower, SYNC)[0]!.body.assignments).toEqual([]);
    expect([...ms(k, 'a').owned, ...ms(k, 'b').owned].sort()).toEqual(['t-0', 't-1', 't-2', 't-3']);
  });

  test('who gets nothing is told so: onPartitionsAssigned with an empty list', () => {
    const k = cluster([member('a', 500), member('b', 600)], { partitions: 1 });
    stable(k, 'a', 'b');
    expect([ms(k, 'a').owned.length, ms(k, 'b').owned.length].sort()).toEqual([0, 1]);
    expect(told(k, 'log.member.idle')).toHaveLength(1);
  });

  test('FindCoordinator goes to any broker; the group’s own requests to a connection apart from the fetches', () => {
    const k = stable(cluster([member('a', 500)]), 'a');
    expect(calls(k, 'a', FIND).length).toBeGreaterThan(0);
    const channels = k.world.connections.filter((c) => c.client === k.world.nodeById.get('a')).map((c) => c.channel);
    expect(channels.filter((channel) => channel === 7)).toHaveLength(1);
  });

  test('a session time-out below the broker’s minimum is fatal: poll() throws and the application closes', () => {
    const k = cluster([
      member('a', 500, { config: { 'session.timeout.ms': '4000', 'heartbeat.interval.ms': '1000' } }),
    ]);
    k.to(4000);
    expect(groupTotals(k.world, 'g').errors).toEqual([['InvalidSessionTimeoutException', 1]]);
    expect(k.world.nodes[of(k, 'a').node]!.process).toBe('down');
  });
});

describe('rebalances', () => {
  test('rule 65: a heartbeat answered REBALANCE_IN_PROGRESS makes the next poll() rejoin, in the same membership', () => {
    const two = cluster([member('a', 500), member('b', 9000)]);
    two.until(() => ms(two, 'b').owned.length > 0);
    const rejoin = calls<JoinGroupRequest>(two, 'a', JOIN)[2]!;
    expect(rejoin.body.memberId).toBe(ms(two, 'a').memberId);
    expect(rejoin.body.reason).toBe('group is already rebalancing');
    const beat = calls<HeartbeatRequest>(two, 'a', HEARTBEAT)
      .filter((h) => h.atMs < rejoin.atMs)
      .at(-1)!;
    // The heartbeat, then the commit before the rejoin: a round trip each.
    expect(rejoin.atMs - beat.atMs).toBeLessThan(8);
    expect(two.world.requestErrors.get(27)).toBe(1);
  });

  test('rule 74: before a rejoin eager members commit, wait, and give everything back', () => {
    const k = cluster([member('a', 500), member('b', 9000)]);
    k.until(() => ms(k, 'b').owned.length > 0);
    const [revoked] = told(k, 'log.member.revoked');
    expect(revoked!.phrase.params).toMatchObject({ consumer: 'a', count: 4, generation: 1 });
    const commit = calls(k, 'a', COMMIT)
      .filter((c) => c.atMs * 1000 < revoked!.atUs)
      .at(-1)!;
    const rejoin = calls<JoinGroupRequest>(k, 'a', JOIN)[2]!;
    // One round trip before: its answer is waited for.
    expect(revoked!.atUs / 1000 - commit.atMs).toBeGreaterThan(2);
    expect(revoked!.atUs / 1000 - commit.atMs).toBeLessThan(10);
    expect(rejoin.atMs).toBeGreaterThanOrEqual(revoked!.atUs / 1000);
    expect(rejoin.body.protocols[0]!.metadata).toMatchObject({ ownedPartitions: [], generationId: 1 });
  });

  test('the leader watches its topics: more partitions make it rejoin, and they are shared out', () => {
    const k = stable(cluster([member('a', 500, { config: { 'metadata.max.age.ms': '2000' } })]), 'a');
    k.do({ do: 'topic.addPartitions', topic: 't', total: 6 });
    k.until(() => ms(k, 'a').owned.length === 6);
    const joins = calls<JoinGroupRequest>(k, 'a', JOIN);
    expect(joins.at(-1)!.body.reason).toBe('cached metadata has changed');
    expect(ms(k, 'a').generation).toBe(2);
  });

  test('a pattern subscribes to what it matches as a whole, and to topics that come later; internal ones are left out', () => {
    const topics = [{ name: 'orders-eu' }, { name: 'orders-us' }, { name: 'my-orders-eu' }];
    const a: ScenarioConsumer = {
      id: 'a',
      joinMs: 500,
      subscribePattern: 'orders-.*|__.*',
      config: { 'group.id': 'g', 'metadata.max.age.ms': '2000' },
    };
    const k = stable(cluster([a], { topics }), 'a');
    expect(ms(k, 'a').subscribed).toEqual(['orders-eu', 'orders-us']);
    k.do({
      do: 'topic.create',
      name: 'orders-asia',
      partitions: 1,
      replicationFactor: 3,
      assignment: null,
      config: [],
    } as never);
    k.until(() => ms(k, 'a').owned.includes('orders-asia-0'));
    expect(ms(k, 'a').owned).toEqual(['orders-asia-0', 'orders-eu-0', 'orders-us-0']);
  });

  test('each member may read its own topics: the leader asks for metadata of all before it assigns', () => {
    const topics = [{ name: 'x' }, { name: 'y' }];
    const k = cluster([member('a', 500, { subscribe: ['x'] }), member('b', 600, { subscribe: ['y'] })], { topics });
    stable(k, 'a', 'b');
    expect([ms(k, 'a').owned, ms(k, 'b').owned]).toEqual([['x-0'], ['y-0']]);
  });
});

describe('rule 107: the heartbeat thread', () => {
  test('sends every heartbeat.interval.ms though the application is held', () => {
    const k = stable(cluster([member('a', 500)]), 'a');
    k.do({ do: 'consumer.pause', consumer: 'a', ms: 60_000 });
    const fromMs = k.nowMs;
    k.for(31_000);
    const beats = calls<HeartbeatRequest>(k, 'a', HEARTBEAT).filter((h) => h.atMs > fromMs);
    expect(beats).toHaveLength(10);
    expect(ms(k, 'a')).toMatchObject({ state: 'stable', generation: 1 });
  });

  test('leaves the group when poll() stays away for max.poll.interval.ms; rule 76: back in poll() its partitions are lost', () => {
    const k = cluster([
      member('a', 500, { config: { 'max.poll.interval.ms': '8000' } }),
      member('b', 700, { config: { 'max.poll.interval.ms': '8000' } }),
    ]);
    stable(k, 'a', 'b');
    k.do({ do: 'consumer.pause', consumer: 'a', ms: 20_000 });
    const heldMs = k.nowMs;
    k.until(() => ms(k, 'b').owned.length === 4);
    const [leave] = calls<LeaveGroupRequest>(k, 'a', LEAVE);
    expect(leave!.atMs - heldMs).toBe(8000);
    expect(leave!.body.members[0]!.reason).toBe('consumer poll timeout has expired.');
    // It does not know yet that it has nothing any more.
    expect(ms(k, 'a')).toMatchObject({ state: 'left', memberId: '', generation: -1 });
    expect(ms(k, 'a').owned).toHaveLength(2);
    k.until(() => told(k, 'log.member.lost').length > 0);
    expect(k.nowMs - heldMs).toBe(20_000);
    stable(k, 'a', 'b');
    expect([ms(k, 'a').owned.length, ms(k, 'b').owned.length]).toEqual([2, 2]);
  });

  test('an application that polls all the time never runs into it, be it without a single partition', () => {
    const quiet = { commit: 'none' as const, config: { 'max.poll.interval.ms': '2000' } };
    const k = cluster([member('a', 500, quiet), member('b', 600, quiet)], { partitions: 1 });
    stable(k, 'a', 'b').for(30_000);
    for (const id of ['a', 'b']) {
      expect(calls(k, id, LEAVE)).toEqual([]);
      expect(ms(k, id)).toMatchObject({ state: 'stable', generation: 1 });
    }
  });

  test('rule 76: a member that the coordinator has forgotten has lost its partitions and joins as a new one', () => {
    const k = stable(cluster([member('a', 500), member('b', 600)]), 'a', 'b');
    const before = ms(k, 'a').memberId;
    // Nothing of a's reaches anybody for longer than its session.
    k.cut(['a'], [1, 2, 3]);
    k.until(() => ms(k, 'b').owned.length === 4);
    k.heal();
    k.until(() => ms(k, 'a').state === 'stable' && ms(k, 'a').memberId !== before);
    expect(told(k, 'log.member.lost').map((l) => l.phrase.params.consumer)).toEqual(['a']);
  });
});

describe('leaving', () => {
  test('close(): a last commit, the partitions given back, LeaveGroup; the others need not wait for a session', () => {
    const k = stable(cluster([member('a', 500), member('b', 600)]), 'a', 'b');
    k.for(500).do({ do: 'consumer.leave', consumer: 'a' });
    const leftMs = k.nowMs;
    k.until(() => k.world.nodes[of(k, 'a').node]!.process === 'down');
    const leave = calls<LeaveGroupRequest>(k, 'a', LEAVE);
    expect(leave.map((l) => l.body.members[0]!.reason)).toEqual(['the consumer is being closed']);
    const commit = calls(k, 'a', COMMIT).at(-1)!;
    expect(commit.atMs).toBeGreaterThanOrEqual(leftMs);
    expect(commit.atMs).toBeLessThan(leave[0]!.atMs);
    k.until(() => ms(k, 'b').owned.length === 4);
    expect(k.nowMs - leftMs).toBeLessThan(3100);
  });

  test('close() waits for the records in its hands; a crash does not, and says nothing', () => {
    const slow = { processMs: 100, config: { 'enable.auto.commit': 'false' }, commit: 'sync' as const };
    const k = stable(cluster([member('a', 500, slow), member('b', 600, slow)]), 'a', 'b');
    k.do({
      do: 'producer.send',
      producer: 'p',
      topic: 't',
      partition: 0,
      key: null,
      value: 'v',
      headers: [],
      count: 10,
    } as never);
    const reader = (): string => (ms(k, 'a').owned.includes('t-0') ? 'a' : 'b');
    const id = reader();
    k.until(() => of(k, id).delivered === 3);
    k.do({ do: 'consumer.leave', consumer: id });
    k.until(() => k.world.nodes[of(k, id).node]!.process === 'down');
    expect(of(k, id).delivered).toBe(10);
    expect(groupTotals(k.world, 'g')).toMatchObject({ processed: 10, skipped: 0, reprocessed: 0 });
    const other = id === 'a' ? 'b' : 'a';
    k.do({ do: 'consumer.crash', consumer: other }).for(100);
    expect(calls(k, other, LEAVE)).toEqual([]);
  });

  test('rule 77: a static member closes without LeaveGroup and gets its partitions back without a rebalance', () => {
    const k = cluster([
      member('a', 500, { config: { 'group.instance.id': 'i1' } }),
      member('b', 600, { config: { 'group.instance.id': 'i2' } }),
    ]);
    stable(k, 'a', 'b');
    const { owned, memberId } = ms(k, 'b');
    k.do({ do: 'consumer.leave', consumer: 'b' }).for(2000);
    expect(calls(k, 'b', LEAVE)).toEqual([]);
    k.do({ do: 'consumer.join', consumer: 'b' });
    stable(k, 'b');
    expect(ms(k, 'b')).toMatchObject({ owned, generation: 1 });
    expect(ms(k, 'b').memberId).not.toBe(memberId);
  });

  test('a second process with the instance id of the first: the old one gets FencedInstanceIdException', () => {
    const config = { 'group.instance.id': 'i1' };
    const k = cluster([member('a', 500, { config }), member('b', 9000, { config })]);
    k.until(() => ms(k, 'b').owned.length > 0);
    k.until(() => k.world.nodes[of(k, 'a').node]!.process === 'down');
    expect(groupTotals(k.world, 'g').errors).toEqual([['FencedInstanceIdException', 1]]);
    expect(ms(k, 'b').owned).toHaveLength(4);
  });

  test('consumer.join while it closes starts the next process when the first is gone', () => {
    const k = stable(cluster([member('a', 500)]), 'a');
    k.do({ do: 'consumer.leave', consumer: 'a' }).do({ do: 'consumer.join', consumer: 'a' });
    expect(k.world.refusals).toEqual([]);
    k.for(1);
    k.until(() => ms(k, 'a').owned.length === 4);
    expect(k.world.nodes[of(k, 'a').node]!.incarnation).toBe(3);
  });
});

describe('the coordinator', () => {
  test('its broker dies: members find the next one and go on in the same generation', () => {
    const k = stable(cluster([member('a', 500), member('b', 600)]), 'a', 'b');
    const before = ms(k, 'a').coordinator;
    k.for(1000).kill(before);
    k.until(() => ['a', 'b'].every((id) => ms(k, id).coordinator >= 0 && ms(k, id).coordinator !== before));
    k.for(20_000);
    for (const id of ['a', 'b']) expect(ms(k, id)).toMatchObject({ state: 'stable', generation: 1 });
    expect(told(k, 'log.member.revoked')).toEqual([]);
    // However often it was looked for in vain, it is told once.
    expect(told(k, 'log.member.lost-coordinator')).toHaveLength(2);
  });

  test('it stops (SIGSTOP): after session.timeout.ms without an answer the member looks for it again', () => {
    const k = stable(cluster([member('a', 500)]), 'a');
    k.for(500);
    const { coordinator, sessionResetUs } = ms(k, 'a');
    k.pause(coordinator);
    k.until(() => ms(k, 'a').coordinator !== coordinator);
    expect(k.nowMs).toBeGreaterThanOrEqual((sessionResetUs + 10_000_000) / 1000);
    expect(k.nowMs).toBeLessThan((sessionResetUs + 13_100_000) / 1000);
    expect(told(k, 'log.member.lost-coordinator')[0]!.phrase.params.why).toContain('session timed out');
  });
});

test('a checkpoint at any moment of a rebalance goes on to the same history', () => {
  const make = (): TestCluster =>
    cluster([
      member('a', 500, { processMs: 3, commit: 'sync' }),
      member('b', 6000),
      member('c', 9000, { processMs: 40 }),
    ]);
  const plain = make();
  const run = (k: TestCluster, forkAtMs: readonly number[]): string => {
    for (const ms of [400, 2000, 7000, 9100, 12_000]) {
      for (const at of forkAtMs.filter((f) => f < ms && f > k.nowMs)) {
        k.to(at);
        // The copy goes another way for a while; what they share must not show it.
        const other = forkWorld(k.world);
        for (let i = 0; i < 400; i++) step(other, [], other.nowUs + 3_000_000);
      }
      k.to(ms).send(7, 1);
      if (ms === 9100) k.do({ do: 'consumer.leave', consumer: 'a' });
    }
    const { groups } = k.to(20_000).world.ledger;
    return JSON.stringify([historyHash(k.world), groups.length, groupTotals(k.world, 'g')]);
  };
  const forks = [450, 3520, 3530, 4000, 6005, 6515, 6521, 6524, 8000, 9003, 9050, 9560, 11_000];
  expect(run(make(), forks)).toBe(run(plain, []));
});
