import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fieldsOfRecords, makeBatch, recordOf } from '../../kafka/records/record-batch.ts';
import type { ResolvedConsumer } from '../../protocol/scenario.ts';
import { EPOCH_MS, type World } from '../kernel/world.ts';
import { closeAllOf } from '../net/sockets.ts';
import '../fault/consumer-crash.ts';
import '../fault/consumer-join.ts';
import '../fault/consumer-leave.ts';
import '../fault/consumer-pause.ts';
import '../fault/consumer-resume.ts';
import '../fault/consumer-seek.ts';
import { makeConsumer, ownConsumer, restartConsumer, startConsumer } from './consumer.ts';
import { facts, forgetFacts } from './test-facts.ts';
import { cluster, command, lines, runTo, setBroker, type TestOptions, testWorld } from './test-world.ts';

vi.mock('../ledger/facts.ts', () => import('./test-facts.ts'));

beforeEach(forgetFacts);

const EARLIEST = ['auto.offset.reset', 'earliest'] as const;

function world(consumer: Partial<ResolvedConsumer>, options: Omit<TestOptions, 'consumer'> = {}): World {
  const w = testWorld({ ...options, consumer });
  w.consumers.push(makeConsumer(w, w.scenario.consumers[0]!, w.nodeById.get('c1')!));
  return w;
}

let nextOrdinal = 0;

/** Appends a batch of records as partition's leader would. */
function log(partition: number, records: number, leaderEpoch = 0, timestampMs = EPOCH_MS): void {
  const list = cluster.logs[partition]!;
  const baseOffset = list.length === 0 ? 0 : list.at(-1)!.lastOffset + 1;
  const batch = makeBatch(
    fieldsOfRecords(
      Array.from({ length: records }, () => recordOf(timestampMs, null, 'v', nextOrdinal++)),
      { producer: 0 },
    ),
  );
  list.push({ baseOffset, lastOffset: baseOffset + records - 1, leaderEpoch, batch, appendedUs: 0 });
}

beforeEach(() => {
  nextOrdinal = 0;
});

const position = (w: World, name = 't-0') => w.consumers[0]!.partitions.find((p) => p.name === name)!;
const ordinals = () => facts.delivered.map((d) => d.ordinal);

describe('positions', () => {
  test('auto.offset.reset: earliest, latest and by_duration ask ListOffsets; none is NoOffsetForPartitionException', () => {
    const run = (policy: string): { read: number[]; offset: number; timestamp: number | undefined } => {
      forgetFacts();
      nextOrdinal = 0;
      const w = world({ config: [['auto.offset.reset', policy]] });
      log(0, 5, 0, EPOCH_MS - 7_200_000);
      log(0, 5);
      startConsumer(w, 0);
      runTo(w, 5_000_000);
      return { read: ordinals(), offset: position(w).offset, timestamp: cluster.listed[0]?.timestamp };
    };
    expect(run('earliest')).toEqual({ read: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], offset: 10, timestamp: -2 });
    expect(run('latest')).toEqual({ read: [], offset: 10, timestamp: -1 });
    expect(run('by_duration:PT1H')).toMatchObject({ read: [5, 6, 7, 8, 9], offset: 10 });
    expect(run('none').read).toEqual([]);
    expect(facts.errors).toEqual(['NoOffsetForPartitionException']);
  });

  test('OFFSET_NOT_AVAILABLE and the like are asked again after retry.backoff.ms', () => {
    const w = world({ config: [EARLIEST] });
    cluster.listErrors = [78, 6, 74];
    log(0, 1);
    startConsumer(w, 0);
    runTo(w, 2_000_000);
    expect(cluster.listed).toHaveLength(4);
    const gaps = cluster.listed.slice(1).map((l, i) => l.atUs - cluster.listed[i]!.atUs);
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(100_000);
    expect(ordinals()).toEqual([0]);
  });

  test('OFFSET_OUT_OF_RANGE resets by the policy, or reaches the application', () => {
    const w = world({ config: [EARLIEST] });
    log(0, 4);
    startConsumer(w, 0);
    runTo(w, 1_000_000);
    cluster.logStart[0] = 2;
    command(w, { do: 'consumer.seek', consumer: 'c1', partition: 't-0', to: 1 });
    runTo(w, 3_000_000);
    expect(ordinals()).toEqual([0, 1, 2, 3, 2, 3]);
    expect(lines(w).filter((l) => l === 'log.consumer.reset')).toHaveLength(2);
    const strict = world({ config: [['auto.offset.reset', 'none']] });
    log(0, 4);
    startConsumer(strict, 0);
    command(strict, { do: 'consumer.seek', consumer: 'c1', partition: 't-0', to: 9 });
    runTo(strict, 1_000_000);
    expect(facts.errors).toEqual(['OffsetOutOfRangeException']);
    // Nobody caught it: the application is gone.
    expect(strict.nodes[strict.nodeById.get('c1')!]!.process).toBe('down');
  });

  test('seek: to an offset at once, to the beginning and the end by asking the leader', () => {
    const w = world({ config: [EARLIEST] });
    for (let i = 0; i < 5; i++) log(0, 2);
    startConsumer(w, 0);
    runTo(w, 1_000_000);
    forgetFacts();
    command(w, { do: 'consumer.seek', consumer: 'c1', partition: 't-0', to: 7 });
    runTo(w, 2_000_000);
    expect(ordinals()).toEqual([7, 8, 9]);
    command(w, { do: 'consumer.seek', consumer: 'c1', partition: 't-0', to: 'beginning' });
    runTo(w, 3_000_000);
    expect(ordinals()).toHaveLength(13);
    command(w, { do: 'consumer.seek', consumer: 'c1', partition: 't-0', to: 0 });
    command(w, { do: 'consumer.seek', consumer: 'c1', partition: 't-0', to: 'end' });
    runTo(w, 4_000_000);
    expect(ordinals()).toHaveLength(13);
    expect(command(w, { do: 'consumer.seek', consumer: 'c1', partition: 't-9', to: 0 })).toContain(
      'IllegalStateException',
    );
  });
});

