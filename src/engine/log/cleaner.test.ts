/** Compaction: rules 33 to 36 and golden trace E3, on a broker whose cleaner looks every second. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runScenario } from '../../cli/run-scenario.ts';
import { validateScenario } from '../../protocol/parse-scenario.ts';
import { checkInvariants } from '../invariant/index.ts';
import type { World } from '../kernel/world.ts';
import { DEFAULT_VIEW, frameOf } from '../projection/frame.ts';
import { newKeyTable } from '../projection/key-table.ts';
import { TestCluster } from '../test-cluster.ts';
import { remainingBatches, truncateCleaned } from './cleaned-log.ts';
import { readLog } from './log-read.ts';

type Config = Readonly<Record<string, string>>;
const COMPACT: Config = { 'cleanup.policy': 'compact', 'min.cleanable.dirty.ratio': '0.01', 'segment.ms': '1000' };

function cluster(topic: Config = {}, config: Config = {}): TestCluster {
  return new TestCluster({
    brokers: 1,
    config: { 'log.cleaner.backoff.ms': '1000', ...config },
    topics: [{ name: 't', assignment: [[1]], config: { ...COMPACT, ...topic } }],
    producers: [{ id: 'p', config: { 'linger.ms': '5' } }],
  }).to(500);
}

/** One record; a null value is a tombstone. */
function put(c: TestCluster, key: string, value: string | null): TestCluster {
  return c.do({
    do: 'producer.send',
    producer: 'p',
    topic: 't',
    partition: 0,
    key,
    value,
    headers: [],
    count: 1,
  } as never);
}

/** Several at once: they share a batch. */
const putAll = (c: TestCluster, ...pairs: readonly (readonly [string, string | null])[]): TestCluster => {
  for (const [key, value] of pairs) put(c, key, value);
  return c.for(20);
};

/** "offset:key=value" of what is left. */
function left(w: World, broker = 1): string[] {
  const r = w.replicas[broker];
  if (r === null || r === undefined) return [];
  return [...remainingBatches(r)].flatMap(({ baseOffset, batch }) =>
    batch.records.map((record, i) => `${baseOffset + (record.offsetDelta ?? i)}:${record.key}=${record.value}`),
  );
}

const offsets = (w: World): number[] => left(w).map((line) => Number(line.split(':')[0]));
/** A record after so long: it begins a new segment, and the cleaner comes. */
const roll = (c: TestCluster, key: string, afterMs = 1500): TestCluster => put(c.for(afterMs), key, 'r').for(1200);

describe('golden trace E3', () => {
  const scenario = JSON.parse(readFileSync(new URL('../../scenario/e3-compaction.json', import.meta.url), 'utf8'));
  const until = (untilMs: number): World => {
    const parsed = validateScenario({ ...scenario, untilMs }, 'e3');
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    return runScenario(parsed);
  };

  test('the first cleaning leaves the last record of each key, a tombstone too, and the active segment', () => {
    expect(offsets(until(4_900)).length).toBe(41);
    const w = until(6_900);
    expect(offsets(w)).toEqual([32, 33, 34, 35, 36, 37, 38, 39, 40]);
    expect(left(w).slice(0, 2)).toEqual(['32:k0=null', '33:k7=v33']);
    expect(w.replicas[1]).toMatchObject({ logStart: 0, leo: 41, recordCount: 9 });
  });

  test('the tombstone goes later; the log’s start never moves; a reader from the beginning sees what is left', () => {
    const w = until(20_000);
    expect(offsets(w)).toEqual([33, 34, 35, 36, 37, 38, 39, 40, 41, 42]);
    expect(w.replicas[1]?.logStart).toBe(0);
    // It began at 7 s, after the first cleaning: nine records, then the two that came.
    expect(w.consumers[0]).toMatchObject({ delivered: 11 });
    expect(w.consumers[0]?.partitions[0]?.offset).toBe(43);
  });
});

describe('rule 33: what is not cleaned', () => {
  test('the active segment', () => {
    const c = putAll(cluster(), ['a', '1'], ['a', '2']).for(5_000);
    expect(left(c.world)).toEqual(['0:a=1', '1:a=2']);
    roll(c, 'b');
    expect(left(c.world)).toEqual(['1:a=2', '2:b=r']);
  });

  test('the first segment inside min.compaction.lag.ms, and all behind it', () => {
    const c = putAll(cluster({ 'min.compaction.lag.ms': '6000' }), ['a', '1'], ['a', '2']);
    roll(c, 'b');
    expect(left(c.world).length).toBe(3);
    // The segment of a=1, a=2 is older than 6 s by then; that of b is not.
    c.for(5_500);
    expect(left(c.world)).toEqual(['1:a=2', '2:b=r']);
  });

  test('what lies above the high watermark', () => {
    const c = new TestCluster({
      config: { 'log.cleaner.backoff.ms': '1000', 'replica.lag.time.max.ms': '60000' },
      topics: [{ name: 't', assignment: [[1, 2]], config: COMPACT }],
      producers: [{ id: 'p', config: { acks: '1', 'linger.ms': '0' } }],
    }).to(500);
    c.pause(2).for(600);
    putAll(c, ['a', '1'], ['a', '2']);
    roll(c, 'b');
    expect(c.world.replicas[1]?.segments.length).toBe(1);
    expect(left(c.world).length).toBe(3);
  });
});

