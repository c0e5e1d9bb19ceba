import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import { partitionForKey } from '../../kafka/partitioner/murmur2.ts';
import type { ProducerSend } from '../../protocol/verbs/producer-send.ts';
import type { World } from '../kernel/world.ts';
import '../fault/producer-crash.ts';
import '../fault/producer-flush.ts';
import '../fault/producer-init.ts';
import '../fault/producer-send.ts';
import '../fault/producer-start.ts';
import '../fault/producer-stop.ts';
import { closeAllOf } from '../net/sockets.ts';
import { makeProducer, ownProducer, restartProducer, setWorkloadLines, startProducer } from './producer.ts';
import { facts, forgetFacts } from './test-facts.ts';
import { cluster, command, lines, runTo, setBroker, type TestOptions, testWorld } from './test-world.ts';

vi.mock('../ledger/facts.ts', () => import('./test-facts.ts'));

beforeEach(forgetFacts);

function world(config: ConfigEntries, options: Omit<TestOptions, 'producer'> = {}): World {
  const w = testWorld({ ...options, producer: config });
  w.producers.push(makeProducer(w, w.scenario.producers[0]!, w.nodeById.get('p1')!));
  startProducer(w, 0);
  return w;
}

function sendVerb(count: number, more: Partial<ProducerSend> = {}): ProducerSend & { do: 'producer.send' } {
  return { do: 'producer.send', producer: 'p1', topic: 't', partition: null, key: null, headers: [], count, ...more };
}

const batches = () =>
  cluster.produced.flatMap((p) =>
    p.request.partitionData.map((d) => ({ ...d, atUs: p.atUs, broker: p.broker, errorCode: p.errorCode })),
  );
const sequences = () =>
  batches().map((b) => [b.records.producerEpoch, b.records.baseSequence, b.records.records.length]);

function killBroker(w: World, id: number): void {
  closeAllOf(w, w.brokerNode[id]!);
  setBroker(w, id, 'down');
}

