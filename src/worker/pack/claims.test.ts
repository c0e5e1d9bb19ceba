/** The course's claims against figures: pairs get verdicts, a tie is no "more", speeds get none. */
import { expect, test } from 'vitest';
import type { CompressionType } from '../../kafka/records/codec.ts';
import { PACK_CLAIM_IDS, type PackRow, type PackSpeed } from '../../protocol/pack.ts';
import { claimsOf } from './claims.ts';

type Each = Partial<Record<CompressionType, number>>;

const rows = (ratios: Each, wire: Each): PackRow[] =>
  Object.entries(ratios).map(([codec, sentRatio]) => ({
    ...({} as PackRow),
    codec: codec as CompressionType,
    sentRatio,
    wireBytes: wire[codec as CompressionType] ?? 0,
  }));

const speeds = (compress: Each): PackSpeed[] =>
  Object.entries(compress).map(([codec, compressMBps]) => ({
    ...({} as PackSpeed),
    codec: codec as CompressionType,
    compressMBps,
    decompressMBps: 2 * compressMBps,
  }));

const WIRE = { none: 1000, snappy: 290, lz4: 280, gzip: 180, zstd: 170 };
const REAL = { none: 1, snappy: 3.5, lz4: 3.58, gzip: 5.63, zstd: 5.8 };

const verdicts = (ratios: Each, wire: Each = WIRE) =>
  Object.fromEntries(
    claimsOf(rows(ratios, wire), []).map(({ id, holds, tie }) => [id, tie ? `${holds}: a tie` : holds]),
  );

test('all claims, in their order', () => {
  expect(claimsOf(rows(REAL, WIRE), []).map(({ id }) => id)).toEqual([...PACK_CLAIM_IDS]);
});

test('a real cluster’s figures: LZ4 > GZIP does not hold, and so the order does not', () => {
  expect(verdicts(REAL)).toMatchObject({
    ratio: false,
    'ratio.zstd-lz4': true,
    'ratio.lz4-gzip': false,
    'ratio.gzip-snappy': true,
    throughput: null,
    'processor.equal': null,
  });
});

test('the whole order holds when each pair does', () => {
  expect(verdicts({ snappy: 2, gzip: 3, lz4: 4, zstd: 5 })).toMatchObject({ ratio: true, 'ratio.lz4-gzip': true });
});

test('within 3 % is a tie and no more; a little beyond is', () => {
  expect(verdicts({ snappy: 2, gzip: 3, lz4: 4, zstd: 4.12 })['ratio.zstd-lz4']).toBe('false: a tie');
  expect(verdicts({ snappy: 2, gzip: 3, lz4: 4, zstd: 4.13 })['ratio.zstd-lz4']).toBe(true);
  expect(verdicts(REAL, { ...WIRE, snappy: 285 })['bandwidth.snappy']).toBe('false: a tie');
});

test('Snappy is held against whoever else sends most', () => {
  expect(verdicts(REAL)['bandwidth.snappy']).toBe(true);
  expect(verdicts(REAL, { ...WIRE, lz4: 400 })['bandwidth.snappy']).toBe(false);
});

test('without zstd (v0, v1) what needs it has no verdict', () => {
  expect(verdicts({ snappy: 2, gzip: 3, lz4: 4 })).toMatchObject({ ratio: null, 'ratio.zstd-lz4': null });
  expect(verdicts({ snappy: 2, gzip: 3, lz4: 2 })).toMatchObject({ ratio: false, 'ratio.lz4-gzip': false });
});

test('speeds: figures in the claimed order, the pair that is claimed to be equal, no verdict', () => {
  const claims = claimsOf(rows(REAL, WIRE), speeds({ snappy: 100, lz4: 200, gzip: 25, zstd: 50 }));
  const of = (id: string) => claims.find((claim) => claim.id === id);
  expect(of('throughput')).toMatchObject({
    holds: null,
    equal: ['zstd', 'gzip'],
    figures: [
      { codec: 'lz4', value: 200 },
      { codec: 'snappy', value: 100 },
      { codec: 'zstd', value: 50 },
      { codec: 'gzip', value: 25 },
    ],
  });
  expect(of('processor.compress-snappy')?.figures[0]).toEqual({ codec: 'snappy', value: 10_000 });
  expect(of('processor.decompress-gzip')?.figures[0]).toEqual({ codec: 'gzip', value: 20_000 });
  expect(of('processor.equal')?.figures[0]).toEqual({ codec: 'snappy', value: 15_000 });
});
