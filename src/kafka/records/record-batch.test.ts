import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkVectorFile } from '../../cli/check-vectors.ts';
import vectors from '../vectors/record-batch-v2.json?raw';
import { bytesOf, utf8Bytes } from './bytes.ts';
import { crc32c } from './crc32c.ts';
import {
  decodeBatch,
  encodeBatch,
  fieldsOfRecords,
  type KafkaRecord,
  makeBatch,
  RecordFormatError,
  recordOf,
  recordTimestampMs,
  withMaxTimestamp,
} from './record-batch.ts';
import { batchSizeInBytes } from './record-sizes.ts';

// The same cases in every run: a failure can be repeated.
fc.configureGlobal({ seed: 20 });

const NOW_MS = 1_700_000_000_000;

function sample() {
  const records = [recordOf(NOW_MS, 'order-1', 'paid', 7), recordOf(NOW_MS + 5, null, 'gr\u00fc\u00df', 8)];
  return makeBatch(fieldsOfRecords(records, { producerId: 1000, producerEpoch: 3, baseSequence: 41, producer: 2 }));
}

test('golden vectors: record-batch-v2', () => {
  expect(checkVectorFile(JSON.parse(vectors), 'record-batch-v2.json')).toEqual({ passed: 67, failed: 0, misses: [] });
});

test('a string and its UTF-8 bytes make the same batch', () => {
  const text = makeBatch(fieldsOfRecords([recordOf(NOW_MS, 'k\u00e9y', 'v')]));
  const bytes = makeBatch(fieldsOfRecords([recordOf(NOW_MS, utf8Bytes('k\u00e9y'), utf8Bytes('v'))]));
  expect([text.sizeInBytes, text.crc]).toEqual([bytes.sizeInBytes, bytes.crc]);
});

test('the checksum does not depend on base offset and leader epoch, which stand outside of it', () => {
  const [one, two] = [encodeBatch(sample(), 0, 0), encodeBatch(sample(), 2 ** 40, 77)];
  expect(one.slice(16)).toEqual(two.slice(16));
  expect(crc32c(one, 21, one.length)).toBe(sample().crc);
});

test('any single changed byte under the checksum is found, with its place named', () => {
  const bytes = encodeBatch(sample(), 10, 1);
  for (let at = 17; at < bytes.length; at++) {
    const broken = bytes.slice();
    broken[at] ^= 0x10;
    expect(() => decodeBatch(broken, 0), `byte ${at}`).toThrow(/stored checksum .* \(at byte 17\)/);
  }
});

test('wrong length, magic and missing bytes are told apart, counted from the start of the given bytes', () => {
  const batch = encodeBatch(sample(), 10, 1);
  const shifted = new Uint8Array(batch.length + 5);
  const broken = (at: number, value: number): RecordFormatError => {
    shifted.set(batch, 5);
    shifted[5 + at] = value;
    try {
      decodeBatch(shifted, 5);
    } catch (error) {
      if (error instanceof RecordFormatError) return error;
    }
    throw new Error('nothing was refused');
  };
  expect(broken(11, 3)).toMatchObject({ reason: 'length', position: 13, name: 'CorruptRecordException' });
  expect(broken(11, 20)).toMatchObject({ reason: 'length', position: 13 });
  expect(broken(8, 0x80)).toMatchObject({ reason: 'length', position: 13 });
  expect(broken(16, 9)).toMatchObject({ reason: 'magic', position: 21 });
  expect(broken(16, 1)).toMatchObject({ reason: 'magic', position: 21 });
  expect(broken(11, 0xff)).toMatchObject({ reason: 'incomplete' });
  expect(() => decodeBatch(batch.slice(0, -1), 0)).toThrow('the bytes end before the batch that starts at 0');
  expect(() => decodeBatch(new Uint8Array(3), 0)).toThrow('the bytes end');
});

test('a body that lies about its records is refused although its checksum is right', () => {
  const forge = (change: (bytes: Uint8Array) => void): Uint8Array => {
    const bytes = encodeBatch(sample(), 0, 0);
    change(bytes);
    new DataView(bytes.buffer).setUint32(17, crc32c(bytes, 21, bytes.length));
    return bytes;
  };
  const tooMany = forge((bytes) => bytes.set([0, 0, 0, 3], 57));
  const tooFew = forge((bytes) => bytes.set([0, 0, 0, 1], 57));
  const longer = forge((bytes) => bytes.set([0x7e], 61));
  expect(() => decodeBatch(tooMany, 0)).toThrow(/record 2 is malformed/);
  expect(() => decodeBatch(tooFew, 0)).toThrow(/bytes are left after the last of 1 records/);
  expect(() => decodeBatch(longer, 0)).toThrow(/record 0 claims 63 bytes/);
});

test('several batches are read one after the other', () => {
  const one = encodeBatch(sample(), 10, 1);
  const both = new Uint8Array(one.length * 2);
  both.set(one);
  both.set(encodeBatch(sample(), 12, 2), one.length);
  const first = decodeBatch(both, 0);
  const second = decodeBatch(both, first.nextOffset);
  expect([first.baseOffset, second.baseOffset, second.partitionLeaderEpoch]).toEqual([10, 12, 2]);
  expect(second.nextOffset).toBe(both.length);
});

test('a corrupted body keeps its stored checksum when written, so that a reader can find out', () => {
  const forged = { ...sample(), records: [recordOf(NOW_MS, 'order-1', 'PAID'), recordOf(NOW_MS + 5, null, 'x')] };
  expect(() => decodeBatch(encodeBatch(forged, 0, 0), 0)).toThrow('stored checksum');
});

test('LogAppendTime changes what readers see and not what the records carry', () => {
  const stamped = withMaxTimestamp(sample(), 'LogAppendTime', NOW_MS + 900);
  expect(stamped.records.map((record) => recordTimestampMs(stamped, record))).toEqual([NOW_MS + 900, NOW_MS + 900]);
  expect(stamped.crc).not.toBe(sample().crc);
  expect(encodeBatch(stamped, 0, 0).slice(61)).toEqual(encodeBatch(sample(), 0, 0).slice(61));
  expect(withMaxTimestamp(stamped, 'LogAppendTime', NOW_MS + 900)).toBe(stamped);
});

test('what is written is read back, for any records', () => {
  const bytes = fc.option(fc.oneof(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 300 })), { nil: null });
  const header = fc.record({ key: fc.string({ unit: 'grapheme' }), value: bytes });
  const record = fc.record({
    timestampMs: fc.integer({ min: -1, max: 4_000_000_000_000 }),
    key: bytes,
    value: bytes,
    headers: fc.array(header, { maxLength: 3 }),
    ordinal: fc.constant(-1),
  });
  const plain = (records: readonly KafkaRecord[]) =>
    records.map(({ timestampMs, key, value, headers }) => ({
      timestampMs,
      key: bytesOf(key),
      value: bytesOf(value),
      headers: headers.map((one) => [one.key, bytesOf(one.value)]),
    }));
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 8 }), fc.maxSafeInteger(), (records, producerId) => {
      const batch = makeBatch(fieldsOfRecords(records, { producerId, baseSequence: 2147483646, producerEpoch: 32767 }));
      const encoded = encodeBatch(batch, 5, 9);
      expect(encoded.length).toBe(batch.sizeInBytes);
      expect(batch.sizeInBytes).toBe(batchSizeInBytes(records));
      const { batch: read } = decodeBatch(encoded, 0);
      expect(plain(read.records)).toEqual(plain(records));
      expect({ ...read, records: [] }).toEqual({ ...batch, records: [] });
    }),
  );
});
