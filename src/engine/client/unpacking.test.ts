/** A consumer that is given compressed batches: what unpacking them costs its poll(), and when. */
import { beforeEach, expect, test, vi } from 'vitest';
import { registerCodec } from '../../kafka/records/codec.ts';
import { decompressUs } from '../../kafka/records/codec-costs.ts';
import { type CompressionType, fieldsOfRecords, makeBatch, recordOf } from '../../kafka/records/record-batch.ts';
import { batchOverhead } from '../../kafka/records/record-sizes.ts';
import type { ResolvedConsumer } from '../../protocol/scenario.ts';
import { EPOCH_MS, type World } from '../kernel/world.ts';
import '../fault/consumer-seek.ts';
import { makeConsumer, startConsumer } from './consumer.ts';
import { facts, forgetFacts } from './test-facts.ts';
import { cluster, command, runTo, testWorld } from './test-world.ts';

vi.mock('../ledger/facts.ts', () => import('./test-facts.ts'));

let nextOrdinal = 0;

beforeEach(() => {
  forgetFacts();
  nextOrdinal = 0;
  registerCodec({
    type: 'gzip',
    compress: (bytes) => bytes.slice(0, Math.ceil(bytes.length / 4)),
    decompress: (bytes) => bytes,
  });
});

function world(consumer: Partial<ResolvedConsumer> = {}): World {
  const w = testWorld({
    consumer: { ...consumer, config: [['auto.offset.reset', 'earliest'], ...(consumer.config ?? [])] },
  });
  w.consumers.push(makeConsumer(w, w.scenario.consumers[0]!, w.nodeById.get('c1')!));
  return w;
}

/** Appends a batch as the leader would, and returns what unpacking it costs. */
function log(records: number, compression: CompressionType): number {
  const list = cluster.logs[0]!;
  const baseOffset = list.length === 0 ? 0 : list.at(-1)!.lastOffset + 1;
  const batch = makeBatch(
    fieldsOfRecords(
      Array.from({ length: records }, () => recordOf(EPOCH_MS, null, 'v'.repeat(1000), nextOrdinal++)),
      { producer: 0, compression },
    ),
  );
  list.push({ baseOffset, lastOffset: baseOffset + records - 1, leaderEpoch: 0, batch, appendedUs: 0 });
  return decompressUs(compression, batch.plainSizeInBytes - batchOverhead);
}

const times = () => facts.delivered.map((d) => d.atUs);

/** When the records of the same log reach the application without compression. */
function plainTimes(counts: readonly number[], consumer: Partial<ResolvedConsumer> = {}): number[] {
  const w = world(consumer);
  for (const count of counts) log(count, 'none');
  startConsumer(w, 0);
  runTo(w, 3_000_000);
  const seen = times();
  expect(w.consumers[0]!.unpacking).toBeNull();
  forgetFacts();
  nextOrdinal = 0;
  return seen;
}

test('poll() returns the records when their batches are unpacked', () => {
  const plain = plainTimes([10, 20]);
  const w = world();
  const us = log(10, 'gzip') + log(20, 'gzip');
  expect(us).toBeGreaterThan(2);
  startConsumer(w, 0);
  runTo(w, 3_000_000);
  expect(times()).toEqual(plain.map((atUs) => atUs + us));
  const { work } = w.consumers[0]!.unpacking!;
  const plainBytes = cluster.logs[0]!.reduce((sum, b) => sum + b.batch.plainSizeInBytes - batchOverhead, 0);
  const packedBytes = cluster.logs[0]!.reduce((sum, b) => sum + b.batch.packed!.length, 0);
  expect(work).toEqual({ us, batches: 2, plainBytes, packedBytes });
});

test('max.poll.records: each batch is unpacked once, by the poll that gets to it', () => {
  const config = [['max.poll.records', '5']] as const;
  const w = world({ config });
  const first = log(8, 'gzip');
  const second = log(8, 'gzip');
  startConsumer(w, 0);
  runTo(w, 3_000_000);
  const start = times()[0]!;
  // 5 of the first; then the poll that takes its last 3 and 2 of the second has that one to unpack.
  expect(times()).toEqual([...new Array<number>(5).fill(start), ...new Array<number>(11).fill(start + second)]);
  expect(w.consumers[0]!.unpacking!.work).toMatchObject({ us: first + second, batches: 2 });
});

test('a plain batch between packed ones costs nothing', () => {
  const w = world();
  const us = log(3, 'gzip');
  log(3, 'none');
  startConsumer(w, 0);
  runTo(w, 3_000_000);
  expect(w.consumers[0]!.unpacking!.work).toMatchObject({ us, batches: 1 });
  expect(facts.delivered.map((d) => d.ordinal)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('work on a record begins when its batch is unpacked, in both ways of processing', () => {
  for (const processing of ['inline', 'thread'] as const) {
    forgetFacts();
    nextOrdinal = 0;
    const consumer = { processUs: 2000, processing };
    const plain = plainTimes([4], consumer);
    const w = world(consumer);
    const us = log(4, 'gzip');
    startConsumer(w, 0);
    runTo(w, 3_000_000);
    expect(times()).toEqual(plain.map((atUs) => atUs + us));
  }
});

test('a seek while poll() unpacks: nothing of the old place is returned', () => {
  const w = world();
  log(200, 'gzip');
  log(2, 'none');
  startConsumer(w, 0);
  runTo(w, 1000);
  while ((w.consumers[0]!.unpacking?.busyUntilUs ?? 0) <= w.nowUs) runTo(w, w.nowUs + 50);
  command(w, { do: 'consumer.seek', consumer: 'c1', partition: 't-0', to: 200 });
  runTo(w, 3_000_000);
  expect(facts.delivered.map((d) => d.ordinal)).toEqual([200, 201]);
});
