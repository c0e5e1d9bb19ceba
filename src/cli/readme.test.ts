import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fidelityMarkdown } from './fidelity.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

test('the README’s fidelity section is the one that `cli fidelity` prints', () => {
  const section = /<!-- fidelity -->\n([\s\S]*?)\n<!-- \/fidelity -->/.exec(readme)?.[1];
  expect(section).toBe(fidelityMarkdown());
});

test('the two commands stand in the README’s first screen', () => {
  const firstScreen = readme.split('\n').slice(0, 40).join('\n');
  expect(firstScreen).toContain('npm start');
  expect(firstScreen).toContain('npm test');
});
