import { describe, expect, test } from 'vitest';
import { type LayoutInput, layOut, MAX_SLOTS, type Rect, rowMiddle } from './layout.ts';

const base: LayoutInput = {
  width: 864,
  height: 640,
  brokers: 3,
  partitions: 3,
  producers: 2,
  consumers: 1,
  controllers: 1,
  text: 11,
};

const overlap = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function* everySize(): Generator<LayoutInput> {
  for (const [width, height] of [
    [864, 640],
    [790, 510],
    [704, 460],
    [390, 470],
    [1136, 640],
    [1900, 1000],
  ] as const)
    for (const brokers of [1, 2, 3, 5, 9])
      for (const partitions of [1, 2, 3, 6, 8, 9, 12])
        for (const producers of [0, 1, 2, 5])
          for (const consumers of [0, 1, 3])
            for (const text of [11, 12])
              yield { width, height, brokers, partitions, producers, consumers, controllers: 1, text };
}

describe('the layout', () => {
  test('three by three fills the stage of a laptop without scrolling', () => {
    const l = layOut(base);
    expect(l.mode).toBe('cells');
    expect(l.width).toBe(864);
    expect(l.height).toBe(640);
    expect(l.slots).toBeGreaterThanOrEqual(9);
    expect(l.sharedNumbers).toBe(false);
  });

  test('over eight columns a record is a bar', () => {
    expect(layOut({ ...base, width: 1600, partitions: 8 }).mode).toBe('cells');
    expect(layOut({ ...base, width: 1600, partitions: 9 }).mode).toBe('bars');
  });

  test('on a phone columns are at least 260 wide and scroll', () => {
    const l = layOut({ ...base, width: 390, height: 470 });
    expect(l.narrow).toBe(true);
    expect(l.columnWidth).toBeGreaterThanOrEqual(260);
    expect(l.width).toBeGreaterThan(390);
  });

  test('nothing overlaps and nothing shrinks below what can be read, at any size', () => {
    let looked = 0;
    for (const input of everySize()) {
      const l = layOut(input);
      looked++;
      const name = JSON.stringify(input);
      for (let i = 1; i < l.columnX.length; i++) {
        expect(l.columnX[i] as number, name).toBeGreaterThanOrEqual(
          (l.columnX[i - 1] as number) + l.columnWidth + l.gutter,
        );
      }
      expect(l.columnX[0] as number, name).toBeGreaterThan(l.headWidth);
      expect((l.columnX.at(-1) as number) + l.columnWidth, name).toBeLessThan(l.width);
      expect(l.columnWidth, name).toBeGreaterThanOrEqual(l.mode === 'bars' ? 54 : 136);
      // Inside a row: role words, records, numbers, in this order, within the row.
      expect(l.cellHeight, name).toBeGreaterThanOrEqual(16);
      expect(l.cellY + l.cellHeight, name).toBeLessThanOrEqual(l.rowHeight - 3);
      if (l.mode === 'cells' && !l.dense) expect(l.roleY, name).toBeLessThan(l.cellY);
      if (!l.sharedNumbers) expect(l.numberY, name).toBeLessThanOrEqual(l.rowHeight - 3);
      expect(l.slots, name).toBeLessThanOrEqual(MAX_SLOTS);
      expect(l.pad * 2 + l.slots * l.pitch, name).toBeLessThanOrEqual(l.columnWidth + 0.001);
      // From top to bottom: producers, columns, readers.
      const cards = [...l.producers, l.controller];
      for (const card of cards) expect(card.y + card.height, name).toBeLessThan(l.columnY);
      cards.forEach((a, i) => {
        for (const b of cards.slice(i + 1)) expect(overlap(a, b), name).toBe(false);
      });
      for (const card of l.producers) {
        expect(card.x, name).toBeGreaterThan(l.headWidth);
        expect(card.x + card.width, name).toBeLessThanOrEqual(l.width);
        expect(card.width, name).toBeGreaterThanOrEqual(130);
      }
      l.readerY.forEach((y, i) => {
        expect(y, name).toBeGreaterThan(
          i === 0 ? l.columnY + l.columnHeight : (l.readerY[i - 1] as number) + l.readerHeight,
        );
      });
      const end = l.readerY.length === 0 ? l.columnY + l.columnHeight : (l.readerY.at(-1) as number) + l.readerHeight;
      expect(end, name).toBeLessThan(l.height);
      for (let r = 0; r < input.brokers; r++) expect(rowMiddle(l, r), name).toBeLessThan(l.footY);
    }
    expect(looked).toBe(6 * 5 * 7 * 4 * 3 * 2);
  });
});
