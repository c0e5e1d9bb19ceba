import { expect, test, vi } from 'vitest';
import { registerCodec } from './codec.ts';
import { decodeBatch, encodeBatch, fieldsOfRecords, makeBatch, recordOf } from './record-batch.ts';

test('a codec that nobody has registered is refused in plain words', async () => {
  // As a worker begins: in the tests all are registered.
  vi.resetModules();
  const { getCodec, isCodecRegistered } = await import('./codec.ts');
  const { fieldsOfRecords, makeBatch, recordOf } = await import('./record-batch.ts');
  expect(isCodecRegistered('none')).toBe(true);
  expect(() => getCodec('zstd')).toThrow("compression 'zstd' is not yet supported");
  expect(() => makeBatch(fieldsOfRecords([recordOf(0, null, 'v')], { compression: 'lz4' }))).toThrow('not yet');
});

test('a registered codec packs the records and not the header', () => {
  // Not a codec of the world: it turns the bytes round and adds one, which is enough to see the way through.
  const turn = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse();
  registerCodec({
    type: 'snappy',
    compress: (bytes) => Uint8Array.of(0x2a, ...turn(bytes)),
    decompress: (bytes) => turn(bytes.slice(1)),
  });
  const plain = makeBatch(fieldsOfRecords([recordOf(5, 'k', 'v'), recordOf(6, null, 'w')]));
  const packed = makeBatch({ ...plain, compression: 'snappy' });
  expect(packed.sizeInBytes).toBe(plain.sizeInBytes + 1);
  const bytes = encodeBatch(packed, 3, 4);
  expect([bytes.length, bytes[22] & 7, bytes[61]]).toEqual([packed.sizeInBytes, 2, 0x2a]);
  const { batch } = decodeBatch(bytes, 0);
  expect(batch.records.map((record) => record.timestampMs)).toEqual([5, 6]);
  expect([batch.crc, batch.compression]).toEqual([packed.crc, 'snappy']);
});
