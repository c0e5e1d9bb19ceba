import { expect, test } from 'vitest';
import { textWidth } from '../../diagram/measure.ts';
import { fixtureRun } from './fixture.ts';
import { arrowAt, arrowsOf, linesOf } from './sequence-geometry.ts';

const BOX = { left: 100, right: 900 };
const run = fixtureRun('eager', 2000);
const lines = linesOf(run.members);
const DOMAIN = { fromUs: 15_500_000, toUs: 19_000_000 };
const arrows = arrowsOf(run, run.steps, lines, DOMAIN, BOX, (step) => step.api);

test('a request goes from its member to the coordinator, its answer the other way, both as time goes', () => {
  for (const { step, x1, x2, y1, y2 } of arrows) {
    const memberY = lines.memberY.get(step.consumer);
    expect(step.what === 'request' ? [y1, y2] : [y2, y1]).toEqual([memberY, lines.coordinatorY]);
    expect(x2).toBeGreaterThanOrEqual(x1);
  }
  expect(arrows.length).toBe(run.steps.filter(({ sentUs }) => sentUs > DOMAIN.fromUs && sentUs < DOMAIN.toUs).length);
});

test('one that never arrived ends on its way', () => {
  const lost = { ...run.steps.at(-2)!, arrivedUs: -1 };
  const [arrow] = arrowsOf(run, [lost], lines, DOMAIN, BOX, () => '');
  expect(arrow!.lost).toBe(true);
  expect(arrow!.y2).not.toBe(lines.coordinatorY);
});

test('names do not lie over one another on a line, nor beyond the edge', () => {
  const byLine = new Map<string, { from: number; to: number }[]>();
  for (const { step, label } of arrows) {
    if (label === null) continue;
    const box = { from: label.x, to: label.x + textWidth(label.text, 10.5, 'mono') };
    expect(box.to).toBeLessThanOrEqual(BOX.right);
    const key = `${step.consumer} ${step.what}`;
    for (const other of byLine.get(key) ?? []) expect(box.from >= other.to || box.to <= other.from).toBe(true);
    byLine.set(key, [...(byLine.get(key) ?? []), box]);
  }
  expect(byLine.size).toBeGreaterThan(2);
});

test('the arrow under the pointer is the nearest, and none far from all', () => {
  const arrow = arrows[4]!;
  expect(arrowAt([arrow], (arrow.x1 + arrow.x2) / 2 + 2, (arrow.y1 + arrow.y2) / 2)).toBe(arrow);
  expect(arrowAt([arrow], arrow.x1 + 80, arrow.y1)).toBeNull();
});

test('two hundred members fit', () => {
  const many = Array.from({ length: 200 }, (_, i) => ({ consumer: `c${i}` }));
  const { height, memberY } = linesOf(many);
  expect(height).toBeLessThan(700);
  expect(new Set(memberY.values()).size).toBe(200);
});
