import { expect, test } from 'vitest';
import { makeScheduler } from './scheduler.ts';

test('a later task of the same name replaces the earlier one; one animation frame for all', () => {
  const frames: (() => void)[] = [];
  const dropped: number[] = [];
  const s = makeScheduler(
    (callback) => frames.push(callback),
    (handle) => dropped.push(handle),
  );
  const ran: string[] = [];
  s.schedule('a', () => ran.push('a1'));
  s.schedule('a', () => ran.push('a2'));
  s.schedule('b', () => ran.push('b'));
  expect(frames).toHaveLength(1);
  frames[0]?.();
  expect(ran).toEqual(['a2', 'b']);
  s.schedule('a', () => ran.push('a3'));
  s.cancel('a');
  expect(dropped).toEqual([2]);
});
