import { describe, expect, test } from 'vitest';
import answers from '../../vectors/produced-answers.json?raw';
import { bytesOfHex, hexOf, utf8Bytes } from '../bytes.ts';
import { crc32c } from '../crc32c.ts';
import { putInt32 } from '../legacy/int64.ts';
import { writeMessageSet } from '../legacy/message-set-writer.ts';
import { encodeBatch, fieldsOfRecords, makeBatch, type RecordBatchFields, recordOf } from '../record-batch.ts';
import type { ProduceAcceptance, ProduceConfig, ProduceRefusal } from './produced.ts';
import { contentOf, type ProducedCase } from './test-answers.ts';
import { validateProduced } from './validate-produced.ts';

const NOW = 1_767_225_600_000;
const cases = (JSON.parse(answers) as { cases: ProducedCase[] }).cases;

function answerTo({ hex, config }: ProducedCase) {
  return validateProduced(
    bytesOfHex(hex),
    { ...config, timestampBeforeMaxMs: BigInt(config.timestampBeforeMaxMs) },
    NOW,
  );
}

describe('as the released jars answer', () => {
  test('there are enough cases of both kinds', () => {
    expect(cases.filter(({ out }) => out.ok).length).toBeGreaterThan(40);
    expect(new Set(cases.map(({ out }) => (out.ok ? '' : out.exception))).size).toBeGreaterThan(9);
  });

  test.each(cases.map((one, index) => [index, one] as const))('case %i', (_, one) => {
    const answer = answerTo(one);
    const { out } = one;
    if (!answer.ok || !out.ok) {
      const refusal = answer as ProduceRefusal;
      const stage = refusal.stage === 'request' ? 'request' : 'log';
      const recordErrors = refusal.recordErrors?.map(({ index }) => index);
      const { ok, exception, errorCode } = refusal;
      expect({ ok, stage, exception, errorCode, recordErrors }).toEqual({ ...out, message: undefined });
      return;
    }
    const stored = bytesOfHex(out.hex);
    // A batch that was compressed anew has other bytes and the same content.
    if (answer.inPlace || answer.targetCodec === 'none') expect(hexOf(answer.bytes)).toBe(out.hex);
    else expect(contentOf(answer.bytes)).toBe(contentOf(stored));
    expect(`${answer.lastOffset}`).toBe(out.lastOffset);
    expect(`${answer.maxTimestamp}`).toBe(out.maxTimestamp);
    expect(`${answer.logAppendTimeMs}`).toBe(out.logAppendTime);
    expect(answer.uncompressedBytes).toBe(out.uncompressed);
    expect(answer.recordsConverted).toBe(out.converted);
  });
});

function batchOf(fields: Partial<RecordBatchFields> = {}, times: readonly number[] = [NOW]): Uint8Array {
  const records = times.map((time, index) => recordOf(time, `k${index}`, 'value '.repeat(20)));
  return encodeBatch(makeBatch(fieldsOfRecords(records, fields)), 0, -1);
}

function accepted(bytes: Uint8Array, config: ProduceConfig = {}): ProduceAcceptance {
  const answer = validateProduced(bytes, config, NOW);
  if (!answer.ok) throw new Error(`${answer.errorCode}: ${answer.message}`);
  return answer;
}

function refusedAs(bytes: Uint8Array, config: ProduceConfig = {}): string {
  const answer = validateProduced(bytes, config, NOW);
  return answer.ok ? 'taken' : answer.errorCode;
}

