/** Random operations against a model that keeps one entry a record and knows no batches. */
import { expect, it } from 'vitest';
import { makeStream, nextInt, type RandomStream } from '../../../base/random.ts';
import { acknowledge, completeUpdates, releaseAcquired, releaseExpired } from './acknowledge.ts';
import { acquire, type LogRange } from './acquire.ts';
import { canAcquire, nextFetchOffset, onLogStartMoved, partitionFrom, stateAt } from './offsets.ts';
import {
  clonePartitionData,
  emptyPartition,
  type SharePartitionData,
  type SharePartitionLimits,
  type StateUpdate,
} from './state.ts';

interface Entry {
  state: 'AVAILABLE' | 'ACQUIRED' | 'ACKNOWLEDGED' | 'ARCHIVED';
  count: number;
  member: string;
  lockEndsUs: number;
  /** Being written: what it was; null: nothing is. */
  was: Entry | null;
}

const MEMBERS = ['a', 'b', 'c'];
const TARGETS = ['ARCHIVED', 'ACKNOWLEDGED', 'AVAILABLE', 'ARCHIVED'] as const;

class Model {
  readonly records = new Map<number, Entry>();
  logStart = 0;
  readonly highest = new Map<number, number>();
  constructor(readonly limits: SharePartitionLimits) {}

  move(offset: number, state: Entry['state'], nowUs: number, write: boolean): void {
    const e = this.records.get(offset) as Entry;
    const to = state === 'AVAILABLE' && e.count >= this.limits.maxDeliveryCount ? 'ARCHIVED' : state;
    const lockEndsUs = to === 'ACQUIRED' ? nowUs + this.limits.lockUs : write ? e.lockEndsUs : 0;
    const next: Entry = {
      state: offset < this.logStart && to !== 'ACQUIRED' ? 'ARCHIVED' : to,
      count: to === 'ACQUIRED' ? e.count + 1 : e.count,
      member: '',
      lockEndsUs,
      was: write ? e : null,
    };
    this.records.set(offset, next);
  }

  end(offset: number, committed: boolean, nowUs: number): void {
    const e = this.records.get(offset) as Entry;
    if (e.was === null) return;
    if (committed) this.records.set(offset, { ...e, was: null, lockEndsUs: 0 });
    else if (e.was.lockEndsUs <= nowUs) {
      const state = e.count >= this.limits.maxDeliveryCount ? 'ARCHIVED' : 'AVAILABLE';
      this.records.set(offset, { state, count: e.count, member: '', lockEndsUs: 0, was: null });
    } else this.records.set(offset, e.was);
  }
}

function pick<T>(random: RandomStream, list: readonly T[]): T {
  return list[nextInt(random, list.length)] as T;
}

/** Every cached record is as the model has it, and what is no longer cached is done with. */
function compare(p: SharePartitionData, model: Model): void {
  let end = -1;
  for (const batch of p.batches) {
    if (batch.firstOffset <= end || (batch.whole === null) === (batch.offsets === null))
      throw new Error(`batch ${batch.firstOffset} is out of shape`);
    end = batch.lastOffset;
    for (let offset = batch.firstOffset; offset <= batch.lastOffset; offset++) {
      if (offset < p.startOffset) continue;
      const s = stateAt(batch, offset);
      const e = model.records.get(offset);
      const found: unknown[] = [s.state, s.deliveryCount, s.before === null];
      const wanted: unknown[] = [e?.state, e?.count, e?.was === null];
      if (s.state === 'ACQUIRED') {
        found.push(s.member, s.lockEndsUs);
        wanted.push(e?.member, e?.lockEndsUs);
      }
      if (found.join() !== wanted.join()) throw new Error(`record ${offset}: ${found} where the model has ${wanted}`);
    }
  }
  for (const [offset, e] of model.records) {
    const done = e.was === null && (e.state === 'ACKNOWLEDGED' || e.state === 'ARCHIVED');
    if (offset < p.startOffset && offset >= model.logStart && !done)
      throw new Error(`the start offset passed record ${offset} in ${e.state}`);
    if (e.count < (model.highest.get(offset) ?? 0)) throw new Error(`the count of record ${offset} fell`);
    if (e.count > model.limits.maxDeliveryCount) throw new Error(`record ${offset} was delivered too often`);
    model.highest.set(offset, e.count);
  }
}

