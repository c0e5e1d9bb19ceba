/** Compaction of compressed batches (MemoryRecords.filterTo): what is left is packed again by the codec that the batch had. */
import { expect, test } from 'vitest';
import type { ProduceRequest } from '../../kafka/api/messages.ts';
import type { CompressionType } from '../../kafka/records/codec.ts';
import {
  batchAttributes,
  decodeBatch,
  encodeBatch,
  fieldsOfRecords,
  makeBatch,
  type RecordBatch,
  recordOf,
} from '../../kafka/records/record-batch.ts';
import { checkInvariants } from '../invariant/index.ts';
import { EPOCH_MS } from '../kernel/world.ts';
import { codecsIn, logCodecs, ratioOf } from '../projection/log-codecs.ts';
import { TestCluster } from '../test-cluster.ts';
import { remainingBatches } from './cleaned-log.ts';
import type { StoredBatch } from './stored-batch.ts';

function cluster(topic: Readonly<Record<string, string>> = {}): TestCluster {
  return new TestCluster({
    brokers: 1,
    config: { 'log.cleaner.backoff.ms': '1000' },
    topics: [
      {
        name: 't',
        assignment: [[1]],
        config: { 'cleanup.policy': 'compact', 'min.cleanable.dirty.ratio': '0.01', 'segment.ms': '1000', ...topic },
      },
    ],
  }).to(500);
}

function put(
  c: TestCluster,
  compression: CompressionType,
  pairs: readonly (readonly [string, string | null])[],
  fields: Partial<RecordBatch> = {},
): RecordBatch {
  const atMs = EPOCH_MS + Math.floor(c.nowMs);
  const records = pairs.map(([key, value], i) => recordOf(atMs + i, key, value));
  const batch = makeBatch({ ...fieldsOfRecords(records, { compression }), ...fields });
  const request: ProduceRequest = {
    transactionalId: null,
    acks: 1,
    timeoutMs: 30_000,
    partitionData: [{ topic: 't', index: 0, partition: 0, records: batch }],
  };
  expect(c.ask<{ errors: readonly number[] }>(1, 0, request).errors).toEqual([]);
  return batch;
}

const left = (c: TestCluster): StoredBatch[] => [...remainingBatches(c.replica(1))];
const long = (word: string): string => word.repeat(400);

/** Five keys in one batch, then three of them again; a later record lets the cleaner come. */
function cleaned(topic: Readonly<Record<string, string>> = {}): TestCluster {
  const c = cluster(topic);
  put(c, 'gzip', [
    ['a', long('a')],
    ['b', long('b')],
    ['c', long('c')],
    ['d', long('d')],
    ['e', null],
  ]);
  put(c, 'none', [
    ['b', 'new'],
    ['c', 'new'],
  ]);
  c.for(1500);
  put(c, 'none', [['z', 'rolls']]);
  return c.for(1500);
}

test('a compressed batch keeps its codec, is smaller, and can be read', () => {
  const c = cleaned({ 'compression.gzip.level': '1' });
  const [first] = left(c) as [StoredBatch];
  expect(first).toMatchObject({ baseOffset: 0, lastOffset: 4 });
  expect(first.batch.compression).toBe('gzip');
  const read = decodeBatch(encodeBatch(first.batch, first.baseOffset, first.leaderEpoch));
  expect(read.batch.records.map((record) => String(record.key))).toHaveLength(3);
  expect(first.batch.records.map((record, i) => [record.key, record.offsetDelta ?? i])).toEqual([
    ['a', 0],
    ['d', 3],
    ['e', 4],
  ]);
  // At the codec's default level, with the delete horizon as the base of the deltas (rule 35).
  const { batch } = first;
  expect(batch.deleteHorizonMs).toBeGreaterThan(EPOCH_MS);
  const { packed: _packed, ...fields } = batch;
  expect(makeBatch(fields).crc).toBe(batch.crc);
  expect(batch.plainSizeInBytes).toBeGreaterThan(batch.sizeInBytes);
});

test('sizes on disk follow, and so does what is said of the log', () => {
  const c = cleaned();
  const r = c.replica(1);
  const bytes = left(c).reduce((sum, { batch }) => sum + batch.sizeInBytes, 0);
  expect(r.sizeBytes).toBe(bytes);
  expect(r.segments.reduce((sum, s) => sum + s.sizeBytes, 0) + r.active.sizeBytes).toBe(bytes);
  const log = logCodecs(r);
  expect(codecsIn(log)).toEqual(['gzip']);
  expect(log.sizeBytes).toBe(bytes);
  expect(ratioOf(log)).toBeGreaterThan(1);
  expect(checkInvariants(c.world).filter((rule) => !rule.holds)).toEqual([]);
});

test('the codec is the batch’s own, not the topic’s of today', () => {
  const c = cluster();
  put(c, 'gzip', [
    ['a', long('a')],
    ['b', long('b')],
  ]);
  c.setTopic('compression.type', 'uncompressed').for(50);
  put(c, 'none', [['a', 'new']]);
  c.for(1500);
  put(c, 'none', [['z', 'rolls']]);
  c.for(1500);
  const { batch } = left(c)[0] as StoredBatch;
  expect(batch).toMatchObject({ compression: 'gzip', records: [{ key: 'b' }] });
  // The deltas count from the first record that stayed.
  expect(batch.baseTimestamp).toBe(batch.records[0]?.timestampMs);
});

test('under LogAppendTime the broker’s time is written into what is left', () => {
  const c = cleaned({ 'message.timestamp.type': 'LogAppendTime' });
  const [first] = left(c) as [StoredBatch];
  expect(first.batch.timestampType).toBe('LogAppendTime');
  for (const record of first.batch.records) expect(record.timestampMs).toBe(first.batch.maxTimestamp);
});

test('a batch of which only the header stays has no codec, no base time and no delete horizon', () => {
  const c = cluster();
  put(c, 'gzip', [['a', 'old']], { producerId: 7, producerEpoch: 0, baseSequence: 0 });
  put(c, 'none', [['a', 'new']]);
  c.for(1500);
  put(c, 'none', [['z', 'rolls']]);
  c.for(1500);
  const [first] = left(c) as [StoredBatch];
  expect(first.batch.records).toHaveLength(0);
  expect(batchAttributes(first.batch)).toBe(0);
  expect(first.batch).toMatchObject({ sizeInBytes: 61, baseTimestamp: -1, producerId: 7, baseSequence: 0 });
});
