/** A producer that compresses, with a codec of known ratio in the place of a real one: what is asked here is when and how much. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import { registerCodec } from '../../kafka/records/codec.ts';
import { compressUs } from '../../kafka/records/codec-costs.ts';
import { batchOverhead } from '../../kafka/records/record-sizes.ts';
import type { ProducerSend } from '../../protocol/verbs/producer-send.ts';
import type { World } from '../kernel/world.ts';
import '../fault/producer-send.ts';
import { crashProducer, makeProducer, ownProducer, startProducer } from './producer.ts';
import { setProducerState } from './producer-batch.ts';
import { facts, forgetFacts } from './test-facts.ts';
import { cluster, command, runTo, type TestOptions, testWorld } from './test-world.ts';

vi.mock('../ledger/facts.ts', () => import('./test-facts.ts'));

/** What the codec makes of its input: so many bytes for each byte. */
let ratio = 0.25;
let calls = 0;
let levels: (number | undefined)[] = [];

beforeEach(() => {
  forgetFacts();
  ratio = 0.25;
  calls = 0;
  levels = [];
  registerCodec({
    type: 'lz4',
    compress: (bytes, level) => {
      calls += 1;
      levels.push(level);
      const out = new Uint8Array(Math.ceil(bytes.length * ratio));
      out.set(bytes.subarray(0, out.length));
      return out;
    },
    decompress: (bytes) => bytes,
  });
});

function world(config: ConfigEntries = [], options: Omit<TestOptions, 'producer'> = {}): World {
  const w = testWorld({ ...options, producer: [['compression.type', 'lz4'], ...config] });
  w.producers.push(makeProducer(w, w.scenario.producers[0]!, w.nodeById.get('p1')!));
  startProducer(w, 0);
  runTo(w, 1_000_000);
  return w;
}

function sendVerb(count: number, more: Partial<ProducerSend> = {}): ProducerSend & { do: 'producer.send' } {
  return { do: 'producer.send', producer: 'p1', topic: 't', partition: null, key: null, headers: [], count, ...more };
}

const batches = () => cluster.produced.flatMap((p) => p.request.partitionData.map((d) => ({ ...d, atUs: p.atUs })));
const value = (bytes: number): string => 'x'.repeat(bytes);
const plainOf = (b: ReturnType<typeof batches>[number]): number => b.records.plainSizeInBytes - batchOverhead;

describe('sizes', () => {
  test('a batch is compressed once, when it leaves, and its size is that of its compressed bytes', () => {
    const w = world();
    command(w, sendVerb(40, { value: value(100) }));
    runTo(w, 1_500_000);
    expect(batches()).toHaveLength(1);
    const { records } = batches()[0]!;
    expect(records.compression).toBe('lz4');
    expect(records.packed).toHaveLength(Math.ceil(plainOf(batches()[0]!) / 4));
    expect(records.sizeInBytes).toBe(batchOverhead + records.packed!.length);
    expect(calls).toBe(1);
    expect(facts.acked).toHaveLength(40);
  });

  test('a new topic counts on a ratio of 1 with 5 % on top; each batch that did better teaches 0.005', () => {
    const w = world([], { workload: { ratePerSecond: 100_000, startUs: 1_000_000, count: 1200 } });
    runTo(w, 2_000_000);
    const filled = batches().slice(0, -1).map(plainOf);
    // 16384 - 61 bytes hold 15545 plain ones at a ratio of 1.05; a record takes up to 110.
    for (const plain of filled) expect(plain).toBeLessThanOrEqual(Math.ceil(16323 / (1.05 * 0.9)));
    expect(filled[0]).toBeGreaterThan(15545 - 110);
    expect(filled[0]).toBeLessThanOrEqual(15545);
    expect(filled.at(-1)).toBeGreaterThan(filled[0]!);
    const estimation = w.producers[0]!.packing!.ratios.get('t')!;
    expect(estimation).toBeCloseTo(1 - 0.005 * batches().length, 5);
    for (const b of batches()) expect(b.records.sizeInBytes).toBeLessThan(16384 / 3);
  });

  test('once it has adapted, a batch holds batch.size of expected compressed bytes', () => {
    const w = world([['linger.ms', '5']], { workload: { ratePerSecond: 5000, startUs: 1_000_000, count: 60_000 } });
    runTo(w, 14_000_000);
    const estimation = w.producers[0]!.packing!.ratios.get('t')!;
    // It goes up by 0.05 with each batch that came out a byte larger than the one before.
    expect(estimation).toBeLessThan(0.31);
    command(w, sendVerb(2000, { value: value(100) }));
    runTo(w, 16_000_000);
    const largest = Math.max(...batches().map((b) => b.records.sizeInBytes));
    expect(largest).toBeGreaterThan(16384 / 1.05 / 1.3);
    expect(largest).toBeLessThanOrEqual(16384);
  });

  test('a batch that came out larger than expected puts the estimation up at once', () => {
    ratio = 1.2;
    const w = world();
    command(w, sendVerb(10, { value: value(100) }));
    runTo(w, 1_500_000);
    expect(w.producers[0]!.packing!.ratios.get('t')).toBeCloseTo(1.2, 2);
  });

  test('max.request.size and buffer.memory count the record as it is before compression', () => {
    const w = world([['max.request.size', '5000']]);
    command(w, sendVerb(1, { value: value(6000) }));
    runTo(w, 1_500_000);
    expect(facts.failed.map((f) => f.exception)).toEqual(['RecordTooLargeException']);
    command(w, sendVerb(1, { value: value(4000) }));
    expect(ownProducer(w, 0).bufferUsedBytes).toBe(16384);
    runTo(w, 2_000_000);
    expect(ownProducer(w, 0).bufferUsedBytes).toBe(0);
    expect(facts.acked).toHaveLength(1);
  });

  test('compression.lz4.level reaches the codec; without one it is Kafka’s default', () => {
    const w = world([['compression.lz4.level', '17']]);
    command(w, sendVerb(1));
    runTo(w, 1_500_000);
    command(world(), sendVerb(1));
    expect(levels).toEqual([17]);
  });
});

