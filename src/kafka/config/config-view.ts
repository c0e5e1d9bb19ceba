import { MAX_TIMER_MS } from './limits.ts';
import { parseValue } from './parse-value.ts';
import type { PhraseParams } from './phrase.ts';
import { findKey } from './registry.ts';
import { type NoteCode, noteMessage } from './texts.ts';
import type { ConfigEntries, ConfigScope, ConfigValue, KnownKey } from './types.ts';
import { type ConfigRefusal, validateConfigValue } from './validate.ts';

/** What Kafka changed by itself, or how two settings meet; Kafka only logs it. */
export type ConfigNote = {
  key: string;
  code: NoteCode;
  params: PhraseParams;
  /** In English; the page says it by `code` and `params`. */
  message: string;
};

/** Parsed values with what is silent in Kafka said aloud, or every reason why Kafka refuses them. */
export type Effective<C> = { ok: true; config: C; notes: ConfigNote[] } | { ok: false; refusals: ConfigRefusal[] };

/** Parsed values of one process, with Kafka's defaults behind them. */
export type ConfigView = {
  isSet(key: string): boolean;
  number(key: string): number;
  numberOrNull(key: string): number | null;
  boolean(key: string): boolean;
  text(key: string): string;
  textOrNull(key: string): string | null;
  list(key: string): readonly string[];
};

/** Reads the values that are set; refusals hold those that Kafka does not take, in the order of the entries. */
export function readConfig(
  scope: ConfigScope,
  entries: ConfigEntries,
): { view: ConfigView; refusals: ConfigRefusal[]; notes: ConfigNote[] } {
  const set = new Map<string, ConfigValue>();
  const refusals: ConfigRefusal[] = [];
  const notes: ConfigNote[] = [];
  for (const [key, value] of entries) {
    const verdict = validateConfigValue(scope, key, value);
    if (!verdict.ok) {
      refusals.push(verdict);
      continue;
    }
    set.set(key, verdict.parsed);
    if (droppedItems(scope, key, value, verdict.parsed)) {
      notes.push(makeNote(key, 'duplicates-dropped', { key, to: String(verdict.parsed) }));
    }
  }
  return { view: makeView(scope, set), refusals, notes };
}

export function makeNote(key: string, code: NoteCode, params: PhraseParams): ConfigNote {
  return { key, code, params, message: noteMessage(code, params) };
}

function droppedItems(scope: ConfigScope, key: string, text: string, parsed: ConfigValue): boolean {
  const known = findKey(scope, key);
  if (known === undefined || !Array.isArray(parsed)) return false;
  const whole = parseValue(known.type, text);
  return 'value' in whole && (whole.value as readonly string[]).length !== parsed.length;
}

function makeView(scope: ConfigScope, set: ReadonlyMap<string, ConfigValue>): ConfigView {
  const effectiveValue = (key: string): ConfigValue | null => set.get(key) ?? defaultValue(scope, key);
  const numberOrNull = (key: string): number | null => {
    const value = effectiveValue(key);
    return value === null ? null : clampNumber(knownKey(scope, key), Number(value));
  };
  const textOrNull = (key: string): string | null => {
    const value = effectiveValue(key);
    return value === null ? null : String(value);
  };
  return {
    isSet: (key) => set.has(key),
    number: (key) => required(scope, key, numberOrNull(key)),
    numberOrNull,
    boolean: (key) => effectiveValue(key) === true,
    text: (key) => required(scope, key, textOrNull(key)),
    textOrNull,
    list: (key) => (effectiveValue(key) ?? []) as readonly string[],
  };
}

function defaultValue(scope: ConfigScope, key: string): ConfigValue | null {
  const known = knownKey(scope, key);
  if (known.default === null) return null;
  const parsed = parseValue(known.type, known.default);
  if ('fault' in parsed) throw new Error(`config: the default of ${scope} ${key} does not parse`);
  return parsed.value;
}

function knownKey(scope: ConfigScope, key: string): KnownKey {
  const known = findKey(scope, key);
  if (known === undefined) throw new Error(`config: ${scope} has no parameter ${key}`);
  return known;
}

function required<T>(scope: ConfigScope, key: string, value: T | null): T {
  if (value === null) throw new Error(`config: ${scope} ${key} has no value and no default`);
  return value;
}

/** Longs that pass 2^53 are held at an exact number, times at the longest timer. */
function clampNumber(known: KnownKey, value: number): number {
  const most = known.key.endsWith('.ms') ? MAX_TIMER_MS : Number.MAX_SAFE_INTEGER;
  return known.type === 'long' ? Math.max(-most, Math.min(most, value)) : value;
}
