/** Whole answers of the compression lab, with the real engine and the real codecs. */
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeMessageSet } from '../../kafka/records/legacy/message-set-reader.ts';
import { decodeBatch } from '../../kafka/records/record-batch.ts';
import { PACK_CODECS, type PackPart, type PackRow, type PackSpec } from '../../protocol/pack.ts';
import { ENGINE } from '../parts.ts';
import { dataOf, loadPackData } from './data.ts';
import { packOf } from './pack.ts';
import { stableHash, stableParts } from './stable.ts';

/** As a real cluster was asked in trace E1: 2,000 log lines, as fast as they come. */
const SPEC: PackSpec = {
  source: { kind: 'sample', name: 'weblog' },
  codec: 'zstd',
  level: null,
  batchSizeBytes: 16384,
  lingerMs: 50,
  ratePerSecond: 100_000,
  magic: 2,
  brokerCodec: 'producer',
};

/** Each look at this clock is long enough for one measurement, so that speeds cost no time here. */
function jumpingClock(stepMs = 50) {
  let ms = 0;
  return {
    now: () => {
      ms += stepMs;
      return ms;
    },
  };
}

/** The whole answer, or its parts up to the one of this name. */
async function answer(
  changes: Partial<PackSpec> = {},
  until: PackPart['part'] | null = 'formats',
  stepMs = 50,
): Promise<PackPart[]> {
  const spec = { ...SPEC, ...changes };
  const parts: PackPart[] = [];
  for (const step of packOf(ENGINE, spec, await loadPackData(spec.source), jumpingClock(stepMs))) {
    if (!('part' in step)) continue;
    parts.push(step.part);
    if (step.part.part === until) break;
  }
  return parts;
}

const rowsOf = (parts: readonly PackPart[]): PackRow[] =>
  parts.flatMap((part) => (part.part === 'row' ? [part.row] : []));
const rowOf = (parts: readonly PackPart[], codec: string): PackRow =>
  rowsOf(parts).find((row) => row.codec === codec) as PackRow;
function partOf<P extends PackPart['part']>(parts: readonly PackPart[], name: P): Extract<PackPart, { part: P }> {
  return parts.find((part): part is Extract<PackPart, { part: P }> => part.part === name) as never;
}
const workOf = ({ work }: PackRow): string[] => work.map(({ who, what, batches }) => `${who} ${what} ${batches}`);

