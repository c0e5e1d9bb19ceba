import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_PROPERTIES_LENGTH, propertyLine, readProperties } from './properties.ts';
import { hideSecrets } from './properties-plan.ts';

type JavaCase = [text: string, exception: string | null, puts: [string, string][]];
const java = JSON.parse(readFileSync(new URL('./properties-java.json', import.meta.url), 'utf8')) as {
  cases: JavaCase[];
};

const pairs = (text: string): [string, string][] =>
  readProperties(text).properties.map(({ key, value }) => [key, value]);

test('reads each text as java.util.Properties.load did', () => {
  expect(java.cases.length).toBeGreaterThan(100);
  for (const [text, exception, puts] of java.cases) {
    const { fault } = readProperties(text);
    expect([text, pairs(text), fault?.code ?? null]).toEqual([
      text,
      puts,
      exception === null ? null : 'malformed-unicode',
    ]);
  }
});

test('what is written is read back, whatever the letters', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'ab =:#!\\\t\n\r\f\u00e9\u4f60\u0001~'), maxLength: 12 });
  fc.assert(
    fc.property(letters, letters, (key, value) => {
      expect(pairs(propertyLine(key, value))).toEqual([[key, value]]);
    }),
  );
});

test('says at which line a name stands, which one holds, and where its value lies', () => {
  const text = '# a\nacks=1\n\nlinger.ms = 5\\\r\n  0\r\nacks : all\n';
  const { properties } = readProperties(text);
  expect(
    properties.map(({ key, value, line, column, overriddenBy }) => [key, value, line, column, overriddenBy]),
  ).toEqual([
    ['acks', '1', 2, 1, 6],
    ['linger.ms', '50', 4, 1, null],
    ['acks', 'all', 6, 1, null],
  ]);
  expect(properties.map(({ valueStart, valueEnd }) => text.slice(valueStart, valueEnd))).toEqual([
    '1',
    '5\\\r\n  0',
    'all',
  ]);
});

test('a broken \\u ends the reading at its place, as Java throws', () => {
  const read = readProperties('a=1\nname = x\\u12zz\nb=2\n');
  expect(read.fault).toEqual({ code: 'malformed-unicode', line: 2, column: 9, found: '\\u12zz' });
  expect(read.properties).toHaveLength(1);
});

test('says what Kafka would read otherwise: a byte order mark, letters that are not ASCII', () => {
  const read = readProperties('\uFEFFclient.id=a\n# 注释\nclient.rack=机架\n');
  expect(read.bom).toBe(true);
  expect(read.notAscii).toEqual([3]);
  expect(read.properties[0]?.key).toBe('client.id');
});

describe("strangers' texts", () => {
  test('end within bounds', () => {
    const cases = [
      '\\\n'.repeat(200_000),
      'a\\\n'.repeat(200_000),
      '='.repeat(MAX_PROPERTIES_LENGTH),
      '\\'.repeat(MAX_PROPERTIES_LENGTH - 1),
      'a=\\u0041'.repeat(100_000),
      'k=v\n'.repeat(200_000),
      '#'.repeat(MAX_PROPERTIES_LENGTH),
    ];
    for (const text of cases) expect(readProperties(text).properties.length).toBeLessThanOrEqual(5_000);
    expect(readProperties('k=v\n'.repeat(200_000)).fault?.code).toBe('too-many');
    expect(readProperties('x'.repeat(MAX_PROPERTIES_LENGTH + 1)).fault?.code).toBe('too-large');
    expect(readProperties('a=b\n\0').fault).toMatchObject({ code: 'not-text', line: 2 });
  });

  test('never throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        readProperties(text);
        hideSecrets(text);
      }),
      { numRuns: 500 },
    );
  });
});
