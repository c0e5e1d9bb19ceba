import { describe, expect, test } from 'vitest';
import vectors from '../../vectors/down-conversions.json?raw';
import { bytesOfHex, hexOf } from '../bytes.ts';
import { getCodec } from '../codec.ts';
import { endTransactionBatch } from '../control-record.ts';
import { decodeMessageSet } from '../legacy/message-set-reader.ts';
import { encodeBatch, fieldsOfRecords, makeBatch, recordOf } from '../record-batch.ts';
import { type DownConversion, downConvert } from './down-convert.ts';
import { contentOf } from './test-answers.ts';

interface Case {
  readonly toMagic: 0 | 1;
  readonly firstOffset: number;
  readonly hex: string;
  readonly out:
    | { readonly ok: true; readonly hex: string; readonly temp: number; readonly num: number }
    | { readonly ok: false; readonly exception: string };
}

const cases = (JSON.parse(vectors) as { cases: Case[] }).cases;

test.each(cases.map((one, index) => [index, one] as const))('as Kafka converts down: case %i', (_, one) => {
  const answer = downConvert(bytesOfHex(one.hex), one.toMagic, one.firstOffset);
  if (!answer.ok || !one.out.ok) {
    expect({ ok: answer.ok, exception: answer.ok ? null : answer.exception }).toEqual(one.out);
    return;
  }
  expect([answer.recordsConverted, answer.temporaryMemoryBytes]).toEqual([one.out.num, one.out.temp]);
  if (answer.asStored) expect(hexOf(answer.bytes)).toBe(one.hex);
  else expect(contentOf(answer.bytes)).toBe(contentOf(bytesOfHex(one.out.hex)));
});

describe('what gets lost', () => {
  const NOW = 1_767_225_600_000;
  const batch = (compression: 'none' | 'lz4' | 'zstd', baseOffset: number): Uint8Array => {
    const records = ['a', 'b', 'c'].map((value, index) => ({
      ...recordOf(NOW + index, null, value),
      headers: index === 0 ? [{ key: 'trace', value: 'x' }] : [],
    }));
    return encodeBatch(makeBatch(fieldsOfRecords(records, { compression })), baseOffset, 4);
  };
  const converted = (bytes: Uint8Array, toMagic: 0 | 1, from = 0): DownConversion => {
    const answer = downConvert(bytes, toMagic, from);
    if (!answer.ok) throw new Error(answer.message);
    return answer;
  };
  const read = (answer: DownConversion) =>
    decodeMessageSet(answer.bytes).entries.flatMap((entry) =>
      entry.records.map(({ offset, timestampMs }) => [offset, timestampMs]),
    );

  test('headers go, offsets and times stay; format v0 loses the times too', () => {
    const answer = converted(batch('lz4', 70), 1);
    expect([answer.headersDropped, read(answer)]).toEqual([
      1,
      [
        [70, NOW],
        [71, NOW + 1],
        [72, NOW + 2],
      ],
    ]);
    expect(read(converted(batch('lz4', 70), 0))).toEqual([
      [70, -1],
      [71, -1],
      [72, -1],
    ]);
  });

  test('inner offsets of a compressed v1 set count from its first record', () => {
    const inner = decodeMessageSet(
      getCodec('lz4').decompress(converted(batch('lz4', 70), 1).bytes.slice(34), 1),
    ).entries;
    expect(inner.map((entry) => entry.offset)).toEqual([0, 1, 2]);
  });

  test('an uncompressed batch begins at the asked offset, a compressed one stays whole', () => {
    const [plain, packed] = [converted(batch('none', 70), 1, 71), converted(batch('lz4', 70), 1, 71)];
    expect([plain.recordsBeforeOffset, read(plain).length]).toEqual([1, 2]);
    expect([packed.recordsBeforeOffset, read(packed).length]).toEqual([0, 3]);
  });

  test('control batches are left out, and their offsets are a gap', () => {
    const marker = encodeBatch(endTransactionBatch({ type: 'COMMIT', coordinatorEpoch: 1 }, 5, 0, NOW), 73, 4);
    const bytes = new Uint8Array([...batch('none', 70), ...marker, ...batch('none', 74)]);
    const answer = converted(bytes, 1);
    expect([answer.controlBatchesDropped, read(answer).map(([offset]) => offset)]).toEqual([
      1,
      [70, 71, 72, 74, 75, 76],
    ]);
  });

  test('zstd is not converted, broken bytes are an answer, and no whole batch goes out as it is', () => {
    expect(downConvert(batch('zstd', 0), 1)).toMatchObject({ ok: false, errorCode: 'UNSUPPORTED_COMPRESSION_TYPE' });
    const broken = batch('none', 0);
    broken[16] = 9;
    expect(downConvert(broken, 1)).toMatchObject({ ok: false, errorCode: 'CORRUPT_MESSAGE' });
    expect(converted(batch('none', 0).slice(0, 40), 1)).toMatchObject({ asStored: true, recordsConverted: 0 });
  });
});