describe('batches', () => {
  test('rule 79: a batch leaves after linger.ms, when full, and at once on flush', () => {
    const w = world([]);
    runTo(w, 1_000_000);
    command(w, sendVerb(1));
    runTo(w, 1_100_000);
    // linger 5 ms, one millisecond on the way
    expect(batches().map((b) => b.atUs)).toEqual([1_006_000]);
    command(w, sendVerb(200));
    runTo(w, 1_200_000);
    const later = batches().slice(1);
    expect(later[0]!.atUs).toBe(1_101_000);
    expect(later[0]!.records.sizeInBytes).toBeLessThanOrEqual(16384);
    expect(later[0]!.records.sizeInBytes).toBeGreaterThan(16384 - 120);
    // what did not fill a batch waited for linger.ms
    expect(later.at(-1)!.atUs).toBe(1_106_000);
    command(w, sendVerb(1));
    command(w, { do: 'producer.flush', producer: 'p1' });
    runTo(w, 1_300_000);
    expect(batches().at(-1)!.atUs).toBe(1_201_000);
    expect(facts.acked).toHaveLength(202);
  });

  test('rule 79: linger.ms=0 sends each record of its own moment at once, and a batch that waits takes more', () => {
    const w = world([['linger.ms', '0']], { workload: { ratePerSecond: 1000, startUs: 1_000_000, count: 3 } });
    runTo(w, 2_000_000);
    expect(batches().map((b) => [b.atUs, b.records.records.length])).toEqual([
      [1_001_000, 1],
      [1_002_000, 1],
      [1_003_000, 1],
    ]);
  });

  test('rule 78: unkeyed records stay with a partition for a batch and switch only between batches', () => {
    const w = world([['batch.size', '1000']], {
      partitions: 3,
      workload: { ratePerSecond: 1000, startUs: 1_000_000, count: 300 },
    });
    runTo(w, 3_000_000);
    const order = [...facts.sent].sort((a, b) => a.ordinal - b.ordinal).map((s) => s.partition);
    expect(order).toHaveLength(300);
    const runs: number[] = [];
    order.forEach((p, i) => {
      if (i > 0 && p === order[i - 1]) runs[runs.length - 1]! += 1;
      else runs.push(1);
    });
    expect(new Set(order)).toEqual(new Set([0, 1, 2]));
    // A record takes about 107 bytes: at least batch.size, at most twice that, except for repeated draws and the end.
    for (const run of runs.slice(0, -1)) expect(run).toBeGreaterThanOrEqual(9);
    for (const b of batches()) expect(b.records.sizeInBytes).toBeLessThanOrEqual(1000);
  });

  test('rule 109: explicit partition, then the key, then sticky; partitioner.ignore.keys skips the key', () => {
    const w = world([], { partitions: 4 });
    runTo(w, 1_000_000);
    command(w, sendVerb(1, { partition: 3, key: 'Anna' }));
    command(w, sendVerb(1, { key: 'Anna' }));
    command(w, sendVerb(1, { key: 'Bruno' }));
    runTo(w, 1_100_000);
    expect(facts.sent.map((s) => s.partition)).toEqual([3, partitionForKey('Anna', 4), partitionForKey('Bruno', 4)]);
    forgetFacts();
    const ignoring = world([['partitioner.ignore.keys', 'true']], { partitions: 4 });
    runTo(ignoring, 1_000_000);
    command(ignoring, sendVerb(20, { key: 'Anna' }));
    command(ignoring, sendVerb(20, { key: 'Bruno' }));
    expect(new Set(facts.sent.map((s) => s.partition)).size).toBe(1);
  });

  test('rule 80: a full buffer blocks send() for max.block.ms, then BufferExhaustedException', () => {
    const w = world([
      ['buffer.memory', '32768'],
      ['max.block.ms', '200'],
      ['acks', '1'],
    ]);
    runTo(w, 1_000_000);
    killBroker(w, 1);
    setBroker(w, 2, 'down');
    command(w, sendVerb(400));
    runTo(w, 1_199_000);
    expect(ownProducer(w, 0).blocked?.why).toBe('buffer');
    expect(lines(w)).toContain('log.producer.blocked');
    expect(facts.failed).toEqual([]);
    runTo(w, 1_201_000);
    expect(facts.failed).toHaveLength(1);
    expect(facts.failed[0]).toMatchObject({ atUs: 1_200_000, exception: 'BufferExhaustedException' });
  });

  test('a full buffer lets the blocked call go on as soon as a batch is answered', () => {
    const w = world([
      ['buffer.memory', '32768'],
      ['acks', '1'],
    ]);
    runTo(w, 1_000_000);
    command(w, sendVerb(1000));
    runTo(w, 5_000_000);
    expect(facts.acked).toHaveLength(1000);
    expect(facts.failed).toEqual([]);
    expect(ownProducer(w, 0).bufferUsedBytes).toBe(0);
  });

  test('RecordTooLargeException against max.request.size; the batch size that never fits is IllegalArgumentException', () => {
    const w = world([['max.request.size', '500']]);
    runTo(w, 1_000_000);
    command(w, sendVerb(1, { value: 'x'.repeat(600) }));
    expect(facts.failed.map((f) => f.exception)).toEqual(['RecordTooLargeException']);
    forgetFacts();
    const small = world([['buffer.memory', '10000']]);
    runTo(small, 1_000_000);
    command(small, sendVerb(1));
    expect(facts.failed.map((f) => f.exception)).toEqual(['IllegalArgumentException']);
  });

  test('a topic that metadata do not know blocks for max.block.ms, then TimeoutException', () => {
    const w = world([['max.block.ms', '3000']]);
    cluster.unknownTopics.push('nowhere');
    runTo(w, 1_000_000);
    command(w, sendVerb(2, { topic: 'nowhere' }));
    runTo(w, 20_000_000);
    expect(facts.failed.map((f) => [f.atUs, f.exception])).toEqual([
      [4_000_000, 'TimeoutException'],
      [7_000_000, 'TimeoutException'],
    ]);
    // asked again and again, with growing pauses
    expect(cluster.metadataRequests.length).toBeGreaterThan(5);
    expect(cluster.metadataRequests.length).toBeLessThan(40);
  });
});