describe('time', () => {
  test('the request leaves when its batch has been compressed', () => {
    const w = world([['linger.ms', '0']]);
    command(w, sendVerb(1, { value: value(10_000) }));
    runTo(w, 1_500_000);
    const cost = compressUs('lz4', plainOf(batches()[0]!));
    expect(cost).toBeGreaterThan(0);
    // one millisecond on the way
    expect(batches()[0]!.atUs).toBe(1_001_000 + cost);
    const { work } = w.producers[0]!.packing!;
    expect(work).toEqual({
      us: cost,
      batches: 1,
      plainBytes: plainOf(batches()[0]!),
      packedBytes: batches()[0]!.records.packed!.length,
    });
  });

  test('batches of several partitions that may leave together are compressed one after the other and leave together', () => {
    const w = world([['linger.ms', '0']], { partitions: 2, brokers: 1 });
    command(w, sendVerb(1, { value: value(10_000), partition: 0 }));
    command(w, sendVerb(1, { value: value(10_000), partition: 1 }));
    runTo(w, 1_500_000);
    const first = batches()[0]!;
    const cost = compressUs('lz4', plainOf(first));
    expect(batches().map((b) => [b.index, b.atUs])).toEqual([
      [0, 1_001_000 + cost],
      [1, 1_001_000 + 2 * cost],
    ]);
  });

  test('what is sent while a batch is compressed goes into the next one', () => {
    const w = world([['linger.ms', '0']]);
    command(w, sendVerb(1, { value: value(10_000) }));
    runTo(w, 1_000_005);
    command(w, sendVerb(1, { value: value(10) }));
    runTo(w, 1_500_000);
    expect(batches().map((b) => b.records.records.length)).toEqual([1, 1]);
    expect(facts.acked).toHaveLength(2);
  });
});

describe('again', () => {
  test('a retry sends what was compressed already', () => {
    const w = world();
    cluster.produceErrors = [6];
    command(w, sendVerb(10));
    runTo(w, 3_000_000);
    expect(batches()).toHaveLength(2);
    expect(calls).toBe(1);
    expect(batches()[1]!.records).toBe(batches()[0]!.records);
    expect(w.producers[0]!.packing!.work.batches).toBe(1);
  });

  test('a batch whose sequences start over under a new epoch keeps its compressed records', () => {
    const w = world();
    cluster.produceErrors = [6];
    command(w, sendVerb(10));
    runTo(w, 1_010_000);
    const [waiting] = ownProducer(w, 0).topics[0]!.queues[0]!.queue;
    setProducerState(waiting!, 0, 1, 0);
    waiting!.reopened = true;
    runTo(w, 3_000_000);
    const [first, second] = batches();
    expect(calls).toBe(1);
    expect(second!.records.producerEpoch).toBe(1);
    expect(second!.records.crc).not.toBe(first!.records.crc);
    expect(second!.records.packed).toBe(first!.records.packed);
  });

  test('rule 82: a batch that is too large for the broker is split, and nothing is expected of the codec any more', () => {
    const w = world([['batch.size', '4000']], {
      workload: { ratePerSecond: 1000, startUs: 1_000_000, count: 2000 },
    });
    runTo(w, 4_000_000);
    const before = w.producers[0]!.packing!.ratios.get('t')!;
    expect(before).toBeLessThan(0.4);
    cluster.produceErrors = [10];
    const sent = batches().length;
    const acked = facts.acked.length;
    // Together they fill one batch as it is expected to come out now, and three when nothing is expected.
    command(w, sendVerb(80, { value: value(100) }));
    runTo(w, 6_000_000);
    const [big, ...parts] = batches().slice(sent);
    expect(big!.records.records).toHaveLength(80);
    expect(parts.map((b) => b.records.records.length)).toEqual([34, 34, 12]);
    for (const part of parts) expect(part.records.packed).toHaveLength(Math.ceil(plainOf(part) / 4));
    expect(facts.acked.length - acked).toBe(80);
    expect(w.producers[0]!.packing!.splits).toBe(1);
    expect(w.producers[0]!.packing!.ratios.get('t')).toBeCloseTo(1 - 0.005 * parts.length, 5);
    expect(ownProducer(w, 0).bufferUsedBytes).toBe(0);
  });

  test('rule 82: a batch that its codec made larger than its records sets the estimation to that', () => {
    ratio = 1.5;
    const w = world([['batch.size', '4000']]);
    cluster.produceErrors = [10];
    command(w, sendVerb(10, { value: value(100) }));
    runTo(w, 3_000_000);
    expect(batches().map((b) => b.records.records.length)).toEqual([10, 10]);
    expect(w.producers[0]!.packing!.ratios.get('t')).toBeGreaterThanOrEqual(1.5);
  });

  test('a new process has learnt nothing yet; what was done before stays counted', () => {
    const w = world();
    command(w, sendVerb(10));
    runTo(w, 1_500_000);
    expect(w.producers[0]!.packing!.ratios.size).toBe(1);
    const { work } = w.producers[0]!.packing!;
    crashProducer(w, 0);
    startProducer(w, 0);
    runTo(w, 2_500_000);
    command(w, sendVerb(1));
    expect(w.producers[0]!.packing!.ratios.size).toBe(0);
    expect(w.producers[0]!.packing!.work).toEqual(work);
  });
});
