import { describe, expect, it } from 'vitest';
import {
  AckType,
  acknowledge,
  completeUpdates,
  nextLockEndUs,
  releaseAcquired,
  releaseExpired,
} from './acknowledge.ts';
import { type AcquireRequest, acquire, type LogRange, throttleCount } from './acquire.ts';
import { canAcquire, nextFetchOffset, onLogStartMoved, partitionFrom, stateAt } from './offsets.ts';
import { emptyPartition, type SharePartitionData, type SharePartitionLimits } from './state.ts';

const LIMITS: SharePartitionLimits = {
  maxDeliveryCount: 5,
  maxInFlightRecords: 2000,
  lockUs: 30_000_000,
  renewEnabled: true,
};

function log(...sizes: number[]): LogRange[] {
  let baseOffset = 0;
  return sizes.map((size) => {
    const range = { baseOffset, lastOffset: baseOffset + size - 1 };
    baseOffset += size;
    return range;
  });
}

/** Reads at the next fetch offset, as a share fetch does. */
function take(
  p: SharePartitionData,
  batches: readonly LogRange[],
  member: string,
  more: Partial<AcquireRequest & SharePartitionLimits> = {},
): string[] {
  const limits = { ...LIMITS, ...more };
  if (!canAcquire(p, limits)) return [];
  const fetchOffset = nextFetchOffset(p);
  const request: AcquireRequest = {
    member,
    recordLimit: false,
    batchSize: 500,
    maxRecords: 500,
    fetchOffset,
    batches: batches.filter((b) => b.lastOffset >= fetchOffset),
    aborted: [],
    nowUs: 0,
    ...more,
  };
  return acquire(p, limits, request).records.map((r) => `${r.firstOffset}-${r.lastOffset} count ${r.deliveryCount}`);
}

function tell(p: SharePartitionData, member: string, first: number, last: number, types: number[], limits = LIMITS) {
  const { error, updates } = acknowledge(p, limits, member, [{ firstOffset: first, lastOffset: last, types }], 0);
  if (error === null) completeUpdates(p, limits, updates, true, 0);
  return error;
}

/** "0 ACQUIRED 1 a": one text a record. */
function seen(p: SharePartitionData, offset: number): string {
  const batch = p.batches.find((b) => b.firstOffset <= offset && b.lastOffset >= offset);
  if (batch === undefined) return offset < p.startOffset ? 'done' : 'unknown';
  const s = stateAt(batch, offset);
  return `${s.state} ${s.deliveryCount}${s.member === '' ? '' : ` ${s.member}`}`;
}

