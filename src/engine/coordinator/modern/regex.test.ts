import { expect, test } from 'vitest';
import vectors from '../../../kafka/vectors/re2j.json';
import { compileRe2, Re2SyntaxError } from './regex.ts';

const patterns: Readonly<Record<string, readonly string[] | null>> = vectors.patterns;

function found(pattern: string): string[] | null {
  try {
    return vectors.names.filter(compileRe2(pattern));
  } catch (error) {
    if (error instanceof Re2SyntaxError) return null;
    throw error;
  }
}

test.each(Object.keys(patterns))('RE2/J: %s', (pattern) => {
  expect(found(pattern)).toEqual(patterns[pattern]);
});

test('no pattern takes long: what makes a backtracking matcher hang is as quick as any other', () => {
  const matches = compileRe2('(a|aa)*(a|aa)*(a|aa)*b');
  expect(matches('a'.repeat(249))).toBe(false);
  expect(matches(`${'a'.repeat(248)}b`)).toBe(true);
});