describe('retries', () => {
  test('rule 83: retries keep their sequences, and a later batch waits for the first in flight', () => {
    const w = world([['linger.ms', '0']]);
    runTo(w, 1_000_000);
    // NOT_ENOUGH_REPLICAS for the first, so that the second and third are out of order.
    cluster.produceErrors = [19, 45, 45];
    for (let i = 0; i < 3; i++) {
      command(w, sendVerb(1));
      runTo(w, 1_000_000 + (i + 1) * 100);
    }
    runTo(w, 3_000_000);
    expect(sequences()).toEqual([
      [0, 0, 1],
      [0, 1, 1],
      [0, 2, 1],
      [0, 0, 1],
      [0, 1, 1],
      [0, 2, 1],
    ]);
    expect(cluster.logs[0]!.map((b) => b.batch.baseSequence)).toEqual([0, 1, 2]);
    expect(facts.acked.map((a) => a.ordinal)).toEqual([0, 1, 2]);
  });

  test('without idempotence several requests in flight may be stored out of order; one in flight keeps the order', () => {
    const run = (inFlight: string): number[] => {
      forgetFacts();
      const w = world([
        ['linger.ms', '0'],
        ['enable.idempotence', 'false'],
        ['max.in.flight.requests.per.connection', inFlight],
      ]);
      runTo(w, 1_000_000);
      cluster.produceErrors = [19];
      for (let i = 0; i < 3; i++) {
        command(w, sendVerb(1));
        runTo(w, 1_000_000 + (i + 1) * 100);
      }
      runTo(w, 3_000_000);
      return cluster.logs[0]!.flatMap((b) => b.batch.records.map((r) => r.ordinal));
    };
    expect(run('5')).toEqual([1, 2, 0]);
    expect(run('1')).toEqual([0, 1, 2]);
  });

  test('rule 38: what was stored and not answered is sent again with the same sequence; a duplicate counts as success', () => {
    const w = world([]);
    runTo(w, 1_000_000);
    cluster.produceErrors = [7, 46];
    command(w, sendVerb(3));
    runTo(w, 3_000_000);
    expect(sequences()).toEqual([
      [0, 0, 3],
      [0, 0, 3],
    ]);
    expect(facts.acked).toHaveLength(3);
    expect(facts.failed).toEqual([]);
  });

  test('rule 95: a broker that forgot the sequence of the next batch makes the producer start a new epoch from 0', () => {
    const w = world([]);
    runTo(w, 1_000_000);
    command(w, sendVerb(2));
    runTo(w, 2_000_000);
    cluster.produceErrors = [45];
    command(w, sendVerb(3));
    runTo(w, 4_000_000);
    expect(sequences()).toEqual([
      [0, 0, 2],
      [0, 2, 3],
      [1, 0, 3],
    ]);
    expect(lines(w)).toContain('log.producer.new-epoch');
    expect(facts.acked).toHaveLength(5);
    // UNKNOWN_PRODUCER_ID likewise
    cluster.produceErrors = [59];
    command(w, sendVerb(1));
    runTo(w, 6_000_000);
    expect(sequences().slice(3)).toEqual([
      [1, 3, 1],
      [2, 0, 1],
    ]);
  });

  test('rule 81: delivery.timeout.ms counts from the batch and includes what is in flight; an expired retry starts a new epoch', () => {
    const w = world([
      ['delivery.timeout.ms', '1000'],
      ['request.timeout.ms', '400'],
    ]);
    runTo(w, 1_000_000);
    cluster.produceDelayUs = 600_000;
    command(w, sendVerb(2));
    runTo(w, 1_999_000);
    expect(facts.failed).toEqual([]);
    runTo(w, 2_001_000);
    expect(facts.failed.map((f) => [f.atUs, f.exception])).toEqual([
      [2_000_000, 'TimeoutException'],
      [2_000_000, 'TimeoutException'],
    ]);
    expect(lines(w)).toContain('log.producer.expired');
    cluster.produceDelayUs = 0;
    runTo(w, 5_000_000);
    command(w, sendVerb(1));
    runTo(w, 7_000_000);
    expect(sequences().at(-1)).toEqual([1, 0, 1]);
    expect(facts.acked.map((a) => a.ordinal)).toEqual([2]);
    expect(ownProducer(w, 0).bufferUsedBytes).toBe(0);
  });

  test('rule 82: MESSAGE_TOO_LARGE splits a batch of several records, then by half its bytes; a single record fails', () => {
    const w = world([]);
    runTo(w, 1_000_000);
    cluster.produceErrors = [10, 10];
    command(w, sendVerb(8));
    runTo(w, 3_000_000);
    expect(sequences()).toEqual([
      [0, 0, 8],
      [0, 0, 8],
      [0, 0, 3],
      [0, 3, 3],
      [0, 6, 2],
    ]);
    expect(facts.acked.map((a) => a.ordinal)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    cluster.produceErrors = [10];
    command(w, sendVerb(1));
    runTo(w, 5_000_000);
    expect(facts.failed.map((f) => f.exception)).toEqual(['RecordTooLargeException']);
  });

  test('retries=0 fails at the first error, by the name of its exception', () => {
    const w = world([['retries', '0']]);
    runTo(w, 1_000_000);
    cluster.produceErrors = [19];
    command(w, sendVerb(2));
    runTo(w, 2_000_000);
    expect(facts.failed.map((f) => f.exception)).toEqual(['NotEnoughReplicasException', 'NotEnoughReplicasException']);
  });

  test('pauses grow: retry.backoff.ms doubles up to retry.backoff.max.ms, within a fifth', () => {
    const w = world([]);
    runTo(w, 1_000_000);
    cluster.produceErrors = Array.from({ length: 8 }, () => 19);
    command(w, sendVerb(1));
    runTo(w, 20_000_000);
    const at = batches().map((b) => b.atUs);
    const gaps = at.slice(1).map((t, i) => t - at[i]!);
    [100, 200, 400, 800, 1000, 1000].forEach((ms, i) => {
      expect(gaps[i]).toBeGreaterThanOrEqual(ms * 800);
      expect(gaps[i]).toBeLessThanOrEqual(ms * 1200 + 2000);
    });
    expect(facts.acked).toHaveLength(1);
  });
});

describe('leaders', () => {
  test('rule 110: a new leader named in the answer is used at once, without the back-off', () => {
    const w = world([]);
    runTo(w, 1_000_000);
    command(w, sendVerb(1));
    runTo(w, 2_000_000);
    cluster.leaders[0] = { leader: 2, epoch: 1 };
    command(w, sendVerb(1));
    runTo(w, 2_500_000);
    const last = batches().slice(-2);
    expect(last.map((b) => [b.broker, b.errorCode])).toEqual([
      [1, 6],
      [2, 0],
    ]);
    // answer 1 ms, at most a new connection (4 ms) and 1 ms on the way: far below the 80 ms of the least back-off
    expect(last[1]!.atUs - last[0]!.atUs).toBeLessThan(10_000);
    expect(lines(w)).toContain('log.producer.learnt');
  });

  test('rule 110: without the name the producer asks for metadata; metadata are refreshed every metadata.max.age.ms', () => {
    const w = world([['metadata.max.age.ms', '10000']]);
    runTo(w, 1_000_000);
    cluster.nameLeader = false;
    cluster.leaders[0] = { leader: 2, epoch: 1 };
    const before = cluster.metadataRequests.length;
    command(w, sendVerb(1));
    runTo(w, 2_000_000);
    expect(cluster.metadataRequests.length).toBeGreaterThan(before);
    expect(facts.acked).toHaveLength(1);
    const then = cluster.metadataRequests.length;
    runTo(w, 42_000_000);
    expect(cluster.metadataRequests.length - then).toBe(4);
  });

  test('rule 110: an older leader epoch never replaces a newer one', () => {
    // Nothing is sent here, and a topic that nobody sends to would be forgotten.
    const w = world([['metadata.max.idle.ms', '3600000']]);
    cluster.leaders[0] = { leader: 2, epoch: 5 };
    runTo(w, 1_000_000);
    cluster.leaders[0] = { leader: 1, epoch: 3 };
    runTo(w, 700_000_000);
    expect(ownProducer(w, 0).metadata.topics[0]!.partitions[0]).toMatchObject({ leader: 2, leaderEpoch: 5 });
  });

  test('a lost connection is a NetworkException: the batch is sent again and may be stored twice', () => {
    const w = world([['enable.idempotence', 'false']]);
    runTo(w, 1_000_000);
    cluster.produceDelayUs = 50_000;
    command(w, sendVerb(1));
    runTo(w, 1_020_000);
    killBroker(w, 1);
    runTo(w, 1_200_000);
    setBroker(w, 1, 'up');
    cluster.produceDelayUs = 0;
    runTo(w, 5_000_000);
    expect(cluster.logs[0]).toHaveLength(2);
    expect(facts.acked).toHaveLength(1);
    expect(lines(w)).toContain('log.producer.retries');
  });

  test('a call that waits for metadata while every broker is down lets time go on', () => {
    const w = world([['max.block.ms', '2000']], { brokers: 1, workload: { ratePerSecond: 10, startUs: 1_000_000 } });
    runTo(w, 1_500_000);
    killBroker(w, 1);
    runTo(w, 60_000_000);
    expect(facts.failed.map((f) => f.exception)).toContain('TimeoutException');
    setBroker(w, 1, 'up');
    runTo(w, 70_000_000);
    expect(facts.acked.at(-1)!.atUs).toBeGreaterThan(69_000_000);
  });

  test('when every broker is out of reach the producer bootstraps again and goes on when one returns', () => {
    const w = world([]);
    runTo(w, 1_000_000);
    command(w, sendVerb(1));
    runTo(w, 1_500_000);
    for (const id of [1, 2]) killBroker(w, id);
    runTo(w, 10_000_000);
    command(w, sendVerb(1));
    runTo(w, 20_000_000);
    for (const id of [1, 2]) setBroker(w, id, 'up');
    runTo(w, 30_000_000);
    expect(facts.acked).toHaveLength(2);
  });
});

describe('acks', () => {
  test('acks=0 counts as acked when written, with offset -1; what cannot be written stays in the buffer', () => {
    const w = world([['acks', '0']]);
    runTo(w, 1_000_000);
    command(w, sendVerb(2));
    runTo(w, 1_004_999);
    expect(facts.acked).toEqual([]);
    runTo(w, 1_020_000);
    const written = facts.acked[0]!.atUs;
    expect(facts.acked.map((a) => a.offset)).toEqual([-1, -1]);
    expect(batches()[0]!.atUs).toBe(written + 1000);
    killBroker(w, 1);
    // The end of the connection is still on its way: this is written, and nobody takes it.
    command(w, sendVerb(1));
    command(w, { do: 'producer.flush', producer: 'p1' });
    expect(facts.acked).toHaveLength(3);
    runTo(w, 1_100_000);
    command(w, sendVerb(1));
    runTo(w, 2_000_000);
    expect(facts.acked).toHaveLength(3);
    setBroker(w, 1, 'up');
    runTo(w, 5_000_000);
    expect(facts.acked).toHaveLength(4);
    expect(batches()).toHaveLength(2);
  });

  test('an idempotent producer asks for its id before it sends, and again after a retriable error', () => {
    const w = testWorld({ producer: [] });
    cluster.initErrors = [14];
    w.producers.push(makeProducer(w, w.scenario.producers[0]!, w.nodeById.get('p1')!));
    startProducer(w, 0);
    command(w, sendVerb(1));
    runTo(w, 1_000_000);
    expect(sequences()).toEqual([[0, 0, 1]]);
    expect(batches()[0]!.atUs).toBeGreaterThan(100_000);
  });
});

describe('life', () => {
  test('the workload: record k is due at startUs + floor(k * 1e6 / rate), keys and values as the scenario says', () => {
    const w = world([], {
      workload: {
        ratePerSecond: 3,
        startUs: 1_000_000,
        count: 5,
        keys: { kind: 'cycle', values: ['a', 'b'] },
        values: { kind: 'lines', lines: ['x', 'y', 'z'] },
      },
    });
    runTo(w, 10_000_000);
    expect(facts.sent.map((s) => s.atUs)).toEqual([1_000_000, 1_333_333, 1_666_666, 2_000_000, 2_333_333]);
    expect(facts.sent.map((s) => `${s.record.key}${s.record.value}`)).toEqual(['ax', 'by', 'az', 'bx', 'ay']);
    expect(facts.sent[1]!.record.timestampMs).toBe(1_767_225_600_000 + 1333);
    expect(lines(w)).toContain('log.producer.done');
  });

  test('a blocked thread catches up at once and skips nothing', () => {
    const w = world([['max.block.ms', '5000']], { workload: { ratePerSecond: 10, startUs: 1_000_000, count: 60 } });
    cluster.unknownTopics.push('nowhere');
    runTo(w, 2_050_000);
    command(w, sendVerb(1, { topic: 'nowhere' }));
    runTo(w, 7_000_000);
    expect(facts.sent).toHaveLength(12);
    runTo(w, 7_050_000);
    expect(facts.sent.filter((s) => s.atUs === 7_050_000)).toHaveLength(50 - 1);
    runTo(w, 20_000_000);
    expect(facts.acked).toHaveLength(60);
    expect(facts.sent.map((s) => s.ordinal)).toEqual(Array.from({ length: 61 }, (_, i) => i));
  });

  test('stop sends what is left and ends the process; start goes on with the next record', () => {
    const w = world([['linger.ms', '500']], { workload: { ratePerSecond: 10, startUs: 1_000_000 } });
    runTo(w, 1_250_000);
    command(w, { do: 'producer.stop', producer: 'p1' });
    runTo(w, 2_000_000);
    expect(w.nodes[w.nodeById.get('p1')!]!.process).toBe('down');
    expect(facts.acked).toHaveLength(3);
    expect(command(w, sendVerb(1))).toBe('p1 is not running.');
    command(w, { do: 'producer.start', producer: 'p1' });
    runTo(w, 3_050_000);
    expect(facts.sent.map((s) => s.ordinal)).toEqual(Array.from({ length: 21 }, (_, i) => i));
    expect(batches().at(-1)!.records.producerId).toBe(1);
  });

  test('crash takes what was not sent; nothing of the old process is heard again', () => {
    const w = world([['linger.ms', '500']], { workload: { ratePerSecond: 10, startUs: 1_000_000, count: 5 } });
    runTo(w, 1_250_000);
    command(w, { do: 'producer.crash', producer: 'p1' });
    runTo(w, 5_000_000);
    expect(facts.sent).toHaveLength(3);
    expect(facts.acked).toEqual([]);
    expect(facts.failed).toEqual([]);
    command(w, { do: 'producer.start', producer: 'p1' });
    runTo(w, 10_000_000);
    expect(facts.acked.map((a) => a.ordinal)).toEqual([3, 4]);
  });

  test('a new configuration restarts the producer with it; a refused one leaves it as it is', () => {
    const w = world([], { workload: { ratePerSecond: 10, startUs: 1_000_000, count: 20 } });
    runTo(w, 1_950_000);
    expect(restartProducer(w, 0, [['acks', '7']])).not.toBeNull();
    expect(restartProducer(w, 0, [['acks', '0']])).toBeNull();
    runTo(w, 5_000_000);
    expect(ownProducer(w, 0).settings).toMatchObject({ acks: 0, enableIdempotence: false });
    expect(facts.acked).toHaveLength(20);
    expect(facts.acked.filter((a) => a.offset === -1)).toHaveLength(10);
  });

  test('setWorkloadLines changes the values from the next record on', () => {
    const w = world([], {
      workload: { ratePerSecond: 10, startUs: 1_000_000, count: 4, values: { kind: 'lines', lines: ['old'] } },
    });
    runTo(w, 1_150_000);
    setWorkloadLines(w, 0, ['new']);
    runTo(w, 3_000_000);
    expect(facts.sent.map((s) => s.record.value)).toEqual(['old', 'old', 'new', 'new']);
  });

  test('transactions are refused for now', () => {
    const w = world([]);
    expect(command(w, { do: 'producer.init', producer: 'p1' })).toBe('Transactions are not simulated yet.');
  });

  test('few wake events wait in the queue, whatever the traffic', () => {
    const w = world([], { workload: { ratePerSecond: 500, startUs: 0 } });
    runTo(w, 30_000_000);
    expect(w.queue.length).toBeLessThan(12);
  });
});
