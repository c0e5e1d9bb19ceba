/** What the traces E1 and F1 say beyond the numbers of a result: where batches begin, and that one history follows from them. */
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../base/vector.ts';
import { forkWorld } from '../engine/kernel/fork.ts';
import { historyHash } from '../engine/kernel/hash.ts';
import { contentOf, programOf } from '../engine/kernel/history/program.ts';
import { advance } from '../engine/kernel/run.ts';
import type { World } from '../engine/kernel/world.ts';
import type { StoredBatch } from '../engine/log/stored-batch.ts';
import { validateScenario } from '../protocol/parse-scenario.ts';
import { ENGINE } from '../worker/parts.ts';
import { readScenarioFile } from './run.ts';
import { runScenario } from './run-scenario.ts';

function read(name: string) {
  const parsed = readScenarioFile(join(resolve(import.meta.dirname, '../scenario'), name));
  if (!parsed.ok) throw new Error(parsed.text);
  return parsed;
}

function batchesOf(w: World, partition: string): StoredBatch[] {
  const at = w.partitionByName.get(partition);
  const leader = w.controller.image.partitions[at!]!.leader;
  const { batches } = w.replicas.find((r) => r !== null && r.partition === at && r.broker === leader)!;
  return Array.from({ length: vectorLength(batches) }, (_, i) => vectorGet(batches, i));
}

test('E1: the first batch holds 116 records plain and 111 with any codec; a producer that starts expects nothing of one', () => {
  const w = runScenario(read('e1-codecs.json'));
  const first = (topic: string): number => batchesOf(w, `${topic}-0`)[0]!.batch.records.length;
  expect(first('none')).toBe(116);
  for (const codec of ['gzip', 'snappy', 'lz4', 'zstd']) expect(first(codec), codec).toBe(111);
  // It has learnt 0.005 a batch since, and the last full batch holds more.
  for (const p of w.producers.slice(1))
    expect([...p.packing!.ratios.values()][0], p.id).toBeCloseTo(1 - 0.005 * p.packing!.work.batches, 5);
  const sizes = batchesOf(w, 'zstd-0').map((b) => b.batch.records.length);
  expect(sizes.at(-2)).toBeGreaterThan(111);
});

test('F1, rule 82: a batch of 20 records of 900 bytes over a limit of 10000 comes to lie in offsets 1-9, 10-18 and 19-20', () => {
  const w = runScenario(read('f1-too-large.json'));
  expect(batchesOf(w, 'limited-0').map((b) => [b.baseOffset, b.lastOffset, b.batch.sizeInBytes])).toEqual([
    [0, 0, 74],
    [1, 9, 8251],
    [10, 18, 8251],
    [19, 20, 1881],
  ]);
});

test('F1, rule 26: a reader whose max.partition.fetch.bytes and fetch.max.bytes are below every batch gets to the end', () => {
  const w = runScenario(read('f1-too-large.json'));
  const reader = w.consumers[0]!;
  for (const size of batchesOf(w, 'limited-0')
    .slice(1)
    .map((b) => b.batch.sizeInBytes))
    expect(reader.settings.maxPartitionFetchBytes).toBeLessThan(size);
  expect(reader.partitions.map((p) => [p.name, p.offset]).sort()).toEqual([
    ['limited-0', 21],
    ['packed-0', 1],
  ]);
  expect(reader.unpacking!.work).toMatchObject({
    batches: 1,
    packedBytes: batchesOf(w, 'packed-0')[0]!.batch.packed!.length,
  });
});

test('worlds that are copied while batches are compressed and split go on to the same end', () => {
  for (const [file, fromUs, everyUs] of [
    ['e1-codecs.json', 500_000, 1_301],
    ['f1-too-large.json', 4_099_000, 401],
  ] as const) {
    const parsed = read(file);
    const whole = historyHash(runScenario(parsed));
    const program = programOf(ENGINE, contentOf(parsed.scenario, []));
    if ('problems' in program) throw new Error(program.problems[0]?.message);
    const world = ENGINE.makeWorld(program.resolved);
    const forks: World[] = [];
    let busy = 0;
    for (let k = 0; k < 20; k++) {
      advance(world, program.commands, fromUs + k * everyUs);
      if (world.producers.some((p) => (p.packing?.busyUntilUs ?? 0) > world.nowUs)) busy += 1;
      forks.push(forkWorld(world));
    }
    if (file === 'e1-codecs.json') expect(busy).toBeGreaterThan(2);
    for (const fork of [forks[19]!, forks[7]!, forks[0]!]) {
      advance(fork, program.commands, program.resolved.untilUs);
      expect(historyHash(fork), file).toBe(whole);
    }
  }
});

test('members of every kind of group unpack each batch once, and read all', () => {
  const consumer = (id: string, more: object) => ({ id, subscribe: ['t'], processMs: 1, ...more });
  const parsed = validateScenario(
    {
      kafkascope: 1,
      untilMs: 30_000,
      topics: [{ name: 't', partitions: 1 }],
      producers: [
        {
          id: 'p',
          config: { 'compression.type': 'zstd', 'linger.ms': '20' },
          workload: { topic: 't', ratePerSecond: 200, count: 1000, startMs: 8000, values: { kind: 'json' } },
        },
      ],
      consumers: [
        consumer('classic', { config: { 'group.id': 'a', 'auto.offset.reset': 'earliest', 'max.poll.records': '3' } }),
        consumer('modern', {
          config: { 'group.id': 'b', 'group.protocol': 'consumer', 'auto.offset.reset': 'earliest' },
        }),
        consumer('sharing', { share: true, config: { 'group.id': 'c' } }),
        { id: 'alone', assign: ['t-0'], config: { 'auto.offset.reset': 'earliest' } },
      ],
    },
    'a test',
  );
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  const w = runScenario(parsed as never);
  const stored = batchesOf(w, 't-0').map((b) => b.batch);
  expect(stored.length).toBeGreaterThan(100);
  const packedBytes = stored.reduce((sum, b) => sum + b.packed!.length, 0);
  for (const c of w.consumers) {
    expect(c.delivered, c.id).toBe(1000);
    expect(c.unpacking!.work, c.id).toMatchObject({ batches: stored.length, packedBytes });
    expect(c.unpacking!.work.us, c.id).toBeGreaterThanOrEqual(stored.length);
  }
});
