import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packCommand } from './pack.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pack-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** 40 ms pass between two looks, so that measuring takes none of the test's own time. */
function pack(...args: string[]) {
  let ms = 0;
  return packCommand(args, {
    now: () => {
      ms += 40;
      return ms;
    },
  });
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test('a table of the five codecs, and the claims with their verdicts', async () => {
  const { stdout, stderr, exitCode } = await pack('--sample', 'weather', '--linger.ms=50');
  expect([stderr, exitCode]).toEqual(['', 0]);
  expect(stdout).toMatch(/^weather: 1461 records, 46708 bytes; batch\.size 16384, linger\.ms 50, 50000 records\/s;/);
  expect(stdout).toContain('vega-datasets 3.2.1, seattle-weather.csv: NOAA');
  const rows = stdout.split('\n').filter((line) => /^(?:none|snappy|lz4|gzip|zstd) /.test(line));
  expect(rows.map((row) => row.split(' ')[0])).toEqual(['none', 'snappy', 'lz4', 'gzip', 'zstd']);
  expect(rows[0]).toMatch(/^none +4 +\d+ +\d+ +1\.00 /);
  expect(stdout).toMatch(/ratio\.lz4-gzip +does not hold +lz4 1\.\d\d, gzip 3\.\d\d\n/);
  expect(stdout).toMatch(/ratio\.gzip-snappy +holds +gzip 3\.\d\d, snappy 2\.\d\d\n/);
  expect(stdout).toMatch(/throughput +figures only +lz4 [\d.]+, snappy [\d.]+, zstd [\d.]+, gzip [\d.]+ MB\/s\n/);
  expect(stdout).toContain('no verdict about brokers');
});

test('an own file as JSON: the settings that were run, rows, formats, curves, and a hash that is the same each time', async () => {
  const own = file('own.txt', Array.from({ length: 300 }, (_, i) => `line ${i} of my own`).join('\n'));
  const args = ['--file', own, '--codec', 'gzip', '--level', '9', '--batch.size', '2048', '--rate', '1000', '--json'];
  const [one, other] = [await pack(...args), await pack(...args)];
  const answer = JSON.parse(one.stdout);
  expect(answer.spec).toEqual({
    source: { kind: 'text', name: own },
    codec: 'gzip',
    level: 9,
    batchSizeBytes: 2048,
    lingerMs: 5,
    ratePerSecond: 1000,
    magic: 2,
    brokerCodec: 'producer',
  });
  expect(answer.records).toMatchObject({ records: 300, head: expect.arrayContaining(['line 0 of my own']) });
  expect(answer.rows).toHaveLength(5);
  expect(answer.rows[3]).toMatchObject({ codec: 'gzip', level: 9, how: 'engine', records: 300 });
  expect(answer.formats).toHaveLength(6);
  expect(answer.curves).toHaveLength(4);
  expect(answer.speeds[2]).toMatchObject({ codec: 'gzip', repeats: 9, library: 'fflate 0.8.3' });
  expect(answer.hash).toMatch(/^[0-9a-f]{8}$/);
  expect(JSON.parse(other.stdout).hash).toBe(answer.hash);
});

test('format v1 is packed without the engine, and said so', async () => {
  const { stdout } = await pack('--sample=weather', '--magic', '1', '--codec', 'lz4');
  expect(stdout).toContain('packed as clients of format v1 did');
  expect(stdout).not.toContain('zstd ');
});

test.each([
  [['--speed', '3'], 'unknown argument "--speed"'],
  [['--codec'], '--codec needs a value.'],
  [['--rate', 'fast'], '--rate must be a number, not "fast".'],
  [['--file', 'a', '--sample', 'weblog'], 'either --file or --sample.'],
])('%j is a wrong call', async (args, message) => {
  const { stderr, exitCode } = await pack(...args);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
  expect(stderr).toContain('usage: pack');
});

test('what the lab refuses is told as on the page', async () => {
  const refused = async (...args: string[]) => {
    const { stdout, stderr, exitCode } = await pack(...args);
    expect([stdout, exitCode]).toEqual(['', 2]);
    return stderr;
  };
  expect(await refused('--file', join(folder, 'none.txt'))).toMatch(/^pack: .*none\.txt cannot be read: ENOENT/);
  expect(await refused('--file', file('empty.txt', ''))).toMatch(/empty\.txt has no records/);
  expect(await refused('--sample', 'poems')).toMatch(/^pack: There is no sample "poems"/);
  expect(await refused('--codec', 'brotli')).toMatch(/^pack: compression\.type = brotli: one of none, gzip/);
  expect(await refused('--codec', 'gzip', '--level', '12')).toMatch(/^pack: compression\.gzip\.level = 12: 1\.\.9, -1/);
  expect(await refused('--magic', '0')).toMatch(/^pack: zstd came with format v2/);
});
