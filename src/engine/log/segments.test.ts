import { describe, expect, test } from 'vitest';
import type { TopicConfig } from '../../kafka/config/effective-topic.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { brokerState, replicaOf } from '../broker/replicas.ts';
import { TestCluster } from '../test-cluster.ts';
import { deleteOldSegments } from './retention.ts';
import { segmentsOf } from './segments.ts';
import { topicConfig } from './topic-config.ts';
import { appendAsLeader, reopen, truncateFully, truncateTo } from './unified-log.ts';

/** A cluster whose topic has this configuration, and the leader's log of t-0 with so many batches of one record, `everyMs` apart. */
function log(topic: Record<string, string>, batches: number, everyMs = 1000) {
  const c = new TestCluster({ brokers: 1, topic });
  c.for(10);
  const config = topicConfig(c.world.controller.image, 't', []);
  const r = c.ownReplica(1);
  for (let i = 0; i < batches; i++) {
    expect(appendAsLeader(c.world, r, c.batch(1), config).errorCode).toBe(0);
    c.for(everyMs);
  }
  return { c, r: c.ownReplica(1), config };
}

const bases = (r: ReplicaState): number[] => segmentsOf(r).map((s) => s.base);
/** Everything is committed on one broker; batches appended by hand do not move the mark by themselves. */
function commit(r: ReplicaState): ReplicaState {
  r.highWatermark = r.leo;
  return r;
}
const size = (r: ReplicaState): number => segmentsOf(r).reduce((sum, s) => sum + s.sizeBytes, 0);

describe('rule 31: a segment ends', () => {
  test('before a batch that would make it larger than segment.bytes', () => {
    const { r } = log({ 'internal.segment.bytes': '250' }, 6, 1);
    const one = (segmentsOf(r)[0]?.sizeBytes ?? 0) / (segmentsOf(r)[0]?.records ?? 1);
    const perSegment = Math.floor(250 / one);
    expect(perSegment).toBeGreaterThan(1);
    expect(bases(r)).toEqual(Array.from({ length: Math.ceil(6 / perSegment) }, (_, i) => i * perSegment));
    expect(size(r)).toBe(r.sizeBytes);
  });

  test('when a record’s timestamp is more than segment.ms after its first, and only on append', () => {
    const { c, r, config } = log({ 'segment.ms': '3000' }, 4);
    expect(bases(r)).toEqual([0]);
    c.for(60_000);
    expect(bases(c.ownReplica(1))).toEqual([0]);
    appendAsLeader(c.world, c.ownReplica(1), c.batch(1), config);
    expect(bases(c.ownReplica(1))).toEqual([0, 4]);
  });

  test('at once when it was flushed up to its end: a power loss cannot take a closed segment', () => {
    const { r } = log({ 'segment.ms': '1500' }, 3);
    expect(bases(r)).toEqual([0, 2]);
    expect(r.flushedOffset).toBe(2);
    expect(r.producers.lastSnapshotOffset).toBe(2);
  });

  test('earlier by a part of segment.jitter.ms, drawn for each segment', () => {
    const plain = bases(log({ 'segment.ms': '20000' }, 60).r);
    const shaken = bases(log({ 'segment.ms': '20000', 'segment.jitter.ms': '15000' }, 60).r);
    expect(plain).toEqual([0, 21, 42]);
    expect(shaken.length).toBeGreaterThan(plain.length);
    expect(shaken).toEqual(bases(log({ 'segment.ms': '20000', 'segment.jitter.ms': '15000' }, 60).r));
  });

  test('when its index is full: segment.index.bytes, with an entry every index.interval.bytes', () => {
    expect(bases(log({ 'segment.index.bytes': '48', 'index.interval.bytes': '0' }, 9, 1).r)).toEqual([0, 4, 8]);
    expect(bases(log({ 'segment.index.bytes': '48', 'index.interval.bytes': '4096' }, 9, 1).r)).toEqual([0]);
  });
});

test('a batch larger than a segment is refused', () => {
  const { c, r, config } = log({}, 0);
  const small: TopicConfig = { ...config, segmentBytes: 20 };
  expect(appendAsLeader(c.world, r, c.batch(1), small)).toMatchObject({ errorCode: 18, stored: null });
});

describe('segments follow their log', () => {
  test('through a truncation, which makes an older one the one that grows', () => {
    const { c, r } = log({ 'segment.ms': '1500' }, 6);
    expect(bases(r)).toEqual([0, 2, 4]);
    truncateTo(c.world, r, 3);
    expect(bases(r)).toEqual([0, 2]);
    expect(r.active).toMatchObject({ base: 2, records: 1 });
    expect(size(r)).toBe(r.sizeBytes);
    truncateTo(c.world, r, 2);
    expect(bases(r)).toEqual([0, 2]);
    expect(r.active.sizeBytes).toBe(0);
    truncateFully(c.world, r, 9);
    expect(bases(r)).toEqual([9]);
  });

  test('through a restart: files stay', () => {
    const { c, r } = log({ 'segment.ms': '1500' }, 6);
    reopen(c.world, r);
    expect(bases(r)).toEqual([0, 2, 4]);
  });
});

