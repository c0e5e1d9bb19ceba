import { describe, expect, test } from 'vitest';
import {
  type Axis,
  clampBase,
  followBase,
  freeSlots,
  labelEvery,
  markX,
  offsetAt,
  offsetX,
  scrollStep,
} from './axis.ts';

const axis: Axis = { base: 7, slots: 11, pitch: 20, cell: 17, x0: 12 };

describe('the offset window', () => {
  test('starts at 0 and stays there until the tail needs room', () => {
    expect(followBase(0, 11)).toBe(0);
    expect(followBase(11 - freeSlots(11), 11)).toBe(0);
    expect(followBase(11 - freeSlots(11) + 1, 11)).toBe(scrollStep(11));
  });

  test('always holds the tail, with free slots behind it, and moves in whole steps', () => {
    for (const slots of [5, 7, 11, 24, 48]) {
      let before = 0;
      for (let top = 0; top < 400; top++) {
        const base = followBase(top, slots);
        expect(base % scrollStep(slots)).toBe(0);
        expect(base).toBeGreaterThanOrEqual(before);
        expect(top - base).toBeLessThanOrEqual(slots - freeSlots(slots));
        if (base > 0) expect(top - base).toBeGreaterThan(slots - freeSlots(slots) - scrollStep(slots));
        before = base;
      }
    }
  });

  test('a dragged window stays between 0 and the tail', () => {
    expect(clampBase(-5, 100, 11)).toBe(0);
    expect(clampBase(12.4, 100, 11)).toBe(12);
    expect(clampBase(1e9, 100, 11)).toBe(followBase(100, 11));
  });
});

describe('places on the axis', () => {
  test('offset to pixel and back', () => {
    for (let o = 7; o < 18; o++) expect(offsetAt(axis, offsetX(axis, o) + 3)).toBe(o);
    expect(offsetAt(axis, 11)).toBeNull();
    expect(offsetAt(axis, 12 + 11 * 20 + 1)).toBeNull();
  });

  test('the high watermark stands in the gap before its slot, and is held at the edges', () => {
    expect(markX(axis, 14)).toEqual({ x: 12 + 7 * 20 - 1.5, out: null });
    expect(markX(axis, 3).out).toBe('left');
    expect(markX(axis, 18)).toEqual({ x: 12 + 11 * 20 - 1.5, out: null });
    expect(markX(axis, 19).out).toBe('right');
  });

  test('numbers never touch', () => {
    for (const highest of [9, 99, 999, 12_345, 1_234_567]) {
      for (const pitch of [8, 12, 19.4, 25]) {
        expect(labelEvery(pitch, highest, 6.7) * pitch).toBeGreaterThan(String(highest).length * 6.7);
      }
    }
  });
});
