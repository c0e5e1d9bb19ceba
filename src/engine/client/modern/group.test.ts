/** Several members of one group with group.protocol=consumer, and the brokers' own coordinator. */
import { describe, expect, test } from 'vitest';
import type { OffsetCommitResponse } from '../../../kafka/api/messages-group.ts';
import type { ScenarioConsumer } from '../../../protocol/scenario.ts';
import type { NodeState } from '../../kernel/world.ts';
import { groupTotals } from '../../ledger/group-facts.ts';
import { type ClusterOptions, TestCluster } from '../../test-cluster.ts';
import type { AsyncConsumer } from './state.ts';

function member(id: string, joinMs: number, rest: Partial<ScenarioConsumer> = {}): ScenarioConsumer {
  const config = { 'group.id': 'g', 'group.protocol': 'consumer', 'auto.offset.reset': 'earliest', ...rest.config };
  const source = rest.subscribePattern === undefined ? { subscribe: ['t'] } : {};
  return { id, joinMs, ...source, ...rest, config };
}

function cluster(consumers: ScenarioConsumer[], options: ClusterOptions = {}): TestCluster {
  const config = { 'group.consumer.heartbeat.interval.ms': '3000', 'group.consumer.min.heartbeat.interval.ms': '3000' };
  return new TestCluster({
    partitions: 6,
    producer: {},
    consumers,
    ...options,
    config: { ...config, ...options.config },
  });
}

const of = (k: TestCluster, id: string) => k.world.consumers.find((c) => c.id === id) as AsyncConsumer;
const ms = (k: TestCluster, id: string) => of(k, id).membership;
const isUp = (k: TestCluster, id: string) => (k.world.nodes[of(k, id).node] as NodeState).process === 'up';
const owned = (k: TestCluster, ...ids: string[]) => ids.map((id) => ms(k, id).owned.length);
/** Everybody is stable at one epoch, and all six partitions are shared out evenly. */
const settled = (k: TestCluster, ...ids: string[]) =>
  k.until(() => {
    const epoch = ms(k, ids[0] as string).generation;
    const sizes = owned(k, ...ids);
    return (
      ids.every((id) => ms(k, id).state === 'stable' && ms(k, id).generation === epoch) &&
      sizes.reduce((sum, n) => sum + n, 0) === 6 &&
      Math.max(...sizes) - Math.min(...sizes) <= 1
    );
  });
const everything = (k: TestCluster, ...ids: string[]) => ids.flatMap((id) => ms(k, id).owned).sort();
const ALL = ['t-0', 't-1', 't-2', 't-3', 't-4', 't-5'];

describe('members come and go', () => {
  test('the first assignment is at epoch 2; who joins is given what the others have given back; who leaves is missed at once', () => {
    const k = cluster([member('c1', 1000), member('c2', 8000), member('c3', 17_000)]);
    settled(k, 'c1');
    expect(ms(k, 'c1')).toMatchObject({ generation: 2, owned: ALL });
    k.to(8300);
    expect(ms(k, 'c2')).toMatchObject({ generation: 3, owned: [], state: 'stable' });
    settled(k, 'c1', 'c2');
    expect(owned(k, 'c1', 'c2')).toEqual([3, 3]);
    expect(k.nowMs - 8000).toBeGreaterThan(600);
    expect(k.nowMs - 8000).toBeLessThan(6500);
    k.to(17_300);
    settled(k, 'c1', 'c2', 'c3');
    expect(owned(k, 'c1', 'c2', 'c3')).toEqual([2, 2, 2]);
    expect(ms(k, 'c3').generation).toBe(4);
    k.to(26_000).do({ do: 'consumer.leave', consumer: 'c1' });
    settled(k, 'c2', 'c3');
    expect(owned(k, 'c2', 'c3')).toEqual([3, 3]);
    expect(ms(k, 'c2').generation).toBe(5);
    expect(k.nowMs - 26_000).toBeLessThan(3500);
    expect(everything(k, 'c2', 'c3')).toEqual(ALL);
  });

  test('rule 107: a slow application holds up what it has to give back, and nobody else', () => {
    const k = cluster([
      member('c1', 1000, { processMs: 2500, config: { 'max.poll.records': '1' } }),
      member('c2', 12_000),
    ]);
    for (let p = 0; p < 6; p++) k.send(40, p);
    k.to(12_500);
    expect(ms(k, 'c2')).toMatchObject({ state: 'stable', owned: [] });
    settled(k, 'c1', 'c2');
    // Three polls of 2.5 s each: commit, onPartitionsRevoked, onPartitionsAssigned.
    expect(k.nowMs - 12_000).toBeGreaterThan(7500);
    expect(groupTotals(k.world, 'g').reprocessed).toBe(0);
  });

  test('rule 104: a member that stays away from poll() leaves by itself; what it did after that is done again by another', () => {
    const k = cluster([
      member('c1', 1000, { processMs: 400, config: { 'max.poll.interval.ms': '5000', 'max.poll.records': '30' } }),
      member('c2', 8000),
    ]);
    for (let p = 0; p < 6; p++) k.send(30, p);
    k.until(() => ms(k, 'c1').state === 'stale', 20_000);
    k.until(() => ms(k, 'c2').owned.length === 6, 10_000);
    k.until(() => ms(k, 'c1').state === 'stable', 20_000);
    k.for(20_000);
    expect(groupTotals(k.world, 'g').reprocessed).toBeGreaterThan(0);
    expect(groupTotals(k.world, 'g').skipped).toBe(0);
  });

  test('a crashed member is missed after its session', () => {
    const config = { 'group.consumer.session.timeout.ms': '6000', 'group.consumer.min.session.timeout.ms': '6000' };
    const k = cluster([member('c1', 1000), member('c2', 3000)], { config });
    settled(k, 'c1', 'c2').for(1000);
    const fromMs = k.nowMs;
    k.do({ do: 'consumer.crash', consumer: 'c1' }).until(() => ms(k, 'c2').owned.length === 6);
    expect(k.nowMs - fromMs).toBeGreaterThan(2900);
    expect(k.nowMs - fromMs).toBeLessThan(6000 + 3000 + 500);
  });
});

