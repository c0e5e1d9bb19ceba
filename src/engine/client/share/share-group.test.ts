/** A share group end to end over real requests: leaders, share coordinators, the group's coordinator and members come and go. */
import { describe, expect, it } from 'vitest';
import type { ConfigObject, ScenarioConsumer } from '../../../protocol/scenario.ts';
import { forkWorld } from '../../kernel/fork.ts';
import { historyHash } from '../../kernel/hash.ts';
import { advance } from '../../kernel/run.ts';
import type { World } from '../../kernel/world.ts';
import { shareProjection } from '../../projection/share-hooks.ts';
import { coordinatorKey, SHARE_STATE_TOPIC, shareCoordinatorOf, statePartition } from '../../share/keys.ts';
import type { ShareObserved } from '../../share/observed-state.ts';
import { TestCluster } from '../../test-cluster.ts';

interface Options {
  readonly consumers?: Partial<ScenarioConsumer>[];
  readonly config?: ConfigObject;
  readonly count?: number;
  readonly partitions?: number;
}

function cluster({ consumers = [{}, {}], config = {}, count = 40, partitions = 1 }: Options = {}): TestCluster {
  const k = new TestCluster({
    partitions,
    consumers: consumers.map((c, i) => ({
      id: `s${i + 1}`,
      joinMs: 500 + 50 * i,
      subscribe: ['t'],
      share: true,
      ...c,
      config: { 'group.id': 'g', 'max.poll.records': '5', 'share.acquire.mode': 'record_limit', ...c.config },
    })),
    producers: [{ id: 'p', workload: { topic: 't', count, ratePerSecond: 1000, startMs: 200 } }],
    config: {
      'offsets.topic.num.partitions': '3',
      'share.coordinator.state.topic.num.partitions': '3',
      'group.share.record.lock.duration.ms': '15000',
      ...config,
    },
  });
  k.do({ do: 'config.set', scope: 'group', entity: 'g', key: 'share.auto.offset.reset', value: 'earliest' });
  return k;
}

function observed(w: World, partition = 't-0'): ShareObserved {
  const dense = w.partitionByName.get(partition);
  return w.share[5].find((o) => o.partition === dense) as ShareObserved;
}

const result = (k: TestCluster) => shareProjection.result(k.world, 'g');
const part = (k: TestCluster) => result(k).share?.['t-0'];
const leader = (k: TestCluster): number =>
  k.world.controller.image.partitions[k.world.partitionByName.get('t-0') as number]?.leader ?? -1;

function coordinatorKeyOf(k: TestCluster): string {
  const { topicId } = k.world.controller.image.topics.get('t') as { topicId: number };
  return coordinatorKey('g', { topicId, index: 0 });
}

