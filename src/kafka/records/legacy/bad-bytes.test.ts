/**
 * Every flipped bit and every cut of many batches of all formats: whoever reads them gets a RecordFormatError, a CodecError or a
 * clean result, never another exception, and never waits for ever.
 */
import { describe, expect, test } from 'vitest';
import { CodecError, type CompressionType } from '../codec.ts';
import { downConvert } from '../convert/down-convert.ts';
import { validateProduced } from '../convert/validate-produced.ts';
import { crc32c } from '../crc32c.ts';
import { decodeBatch, encodeBatch, fieldsOfRecords, makeBatch, RecordFormatError, recordOf } from '../record-batch.ts';
import { crc32 } from './crc32.ts';
import { putInt32 } from './int64.ts';
import { decodeMessageSet } from './message-set-reader.ts';
import { writeMessageSet } from './message-set-writer.ts';

const NOW = 1_767_225_600_000;
const CODECS: readonly CompressionType[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
const CASES = [0, 1, 2].flatMap((magic) =>
  CODECS.filter((codec) => magic === 2 || codec !== 'zstd').map((codec) => [magic, codec] as const),
);

function bytesFor(magic: number, compression: CompressionType): Uint8Array {
  const texts = ['a', 'bb', 'the third value'];
  if (magic === 2) {
    const records = texts.map((text, index) => recordOf(NOW + index, index === 1 ? null : 'k', text));
    const header = [{ key: 'h', value: 'x' }];
    return encodeBatch(
      makeBatch(fieldsOfRecords([{ ...records[0], headers: header }, ...records.slice(1)], { compression })),
      0,
      -1,
    );
  }
  const records = texts.map((value, offset) => ({ offset, timestampMs: NOW, key: offset === 1 ? null : 'k', value }));
  const timestampType = magic === 0 ? 'NoTimestampType' : 'CreateTime';
  return writeMessageSet({ magic: magic as 0 | 1, compression, timestampType, records });
}

/** The first entry's checksum, made right again after a change. */
function mend(bytes: Uint8Array): void {
  if (bytes.length < 26) return;
  const size = 12 + new DataView(bytes.buffer).getInt32(8);
  if (size > bytes.length || size < 26) return;
  if (bytes[16] === 2 && size >= 61) putInt32(bytes, 17, crc32c(bytes, 21, size));
  else if (bytes[16] < 2) putInt32(bytes, 12, crc32(bytes, 16, size));
}

function isExpected(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    return error instanceof RecordFormatError || error instanceof CodecError;
  }
}

/** What is wrong with how the bytes were taken; empty: nothing. */
function faults(bytes: Uint8Array, magic: number, name: string): string[] {
  const found: string[] = [];
  const read = magic === 2 ? () => decodeBatch(bytes) : () => decodeMessageSet(bytes);
  if (!isExpected(read)) found.push(`${name}: the reader threw something else`);
  for (const toMagic of [0, 1, 2] as const) {
    const answer = validateProduced(bytes, { produceVersion: 2, toMagic, compressionType: 'producer' }, NOW);
    if (!answer.ok && answer.message === '') found.push(`${name}: no reason`);
  }
  downConvert(bytes, 0);
  return found;
}

describe.each(CASES)('format v%i, %s', (magic, codec) => {
  const whole = bytesFor(magic, codec);

  test('the batch as it is, is taken', () => {
    expect(validateProduced(whole, { produceVersion: 2, toMagic: magic as 0 | 1 | 2 }, NOW).ok).toBe(true);
  });

  test('every flipped bit, as it is and with a mended checksum', () => {
    const found: string[] = [];
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const bytes = whole.slice();
      bytes[bit >> 3] ^= 1 << (bit & 7);
      found.push(...faults(bytes, magic, `bit ${bit}`));
      mend(bytes);
      found.push(...faults(bytes, magic, `bit ${bit}, mended`));
    }
    expect(found).toEqual([]);
  });

  test('every cut', () => {
    const found: string[] = [];
    for (let size = 0; size < whole.length; size++) {
      const bytes = whole.slice(0, size);
      found.push(...faults(bytes, magic, `${size} bytes`));
      if (size >= 12) putInt32(bytes, 8, size - 12);
      mend(bytes);
      found.push(...faults(bytes, magic, `${size} bytes, mended`));
    }
    expect(found).toEqual([]);
  });

  test('a flipped bit under the checksum is always refused by the broker', () => {
    const from = magic === 2 ? 21 : 16;
    for (let bit = from * 8; bit < (12 + new DataView(whole.buffer).getInt32(8)) * 8; bit++) {
      const bytes = whole.slice();
      bytes[bit >> 3] ^= 1 << (bit & 7);
      const answer = validateProduced(bytes, { produceVersion: 2, toMagic: magic as 0 | 1 | 2 }, NOW);
      // A message that suddenly says it is a batch v2 is refused for its offset before its checksum is looked at.
      const code = bytes[16] === 2 && magic < 2 && bytes[7] !== 0 ? 'INVALID_RECORD' : 'CORRUPT_MESSAGE';
      expect([bit, answer.ok ? 'taken' : answer.errorCode]).toEqual([bit, code]);
    }
  });
});
