import { expect, test } from 'vitest';
import { plainColour, plainTransform } from './export-svg.ts';
import { measureRoute } from './flight-path.ts';
import { shapesOf } from './flight-shapes.ts';
import type { Drawn } from './flights.ts';
import type { Palette } from './palette.ts';

const palette: Palette = {
  keys: ['k0', 'k1', 'k2'],
  none: 'none-key',
  ink: 'ink',
  mute: 'mute',
  faint: 'faint',
  panel: 'panel',
  lost: 'lost',
  warn: 'warn',
  accent: 'accent',
};

const drawn = (more: Partial<Drawn>): Drawn => ({
  route: measureRoute([
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ]),
  fraction: 0.5,
  kind: 'capsule',
  length: 20,
  keys: [0, 1],
  error: false,
  stuck: false,
  quiet: false,
  count: 1,
  ...more,
});

test('what browsers compute is written so that every program reads it', () => {
  expect(plainColour('color(srgb 1 0.5 0)')).toBe('rgb(255, 128, 0)');
  expect(plainColour('color(srgb 1 0.5 0 / 0.2)')).toBe('rgba(255, 128, 0, 0.2)');
  expect(plainColour('rgb(1, 2, 3)')).toBe('rgb(1, 2, 3)');
  expect(plainColour('4px, 3px')).toBe('4, 3');
  expect(plainTransform('matrix(1, 0, 0, 1, 12, 5)')).toBe('matrix(1 0 0 1 12 5)');
  expect(plainTransform('none')).toBe('');
});

test('a capsule carries the colours of its records, head first, at its place on the way', () => {
  const paths = shapesOf([drawn({})], palette, 7).filter(
    (s) => s.attributes.stroke === 'k0' || s.attributes.stroke === 'k1',
  );
  expect(paths.map((s) => [s.attributes.stroke, s.attributes.d])).toEqual([
    ['k0', 'M50 0L60 0'],
    ['k1', 'M40 0L50 0'],
  ]);
});

test('errors, what is stuck, and counts are marked', () => {
  const shapes = shapesOf(
    [drawn({ error: true }), drawn({ stuck: true }), drawn({ kind: 'bundle', count: 12 })],
    palette,
    7,
  );
  expect(shapes.filter((s) => s.name === 'circle').map((s) => s.attributes.stroke)).toEqual(['lost', 'warn']);
  expect(shapes.filter((s) => s.name === 'text').map((s) => s.text)).toEqual(['12']);
});

test('over stripes no ways are dotted', () => {
  const dotted = (thick: number) =>
    shapesOf([drawn({})], palette, thick).filter((s) => s.attributes['stroke-dasharray']);
  expect(dotted(7)).toHaveLength(1);
  expect(dotted(3.2)).toHaveLength(0);
});
