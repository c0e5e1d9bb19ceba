import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KEY_HUES, keyColour, keyLetter, keyVariable, READER_HUES, readerColour } from './palette.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split(/\.dark,/);

function colours(block: string): Map<string, string> {
  return new Map([...block.matchAll(/(--[a-z0-9-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1] as string, m[2] as string]));
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** `a` over `b`, `part` of it. */
function over(a: string, b: string, part: number): string {
  const mix = [1, 3, 5].map((i) =>
    Math.round(Number.parseInt(a.slice(i, i + 2), 16) * part + Number.parseInt(b.slice(i, i + 2), 16) * (1 - part)),
  );
  return `#${mix.map((v) => v.toString(16).padStart(2, '0')).join('')}`;
}

describe.each([
  ['light', colours(light)],
  ['dark', colours(dark)],
])('the colours in %s', (theme, map) => {
  const get = (name: string): string => map.get(name) ?? '';

  test('words are AA on every ground', () => {
    for (const word of [
      '--ink',
      '--mute',
      '--hw',
      '--lost',
      '--ok',
      '--warn',
      '--accent',
      ...Array.from({ length: READER_HUES }, (_, i) => `--c${i + 1}`),
    ])
      for (const ground of ['--panel', '--bg', '--shade'])
        expect(contrast(get(word), get(ground)), `${word} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });

  test('words are AA on the tinted row of a broker that does not answer', () => {
    const part = theme === 'light' ? 0.06 : 0.08;
    for (const tint of ['--lost', '--warn'])
      for (const ground of ['--panel', '--bg'])
        for (const word of ['--ink', '--mute', '--lost', '--warn'])
          expect(contrast(get(word), over(get(tint), get(ground), part)), `${word} on ${tint}`).toBeGreaterThanOrEqual(
            4.5,
          );
  });

  test('letters are AA on every key, and words on filled marks', () => {
    for (let k = 0; k < KEY_HUES; k++)
      expect(contrast(get('--k-ink'), get(`--k${k}`)), `k${k}`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(get('--k-ink'), get('--k-none'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(get('--panel'), get('--hw'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(get('--panel'), get('--ink'))).toBeGreaterThanOrEqual(4.5);
  });
});

test('a key keeps its hue and its letter', () => {
  expect(keyVariable(9)).toBe('--k1');
  expect(keyColour(-1)).toBe('var(--k-none)');
  expect(readerColour(6)).toBe('var(--c1)');
  expect(keyLetter('anna')).toBe('A');
  expect(keyLetter('#42')).toBe('4');
  expect(keyLetter('安娜')).toBe('安');
  expect(keyLetter('…')).toBe('');
  expect(keyLetter(undefined)).toBe('');
});
