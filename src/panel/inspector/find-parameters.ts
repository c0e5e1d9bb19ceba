/** Finding parameters by name or word. Pure; what is searched is put together once, so that typing stays fast. */
import type { KnownKey } from '../../kafka/config/types.ts';

export interface Findable<K extends KnownKey = KnownKey> {
  readonly known: K;
  /** Lower case: its name, its name without dots, and what is said of it. */
  readonly haystack: string;
}

export function findable<K extends KnownKey>(known: K, said: string): Findable<K> {
  return { known, haystack: `${known.key} ${known.key.replaceAll('.', ' ')} ${said}`.toLowerCase() };
}

/** Those that hold every word; names that begin with what was typed come first, else the order stays. */
export function findIn<K extends KnownKey>(list: readonly Findable<K>[], find: string): readonly K[] {
  const text = find.trim().toLowerCase();
  if (text === '') return list.map(({ known }) => known);
  const words = text.split(/\s+/);
  const found = list.filter(({ haystack }) => words.every((word) => haystack.includes(word))).map(({ known }) => known);
  const first = found.filter((known) => known.key.startsWith(text));
  return first.length === 0 ? found : [...first, ...found.filter((known) => !known.key.startsWith(text))];
}
