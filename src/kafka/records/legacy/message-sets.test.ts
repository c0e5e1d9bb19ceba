import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesOf, hexOf } from '../bytes.ts';
import { type CompressionType, getCodec } from '../codec.ts';
import { BuilderError } from './builder-error.ts';
import { crc32 } from './crc32.ts';
import { putInt32, putInt64 } from './int64.ts';
import { decodeLegacyEntry, decodeMessageSet } from './message-set-reader.ts';
import {
  type LegacyRecordToWrite,
  type MessageSetFields,
  plainMessageSet,
  writeMessageSet,
} from './message-set-writer.ts';
import { estimateMessageSetSize, estimateMessageSetUpperBound, messageSetHeaderSize } from './message-sizes.ts';

fc.configureGlobal({ seed: 62 });

const CODECS = ['none', 'gzip', 'snappy', 'lz4'] as const;
const NOW = 1_767_225_600_000;

const fieldBytes = fc.option(fc.uint8Array({ maxLength: 40 }), { nil: null });

const sets = fc
  .record({
    magic: fc.constantFrom(0, 1) as fc.Arbitrary<0 | 1>,
    compression: fc.constantFrom(...CODECS),
    isStamped: fc.boolean(),
    first: fc.nat(1_000_000),
    records: fc.array(
      fc.record({
        gap: fc.constantFrom(0, 0, 0, 3),
        time: fc.constantFrom(-1, 0, NOW, NOW + 7),
        key: fieldBytes,
        value: fieldBytes,
      }),
      { minLength: 1, maxLength: 8 },
    ),
  })
  .map(({ magic, compression, isStamped, first, records }): MessageSetFields => {
    let offset = first;
    const list = records.map(({ gap, time, key, value }): LegacyRecordToWrite => {
      offset += gap + 1;
      return { offset, timestampMs: time, key, value };
    });
    const stamped = isStamped ? 'LogAppendTime' : 'CreateTime';
    const timestampType = magic === 0 ? 'NoTimestampType' : stamped;
    return { magic, compression, timestampType, logAppendTime: NOW + 99, baseOffset: first, records: list };
  });

const hexOrNull = (value: Parameters<typeof bytesOf>[0]): string | null => {
  const bytes = bytesOf(value);
  return bytes === null ? null : hexOf(bytes);
};

test('what is written is read back: offsets, times, keys and values, in both formats under every codec', () => {
  fc.assert(
    fc.property(sets, (fields) => {
      const bytes = writeMessageSet(fields);
      const { entries, nextOffset } = decodeMessageSet(bytes);
      expect(nextOffset).toBe(bytes.length);
      expect(entries.length).toBe(fields.compression === 'none' ? fields.records.length : 1);
      const read = entries.flatMap((entry) => entry.records);
      const time = (record: LegacyRecordToWrite): number => {
        if (fields.magic === 0) return -1;
        return fields.timestampType === 'LogAppendTime' ? NOW + 99 : Number(record.timestampMs);
      };
      expect(read.map((r) => [r.offset, r.timestampMs, hexOrNull(r.key), hexOrNull(r.value)])).toEqual(
        fields.records.map((r) => [r.offset, time(r), hexOrNull(r.key), hexOrNull(r.value)]),
      );
      if (fields.compression === 'none') return;
      const [{ offset, timestampMs }] = entries;
      expect(offset).toBe(fields.records.at(-1)?.offset);
      expect(timestampMs).toBe(Math.max(...read.map((r) => r.timestampMs)));
    }),
  );
});

test('a string is written as its UTF-8 bytes, and big offsets keep all their bits', () => {
  const record = { offset: 2n ** 53n - 1n, timestampMs: NOW, key: '键', value: 'né' };
  const [entry] = decodeMessageSet(
    writeMessageSet({ magic: 1, compression: 'none', timestampType: 'CreateTime', records: [record] }),
  ).entries;
  expect(entry.offset).toBe(Number.MAX_SAFE_INTEGER);
  expect([hexOrNull(entry.records[0].key), hexOrNull(entry.records[0].value)]).toEqual(['e994ae', '6ec3a9']);
});

