/** Each rule of share groups is seen to fail on a planted fault. */
import { describe, expect, test } from 'vitest';
import { ownShareObserved, ownSharePartition } from '../share/tables.ts';
import { TestCluster } from '../test-cluster.ts';
import { checkInvariants } from './index.ts';

function cluster(): TestCluster {
  const k = new TestCluster({
    consumers: [{ id: 's1', subscribe: ['t'], share: true, processMs: 60_000, config: { 'group.id': 'g' } }],
    producers: [{ id: 'p', workload: { topic: 't', count: 5 } }],
  });
  k.do({ do: 'config.set', scope: 'group', entity: 'g', key: 'share.auto.offset.reset', value: 'earliest' });
  return k.for(9_000);
}

const broken = (k: TestCluster): string[] => checkInvariants(k.world).flatMap((i) => (i.holds ? [] : [i.name]));

describe('share groups', () => {
  test('hold while nothing is planted', () => {
    expect(broken(cluster())).toEqual([]);
  });

  test('share-acquired-once', () => {
    const k = cluster();
    const place = k.world.share[1].findIndex((p) => p !== null);
    const { data } = ownSharePartition(k.world, place);
    const batch = data.batches[0];
    if (batch?.whole === undefined || batch.whole === null) throw new Error('nothing is acquired');
    batch.whole = { ...batch.whole, member: '' };
    expect(broken(k)).toEqual(['share-acquired-once']);
  });

  test('share-records-end', () => {
    const k = cluster();
    ownShareObserved(k.world, 'g', k.world.partitionByName.get('t-0') as number).problem = '3-3 was delivered again';
    expect(broken(k)).toEqual(['share-records-end']);
  });

  test('a paused leader that wakes up gives out what its successor has ended: no violation', () => {
    const share = { subscribe: ['t'], share: true, config: { 'group.id': 'g', 'metadata.max.age.ms': '1000' } };
    const k = new TestCluster({
      consumers: [
        { id: 's1', ...share, processMs: 60_000 },
        { id: 's2', ...share, joinMs: 9_000 },
      ],
      producers: [{ id: 'p', workload: { topic: 't', count: 5 } }],
    });
    k.do({ do: 'config.set', scope: 'group', entity: 'g', key: 'share.auto.offset.reset', value: 'earliest' });
    const observed = () => ownShareObserved(k.world, 'g', k.world.partitionByName.get('t-0') as number);
    // s1 holds all records; s2 waits for them at the leader when that stops.
    const { leader } = k.for(15_000).partition(0);
    expect(observed()).toMatchObject({ acquisitions: 5, terminal: [] });
    k.pause(leader);
    k.for(25_000);
    expect(observed()).toMatchObject({ acquisitions: 10, terminal: [[0, 4]] });
    // s1's locks are over on the old leader's clock: it answers s2's old fetch before it hears of the new epoch.
    k.resume(leader);
    k.for(5);
    expect(observed().acquisitions).toBe(15);
    expect(broken(k)).toEqual([]);
  });
});