describe('what a broker does with a batch', () => {
  test('the received bytes stay as they are; offset and leader epoch are written over a copy', () => {
    const bytes = batchOf();
    const before = hexOf(bytes);
    const answer = accepted(bytes, { nextOffset: 40, leaderEpoch: 7 });
    expect(hexOf(bytes)).toBe(before);
    expect([answer.firstOffset, answer.lastOffset, answer.inPlace, answer.unpacked]).toEqual([40, 40, true, false]);
    expect(hexOf(answer.bytes)).toBe(`0000000000000028${before.slice(16, 24)}00000007${before.slice(32)}`);
  });

  test('compression.type=producer keeps a compressed batch and still unpacks it to look at the records', () => {
    const answer = accepted(batchOf({ compression: 'gzip' }));
    expect([answer.inPlace, answer.unpacked, answer.recompressed, answer.converted]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(answer.uncompressedBytes).toBeGreaterThan(answer.bytes.length);
  });

  test.each([
    ['gzip', 'zstd', 'zstd'],
    ['gzip', 'uncompressed', 'none'],
    ['none', 'lz4', 'lz4'],
  ] as const)(
    'a %s batch in a topic with compression.type=%s is built anew',
    (compression, compressionType, target) => {
      const answer = accepted(batchOf({ compression }), { compressionType });
      expect([answer.inPlace, answer.recompressed, answer.targetCodec, answer.recordsConverted]).toEqual([
        false,
        true,
        target,
        1,
      ]);
    },
  );

  test('rule 98: one bad record rejects the whole batch, and the answer names it', () => {
    const answer = validateProduced(batchOf({}, [NOW, NOW + 3_600_001, NOW]), {}, NOW) as ProduceRefusal;
    expect([answer.errorCode, answer.stage]).toEqual(['INVALID_TIMESTAMP', 'validate']);
    expect(answer.recordErrors.map(({ index, reason }) => [index, reason.key])).toEqual([
      [1, 'formats.refused.timestamp'],
    ]);
    expect(refusedAs(batchOf({}, [NOW + 3_600_000]))).toBe('taken');
  });

  test('rule 98: a batch above max.message.bytes is too large, also when only recompression made it so', () => {
    const plain = batchOf();
    expect(refusedAs(plain, { maxMessageBytes: plain.length })).toBe('taken');
    expect(refusedAs(plain, { maxMessageBytes: plain.length - 1 })).toBe('MESSAGE_TOO_LARGE');
    const packed = batchOf({ compression: 'zstd' });
    expect(packed.length).toBeLessThan(plain.length);
    const config = { maxMessageBytes: packed.length, compressionType: 'uncompressed' } as const;
    expect(validateProduced(packed, config, NOW)).toMatchObject({ errorCode: 'MESSAGE_TOO_LARGE', stage: 'append' });
    expect(refusedAs(plain, { segmentBytes: plain.length - 1 })).toBe('RECORD_LIST_TOO_LARGE');
  });

  test('zstd needs Produce 7; formats before v2 need a broker that still knows Produce 2', () => {
    expect(refusedAs(batchOf({ compression: 'zstd' }), { produceVersion: 6 })).toBe('UNSUPPORTED_COMPRESSION_TYPE');
    const records = [{ offset: 0, timestampMs: NOW, key: null, value: 'v' }];
    const old = writeMessageSet({ magic: 1, compression: 'none', timestampType: 'CreateTime', records });
    expect(refusedAs(old)).toBe('INVALID_RECORD');
    expect(accepted(old, { produceVersion: 2 })).toMatchObject({ converted: true, inPlace: false, records: 1 });
    expect(accepted(old, { produceVersion: 2, toMagic: 1 })).toMatchObject({ converted: false, inPlace: true });
  });

  test('idempotent and transactional batches do not fit an older format', () => {
    const fields = { producerId: 9, producerEpoch: 0, baseSequence: 0 };
    expect(refusedAs(batchOf({ ...fields, compression: 'gzip' }), { toMagic: 1 })).toBe(
      'UNSUPPORTED_FOR_MESSAGE_FORMAT',
    );
  });

  test('a transactional batch fails a request without transactional.id before its checksum is looked at', () => {
    const bytes = batchOf({ producerId: 9, producerEpoch: 0, baseSequence: 0, isTransactional: true });
    bytes[bytes.length - 1] ^= 1;
    expect(refusedAs(bytes, { transactionalId: null })).toBe('TRANSACTIONAL_ID_AUTHORIZATION_FAILED');
    expect(refusedAs(bytes, { transactionalId: 'pay' })).toBe('CORRUPT_MESSAGE');
  });

  test('format v0 under compression is written anew even where nothing else changes: its inner offsets are absolute', () => {
    const records = [0, 1].map((offset) => ({ offset, timestampMs: -1, key: null, value: utf8Bytes('v') }));
    const set = (magic: 0 | 1): Uint8Array =>
      writeMessageSet({
        magic,
        compression: 'gzip',
        timestampType: magic === 0 ? 'NoTimestampType' : 'CreateTime',
        records,
      });
    const at = (magic: 0 | 1) => accepted(set(magic), { produceVersion: 2, toMagic: magic, nextOffset: 50 });
    expect([at(0).inPlace, at(1).inPlace]).toEqual([false, true]);
    expect([at(0).lastOffset, at(1).lastOffset]).toEqual([51, 51]);
  });

  test('bytes after the last whole batch are dropped where the request allows them', () => {
    const whole = writeMessageSet({
      magic: 0,
      compression: 'none',
      timestampType: 'NoTimestampType',
      records: [{ offset: 0, timestampMs: -1, key: null, value: 'v' }],
    });
    const bytes = new Uint8Array([...whole, ...whole.slice(0, 20)]);
    expect(accepted(bytes, { produceVersion: 1, toMagic: 0 })).toMatchObject({ records: 1, ignoredBytes: 20 });
    expect(accepted(whole.slice(0, 9), { produceVersion: 1 })).toMatchObject({ records: 0, ignoredBytes: 9 });
  });

  test('a wrong gzip trailer is noticed after the records, by a broker that reads them one by one', () => {
    const broken = (change: (bytes: Uint8Array) => void): Uint8Array => {
      const bytes = batchOf({ compression: 'gzip' });
      bytes[bytes.length - 1] ^= 1; // the length in the trailer
      change(bytes);
      putInt32(bytes, 17, crc32c(bytes, 21));
      return bytes;
    };
    const untouched = validateProduced(
      broken(() => {}),
      {},
      NOW,
    );
    expect(untouched).toMatchObject({ errorCode: 'UNKNOWN_SERVER_ERROR', exception: 'KafkaException', unpacked: true });
    // Two records said where one is: the stream ends, and with it comes the trailer's fault.
    const two = broken((bytes) => {
      putInt32(bytes, 23, 1);
      putInt32(bytes, 57, 2);
    });
    expect(validateProduced(two, {}, NOW)).toMatchObject({ exception: 'KafkaException' });
  });

  test('LogAppendTime: the broker’s time stands in the batch, and the checksum fits it', () => {
    const answer = accepted(batchOf({}, [NOW - 5000]), { timestampType: 'LogAppendTime' });
    expect([answer.maxTimestamp, answer.logAppendTimeMs]).toEqual([NOW, NOW]);
    const again = answer.bytes.slice();
    again.fill(0, 0, 8);
    expect(validateProduced(again, {}, NOW)).toMatchObject({ ok: true });
    expect(refusedAs(again, { timestampType: 'LogAppendTime' })).toBe('INVALID_TIMESTAMP');
  });
});
