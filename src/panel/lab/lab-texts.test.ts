/** Every key that the lab puts together is a sentence, and each of its sentences is asked for somewhere. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LAB_TRIGGERS, LAB_VARIANTS } from '../../protocol/lab.ts';
import { TABS, VIEWS } from '../../store/lab-link.ts';
import { figureRows } from '../../store/lab-ranking.ts';

import { lab } from '../../text/en/lab.ts';
import { hasText } from '../../text/index.ts';
import { fixtureRun } from './fixture.ts';

const STATES = [
  'gone',
  'loading',
  'unjoined',
  'preparing',
  'completing',
  'stable',
  'left',
  'unsubscribed',
  'joining',
  'reconciling',
  'acknowledging',
  'fenced',
  'prepare-leaving',
];
const KINDS = ['held', 'stalled', 'revoked', 'lost', 'never'];

const composed: readonly string[] = [
  ...LAB_TRIGGERS.flatMap((kind) => [`lab.trigger.${kind}`, `lab.trigger.${kind}.says`]),
  ...LAB_VARIANTS.flatMap((v) => [`lab.variant.${v}`, `lab.variant.${v}.protocol`, `lab.variant.${v}.says`]),
  ...VIEWS.flatMap((view) => [`lab.view.${view}`, `lab.view.${view}.says`]),
  ...TABS.map((tab) => `lab.tab.${tab}`),
  ...figureRows([fixtureRun('eager', 0)])
    .filter(({ id }) => !/^(api|error)\./.test(id))
    .flatMap(({ id }) => [`lab.figure.${id}`, `lab.figure.${id}.says`]),
  ...KINDS.flatMap((kind) => [`lab.span.${kind}`, `lab.legend.${kind}`]),
  ...['same', 'paused', 'moved', 'unowned'].flatMap((fate) => [`lab.fate.${fate}`, `lab.fate.${fate}.says`]),
  ...['one', 'same', 'ranked'].map((kind) => `lab.verdict.${kind}`),
  ...['throughput', 'idle', 'cost'].flatMap((name) => [`lab.many.${name}`, `lab.many.${name}.says`]),
  ...['partitions', 'upTo', 'ratePerSecond', 'processMs'].map((key) => `lab.many.${key}`),
  ...STATES.map((state) => `lab.state.${state}`),
];

test('keys that are put together are there', () => {
  expect(composed.filter((key) => !hasText(key))).toEqual([]);
});

test('keys that stand in the code are there, and no sentence is left over', () => {
  const folders = ['panel/lab', 'store', 'panel/menu', 'app'].map((folder) =>
    join(import.meta.dirname, '..', '..', folder),
  );
  const code = folders
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|fixture/.test(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const named = [...code.matchAll(/['"`]((?:lab|app\.key)\.[a-z][A-Za-z.-]*)['"`]/g)].map((match) => match[1]!);
  expect(named.filter((key) => !hasText(key))).toEqual([]);
  const used = new Set([...named, ...composed]);
  expect(Object.keys(lab).filter((key) => !used.has(key))).toEqual([]);
});
