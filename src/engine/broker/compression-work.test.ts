/** Compressed batches at a leader: kept or packed anew, in which order they are checked, and the time that it takes. */
import { describe, expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../../base/vector.ts';
import { errorForCode } from '../../kafka/api/errors.ts';
import type { ProducePartitionResponse, ProduceRequest, ProduceResponse } from '../../kafka/api/messages.ts';
import type { CompressionType } from '../../kafka/records/codec.ts';
import { compressUs, decompressUs } from '../../kafka/records/codec-costs.ts';
import {
  batchOverhead,
  decodeBatch,
  encodeBatch,
  fieldsOfRecords,
  makeBatch,
  type RecordBatch,
  recordOf,
} from '../../kafka/records/record-batch.ts';
import { adminRequest } from '../fault/admin.ts';
import { checkInvariants } from '../invariant/index.ts';
import { EventKind } from '../kernel/event.ts';
import { EPOCH_MS } from '../kernel/world.ts';
import { TestCluster } from '../test-cluster.ts';

const PRODUCE = 0;

/** A line that compresses well, and one that does not at all. */
const line = (i: number): string =>
  `{"level":"info","service":"checkout","message":"order accepted","order":${i},"tenant":"shop"}`;

function packed(
  compression: CompressionType,
  count = 200,
  fields: Partial<RecordBatch> = {},
  key: string | null = null,
): RecordBatch {
  const records = Array.from({ length: count }, (_, i) => recordOf(EPOCH_MS + i, key, line(i)));
  return makeBatch({ ...fieldsOfRecords(records, { compression }), ...fields });
}

const body = (records: RecordBatch, partition = 0, acks: 0 | 1 | -1 = 1): ProduceRequest => ({
  transactionalId: null,
  acks,
  timeoutMs: 30_000,
  partitionData: [{ topic: 't', index: partition, partition, records }],
});

function produce(c: TestCluster, records: RecordBatch, acks: 0 | 1 | -1 = 1): ProducePartitionResponse {
  return c.ask<ProduceResponse>(1, PRODUCE, body(records, 0, acks)).responses[0] as ProducePartitionResponse;
}

const nameOf = (answer: ProducePartitionResponse): string => errorForCode(answer.errorCode).name;
const plainBytes = (batch: RecordBatch): number => batch.plainSizeInBytes - batchOverhead;
const workOf = (c: TestCluster) => c.broker(1).work?.topics.get('t');
const stored = (c: TestCluster, at = 0, broker = 1): RecordBatch => vectorGet(c.replica(broker).batches, at).batch;
const validating = (c: TestCluster) => c.world.queue.filter((e) => e.kind === EventKind.ProduceValidated);

/** A cluster that has had its first second, with a batch asked for at once. */
function cluster(topic: Record<string, string> = {}, partitions = 1): TestCluster {
  return new TestCluster({ topic, partitions, brokers: 3 }).for(100);
}

describe('compression.type against the batch’s codec (LogValidator)', () => {
  test('producer keeps every codec byte for byte, whatever level the topic names', () => {
    const c = cluster({ 'compression.gzip.level': '9' });
    const sent = packed('gzip');
    expect(produce(c, sent)).toMatchObject({ errorCode: 0, baseOffset: 0 });
    expect(stored(c)).toBe(sent);
    expect(workOf(c)).toMatchObject({ validated: 1, kept: 1, repacked: 0, packUs: 0, bytesOut: sent.sizeInBytes });
  });

  test('the same codec keeps it too, another packs it anew at the topic’s level, on all replicas alike', () => {
    for (const level of ['1', '9']) {
      const c = cluster({ 'compression.type': 'gzip', 'compression.gzip.level': level });
      const same = packed('gzip');
      produce(c, same);
      expect(stored(c)).toBe(same);
      const sent = packed('none');
      produce(c, sent);
      const expected = makeBatch({ ...sent, compression: 'gzip' }, Number(level));
      expect(stored(c, 1)).toMatchObject({ compression: 'gzip', crc: expected.crc, sizeInBytes: expected.sizeInBytes });
      expect(decodeBatch(encodeBatch(stored(c, 1), 0, 0)).batch.records).toHaveLength(200);
      c.for(1000);
      for (const broker of [2, 3]) expect(stored(c, 1, broker).crc).toBe(expected.crc);
      expect(checkInvariants(c.world).filter((rule) => !rule.holds)).toEqual([]);
      expect(workOf(c)).toMatchObject({ validated: 2, kept: 1, repacked: 1 });
    }
  });

  test('each codec has its level, and a topic without its own values has those of its brokers', () => {
    for (const [codec, levels] of [
      ['gzip', ['-1', '1', '9']],
      ['lz4', ['1', '9', '17']],
      ['zstd', ['-50', '3', '19']],
      ['snappy', ['']],
    ] as const) {
      const sizes = levels.map((level) => {
        const config = {
          'compression.type': codec,
          ...(level === '' ? {} : { [`compression.${codec}.level`]: level }),
        };
        const sent = packed('none', 1000);
        const [own, inherited] = [cluster(config), new TestCluster({ config }).for(100)];
        for (const c of [own, inherited]) produce(c, sent);
        const expected = makeBatch({ ...sent, compression: codec }, level === '' ? undefined : Number(level));
        expect(stored(own)).toMatchObject({ compression: codec, crc: expected.crc });
        expect(stored(inherited).crc).toBe(expected.crc);
        return expected.sizeInBytes;
      });
      expect(new Set(sizes).size).toBeGreaterThan(levels.length > 1 ? 1 : 0);
    }
  });

  test('uncompressed unpacks: the log holds plain bytes', () => {
    const c = cluster({ 'compression.type': 'uncompressed' });
    const sent = packed('gzip');
    produce(c, sent);
    expect(stored(c)).toMatchObject({ compression: 'none', packed: null, sizeInBytes: sent.plainSizeInBytes });
    expect(c.replica(1).sizeBytes).toBe(sent.plainSizeInBytes);
    expect(workOf(c)).toMatchObject({
      repacked: 1,
      unpackUs: decompressUs('gzip', plainBytes(sent)),
      packUs: 0,
      bytesIn: sent.sizeInBytes,
      bytesOut: sent.plainSizeInBytes,
    });
  });

  test('LogAppendTime keeps the payload: only header and checksum change', () => {
    const c = cluster({ 'message.timestamp.type': 'LogAppendTime' });
    const sent = packed('gzip');
    produce(c, sent);
    expect(stored(c).packed).toBe(sent.packed);
    expect(stored(c)).toMatchObject({ timestampType: 'LogAppendTime', sizeInBytes: sent.sizeInBytes });
    expect(stored(c).crc).not.toBe(sent.crc);
    expect(decodeBatch(encodeBatch(stored(c), 0, 0)).batch.records).toHaveLength(200);
  });

  test('a plain batch under producer is none of its business: no event, no time, nothing counted', () => {
    const c = cluster();
    produce(c, packed('none'));
    expect(c.broker(1).work).toBeNull();
  });
});

describe('the order of the checks (UnifiedLog.append)', () => {
  test('max.message.bytes is held against what came, before its records are looked at', () => {
    const sent = packed('gzip', 200, { maxTimestamp: EPOCH_MS + 199 });
    const c = cluster({ 'max.message.bytes': String(sent.sizeInBytes - 1), 'cleanup.policy': 'compact' });
    // Without keys it would be INVALID_RECORD; its size comes first, and costs nothing.
    expect(nameOf(produce(c, sent))).toBe('MESSAGE_TOO_LARGE');
    expect(c.broker(1).work).toBeNull();
    c.setTopic('max.message.bytes', String(sent.sizeInBytes)).for(100);
    expect(nameOf(produce(c, sent))).toBe('INVALID_RECORD');
    expect(workOf(c)).toMatchObject({ validated: 1, kept: 0, repacked: 0 });
  });

  test('and against what became of it: unpacked it can be too large', () => {
    const sent = packed('gzip');
    const limit = Math.floor((sent.sizeInBytes + sent.plainSizeInBytes) / 2);
    const c = cluster({ 'compression.type': 'uncompressed', 'max.message.bytes': String(limit) });
    expect(nameOf(produce(c, sent))).toBe('MESSAGE_TOO_LARGE');
    expect(c.replica(1).leo).toBe(0);
    expect(workOf(c)).toMatchObject({ validated: 1, repacked: 1 });
    // The other way round nobody asks how small it would have become.
    const plain = packed('none');
    c.setTopic('compression.type', 'gzip').for(100);
    expect(nameOf(produce(c, plain))).toBe('MESSAGE_TOO_LARGE');
    expect(workOf(c)).toMatchObject({ validated: 1 });
  });

  test('a segment must hold what became of it', () => {
    const sent = packed('gzip');
    const segment = { 'internal.segment.bytes': String(sent.sizeInBytes) };
    expect(nameOf(produce(cluster(segment), sent))).toBe('NONE');
    expect(nameOf(produce(cluster({ ...segment, 'compression.type': 'uncompressed' }), sent))).toBe(
      'RECORD_LIST_TOO_LARGE',
    );
  });

  test('a repeated batch is looked through and packed again before it is known to be there', () => {
    const c = cluster({ 'compression.type': 'uncompressed' });
    const sent = packed('gzip', 200, { producerId: 7, producerEpoch: 0, baseSequence: 0 });
    expect(produce(c, sent)).toMatchObject({ errorCode: 0, baseOffset: 0 });
    expect(produce(c, sent)).toMatchObject({ errorCode: 0, baseOffset: 0 });
    expect(c.replica(1).leo).toBe(200);
    expect(workOf(c)).toMatchObject({ validated: 2, repacked: 2 });
  });
});

describe('time', () => {
  /** When the Produce came to broker 1 and when its answer left. */
  function times(c: TestCluster): { cameUs: number; answeredUs: number }[] {
    const came = c.delivered(PRODUCE, true, 1);
    const answers = c.delivered(PRODUCE, false, 1);
    return answers.map(({ message }, i) => ({ cameUs: came[i]?.atUs ?? -1, answeredUs: message.sentUs }));
  }

  test('keeping costs the unpacking, packing anew both; then it is appended', () => {
    for (const [type, source] of [
      ['producer', 'gzip'],
      ['uncompressed', 'gzip'],
      ['gzip', 'none'],
    ] as const) {
      const c = cluster({ 'compression.type': type });
      const sent = packed(source, 1000);
      produce(c, sent);
      const us = decompressUs(source, plainBytes(sent)) + (type === 'gzip' ? compressUs('gzip', plainBytes(sent)) : 0);
      expect(us).toBeGreaterThan(100);
      const [{ cameUs, answeredUs }] = times(c) as [{ cameUs: number; answeredUs: number }];
      expect(answeredUs - cameUs).toBe(us);
      expect(vectorGet(c.replica(1).batches, 0).appendedUs).toBe(cameUs + us);
    }
  });

  test('the next request of the connection waits', () => {
    const c = cluster({ 'compression.type': 'gzip' }, 2);
    const sent = packed('none', 2000);
    const costUs = compressUs('gzip', plainBytes(sent));
    const node = c.world.nodeById.get('1') as number;
    adminRequest(c.world, PRODUCE, body(sent), node);
    adminRequest(c.world, PRODUCE, body(sent), node);
    c.until(() => validating(c).length > 0);
    // One is worked on; the other stands behind it on the same connection.
    expect(c.broker(1).work?.validating).toHaveLength(1);
    c.until(() => c.replica(1).leo === 4000);
    const [first, second] = [0, 1].map((i) => vectorGet(c.replica(1).batches, i).appendedUs) as [number, number];
    expect(second - first).toBe(costUs);
  });

  test('a log takes one append at a time: a plain batch of somebody else waits', () => {
    const c = new TestCluster({
      producer: { 'linger.ms': '0', acks: '1', 'enable.idempotence': 'false', 'compression.type': 'none' },
    });
    c.for(200).send().for(100);
    const large = packed('gzip', 20_000);
    expect(decompressUs('gzip', plainBytes(large))).toBeGreaterThan(4000);
    adminRequest(c.world, PRODUCE, body(large), c.world.nodeById.get('1') as number);
    c.until(() => validating(c).length > 0);
    const doneUs = validating(c)[0]?.atUs;
    c.send().for(3);
    // It has come, and stands behind the other.
    expect(c.broker(1).work?.validating).toHaveLength(2);
    c.for(50);
    const at = (i: number) => vectorGet(c.replica(1).batches, i);
    expect([1, 2].map((i) => at(i).batch.records.length)).toEqual([20_000, 1]);
    expect([1, 2].map((i) => at(i).appendedUs)).toEqual([doneUs, doneUs]);
  });

  test('what is refused before its records are looked at takes no time', () => {
    const c = cluster();
    const answer = c.ask<ProduceResponse>(3, PRODUCE, body(packed('gzip', 1000)));
    expect(errorForCode(answer.responses[0]?.errorCode ?? 0).name).toBe('NOT_LEADER_OR_FOLLOWER');
    expect(c.broker(3).work).toBeNull();
    const few = cluster({ 'min.insync.replicas': '2' });
    few.ownReplica(1).isr = [1];
    expect(nameOf(produce(few, packed('gzip'), -1))).toBe('NOT_ENOUGH_REPLICAS');
    expect(few.broker(1).work).toBeNull();
  });

  test('killed in the middle of it the broker appends nothing, also not after its start', () => {
    for (const end of ['kill', 'powerLoss'] as const) {
      const c = cluster({ 'compression.type': 'gzip' });
      adminRequest(c.world, PRODUCE, body(packed('none', 5000)), c.world.nodeById.get('1') as number);
      c.until(() => validating(c).length > 0);
      c[end](1);
      expect(c.broker(1).work?.validating).toEqual([]);
      c.for(1000).start(1).for(20_000);
      for (const broker of [1, 2, 3]) expect(vectorLength(c.replica(broker).batches)).toBe(0);
      expect(checkInvariants(c.world).filter((rule) => !rule.holds)).toEqual([]);
    }
  });

  test('acks=0 in the middle of it: the ledger knows that nobody will ever append it', () => {
    const c = new TestCluster({
      topic: { 'compression.type': 'gzip' },
      producer: { acks: '0', 'enable.idempotence': 'false', 'linger.ms': '0' },
    }).for(200);
    c.do({
      do: 'producer.send',
      producer: 'p',
      topic: 't',
      partition: 0,
      key: null,
      value: 'v'.repeat(10_000),
      headers: [],
      count: 1,
    });
    c.until(() => validating(c).length > 0).kill(1);
    c.for(200);
    expect(c.world.ledger.lost).toBe(1);
  });

  test('stopped (SIGSTOP) it goes on when the process goes on', () => {
    const c = cluster({ 'compression.type': 'gzip' });
    adminRequest(c.world, PRODUCE, body(packed('none', 5000)), c.world.nodeById.get('1') as number);
    c.until(() => validating(c).length > 0).pause(1);
    c.for(2000);
    expect(c.replica(1).leo).toBe(0);
    c.resume(1);
    expect(c.replica(1).leo).toBe(5000);
    c.for(1000);
    expect(c.replica(2).leo).toBe(5000);
  });

  test('a broker that no longer leads when it is done says so', () => {
    const c = cluster({ 'compression.type': 'gzip' });
    adminRequest(c.world, PRODUCE, body(packed('none', 5000)), c.world.nodeById.get('1') as number);
    c.until(() => validating(c).length > 0);
    const r = c.ownReplica(1);
    r.role = 'follower';
    c.until(() => c.delivered(PRODUCE, false, 1).length > 0);
    const answer = c.delivered(PRODUCE, false, 1)[0]?.message.body as ProduceResponse;
    expect(errorForCode(answer.responses[0]?.errorCode ?? 0).name).toBe('NOT_LEADER_OR_FOLLOWER');
  });
});