describe('a share group', () => {
  it('gives one partition to several members and accepts implicitly with the next poll', () => {
    const k = cluster({ consumers: [{ processMs: 10 }, { processMs: 10 }] });
    k.for(12_000);
    expect(result(k)).toMatchObject({ protocol: 'share', state: 'Stable', members: { s1: ['t-0'], s2: ['t-0'] } });
    expect(part(k)).toMatchObject({ accepted: 40, acceptedTwice: 0, startOffset: 40, deliveries: {} });
    const readers = new Set(observed(k.world).recent.map((r) => r.consumer));
    expect(readers.size).toBe(2);
    expect(observed(k.world).problem).toBeNull();
  });

  it('throws IllegalStateException out of poll() where a record is not acknowledged (explicit)', () => {
    const k = cluster({ consumers: [{ commit: 'none' }] });
    k.for(12_000);
    expect(result(k).errors).toEqual({ IllegalStateException: 1 });
    // It has closed: its records were released at once, with their delivery counted.
    expect(part(k)).toMatchObject({ accepted: 0, startOffset: 0, lockTimeouts: 0 });
  });

  it('rule 111: a crash ends the session, and others get what was acquired, count 2, without waiting for the lock', () => {
    const k = cluster({ consumers: [{ processMs: 2_000, commit: 'sync' }, { joinMs: 20_000 }], count: 5 });
    k.until(() => (part(k)?.acquired ?? 0) === 5);
    k.for(500);
    k.do({ do: 'consumer.crash', consumer: 's1' });
    k.for(1_000);
    expect(part(k)?.lockTimeouts).toBe(0);
    k.for(25_000);
    expect(part(k)).toMatchObject({ accepted: 5, deliveries: { '0': 2, '1': 2, '2': 2, '3': 2, '4': 2 } });
  });

  it('rule 111: a slow member loses its records when the lock ends; its late word is refused or changes nothing', () => {
    const slow: Partial<ScenarioConsumer> = { processMs: 4_000, commit: 'sync' };
    const k = cluster({ consumers: [slow, { joinMs: 9_000 }], count: 5 });
    k.for(50_000);
    expect(part(k)).toMatchObject({ lockTimeouts: 5, accepted: 5, acceptedTwice: 0, startOffset: 5 });
    expect(part(k)?.late).toBe(5);
  });

  it('goes on where it was when the leader of its partition dies: what was written is not delivered again', () => {
    const k = cluster({
      consumers: [
        { processMs: 100, commit: 'sync' },
        { processMs: 100, commit: 'sync' },
      ],
    });
    k.until(() => (part(k)?.accepted ?? 0) >= 15);
    const before = observed(k.world).terminal;
    k.kill(leader(k));
    k.for(40_000);
    expect(part(k)).toMatchObject({ startOffset: 40, acceptedTwice: 0 });
    expect(observed(k.world).problem).toBeNull();
    expect(before[0]?.[0]).toBe(0);
  });

  it('goes on when the share coordinator dies: the next one reads the states back', () => {
    const k = cluster({
      consumers: [
        { processMs: 100, commit: 'sync' },
        { processMs: 100, commit: 'sync' },
      ],
    });
    k.until(() => (part(k)?.accepted ?? 0) >= 15);
    const broker = shareCoordinatorOf(k.world.controller.image, coordinatorKeyOf(k));
    k.kill(broker);
    k.for(40_000);
    expect(part(k)).toMatchObject({ startOffset: 40, acceptedTwice: 0 });
    const { image } = k.world.controller;
    const next = shareCoordinatorOf(image, coordinatorKeyOf(k));
    expect(next).not.toBe(broker);
    const state = statePartition(image, coordinatorKeyOf(k));
    const shard = k.world.share[2].find((s) => s !== null && s.broker === next && s.partition === state);
    expect([...(shard?.states.values() ?? [])].map((s) => s.startOffset)).toHaveLength(1);
    expect(k.world.partitions[state]?.topic).toBe(SHARE_STATE_TOPIC);
  });

  it('is known to the next group coordinator with its members and epoch', () => {
    const k = cluster();
    k.for(12_000);
    const { coordinator, generation } = result(k);
    k.kill(coordinator);
    k.for(30_000);
    const after = result(k);
    expect(after.coordinator).not.toBe(coordinator);
    expect(after).toMatchObject({ state: 'Stable', generation, members: { s1: ['t-0'], s2: ['t-0'] } });
  });

  it('takes a silent member out when its session ends, and gives its partitions to the others', () => {
    const k = cluster({ partitions: 2, config: { 'group.share.session.timeout.ms': '45000' } });
    k.for(12_000);
    expect(Object.values(result(k).members).flat().sort()).toEqual(['t-0', 't-1']);
    k.do({ do: 'consumer.crash', consumer: 's1' });
    k.for(60_000);
    expect(result(k).members).toEqual({ s2: ['t-0', 't-1'] });
  });

  it('initializes and assigns partitions that are added', () => {
    const k = cluster();
    k.for(12_000);
    k.do({ do: 'topic.addPartitions', topic: 't', total: 3 });
    k.for(20_000);
    const held = new Set(Object.values(result(k).members).flat());
    expect([...held].sort()).toEqual(['t-0', 't-1', 't-2']);
  });

  it('forgets the states of a topic that is deleted', () => {
    const k = cluster({ config: { 'auto.create.topics.enable': 'false' } });
    k.for(12_000);
    k.do({ do: 'topic.delete', topic: 't' });
    k.for(20_000);
    const states = k.world.share[2].flatMap((s) => (s === null ? [] : [...s.states.keys()]));
    expect(states).toEqual([]);
    expect(result(k).members).toEqual({ s1: [], s2: [] });
  });

  it('rule 112: no more than the limit is in flight', () => {
    const slow: Partial<ScenarioConsumer> = {
      processMs: 100_000,
      config: { 'group.id': 'g', 'max.poll.records': '90' },
    };
    const k = cluster({
      consumers: [slow, slow, slow],
      count: 400,
      config: { 'group.share.partition.max.record.locks': '100', 'group.share.min.partition.max.record.locks': '100' },
    });
    k.for(14_000);
    // What stands in one batch of the log with the hundredth may still go out.
    expect(part(k)?.acquired).toBeGreaterThanOrEqual(100);
    expect(part(k)?.acquired).toBeLessThan(120);
  });

  it('plays the same after a fork', () => {
    const k = cluster({ consumers: [{ processMs: 10, commit: 'sync' }, { processMs: 15 }] });
    k.for(6_300);
    const fork = forkWorld(k.world);
    k.for(4_000);
    advance(fork, [], k.world.nowUs);
    expect(historyHash(fork)).toBe(historyHash(k.world));
  });
});
