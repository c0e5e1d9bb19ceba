/** What the page says of a share group whose member stands still, and how many records nobody has been handed. */
import { expect, test } from 'vitest';
import { TestCluster } from '../test-cluster.ts';
import { recordRows } from './records.ts';
import { totalsOf } from './totals.ts';
import { waitingOf } from './waiting.ts';

function cluster(): TestCluster {
  const k = new TestCluster({
    partitions: 1,
    consumers: [1, 2].map((n) => ({
      id: `s${n}`,
      joinMs: 500,
      subscribe: ['t'],
      share: true,
      processMs: 200,
      config: { 'group.id': 'g', 'max.poll.records': '5', 'share.acquire.mode': 'record_limit' },
    })),
    producers: [{ id: 'p', workload: { topic: 't', count: 60, ratePerSecond: 1000, startMs: 200 } }],
    config: { 'group.share.record.lock.duration.ms': '15000' },
  });
  k.do({ do: 'config.set', scope: 'group', entity: 'g', key: 'share.auto.offset.reset', value: 'earliest' });
  return k;
}

test('records that nobody has been handed are behind, one by one as by number; a paused member’s locks are waited for', () => {
  const k = cluster();
  k.until(() => k.world.share[1].some((p) => p !== null && p.data.startOffset >= 20));
  const { behind } = totalsOf(k.world);
  expect(behind).toBeGreaterThan(0);
  expect(recordRows(k.world, 'behind', 0, 100).total).toBe(behind);
  expect(waitingOf(k.world).phrase).toMatchObject({
    key: 'wait.share.unread',
    params: { records: behind, group: 'g' },
  });

  k.do({ do: 'consumer.pause', consumer: 's1', ms: null });
  k.for(10_000);
  expect(waitingOf(k.world)).toMatchObject({
    kind: 'flow',
    phrase: { key: 'wait.share.held', params: { partition: 't-0', consumer: 's1', group: 'g' } },
  });
  k.for(10_000);
  expect(totalsOf(k.world).behind).toBe(0);
  expect(waitingOf(k.world).phrase.key).not.toContain('share');
});
