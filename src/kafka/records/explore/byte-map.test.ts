/** Byte maps: every byte has one field, the maps agree with the readers, and no bytes make them throw. */
import { describe, expect, test } from 'vitest';
import { makeStream, nextInt } from '../../../base/random.ts';
import type { ByteMap } from '../byte-field.ts';
import { bytesOf, bytesOfHex, hexOf } from '../bytes.ts';
import { getCodec } from '../codec.ts';
import { endTransactionBatch } from '../control-record.ts';
import { decodeLegacyEntry } from '../legacy/message-set-reader.ts';
import { writeMessageSet } from '../legacy/message-set-writer.ts';
import { encodeBatch, fieldsOfRecords, makeBatch, recordOf } from '../record-batch.ts';
import { decodeBatch, RecordFormatError } from '../record-batch-reader.ts';
import { byteMapOf, byteMapsOf } from './byte-map.ts';
import { withFieldValue, withFreshCrc } from './edit.ts';
import { fieldOf, randomBatch, randomMessageSet } from './test-bytes.ts';

/** Each byte in one field, in order, and no path twice; the map inside as well. Says where it is not so. */
function faultOf(map: ByteMap): string | null {
  let at = 0;
  const paths = new Set<string>();
  for (const { path, from, to } of map.fields) {
    if (from !== at || to < from || paths.has(path)) return `${path} ${from}-${to} after ${at}`;
    at = to;
    paths.add(path);
  }
  if (at !== map.bytes.length) return `ends at ${at} of ${map.bytes.length}`;
  return map.inner === null ? null : faultOf(map.inner);
}

const expectWhole = (map: ByteMap): void => expect(faultOf(map)).toBeNull();

const rows = (map: ByteMap): string[] =>
  map.fields.map(({ path, type, from, to, value }) => `${from}-${to} ${path} ${type} ${value}`);

const one = (): Uint8Array =>
  encodeBatch(
    makeBatch(
      fieldsOfRecords([
        { timestampMs: 1000, key: 'k', value: 'hi', headers: [{ key: 'h', value: bytesOfHex('00ff') }], ordinal: -1 },
        { timestampMs: 1300, key: null, value: null, headers: [], ordinal: -1 },
      ]),
    ),
    7,
    3,
  );

