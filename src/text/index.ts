/**
 * Every sentence of the page, by key, in English and Chinese. One file an area and language (`en/stage.ts`,
 * `zh/stage.ts`); the Chinese tables have the type of the English ones, so a missing key does not compile. Chinese is
 * loaded when it is asked for.
 */
import { app } from './en/app.ts';
import { config } from './en/config.ts';
import { engine } from './en/engine.ts';
import { lesson } from './en/lesson.ts';
import { panel } from './en/panel.ts';
import { stage } from './en/stage.ts';
import { story } from './en/story.ts';
import { fill, type Params } from './format.ts';

export type Language = 'en' | 'zh';

const en = { ...app, ...config, ...engine, ...lesson, ...panel, ...stage, ...story };

export type TextKey = keyof typeof en;
export type TextTable = Readonly<Record<TextKey, string>>;

const tables: { en: TextTable; zh: TextTable | null } = { en, zh: null };

/** Loads a language's table; resolves at once for English. */
export async function loadLanguage(language: Language): Promise<void> {
  if (language === 'zh' && tables.zh === null) tables.zh = (await import('./zh/index.ts')).zh;
}

export function hasText(key: string): key is TextKey {
  return Object.hasOwn(en, key);
}

/** The sentence for a key; an unknown key (a phrase of a newer engine) is shown as it is. Falls back to English until Chinese has loaded. */
export function text(language: Language, key: string, params: Params = {}): string {
  const chinese = language === 'zh' && tables.zh !== null;
  const table = chinese ? (tables.zh as TextTable) : tables.en;
  const template = (table as Readonly<Record<string, string>>)[key];
  return template === undefined ? key : fill(template, params, chinese ? 'zh' : 'en');
}
