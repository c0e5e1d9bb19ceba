import { expect, it } from 'vitest';
import { makeStream, nextInt } from '../../base/random.ts';
import type { ShareStateBatch } from '../../kafka/api/messages-share.ts';
import { combineStateBatches } from './combine-batches.ts';

const batch = (firstOffset: number, lastOffset: number, deliveryState: number, deliveryCount: number) => ({
  firstOffset,
  lastOffset,
  deliveryState,
  deliveryCount,
});

it('keeps the higher delivery count, then the higher state, and joins equal neighbours', () => {
  expect(combineStateBatches([batch(100, 110, 0, 1)], [batch(105, 115, 0, 1)], -1)).toEqual([batch(100, 115, 0, 1)]);
  expect(combineStateBatches([batch(100, 120, 0, 1)], [batch(105, 110, 2, 1)], -1)).toEqual([
    batch(100, 104, 0, 1),
    batch(105, 110, 2, 1),
    batch(111, 120, 0, 1),
  ]);
  expect(combineStateBatches([batch(100, 120, 0, 2)], [batch(105, 125, 2, 1)], -1)).toEqual([
    batch(100, 120, 0, 2),
    batch(121, 125, 2, 1),
  ]);
  expect(combineStateBatches([batch(100, 120, 0, 1)], [], 115)).toEqual([batch(115, 120, 0, 1)]);
});

it('says of every offset what a list by offset says', () => {
  const random = makeStream(3, 'combine');
  for (let round = 0; round < 300; round++) {
    const some = (): ShareStateBatch[] =>
      Array.from({ length: nextInt(random, 6) }, () => {
        const first = nextInt(random, 30);
        return batch(
          first,
          first + nextInt(random, 8),
          [0, 2, 4][nextInt(random, 3)] as number,
          1 + nextInt(random, 3),
        );
      });
    const soFar = some();
    const fresh = some();
    const start = nextInt(random, 3) === 0 ? -1 : nextInt(random, 20);
    const combined = combineStateBatches(soFar, fresh, start);
    for (let offset = 0; offset < 40; offset++) {
      const told = [...soFar, ...fresh].filter((b) => b.firstOffset <= offset && b.lastOffset >= offset);
      const wanted = told.sort((a, b) => b.deliveryCount - a.deliveryCount || b.deliveryState - a.deliveryState)[0];
      const found = combined.filter((b) => b.firstOffset <= offset && b.lastOffset >= offset);
      const has = wanted === undefined || offset < start ? [] : [[wanted.deliveryState, wanted.deliveryCount]];
      expect(found.map((b) => [b.deliveryState, b.deliveryCount])).toEqual(has);
    }
    combined.forEach((b, i) => {
      const after = combined[i + 1];
      if (after === undefined) return;
      const joined = after.firstOffset === b.lastOffset + 1;
      expect(after.firstOffset).toBeGreaterThan(b.lastOffset);
      if (joined) expect([after.deliveryState, after.deliveryCount]).not.toEqual([b.deliveryState, b.deliveryCount]);
    });
  }
});
