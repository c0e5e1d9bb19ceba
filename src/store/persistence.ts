/**
 * The learner's state survives a reload: where they are and how the page is set in localStorage (written at once, also
 * while the page closes), the scenario in IndexedDB (it may hold a megabyte of text). A storage that is full, forbidden or
 * missing costs one quiet notice and nothing else.
 */
import type { IDBPDatabase } from 'idb';
import type { Scenario } from '../protocol/scenario.ts';
import type { Language } from '../text/index.ts';
import type { LessonSlot, Speed, ThemeChoice, Words } from './model.ts';

export const MOMENT = 'kafkascope.moment';
/** Read by public/theme.js before the first paint, so it is a word of its own. */
export const THEME = 'kafkascope.theme';
const DATABASE = 'kafkascope';
const STORE = 'state';

/** Small enough to be written while the page closes. */
export interface SavedMoment {
  readonly version: 1;
  readonly atUs: number;
  /** How many events had happened: the moment may lie between two of one microsecond. */
  readonly events: number;
  readonly selection: string | null;
  readonly language: Language;
  readonly words: Words;
  readonly speed: Speed;
  readonly lessonFolded: boolean;
}

export interface SavedScenario {
  readonly version: 1;
  readonly scenario: Scenario;
  readonly off: readonly number[];
  readonly lesson: LessonSlot | null;
}

/** The two places; handed in so that tests can have them full or missing. */
export interface Storage {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  load(name: string): Promise<unknown>;
  save(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
}

export function browserStorage(): Storage {
  let opened: Promise<IDBPDatabase> | null = null;
  const database = (): Promise<IDBPDatabase> => {
    opened ??= import('idb').then(({ openDB }) =>
      openDB(DATABASE, 1, { upgrade: (db) => db.createObjectStore(STORE) }),
    );
    return opened;
  };
  return {
    getItem: (name) => localStorage.getItem(name),
    setItem: (name, value) => localStorage.setItem(name, value),
    // The moment is written whenever a scenario is: without one nothing was kept, and the database need not be loaded.
    load: async (name) => (localStorage.getItem(MOMENT) === null ? undefined : (await database()).get(STORE, name)),
    save: async (name, value) => {
      await (await database()).put(STORE, value, name);
    },
    remove: async (name) => {
      await (await database()).delete(STORE, name);
    },
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The saved moment, believed only as far as each field is what it should be. */
export function readMoment(storage: Storage): Partial<SavedMoment> & { theme?: ThemeChoice } {
  const out: { -readonly [K in keyof SavedMoment]?: SavedMoment[K] } & { theme?: ThemeChoice } = {};
  let theme: string | null = null;
  let saved: unknown = null;
  try {
    theme = storage.getItem(THEME);
    saved = JSON.parse(storage.getItem(MOMENT) ?? 'null');
  } catch {
    return out;
  }
  if (theme === 'light' || theme === 'dark') out.theme = theme;
  if (!isRecord(saved) || saved.version !== 1) return out;
  const { atUs, events, selection, language, words, speed, lessonFolded } = saved;
  if (Number.isSafeInteger(atUs) && (atUs as number) >= 0) out.atUs = atUs as number;
  if (Number.isSafeInteger(events) && (events as number) >= 0) out.events = events as number;
  if (typeof selection === 'string' || selection === null) out.selection = selection;
  if (language === 'en' || language === 'zh') out.language = language;
  if (words === 'first' || words === 'kafka') out.words = words;
  if (speed === 'auto' || (typeof speed === 'number' && speed > 0 && speed <= 1000)) out.speed = speed;
  if (typeof lessonFolded === 'boolean') out.lessonFolded = lessonFolded;
  return out;
}

export async function readScenario(storage: Storage, which: 'scenario' | 'before' = 'scenario') {
  try {
    const saved = await storage.load(which);
    if (!isRecord(saved) || saved.version !== 1 || !isRecord(saved.scenario)) return null;
    return saved as unknown as SavedScenario as SavedScenario | null;
  } catch {
    return null;
  }
}

const BEFORE = 'before';

/** Puts a scenario aside before another takes its place; it stands in the dialog Open. */
export async function keepBefore(storage: Storage, saved: SavedScenario): Promise<void> {
  try {
    await storage.save(BEFORE, saved);
  } catch {
    // A full storage keeps nothing; the page has said so or will.
  }
}