describe('rule 86', () => {
  function moved(ends: (typeof cluster)['epochEnds']): World {
    const w = world({ config: [EARLIEST] });
    log(0, 4);
    log(0, 6);
    startConsumer(w, 0);
    runTo(w, 1_000_000);
    cluster.leaders[0] = { leader: 2, epoch: 1 };
    cluster.epochEnds = ends;
    runTo(w, 4_000_000);
    return w;
  }

  test('after a leader change the position is validated with its epoch before the next fetch', () => {
    const w = moved([]);
    expect(cluster.epochsAsked.map((e) => e.leaderEpoch)).toEqual([0]);
    expect(position(w)).toMatchObject({ fetchState: 'fetching', offset: 10, leader: 2, leaderEpoch: 1 });
    const fetchOfNewLeader = cluster.fetched.find((f) => f.broker === 2)!;
    expect(fetchOfNewLeader.atUs).toBeGreaterThanOrEqual(cluster.epochsAsked[0]!.atUs);
    expect(facts.errors).toEqual([]);
  });

  test('an end below the position: with a policy it goes on there', () => {
    const w = moved([{ errorCode: 0, leaderEpoch: 0, endOffset: 7 }]);
    expect(lines(w)).toContain('log.consumer.truncated');
    // 7, 8, 9 are read once more
    expect(ordinals().slice(10)).toEqual([7, 8, 9]);
  });

  test('no end known: reset by the policy', () => {
    const w = moved([{ errorCode: 0, leaderEpoch: -1, endOffset: -1 }]);
    expect(lines(w).filter((l) => l === 'log.consumer.reset')).toHaveLength(2);
    expect(ordinals()).toHaveLength(20);
  });

  test('errors of the question are asked again', () => {
    const w = moved([
      { errorCode: 75, leaderEpoch: -1, endOffset: -1 },
      { errorCode: 0, leaderEpoch: 0, endOffset: 10 },
    ]);
    expect(cluster.epochsAsked).toHaveLength(2);
    expect(position(w).fetchState).toBe('fetching');
  });

  test('without a policy it is one LogTruncationException', () => {
    const w = world({ config: [['auto.offset.reset', 'earliest']] });
    log(0, 10);
    startConsumer(w, 0);
    runTo(w, 1_000_000);
    const c = ownConsumer(w, 0);
    c.settings = { ...c.settings, autoOffsetReset: { kind: 'none' } };
    cluster.leaders[0] = { leader: 2, epoch: 1 };
    cluster.epochEnds = [{ errorCode: 0, leaderEpoch: 0, endOffset: 7 }];
    runTo(w, 4_000_000);
    expect(facts.errors).toEqual(['LogTruncationException']);
    expect(lines(w)).toContain('log.consumer.truncation-error');
  });
});

