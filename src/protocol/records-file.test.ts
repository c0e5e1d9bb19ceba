import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rawFields } from './json-fields.ts';
import { guessOptions, MAX_RECORDS, previewRecords, type RecordsOptions, readRecords } from './records-file.ts';
import { decodeUtf8 } from './text-bytes.ts';
import { recordsOf } from './text-lines.ts';

const csv = (change: Partial<RecordsOptions> = {}): RecordsOptions => ({
  kind: 'csv',
  delimiter: ',',
  header: true,
  key: null,
  values: [],
  ...change,
});
const jsonl = (change: Partial<RecordsOptions> = {}): RecordsOptions =>
  csv({ kind: 'jsonl', header: false, ...change });

function records(text: string, options: RecordsOptions): [string | null, string | null][] {
  const result = readRecords(text, options);
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  const keys = result.read.keys === null ? null : recordsOf(result.read.keys);
  return recordsOf(result.read.values).map((value, i) => [keys?.[i] ?? null, value]);
}
const fault = (text: string, options: RecordsOptions) => {
  const result = readRecords(text, options);
  return result.ok ? null : result.fault;
};

describe('CSV', () => {
  test('a key and several columns as JSON, quotes and line ends inside', () => {
    const text = 'user,city,note\r\nann,"Sankt ""P""","two\nlines"\r\nbob,Köln,\r\n';
    expect(records(text, csv({ key: '0', values: ['1', '2'] }))).toEqual([
      ['ann', '{"city":"Sankt \\"P\\"","note":"two\\nlines"}'],
      ['bob', '{"city":"Köln","note":""}'],
    ]);
  });

  test('one column is its text, line ends and all; no column is the row as it stands', () => {
    const text = 'a,b\n1,"x\ny"\n2,z\n';
    expect(records(text, csv({ values: ['1'] }))).toEqual([
      [null, 'x\ny'],
      [null, 'z'],
    ]);
    expect(records(text, csv())).toEqual([
      [null, '1,"x\ny"'],
      [null, '2,z'],
    ]);
  });

  test('columns keep their order, whatever their names', () => {
    expect(records('10,2,x\na,b,c', csv({ values: ['0', '1', '2'] }))).toEqual([[null, '{"10":"a","2":"b","x":"c"}']]);
    expect(records('p;q', csv({ delimiter: ';', header: false, values: ['1', '0'] }))).toEqual([
      [null, '{"2":"q","1":"p"}'],
    ]);
  });

  test.each([
    ['a,b\n1,"open\n\n2,3\n', { code: 'quote-open', line: 2, column: 3 }],
    ['a,b\n"x\ny"z,1\n', { code: 'quote-rest', line: 3, column: 3, params: { found: 'z,1' } }],
    ['a,b\n5" nail,1\n', { code: 'quote-inside', line: 2, column: 2 }],
    ['a,b\n1,2\n\n1,2,3\n', { code: 'cells', line: 4, params: { found: 3, expected: 2 } }],
    ['a,b\n', { code: 'no-records' }],
  ])('%.30j is refused at its place', (text, expected) => {
    expect(fault(text, csv())).toMatchObject(expected);
  });
});

test('a million commas', () => {
  expect(fault(','.repeat(1_000_000), csv())).toMatchObject({ code: 'too-many-columns', line: 1, column: 1001 });
});

