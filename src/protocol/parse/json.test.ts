import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from './json.ts';

function fault(text: string): string {
  const read = readJson(text);
  return read.ok ? 'ok' : `${read.fault.line}:${read.fault.column} ${read.fault.code}`;
}

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      fc.pre(!text.includes('__proto__'));
      const read = readJson(text);
      if (!read.ok) throw new Error(read.fault.code);
      // JSON.parse keeps -0, which is another number to nobody but toEqual.
      expect(JSON.stringify(read.value)).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test('refuses what JSON.parse refuses, and never throws', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '1',
    '-',
    '.5',
    'e3',
    'true',
    'nul',
    ' ',
    '\n',
    '\\u00',
    '\\',
    '\t',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      let valid = true;
      try {
        JSON.parse(text);
      } catch {
        valid = false;
      }
      // Repeated fields are refused here only.
      const read = readJson(text);
      if (read.ok !== valid) expect(!read.ok && read.fault.code).toBe('json-repeated');
    }),
    { numRuns: 2000 },
  );
});

describe('the place of a fault', () => {
  test.each([
    ['', '1:1 json-end'],
    ['{', '1:2 json-end'],
    ['{ "a": 1', '1:9 json-end'],
    ['{\n  "a": 1,\n}', '3:1 json-unexpected'],
    ['{ a: 1 }', '1:3 json-unexpected'],
    ["{ 'a': 1 }", '1:3 json-unexpected'],
    ['{ "a" 1 }', '1:7 json-unexpected'],
    ['[1 2]', '1:4 json-unexpected'],
    ['[1,\n 2,\n x]', '3:2 json-unexpected'],
    ['{} {}', '1:4 json-rest'],
    ['"a\nb"', '1:1 json-text'],
    ['"a', '1:1 json-text'],
    ['"\\x"', '1:2 json-escape'],
    ['"\\u12"', '1:2 json-escape'],
    ['01', '1:1 json-number'],
    ['1.', '1:1 json-number'],
    ['-', '1:1 json-number'],
    ['1e999', '1:1 json-number'],
    ['{"a":1,"a":2}', '1:8 json-repeated'],
    ['{"__proto__":1}', '1:2 forbidden-key'],
    [`${'['.repeat(70)}${']'.repeat(70)}`, '1:66 json-deep'],
    ['{ "a": // no\n 1 }', '1:8 json-unexpected'],
  ])('%j: %s', (text, expected) => {
    expect(fault(text)).toBe(expected);
  });
});

test('a byte order mark is passed over, and -0 is 0', () => {
  expect(readJson('\uFEFF{"a":-0}')).toEqual({ ok: true, value: { a: 0 } });
});

test('a megabyte of brackets, quotes or spaces is read in no time', () => {
  for (const piece of ['[', '"', ' ', '{"a":', '\\', '1', '-', '[],']) {
    expect(readJson(piece.repeat(1_000_000)).ok).toBe(false);
  }
});