describe('static members', () => {
  const statics = () => [
    member('c1', 1000, { config: { 'group.instance.id': 's1' } }),
    member('c2', 2000, { config: { 'group.instance.id': 's2' } }),
    member('dup', 60_000, { config: { 'group.instance.id': 's2' } }),
  ];

  test('rule 106: a static member that comes back gets what it had, at the same epoch, and nobody else notices', () => {
    const k = settled(cluster(statics()), 'c1', 'c2').for(2000);
    const before = { c1: ms(k, 'c1').owned, c2: ms(k, 'c2').owned, epoch: ms(k, 'c1').generation };
    const id = ms(k, 'c2').memberId;
    k.do({ do: 'consumer.leave', consumer: 'c2' }).until(() => !isUp(k, 'c2'));
    k.for(2000);
    expect(ms(k, 'c1').owned).toEqual(before.c1);
    k.do({ do: 'consumer.join', consumer: 'c2' }).for(500);
    expect(ms(k, 'c2')).toMatchObject({ owned: before.c2, generation: before.epoch, state: 'stable' });
    expect(ms(k, 'c2').memberId).not.toBe(id);
    expect(ms(k, 'c1')).toMatchObject({ owned: before.c1, generation: before.epoch });
  });

  test('rule 106: a second process with the same instance id is refused; the first one reads on', () => {
    const k = settled(cluster(statics()), 'c1', 'c2').to(62_000);
    expect(Object.fromEntries(groupTotals(k.world, 'g').errors)).toEqual({ UnreleasedInstanceIdException: 1 });
    expect(isUp(k, 'dup')).toBe(false);
    expect(ms(k, 'c2')).toMatchObject({ state: 'stable', owned: { length: 3 } });
  });
});

describe('what is subscribed', () => {
  test('partitions that are added are assigned', () => {
    const k = settled(cluster([member('c1', 1000), member('c2', 2000)]), 'c1', 'c2');
    k.do({ do: 'topic.addPartitions', topic: 't', total: 8 }).for(8000);
    expect(everything(k, 'c1', 'c2')).toEqual([...ALL, 't-6', 't-7']);
  });

  test('a pattern is resolved by the coordinator: first nothing, at epoch 2 what matches; a topic that is deleted goes', () => {
    const topics = ['one', 'two', 'other'].map((name) => ({ name, partitions: 2, replicationFactor: 3 }));
    const config = { 'group.consumer.regex.refresh.interval.ms': '10000' };
    const k = cluster([member('r', 1000, { subscribePattern: '(one|two).*' })], { topics, config });
    k.until(() => ms(k, 'r').owned.length === 4, 10_000);
    expect(ms(k, 'r')).toMatchObject({ generation: 2, subscribed: ['one', 'two'] });
    k.do({ do: 'topic.delete', topic: 'one' }).until(() => ms(k, 'r').owned.length === 2, 30_000);
    expect(ms(k, 'r')).toMatchObject({ subscribed: ['two'], owned: ['two-0', 'two-1'] });
    expect(of(k, 'r').lastError).toBeNull();
  });

  test('a new subscription of one member moves partitions between topics', () => {
    const topics = ['t', 'u'].map((name) => ({ name, partitions: 2, replicationFactor: 3 }));
    const k = cluster([member('c1', 1000), member('c2', 1500, { subscribe: ['t', 'u'] })], { topics });
    k.until(() => everything(k, 'c1', 'c2').length === 4, 20_000);
    k.do({ do: 'consumer.subscribe', consumer: 'c1', topics: ['u'], pattern: null }).for(15_000);
    expect(everything(k, 'c1', 'c2')).toEqual(['t-0', 't-1', 'u-0', 'u-1']);
    expect(ms(k, 'c2').owned).toEqual(expect.arrayContaining(['t-0', 't-1']));
    expect(ms(k, 'c1').owned.every((name) => name.startsWith('u-'))).toBe(true);
  });
});

