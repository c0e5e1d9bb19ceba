/** The compression lab's small pure parts: sizes and times as one reads them, the curve's places, a claim's order; and its sentences. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACK_CLAIM_IDS, PACK_SAMPLES } from '../../protocol/pack.ts';
import { FIRST_PACK } from '../../store/pack-spec.ts';
import { pack } from '../../text/en/pack.ts';
import { hasText } from '../../text/index.ts';
import { claimFigure, dataOrder } from './claim-order.ts';
import { endLabels, nearestSize, pathOf, pointNear, sizeTicks, stepSize, xScale, yScale } from './curve-geometry.ts';
import { fixtureParts } from './fixture.ts';
import { percent, sizeOfText, sizeText, workTime } from './words.ts';

test('sizes as they are read and typed', () => {
  expect([0, 700, 1024, 16_384, 10_000, 278_132, 1_048_576].map(sizeText)).toEqual([
    '0 B',
    '700 B',
    '1 KiB',
    '16 KiB',
    '10,000 B',
    '272 KiB',
    '1 MiB',
  ]);
  expect(['32768', '32 KiB', '32k', '1 MiB', '10,000 B', '1.5 KiB'].map(sizeOfText)).toEqual([
    32_768, 32_768, 32_768, 1_048_576, 10_000, 1536,
  ]);
  expect(['', 'x', '-3', '1e9', '3 GiB'].map(sizeOfText)).toEqual([null, null, null, null, null]);
  for (const size of [0, 256, 16_384, 1_048_576, 10_000]) expect(sizeOfText(sizeText(size))).toBe(size);
});

test('times and shares are finer where they are small', () => {
  expect([0, 3.26, 48.4, 999, 1200, 51_000].map((us) => workTime(us, 'en'))).toEqual([
    '0 ms',
    '3.3 µs',
    '48 µs',
    '999 µs',
    '1.2 ms',
    '51 ms',
  ]);
  expect(workTime(48, 'zh')).toBe('48 微秒');
  expect([0, 0.026, 0.83, 1.2, -0.004].map(percent)).toEqual(['0 %', '2.6 %', '83 %', '120 %', '-0.4 %']);
});

describe('the curve', () => {
  const box = { left: 40, right: 640, top: 20, bottom: 220 };
  const curves = fixtureParts(FIRST_PACK).flatMap((part) => (part.part === 'curve' ? [part.curve] : []));

  test('its axis runs from 256 B to 1 MiB by powers of two', () => {
    const x = xScale(box);
    expect([x(256), x(16_384), x(1_048_576)].map(Math.round)).toEqual([40, 340, 640]);
    expect(x(1)).toBe(40);
    expect(sizeTicks(900).map(sizeText)).toEqual(['256 B', '1 KiB', '4 KiB', '16 KiB', '64 KiB', '256 KiB', '1 MiB']);
    expect(sizeTicks(340)).toHaveLength(4);
  });

  test('no curve leaves the box, and each has a path', () => {
    const y = yScale(curves, box);
    for (const curve of curves) {
      for (const { ratio } of curve.points) expect(y(ratio)).toBeGreaterThanOrEqual(box.top);
      expect(pathOf(curve, box, curves)).toMatch(/^M40,/);
    }
    expect(y(0)).toBe(box.bottom);
  });

  test('labels that lie on each other are pushed apart, and stay inside', () => {
    expect(endLabels([50, 51, 120], 15, 0, 200)).toEqual([50, 65, 120]);
    expect(endLabels([198, 199, 197], 15, 0, 200)).toEqual([185, 200, 170]);
    expect(endLabels([], 15, 0, 200)).toEqual([]);
  });

  test('the line goes from power of two to power of two', () => {
    expect([stepSize(16_384, 1), stepSize(16_384, -1), stepSize(20_000, 1), stepSize(20_000, -1)]).toEqual([
      32_768, 8192, 32_768, 16_384,
    ]);
    expect([stepSize(1_048_576, 1), stepSize(256, -1), stepSize(0, -1), stepSize(0, 1)]).toEqual([
      1_048_576, 256, 256, 256,
    ]);
    expect([stepSize(16_384, 2), stepSize(16_384, -2)]).toEqual([65_536, 4096]);
    expect([nearestSize(40, box), nearestSize(341, box), nearestSize(9999, box)]).toEqual([256, 16_384, 1_048_576]);
  });

  test('figures are those of the nearest measured size', () => {
    expect(pointNear(curves[0]!, 70_000)?.batchBytes).toBe(65_536);
    expect(pointNear({ codec: 'lz4', points: [], endBytes: null }, 1)).toBeNull();
  });
});

test('a claim’s figures in the order of this data, equal within 3 %', () => {
  const figures = [
    { codec: 'lz4', value: 3.82 },
    { codec: 'zstd', value: 6.07 },
    { codec: 'snappy', value: 3.77 },
  ] as const;
  expect(dataOrder({ figures }).map(({ codec, sign }) => `${sign}${codec}`)).toEqual(['zstd', '>lz4', '≈snappy']);
  const say = (key: string, params: Record<string, string | number> = {}) => `${key} ${Object.values(params).join()}`;
  expect(claimFigure(say, { id: 'ratio', about: 'ratio' }, 3.816)).toBe('3.82×');
  expect(claimFigure(say, { id: 'throughput', about: 'speed' }, 4.62)).toBe('pack.claim.mbps 4.6');
  expect(claimFigure(say, { id: 'processor.equal', about: 'processor' }, 68_095)).toBe('pack.claim.ms 68');
});

const WORK = [
  'producer.compress',
  'leader.validate',
  'leader.decompress',
  'leader.compress',
  'leader.convert',
  'leader.keep',
  'follower.keep',
  'consumer.decompress',
];

const composed: readonly string[] = [
  ...PACK_CLAIM_IDS.map((id) => `pack.claim.${id}`),
  ...PACK_SAMPLES.map((name) => `pack.sample.${name}`),
  ...['sample', 'paste', 'file'].map((tab) => `pack.tab.${tab}`),
  ...['gzip', 'lz4', 'zstd'].map((codec) => `pack.level.${codec}`),
  ...['v0', 'v1', 'v2'].map((format) => `pack.format.${format}`),
  ...WORK.map((work) => `pack.work.${work}`),
  ...['producer', 'broker', 'consumer', 'codec'].map((name) => `pack.meet.${name}`),
  ...['none', 'up', 'down', 'rebuild', 'refused'].map((what) => `pack.meet.${what}`),
  'pack.lab.lab',
  'pack.lab.batch',
];

test('every key that is put together is a sentence, and no sentence is left over', () => {
  expect(composed.filter((key) => !hasText(key))).toEqual([]);
  const root = join(import.meta.dirname, '..', '..');
  const code = ['panel/pack', 'panel/kit', 'app']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.|fixture/.test(path))
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const named = [...code.matchAll(/['"`](pack\.[a-z][A-Za-z0-9.-]*)['"`]/g)].map((match) => match[1]!);
  expect(named.filter((key) => !hasText(key))).toEqual([]);
  const used = new Set([...named, ...composed]);
  expect(Object.keys(pack).filter((key) => !used.has(key))).toEqual([]);
});