describe('rule 111: states of a share record', () => {
  it('goes Available, Acquired, Acknowledged, and the start offset follows', () => {
    const p = emptyPartition(0);
    expect(take(p, log(3), 'a')).toEqual(['0-2 count 1']);
    expect(seen(p, 1)).toBe('ACQUIRED 1 a');
    expect(take(p, log(3), 'b')).toEqual([]);
    expect(tell(p, 'a', 0, 1, [AckType.ACCEPT])).toBeNull();
    expect([p.startOffset, seen(p, 2)]).toEqual([2, 'ACQUIRED 1 a']);
    expect(tell(p, 'a', 2, 2, [AckType.ACCEPT])).toBeNull();
    expect([p.startOffset, p.endOffset, p.batches.length]).toEqual([3, 3, 0]);
  });

  it('hands a released record out again with count + 1, and never a rejected one', () => {
    const p = emptyPartition(0);
    take(p, log(4), 'a');
    expect(tell(p, 'a', 0, 3, [AckType.RELEASE, AckType.ACCEPT, AckType.REJECT, AckType.ACCEPT])).toBeNull();
    expect(seen(p, 0)).toBe('AVAILABLE 1');
    expect(seen(p, 2)).toBe('ARCHIVED 1');
    expect(take(p, log(4), 'b')).toEqual(['0-0 count 2']);
    expect(p.deliveryCompleteCount).toBe(3);
  });

  it('archives what would be released after the last attempt', () => {
    const p = emptyPartition(0);
    for (let count = 1; count <= 5; count++) {
      expect(take(p, log(1), 'a')).toEqual([`0-0 count ${count}`]);
      tell(p, 'a', 0, 0, [AckType.RELEASE]);
    }
    expect(p.startOffset).toBe(1);
    expect(take(p, log(1), 'a')).toEqual([]);
  });

  it('takes records back when the lock ends, and refuses the late acknowledgement', () => {
    const p = emptyPartition(0);
    take(p, log(2), 'a');
    expect(nextLockEndUs(p)).toBe(30_000_000);
    expect(releaseExpired(p, LIMITS, 29_999_999)).toEqual([]);
    const released = releaseExpired(p, LIMITS, 30_000_000);
    expect(released).toMatchObject([{ firstOffset: 0, lastOffset: 1, state: 'AVAILABLE', member: 'a' }]);
    expect(tell(p, 'a', 0, 1, [AckType.ACCEPT])).toBe('INVALID_RECORD_STATE');
    expect(take(p, log(2), 'b')).toEqual(['0-1 count 2']);
  });

  it('renews the lock from now, if the group allows it', () => {
    const p = emptyPartition(0);
    take(p, log(2), 'a');
    const renew = [{ firstOffset: 0, lastOffset: 0, types: [AckType.RENEW] }];
    expect(acknowledge(p, { ...LIMITS, renewEnabled: false }, 'a', renew, 10).error).toBe('INVALID_RECORD_STATE');
    expect(acknowledge(p, LIMITS, 'a', renew, 10_000_000).error).toBeNull();
    expect(releaseExpired(p, LIMITS, 30_000_000)).toMatchObject([{ firstOffset: 1, lastOffset: 1 }]);
    expect(seen(p, 0)).toBe('ACQUIRED 1 a');
  });

  it('gives everything of a session that ended to others', () => {
    const p = emptyPartition(0);
    take(p, log(2, 2), 'a', { maxRecords: 2 });
    take(p, log(2, 2), 'b');
    const updates = releaseAcquired(p, LIMITS, 'a');
    completeUpdates(p, LIMITS, updates, true, 0);
    expect([seen(p, 0), seen(p, 2)]).toEqual(['AVAILABLE 1', 'ACQUIRED 1 b']);
  });

  it('undoes an acknowledgement that could not be written; if its lock ended meanwhile, others get the record', () => {
    for (const [nowUs, after] of [
      [1, 'ACQUIRED 1 a'],
      [30_000_000, 'AVAILABLE 1'],
    ] as const) {
      const p = emptyPartition(0);
      take(p, log(1), 'a');
      const { updates } = acknowledge(p, LIMITS, 'a', [{ firstOffset: 0, lastOffset: 0, types: [1] }], 0);
      expect(tell(p, 'a', 0, 0, [AckType.ACCEPT])).toBe('INVALID_RECORD_STATE');
      expect(releaseExpired(p, LIMITS, nowUs)).toEqual([]);
      completeUpdates(p, LIMITS, updates, false, nowUs);
      expect([seen(p, 0), p.startOffset, p.deliveryCompleteCount]).toEqual([after, 0, 0]);
    }
  });

  it('refuses what another has acquired, and then changes nothing of the request', () => {
    const p = emptyPartition(0);
    take(p, log(1, 1), 'a', { maxRecords: 1 });
    take(p, log(1, 1), 'b');
    expect(tell(p, 'a', 0, 1, [AckType.ACCEPT])).toBe('INVALID_RECORD_STATE');
    expect([seen(p, 0), seen(p, 1)]).toEqual(['ACQUIRED 1 a', 'ACQUIRED 1 b']);
    expect(tell(p, 'a', 0, 2, [AckType.ACCEPT])).toBe('INVALID_REQUEST');
    expect(tell(p, 'a', 0, 0, [9])).toBe('INVALID_REQUEST');
  });
});