describe('rule 34: when it is cleaned', () => {
  test('above min.cleanable.dirty.ratio, measured in bytes of full segments', () => {
    const c = putAll(cluster({ 'min.cleanable.dirty.ratio': '0.6' }), ['a', 'x'.repeat(300)], ['a', 'y'.repeat(300)]);
    // All of it is dirty at first: 1 is more than 0.6.
    roll(c, 'b');
    expect(left(c.world).length).toBe(2);
    const before = c.world.replicas[1]?.cleaned;
    // Now the dirty segment is the smaller part.
    roll(c, 'c');
    expect(c.world.replicas[1]?.cleaned).toBe(before);
    putAll(c, ['d', 'z'.repeat(900)]);
    roll(c, 'e');
    expect(c.world.replicas[1]?.cleaned?.rounds).toBe(2);
  });

  test('or once something dirty is older than max.compaction.lag.ms', () => {
    const never: Config = { 'min.cleanable.dirty.ratio': '1' };
    const c = putAll(cluster(never), ['a', '1'], ['a', '2']);
    roll(c, 'b').for(20_000);
    expect(left(c.world).length).toBe(3);
    const due = putAll(cluster({ ...never, 'max.compaction.lag.ms': '5000' }), ['a', '1'], ['a', '2']);
    roll(due, 'b');
    expect(left(due.world).length).toBe(3);
    due.for(5_000);
    expect(left(due.world).length).toBe(2);
  });

  test('max.compaction.lag.ms ends a segment early', () => {
    const c = putAll(cluster({ 'segment.ms': '600000', 'max.compaction.lag.ms': '2000' }), ['a', '1'], ['a', '2']);
    put(c.for(3_000), 'b', '1').for(3_000);
    expect(left(c.world)).toEqual(['1:a=2', '2:b=1']);
  });

  test('log.cleaner.enable=false: never; log.cleaner.backoff.ms: not before the cleaner wakes', () => {
    const off = putAll(cluster({}, { 'log.cleaner.enable': 'false' }), ['a', '1'], ['a', '2']);
    roll(off, 'b').for(60_000);
    expect(left(off.world).length).toBe(3);
    const slow = putAll(cluster({}, { 'log.cleaner.backoff.ms': '30000' }), ['a', '1'], ['a', '2']);
    roll(slow, 'b');
    expect(left(slow.world).length).toBe(3);
    slow.to(31_000);
    expect(left(slow.world).length).toBe(2);
  });

  test('the broker’s own values are the defaults of topics', () => {
    const c = putAll(
      cluster({ 'min.cleanable.dirty.ratio': '0.01' }, { 'log.cleaner.min.compaction.lag.ms': '60000' }),
      ['a', '1'],
      ['a', '2'],
    );
    roll(c, 'b').for(5_000);
    expect(left(c.world).length).toBe(3);
  });
});

describe('rule 35: tombstones', () => {
  test('the first cleaning keeps it and says until when; one at or after that takes it', () => {
    const c = putAll(cluster({ 'delete.retention.ms': '4000' }), ['a', '1'], ['a', null], ['b', '1']);
    roll(c, 'x');
    expect(left(c.world)).toEqual(['1:a=null', '2:b=1', '3:x=r']);
    const [stored] = [...remainingBatches(c.world.replicas[1]!)];
    const horizon = stored?.batch.deleteHorizonMs ?? 0;
    expect(horizon).toBeGreaterThan(0);
    // Another round before the horizon changes nothing, not even the horizon.
    roll(c, 'y', 1_100);
    expect(left(c.world)[0]).toBe('1:a=null');
    expect([...remainingBatches(c.world.replicas[1]!)][0]?.batch.deleteHorizonMs).toBe(horizon);
    roll(c, 'z', 3_000);
    expect(offsets(c.world)).toEqual([2, 3, 4, 5]);
  });

  test('a value after it makes it an old record like any other', () => {
    const c = putAll(cluster(), ['a', null], ['a', '2']);
    roll(c, 'x');
    expect(left(c.world)).toEqual(['1:a=2', '2:x=r']);
  });
});

