/** A question that cannot be answered is refused before anything runs, with what would be right. */
import { expect, test } from 'vitest';
import type { PackSpec } from '../../protocol/pack.ts';
import { checkSpec, levelFor } from './spec.ts';

const SPEC: PackSpec = {
  source: { kind: 'sample', name: 'weblog' },
  codec: 'gzip',
  level: null,
  batchSizeBytes: 16384,
  lingerMs: 5,
  ratePerSecond: 1000,
  magic: 2,
  brokerCodec: 'producer',
};

test('what Kafka takes is taken', () => {
  for (const good of [
    {},
    { level: -1 },
    { level: 9 },
    { codec: 'lz4', level: 17 },
    { codec: 'zstd', level: -131072 },
    { batchSizeBytes: 0, lingerMs: 0, ratePerSecond: 1 },
    { magic: 0, brokerCodec: 'uncompressed' },
  ] as Partial<PackSpec>[])
    expect(() => checkSpec({ ...SPEC, ...good })).not.toThrow();
});

test.each([
  [{ codec: 'brotli' }, 'compression.type = brotli: one of none, gzip, snappy, lz4, zstd would be right.'],
  [{ brokerCodec: 'none' }, 'compression.type of the topic = none: one of producer, uncompressed, gzip'],
  [{ level: 0 }, 'compression.gzip.level = 0: 1..9, -1 would be right.'],
  [{ codec: 'lz4', level: 18 }, 'compression.lz4.level = 18: 1..17 would be right.'],
  [{ codec: 'zstd', level: 1.5 }, 'compression.zstd.level = 1.5: -131072..22 would be right.'],
  [{ codec: 'snappy', level: 1 }, 'snappy has no levels'],
  [{ batchSizeBytes: -1 }, 'batch.size = -1: a whole number from 0 to 1,048,576 would be right.'],
  [{ lingerMs: Number.NaN }, 'linger.ms = NaN: a whole number from 0 to 60,000 would be right.'],
  [{ ratePerSecond: 0 }, 'Records per second = 0: a whole number from 1 to 1,000,000 would be right.'],
  [{ magic: 3 }, 'Format 3: 0, 1 or 2 would be right.'],
  [{ magic: 1, codec: 'zstd' }, 'zstd came with format v2 (KIP-110, Kafka 2.1): no client writes it in v1.'],
])('%j is refused', (wrong, message) => {
  expect(() => checkSpec({ ...SPEC, ...wrong } as PackSpec)).toThrow(message);
});

test('the level is the chosen codec’s alone, and clients of v0 and v1 have none (KIP-390)', () => {
  const spec = { ...SPEC, level: 9 };
  expect([levelFor(spec, 'gzip'), levelFor(spec, 'zstd'), levelFor({ ...spec, magic: 1 }, 'gzip')]).toEqual([
    9,
    null,
    null,
  ]);
});
