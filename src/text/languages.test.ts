/** No English sentence inside the Chinese table, and no word of the page that stands in the code instead of a table. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import { zh } from './zh/index.ts';

const HOLES = /\{[^{}]*\}/g;

/** Three plain English words in a row are a sentence; Kafka's names, keys and code are single words or have dots and capitals. */
const looksEnglish = (sentence: string): boolean =>
  /(?:^|[^\w.])[a-z]{2,}[ ,;]+[a-z]{2,}[ ,;]+[a-z]{2,}(?![\w.-])/.test(sentence.replace(HOLES, ' '));

test('the Chinese table is Chinese', () => {
  const table: Readonly<Record<string, string>> = zh;
  expect(Object.keys(table).filter((key) => looksEnglish(table[key]!))).toEqual([]);
  // A sentence without any Chinese sign is a name, a figure or a symbol: short.
  const bare = Object.entries(table).filter(
    ([key, text]) =>
      !/[\u4e00-\u9fff]/.test(text) &&
      (text.replace(HOLES, '').match(/[a-z]{2,}/gi) ?? []).length > 4 &&
      key !== 'app.language.switch',
  );
  expect(bare).toEqual([]);
});

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

const SPOKEN = new Set(['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-roledescription']);
/** Names that are the same in both languages; JSON's null is one. */
const NAMES = new Set(['Kafkascope', 'EN · 中文', 'crc 0x', 'null']);

const hasWord = (text: string): boolean => /\p{L}{2,}/u.test(text.replace(/&\w+;/g, '')) && !NAMES.has(text.trim());

/** Words that a component would show in whatever language somebody once wrote them. */
function wordsInCode(path: string, text: string): string[] {
  const found: string[] = [];
  const add = (node: Node, words: string): void => {
    const line = text.slice(0, node.start).split('\n').length;
    found.push(`${path}:${line}: ${words.trim().slice(0, 60)}`);
  };
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) visit(each);
    if (typeof node !== 'object' || node === null || typeof (node as Node).type !== 'string') return;
    const each = node as Node;
    if (each.type === 'JSXText' && hasWord(String(each.value))) add(each, String(each.value));
    if (each.type === 'JSXAttribute') {
      const name = (each.name as Node).name;
      const value = each.value as Node | null;
      if (typeof name === 'string' && SPOKEN.has(name) && value?.type === 'Literal' && hasWord(String(value.value)))
        add(each, `${name}="${String(value.value)}"`);
    }
    for (const key of Object.keys(each)) if (key !== 'type') visit(each[key]);
  };
  visit(parseSync(path, text).program);
  return found;
}

describe('words in the code', () => {
  const src = join(import.meta.dirname, '..');
  const components = ['app', 'panel', 'diagram', 'store'].flatMap((folder) =>
    readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.tsx') && !/\.test\.|(?:^|\/)dev\.tsx$/.test(path))
      .map((path) => join(folder, path)),
  );

  test('no component shows a word that is in no table', () => {
    expect(components.length).toBeGreaterThan(40);
    expect(components.flatMap((path) => wordsInCode(path, readFileSync(join(src, path), 'utf8')))).toEqual([]);
  });

  test.each([
    ['<p>Nothing here</p>', 1],
    ['<p>{say("a.b")} · {n}</p>', 0],
    ['<button aria-label="Close" />', 1],
    ['<input placeholder="Find" className="ks wide" />', 1],
    ['<h1>Kafkascope</h1>', 0],
  ])('%s', (jsx, count) => {
    expect(wordsInCode('a.tsx', `export const A = () => ${jsx};`)).toHaveLength(count);
  });

  test('an English sentence is seen in a Chinese one', () => {
    expect(looksEnglish('没有 leader，the records are lost。')).toBe(true);
    expect(looksEnglish('broker 1 的 leader epoch 是 3，acks=all 要等 min.insync.replicas。')).toBe(false);
  });
});