describe('rule 36: batches that stay without records', () => {
  test('the last of the cleaning round, and the last data batch of a producer that is remembered', () => {
    const c = cluster();
    // One batch each; the tombstone goes at once with delete.retention.ms=0 on the second cleaning.
    put(c, 'a', '1').for(20);
    put(c, 'a', '2').for(20);
    roll(c, 'b');
    const r = c.world.replicas[1]!;
    const batches = [...remainingBatches(r)].map((b) => [b.baseOffset, b.lastOffset, b.batch.records.length]);
    expect(batches).toEqual([
      [1, 1, 1],
      [2, 2, 1],
    ]);
    expect(r.cleaned?.upTo).toBe(2);
  });

  test('its header stays where its only record went', () => {
    const c = cluster({ 'delete.retention.ms': '0' });
    put(c, 'a', null).for(20);
    roll(c, 'b');
    roll(c, 'c');
    const r = c.world.replicas[1]!;
    // a's tombstone was in the last batch of the first round, and its producer has written since: gone with the second.
    expect(left(c.world)).toEqual(['1:b=r', '2:c=r']);
    expect([...remainingBatches(r)].map((b) => b.batch.records.length)).toEqual([1, 1]);
    const alone = cluster({ 'delete.retention.ms': '0' });
    put(alone, 'a', null).for(20);
    roll(alone, 'b');
    expect([...remainingBatches(alone.world.replicas[1]!)][0]).toMatchObject({ baseOffset: 0, lastOffset: 0 });
  });
});

describe('a cleaned log is still a log', () => {
  const cleaned = (): TestCluster => {
    const c = putAll(cluster(), ['a', '1'], ['b', '1'], ['a', '2'], ['c', '1']);
    return roll(putAll(c, ['b', '2']), 'x');
  };

  test('a read below the first dirty offset gives what is left; behind it the log goes on', () => {
    const c = cleaned();
    const r = c.world.replicas[1]!;
    expect(left(c.world)).toEqual(['2:a=2', '3:c=1', '4:b=2', '5:x=r']);
    const first = readLog(r, 0, 1_000_000, 6, true);
    expect(first.batches[0]).toMatchObject({ baseOffset: 0, lastOffset: 3 });
    expect(first.batches[0]?.batch.records.map((x) => x.offsetDelta)).toEqual([2, 3]);
    expect(readLog(r, 5, 1_000_000, 6, true).batches.map((b) => b.baseOffset)).toEqual([5]);
    expect(readLog(r, 6, 1_000_000, 6, true).batches).toEqual([]);
  });

  test('sizes are of what is left, and the invariants hold', () => {
    const c = cleaned();
    const r = c.world.replicas[1]!;
    const bytes = [...remainingBatches(r)].reduce((sum, b) => sum + b.batch.sizeInBytes, 0);
    expect(r).toMatchObject({ sizeBytes: bytes, recordCount: 4, logStart: 0 });
    expect(r.segments.reduce((sum, s) => sum + s.sizeBytes, r.active.sizeBytes)).toBe(bytes);
    expect(checkInvariants(c.world).filter((x) => !x.holds)).toEqual([]);
  });

  test('cut within what was cleaned, it ends there', () => {
    const c = cleaned();
    const r = c.ownReplica(1, 0);
    truncateCleaned(r, 4);
    expect(r.cleaned).toMatchObject({ upTo: 4 });
    expect(r.cleaned?.batches.map((b) => b.lastOffset)).toEqual([3]);
    truncateCleaned(r, 0);
    expect(r.cleaned).toBeNull();
  });

  test('the stage shows gaps where records went', () => {
    const c = cleaned();
    const frame = frameOf(c.world, {
      world: 1,
      branch: 0,
      jump: 0,
      view: DEFAULT_VIEW,
      keys: newKeyTable(),
      detail: () => null,
    });
    const log = frame.partitions[0]?.replicas[0]?.log;
    expect(log?.keys.map((k) => k !== -2)).toEqual([false, false, true, true, true, true]);
  });

  test('a broker that comes back goes on from where it had cleaned', () => {
    const c = cleaned();
    const before = left(c.world);
    c.kill(1).for(1_000).start(1).for(20_000);
    expect(left(c.world)).toEqual(before);
    roll(putAll(c, ['a', '3']), 'y');
    expect(left(c.world)).toContain('6:a=3');
    expect(left(c.world).filter((line) => line.includes(':a='))).toEqual(['6:a=3']);
  });
});
