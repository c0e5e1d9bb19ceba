/** Editing a batch: what is written is read back, lengths follow, checksums wait, and wrong texts say what would be right. */
import { describe, expect, test } from 'vitest';
import { makeStream, nextInt } from '../../../base/random.ts';
import type { ByteField, ByteMap } from '../byte-field.ts';
import { COMPRESSION_TYPES } from '../codec.ts';
import { endTransactionBatch, endTransactionMarker } from '../control-record.ts';
import { decodeLegacyEntry } from '../legacy/message-set-reader.ts';
import { writeMessageSet } from '../legacy/message-set-writer.ts';
import { encodeBatch, fieldsOfRecords, makeBatch, recordOf } from '../record-batch.ts';
import { decodeBatch } from '../record-batch-reader.ts';
import { byteMapOf, byteMapsOf } from './byte-map.ts';
import { computedCrc, type Edited, flipBit, withBits, withFieldValue, withFreshCrc } from './edit.ts';
import { hexDump } from './hex-dump.ts';
import { judge } from './judge.ts';
import { fieldOf, randomBatch, randomMessageSet } from './test-bytes.ts';

function bytesIn(edited: Edited): Uint8Array {
  if ('problem' in edited) throw new Error(JSON.stringify(edited.problem));
  return edited.bytes;
}

const problemOf = (edited: Edited): string => ('problem' in edited ? edited.problem.key : 'none');

const sample = (compression: (typeof COMPRESSION_TYPES)[number] = 'none'): Uint8Array =>
  encodeBatch(
    makeBatch(
      fieldsOfRecords(
        [recordOf(1000, 'key', 'value'), { ...recordOf(1001, null, 'x'), headers: [{ key: 'h', value: '1' }] }],
        {
          compression,
        },
      ),
    ),
    7,
    3,
  );

describe('one field', () => {
  test('a longer value: the record’s length, the batch’s length and nothing else follow', () => {
    const map = byteMapOf(sample());
    const bytes = bytesIn(withFieldValue(map, 'records[0].value', 'v'.repeat(100)));
    const edited = byteMapOf(bytes);
    expect(edited.failure).toBeNull();
    expect(bytes.length).toBe(map.bytes.length + 95 + 2);
    expect(fieldOf(edited, 'records[0].value').value).toBe('v'.repeat(100));
    expect(fieldOf(edited, 'records[0].valueLength')).toMatchObject({ value: '100', to: 71 + 1 });
    const changed = edited.fields.filter((f) => fieldOf(map, f.path).value !== f.value).map((f) => f.path);
    expect(changed).toEqual(['batchLength', 'records[0].length', 'records[0].valueLength', 'records[0].value']);
    // The stored checksum is that of before, and now wrong.
    expect(fieldOf(edited, 'crc').value).toBe(fieldOf(map, 'crc').value);
    expect(decodeBatch(withFreshCrc(bytes)).batch.records[0]?.value).toEqual(new Uint8Array(100).fill(118));
  });

  test('a key taken away and given back', () => {
    const map = byteMapOf(sample());
    const without = byteMapOf(bytesIn(withFieldValue(map, 'records[0].key', null)));
    expect(fieldOf(without, 'records[0].keyLength').value).toBe('-1');
    expect(fieldOf(without, 'records[0].key').value).toBeNull();
    expect(bytesIn(withFieldValue(without, 'records[0].key', 'key'))).toEqual(map.bytes);
    const empty = byteMapOf(bytesIn(withFieldValue(without, 'records[0].key', '')));
    expect(fieldOf(empty, 'records[0].keyLength').value).toBe('0');
  });

  test('a number of variable length takes as many bytes as it needs', () => {
    const map = byteMapOf(sample());
    const edited = byteMapOf(bytesIn(withFieldValue(map, 'records[1].timestampDelta', '1000000')));
    expect(edited.failure).toBeNull();
    expect(edited.bytes.length).toBe(map.bytes.length + 2);
    expect(fieldOf(edited, 'records[1].timestampDelta').value).toBe('1000000');
  });

  test('a length alone is only itself: the batch then says what is not so', () => {
    const map = byteMapOf(sample());
    const edited = byteMapOf(bytesIn(withFieldValue(map, 'records[0].keyLength', '4')));
    expect(edited.bytes.length).toBe(map.bytes.length);
    expect(edited.failure).not.toBeNull();
    expect(fieldOf(byteMapOf(bytesIn(withFieldValue(map, 'batchLength', '50'))), 'batchLength').value).toBe('50');
  });

  test('numbers as decimals or hexadecimal, checksums as hexadecimal, bytes as pairs', () => {
    const map = byteMapOf(sample());
    const value = (path: string, text: string): string | null =>
      fieldOf(byteMapOf(bytesIn(withFieldValue(map, path, text))), path).value;
    expect(value('baseOffset', '-9223372036854775808')).toBe('-9223372036854775808');
    expect(value('partitionLeaderEpoch', '0x10')).toBe('16');
    expect(value('crc', 'DEADbeef')).toBe('deadbeef');
    expect(value('crc', '0x1')).toBe('00000001');
    const binary = byteMapOf(bytesIn(withFieldValue(map, 'records[0].value', '\u0000')));
    expect(fieldOf(binary, 'records[0].value')).toMatchObject({ type: 'bytes', value: '00' });
    const wider = byteMapOf(bytesIn(withFieldValue(binary, 'records[0].value', '00 ff 80')));
    expect(fieldOf(wider, 'records[0].value').value).toBe('00ff80');
  });

  test.each([
    ['magic', '128', 'number'],
    ['magic', 'two', 'number'],
    ['recordsCount', '2147483648', 'number'],
    ['records[0].length', '-2147483649', 'number'],
    ['crc', '123456789', 'crc'],
    ['none', '1', 'no-field'],
    ['inner.records[0].key', '1', 'no-payload'],
  ])('%s cannot be %s', (path, text, key) => {
    expect(problemOf(withFieldValue(byteMapOf(sample()), path, text))).toBe(`byte-map.problem.${key}`);
  });

  test('null is for keys and values', () => {
    const map = byteMapOf(sample());
    expect(problemOf(withFieldValue(map, 'magic', null))).toBe('byte-map.problem.no-null');
    expect(problemOf(withFieldValue(map, 'records[0].keyLength', null))).toBe('byte-map.problem.no-null');
    expect('bytes' in withFieldValue(map, 'records[1].headers[0].value', null)).toBe(true);
  });
});