describe('fetching', () => {
  test('one fetch in flight for each leader, with the limits of the configuration; a long poll waits at the broker', () => {
    const w = world(
      {
        config: [
          EARLIEST,
          ['fetch.max.bytes', '1000'],
          ['fetch.max.wait.ms', '300'],
          ['fetch.min.bytes', '7'],
          ['max.partition.fetch.bytes', '500'],
          ['isolation.level', 'read_committed'],
        ].sort((a, b) => (a[0]! < b[0]! ? -1 : 1)) as [string, string][],
      },
      { partitions: 3 },
    );
    cluster.leaders = [1, 1, 2].map((leader) => ({ leader, epoch: 0 }));
    startConsumer(w, 0);
    runTo(w, 2_000_000);
    expect(cluster.fetched[0]!.request).toMatchObject({
      replicaId: -1,
      maxBytes: 1000,
      maxWaitMs: 300,
      minBytes: 7,
      isolationLevel: 1,
    });
    const first = cluster.fetched.filter((f) => f.broker === 1);
    expect(first.slice(1).every((f, i) => f.atUs - first[i]!.atUs >= 302_000 || i === 0)).toBe(true);
    expect(
      first
        .at(-1)!
        .request.partitions.map((p) => p.index)
        .sort(),
    ).toEqual([0, 1]);
    expect(first[0]!.request.partitions[0]!.partitionMaxBytes).toBe(500);
  });

  test('the next fetch leaves when poll has taken what was buffered, before the application works on it', () => {
    const w = world({ config: [EARLIEST, ['max.poll.records', '4']], processUs: 10_000 });
    log(0, 6);
    startConsumer(w, 0);
    runTo(w, 1_000_000);
    const done = facts.delivered.map((d) => d.atUs);
    expect(done).toHaveLength(6);
    const polled = done[0]! - 10_000;
    // Four records at once, then two: only the second poll empties the buffer and asks for more.
    expect(cluster.fetched.map((f) => f.atUs)[1]).toBe(polled + 40_000 + 1000);
    expect(done.map((t) => t - polled)).toEqual([10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
  });

  test('processing=thread polls on while its one worker is busy', () => {
    const w = world({ config: [EARLIEST, ['max.poll.records', '4']], processUs: 10_000, processing: 'thread' });
    log(0, 6);
    startConsumer(w, 0);
    runTo(w, 1_000_000);
    expect(cluster.fetched.length).toBeGreaterThan(2);
    expect(cluster.fetched[1]!.atUs).toBeLessThan(facts.delivered[0]!.atUs);
    expect(ordinals()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('rule 107: a classic consumer that works on a record reads no answers; group.protocol=consumer does', () => {
    const run = (protocol: string): number => {
      const w = world({ config: [EARLIEST, ['group.protocol', protocol]], processUs: 3_000_000 });
      log(0, 1);
      startConsumer(w, 0);
      runTo(w, 1_000_000);
      closeAllOf(w, w.brokerNode[1]!);
      runTo(w, 2_000_000);
      return cluster.metadataRequests.length;
    };
    expect(run('classic')).toBe(1);
    expect(run('consumer')).toBe(2);
  });

  test('NOT_LEADER_OR_FOLLOWER and FENCED_LEADER_EPOCH lead to the new leader', () => {
    for (const named of [true, false]) {
      forgetFacts();
      nextOrdinal = 0;
      const w = world({ config: [EARLIEST] });
      log(0, 2);
      startConsumer(w, 0);
      runTo(w, 1_000_000);
      cluster.nameLeader = named;
      cluster.leaders[0] = { leader: 2, epoch: 1 };
      log(0, 2, 1);
      runTo(w, 4_000_000);
      expect(ordinals()).toEqual([0, 1, 2, 3]);
      expect(lines(w)).toContain('log.consumer.learnt');
      cluster.leaders[0] = { leader: 2, epoch: 2 };
      log(0, 1, 2);
      runTo(w, 8_000_000);
      expect(ordinals()).toEqual([0, 1, 2, 3, 4]);
    }
  });

  test('a broker that dies and comes back is read from again', () => {
    const w = world({ config: [EARLIEST] });
    log(0, 1);
    startConsumer(w, 0);
    runTo(w, 1_000_000);
    closeAllOf(w, w.brokerNode[1]!);
    setBroker(w, 1, 'down');
    runTo(w, 5_000_000);
    log(0, 1);
    setBroker(w, 1, 'up');
    runTo(w, 10_000_000);
    expect(ordinals()).toEqual([0, 1]);
    expect(lines(w)).toContain('log.connection.lost');
    expect(w.queue.length).toBeLessThan(12);
  });

  test('on links without latency time goes on between fruitless fetches', () => {
    const w = world({ config: [EARLIEST, ['fetch.max.wait.ms', '0']] }, { latencyUs: 0 });
    startConsumer(w, 0);
    runTo(w, 100_000);
    expect(cluster.fetched.length).toBeLessThan(110);
    expect(cluster.fetched.length).toBeGreaterThan(90);
  });

  test('records at or above the position only, and whole batches are stepped over when they hold none', () => {
    const w = world({ config: [EARLIEST] });
    log(0, 5);
    log(0, 5);
    startConsumer(w, 0);
    command(w, { do: 'consumer.seek', consumer: 'c1', partition: 't-0', to: 3 });
    runTo(w, 1_000_000);
    expect(ordinals()).toEqual([3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('life', () => {
  test('pause holds the application inside its record, resume lets it go on', () => {
    const w = world({ config: [EARLIEST], processUs: 100_000 });
    log(0, 3);
    startConsumer(w, 0);
    runTo(w, 50_000);
    const startUs = w.consumers[0]!.doneAtUs - 100_000;
    command(w, { do: 'consumer.pause', consumer: 'c1', ms: 500 });
    runTo(w, 2_000_000);
    expect(facts.delivered.map((d) => d.atUs)).toEqual([startUs + 600_000, startUs + 700_000, startUs + 800_000]);
    command(w, { do: 'consumer.pause', consumer: 'c1', ms: null });
    log(0, 1);
    runTo(w, 5_000_000);
    expect(facts.delivered).toHaveLength(3);
    command(w, { do: 'consumer.resume', consumer: 'c1' });
    runTo(w, 6_000_000);
    expect(facts.delivered).toHaveLength(4);
    expect(command(w, { do: 'consumer.resume', consumer: 'c1' })).toBe('c1 is not paused.');
  });

  test('leave and join: a new process begins where its policy says; a crash stops what was under work', () => {
    const w = world({ config: [EARLIEST], processUs: 100_000 });
    log(0, 3);
    startConsumer(w, 0);
    runTo(w, 150_000);
    command(w, { do: 'consumer.crash', consumer: 'c1' });
    runTo(w, 1_000_000);
    expect(ordinals()).toEqual([0]);
    expect(command(w, { do: 'consumer.leave', consumer: 'c1' })).toBe('c1 is not running.');
    command(w, { do: 'consumer.join', consumer: 'c1' });
    runTo(w, 2_000_000);
    expect(ordinals()).toEqual([0, 0, 1, 2]);
    expect(restartConsumer(w, 0, [['auto.offset.reset', 'latest']])).toBeNull();
    runTo(w, 3_000_000);
    expect(ordinals()).toHaveLength(4);
    expect(position(w).offset).toBe(3);
  });

  test('an assignor that is not one of Kafka’s own cannot run: the consumer stays idle and says so', () => {
    const config = [
      ['group.id', 'g'],
      ['partition.assignment.strategy', 'com.example.Mine'],
    ] as const;
    const w = world({ source: { kind: 'subscribe', topics: ['t'] }, config });
    startConsumer(w, 0);
    runTo(w, 1_000_000);
    expect(cluster.fetched).toEqual([]);
    expect(lines(w)).toEqual(['log.consumer.not-yet-assignor']);
  });
});