describe('2,000 log lines as in trace E1', () => {
  let parts: PackPart[];
  beforeAll(async () => {
    parts = await answer({}, null);
  });

  test('the parts come in order', () => {
    expect(parts.map(({ part }) => part)).toEqual([
      'records',
      ...Array.from(PACK_CODECS, () => 'row'),
      'batches',
      'formats',
      ...Array(4).fill('curve'),
      'claims',
      ...Array(4).fill('speed'),
      'claims',
    ]);
    expect(rowsOf(parts).map(({ codec }) => codec)).toEqual([...PACK_CODECS]);
  });

  test('ratios within a tenth of the real cluster’s, in the same order', () => {
    const real = { none: 1, snappy: 3.5, lz4: 3.58, gzip: 5.63, zstd: 5.8 };
    for (const { codec, ratio } of rowsOf(parts)) expect(Math.abs(ratio / real[codec] - 1), codec).toBeLessThan(0.1);
    const ratios = rowsOf(parts).map(({ ratio }) => ratio);
    expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
  });

  test('the claim LZ4 > GZIP does not hold; the others about ratios are decided too', () => {
    const verdicts = Object.fromEntries(partOf(parts, 'claims').claims.map(({ id, holds }) => [id, holds]));
    expect(verdicts).toMatchObject({
      ratio: false,
      'ratio.zstd-lz4': true,
      'ratio.lz4-gzip': false,
      'ratio.gzip-snappy': true,
      throughput: null,
    });
  });

  test('sizes add up: batches to the log, logs to the replicas, and every record over four links', () => {
    for (const row of rowsOf(parts)) {
      expect(row.list.reduce((sum, { sizeInBytes }) => sum + sizeInBytes, 0)).toBe(row.storedBytes);
      expect(row.list.reduce((sum, { records }) => sum + records, 0)).toBe(2000);
      expect(row.list).toHaveLength(row.batches);
      expect(row.replicaBytes).toBe(3 * row.storedBytes);
      expect(row.sentBytes).toBe(row.storedBytes);
      // Requests and answers around the records take little.
      expect(row.wireBytes).toBeGreaterThan(4 * row.storedBytes);
      expect(row.wireBytes).toBeLessThan(4 * row.storedBytes + 600 * row.batches);
      expect(row.savedBytes).toBe(rowOf(parts, 'none').wireBytes - row.wireBytes);
      expect(row.plainBytes).toBe(rowOf(parts, 'none').sentBytes);
      expect(row).toMatchObject({ how: 'engine', records: 2000, level: null });
    }
    expect(rowOf(parts, 'none').batches).toBeGreaterThanOrEqual(17);
    expect(rowOf(parts, 'none').batches).toBeLessThanOrEqual(19);
  });

  test('who works: the producer packs, the leader unpacks to validate, followers keep, the consumer unpacks', () => {
    const { batches: n } = rowOf(parts, 'zstd');
    expect(workOf(rowOf(parts, 'zstd'))).toEqual([
      `producer compress ${n}`,
      `leader validate ${n}`,
      `leader keep ${n}`,
      `follower keep ${2 * n}`,
      `consumer decompress ${n}`,
    ]);
    expect(rowOf(parts, 'none').workUs).toBe(0);
    const { workUs, durationUs, processorShare, work } = rowOf(parts, 'gzip');
    expect(workUs).toBe(work.reduce((sum, { totalUs }) => sum + totalUs, 0));
    expect(processorShare).toBe(workUs / durationUs);
    expect(workUs).toBeGreaterThan(0);
  });

  test('the chosen codec’s batches are real: they decode to the very lines', async () => {
    const { magic, batches } = partOf(parts, 'batches');
    expect(magic).toBe(2);
    const decoded = batches.map((bytes) => decodeBatch(bytes));
    expect(new Set(decoded.map(({ batch }) => batch.compression))).toEqual(new Set(['zstd']));
    const texts = decoded.flatMap(({ batch }) =>
      batch.records.map(({ value }) => new TextDecoder().decode(value as Uint8Array)),
    );
    expect(texts).toEqual((await loadPackData(SPEC.source)).values);
    expect(decoded.map(({ baseOffset }) => baseOffset)).toEqual(rowOf(parts, 'zstd').list.map((b) => b.baseOffset));
  });

  test('the first batch in every format: 26, 34 and about 10 bytes beside a record; zstd only in v2', () => {
    const { formats } = partOf(parts, 'formats');
    expect(formats.map(({ magic, codec }) => `v${magic} ${codec}`)).toEqual([
      'v0 none',
      'v1 none',
      'v2 none',
      'v2 zstd',
    ]);
    const [v0, v1, v2] = formats;
    expect([v0?.overheadPerRecord, v1?.overheadPerRecord]).toEqual([26, 34]);
    expect(v2?.overheadPerRecord).toBeGreaterThan(8);
    expect(v2?.overheadPerRecord).toBeLessThan(12);
    expect(decodeMessageSet((v1 as { bytes: Uint8Array }).bytes).entries).toHaveLength(v1?.records ?? 0);
    // The same bytes as the batch that lies in the log, but for the producer's id and its sequence.
    expect(formats[3]?.bytes.subarray(61)).toEqual(partOf(parts, 'batches').batches[0]?.subarray(61));
  });

  test('larger batches compress better, until the data ends', () => {
    for (const part of parts) {
      if (part.part !== 'curve') continue;
      const { points, endBytes } = part.curve;
      expect(points.slice(0, -1).map(({ batchBytes }) => batchBytes)).toEqual(
        [256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144].slice(0, points.length - 1),
      );
      expect(points.at(-1)?.batchBytes).toBe(endBytes);
      expect(points[6]?.ratio).toBeGreaterThan(1.5 * (points[2]?.ratio ?? 0));
    }
  });
});