describe('format v2', () => {
  test('all fields by Kafka’s names, with what they say', () => {
    const map = byteMapOf(one());
    expectWhole(map);
    expect(map).toMatchObject({ magic: 2, recordCount: 2, inner: null, failure: null });
    expect(rows(map).map((row) => row.replace(/uint32 .*/, 'uint32'))).toEqual([
      '0-8 baseOffset int64 7',
      '8-12 batchLength int32 72',
      '12-16 partitionLeaderEpoch int32 3',
      '16-17 magic int8 2',
      '17-21 crc uint32',
      '21-23 attributes int16 0',
      '23-27 lastOffsetDelta int32 1',
      '27-35 baseTimestamp int64 1000',
      '35-43 maxTimestamp int64 1300',
      '43-51 producerId int64 -1',
      '51-53 producerEpoch int16 -1',
      '53-57 baseSequence int32 -1',
      '57-61 recordsCount int32 2',
      '61-62 records[0].length varint 14',
      '62-63 records[0].attributes int8 0',
      '63-64 records[0].timestampDelta varlong 0',
      '64-65 records[0].offsetDelta varint 0',
      '65-66 records[0].keyLength varint 1',
      '66-67 records[0].key utf8 k',
      '67-68 records[0].valueLength varint 2',
      '68-70 records[0].value utf8 hi',
      '70-71 records[0].headersCount varint 1',
      '71-72 records[0].headers[0].keyLength varint 1',
      '72-73 records[0].headers[0].key utf8 h',
      '73-74 records[0].headers[0].valueLength varint 2',
      '74-76 records[0].headers[0].value bytes 00ff',
      '76-77 records[1].length varint 7',
      '77-78 records[1].attributes int8 0',
      '78-80 records[1].timestampDelta varlong 300',
      '80-81 records[1].offsetDelta varint 1',
      '81-82 records[1].keyLength varint -1',
      '82-82 records[1].key utf8 null',
      '82-83 records[1].valueLength varint -1',
      '83-83 records[1].value utf8 null',
      '83-84 records[1].headersCount varint 0',
    ]);
    expect(fieldOf(map, 'records[0].headers[0].key').name).toBe('headerKey');
    expect(map.fields.filter((f) => f.checksummed).map((f) => f.from)[0]).toBe(21);
    expect(fieldOf(map, 'records[1].key').record).toBe(1);
    expect(fieldOf(map, 'maxTimestamp').record).toBe(-1);
  });

  test('a control record’s key and value by their fields', () => {
    const map = byteMapOf(encodeBatch(endTransactionBatch({ type: 'COMMIT', coordinatorEpoch: 4 }, 7, 1, 1000), 9, 0));
    expectWhole(map);
    expect(rows(map).slice(17)).toEqual([
      '65-66 records[0].keyLength varint 4',
      '66-68 records[0].key.version int16 0',
      '68-70 records[0].key.type int16 1',
      '70-71 records[0].valueLength varint 6',
      '71-73 records[0].value.version int16 0',
      '73-77 records[0].value.coordinatorEpoch int32 4',
      '77-78 records[0].headersCount varint 0',
    ]);
    expect(fieldOf(map, 'records[0].key.type').bits[0]?.value).toBe('COMMIT');
    expect(fieldOf(map, 'attributes').bits.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'compressionType=none',
      'timestampType=CreateTime',
      'isTransactional=true',
      'isControlBatch=true',
      'hasDeleteHorizonMs=false',
      'unused=0',
    ]);
  });

  test('a compressed payload is one field, and a map of its own', () => {
    const records = [recordOf(1000, 'k', 'hello'), recordOf(1001, null, 'hello')];
    const batch = makeBatch(fieldsOfRecords(records, { compression: 'gzip' }));
    const map = byteMapOf(encodeBatch(batch, 0, 0));
    expectWhole(map);
    expect(map.recordCount).toBe(2);
    const payload = map.fields.at(-1);
    expect(payload).toMatchObject({ path: 'records', type: 'compressed', from: 61, to: batch.sizeInBytes });
    expect(payload?.value).toBe(hexOf(batch.packed as Uint8Array));
    expect(fieldOf(map.inner as ByteMap, 'records[1].value').value).toBe('hello');
    expect(fieldOf(map.inner as ByteMap, 'records[1].value').checksummed).toBe(true);
  });
});

describe('formats v0 and v1', () => {
  test('a message of v0 and one of v1', () => {
    const records = [{ offset: 5, timestampMs: 1000, key: 'k', value: null }];
    const v0 = byteMapOf(writeMessageSet({ magic: 0, compression: 'none', timestampType: 'NoTimestampType', records }));
    const v1 = byteMapOf(writeMessageSet({ magic: 1, compression: 'none', timestampType: 'CreateTime', records }));
    expectWhole(v0);
    expectWhole(v1);
    expect(rows(v0).filter((row) => !row.includes('crc'))).toEqual([
      '0-8 offset int64 5',
      '8-12 messageSize int32 15',
      '16-17 magic int8 0',
      '17-18 attributes int8 0',
      '18-22 keyLength int32 1',
      '22-23 key utf8 k',
      '23-27 valueLength int32 -1',
      '27-27 value utf8 null',
    ]);
    expect(rows(v1).slice(3, 6)).toEqual([
      '16-17 magic int8 1',
      '17-18 attributes int8 0',
      '18-26 timestamp int64 1000',
    ]);
    expect(v1.fields.map((f) => f.checksummed)).toEqual([false, false, false, ...new Array(7).fill(true)]);
  });

  test('a wrapper’s message set is its inner map, with relative offsets in v1 (KIP-31)', () => {
    const records = ['a', 'b', 'c'].map((value, i) => ({ offset: 10 + i, timestampMs: 1000, key: null, value }));
    const map = byteMapOf(writeMessageSet({ magic: 1, compression: 'gzip', timestampType: 'CreateTime', records }));
    expectWhole(map);
    expect(fieldOf(map, 'offset').value).toBe('12');
    expect(map.recordCount).toBe(3);
    expect(map.inner?.fields.filter((f) => f.name === 'offset').map((f) => f.value)).toEqual(['0', '1', '2']);
    expect(fieldOf(map.inner as ByteMap, 'records[2].value').value).toBe('c');
  });

  test('one map an entry; what is cut off at the end is a map with a failure', () => {
    const records = ['a', 'b'].map((value, i) => ({ offset: i, timestampMs: 1000, key: null, value }));
    const set = writeMessageSet({ magic: 1, compression: 'none', timestampType: 'CreateTime', records });
    expect(byteMapsOf(set).map((map) => map.failure)).toEqual([null, null]);
    const cut = byteMapsOf(set.subarray(0, set.length - 1));
    expect(cut.length).toBe(2);
    expect(cut[1]?.failure).toMatchObject({ exception: null, message: { key: 'byte-map.failure.incomplete' } });
    expect(byteMapsOf(new Uint8Array([...one(), ...one()])).map((map) => map.recordCount)).toEqual([2, 2]);
  });
});

