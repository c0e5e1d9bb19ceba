/** The explorer's pure parts: sheets, labels, steps of values, edits, the three formats. */
import { describe, expect, test } from 'vitest';
import '../../text/whole.ts';
import { bytesOfHex, utf8Bytes } from '../../kafka/records/bytes.ts';
import { writeMessageSet } from '../../kafka/records/legacy/message-set-writer.ts';
import { decodeBatch, encodeBatch, fieldsOfRecords, makeBatch, recordOf } from '../../kafka/records/record-batch.ts';
import { hasText } from '../../text/index.ts';
import { flip, freshCrc, isChanged, putBack, setBits, setValue, startEdits } from './edits.ts';
import { breakEven, formatsOf, recordsOf } from './formats.ts';
import { howOf, momentOf, purposeKey } from './how.ts';
import { columnsFor, cut, labelsOf, signs } from './label.ts';
import { noticesOf } from './notices.ts';
import { logName } from './out.tsx';
import { huesOf } from './record-blocks.tsx';
import { entryOf, fieldAt, nextField, recordAt, type Sheet, sheetOf } from './sheet.ts';
import { byteAfterKey } from './use-choice.ts';
import { codecOf } from './use-codecs.ts';

const TIME = 1767225600000;

function batchBytes(count: number, compression: 'none' | 'gzip' = 'none'): Uint8Array {
  const records = Array.from({ length: count }, (_, i) =>
    recordOf(TIME + i, i % 3 === 0 ? null : `k${i % 3}`, `value ${i}`),
  );
  return encodeBatch(makeBatch({ ...fieldsOfRecords(records), compression }), 100, 7);
}

function messages(magic: 0 | 1, count: number): Uint8Array {
  const records = Array.from({ length: count }, (_, i) => ({
    offset: 5 + i,
    timestampMs: TIME,
    key: null,
    value: utf8Bytes(`value ${i}`),
  }));
  const timestampType = magic === 0 ? 'NoTimestampType' : 'CreateTime';
  return writeMessageSet({ magic, compression: 'none', timestampType, records });
}

const fieldNamed = (sheet: Sheet, path: string): number => sheet.fields.findIndex((field) => field.path === path);

describe('a sheet', () => {
  test.each([
    ['a batch of v2', batchBytes(40)],
    ['a compressed batch', batchBytes(40, 'gzip')],
    ['messages of v0', messages(0, 12)],
    ['messages of v1', messages(1, 12)],
  ])('of %s: each byte is in one field, neighbours differ in tint', (_, bytes) => {
    const sheet = sheetOf(bytes);
    expect(sheet.failure).toBeNull();
    let before = -1;
    for (let at = 0; at < bytes.length; at++) {
      const field = fieldAt(sheet, at);
      const owner = sheet.fields[field]!;
      expect(at >= owner.from && at < owner.to, `byte ${at}`).toBe(true);
      if (before >= 0 && before !== field) expect(sheet.tints[field]).not.toBe(sheet.tints[before]);
      before = field;
    }
  });

  test('a batch: header of 61 bytes, then its records', () => {
    const sheet = sheetOf(batchBytes(3));
    expect([sheet.bodyFrom, sheet.records.length, sheet.inner]).toEqual([61, 3, null]);
    expect(sheet.records.map(({ key }) => key)).toEqual([null, 'k1', 'k2']);
    expect(recordAt(sheet, 60)).toBe(-1);
    expect(sheet.records.map(({ from }) => recordAt(sheet, from))).toEqual([0, 1, 2]);
    expect(recordAt(sheet, sheet.bytes.length - 1)).toBe(2);
  });

  test('a compressed batch: one block, and the records in the sheet inside', () => {
    const sheet = sheetOf(batchBytes(40, 'gzip'));
    expect(sheet.packed).toMatchObject({ from: 61, to: sheet.bytes.length });
    expect([sheet.records.length, sheet.inner?.records.length, sheet.inner?.bodyFrom]).toEqual([0, 40, 0]);
    expect(codecOf(sheet.bytes)).toBe('gzip');
  });

  test('a message set: every message is a record, its paths tell which', () => {
    const sheet = sheetOf(messages(1, 3));
    expect([sheet.bodyFrom, sheet.records.length]).toEqual([0, 3]);
    const field = sheet.records[2]!.firstField;
    expect(sheet.fields[field]).toMatchObject({ path: '[2].offset', record: 2, from: sheet.records[1]!.to });
    expect(entryOf(sheet, field)).toMatchObject({ path: 'offset', entry: { from: sheet.records[2]!.from } });
  });

  test('what cannot be read is said with its place', () => {
    const bytes = batchBytes(2);
    const short = bytes.slice(0, bytes.length - 4);
    expect(sheetOf(short).failure).not.toBeNull();
    expect(sheetOf(short).bytes.length).toBe(short.length);
  });
});

