import { describe, expect, test } from 'vitest';
import { type CellInput, type CellKind, cellLetters, cellShapes, FLAG } from './cells.ts';

const input = (over: Partial<CellInput> & { flags?: number[]; keys?: number[] } = {}): CellInput => {
  const keys = over.keys ?? [0, 1, 2, 0];
  return {
    axis: { base: 10, slots: 6, pitch: 20, cell: 17, x0: 12 },
    mode: 'cells',
    height: 28,
    log: { base: 10, keys, ids: keys.map((_, i) => 100 + i), flags: over.flags ?? keys.map(() => FLAG.acked) },
    logStart: 0,
    leo: 10 + keys.length,
    hw: 99,
    ghost: false,
    hues: 8,
    emphasis: [],
    ...over,
  };
};

const kinds = (i: CellInput): CellKind[] => cellShapes(i).map((s) => s.kind);
const boxes = (i: CellInput, kind: CellKind): number =>
  cellShapes(i)
    .filter((s) => s.kind === kind)
    .reduce((n, s) => n + (s.d.match(/M/g)?.length ?? 0), 0);

describe('the forms of records', () => {
  test('one path a hue; slots without a record are dashed', () => {
    const shapes = cellShapes(input());
    expect(shapes.filter((s) => s.kind === 'solid').map((s) => s.hue)).toEqual([0, 1, 2]);
    expect(boxes(input(), 'solid')).toBe(4);
    expect(boxes(input(), 'absent')).toBe(2);
  });

  test('from the high watermark on: hatched; acknowledged there: at risk', () => {
    expect(boxes(input({ hw: 12 }), 'hatch')).toBe(2);
    expect(boxes(input({ hw: 12 }), 'risk')).toBe(2);
    expect(boxes(input({ hw: 12, flags: [1, 1, 1, 0] }), 'risk')).toBe(1);
    expect(kinds(input({ hw: 14 }))).not.toContain('hatch');
  });

  test('lost: a crossed outline and no colour', () => {
    const i = input({ flags: [1, 1, 1, FLAG.acked | FLAG.lost], hw: 13 });
    expect(boxes(i, 'solid')).toBe(3);
    expect(boxes(i, 'lost')).toBe(1);
    expect(kinds(i)).toContain('cross');
    expect(kinds(i)).not.toContain('risk');
  });

  test('twice: two outlines; a gap and a control batch have no colour', () => {
    expect(boxes(input({ flags: [FLAG.twice, 0, 0, 0] }), 'twice')).toBe(2);
    const i = input({ keys: [0, -2, 1, -1], flags: [0, 0, FLAG.control, 0] });
    expect(boxes(i, 'gap')).toBe(1);
    expect(boxes(i, 'control')).toBe(1);
    expect(
      cellShapes(i)
        .filter((s) => s.kind === 'solid')
        .map((s) => s.hue),
    ).toEqual([-1, 0]);
  });

  test('on a dead broker: ghosts', () => {
    expect(kinds(input({ ghost: true }))).not.toContain('solid');
    expect(boxes(input({ ghost: true }), 'ghost')).toBe(4);
  });

  test('records to be found have a ring', () => {
    expect(boxes(input({ emphasis: [101, 7] }), 'ring')).toBe(1);
  });

  test('deleted offsets say nothing; offsets that the engine has not sent are blank', () => {
    expect(boxes(input({ logStart: 12 }), 'solid')).toBe(2);
    expect(boxes(input({ leo: 16 }), 'solid')).toBe(4);
    expect(boxes(input({ leo: 16 }), 'absent')).toBe(0);
    expect(boxes(input({ leo: 16 }), 'unknown')).toBe(2);
  });

  test('bars say "not committed" by their height', () => {
    const i = input({ mode: 'bars', hw: 12, axis: { base: 10, slots: 30, pitch: 2, cell: 2, x0: 7 } });
    expect(kinds(i)).not.toContain('hatch');
    expect(cellShapes(i).some((s) => s.kind === 'solid' && s.d.includes('v16.8'))).toBe(true);
  });
});

describe('letters', () => {
  test('stand in the middle of their box, and not where there is no room or no record', () => {
    const letters = cellLetters(input({ flags: [0, FLAG.lost, 0, 0] }), ['A', 'B', 'C']);
    expect(letters.map((l) => l.letter).join('')).toBe('ACA');
    expect(letters[0]?.x).toBe(12 + 8.5);
    expect(cellLetters(input({ axis: { base: 10, slots: 6, pitch: 11, cell: 9, x0: 0 } }), ['A', 'B', 'C'])).toEqual(
      [],
    );
  });
});

test('bars know every mark that cells know, each with a form of its own', () => {
  const flags = [FLAG.acked, FLAG.lost | FLAG.acked, FLAG.twice, FLAG.control, FLAG.differs, 0, 0];
  const kinds = cellShapes({
    axis: { base: 0, slots: 10, pitch: 4, cell: 4, x0: 0 },
    mode: 'bars',
    height: 20,
    log: { base: 0, keys: [0, 1, 2, 3, 4, -2, 5], ids: [1, 2, 3, 4, 5, -1, 6], flags },
    logStart: 0,
    leo: 9,
    hw: 0,
    ghost: false,
    hues: 8,
    emphasis: [1],
  }).map((s) => s.kind);
  for (const kind of ['solid', 'lost', 'twice', 'control', 'differs', 'gap', 'unknown', 'risk', 'ring'] as const)
    expect(kinds).toContain(kind);
});