describe('JSON lines', () => {
  const text = '{"id": 7, "who": "ann", "tags": ["a"]}\n\n{"id": 8, "who": null, "tags": []}\r\n';
  test('the line as it stands, a field, several fields', () => {
    expect(records(text, jsonl({ key: 'who' }))).toEqual([
      ['ann', '{"id": 7, "who": "ann", "tags": ["a"]}'],
      [null, '{"id": 8, "who": null, "tags": []}'],
    ]);
    expect(records(text, jsonl({ key: 'id', values: ['tags'] }))).toEqual([
      ['7', '["a"]'],
      ['8', '[]'],
    ]);
    expect(records(text, jsonl({ values: ['who', 'id'] }))).toEqual([
      [null, '{"who":"ann","id":7}'],
      [null, '{"who":null,"id":8}'],
    ]);
    const result = readRecords(text, jsonl({ key: 'who' }));
    expect(result).toMatchObject({ ok: true, read: { count: 2, skipped: 1, withoutKey: 1 } });
  });

  test('numbers keep their digits, texts their escapes, and what is nested its spaces', () => {
    const line = '{ "id" : 12345678901234567890 , "p":1.0,"s":"a\\"b\\u4f60}","n":{ "x": [1, "]"] },"z":null}';
    const fields = (...values: string[]) => records(line, jsonl({ key: 'id', values }))[0];
    expect(fields('p')).toEqual(['12345678901234567890', '1.0']);
    expect(fields('s')).toEqual(['12345678901234567890', 'a"b你}']);
    expect(fields('n')).toEqual(['12345678901234567890', '{ "x": [1, "]"] }']);
    expect(fields('z')).toEqual(['12345678901234567890', null]);
    expect(fields('n', 'p')).toEqual(['12345678901234567890', '{"n":{ "x": [1, "]"] },"p":1.0}']);
  });

  test('any object: its fields as JSON.parse has them', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        if (Object.hasOwn(object, '__proto__')) return;
        const raw = rawFields(JSON.stringify(object, null, 1));
        expect(Object.fromEntries([...raw].map(([name, json]) => [name, JSON.parse(json)]))).toEqual(
          JSON.parse(JSON.stringify(object)),
        );
      }),
    );
  });

  test.each([
    ['{"a":1}\n{"a":}\n', jsonl(), { code: 'json', json: 'json-unexpected', line: 2, column: 6 }],
    ['{"a":1}\n{"a":1', jsonl(), { code: 'json', json: 'json-end', line: 2, column: 7 }],
    ['[\n1\n]', jsonl(), { code: 'json-list', line: 1 }],
    ['{"a":1}\n3\n', jsonl({ key: 'a' }), { code: 'json-not-object', line: 2 }],
    ['{"a":1}\n{"b":1}\n', jsonl({ values: ['a'] }), { code: 'no-field', line: 2, params: { field: 'a' } }],
  ])('%.30j is refused at its place', (text, options, expected) => {
    expect(fault(text, options)).toMatchObject(expected);
  });
});

test('JSON that is nested without end', () => {
  expect(fault(`{"a":${'['.repeat(2_000_000)}`, jsonl())).toMatchObject({ code: 'json', json: 'json-deep', line: 1 });
});

test('lines of text: each is a record, an empty one too', () => {
  const lines = csv({ kind: 'lines' });
  expect(records('a\r\n\r\nb', lines)).toEqual([
    [null, 'a'],
    [null, ''],
    [null, 'b'],
  ]);
  expect(fault('\n'.repeat(MAX_RECORDS + 1), lines)).toMatchObject({ code: 'too-many-records', line: MAX_RECORDS + 1 });
});

test.each([
  ['a.csv', 'x;y\n1;2\n', { kind: 'csv', delimiter: ';', header: true, values: ['0', '1'] }],
  ['', 'key,value\nk,v\n', { kind: 'csv', header: true, key: '0', values: ['1'] }],
  ['', '1\t2\n3\t4\n', { kind: 'csv', delimiter: '\t', header: false }],
  ['', '{"key":"k","x":1}\n', { kind: 'jsonl', key: 'key', values: [] }],
  ['', 'To be, or not to be\nThat is the question\n', { kind: 'lines' }],
  ['app.log', 'a,b\nc,d\n', { kind: 'lines' }],
])('%s %j is recognised', (name, text, expected) => {
  expect(guessOptions(text, name)).toMatchObject(expected);
});

