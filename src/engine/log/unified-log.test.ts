import { describe, expect, test } from 'vitest';
import { vectorLength } from '../../base/vector.ts';
import { makeLeader } from '../broker/partition.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { TestCluster } from '../test-cluster.ts';
import { topicConfig } from './topic-config.ts';
import {
  appendAsFollower,
  appendAsLeader,
  batchIndexFor,
  bytesAvailable,
  endOffsetForEpoch,
  read,
  reopen,
  truncateFully,
  truncateTo,
  updateHighWatermark,
} from './unified-log.ts';

/** The leader's log with batches of these sizes, one leader epoch each if `epochs` says so. */
function log(sizes: readonly number[], epochs: readonly number[] = []): { c: TestCluster; r: ReplicaState } {
  const c = new TestCluster();
  c.for(10);
  const r = c.ownReplica(1);
  sizes.forEach((size, i) => {
    r.leaderEpoch = epochs[i] ?? 0;
    appendAsLeader(c.world, r, c.batch(size), topicConfig(c.world.controller.image, 't', []));
  });
  return { c, r };
}

test('rule 12: the high watermark lies between the log’s start and end, and may go back', () => {
  const { r } = log([1, 1, 1, 1]);
  updateHighWatermark(r, 99);
  expect(r.highWatermark).toBe(4);
  updateHighWatermark(r, 2);
  expect(r.highWatermark).toBe(2);
  r.logStart = 3;
  updateHighWatermark(r, 1);
  expect(r.highWatermark).toBe(3);
});

test('rule 15: where an epoch ends in this log', () => {
  const { r } = log([2, 2, 2], [1, 3, 6]);
  expect(endOffsetForEpoch(r, 6)).toEqual({ epoch: 6, endOffset: 6 });
  expect(endOffsetForEpoch(r, 3)).toEqual({ epoch: 3, endOffset: 4 });
  expect(endOffsetForEpoch(r, 5)).toEqual({ epoch: 3, endOffset: 4 });
  expect(endOffsetForEpoch(r, 7)).toEqual({ epoch: -1, endOffset: -1 });
  expect(endOffsetForEpoch(r, 0)).toEqual({ epoch: 0, endOffset: 0 });
});

describe('rule 17: a leader notes its epoch and its end before any append', () => {
  test('on election', () => {
    const { c, r } = log([2, 2]);
    makeLeader(c.world, r, { ...c.partition(), leaderEpoch: 4, partitionEpoch: 1 });
    expect(r.epochs).toEqual([
      { epoch: 0, startOffset: 0 },
      { epoch: 4, startOffset: 4 },
    ]);
    expect(r.leaderEpochStart).toBe(4);
  });
});

describe('rule 94: truncation', () => {
  test('takes epochs that begin at the cut, and the high watermark with it', () => {
    const { c, r } = log([2, 2, 2], [1, 3, 6]);
    updateHighWatermark(r, 6);
    r.flushedOffset = 5;
    const gone = truncateTo(c.world, r, 4);
    expect(gone.map((b) => b.baseOffset)).toEqual([4]);
    expect(r).toMatchObject({ leo: 4, highWatermark: 4, flushedOffset: 4, recordCount: 4 });
    expect(r.epochs.map((e) => e.epoch)).toEqual([1, 3]);
    truncateTo(c.world, r, 1);
    // A batch goes whole; the log ends where it was told to.
    expect(r).toMatchObject({ leo: 1, highWatermark: 1, sizeBytes: 0, recordCount: 0 });
    expect(r.epochs.map((e) => e.epoch)).toEqual([1]);
  });

  test('to the end or beyond cuts nothing but an epoch that has no record yet', () => {
    const { c, r } = log([2, 2]);
    r.epochs = [...r.epochs, { epoch: 9, startOffset: 4 }];
    expect(truncateTo(c.world, r, 7)).toEqual([]);
    expect(r).toMatchObject({ leo: 4 });
    expect(r.epochs).toEqual([{ epoch: 0, startOffset: 0 }]);
  });

  test('rebuilds what is known of producers', () => {
    const c = new TestCluster();
    c.for(10);
    const r = c.ownReplica(1);
    const config = topicConfig(c.world.controller.image, 't', []);
    const from = (baseSequence: number) => ({ ...c.batch(2), producerId: 5, producerEpoch: 0, baseSequence });
    expect(appendAsLeader(c.world, r, from(0), config).errorCode).toBe(0);
    expect(appendAsLeader(c.world, r, from(2), config).errorCode).toBe(0);
    expect(appendAsLeader(c.world, r, from(2), config)).toMatchObject({ duplicate: true, baseOffset: 2 });
    truncateTo(c.world, r, 2);
    expect(appendAsLeader(c.world, r, from(2), config)).toMatchObject({ duplicate: false, baseOffset: 2 });
    expect(appendAsLeader(c.world, r, from(8), config).errorCode).not.toBe(0);
  });
});