describe('the keyboard', () => {
  const sheet = sheetOf(batchBytes(3));
  const last = sheet.bytes.length - 1;
  test.each([
    [0, 'ArrowRight', false, 1],
    [0, 'ArrowLeft', false, 0],
    [last, 'ArrowRight', false, last],
    [3, 'ArrowRight', true, 8],
    [9, 'ArrowLeft', true, 0],
    [5, 'ArrowDown', false, 36],
    [5, 'ArrowUp', false, 5],
    [40, 'Home', false, 0],
    [40, 'End', false, last],
    [40, 'PageDown', false, sheet.records[0]!.from],
    [sheet.records[1]!.from + 2, 'PageUp', false, sheet.records[0]!.from],
    [sheet.records[0]!.from, 'PageUp', false, 0],
    [sheet.records[2]!.from, 'PageDown', false, sheet.records[2]!.from],
    [-1, 'ArrowRight', false, 0],
  ])('from byte %i, %s (a field: %s) leads to %i', (at, key, jump, to) => {
    expect(byteAfterKey(sheet, at, key, jump, 31)).toBe(to);
  });

  test('other keys are left to the page', () => {
    expect(byteAfterKey(sheet, 0, 'Tab', false, 31)).toBeNull();
  });

  test('empty fields are passed over', () => {
    const keyLength = fieldNamed(sheet, 'records[0].keyLength');
    expect(sheet.fields[nextField(sheet, keyLength, 1)]!.path).toBe('records[0].valueLength');
  });
});

describe('labels', () => {
  const sheet = sheetOf(batchBytes(3));

  test('names with values where both fit, values of short fields', () => {
    const row = labelsOf(sheet, 0, 0, 31, 32.7, 31);
    expect(row.slice(0, 2)).toMatchObject([
      { name: 'baseOffset', value: '100', column: 0, span: 8 },
      { name: 'batchLength', column: 8, span: 4 },
    ]);
    expect(row.find(({ field }) => sheet.fields[field]!.name === 'magic')).toMatchObject({ name: '', value: '2' });
  });

  test('no label is wider than its bytes', () => {
    for (const [pitch, columns] of [
      [27.5, 31],
      [44, 8],
      [30, 16],
    ] as const) {
      for (let from = 0; from < sheet.bytes.length; from += columns) {
        const to = Math.min(sheet.bytes.length, from + columns);
        for (const { name, value, span } of labelsOf(sheet, fieldAt(sheet, from), from, to, pitch, columns)) {
          const shown = name !== '' && value !== '' ? `${name} ${value}` : name + value;
          expect(signs(shown) * 6.7).toBeLessThanOrEqual(span * pitch);
        }
      }
    }
  });

  test('every field that has the room is named once', () => {
    const named = [0, 8, 16, 24, 32, 40, 48, 56].flatMap((from) =>
      labelsOf(sheet, fieldAt(sheet, from), from, Math.min(from + 8, 61), 44, 8).map(({ field }) => field),
    );
    expect(new Set(named).size).toBe(named.length);
  });

  test('texts are cut by the places that they take', () => {
    expect([cut('abcdef', 4), cut('小安小安', 5), cut('abc', 3)]).toEqual(['abc…', '小安…', 'abc']);
  });

  test('31 bytes in a row from 837 px on, eight on a phone', () => {
    expect([columnsFor(1040, 27), columnsFor(837, 27), columnsFor(836, 27), columnsFor(324, 42)]).toEqual([
      31, 31, 24, 8,
    ]);
  });
});

