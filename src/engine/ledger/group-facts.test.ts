/** CONTRACT's words for groups, fed by hand: processed, reprocessed, skipped, partitionSecondsUnread. */
import { describe, expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { FetchedBatch } from '../../kafka/api/messages.ts';
import { forkWorld } from '../kernel/fork.ts';
import type { World } from '../kernel/world.ts';
import { TestCluster } from '../test-cluster.ts';
import {
  groupAssigned,
  groupCommitted,
  groupError,
  groupPartition,
  groupPositioned,
  groupProcessed,
  groupReleased,
  groupStable,
  groupSubscribed,
  groupTotals,
} from './group-facts.ts';

/** A cluster whose t-0 holds so many records, in batches of five. */
function filled(records: number): TestCluster {
  const k = new TestCluster({ producer: { 'batch.size': '1', 'linger.ms': '0' } }).to(200);
  return k.send(records).for(2000);
}

/** The application finishes the records at these offsets. */
function process(w: World, from: number, to: number, group = 'g'): void {
  const { batches } = w.ledger.truth[0]!;
  for (let i = 0; i < vectorLength(batches); i++) {
    const b = vectorGet(batches, i) as FetchedBatch;
    const first = Math.max(from - b.baseOffset, 0);
    const end = Math.min(to - b.baseOffset, b.batch.records.length);
    if (first < end) groupProcessed(w, group, 0, b, first, end);
  }
}

const totals = (w: World) => groupTotals(w, 'g');

describe('skipped', () => {
  test('data records at or above the first position and below what is committed that nobody processed', () => {
    const { world: w } = filled(20);
    groupPositioned(w, 'g', 0, 4);
    process(w, 4, 8);
    groupCommitted(w, 'g', 0, 8);
    expect(totals(w)).toMatchObject({ processed: 4, skipped: 0 });
    groupCommitted(w, 'g', 0, 15);
    expect(totals(w).skipped).toBe(7);
    // Late, but processed.
    process(w, 8, 10);
    expect(totals(w)).toMatchObject({ processed: 6, skipped: 5, reprocessed: 0 });
    groupCommitted(w, 'g', 0, 12);
    expect(totals(w).skipped).toBe(2);
    groupCommitted(w, 'g', 0, 20);
    expect(totals(w).skipped).toBe(10);
  });

  test('a first position above what is committed, or one that comes after the commit', () => {
    const { world: w } = filled(20);
    groupCommitted(w, 'g', 0, 10);
    expect(totals(w).skipped).toBe(0);
    groupPositioned(w, 'g', 0, 6);
    expect(totals(w).skipped).toBe(4);
    // Only the first counts.
    groupPositioned(w, 'g', 0, 0);
    expect(totals(w).skipped).toBe(4);
  });

  test('each group counts for itself', () => {
    const { world: w } = filled(10);
    for (const group of ['g', 'h']) groupPositioned(w, group, 0, 0);
    process(w, 0, 10);
    for (const group of ['g', 'h']) groupCommitted(w, group, 0, 10);
    expect([totals(w).skipped, groupTotals(w, 'h').skipped]).toEqual([0, 10]);
  });

  test('what a failover cut away is not skipped; what stands at its offsets now is', () => {
    const k = new TestCluster({ topic: { 'min.insync.replicas': '1' }, producer: { acks: '1' } }).to(200);
    k.send(5).for(1500).pause(2).pause(3).for(1500).send(5).for(300);
    const { world: w } = k;
    groupPositioned(w, 'g', 0, 0);
    process(w, 0, 5);
    groupCommitted(w, 'g', 0, 10);
    expect(totals(w).skipped).toBe(5);
    k.kill(1).resume(2).resume(3);
    k.until(() => k.partition().leader === 2 || k.partition().leader === 3);
    k.until(() => w.ledger.truth[0]!.broker !== 1);
    expect(w.ledger.lost).toBe(5);
    expect(totals(w).skipped).toBe(0);
    k.send(2).for(3000);
    groupCommitted(w, 'g', 0, 7);
    expect(totals(w).skipped).toBe(2);
  });
});

describe('processed', () => {
  test('each completion; reprocessed those after the first of that record', () => {
    const { world: w } = filled(10);
    groupPositioned(w, 'g', 0, 0);
    process(w, 0, 6);
    process(w, 3, 8);
    expect(totals(w)).toMatchObject({ processed: 11, reprocessed: 3 });
  });

  test('without a gap: the frontier waits at a hole and then jumps over what is done', () => {
    const { world: w } = filled(10);
    groupPositioned(w, 'g', 0, 0);
    process(w, 0, 2);
    process(w, 5, 8);
    expect(groupPartition(w, 'g', 0)).toMatchObject({ frontier: 2, highest: 8 });
    process(w, 2, 5);
    expect(groupPartition(w, 'g', 0)).toMatchObject({ frontier: 8 });
  });

  test('a checkpoint keeps its own numbers', () => {
    const { world: w } = filled(10);
    groupPositioned(w, 'g', 0, 0);
    process(w, 0, 3);
    const before = forkWorld(w);
    process(w, 0, 10);
    groupCommitted(w, 'g', 0, 10);
    groupError(w, 'g', 'CommitFailedException');
    expect(groupTotals(before, 'g')).toMatchObject({ processed: 3, reprocessed: 0, errors: [] });
    process(before, 3, 4);
    expect(groupTotals(before, 'g')).toMatchObject({ processed: 4, reprocessed: 0 });
    expect(totals(w)).toMatchObject({ processed: 13, reprocessed: 3, errors: [['CommitFailedException', 1]] });
  });
});

describe('partitionSecondsUnread', () => {
  test('from the first stable generation on, for each subscribed partition that nobody holds', () => {
    const k = new TestCluster({ partitions: 3 }).to(1000);
    const { world: w } = k;
    groupSubscribed(w, 'g', ['t']);
    k.to(3000);
    expect(totals(w).partitionSecondsUnread).toBe(0);
    groupStable(w, 'g');
    k.to(4000);
    expect(totals(w).partitionSecondsUnread).toBe(3);
    groupAssigned(w, 'g', 0, [0, 1, 2]);
    k.to(10_000);
    expect(totals(w).partitionSecondsUnread).toBe(3);
    groupReleased(w, 'g', 0, [0, 1, 2]);
    groupAssigned(w, 'g', 1, [0]);
    k.to(12_000);
    expect(totals(w).partitionSecondsUnread).toBe(7);
    // A zombie that gives back what another holds takes nothing away.
    groupReleased(w, 'g', 0, [0]);
    groupAssigned(w, 'g', 1, [1, 2]);
    k.to(20_000);
    expect(totals(w).partitionSecondsUnread).toBe(7);
  });

  test('partitions that come later count from then on', () => {
    const k = new TestCluster({ partitions: 1 }).to(1000);
    const { world: w } = k;
    groupSubscribed(w, 'g', ['t']);
    groupStable(w, 'g');
    groupAssigned(w, 'g', 0, [0]);
    k.do({ do: 'topic.addPartitions', topic: 't', total: 3 });
    k.until(() => w.partitions.length === 3);
    const atMs = k.nowMs;
    k.for(2000);
    expect(totals(w).partitionSecondsUnread).toBeCloseTo(((k.nowMs - atMs) * 2) / 1000, 6);
  });
});
