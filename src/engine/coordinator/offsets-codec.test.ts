/** offsets.topic.compression.codec: by which codec a coordinator packs what it writes to __consumer_offsets. */
import { expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { RecordBatch } from '../../kafka/records/record-batch.ts';
import { TestCluster } from '../test-cluster.ts';

function cluster(config: Readonly<Record<string, string>>): TestCluster {
  return new TestCluster({
    brokers: 2,
    config: {
      'offsets.topic.num.partitions': '1',
      'offsets.topic.replication.factor': '2',
      'compression.type': 'zstd',
      ...config,
    },
    topics: [{ name: 't', assignment: [[1, 2]], config: { 'compression.type': 'producer' } }],
    producers: [{ id: 'p', workload: { topic: 't', ratePerSecond: 50, count: 150 } }],
    consumers: [
      {
        id: 'c',
        subscribe: ['t'],
        config: { 'group.id': 'g', 'auto.commit.interval.ms': '500', 'auto.offset.reset': 'earliest' },
      },
    ],
  });
}

const written = (c: TestCluster): RecordBatch[] => {
  const r = c.replica(c.partition(1).leader, 1);
  return Array.from({ length: vectorLength(r.batches) }, (_, i) => vectorGet(r.batches, i).batch);
};

test('1 is gzip, in batches that a coordinator reads back after a failover; the brokers’ compression.type does not count', () => {
  const c = cluster({ 'offsets.topic.compression.codec': '1' }).to(12_000);
  const batches = written(c);
  expect(batches.length).toBeGreaterThan(3);
  for (const batch of batches) expect(batch.compression).toBe('gzip');
  const coordinator = c.partition(1).leader;
  const work = c.broker(coordinator).work?.topics.get('__consumer_offsets');
  expect(work).toMatchObject({ validated: batches.length, kept: batches.length, repacked: 0 });
  c.kill(coordinator).for(40_000);
  expect(c.partition(1).leader).not.toBe(coordinator);
  expect(c.world.consumers[0]?.delivered).toBe(150);
});

test('0 is none: nothing is packed', () => {
  const c = cluster({}).to(6000);
  for (const batch of written(c)) expect(batch.compression).toBe('none');
  for (const broker of [1, 2]) expect(c.broker(broker).work).toBeNull();
});