describe('rule 112: how share records are delivered', () => {
  it('hands a batch of the log out whole unless the mode is record_limit', () => {
    const whole = emptyPartition(0);
    expect(take(whole, log(30), 'a', { maxRecords: 5 })).toEqual(['0-29 count 1']);
    const limited = emptyPartition(0);
    expect(take(limited, log(30), 'a', { maxRecords: 5, recordLimit: true })).toEqual(['0-4 count 1']);
    expect(take(limited, log(30), 'b', { maxRecords: 5, recordLimit: true })).toEqual(['5-9 count 1']);
  });

  it('splits from half of the limit on, and sends the last attempt alone', () => {
    expect([2, 3, 4, 5, 10].map(throttleCount)).toEqual([2, 2, 2, 3, 5]);
    const p = emptyPartition(0);
    const sizes: number[][] = [];
    for (let count = 1; count <= 5; count++) {
      const round: number[] = [];
      for (;;) {
        const taken = take(p, log(16), 'a');
        if (taken.length === 0) break;
        round.push(taken.length);
        const range = (taken[0] as string).split(' ')[0] as string;
        const [first, last] = range.split('-').map(Number) as [number, number];
        round[round.length - 1] = last - first + 1;
      }
      sizes.push(round);
      for (let offset = 0; offset < 16; offset++) tell(p, 'a', offset, offset, [AckType.RELEASE]);
    }
    // Limit 5: from count 3 on at most 16 >> 1 records; the fifth attempt is one record each.
    expect(sizes.slice(0, 4)).toEqual([[16], [16], [16], [8, 8]]);
    expect(sizes[4]).toEqual(Array(16).fill(1));
    expect(p.startOffset).toBe(16);
  });

  it('sends nothing after a record on its last attempt, fresher ones of its batch neither', () => {
    const p = emptyPartition(0);
    const limits = { ...LIMITS, maxDeliveryCount: 3 };
    take(p, log(4), 'a', limits);
    tell(p, 'a', 0, 3, [AckType.RELEASE], limits);
    take(p, log(4), 'a', { ...limits, recordLimit: true, maxRecords: 1 });
    tell(p, 'a', 0, 0, [AckType.RELEASE], limits);
    expect([seen(p, 0), seen(p, 1)]).toEqual(['AVAILABLE 2', 'AVAILABLE 1']);
    expect(take(p, log(4), 'b', limits)).toEqual(['0-0 count 3']);
    expect(take(p, log(4), 'b', limits)).toEqual(['1-3 count 2']);
  });

  it('keeps 2000 records in flight at most, and goes on with what is available again', () => {
    const p = emptyPartition(0);
    const limits = { maxInFlightRecords: 10, maxRecords: 500 };
    expect(take(p, log(4, 4, 4, 4), 'a', limits)).toEqual(['0-11 count 1']);
    expect(take(p, log(4, 4, 4, 4), 'b', limits)).toEqual([]);
    tell(p, 'a', 8, 9, [AckType.RELEASE]);
    expect(take(p, log(4, 4, 4, 4), 'b', limits)).toEqual(['8-9 count 2']);
    tell(p, 'a', 0, 3, [AckType.ACCEPT]);
    expect(take(p, log(4, 4, 4, 4), 'b', limits)).toEqual(['12-15 count 1']);
  });

  it('cuts what it acquires into ranges of the batch size', () => {
    const p = emptyPartition(0);
    expect(take(p, log(4, 4, 4), 'a', { batchSize: 5 })).toEqual(['0-7 count 1', '8-11 count 1']);
  });

  it('leaves records of aborted transactions out', () => {
    const p = emptyPartition(0);
    const batches = log(3, 2, 3);
    expect(take(p, batches, 'a', { aborted: [batches[1] as LogRange] })).toEqual(['0-2 count 1', '5-7 count 1']);
    expect(seen(p, 3)).toBe('ARCHIVED 1');
  });

  it('passes over what the log no longer holds', () => {
    const p = emptyPartition(0);
    take(p, log(2, 2, 2), 'a', { maxRecords: 2 });
    take(p, log(2, 2, 2), 'a', { maxRecords: 2 });
    tell(p, 'a', 0, 3, [AckType.RELEASE]);
    // Compaction took the first batch.
    expect(take(p, log(2, 2, 2).slice(1), 'b')).toEqual(['2-3 count 2', '4-5 count 1']);
    expect(p.batches[0]?.whole?.state).toBe('ARCHIVED');
  });

  it('archives what is available below a log start that moved, and what is acquired ends there', () => {
    const p = emptyPartition(0);
    take(p, log(4, 4), 'a', { maxRecords: 4 });
    take(p, log(4, 4), 'b');
    tell(p, 'a', 0, 3, [AckType.RELEASE]);
    onLogStartMoved(p, 6);
    expect([p.startOffset, seen(p, 3), seen(p, 5), seen(p, 6)]).toEqual([
      6,
      'ARCHIVED 1',
      'ACQUIRED 1 b',
      'ACQUIRED 1 b',
    ]);
    expect(tell(p, 'b', 4, 7, [AckType.ACCEPT])).toBeNull();
    expect(seen(p, 5)).toBe('ACQUIRED 1 b');
    expect(releaseExpired(p, LIMITS, 30_000_000)).toMatchObject([
      { firstOffset: 4, state: 'ARCHIVED' },
      { firstOffset: 5, state: 'ARCHIVED' },
    ]);
  });
});

describe('share partition read back from its state', () => {
  it('goes on at gaps, then at what is available', () => {
    const p = partitionFrom(0, [
      { firstOffset: 2, lastOffset: 3, state: 'ACKNOWLEDGED', deliveryCount: 1 },
      { firstOffset: 4, lastOffset: 5, state: 'AVAILABLE', deliveryCount: 1 },
    ]) as SharePartitionData;
    expect([p.startOffset, p.endOffset, nextFetchOffset(p)]).toEqual([0, 5, 0]);
    expect(take(p, log(2, 2, 2, 2), 'a')).toEqual(['0-1 count 1', '4-5 count 2', '6-7 count 1']);
  });

  it('refuses a state that contradicts itself', () => {
    const below = [{ firstOffset: 2, lastOffset: 3, state: 'AVAILABLE', deliveryCount: 1 } as const];
    expect(partitionFrom(3, below)).toBeNull();
    expect(partitionFrom(4, [])?.endOffset).toBe(4);
  });
});
