/** Every shipped file that expects something gets it: the golden traces and the experiments that a real cluster answered. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { checkCommand } from './check.ts';

const folder = resolve(import.meta.dirname, '../scenario');
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => join(folder, name))
  .filter((file) => 'expect' in (JSON.parse(readFileSync(file, 'utf8')) as object));

test('there are files to check', () => {
  expect(files.length).toBeGreaterThan(40);
});

test.each(files)('%s', (file) => {
  const { stdout, exitCode } = checkCommand([file]);
  expect(stdout).toMatch(/^\d+ passed, 0 failed\n$/);
  expect(exitCode).toBe(0);
});
