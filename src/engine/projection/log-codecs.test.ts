/** What is said of compressed logs: from real sizes, in the frame, in the State and Log tabs and in the result. */
import { expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { ProduceRequest } from '../../kafka/api/messages.ts';
import type { CompressionType } from '../../kafka/records/codec.ts';
import { fieldsOfRecords, makeBatch, type RecordBatch, recordOf } from '../../kafka/records/record-batch.ts';
import type { ViewRequest } from '../../protocol/engine-client.ts';
import type { Detail, ThingId } from '../../protocol/frame.ts';
import { forkWorld } from '../kernel/fork.ts';
import { EPOCH_MS, type World } from '../kernel/world.ts';
import { TestCluster } from '../test-cluster.ts';
import { detailOf } from './detail.ts';
import { DEFAULT_VIEW, frameOf } from './frame.ts';
import { newKeyTable } from './key-table.ts';
import { logCodecs, ratioOf } from './log-codecs.ts';
import { resultOf } from './result.ts';

function put(c: TestCluster, compression: CompressionType, count = 100, partition = 0): RecordBatch {
  const records = Array.from({ length: count }, (_, i) =>
    recordOf(EPOCH_MS + Math.floor(c.nowMs), null, `{"level":"info","message":"order accepted","order":${i}}`),
  );
  const batch = makeBatch(fieldsOfRecords(records, { compression }));
  const request: ProduceRequest = {
    transactionalId: null,
    acks: 1,
    timeoutMs: 30_000,
    partitionData: [{ topic: 't', index: partition, partition, records: batch }],
  };
  expect(c.ask<{ errors: readonly number[] }>(1, 0, request).errors).toEqual([]);
  return batch;
}

const frame = (w: World) =>
  frameOf(w, { world: 1, branch: 0, jump: 0, view: DEFAULT_VIEW, keys: newKeyTable(), detail: () => null });

const detail = (w: World, selection: ThingId, tab: ViewRequest['tab']): Detail =>
  detailOf(w, { ...DEFAULT_VIEW, selection, tab }) as Detail;

const rowsOf = (w: World, thing: ThingId): Map<string, Detail['state'][number]['value']> =>
  new Map(detail(w, thing, 'state').state.map(({ label, value }) => [label, value]));

/** The sums as they are when every batch is counted by hand. */
function byHand(c: TestCluster, broker = 1): { plainBytes: number; sizeBytes: number } {
  const { batches } = c.replica(broker);
  let [plainBytes, sizeBytes] = [0, 0];
  for (let i = 0; i < vectorLength(batches); i++) {
    const { batch } = vectorGet(batches, i);
    plainBytes += batch.plainSizeInBytes;
    sizeBytes += batch.sizeInBytes;
  }
  return { plainBytes, sizeBytes };
}

test('a cluster without compression says nothing of it', () => {
  const c = new TestCluster().for(100);
  put(c, 'none');
  expect(frame(c.world).compressed).toBeUndefined();
  const result = resultOf(c.world);
  expect(result.work).toBeUndefined();
  expect(result.partitions['t-0']?.compression).toBeUndefined();
  for (const thing of ['broker:1', 'topic:t', 'partition:t-0'] as const)
    expect([...rowsOf(c.world, thing).keys()].filter((label) => label.startsWith('compression.'))).toEqual([]);
});

test('the ratio is that of the log’s real sizes, whatever is appended, cut or forked', () => {
  const c = new TestCluster().for(100);
  for (const codec of ['zstd', 'none', 'gzip', 'zstd'] as const) {
    put(c, codec);
    expect(logCodecs(c.replica(1))).toMatchObject(byHand(c));
  }
  expect(logCodecs(c.replica(1)).batches).toEqual([1, 1, 0, 0, 2]);
  const fork = forkWorld(c.world);
  c.for(1000);
  // Broker 2 takes over with all of it and appends; broker 1 was cut off and has other batches.
  c.cut([1], [2, 3, 101]);
  put(c, 'lz4');
  expect(logCodecs(c.replica(1)).batches).toEqual([1, 1, 0, 1, 2]);
  c.for(15_000).heal().for(15_000);
  expect(logCodecs(c.replica(1))).toMatchObject(byHand(c));
  expect(logCodecs(c.replica(1)).batches[3]).toBe(0);
  expect(frame(fork).compressed?.['t-0']?.codecs).toEqual(['gzip', 'zstd']);
});

test('what retention took does not count', () => {
  const c = new TestCluster({
    brokers: 1,
    config: { 'log.retention.check.interval.ms': '1000', 'log.initial.task.delay.ms': '100' },
    topic: { 'internal.segment.bytes': '1000', 'retention.bytes': '1500' },
  }).for(100);
  for (let i = 0; i < 8; i++) put(c, i < 4 ? 'gzip' : 'zstd');
  expect(logCodecs(c.replica(1)).batches[1]).toBe(4);
  c.for(3000);
  const log = logCodecs(c.replica(1));
  expect(log.batches[1]).toBe(0);
  expect(log.sizeBytes).toBe(c.replica(1).sizeBytes);
});

test('frame, tabs and result say the same', () => {
  const c = new TestCluster({ partitions: 2, topic: { 'compression.type': 'zstd' } }).for(100);
  const kept = put(c, 'zstd', 200);
  put(c, 'gzip', 100);
  put(c, 'none', 50, 1);
  const log = logCodecs(c.replica(1));
  const ratio = ratioOf(log);
  expect(ratio).toBeGreaterThan(2);
  expect(frame(c.world).compressed).toEqual({
    't-0': { codecs: ['zstd'], ratio },
    't-1': { codecs: ['zstd'], ratio: ratioOf(logCodecs(c.replica(1, 1))) },
  });
  const result = resultOf(c.world);
  expect(result.partitions['t-0']).toMatchObject({
    codecs: { zstd: 2 },
    sizeBytes: log.sizeBytes,
    compression: { plainBytes: log.plainBytes, ratio },
  });
  expect(result.work).toEqual({ '1': expect.objectContaining({ validated: 3, kept: 1, repacked: 2 }) });
  expect(rowsOf(c.world, 'partition:t-0').get('compression.log.codecs')).toBe('zstd 2');
  expect(rowsOf(c.world, 'replica:t-0@1').get('compression.log.ratio')).toEqual({
    key: 'compression.log.times',
    params: { ratio: String(ratio), plain: log.plainBytes, packed: log.sizeBytes },
  });
  expect(rowsOf(c.world, 'broker:1').get('compression.broker.repacked')).toBe(2);
  expect(rowsOf(c.world, 'topic:t').get('compression.broker.validated')).toBe(3);
  // Followers store what their leader made of it: there is nothing to do for them.
  expect(rowsOf(c.world, 'broker:2').get('compression.broker.validated')).toBeUndefined();
  const [batch] = detail(c.world, 'replica:t-0@1', 'log').batches;
  expect(batch).toMatchObject({ codec: 'zstd', sizeBytes: kept.sizeInBytes, plainSizeBytes: kept.plainSizeInBytes });
});
