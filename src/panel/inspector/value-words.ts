/** Parameter values as people read and write them: '1 GiB' and '7 days' beside Kafka's 1073741824 and 604800000. Pure. */
import type { ConfigUnit, KnownKey } from '../../kafka/config/types.ts';

type Valued = Pick<KnownKey, 'key' | 'type' | 'unit' | 'validator'>;

const LONG_MAX = '9223372036854775807';
/** Double.MAX_VALUE as Java writes it. */
const DOUBLE_MAX = '1.7976931348623157E308';

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

/** What one of Kafka's own units is in the smallest of its scale. */
const FACTORS: Readonly<Partial<Record<ConfigUnit, readonly ['ms' | 'bytes', number]>>> = {
  ms: ['ms', 1],
  seconds: ['ms', 1000],
  minutes: ['ms', 60_000],
  hours: ['ms', 3_600_000],
  bytes: ['bytes', 1],
  'bytes-per-second': ['bytes', 1],
};

const factorOf = (entry: Valued): readonly ['ms' | 'bytes', number] | null =>
  entry.unit === null ? null : (FACTORS[entry.unit] ?? null);

/** Groups of three digits: 1,048,588. */
export const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** How a value stands in its box while nobody edits it. Exact: it never shows less than what holds. */
export function valueWords(entry: Valued, value: string | null): string {
  if (value === null || value === '') return '–';
  if (value === LONG_MAX || value === DOUBLE_MAX) return '∞';
  if (!/^\d+$/.test(value)) return value;
  const factor = factorOf(entry);
  if (factor === null) return grouped(value);
  const [scale, size] = factor;
  const number = Number(value) * size;
  if (!Number.isSafeInteger(number)) return grouped(value);
  const perSecond = entry.unit === 'bytes-per-second' ? '/s' : '';
  if (number === 0) return `0 ${STEPS[scale].at(-1)?.[0] ?? ''}${perSecond}`;
  for (const [unit, step] of STEPS[scale]) {
    // Half units read well too (1.5 h); what is not exact falls through to a smaller unit.
    if (number >= step && Number.isInteger((number / step) * 2))
      return `${grouped(String(number / step))} ${unit}${perSecond}`;
  }
  return `${grouped(String(number))} ${STEPS[scale].at(-1)?.[0] ?? ''}${perSecond}`;
}

/** Units that may be typed, each with its scale; kB and MB are taken for what people mean by them here. */
const UNITS: Readonly<Record<string, readonly ['ms' | 'bytes', number]>> = {
  ms: ['ms', 1],
  s: ['ms', 1000],
  sec: ['ms', 1000],
  min: ['ms', 60_000],
  h: ['ms', 3_600_000],
  d: ['ms', 86_400_000],
  day: ['ms', 86_400_000],
  days: ['ms', 86_400_000],
  b: ['bytes', 1],
  kb: ['bytes', 1000],
  mb: ['bytes', 1_000_000],
  gb: ['bytes', 1_000_000_000],
  kib: ['bytes', 1 << 10],
  mib: ['bytes', 1 << 20],
  gib: ['bytes', 1 << 30],
};

/** What is typed as Kafka's own text: '7 d', '1 MiB', '1,048,588' become plain numbers; everything else stays. */
export function typedValue(entry: Valued, typed: string): string {
  const text = typed.trim();
  if (text === '∞') return LONG_MAX;
  if (!['int', 'short', 'long', 'double'].includes(entry.type)) return text;
  const match = /^(-?\d[\d,]*(?:\.\d+)?)\s*([a-z]+)?$/i.exec(text);
  if (match === null) return text;
  const plain = match[1]!.replaceAll(',', '');
  if (match[2] === undefined) return plain;
  const unit = UNITS[match[2].toLowerCase()];
  const factor = factorOf(entry);
  if (unit === undefined || factor === null || unit[0] !== factor[0]) return text;
  const value = (Number(plain) * unit[1]) / factor[1];
  return Number.isSafeInteger(value) ? String(value) : text;
}

/** The few values that fit side by side; null when it takes a field or a list. */
export function choices(entry: Valued): readonly string[] | null {
  if (entry.type === 'boolean') return ['false', 'true'];
  // -1 is another name for all: one value, one choice.
  if (entry.key === 'acks') return ['0', '1', 'all'];
  if (entry.validator?.kind === 'oneOf') return entry.validator.values;
  if (entry.validator?.kind === 'offsetReset') return null;
  return null;
}

/** Which of the choices a value is. */
export const choiceOf = (entry: Valued, value: string): string =>
  entry.key === 'acks' && value === '-1' ? 'all' : value;
