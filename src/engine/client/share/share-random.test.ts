/** Random schedules for a share group: whatever fails and comes back, what was accepted comes no more, and in the end all is done with. */
import { describe, expect, test } from 'vitest';
import { makeStream, nextInt, type RandomStream } from '../../../base/random.ts';
import type { ScenarioConsumer } from '../../../protocol/scenario.ts';
import { checkInvariants } from '../../invariant/index.ts';
import type { NodeState } from '../../kernel/world.ts';
import { shareProjection } from '../../projection/share-hooks.ts';
import { TestCluster } from '../../test-cluster.ts';

const IDS = ['a', 'b', 'c', 'd'];
const PARTITIONS = 3;

function cluster(seed: number): TestCluster {
  const random = makeStream(seed, 'members');
  const consumers: ScenarioConsumer[] = IDS.map((id, i) => ({
    id,
    joinMs: 500 + nextInt(random, 4000),
    subscribe: ['t'],
    share: true,
    processMs: [0, 5, 300][nextInt(random, 3)] ?? 0,
    ...(i === 0 ? {} : { commit: (['sync', 'async', 'before'] as const)[i - 1] ?? 'sync' }),
    ...(i === 1 ? { acknowledge: { releaseEvery: 7, rejectEvery: 11 } } : {}),
    config: {
      'group.id': 'g',
      'max.poll.records': '5',
      'share.acquire.mode': i % 2 === 0 ? 'record_limit' : 'batch_optimized',
    },
  }));
  const k = new TestCluster({
    seed,
    partitions: PARTITIONS,
    consumers,
    producers: [{ id: 'p', workload: { topic: 't', count: 600, ratePerSecond: 20 } }],
    network: { latencyMs: 1, jitterMs: 2 },
    config: {
      'offsets.topic.num.partitions': '3',
      'share.coordinator.state.topic.num.partitions': '3',
      'share.coordinator.snapshot.update.records.per.snapshot': '10',
      'group.share.record.lock.duration.ms': '15000',
    },
  });
  k.do({ do: 'config.set', scope: 'group', entity: 'g', key: 'share.auto.offset.reset', value: 'earliest' });
  return k;
}

const nodeOf = (k: TestCluster, id: string) => k.world.nodes.find((n) => n.id === id) as NodeState;
const isUp = (k: TestCluster, id: string) => nodeOf(k, id).process === 'up';

function something(k: TestCluster, random: RandomStream): void {
  const id = IDS[nextInt(random, IDS.length)] as string;
  const broker = 1 + nextInt(random, 3);
  const up = ['1', '2', '3'].filter((n) => isUp(k, n));
  const { process } = nodeOf(k, String(broker));
  switch (nextInt(random, 10)) {
    case 0:
      if (isUp(k, id)) k.do({ do: 'consumer.crash', consumer: id });
      break;
    case 1:
      if (isUp(k, id)) k.do({ do: 'consumer.leave', consumer: id });
      break;
    case 2:
    case 3:
      for (const each of IDS) if (!isUp(k, each)) k.do({ do: 'consumer.join', consumer: each });
      break;
    case 4:
    case 5:
      if (isUp(k, id)) k.do({ do: 'consumer.pause', consumer: id, ms: 1000 + nextInt(random, 25_000) });
      break;
    case 6:
      if (process === 'up' && up.length === 3) k.kill(broker);
      else if (process === 'down') k.start(broker);
      break;
    case 7:
      if (process === 'up' && up.length === 3) k.pause(broker);
      else if (process === 'paused') k.resume(broker);
      break;
    case 8:
      k.cut([id], [broker]);
      break;
    default:
      k.heal();
  }
}

function atRest(k: TestCluster): void {
  k.heal();
  for (const n of [1, 2, 3]) {
    const { process } = nodeOf(k, String(n));
    if (process === 'paused') k.resume(n);
    else if (process === 'down') k.start(n);
  }
  for (const id of IDS) if (isUp(k, id)) k.try({ do: 'consumer.resume', consumer: id });
  k.for(50_000);
  for (const id of IDS) if (!isUp(k, id)) k.do({ do: 'consumer.join', consumer: id });
  k.for(90_000);
}

function broken(k: TestCluster): string | null {
  for (const o of k.world.share[5]) if (o.problem !== null) return `partition ${o.partition}: ${o.problem}`;
  return null;
}

describe('random schedules of a share group', () => {
  test.each(Array.from({ length: 4 }, (_, i) => i + 1))('seed %i: nothing comes back, and everything ends', (seed) => {
    const k = cluster(seed);
    const random = makeStream(seed, 'schedule');
    let nextMs = 4000;
    while (k.nowMs < 60_000) {
      k.until(() => k.nowMs >= nextMs);
      expect(broken(k)).toBeNull();
      something(k, random);
      nextMs = k.nowMs + 200 + nextInt(random, 3000);
    }
    atRest(k);
    expect(broken(k)).toBeNull();
    expect(checkInvariants(k.world).filter((i) => !i.holds)).toEqual([]);
    const after = shareProjection.result(k.world, 'g');
    expect(after.state).toBe('Stable');
    expect(Object.keys(after.members).sort()).toEqual(IDS);
    const held = new Set(Object.values(after.members).flat());
    expect([...held].sort()).toEqual(['t-0', 't-1', 't-2']);
    for (let p = 0; p < PARTITIONS; p++) {
      const { highWatermark } = k.replica(k.partition(p).leader, p);
      const part = after.share?.[`t-${p}`];
      expect([p, part?.startOffset, part?.acceptedTwice]).toEqual([p, highWatermark, 0]);
    }
  });
});