function play(seed: number): void {
  const random = makeStream(seed, 'share');
  const limits: SharePartitionLimits = {
    maxDeliveryCount: 2 + nextInt(random, 4),
    maxInFlightRecords: 20 + nextInt(random, 60),
    lockUs: 100,
    renewEnabled: true,
  };
  const model = new Model(limits);
  let p = emptyPartition(0);
  const log: LogRange[] = [];
  for (let at = 0; at < 120; ) {
    const size = 1 + nextInt(random, 9);
    log.push({ baseOffset: at, lastOffset: at + size - 1 });
    at += size;
  }
  const writing: { updates: readonly StateUpdate[] }[] = [];
  let nowUs = 1;
  for (let round = 0; round < 250; round++) {
    const start = p.startOffset;
    const member = pick(random, MEMBERS);
    const what = nextInt(random, 10);
    if (what < 4) acquireSome(random, p, model, log, member, nowUs);
    else if (what < 7) {
      const updates = acknowledgeSome(random, p, model, member, nowUs);
      if (updates.length > 0) writing.push({ updates });
    } else if (what === 7) {
      nowUs += nextInt(random, 70);
      for (const r of releaseExpired(p, limits, nowUs))
        for (let o = r.firstOffset; o <= r.lastOffset; o++) {
          const e = model.records.get(o) as Entry;
          expect([e.state, e.member, e.was === null, e.lockEndsUs <= nowUs]).toEqual([
            'ACQUIRED',
            r.member,
            true,
            true,
          ]);
          model.move(o, 'AVAILABLE', nowUs, false);
        }
    } else if (what === 8 && nextInt(random, 4) === 0) {
      const updates = releaseAcquired(p, limits, member);
      for (const u of updates)
        for (let o = u.firstOffset; o <= u.lastOffset; o++) model.move(o, 'AVAILABLE', nowUs, true);
      if (updates.length > 0) writing.push({ updates });
    } else if (nextInt(random, 12) === 0) {
      model.logStart = Math.max(model.logStart, Math.min(p.startOffset + nextInt(random, 6), 100));
      for (const [o, e] of model.records)
        if (o < model.logStart && e.state === 'AVAILABLE') model.records.set(o, { ...e, state: 'ARCHIVED', was: null });
      onLogStartMoved(p, model.logStart);
    }
    if (writing.length > 0 && nextInt(random, 2) === 0) {
      const [{ updates }] = writing.splice(nextInt(random, writing.length), 1) as [{ updates: readonly StateUpdate[] }];
      const committed = nextInt(random, 5) > 0;
      completeUpdates(p, limits, updates, committed, nowUs);
      for (const u of updates) for (let o = u.firstOffset; o <= u.lastOffset; o++) model.end(o, committed, nowUs);
    }
    expect(p.startOffset).toBeGreaterThanOrEqual(start);
    compare(p, model);
    if (nextInt(random, 20) === 0) p = clonePartitionData(p);
    if (writing.length === 0 && nextInt(random, 25) === 0) p = moved(p, model);
  }
}

function acquireSome(
  random: RandomStream,
  p: SharePartitionData,
  model: Model,
  log: readonly LogRange[],
  member: string,
  nowUs: number,
): void {
  if (!canAcquire(p, model.limits)) return;
  const fetchOffset = Math.max(nextFetchOffset(p), model.logStart);
  const batches = log.filter((b) => b.lastOffset >= fetchOffset).slice(0, 1 + nextInt(random, 4));
  const recordLimit = nextInt(random, 2) === 0;
  const maxRecords = 1 + nextInt(random, 12);
  const request = { member, recordLimit, batchSize: 1 + nextInt(random, 12), maxRecords, fetchOffset, batches, nowUs };
  const before = p.batches.map((b) => [b.firstOffset, b.lastOffset]);
  const acquired = acquire(p, model.limits, { ...request, aborted: [] });
  // Records that stand in a batch of the log beside those that were acquired are known from now on.
  for (const b of p.batches)
    for (let o = b.firstOffset; o <= b.lastOffset; o++)
      if (!model.records.has(o))
        model.records.set(o, { state: 'AVAILABLE', count: 0, member: '', lockEndsUs: 0, was: null });
  let sum = 0;
  for (const r of acquired.records)
    for (let o = r.firstOffset; o <= r.lastOffset; o++) {
      const e = model.records.get(o) as Entry;
      expect([o, e.state, e.was, e.count + 1]).toEqual([o, 'AVAILABLE', null, r.deliveryCount]);
      model.move(o, 'ACQUIRED', nowUs, false);
      (model.records.get(o) as Entry).member = member;
      sum += 1;
    }
  expect(sum).toBe(acquired.count);
  if (recordLimit) expect(sum).toBeLessThanOrEqual(maxRecords);
  expect(before.length).toBeLessThanOrEqual(p.batches.length);
}

