/** What keeps the house in order: who imports whom, no source of chance, small files, nothing of one machine. */

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import {
  describeFinding,
  type Finding,
  forbiddenImports,
  importsOf,
  notDeterministic,
  type ParsedFile,
  privateText,
} from './source-rules.ts';

const root = join(import.meta.dirname, '..', '..');
const WARN_LINES = 500;
const FAIL_LINES = 700;
const UNTRACKED = ['node_modules', 'dist', 'test-results', 'playwright-report', 'coverage', '.git'];

function parse(path: string, text: string): ParsedFile {
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  return { path, text, program, comments };
}

function filesUnder(folder: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (UNTRACKED.includes(entry.name)) continue;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...filesUnder(path));
    else found.push(path);
  }
  return found.sort();
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const sources = filesUnder('src').filter((path) => /\.tsx?$/.test(path));
const parsed = sources.map((path) => parse(path, read(path)));
const all = (rule: (file: ParsedFile) => Finding[]): string[] => parsed.flatMap(rule).map(describeFinding);

/** What git tracks or would add. Outside of a repository: all that is there, except what tools make. */
function trackedFiles(): string[] {
  if (!existsSync(join(root, '.git'))) return filesUnder('');
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  return list
    .toString()
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)) && statSync(join(root, path)).isFile());
}

describe('the source as it is', () => {
  test('every import is one that its folder may have', () => {
    expect(all(forbiddenImports)).toEqual([]);
  });

  test('nothing in base, kafka, protocol and engine depends on a clock, chance, a language or an order', () => {
    expect(all(notDeterministic)).toEqual([]);
  });

  test(`no source file is longer than ${FAIL_LINES} lines`, () => {
    const lengths = filesUnder('src')
      .filter((path) => /\.(tsx?|mjs|css)$/.test(path))
      .map((path) => ({ path, lines: read(path).trimEnd().split('\n').length }))
      .sort((a, b) => b.lines - a.lines);
    for (const { path, lines } of lengths) {
      if (lines > WARN_LINES) console.warn(`${path} has ${lines} lines: could it be two files?`);
    }
    expect(lengths.filter(({ lines }) => lines > FAIL_LINES)).toEqual([]);
  });

  test('no tracked file names a path of one machine or a host that packages come from', () => {
    const findings = trackedFiles().flatMap((path) => privateText(path, read(path)));
    expect(findings.map(describeFinding)).toEqual([]);
  });
});