describe('how a value is made', () => {
  const sheet = sheetOf(batchBytes(3));
  const how = (path: string) => howOf(sheet.bytes, sheet.fields[fieldNamed(sheet, path)]!);

  test('big-endian, with and without a sign', () => {
    expect(how('lastOffsetDelta')).toMatchObject({ kind: 'int', hex: '00000002', unsigned: '2', signed: false });
    expect(how('producerId')).toMatchObject({ unsigned: '18446744073709551615', value: '-1', signed: true });
  });

  test('varints: groups of seven bits and zig-zag', () => {
    expect(how('records[0].keyLength')).toMatchObject({ unsigned: '1', value: '-1', groups: [{ bits: '0000001' }] });
    const two = howOf(bytesOfHex('8e02'), { ...sheet.fields[0]!, type: 'varint', from: 0, to: 2, value: '135' });
    expect(two).toMatchObject({
      unsigned: '270',
      groups: [
        { more: true, number: 14 },
        { more: false, number: 2 },
      ],
    });
  });

  test('nothing is a null or an empty text', () => {
    expect(how('records[0].key')).toEqual({ kind: 'none', isNull: true });
  });

  test('times are said as moments', () => {
    expect(momentOf(sheet.fields[fieldNamed(sheet, 'baseTimestamp')]!)).toBe('2026-01-01T00:00:00.000Z');
    expect(momentOf(sheet.fields[fieldNamed(sheet, 'baseOffset')]!)).toBeNull();
  });

  test('there is a sentence for every field of every format', () => {
    for (const bytes of [batchBytes(3), batchBytes(3, 'gzip'), messages(0, 2), messages(1, 2)]) {
      const outer = sheetOf(bytes);
      for (const [each, inside] of [
        [outer, false],
        [outer.inner ?? outer, outer.inner !== null],
      ] as const)
        expect(
          each.fields.map((field) => purposeKey(field, each.magic, inside)).filter((key) => !hasText(key)),
        ).toEqual([]);
    }
  });
});

