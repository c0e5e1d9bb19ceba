/** Parameter values as people read and write them: '1 GiB' and '7 days' beside Kafka's 1073741824 and 604800000. Pure. */
import type { ConfigEntry } from '../../kafka/config/types.ts';

const LONG_MAX = '9223372036854775807';

const STEPS: Readonly<Record<'ms' | 'bytes', readonly (readonly [unit: string, size: number])[]>> = {
  ms: [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1000],
    ['ms', 1],
  ],
  bytes: [
    ['GiB', 1 << 30],
    ['MiB', 1 << 20],
    ['KiB', 1 << 10],
    ['B', 1],
  ],
};

const scaleOf = (entry: ConfigEntry): 'ms' | 'bytes' | null =>
  entry.unit === 'bytes' ? 'bytes' : entry.unit === 'ms' || entry.unit === 'seconds' ? 'ms' : null;

/** Groups of three digits: 1,048,588. */
export const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** How a value stands in its box while nobody edits it. Exact: it never shows less than what holds. */
export function valueWords(entry: ConfigEntry, value: string | null): string {
  if (value === null || value === '') return '–';
  if (value === LONG_MAX) return '∞';
  if (!/^\d+$/.test(value)) return value;
  const scale = scaleOf(entry);
  const number = Number(value) * (entry.unit === 'seconds' ? 1000 : 1);
  if (scale === null || !Number.isSafeInteger(number)) return grouped(value);
  for (const [unit, size] of STEPS[scale]) {
    // Half units read well too (1.5 h); what is not exact falls through to a smaller unit.
    if (number >= size && Number.isInteger((number / size) * 2)) return `${grouped(String(number / size))} ${unit}`;
  }
  return `${grouped(value)} ${STEPS[scale].at(-1)![0]}`;
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
  b: 1,
  kib: 1 << 10,
  mib: 1 << 20,
  gib: 1 << 30,
};

/** What is typed as Kafka's own text: '7 d', '1 MiB', '1,048,588' become plain numbers; everything else stays. */
export function typedValue(entry: ConfigEntry, typed: string): string {
  const text = typed.trim();
  if (text === '∞') return LONG_MAX;
  if (!['int', 'short', 'long', 'double'].includes(entry.type)) return text;
  const match = /^(-?\d[\d,]*(?:\.\d+)?)\s*([a-z]+)?$/i.exec(text);
  if (match === null) return text;
  const plain = match[1]!.replaceAll(',', '');
  if (match[2] === undefined) return plain;
  const size = UNITS[match[2].toLowerCase()];
  if (size === undefined || scaleOf(entry) === null) return text;
  const value = (Number(plain) * size) / (entry.unit === 'seconds' ? 1000 : 1);
  return Number.isSafeInteger(value) ? String(value) : text;
}

/** The few values that fit side by side; null when it takes a field or a list. */
export function choices(entry: ConfigEntry): readonly string[] | null {
  if (entry.type === 'boolean') return ['false', 'true'];
  // -1 is another name for all: one value, one choice.
  if (entry.key === 'acks') return ['0', '1', 'all'];
  if (entry.validator?.kind === 'oneOf') return entry.validator.values;
  if (entry.validator?.kind === 'offsetReset') return null;
  return null;
}

/** Which of the choices a value is. */
export const choiceOf = (entry: ConfigEntry, value: string): string =>
  entry.key === 'acks' && value === '-1' ? 'all' : value;