test('the same question, the same answer: everything but what a clock measured', async () => {
  const small = { codec: 'lz4', source: { kind: 'sample', name: 'weather' } } as const;
  const [one, other] = [await answer(small, null), await answer(small, null, 35)];
  expect(stableHash(one)).toBe(stableHash(other));
  expect(stableParts(one)).toEqual(stableParts(other));
  expect(one).not.toEqual(other);
  expect(stableHash(await answer({ ...small, batchSizeBytes: 8192 }, null))).not.toBe(stableHash(one));
});

describe('the topic’s own compression.type', () => {
  test('another codec: the leader unpacks and packs anew, and stores that', async () => {
    const parts = await answer({ codec: 'gzip', brokerCodec: 'lz4' }, 'claims');
    const row = rowOf(parts, 'gzip');
    expect(workOf(row)).toEqual([
      `producer compress ${row.batches}`,
      `leader decompress ${row.batches}`,
      `leader compress ${row.batches}`,
      `follower keep ${2 * row.batches}`,
      `consumer decompress ${row.batches}`,
    ]);
    expect(row.storedBytes).toBeGreaterThan(1.3 * row.sentBytes);
    const codecs = partOf(parts, 'batches').batches.map((bytes) => decodeBatch(bytes).batch.compression);
    expect(new Set(codecs)).toEqual(new Set(['lz4']));
    // Whoever sends what, the topic decides what lies there; the claims hold what the producers' codecs did.
    for (const { storedBytes } of rowsOf(parts)) expect(storedBytes / row.storedBytes).toBeCloseTo(1, 1);
    expect(partOf(parts, 'claims').claims.find(({ id }) => id === 'ratio.lz4-gzip')?.holds).toBe(false);
    expect(workOf(rowOf(parts, 'none'))[0]).toBe(`leader compress ${rowOf(parts, 'none').batches}`);
    expect(workOf(rowOf(parts, 'lz4'))).toContain(`leader keep ${rowOf(parts, 'lz4').batches}`);
  });

  test('uncompressed: the wire to the leader saves, everything behind it does not', async () => {
    const parts = await answer({ codec: 'zstd', brokerCodec: 'uncompressed' });
    const row = rowOf(parts, 'zstd');
    expect(row.sentRatio).toBeGreaterThan(5);
    expect(row.ratio).toBeCloseTo(1, 1);
    expect(row.savedBytes).toBeGreaterThan(0.7 * row.plainBytes);
    expect(row.savedBytes).toBeLessThan(row.plainBytes);
    expect(workOf(row).some((work) => work.startsWith('consumer'))).toBe(false);
  });
});

test('the level is the chosen codec’s: more work for the codec, fewer bytes', async () => {
  const [fast, small] = [await answer({ codec: 'gzip', level: 1 }), await answer({ codec: 'gzip', level: 9 })];
  expect(rowOf(fast, 'gzip').level).toBe(1);
  expect(rowOf(fast, 'zstd').level).toBe(null);
  expect(rowOf(fast, 'gzip').storedBytes).toBeGreaterThan(rowOf(small, 'gzip').storedBytes);
  expect(rowOf(fast, 'lz4').storedBytes).toBe(rowOf(small, 'lz4').storedBytes);
});

test('random bytes: no codec shortens them, and what is larger saves nothing', async () => {
  const parts = await answer({ source: { kind: 'sample', name: 'random' }, codec: 'snappy' }, 'claims');
  for (const { ratio } of rowsOf(parts)) expect(Math.abs(ratio - 1)).toBeLessThan(0.05);
  expect(rowOf(parts, 'snappy').savedBytes).toBeLessThan(0);
  for (const { about, holds, tie } of partOf(parts, 'claims').claims)
    if (about === 'ratio' && tie !== undefined) expect([holds, tie]).toEqual([false, true]);
});

test('one record, an empty one too', async () => {
  for (const text of ['x', '\n']) {
    const parts = await answer({ source: { kind: 'text', name: 'mine', text }, ratePerSecond: 1 }, 'claims');
    expect(rowOf(parts, 'zstd')).toMatchObject({ batches: 1, records: 1 });
    expect(partOf(parts, 'curve').curve.points).toHaveLength(1);
  }
});