describe('bits by name', () => {
  test('each says another thing, the rest stays', () => {
    const map = byteMapOf(sample());
    const attributes = (name: string, value: string): string | null =>
      fieldOf(byteMapOf(bytesIn(withBits(map, 'attributes', name, value))), 'attributes').value;
    expect(attributes('compressionType', 'zstd')).toBe('4');
    expect(attributes('compressionType', '7')).toBe('7');
    expect(attributes('timestampType', 'LogAppendTime')).toBe('8');
    expect(attributes('isControlBatch', 'true')).toBe('32');
    expect(attributes('unused', '511')).toBe('-128');
    expect(problemOf(withBits(map, 'attributes', 'compressionType', 'brotli'))).toBe('byte-map.problem.bits');
    expect(problemOf(withBits(map, 'attributes', 'isControlBatch', '2'))).toBe('byte-map.problem.bits');
    expect(problemOf(withBits(map, 'magic', 'compressionType', 'zstd'))).toBe('byte-map.problem.no-bits');
  });

  test('a commit becomes an abort', () => {
    const map = byteMapOf(encodeBatch(endTransactionBatch({ type: 'COMMIT', coordinatorEpoch: 4 }, 7, 1, 0), 0, 0));
    const bytes = withFreshCrc(bytesIn(withBits(map, 'records[0].key.type', 'type', 'ABORT')));
    expect(endTransactionMarker(decodeBatch(bytes).batch)).toEqual({ type: 'ABORT', coordinatorEpoch: 4 });
  });
});

describe('inside of a compressed payload', () => {
  test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)('%s: the payload is packed again', (codec) => {
    const map = byteMapOf(sample(codec));
    const bytes = withFreshCrc(bytesIn(withFieldValue(map, 'inner.records[0].value', 'another value')));
    const { batch } = decodeBatch(bytes);
    expect(batch.compression).toBe(codec);
    expect(new TextDecoder().decode(batch.records[0]?.value as Uint8Array)).toBe('another value');
    expect(batch.records.length).toBe(2);
  });

  test('a message in a wrapper of v1: its own checksum is made anew as well', () => {
    const records = ['a', 'b'].map((value, i) => ({ offset: 4 + i, timestampMs: 1000, key: null, value }));
    const set = writeMessageSet({ magic: 1, compression: 'gzip', timestampType: 'CreateTime', records });
    const bytes = bytesIn(withFieldValue(byteMapOf(set), 'inner.records[1].value', 'bb'));
    expect(() => decodeLegacyEntry(bytes)).toThrow();
    const { entry } = decodeLegacyEntry(withFreshCrc(bytes));
    expect(entry.records.map((r) => new TextDecoder().decode(r.value as Uint8Array))).toEqual(['a', 'bb']);
  });
});

