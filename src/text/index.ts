/**
 * Every sentence of the page, by key, in English and Chinese. One file an area and language (`en/stage.ts`,
 * `zh/stage.ts`); the Chinese tables have the type of the English ones, so a missing key does not compile. English comes in
 * two parts: what the first picture says, and the rest (`en/more.ts`), which is loaded when one of its keys is first asked
 * for; until it is there, such a sentence is empty. Chinese is loaded as a whole.
 */
import { app } from './en/app.ts';
import { engine } from './en/engine.ts';
import { lesson } from './en/lesson.ts';
import type { more } from './en/more.ts';
import { panel } from './en/panel.ts';
import { stage } from './en/stage.ts';
import { fill, type Params } from './format.ts';

export type Language = 'en' | 'zh';

const first = { ...app, ...engine, ...lesson, ...panel, ...stage };

export type TextKey = keyof typeof first | keyof typeof more;
export type TextTable = Readonly<Record<TextKey, string>>;

type Table = Readonly<Record<string, string>>;
const tables: { en: Table; zh: Table | null } = { en: first, zh: null };

/** The rest of English: not asked for yet, on its way, or here. */
let rest: 'wanted' | 'loading' | 'here' = 'wanted';
const listeners = new Set<() => void>();

/** Called when sentences have come that were asked for before. */
export function onTexts(listener: () => void): void {
  listeners.add(listener);
}

export function addEnglish(more: Table): void {
  tables.en = { ...tables.en, ...more };
  rest = 'here';
  for (const listener of listeners) listener();
}

/** Loads what the first picture does not say. A load that failed is tried again with the next key that is missing. */
function loadRest(): void {
  if (rest !== 'wanted') return;
  rest = 'loading';
  moment
    .then(() => import('./en/more.ts'))
    .then(
      ({ more }) => addEnglish(more),
      () => {
        rest = 'wanted';
      },
    );
}

let moment: Promise<unknown> = Promise.resolve();

/** The page's first motion comes first: what is missing is loaded after this. */
export function loadTextsAfter(first: Promise<unknown>): void {
  moment = first;
}

/** Sentences that come with a part of the page; the rest may still be missing. */
export function addFirst(table: Table): void {
  tables.en = { ...tables.en, ...table };
}

/** Loads a language's table; resolves at once for English. */
export async function loadLanguage(language: Language): Promise<void> {
  if (language === 'zh' && tables.zh === null) tables.zh = (await import('./zh/index.ts')).zh;
}

/** Whether a sentence is known, as far as the texts have come. */
export function hasText(key: string): key is TextKey {
  return Object.hasOwn(tables.zh ?? tables.en, key) || Object.hasOwn(tables.en, key);
}

/** The sentence for a key; an unknown key (a phrase of a newer engine) is shown as it is. Falls back to English until Chinese has loaded. */
export function text(language: Language, key: string, params: Params = {}): string {
  const chinese = language === 'zh' && tables.zh !== null;
  const template = (chinese ? (tables.zh as Table) : tables.en)[key];
  if (template !== undefined) return fill(template, params, chinese ? 'zh' : 'en');
  if (rest === 'here' || chinese) return key;
  loadRest();
  return '';
}
