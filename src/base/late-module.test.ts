import { expect, test } from 'vitest';
import { fillLate, lateModule } from './late-module.ts';

test('an empty place says what is missing, a filled one does it', () => {
  const place = lateModule<{ twice(n: number): number }>('sums');
  expect(() => place.twice(2)).toThrow('sums is not loaded yet (twice).');
  fillLate(place, { twice: (n) => 2 * n });
  expect(place.twice(2)).toBe(4);
});