describe('edits', () => {
  test('a flipped bit is noticed until a fresh checksum is written', () => {
    const bytes = batchBytes(3);
    const at = sheetOf(bytes).fields[fieldNamed(sheetOf(bytes), 'records[1].value')]!.from;
    const flipped = flip(startEdits(bytes), at, 0, 'value');
    expect(isChanged(flipped)).toBe(true);
    const first = noticesOf(flipped.original, flipped.bytes).judgement;
    expect([first.crcHolds, first.testimonies[0]!.error]).toEqual([false, 'CORRUPT_MESSAGE']);
    const fresh = freshCrc(flipped);
    const second = noticesOf(fresh.original, fresh.bytes).judgement;
    expect([second.crcHolds, second.testimonies.some(({ notices }) => notices)]).toEqual([true, false]);
    expect(isChanged(putBack(fresh))).toBe(false);
  });

  test('the same bit twice is no change', () => {
    const once = flip(startEdits(batchBytes(1)), 70, 3, 'value');
    expect(isChanged(flip(once, 70, 3, 'value'))).toBe(false);
    expect(flip(once, 70, 3, 'value').last).toBeNull();
  });

  test('a longer value: lengths follow, and Kafka’s reader reads it', () => {
    const bytes = batchBytes(3);
    const sheet = sheetOf(bytes);
    const edits = freshCrc(
      setValue(startEdits(bytes), sheet, fieldNamed(sheet, 'records[1].value'), false, 'longer than it was'),
    );
    expect(edits.bytes.length).toBeGreaterThan(bytes.length);
    const { batch } = decodeBatch(edits.bytes);
    expect(batch.records.map(({ value }) => String(value))).toHaveLength(3);
    expect(sheetOf(edits.bytes).fields.find(({ path }) => path === 'records[1].value')?.value).toBe(
      'longer than it was',
    );
  });

  test('a value inside of the block is packed again', () => {
    const bytes = batchBytes(20, 'gzip');
    const sheet = sheetOf(bytes);
    const field = fieldNamed(sheet.inner!, 'records[4].value');
    const edits = setValue(startEdits(bytes), sheet, field, true, 'inside');
    expect(sheetOf(edits.bytes).inner!.fields[field]!.value).toBe('inside');
  });

  test('a message of a set is changed in its place, and judged by itself', () => {
    const bytes = messages(1, 3);
    const sheet = sheetOf(bytes);
    const edits = setValue(startEdits(bytes), sheet, fieldNamed(sheet, '[1].value'), false, 'another');
    expect(
      sheetOf(edits.bytes)
        .fields.filter(({ name }) => name === 'value')
        .map(({ value }) => value),
    ).toEqual(['value 0', 'another', 'value 2']);
    expect(noticesOf(bytes, edits.bytes)).toMatchObject({ entry: 1, entries: 3, judgement: { crcHolds: false } });
  });

  test('a value that does not fit is refused with a reason, and nothing changes', () => {
    const bytes = batchBytes(1);
    const sheet = sheetOf(bytes);
    const edits = setValue(startEdits(bytes), sheet, fieldNamed(sheet, 'magic'), false, 'two');
    expect(isChanged(edits)).toBe(false);
    expect(edits.problem?.key).toMatch(/^byte-map\.problem\./);
  });

  test('bits are set by name', () => {
    const bytes = batchBytes(1);
    const sheet = sheetOf(bytes);
    const edits = setBits(
      startEdits(bytes),
      sheet,
      fieldNamed(sheet, 'attributes'),
      false,
      'timestampType',
      'LogAppendTime',
    );
    expect(edits.bytes[22]).toBe(8);
  });
});

describe('the three formats', () => {
  test('v0 costs 26 bytes a record, v1 34, v2 its header once and about 7', () => {
    const sheet = sheetOf(batchBytes(50));
    const sizes = formatsOf(recordsOf(sheet, sheet))!;
    expect(sizes.slice(0, 2).map(({ overheadPerRecord }) => overheadPerRecord)).toEqual([26, 34]);
    expect(sizes[2]!.bytes.length).toBe(sheet.bytes.length);
    expect(sizes[2]!.overheadPerRecord - 61 / 50).toBeCloseTo(7, 0);
  });

  test('alone a record is longer in v2; where it turns is where the bytes say', () => {
    const even = (count: number) => {
      const sheet = sheetOf(batchBytes(count));
      return formatsOf(recordsOf(sheet, sheet))!;
    };
    const [, v1, v2] = even(1) as [never, ReturnType<typeof even>[1], ReturnType<typeof even>[2]];
    expect(v2!.bytes.length).toBeGreaterThan(v1!.bytes.length);
    const turn = breakEven(v1!, v2!)!;
    expect(even(turn)[2]!.bytes.length).toBeLessThan(even(turn)[1]!.bytes.length);
    expect(even(turn - 1)[2]!.bytes.length).toBeGreaterThanOrEqual(even(turn - 1)[1]!.bytes.length);
  });

  test('the records of v1 and of a compressed batch are the same', () => {
    const outer = sheetOf(batchBytes(9, 'gzip'));
    const plain = sheetOf(batchBytes(9));
    expect(recordsOf(outer.inner!, outer)).toEqual(recordsOf(plain, plain));
  });
});

test('keyed records have their key’s hue, without any key neighbours differ', () => {
  expect(huesOf(['b', null, 'a', 'b', 'new'], ['a', 'b'])).toEqual([1, -1, 0, 1, 2]);
  const hues = huesOf([null, null, null], []);
  expect(new Set(hues).size).toBe(3);
});

test('files are named as Kafka names them', () => {
  expect(logName('128')).toBe('00000000000000000128.log');
});