test('whatever is written is read back: every field of batches of chance', () => {
  const stream = makeStream(3, 'byte-edit');
  /** Another value of the field's kind, as somebody would type it. */
  const other = ({ type }: ByteField): string => {
    if (type === 'utf8') return 'né '.repeat(nextInt(stream, 60));
    if (type === 'bytes') return ['', '00', 'ff0102'][nextInt(stream, 3)] as string;
    if (type === 'uint32') return nextInt(stream, 2 ** 31).toString(16);
    const bits = type === 'int8' ? 8 : type === 'int16' ? 16 : 32;
    return String(nextInt(stream, 2 ** (bits - 1)) - nextInt(stream, 2 ** (bits - 1)));
  };
  for (let round = 0; round < 400; round++) {
    const kind = nextInt(stream, 3);
    const source =
      kind === 0
        ? randomBatch(stream, 'none')
        : kind === 1
          ? randomBatch(stream, 'gzip')
          : randomMessageSet(stream, 1, 'gzip');
    const outer = byteMapOf(source);
    const isInside = outer.inner !== null && nextInt(stream, 2) === 0;
    const map = isInside ? (outer.inner as ByteMap) : outer;
    const field = map.fields[nextInt(stream, map.fields.length)] as ByteField;
    if (field.type === 'compressed') continue;
    const text = other(field);
    const path = isInside ? `inner.${field.path}` : field.path;
    const edited = byteMapOf(bytesIn(withFieldValue(outer, path, text)));
    // Lengths, counts and codecs change what the bytes behind them are: only their own value is sure then.
    const read = (isInside ? edited.inner : edited)?.fields.find((each) => each.path === field.path);
    const isPlain =
      /(?:key|value|timestampDelta|offsetDelta|Timestamp|Epoch|Sequence|producerId|baseOffset|^offset)$/.test(
        field.path,
      );
    if (!isPlain && read === undefined) continue;
    if (field.type === 'utf8' || field.type === 'bytes') {
      expect([text, text === '' ? '' : text]).toContain(read?.value);
      expect(edited.failure).toBeNull();
      expect(edited.recordCount).toBe(outer.recordCount);
    } else if (isPlain) expect(read?.value).toBe(field.type === 'uint32' ? text.padStart(8, '0') : text);
    const fresh = byteMapsOf(withFreshCrc(edited.bytes))[0] as ByteMap;
    if (edited.failure === null)
      expect(computedCrc(fresh)).toBe(Number.parseInt(fieldOf(fresh, 'crc').value ?? '', 16));
  }
});

test('judging never throws, whatever the bytes are', () => {
  const stream = makeStream(5, 'judge-fuzz');
  for (let round = 0; round < 600; round++) {
    const codec = COMPRESSION_TYPES[nextInt(stream, 5)] as (typeof COMPRESSION_TYPES)[number];
    const before =
      nextInt(stream, 3) === 0
        ? randomMessageSet(stream, 1, codec === 'zstd' ? 'gzip' : codec)
        : randomBatch(stream, codec);
    let after = before.slice(0, nextInt(stream, 4) === 0 ? nextInt(stream, before.length + 1) : before.length);
    for (let n = nextInt(stream, 5); n > 0 && after.length > 0; n--)
      after[nextInt(stream, after.length)] = nextInt(stream, 256);
    if (nextInt(stream, 2) === 0) after = new Uint8Array(withFreshCrc(after));
    const { testimonies } = judge(before, after);
    expect(testimonies.length).toBe(5);
  }
});

test('a bit falls over, and back', () => {
  const bytes = Uint8Array.of(0, 0x80);
  expect(flipBit(bytes, 1, 7)).toEqual(Uint8Array.of(0, 0));
  expect(flipBit(flipBit(bytes, 0, 3), 0, 3)).toEqual(bytes);
  expect(bytes).toEqual(Uint8Array.of(0, 0x80));
  expect(() => flipBit(bytes, 2, 0)).toThrow(RangeError);
});

test('bytes as hexdump -C writes them', () => {
  const bytes = Uint8Array.from({ length: 19 }, (_, i) => i + 0x40);
  expect(hexDump(bytes)).toBe(
    '00000000  40 41 42 43 44 45 46 47  48 49 4a 4b 4c 4d 4e 4f  |@ABCDEFGHIJKLMNO|\n' +
      '00000010  50 51 52                                          |PQR|\n',
  );
  expect(hexDump(new Uint8Array(0))).toBe('');
});