test('progress rises to the end', () => {
  const seen: number[] = [];
  readRecords('x\n'.repeat(20_000), csv({ kind: 'lines' }), (done) => seen.push(done));
  expect(seen).toHaveLength(10);
  expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  expect(seen.at(-1)).toBe(1);
});

describe('bytes', () => {
  const encode = (text: string) => new TextEncoder().encode(text);
  const read = (...bytes: number[]) => decodeUtf8(Uint8Array.from(bytes), 100);
  test('UTF-8 with and without its mark', () => {
    expect(decodeUtf8(encode('\uFEFFa 你'), 100)).toEqual({ ok: true, text: 'a 你' });
    expect(decodeUtf8(encode('a 你'), 100)).toEqual({ ok: true, text: 'a 你' });
  });
  test('other encodings are named, with the place of the first byte that is wrong', () => {
    expect(read(0xff, 0xfe, 0x61, 0)).toMatchObject({ fault: { code: 'utf-16' } });
    expect(read(0x61, 0, 0x62, 0, 0x63, 0)).toMatchObject({ fault: { code: 'utf-16' } });
    expect(read(0x61, 10, 0x62, 0xe9, 0x63)).toMatchObject({
      fault: { code: 'not-utf-8', line: 2, column: 2, found: 'E9' },
    });
    expect(read(0x61, 0x62, 0x63, 0, 0x64, 0x65, 0x66)).toMatchObject({ fault: { code: 'binary' } });
    expect(read()).toMatchObject({ fault: { code: 'empty' } });
    expect(decodeUtf8(new Uint8Array(101), 100)).toMatchObject({ fault: { code: 'too-large', found: '101' } });
  });
  test('the place found is the place where decoding fails', () => {
    fc.assert(
      fc.property(fc.uint8Array({ min: 1, minLength: 1, maxLength: 20 }), (bytes) => {
        const result = decodeUtf8(bytes, 100);
        if (result.ok || result.fault.code !== 'not-utf-8') return;
        const lines = [...bytes].map((b, i) => (b === 10 ? i : -1)).filter((i) => i >= 0);
        const at = (result.fault.line > 1 ? lines[result.fault.line - 2]! + 1 : 0) + result.fault.column - 1;
        const decode = (to: number) => new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, to));
        expect(() => decode(at)).not.toThrow();
        expect(bytes[at]!.toString(16).toUpperCase().padStart(2, '0')).toBe(result.fault.found);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("strangers' files", () => {
  const letters = fc.string({ unit: fc.constantFrom(...'a,;"\n\r\t{}[]:1\\ \u4f60|'), maxLength: 40 });
  test('end in records or in a fault with a place, in every kind', () => {
    fc.assert(
      fc.property(letters, (text) => {
        const guessed = guessOptions(text);
        for (const options of [guessed, csv(), csv({ header: false, values: ['0'] }), jsonl({ key: 'a' })]) {
          const result = readRecords(text, options);
          previewRecords(text, options);
          if (result.ok) expect(recordsOf(result.read.values)).toHaveLength(result.read.count);
          else expect(result.fault.line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('records come back from their text whatever stands in them', () => {
    const cell = fc.string({ unit: fc.constantFrom(...'a"\n\r,\\N\u001e'), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), (rows) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = rows.map((row) => row.map(quoted).join(',')).join('\n');
        expect(records(text, csv({ header: false, key: '0', values: ['1'] }))).toEqual(rows);
      }),
    );
  });

  test.each([
    ['one line', 'x'.repeat(5_000_000)],
    ['quotes', '"'.repeat(5_000_000)],
    ['open quotes', '"a\n'.repeat(1_000_000)],
    ['brackets', '['.repeat(5_000_000)],
    ['objects', '{"a":'.repeat(1_000_000)],
    ['carriage returns', '\r'.repeat(5_000_000)],
  ])('%s: 5 MB end', (_, text) => {
    const options = guessOptions(text);
    for (const each of [options, csv({ header: false }), jsonl()]) readRecords(text, each);
  });
});
