/** Texts as strangers send them: noise, right ones with a fault in them, and what makes a careless reader trip. */
import { nextInt, type RandomStream } from '../../base/random.ts';
import { between, pick } from './cluster.ts';

/** Letters that break what counts, escapes or compares. */
const ODD: readonly string[] = [
  '\u0000',
  '\u0007',
  '\u001b[31m',
  '\u2028',
  '\u202e',
  '\ufeff',
  '\ud800',
  '\udc00',
  '\ud83d\ude00',
  'e\u0301',
  'İ',
  'ß',
  '\u00a0',
  '\r',
  '\r\n',
  '\t',
  '"',
  '\\',
  '\\u12',
  "'",
  '`',
  '$(x)',
  '{0}',
  '{{',
  '<script>',
  '世界',
  '%00',
  '#',
  '!',
  '=',
  ':',
  ',',
  ';',
  '|',
];

const NUMBERS: readonly string[] = [
  '1e309',
  '-1e309',
  '1e-400',
  '9007199254740993',
  '18446744073709551616',
  '-0',
  '0.1234567890123456789',
  '00',
  '+1',
  '.5',
  '5.',
  '1_000',
  '0x10',
  'NaN',
  'Infinity',
  '-9223372036854775809',
  '2147483648',
  `1${'0'.repeat(400)}`,
];

export const NAMES: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'length',
  '',
  ' ',
  '0',
  '-1',
  'a'.repeat(5_000),
];

const DEEP: readonly (readonly [open: string, close: string])[] = [
  ['[', ']'],
  ['{"a":', '}'],
  ['{"topics":[', ']}'],
  ['[[],', ']'],
  ['{"__proto__":', '}'],
];

function noise(draws: RandomStream, length: number): string {
  const kind = nextInt(draws, 4);
  let out = '';
  while (out.length < length) {
    if (kind === 0) out += String.fromCharCode(nextInt(draws, 256));
    else if (kind === 1) out += String.fromCharCode(nextInt(draws, 65_536));
    else if (kind === 2) out += String.fromCharCode(between(draws, 32, 126));
    else out += pick(draws, ODD);
  }
  return out;
}

function deep(draws: RandomStream): string {
  const [open, close] = pick(draws, DEEP);
  const depth = pick(draws, [60, 200, 5_000, 60_000]);
  return open.repeat(depth) + pick(draws, ['', '1', 'null']) + (nextInt(draws, 2) === 0 ? close.repeat(depth) : '');
}

function long(draws: RandomStream, sample: string): string {
  const size = pick(draws, [20_000, 100_000, 400_000]);
  switch (nextInt(draws, 6)) {
    case 0:
      return 'x'.repeat(size);
    case 1:
      return `"${'\\'.repeat(size)}`;
    case 2:
      return '\n'.repeat(size);
    case 3:
      return `{${' '.repeat(size)}}`;
    case 4:
      return `${pick(draws, NAMES).slice(0, 40)}=${'a,'.repeat(size / 2)}`;
    default:
      return sample.length === 0 ? '' : sample.repeat(Math.ceil(size / sample.length)).slice(0, size);
  }
}

/** One change of a text: a piece taken away, put in, doubled, swapped, cut off. */
function change(draws: RandomStream, text: string, other: string): string {
  const at = nextInt(draws, text.length + 1);
  const to = Math.min(text.length, at + pick(draws, [1, 1, 2, 8, 40]));
  switch (nextInt(draws, 9)) {
    case 0:
      return text.slice(0, at) + text.slice(to);
    case 1:
      return text.slice(0, at) + pick(draws, ODD) + text.slice(at);
    case 2:
      return text.slice(0, at) + noise(draws, between(draws, 1, 12)) + text.slice(to);
    case 3:
      return text.slice(0, to) + text.slice(at);
    case 4:
      return text.slice(0, at);
    case 5:
      return text.slice(0, at) + other.slice(nextInt(draws, other.length + 1));
    case 6:
      return text.replace(/-?\d+(\.\d+)?/g, (number) => (nextInt(draws, 6) === 0 ? pick(draws, NUMBERS) : number));
    case 7:
      return text.replace(/"[^"]*"(?=\s*:)/g, (name) =>
        nextInt(draws, 8) === 0 ? JSON.stringify(pick(draws, NAMES)) : name,
      );
    default:
      return text.slice(0, at) + text.slice(at, to).repeat(pick(draws, [2, 20, 300])) + text.slice(to);
  }
}

/** A text that somebody might send where one of the `samples` was meant. */
export function strangeText(draws: RandomStream, samples: readonly string[]): string {
  const sample = pick(draws, samples);
  const kind = nextInt(draws, 100);
  if (kind < 8) return noise(draws, between(draws, 0, 300));
  if (kind < 12) return deep(draws);
  if (kind < 13) return long(draws, sample);
  if (kind < 16) return sample;
  let text = sample;
  for (let i = between(draws, 1, 5); i > 0; i--) text = change(draws, text, pick(draws, samples));
  return text;
}

/** Any JSON value that a field might hold instead of what belongs there. */
function strangeValue(draws: RandomStream): unknown {
  return pick<() => unknown>(draws, [
    () => null,
    () => true,
    () => -1,
    () => 0.5,
    () => 1e12,
    () => Number.MAX_SAFE_INTEGER,
    () => 1e308,
    () => '',
    () => pick(draws, ODD),
    () => pick(draws, NUMBERS),
    () => pick(draws, NAMES),
    () => [],
    () => ({}),
    () => [[[[]]]],
    () => ({ [pick(draws, NAMES)]: 1 }),
    () => Array.from({ length: pick(draws, [3, 300]) }, (_, i) => i),
    () => 'z'.repeat(pick(draws, [300, 20_000])),
  ])();
}

interface Spot {
  readonly of: Record<string, unknown> | unknown[];
  readonly name: string | number;
}

function spots(value: unknown, out: Spot[]): void {
  if (typeof value !== 'object' || value === null) return;
  const names = Array.isArray(value) ? value.map((_, i) => i) : Object.keys(value);
  for (const name of names) {
    out.push({ of: value as Spot['of'], name });
    spots((value as Record<string | number, unknown>)[name], out);
  }
}

/** A right value with some of its places put out of order. */
export function strangeJson(draws: RandomStream, sample: unknown): unknown {
  const copy: unknown = structuredClone(sample);
  for (let i = between(draws, 1, 4); i > 0; i--) {
    const all: Spot[] = [];
    spots(copy, all);
    if (all.length === 0) return strangeValue(draws);
    const { of, name } = pick(draws, all);
    const at = of as Record<string | number, unknown>;
    const kind = nextInt(draws, 6);
    if (kind <= 2) at[name] = strangeValue(draws);
    else if (kind === 3 && !Array.isArray(of)) delete at[name];
    else if (kind === 4 && Array.isArray(of)) of.push(structuredClone(pick(draws, of)));
    // As JSON.parse does it: a field of that name, not the object's prototype.
    else if (!Array.isArray(of)) {
      const value = strangeValue(draws);
      Object.defineProperty(of, pick(draws, NAMES), { value, enumerable: true, configurable: true, writable: true });
    }
  }
  return copy;
}
