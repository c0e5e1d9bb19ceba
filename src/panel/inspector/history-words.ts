/** A default's way through the versions in one line: '1 until 2.8, all since 3.0'. Pure. */
import type { DefaultValue, KeyHistory } from '../../kafka/config/history.ts';
import type { KnownKey } from '../../kafka/config/types.ts';
import { valueWords } from './value-words.ts';

export type Valued = Pick<KnownKey, 'key' | 'type' | 'unit' | 'validator'>;
type Say = (key: string, params?: Record<string, string | number>) => string;

export function defaultWords(say: Say, valued: Valued, value: DefaultValue | undefined): string {
  if (value === undefined || value === null) return say('config.page.none');
  if (typeof value !== 'string') return say('config.page.required');
  return value === '' ? say('config.page.empty') : valueWords(valued, value);
}

/**
 * `scopeSince` is the first version in which anything of this scope was seen: before it, nobody can say. The names of versions
 * are handed in, since their file loads late.
 */
export function historyWords(
  say: Say,
  valued: Valued,
  history: KeyHistory,
  scopeSince: number,
  minorLine: (at: number) => string,
): string {
  const parts = history.defaults.map(({ at, value }, i) => {
    const words = defaultWords(say, valued, value);
    const next = history.defaults[i + 1]?.at ?? history.gone;
    if (next !== undefined && next !== null) {
      return say('config.page.until', { value: words, version: minorLine(next - 1) });
    }
    if (at === scopeSince && history.defaults.length === 1) return say('config.page.always', { value: words });
    return say('config.page.since', { value: words, version: minorLine(at) });
  });
  const line = parts.join(say('config.page.comma'));
  const born = history.since > scopeSince && history.defaults.length > 1;
  return born
    ? `${line}${say('config.page.comma')}${say('config.page.new-in', { version: minorLine(history.since) })}`
    : line;
}
