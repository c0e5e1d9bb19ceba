/** The service worker of a build: every file by name, one version that any changed byte changes. */
import { expect, test } from 'vitest';
import { POLICY, serviceWorkerText } from './offline-plugin.ts';

const TEMPLATE = 'const FILES = self.__FILES__;\nconst VERSION = self.__VERSION__;';
const build = (files: Record<string, string>): string => serviceWorkerText(TEMPLATE, new Map(Object.entries(files)));
const version = (text: string): string => /VERSION = "([0-9a-f]{16})"/.exec(text)![1]!;

test('files with a hash in their name are told from those without', () => {
  const text = build({
    'index.html': '',
    'assets/open-BHR-Xvn0.js': '',
    'theme.js': '',
    'assets/a-Ab8aRLdN.js.map': '',
  });
  expect(text).toContain('FILES = [["assets/open-BHR-Xvn0.js",true],["index.html",false],["theme.js",false]];');
});

test('the version follows the content, not the order', () => {
  const one = version(build({ 'index.html': 'a', 'theme.js': 'b' }));
  expect(version(build({ 'theme.js': 'b', 'index.html': 'a' }))).toBe(one);
  expect(version(build({ 'index.html': 'a', 'theme.js': 'c' }))).not.toBe(one);
});

test('the policy allows nothing inline and nobody else', () => {
  expect(POLICY).toContain("default-src 'none'");
  expect(POLICY.replace(" 'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|https?:|\*/);
});
