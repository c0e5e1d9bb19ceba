import { expect, test } from 'vitest';
import { changeTo, newLane, spansUntil } from './spans.ts';

const same = (a: string, b: string): boolean => a === b;

test('a lane has no holes, and equal neighbours are one span', () => {
  const lane = newLane(10, 'a');
  changeTo(lane, 20, 'b');
  changeTo(lane, 20, 'c');
  changeTo(lane, 30, 'd');
  changeTo(lane, 30, 'c');
  changeTo(lane, 40, 'a');
  expect(spansUntil(lane, 50, same)).toEqual([
    { fromUs: 10, untilUs: 20, value: 'a' },
    { fromUs: 20, untilUs: 40, value: 'c' },
    { fromUs: 40, untilUs: 50, value: 'a' },
  ]);
});

test('reading a lane does not end it', () => {
  const lane = newLane(0, 'a');
  expect(spansUntil(lane, 0, same)).toEqual([]);
  expect(spansUntil(lane, 5, same)).toHaveLength(1);
  changeTo(lane, 7, 'b');
  expect(spansUntil(lane, 9, same).map(({ fromUs }) => fromUs)).toEqual([0, 7]);
});