describe('what cannot be read says so in Kafka’s words', () => {
  const broken = (change: (bytes: Uint8Array) => void): ByteMap => {
    const bytes = one();
    change(bytes);
    const map = byteMapOf(bytes);
    expectWhole(map);
    return map;
  };
  test.each([
    ['a magic byte of 3', 16, 3, 16, 'CorruptRecordException', 'magic'],
    ['a negative length', 8, 0x80, 8, 'CorruptRecordException', 'length'],
    ['a length below the header’s', 11, 20, 8, 'CorruptRecordException', 'short-batch'],
    ['a length beyond the end', 10, 1, 8, null, 'incomplete'],
    ['compression number 5', 22, 5, 21, 'IllegalArgumentException', 'compression'],
    ['a negative number of records', 57, 0x80, 57, 'InvalidRecordException', 'negative-count'],
    ['too many records', 60, 3, 84, 'InvalidRecordException', 'varint'],
    ['too few records', 60, 1, 76, 'InvalidRecordException', 'bytes-left'],
    ['a record longer than its bytes', 61, 0x7e, 61, 'InvalidRecordException', 'record-past-end'],
    ['a record shorter than its fields', 61, 2, 61, 'InvalidRecordException', 'record-size'],
    ['a key beyond the end', 65, 0x7e, 66, 'InvalidRecordException', 'field-past-end'],
    ['a negative number of headers', 70, 1, 70, 'InvalidRecordException', 'headers-count'],
    ['a header without a key', 71, 1, 71, 'InvalidRecordException', 'header-key'],
  ] as const)('%s', (_what, at, byte, failsAt, exception, key) => {
    const map = broken((bytes) => {
      bytes[at] = byte;
    });
    expect(map.failure).toMatchObject({ at: failsAt, exception, message: { key: `byte-map.failure.${key}` } });
  });

  test('a batch of no records: whatever follows is read by nobody, and Kafka does not mind', () => {
    const map = broken((bytes) => {
      bytes[60] = 0;
    });
    expect(map.failure).toBeNull();
    expect(map.fields.at(-1)).toMatchObject({ path: 'unread', from: 61 });
  });

  test('a stream that is none', () => {
    const batch = makeBatch(fieldsOfRecords([recordOf(0, null, 'x')], { compression: 'gzip' }));
    const bytes = encodeBatch(batch, 0, 0);
    bytes[61] = 0;
    const map = byteMapOf(bytes);
    expectWhole(map);
    expect(map).toMatchObject({ inner: null, failure: { exception: 'KafkaException' } });
  });
});