test('a line that no producer would send is refused before anything runs', async () => {
  const data = dataOf('mine', `short\n${'x'.repeat(1_048_576)}`);
  const steps = packOf(ENGINE, { ...SPEC, source: { kind: 'text', name: 'mine', text: '' } }, data, jumpingClock());
  expect(() => [...steps]).toThrow(
    'mine, line 2: as a record it takes 1,048,664 bytes. A producer sends at most 1,048,576',
  );
});

describe('formats v0 and v1, packed as their clients did', () => {
  const textsOf = (batches: readonly Uint8Array[]): string[] =>
    batches.flatMap((bytes) =>
      decodeMessageSet(bytes).entries.flatMap(({ records }) =>
        records.map(({ value }) => new TextDecoder().decode(value as Uint8Array)),
      ),
    );

  test.each([0, 1] as const)('v%i: wrappers with the very lines inside, at their offsets', async (magic) => {
    const parts = await answer({ magic, codec: 'gzip' }, 'claims');
    expect(rowsOf(parts).map(({ codec, how }) => `${codec} ${how}`)).toEqual([
      'none packed',
      'snappy packed',
      'lz4 packed',
      'gzip packed',
    ]);
    const { batches } = partOf(parts, 'batches');
    expect(batches).toHaveLength(rowOf(parts, 'gzip').batches);
    const entries = batches.flatMap((bytes) => decodeMessageSet(bytes).entries);
    expect(new Set(entries.map((entry) => `v${entry.magic} ${entry.compression}`))).toEqual(
      new Set([`v${magic} gzip`]),
    );
    expect(entries.flatMap(({ records }) => records.map(({ offset }) => offset))).toEqual(
      Array.from({ length: 2000 }, (_, i) => i),
    );
    expect(textsOf(batches)).toEqual((await loadPackData(SPEC.source)).values);
    expect(rowOf(parts, 'none').sentBytes).toBe(
      2000 * (magic === 0 ? 26 : 34) + partOf(parts, 'records').records.valueBytes,
    );
    expect(partOf(parts, 'claims').claims.find(({ id }) => id === 'ratio.zstd-lz4')?.holds).toBe(null);
  });

  test('a leader of v0 packs anew to give offsets; one of v1 keeps the wrapper (KIP-31)', async () => {
    const [v0, v1] = [await answer({ magic: 0, codec: 'gzip' }), await answer({ magic: 1, codec: 'gzip' })];
    expect(workOf(rowOf(v0, 'gzip')).filter((work) => work.startsWith('leader'))).toEqual([
      `leader decompress ${rowOf(v0, 'gzip').batches}`,
      `leader compress ${rowOf(v0, 'gzip').batches}`,
    ]);
    expect(workOf(rowOf(v1, 'gzip')).filter((work) => work.startsWith('leader'))).toEqual([
      `leader validate ${rowOf(v1, 'gzip').batches}`,
      `leader keep ${rowOf(v1, 'gzip').batches}`,
    ]);
    expect(rowOf(v1, 'gzip').storedBytes).toBe(rowOf(v1, 'gzip').sentBytes);
  });

  test('batch.size counts what the client expects after compression: batches grow as it learns', async () => {
    const [first, ...rest] = rowOf(await answer({ magic: 1, codec: 'gzip' }), 'gzip').list;
    // It starts from half the size, and 5 % to be careful.
    expect(first?.plainSizeInBytes).toBeGreaterThan(30_000);
    expect(first?.plainSizeInBytes).toBeLessThanOrEqual(16384 / 0.5 / 1.05 + 200);
    expect(rest.at(-2)?.plainSizeInBytes).toBeGreaterThan(40_000);
    const plain = rowOf(await answer({ magic: 1, codec: 'none' }), 'none').list;
    for (const { sizeInBytes } of plain) expect(sizeInBytes).toBeLessThanOrEqual(16384);
  });

  test('linger.ms ends a batch that is not full', async () => {
    const parts = await answer({ magic: 1, codec: 'gzip', ratePerSecond: 100, lingerMs: 50 });
    expect(rowOf(parts, 'gzip').list[0]?.records).toBe(6);
  });
});