function acknowledgeSome(random: RandomStream, p: SharePartitionData, model: Model, member: string, nowUs: number) {
  const mine = [...model.records].filter(([o, e]) => e.member === member && o >= p.startOffset).map(([o]) => o);
  const first = mine.length === 0 || nextInt(random, 8) === 0 ? nextInt(random, 100) : pick(random, mine);
  const last = first + nextInt(random, 6);
  const types: number[] = [];
  const single = nextInt(random, 2) === 0;
  for (let o = first; o <= last; o++) types.push(nextInt(random, 5));
  const batch = { firstOffset: first, lastOffset: last, types: single ? types.slice(0, 1) : types };
  const { error, updates } = acknowledge(p, model.limits, member, [batch], nowUs);
  const typeOf = (o: number): number => (single ? types[0] : types[o - first]) as number;
  const touched: number[] = [];
  for (let o = Math.max(first, p.startOffset); o <= last; o++) touched.push(o);
  const allowed = touched.every((o) => {
    const e = model.records.get(o);
    return e !== undefined && e.state === 'ACQUIRED' && e.member === member && e.was === null;
  });
  expect([error === null, first, last]).toEqual([allowed || last < p.startOffset, first, last]);
  for (const o of touched) {
    const e = model.records.get(o) as Entry;
    // A lock that was renewed before the request failed stays renewed, as Kafka leaves it.
    const renewed = typeOf(o) === 4 && lockEndOf(p, o) === nowUs + model.limits.lockUs;
    if (error !== null && !renewed) continue;
    if (typeOf(o) === 4) e.lockEndsUs = nowUs + model.limits.lockUs;
    else if (error === null) model.move(o, TARGETS[typeOf(o) as 0 | 1 | 2 | 3], nowUs, true);
  }
  return updates;
}

function lockEndOf(p: SharePartitionData, offset: number): number {
  const batch = p.batches.find((b) => b.firstOffset <= offset && b.lastOffset >= offset);
  return batch === undefined ? 0 : stateAt(batch, offset).lockEndsUs;
}

/** The leader moves: the next one has what was written (all is, here), with nothing acquired. */
function moved(p: SharePartitionData, model: Model): SharePartitionData {
  const written: { firstOffset: number; lastOffset: number; state: Entry['state']; deliveryCount: number }[] = [];
  for (const [o, e] of [...model.records].sort(([x], [y]) => x - y)) {
    if (o < p.startOffset) continue;
    const state = e.state === 'ACQUIRED' ? 'AVAILABLE' : e.state;
    // What is archived beside an available neighbour was never written by anybody; the next leader may read it again.
    const deliveryCount = e.count;
    if (state === 'AVAILABLE' && deliveryCount >= model.limits.maxDeliveryCount) {
      model.records.set(o, { ...e, state: 'ARCHIVED', member: '', lockEndsUs: 0 });
      written.push({ firstOffset: o, lastOffset: o, state: 'ARCHIVED', deliveryCount });
      continue;
    }
    model.records.set(o, { state, count: e.count, member: '', lockEndsUs: 0, was: null });
    written.push({ firstOffset: o, lastOffset: o, state, deliveryCount });
  }
  return partitionFrom(p.startOffset, written) as SharePartitionData;
}

it('rules 111 and 112: random work on a share partition agrees with a model that keeps records one by one', () => {
  for (let seed = 1; seed <= 60; seed++) {
    try {
      play(seed);
    } catch (error) {
      throw new Error(`seed ${seed}: ${(error as Error).message}`);
    }
  }
});