describe('what cannot be read of v0 and v1', () => {
  const records = ['a', 'b'].map((value, i) => ({ offset: 4 + i, timestampMs: 1000, key: null, value }));
  const wrapper = (): Uint8Array =>
    writeMessageSet({ magic: 1, compression: 'gzip', timestampType: 'CreateTime', records });
  /** A wrapper around other bytes than it had. */
  const around = (inner: Uint8Array): ByteMap => {
    const packed = hexOf(getCodec('gzip').compress(inner, undefined, 1));
    const edited = withFieldValue(byteMapOf(wrapper()), 'value', packed);
    return byteMapOf('bytes' in edited ? edited.bytes : new Uint8Array(0));
  };
  const innerOf = (): Uint8Array => (byteMapOf(wrapper()).inner as ByteMap).bytes.slice();
  const changed = (change: (bytes: Uint8Array) => void): ByteMap => {
    const bytes = wrapper();
    change(bytes);
    return byteMapOf(bytes);
  };

  test.each([
    ['zstd', 17, 4, 17, 'InvalidRecordException', 'zstd-wrapper'],
    ['codec 5', 17, 5, 17, 'IllegalArgumentException', 'compression'],
    ['a null value', 30, 0xff, 30, 'InvalidRecordException', 'null-wrapper'],
    ['a value beyond the end', 31, 1, 34, 'IllegalArgumentException', 'field-past-end'],
    ['a key beyond the end', 26, 1, 30, 'IllegalArgumentException', 'field-past-end'],
  ] as const)('%s', (_what, at, byte, failsAt, exception, key) => {
    const map = changed((bytes) => {
      bytes[at] = byte;
    });
    expectWhole(map);
    expect(map.failure).toMatchObject({ at: failsAt, exception, message: { key: `byte-map.failure.${key}` } });
  });

  test('an outer offset below that of the last message inside', () => {
    const map = changed((bytes) => {
      bytes[0] = 0x80;
    });
    expect(map.failure).toMatchObject({ at: 0, message: { key: 'byte-map.failure.wrapper-offset' } });
    expect(map.recordCount).toBe(2);
  });

  test('an outer offset of 0 is that of an old client, and right', () => {
    const map = changed((bytes) => bytes.fill(0, 0, 8));
    expect(map.failure).toBeNull();
  });

  test.each([
    ['nothing inside', () => new Uint8Array(0), 0, 'InvalidRecordException', 'no-inner-records'],
    [
      'a size below the least',
      () => Uint8Array.from(innerOf(), (b, i) => (i === 11 ? 13 : b)),
      8,
      'CorruptRecordException',
      'message-size',
    ],
    [
      'compressed once more',
      () => Uint8Array.from(innerOf(), (b, i) => (i === 17 ? 1 : b)),
      17,
      'InvalidRecordException',
      'inner-compressed',
    ],
  ] as const)('inside: %s', (_what, inner, at, exception, key) => {
    const map = around(inner());
    expectWhole(map);
    expect(map.inner?.failure).toMatchObject({ at, exception, message: { key: `byte-map.failure.${key}` } });
  });

  test('inside: a message cut off at the end is left, as DataLogInputStream leaves it', () => {
    const inner = innerOf();
    const map = around(inner.subarray(0, inner.length - 1));
    expectWhole(map);
    expect(map.inner).toMatchObject({ recordCount: 1, failure: null });
    expect(map.inner?.fields.at(-1)?.path).toBe('unread');
  });

  test('a message longer than its fields: nobody reads the rest', () => {
    const plain = writeMessageSet({
      magic: 1,
      compression: 'none',
      timestampType: 'CreateTime',
      records: records.slice(0, 1),
    });
    const edited = withFieldValue(byteMapOf(plain), 'valueLength', '0');
    const map = byteMapOf('bytes' in edited ? edited.bytes : plain);
    expectWhole(map);
    expect(map.failure).toBeNull();
    expect(map.fields.at(-1)).toMatchObject({ path: 'unread', value: '61' });
  });
});