describe('rule 32: retention deletes whole segments in front', () => {
  test('by size, while what is over the limit is a segment or more', () => {
    const { c, r, config } = log({ 'segment.ms': '1500' }, 6);
    commit(r);
    const one = r.sizeBytes / 6;
    expect(deleteOldSegments(c.world, r, { ...config, retentionBytes: one * 5 })).toEqual([]);
    expect(deleteOldSegments(c.world, r, { ...config, retentionBytes: one * 4 })).toEqual([
      { reason: 'size', segments: 1, records: 2, bytes: one * 2 },
    ]);
    expect(r).toMatchObject({ logStart: 2, leo: 6, sizeBytes: one * 4, recordCount: 4 });
    expect(r.epochs).toEqual([{ epoch: 0, startOffset: 2 }]);
  });

  test('by time: the newest record of a segment counts, and the active one goes too, after a roll', () => {
    const { c, r, config } = log({ 'segment.ms': '1500', 'retention.ms': '2500' }, 4, 1000);
    commit(r);
    expect(deleteOldSegments(c.world, r, config).map((d) => [d.reason, d.segments])).toEqual([['time', 1]]);
    expect(r.logStart).toBe(2);
    c.for(10_000);
    const later = c.ownReplica(1);
    expect(deleteOldSegments(c.world, later, config).map((d) => [d.reason, d.segments])).toEqual([['time', 1]]);
    expect(later).toMatchObject({ logStart: 4, leo: 4, sizeBytes: 0, recordCount: 0 });
    expect(bases(later)).toEqual([4]);
    expect(deleteOldSegments(c.world, later, config)).toEqual([]);
  });

  test('never above the high watermark', () => {
    const { c, r, config } = log({ 'segment.ms': '1500' }, 6);
    r.highWatermark = 3;
    deleteOldSegments(c.world, r, { ...config, retentionMs: 0 });
    expect(r.logStart).toBe(2);
  });

  test('without delete in the policy only what DeleteRecords left behind', () => {
    const { c, r, config } = log({ 'segment.ms': '1500' }, 6);
    commit(r);
    const compact: TopicConfig = { ...config, cleanupPolicy: ['compact'], retentionMs: 0, retentionBytes: 0 };
    expect(deleteOldSegments(c.world, r, compact)).toEqual([]);
    r.logStart = 3;
    expect(deleteOldSegments(c.world, r, compact).map((d) => [d.reason, d.segments])).toEqual([['log-start', 1]]);
    expect(bases(r)).toEqual([2, 4]);
    expect(r.logStart).toBe(3);
  });
});

describe('when a broker looks', () => {
  const retain = (config: Record<string, string>, topic: Record<string, string>): TestCluster =>
    new TestCluster({ brokers: 1, config, topic, producer: { 'linger.ms': '0' } });

  test('every log.retention.check.interval.ms', () => {
    const c = retain({ 'log.retention.check.interval.ms': '7000' }, { 'retention.ms': '1000' });
    c.for(100).send(3).for(6000);
    expect(c.replica(1).logStart).toBe(0);
    c.to(7001);
    expect(c.replica(1).logStart).toBe(3);
  });

  test('after a start, log.initial.task.delay.ms later', () => {
    const config = { 'log.retention.check.interval.ms': '600000', 'log.initial.task.delay.ms': '4000' };
    const c = retain(config, { 'retention.ms': '1000' });
    c.for(100).send(3).for(500).stop(1).for(5000).start(1);
    c.until(() => brokerState(c.world, 1).lifecycle === 'running');
    expect(replicaOf(c.world, 1, 0)?.logStart).toBe(0);
    c.for(5000);
    expect(replicaOf(c.world, 1, 0)?.logStart).toBe(3);
  });

  test('a topic without its own values has the broker’s: log.retention.* and log.roll.*, the finest unit first', () => {
    const config = {
      'log.retention.check.interval.ms': '1000',
      'log.retention.hours': '1',
      'log.retention.minutes': '1',
      'log.roll.hours': '1',
      'log.roll.ms': '2000',
    };
    const c = retain(config, {});
    c.for(100).send(1).for(3000).send(1).for(100);
    expect(bases(c.ownReplica(1))).toEqual([0, 1]);
    c.for(55_000);
    expect(c.replica(1).logStart).toBe(0);
    c.for(4000);
    expect(c.replica(1).logStart).toBe(1);
    c.for(4000);
    expect(c.replica(1).logStart).toBe(2);
  });
});
