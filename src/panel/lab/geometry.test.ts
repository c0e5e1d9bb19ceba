import { describe, expect, test } from 'vitest';
import type { LabSpan } from '../../protocol/lab.ts';
import { fixtureRun } from './fixture.ts';
import {
  fateOf,
  fitted,
  followed,
  laneShapes,
  MOST_NAMED,
  panned,
  pitchFor,
  quietFrom,
  rowAt,
  rowsOf,
  zoomed,
} from './geometry.ts';

const S = 1_000_000;
const BOX = { left: 100, right: 500 };
const span = (fromUs: number, untilUs: number, owner: string | null, more: Partial<LabSpan> = {}): LabSpan => ({
  fromUs,
  untilUs,
  owner,
  gap: owner === null ? 'revoked' : null,
  stalled: false,
  also: [],
  ...more,
});

describe('what part of time is shown', () => {
  test('it begins before the trigger and ends after the last variant is at rest', () => {
    const runs = [fixtureRun('eager', 0), fixtureRun('cooperative', 2000)];
    const { fromUs, toUs } = fitted(runs);
    expect(fromUs).toBeLessThan(16 * S);
    expect(toUs).toBeGreaterThan(Math.max(...runs.map(quietFrom)));
    expect(toUs).toBeLessThanOrEqual(24 * S);
  });

  test('a partition that nobody reads to the end does not stretch it to the end', () => {
    const run = fixtureRun('eager', 0);
    const open = {
      ...run,
      partitions: [{ partition: 'orders-0', spans: [span(0, 17 * S, 'c1'), span(17 * S, 24 * S, null)] }],
    };
    expect(quietFrom({ ...open, figures: { ...run.figures, settledAfterUs: null } })).toBe(17 * S);
  });

  test('zooming keeps the moment under the pointer in its place, and stays within the run', () => {
    const whole = { fromUs: 10 * S, toUs: 30 * S };
    const about = 15 * S;
    const near = zoomed(whole, whole, about, 0.5);
    const share = (d: { fromUs: number; toUs: number }) => (about - d.fromUs) / (d.toUs - d.fromUs);
    expect(share(near)).toBeCloseTo(share(whole), 6);
    expect(zoomed(near, whole, about, 100)).toEqual(whole);
    expect(panned(near, whole, -99 * S).fromUs).toBe(whole.fromUs);
    expect(panned(near, whole, 99 * S).toUs).toBe(whole.toUs);
  });

  test('the shown part follows the cursor, and does not move for one beyond the run', () => {
    const whole = { fromUs: 0, toUs: 30 * S };
    const domain = { fromUs: 10 * S, toUs: 12 * S };
    expect(followed(domain, whole, 11 * S)).toBe(domain);
    const moved = followed(domain, whole, 20 * S);
    expect(moved.fromUs).toBeLessThan(20 * S);
    expect(moved.toUs - moved.fromUs).toBe(2 * S);
    const last = followed(domain, whole, 31 * S);
    expect(last.toUs).toBe(30 * S);
    // Asked again it is at rest: a second answer would make the page draw for ever.
    expect(followed(last, whole, 31 * S)).toBe(last);
  });
});

describe('lanes', () => {
  test('spans are cut to the view, and a gap shorter than a pixel is still seen', () => {
    const shapes = laneShapes(
      [span(0, 10 * S, 'c1'), span(10 * S, 10 * S + 500, null), span(10 * S + 500, 90 * S, 'c2', { stalled: true })],
      { fromUs: 5 * S, toUs: 45 * S },
      BOX,
    );
    expect(shapes.map(({ kind }) => kind)).toEqual(['held', 'revoked', 'stalled']);
    expect(shapes[0]).toMatchObject({ x: 100, width: 50 });
    expect(shapes[1]!.width).toBe(1);
    expect(shapes[2]!.x + shapes[2]!.width).toBeCloseTo(500, 6);
  });

  test('a few partitions have a lane each, in their order', () => {
    const { rows, thin, height } = rowsOf(fixtureRun('eager', 0), 20);
    expect(thin).toBe(false);
    expect(rows.map(({ partitions }) => partitions[0]!.partition)).toEqual([
      'orders-0',
      'orders-1',
      'orders-2',
      'orders-3',
      'orders-4',
      'orders-5',
    ]);
    expect(height).toBe(120);
    expect(rowAt(rows, rows[2]!.y + 3)).toBe(rows[2]);
  });

  test('a thousand partitions stand on the page: every one in a row, grouped by what happens to it', () => {
    const spec = {
      base: { kind: 'fresh', members: 200, partitions: 1000, ratePerSecond: 100 },
      seed: 1,
      trigger: 'join',
      slowestMs: 0,
      windowUs: 8 * S,
    } as const;
    const run = fixtureRun('cooperative', 0, spec);
    const { rows, groups, height, thin } = rowsOf(run, 16);
    expect(thin).toBe(true);
    expect(rows.reduce((sum, { partitions }) => sum + partitions.length, 0)).toBe(1000);
    expect(groups.map(({ count }) => count).reduce((a, b) => a + b)).toBe(1000);
    expect(height).toBeLessThan(420);
    for (const [i, row] of rows.entries()) {
      const before = rows[i - 1];
      if (before !== undefined) expect(row.y).toBeGreaterThanOrEqual(before.y + before.height);
    }
    for (const { fate, y, height: h } of groups) {
      const inside = rows.filter((row) => row.y >= y && row.y < y + h).flatMap(({ partitions }) => partitions);
      expect(new Set(inside.map((p) => fateOf(p, run.triggerUs)))).toEqual(new Set([fate]));
    }
  });

  test('what moves is few among many, and has room for its words', () => {
    const spec = {
      base: { kind: 'fresh', members: 3, partitions: MOST_NAMED + 60, ratePerSecond: 100 },
      seed: 1,
      trigger: 'join',
      slowestMs: 0,
      windowUs: 8 * S,
    } as const;
    for (const { height } of rowsOf(fixtureRun('cooperative', 0, spec), 16).groups)
      expect(height).toBeGreaterThanOrEqual(14);
  });

  test('even a single one that moves among hundreds is seen', () => {
    const spec = {
      base: { kind: 'fresh', members: 3, partitions: 300, ratePerSecond: 100 },
      seed: 1,
      trigger: 'join',
      slowestMs: 0,
      windowUs: 8 * S,
    } as const;
    const run = fixtureRun('cooperative', 0, spec);
    const moved = run.partitions.filter((p) => fateOf(p, run.triggerUs) === 'moved');
    const same = run.partitions.filter((p) => fateOf(p, run.triggerUs) === 'same');
    const { groups } = rowsOf({ ...run, partitions: [...same, moved[0]!] }, 16);
    expect(groups.map(({ fate, count }) => [fate, count])).toEqual([
      ['same', same.length],
      ['moved', 1],
    ]);
    expect(groups[1]!.height).toBeGreaterThanOrEqual(14);
  });

  test('lanes are as high as lets all variants stand, between 16 and 26 pixels', () => {
    expect(pitchFor(900, 3, 6, 100)).toBe(26);
    expect(pitchFor(660, 4, 6, 60)).toBe(17);
    expect(pitchFor(300, 6, 12, 100)).toBe(16);
  });
});
