/** The lab's small pure parts: names in sentences, reasons for one partition, bars and the knee. */
import { expect, test } from 'vitest';
import { assignmentAt, byNumber, reasonsFor } from './assignor-tab.tsx';
import { pieces } from './coloured.tsx';
import { fixtureRun } from './fixture.ts';
import { bars, chartTicks, kneeOf, niceTop } from './how-many-geometry.ts';
import { partitionSeconds } from './words.ts';

test('members in a sentence are found whole', () => {
  const text = 'The coordinator answers c12, not c1; c1-3f is an id.';
  expect(pieces(text, ['c1', 'c12'])).toEqual(['The coordinator answers ', 'c12', ', not ', 'c1', '; c1-3f is an id.']);
  expect(pieces('等 c1、c2', ['c1', 'c2'])).toEqual(['等 ', 'c1', '、', 'c2', '']);
  expect(pieces('a.b', [])).toEqual(['a.b']);
  expect(pieces('c1.x joins', ['c1', 'c1.x'])).toEqual(['', 'c1.x', ' joins']);
});

test('the assignment at the cursor: the last one that was worked out, or the first to come', () => {
  const run = fixtureRun('eager', 2000);
  const first = run.assignments[0]!;
  const two = { ...run, assignments: [first, { ...first, atUs: first.atUs + 5_000_000, epoch: 6 }] };
  expect(assignmentAt(two, 0)?.epoch).toBe(5);
  expect(assignmentAt(two, first.atUs + 5_000_000)?.epoch).toBe(6);
  expect(assignmentAt({ ...run, assignments: [] }, 0)).toBeNull();
});

test('why did this partition go there: its own steps, and those about all', () => {
  const assignment = fixtureRun('eager', 0).assignments[0]!;
  const general = { partition: null, consumer: null, words: assignment.steps[0]!.words };
  const with2 = { ...assignment, steps: [general, ...assignment.steps] };
  expect(reasonsFor(with2, 'orders-3')).toEqual([general, assignment.steps[3]]);
  expect(reasonsFor(with2, null)).toHaveLength(7);
  expect(reasonsFor(with2, 'other-0')).toEqual([]);
  expect(['orders-10', 'orders-2', 'a-3'].sort(byNumber)).toEqual(['a-3', 'orders-2', 'orders-10']);
});

test('bars end on a round number, and the line stands behind as many members as partitions', () => {
  const point = (members: number, processedPerSecond: number) => ({
    members,
    processedPerSecond,
    idle: Math.max(0, members - 3),
    rebalanceCost: 0,
    lagAtEnd: 0,
  });
  const points = [1, 2, 3, 4, 5].map((n) => point(n, Math.min(n, 3) * 97));
  const box = { left: 0, right: 500, top: 0, bottom: 100 };
  const { shapes, top, knee } = bars(points, (p) => p.processedPerSecond, box, 3);
  expect(top).toBe(300);
  expect(shapes[2]!.height).toBeCloseTo(97, 6);
  expect(knee).toBe(300);
  expect(bars(points, () => 0, box, 5).knee).toBeNull();
  expect(kneeOf(points)?.members).toBe(3);
  expect(kneeOf([])).toBeNull();
  expect([0, 0.26, 3, 531, 1000].map(niceTop)).toEqual([1, 0.3, 3, 600, 1000]);
  expect(chartTicks(3, true)).toEqual([0, 3]);
  expect(chartTicks(4, true)).toEqual([0, 2, 4]);
});

test('partition-seconds are said as finely as they are small', () => {
  expect([0, 0.0402, 0.26, 2.74, 18.05].map(partitionSeconds)).toEqual(['0', '0.040', '0.26', '2.7', '18.1']);
});
