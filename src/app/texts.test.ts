/** Every text key that the page's code names is there, and every verb has a name and a hint. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TERM_OF_LABEL } from '../panel/glossary/labels.ts';
import { TERM_GROUPS, TERMS, termEntry } from '../panel/glossary/terms.ts';
import { NUMBERS } from '../panel/ledger/numbers.tsx';
import { TERM_OF_LANE } from '../panel/time-strip/lane-shapes.tsx';
import { VERBS } from '../protocol/verbs/index.ts';
import { hasText } from '../text/index.ts';

const src = join(import.meta.dirname, '..');
const files = (folder: string): string[] =>
  readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
    .map((path) => join(src, folder, path));

test('keys that stand in the code', () => {
  const missing = ['app', 'panel', 'store'].flatMap(files).flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/['"`]((?:app|panel|verb)\.[a-z][A-Za-z0-9.-]*)['"`]/g)]
      .map((match) => match[1]!)
      .filter((key) => !hasText(key) && !/\.(ts|tsx|css)$/.test(key))
      .map((key) => `${path.slice(src.length)}: ${key}`),
  );
  expect(missing).toEqual([]);
});

test('keys that are put together', () => {
  const keys = [
    ...VERBS.flatMap(({ verb }) => [`verb.${verb}`, `verb.${verb}.hint`]),
    ...TERMS.flatMap(({ id }) => [`term.${id}`, `term.${id}.says`]),
    ...TERM_GROUPS.map((group) => `glossary.group.${group}`),
    ...NUMBERS.flatMap(({ name }) => [`panel.number.${name}`, `panel.number.${name}.hint`]),
    ...['pending', 'acked', 'at-risk', 'safe', 'lost', 'failed', 'failed-but-written', 'unavailable'].flatMap(
      (fate) => [`fate.${fate}`, `panel.fate.${fate}.why`],
    ),
    ...['file', 'link', 'saved', 'engine'].map((source) => `app.error.open.${source}`),
    ...['seek', 'replay', 'run'].map((what) => `panel.progress.${what}`),
    ...['too-large', 'not-text', 'unreadable'].map((fault) => `panel.file.${fault}`),
  ];
  expect(keys.filter((key) => !hasText(key))).toEqual([]);
});

test('the glossary is whole: each word that is named has an entry, and no text is without one', () => {
  const ids = TERMS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const named = [
    ...TERMS.flatMap(({ related }) => related),
    ...Object.values(TERM_OF_LABEL),
    ...Object.values(TERM_OF_LANE),
    ...NUMBERS.map(({ name }) => name),
  ];
  expect(named.filter((id) => id !== undefined && termEntry(id) === null)).toEqual([]);
  expect(TERMS.filter(({ id, related }) => related.includes(id))).toEqual([]);
  // The stage marks its words in its drawing.
  const onStage = files('diagram').flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/data-term=(?:"([a-z-]+)"|\{[^}]*\})/g)].flatMap((match) =>
      match[1] === undefined ? [...match[0].matchAll(/(?<!=== )'([a-z-]+)'/g)].map(([, id]) => id!) : [match[1]],
    ),
  );
  expect(onStage.filter((id) => termEntry(id) === null)).toEqual([]);
});