describe('the rules see what is planted', () => {
  const findings = (rule: (file: ParsedFile) => Finding[], path: string, text: string): string[] =>
    rule(parse(path, text)).map(({ line, what }) => `${line}: ${what}`);

  test.each([
    ['src/base/a.ts', `import { x } from '../kafka/x.ts'`],
    ['src/base/a.ts', `import { x } from 'valibot'`],
    ['src/kafka/a.ts', `import { x } from '../text/x.ts'`],
    ['src/kafka/records/a.ts', `import type { X } from '../../protocol/x.ts'`],
    ['src/text/a.ts', `import { x } from '../kafka/x.ts'`],
    ['src/protocol/a.ts', `import { x } from '../engine/x.ts'`],
    ['src/protocol/a.ts', `import { x } from '../store/x.ts'`],
    ['src/engine/a.ts', `import { x } from '../worker/x.ts'`],
    ['src/engine/log/a.ts', `export * from '../../store/x.ts'`],
    ['src/engine/a.ts', `export { x } from '../app/x.ts'`],
    ['src/engine/a.ts', `import { create } from 'zustand/vanilla'`],
    ['src/engine/a.ts', `import 'react'`],
    ['src/engine/a.ts', `import fs from 'node:fs'`],
    ['src/worker/a.ts', `import { x } from '../store/x.ts'`],
    ['src/store/a.ts', `import { x } from '../engine/x.ts'`],
    ['src/store/a.ts', `import { x } from '../worker/x.ts'`],
    ['src/diagram/a.ts', `import { x } from '../panel/x.ts'`],
    ['src/diagram/a.tsx', `const x = await import('../engine/x.ts')`],
    ['src/panel/a.tsx', `import { x } from '../engine/x.ts'`],
    ['src/panel/a.tsx', `let x: import('../lesson/x.ts').X`],
    ['src/lesson/a.ts', `import { x } from '../kafka/x.ts'`],
    ['src/lesson/a.ts', `import { x } from '../engine/x.ts'`],
    ['src/app/a.ts', `const w = new Worker(new URL('../engine/x.ts', import.meta.url), { type: 'module' })`],
    ['src/app/a.ts', `import X from '../engine/x.ts?worker'`],
    ['src/app/a.ts', `const all = import.meta.glob(['./*.ts', '../engine/*.ts'])`],
    ['src/app/a.ts', `import { x } from '../../e2e/x.ts'`],
    ['src/app/a.ts', `import { x } from '/src/engine/x.ts'`],
    ['src/main.tsx', `import { x } from './engine/x.ts'`],
    ['src/elsewhere/a.ts', `export const x = 1`],
  ])('in %s: %s', (path, text) => {
    expect(findings(forbiddenImports, path, `\n${text}`)).toHaveLength(1);
  });

  test.each([
    ['src/kafka/a.ts', `import { x } from '../base/x.ts'`],
    ['src/kafka/records/a.ts', `import { gzipSync } from 'fflate'`],
    ['src/protocol/a.ts', `import { x } from '../text/x.ts'; import { y } from '../kafka/y.ts'; import 'valibot'`],
    ['src/engine/log/a.ts', `import { x } from '../broker/x.ts'; import type { Y } from '../../protocol/y.ts'`],
    ['src/worker/a.ts', `import { x } from '../engine/x.ts'`],
    ['src/panel/a.tsx', `import { x } from '../diagram/x.ts'; import { useState } from 'react'`],
    ['src/app/a.ts', `const w = new Worker(new URL('../worker/entry.ts', import.meta.url), { type: 'module' })`],
    ['src/cli/a.ts', `import fs from 'node:fs'; import { x } from '../engine/x.ts'`],
    ['src/main.tsx', `import { App } from './app/app.tsx'; import './index.css'; import 'react'`],
    ['src/store/a.test.ts', `import { x } from '../engine/x.ts'`],
    ['src/base/a.ts', `// import { x } from '../engine/x.ts'\nconst text = "import '../engine/x.ts'"`],
    ['src/panel/a.tsx', `const a = <p>don't import '../engine/x.ts' here</p>`],
  ])('not in %s: %s', (path, text) => {
    expect(findings(forbiddenImports, path, text)).toEqual([]);
  });

  test('every way of naming a module is found', () => {
    const text = [`import 'a'`, `export * from 'b'`, `export { c } from 'c'`, `import('d')`, `let e: import('e').E`];
    text.push(
      `import f = require('f')`,
      `require('g')`,
      `new URL('./h', import.meta.url)`,
      `import.meta.glob('./i/*')`,
    );
    const specifiers = importsOf(parse('src/app/a.ts', text.join('\n'))).map(({ specifier }) => specifier);
    expect(specifiers).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', './h', './i/*']);
  });

  test.each([
    'Math.random()',
    'Math.log(2)',
    'Math.log2(2)',
    'Math.log10(2)',
    'Math.log1p(2)',
    'Math.exp(1)',
    'Math.expm1(1)',
    'Math.pow(2, 3)',
    'Math.sin(1)',
    'Math.cos(1)',
    'Math.tan(1)',
    'Math.atan2(1, 2)',
    'Math.cbrt(8)',
    'Math.hypot(3, 4)',
    `Math['random']()`,
    'const { random } = Math',
    'globalThis.x',
    'Date.now()',
    'new Date()',
    'new Date(0)',
    'const now = Date.now',
    'performance.now()',
    'setTimeout(f, 1)',
    'setInterval(f, 1)',
    'setImmediate(f)',
    'queueMicrotask(f)',
    'requestAnimationFrame(f)',
    'await x',
    'async function g() {}',
    'const g = async () => 1',
    'const o = { async g() {} }',
    'Promise.resolve(1)',
    'new Promise(f)',
    `import('./x.ts')`,
    `'a'.localeCompare('b')`,
    'new Intl.Collator()',
    'x.toLocaleString()',
    'x.toLocaleUpperCase()',
    'x.sort()',
    'x?.sort()',
    'x.toSorted()',
    '2 ** 3',
    'x **= 2',
    'for (const k in x) f(k)',
    'new WeakRef(x)',
    'new FinalizationRegistry(f)',
  ])('in the engine: %s', (text) => {
    for (const folder of ['engine/log', 'engine', 'kafka', 'base', 'protocol']) {
      expect(findings(notDeterministic, `src/${folder}/a.ts`, `\n${text}`)).toHaveLength(1);
    }
    expect(findings(notDeterministic, 'src/engine/a.test.ts', text)).toEqual([]);
    expect(findings(notDeterministic, 'src/store/a.ts', text)).toEqual([]);
  });

  test.each([
    'Math.floor(Math.sqrt(2) * Math.PI)',
    'Math.imul(3, 5) + Math.max(1, 2) + Math.clz32(4)',
    'Date.UTC(2026, 0, 1)',
    'structuredClone(x)',
    'x.sort((a, b) => a - b)',
    'for (const k of x) f(k)',
    'const o = { Date: 1, performance: 2 }; o.Date; o.performance',
    'const performance = 1; f(performance)',
    '// Math.random() and Date.now() are not used; nor is await\nconst text = "Math.random() ** 2"',
    'const pattern = /Math.random\\(\\)/',
  ])('not in the engine: %s', (text) => {
    expect(findings(notDeterministic, 'src/engine/a.ts', text)).toEqual([]);
  });

  test('an excuse with a reason counts on its line and the next, outside of the engine only', () => {
    const above = '// deterministic: loaded before time starts\nawait x';
    const beside = 'await x // deterministic: loaded before time starts';
    const tooFar = '// deterministic: loaded before time starts\n\nawait x';
    const noReason = 'await x // deterministic:';
    expect(findings(notDeterministic, 'src/kafka/a.ts', above)).toEqual([]);
    expect(findings(notDeterministic, 'src/protocol/a.ts', beside)).toEqual([]);
    expect(findings(notDeterministic, 'src/base/a.ts', tooFar)).toEqual(['3: await']);
    expect(findings(notDeterministic, 'src/kafka/a.ts', noReason)).toEqual(['1: await']);
    expect(findings(notDeterministic, 'src/engine/a.ts', above)).toEqual(['2: await']);
  });

  test('a promise as a type is for the outside of the engine', () => {
    expect(findings(notDeterministic, 'src/protocol/a.ts', 'let p: Promise<number>')).toEqual([]);
    expect(findings(notDeterministic, 'src/engine/a.ts', 'let p: Promise<number>')).toEqual(['1: Promise']);
  });

  test('paths of a machine and hosts of packages', () => {
    // In pieces, so that this file does not trip the rule itself.
    for (const pieces of [
      ['/wo', 'rk/main/x'],
      ['/ho', 'me/someone/x'],
      ['see (/ro', 'ot/x)'],
      ['https://registry.', 'npmjs.org/x'],
      ['deb.', 'debian.org'],
    ]) {
      expect(privateText('a.md', `one\ntwo ${pieces.join('')}`)).toMatchObject([{ line: 2 }]);
    }
    expect(privateText('a.md', 'at home/office/x, ../work/x, src/root/x, /tmp/x, /usr/bin/chromium')).toEqual([]);
  });
});