describe('the maps agree with the readers', () => {
  const stream = makeStream(7, 'byte-map');

  test('every record of every batch, field by field', () => {
    for (let round = 0; round < 300; round++) {
      const bytes = randomBatch(stream, nextInt(stream, 3) === 0 ? 'gzip' : 'none');
      const { batch, baseOffset } = decodeBatch(bytes);
      const map = byteMapOf(bytes);
      expectWhole(map);
      expect(map.failure).toBeNull();
      expect(map.recordCount).toBe(batch.records.length);
      expect(fieldOf(map, 'baseOffset').value).toBe(String(baseOffset));
      const from = map.inner ?? map;
      for (const [i, record] of batch.records.entries()) {
        const part = (name: string): string | null => fieldOf(from, `records[${i}].${name}`).value;
        const bytesIn = (name: string): Uint8Array | null => {
          const field = fieldOf(from, `records[${i}].${name}`);
          return field.value === null ? null : from.bytes.slice(field.from, field.to);
        };
        expect(bytesIn('key')).toEqual(bytesOf(record.key));
        expect(bytesIn('value')).toEqual(bytesOf(record.value));
        expect(Number(part('timestampDelta')) + batch.baseTimestamp).toBe(record.timestampMs);
        expect(part('offsetDelta')).toBe(String(record.offsetDelta ?? i));
        expect(part('headersCount')).toBe(String(record.headers.length));
        for (const [h, header] of record.headers.entries())
          expect([part(`headers[${h}].key`), bytesIn(`headers[${h}].value`)]).toEqual([
            header.key,
            bytesOf(header.value),
          ]);
      }
    }
  });

  test('every message of every set', () => {
    for (let round = 0; round < 300; round++) {
      const bytes = randomMessageSet(stream, nextInt(stream, 2) as 0 | 1, nextInt(stream, 2) === 0 ? 'gzip' : 'none');
      let at = 0;
      for (const map of byteMapsOf(bytes)) {
        const { entry, nextOffset } = decodeLegacyEntry(bytes, at);
        expectWhole(map);
        expect(map).toMatchObject({ magic: entry.magic, failure: null, recordCount: entry.records.length });
        expect(at + map.bytes.length).toBe(nextOffset);
        at = nextOffset;
        const from = map.inner ?? map;
        const values = from.fields.filter((f) => f.name === 'value');
        expect(values.map((f) => (f.value === null ? null : from.bytes.slice(f.from, f.to)))).toEqual(
          entry.records.map((record) => bytesOf(record.value)),
        );
      }
      expect(at).toBe(bytes.length);
    }
  });

  test('a broken batch with a right checksum fails in both, or in neither', () => {
    let failed = 0;
    for (let round = 0; round < 2000; round++) {
      const bytes = randomBatch(stream, 'none');
      bytes[21 + nextInt(stream, bytes.length - 21)]! ^= 1 << nextInt(stream, 8);
      const fresh = withFreshCrc(bytes);
      const map = byteMapOf(fresh);
      expectWhole(map);
      let thrown: unknown = null;
      try {
        decodeBatch(fresh);
      } catch (error) {
        thrown = error;
      }
      // Numbers beyond 2^53 are the simulation's limit, not Kafka's.
      if (thrown instanceof RecordFormatError && thrown.reason === 'range') continue;
      if (map.failure !== null) failed += 1;
      expect(map.failure === null && (map.inner?.failure ?? null) === null).toBe(thrown === null);
    }
    expect(failed).toBeGreaterThan(100);
  });
});

test('no bytes make it throw: random ones, and batches with random bytes in them', () => {
  const stream = makeStream(11, 'byte-map-fuzz');
  for (let round = 0; round < 3000; round++) {
    const kind = nextInt(stream, 4);
    let bytes = new Uint8Array(nextInt(stream, 200));
    if (kind === 0) for (let i = 0; i < bytes.length; i++) bytes[i] = nextInt(stream, 256);
    else {
      bytes =
        kind === 1
          ? randomMessageSet(stream, nextInt(stream, 2) as 0 | 1, nextInt(stream, 2) === 0 ? 'gzip' : 'none')
          : randomBatch(stream, kind === 2 ? 'none' : 'gzip');
      for (let n = nextInt(stream, 4); n >= 0; n--) bytes[nextInt(stream, bytes.length)] = nextInt(stream, 256);
    }
    let length = 0;
    for (const map of byteMapsOf(bytes)) {
      expectWhole(map);
      length += map.bytes.length;
    }
    expect(length).toBe(bytes.length);
    expectWhole(byteMapOf(bytes, nextInt(stream, 300)));
  }
});