describe('commits', () => {
  test('CommitFailedException: a member that was thrown out processes on, and another does the same records again', () => {
    const config = { 'group.consumer.session.timeout.ms': '6000', 'group.consumer.min.session.timeout.ms': '6000' };
    const k = cluster(
      [member('c1', 1000, { processMs: 400, commit: 'sync', config: { 'max.poll.records': '5' } }), member('c2', 3000)],
      { config },
    );
    for (let p = 0; p < 6; p++) k.send(10, p);
    k.until(() => of(k, 'c1').work.length > 0);
    // Cut off from all brokers for longer than its session.
    k.cut(['c1'], [1, 2, 3]).for(9000).heal();
    k.for(60_000);
    const { errors, reprocessed, skipped } = groupTotals(k.world, 'g');
    expect(errors.map(([name]) => name)).toContain('CommitFailedException');
    expect(reprocessed).toBeGreaterThan(0);
    expect(skipped).toBe(0);
  });

  test('rule 72: a commit with an older epoch is accepted for what is still its own', () => {
    const k = cluster([
      member('c1', 1000, { processMs: 100, commit: 'sync', config: { 'max.poll.records': '40' } }),
      member('c2', 6000),
    ]);
    for (let p = 0; p < 6; p++) k.send(60, p);
    k.to(40_000);
    const codes = k.traffic
      .filter(({ message: m }) => m.apiKey === 8 && !m.toServer)
      .flatMap(({ message: m }) => (m.body as OffsetCommitResponse).errors);
    expect(codes.filter((code) => code !== 0)).toEqual([]);
    expect(groupTotals(k.world, 'g')).toMatchObject({ reprocessed: 0, skipped: 0, errors: [] });
  });
});

describe('online migration', () => {
  const producers = [{ id: 'p', workload: { topic: 't', ratePerSecond: 40, count: 1500 } }];
  const ids = ['c1', 'c2', 'c3'];
  const set = (k: TestCluster, id: string, key: string, value: string) =>
    k.do({ do: 'config.set', scope: 'consumer', entity: id, key, value });
  const groupOf = (k: TestCluster) => k.world.consumers.map((c) => (c.async === null ? 'classic' : 'consumer'));

  test('classic members are restarted one by one as members of the new protocol: nothing is missed, nothing read by two', () => {
    const k = cluster(
      ids.map((id, i) => member(id, 1000 + 200 * i, { config: { 'group.protocol': 'classic' } })),
      { producers },
    );
    k.until(() => ids.every((id) => ms(k, id).owned.length === 2)).for(5000);
    for (const id of ids) {
      set(k, id, 'group.protocol', 'consumer').for(12_000);
      expect(everything(k, ...ids)).toEqual(ALL);
    }
    expect(groupOf(k)).toEqual(['consumer', 'consumer', 'consumer']);
    expect(ids.map((id) => ms(k, id).state)).toEqual(['stable', 'stable', 'stable']);
    k.for(10_000);
    expect(groupTotals(k.world, 'g')).toMatchObject({ skipped: 0, reprocessed: 0, processed: 1500 });
  });

  test('and back again', () => {
    const k = cluster(
      ids.map((id, i) => member(id, 1000 + 200 * i)),
      { producers },
    );
    settled(k, ...ids).for(2000);
    for (const id of ids) {
      set(k, id, 'group.protocol', 'classic').for(12_000);
      expect(everything(k, ...ids)).toEqual(ALL);
    }
    expect(groupOf(k)).toEqual(['classic', 'classic', 'classic']);
    k.for(10_000);
    expect(groupTotals(k.world, 'g')).toMatchObject({ skipped: 0, processed: 1500 });
  });
});

describe('the coordinator moves', () => {
  const config = { 'offsets.topic.num.partitions': '1', 'offsets.topic.replication.factor': '3' };

  test('killed in the middle of a hand-over: epochs go on, and everything is read in the end', () => {
    const k = cluster([member('c1', 1000), member('c2', 6000)], { config });
    k.until(() => of(k, 'c1').async?.reconciliation !== null && k.nowMs > 6000, 20_000);
    const before = ms(k, 'c1').generation;
    k.kill(ms(k, 'c1').coordinator);
    settled(k, 'c1', 'c2');
    expect(ms(k, 'c1').generation).toBeGreaterThanOrEqual(before);
    expect(everything(k, 'c1', 'c2')).toEqual(ALL);
  });

  test('while it cannot be reached, members read on', () => {
    const k = settled(cluster([member('c1', 1000)], { config }), 'c1').for(1000);
    const { coordinator } = ms(k, 'c1');
    expect(k.partition(0).leader).not.toBe(coordinator);
    k.cut(['c1'], [coordinator]).for(8000).send(5).for(2000);
    expect(of(k, 'c1').async.heartbeatInFlight).toBe(true);
    expect(of(k, 'c1').delivered).toBe(5);
    expect(ms(k, 'c1')).toMatchObject({ state: 'stable', owned: ALL });
  });
});