describe('rule 89: opened again', () => {
  test('the high watermark is the checkpoint’s, within the log', () => {
    const { c, r } = log([2, 2, 2]);
    updateHighWatermark(r, 6);
    r.checkpointedHw = 4;
    reopen(c.world, r);
    expect(r.highWatermark).toBe(4);
    r.checkpointedHw = 9;
    reopen(c.world, r);
    expect(r.highWatermark).toBe(6);
    r.checkpointedHw = 0;
    reopen(c.world, r);
    expect(r.highWatermark).toBe(0);
  });
});

describe('rule 18: thrown away', () => {
  test('and begun again elsewhere', () => {
    const { c, r } = log([2, 2]);
    expect(truncateFully(c.world, r, 40)).toHaveLength(2);
    expect(r).toMatchObject({ logStart: 40, leo: 40, highWatermark: 40, sizeBytes: 0, recordCount: 0, epochs: [] });
  });
});

test('rule 90: an append from a leader stops before the first batch of a newer epoch', () => {
  const { c, r } = log([1]);
  const batches = [1, 2, 3].map((offset) => ({
    baseOffset: offset,
    lastOffset: offset,
    leaderEpoch: offset === 3 ? 2 : 1,
    batch: c.batch(),
    appendedUs: 0,
  }));
  expect(appendAsFollower(c.world, r, batches, 1, topicConfig(c.world.controller.image, 't', []))).toBe(2);
  expect(r.leo).toBe(3);
  expect(r.epochs.at(-1)).toEqual({ epoch: 1, startOffset: 1 });
});

describe('reading', () => {
  test('finds the batch that holds an offset, near the end and far from it', () => {
    const { r } = log(Array.from({ length: 200 }, () => 3));
    for (const offset of [0, 1, 2, 3, 299, 300, 301, 590, 594, 597, 599])
      expect(batchIndexFor(r, offset)).toBe(Math.floor(offset / 3));
    expect(batchIndexFor(r, 600)).toBe(vectorLength(r.batches));
  });

  test('rule 26: from the batch that holds the offset, up to the limit, the first one whole', () => {
    const { r } = log([3, 3, 3]);
    const size = read(r, 0, 1e9, 9, false)[0]?.batch.sizeInBytes ?? 0;
    expect(read(r, 4, 1e9, 9, false).map((b) => b.baseOffset)).toEqual([3, 6]);
    expect(read(r, 0, 2 * size, 9, false)).toHaveLength(2);
    expect(read(r, 0, 1, 9, true)).toHaveLength(1);
    expect(read(r, 0, 1, 9, false)).toHaveLength(0);
    expect(read(r, 9, 1e9, 9, true)).toHaveLength(0);
    expect(read(r, 0, 1e9, 3, true)).toHaveLength(1);
    expect(bytesAvailable(r, 0, 9, 1e9)).toBe(3 * size);
    expect(bytesAvailable(r, 3, 6, 1e9)).toBe(size);
  });
});