describe('compressed sets', () => {
  const records = [5, 6, 9].map((offset) => ({ offset, timestampMs: NOW + offset, key: null, value: `v${offset}` }));
  const fields = (magic: 0 | 1): MessageSetFields => {
    const timestampType = magic === 0 ? 'NoTimestampType' : 'CreateTime';
    return { magic, compression: 'gzip', timestampType, records };
  };

  test('in v0 the inner offsets are absolute, in v1 they count from the first; the wrapper has the last', () => {
    const innerOffsets = (magic: 0 | 1): number[] => {
      const { entries } = decodeMessageSet(plainMessageSet(fields(magic)));
      return entries.map((entry) => entry.offset);
    };
    /** As they stand in the wrapper's value: readers would make up for a wrong base. */
    const packedOffsets = (magic: 0 | 1): number[] => {
      const packed = writeMessageSet(fields(magic)).slice(magic === 0 ? 26 : 34);
      return decodeMessageSet(getCodec('gzip').decompress(packed)).entries.map((entry) => entry.offset);
    };
    expect([packedOffsets(0), packedOffsets(1)]).toEqual([
      [5, 6, 9],
      [0, 1, 4],
    ]);
    expect(innerOffsets(0)).toEqual([5, 6, 9]);
    expect(innerOffsets(1)).toEqual([0, 1, 4]);
    expect(decodeLegacyEntry(writeMessageSet(fields(1))).entry.offset).toBe(9);
  });

  /** A wrapper around any bytes, with a checksum that fits. */
  function wrap(magic: 0 | 1, inner: Uint8Array, offset: number, codec = 1): Uint8Array {
    const packed = codec === 4 ? inner : getCodec('gzip').compress(inner);
    const keyAt = magic === 0 ? 18 : 26;
    const bytes = new Uint8Array(keyAt + 8 + packed.length);
    putInt64(bytes, 0, offset);
    putInt32(bytes, 8, bytes.length - 12);
    bytes[16] = magic;
    bytes[17] = codec;
    if (magic === 1) putInt64(bytes, 18, NOW);
    putInt32(bytes, keyAt, -1);
    putInt32(bytes, keyAt + 4, packed.length);
    bytes.set(packed, keyAt + 8);
    putInt32(bytes, 12, crc32(bytes, 16));
    return bytes;
  }

  test('a wrapper with offset 0 (librdkafka) leaves the inner offsets as they are; a smaller one is refused', () => {
    const inner = plainMessageSet(fields(1));
    const offsets = (offset: number): number[] =>
      decodeLegacyEntry(wrap(1, inner, offset)).entry.records.map((record) => record.offset);
    expect(offsets(0)).toEqual([0, 1, 4]);
    expect(offsets(104)).toEqual([100, 101, 104]);
    expect(() => offsets(3)).toThrow(/InvalidRecordException|wrapper's offset 3 is below the last inner one, 4/);
  });

  test.each([
    [
      'a compressed message inside',
      () => wrap(1, writeMessageSet(fields(1)), 9),
      'InvalidRecordException',
      'compressed',
    ],
    [
      'a message of another format inside',
      () => wrap(1, plainMessageSet(fields(0)), 9),
      'InvalidRecordException',
      'magic 0',
    ],
    ['nothing inside', () => wrap(0, new Uint8Array(0), 9), 'InvalidRecordException', 'no message'],
    ['zstd', () => wrap(1, plainMessageSet(fields(1)), 9, 4), 'InvalidRecordException', 'zstd'],
    ['codec 5', () => wrap(1, plainMessageSet(fields(1)), 9, 5), 'IllegalArgumentException', 'number 5'],
  ])('%s is refused', (_, bytes, name, says) => {
    const error = thrownBy(() => decodeLegacyEntry(bytes()));
    expect([error.name, error.message]).toEqual([name, expect.stringContaining(says)]);
  });

  test('an inner message with a wrong checksum is found, and one that is cut off is dropped', () => {
    const inner = plainMessageSet(fields(0));
    inner[inner.length - 1] ^= 1;
    expect(thrownBy(() => decodeLegacyEntry(wrap(0, inner, 9))).name).toBe('CorruptRecordException');
    inner[inner.length - 1] ^= 1;
    const cut = wrap(0, inner.slice(0, -1), 9);
    expect(decodeLegacyEntry(cut).entry.records.map((record) => record.offset)).toEqual([5, 6]);
  });
});

function thrownBy(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('what MemoryRecordsBuilder refuses', () => {
  const record = { offset: 1, timestampMs: NOW, key: null, value: null };
  const base: MessageSetFields = { magic: 1, compression: 'none', timestampType: 'CreateTime', records: [record] };
  test.each<[string, MessageSetFields]>([
    ['offset-order', { ...base, records: [record, record] }],
    ['timestamp-negative', { ...base, records: [{ ...record, timestampMs: -2 }] }],
    ['headers-in-legacy', { ...base, records: [{ ...record, headers: [{ key: 'k', value: null }] }] }],
    ['zstd-in-legacy', { ...base, compression: 'zstd' }],
    ['no-timestamp-type', { ...base, timestampType: 'NoTimestampType' }],
    ['offset-too-far', { ...base, baseOffset: 0, records: [{ ...record, offset: 2 ** 31 }] }],
  ])('%s', (key, fields) => {
    const error = thrownBy(() => writeMessageSet(fields));
    expect(error).toBeInstanceOf(BuilderError);
    expect([error.name, (error as BuilderError).fact.key]).toEqual([
      'IllegalArgumentException',
      `formats.refused.${key}`,
    ]);
  });

  test('no records give no bytes', () => {
    expect(writeMessageSet({ ...base, records: [] }).length).toBe(0);
  });
});

test('sizes by arithmetic: 26 and 34 bytes a message, a wrapper of the same when compressed, estimates as the producer makes them', () => {
  const records = [{ key: 'k', value: 'value' }];
  const size = (magic: 0 | 1, codec: CompressionType): number =>
    estimateMessageSetUpperBound(magic, codec, 'k', 'value');
  expect([size(0, 'none'), size(1, 'none'), size(0, 'gzip'), size(1, 'gzip')]).toEqual([32, 40, 46, 62]);
  expect([messageSetHeaderSize(0, 'none'), messageSetHeaderSize(0, 'lz4'), messageSetHeaderSize(1, 'lz4')]).toEqual([
    0, 26, 34,
  ]);
  expect([estimateMessageSetSize(1, 'none', records), estimateMessageSetSize(1, 'gzip', records)]).toEqual([40, 1024]);
  const many = Array.from({ length: 9000 }, () => records[0]);
  expect(estimateMessageSetSize(1, 'gzip', many)).toBe(65536);
});
