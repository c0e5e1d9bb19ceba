import { describe, expect, test } from 'vitest';
import { errorCode } from '../../kafka/api/errors.ts';
import type { FetchRequest, FetchResponse } from '../../kafka/api/messages.ts';
import { topicConfig } from '../log/topic-config.ts';
import { appendAsLeader, truncateTo, updateHighWatermark } from '../log/unified-log.ts';
import type { Message } from '../net/message.ts';
import { respond } from '../net/network.ts';
import { TestCluster } from '../test-cluster.ts';
import { takeFetch } from './delayed-fetch.ts';
import { makeLeader } from './partition.ts';
import { fetcherOf } from './replica-fetcher.ts';

const FETCH = 1;
/** A batch for every record. */
const ONE = { acks: '1', 'batch.size': '0', 'linger.ms': '0' };

function append(c: TestCluster, broker: number, count: number): void {
  const r = c.ownReplica(broker);
  for (let i = 0; i < count; i++) appendAsLeader(c.world, r, c.batch(), topicConfig(c.world.controller.image, 't', []));
}

/** Fetches by follower 2, as its leader 1 got them. */
function fetches(
  c: TestCluster,
  follower: number,
  leader = 1,
): { atUs: number; body: FetchRequest; message: Message }[] {
  return c
    .delivered(FETCH, true, leader)
    .map(({ atUs, message }) => ({ atUs, message, body: message.body as FetchRequest }))
    .filter(({ body }) => body.replicaId === follower);
}

/** Answers the follower's waiting fetch in the leader's place. */
function answer(c: TestCluster, follower: number, patch: Partial<FetchResponse['responses'][number]>): void {
  const waiting = c.broker(1).delayedFetches.find((f) => (f.request.body as FetchRequest).replicaId === follower);
  if (waiting === undefined) throw new Error('no fetch waits');
  takeFetch(c.world, 1, waiting);
  const response: FetchResponse['responses'][number] = {
    topic: 't',
    index: 0,
    partition: 0,
    errorCode: 0,
    highWatermark: 0,
    lastStableOffset: 0,
    logStartOffset: 0,
    divergingEpoch: null,
    currentLeader: null,
    preferredReadReplica: -1,
    records: [],
    recordsSizeInBytes: 0,
    ...patch,
  };
  // It ends the session too: the leader does not know what was answered in its place.
  const body: FetchResponse = { errorCode: 0, sessionId: 0, responses: [response], errors: [] };
  respond(c.world, waiting.request, body, 100);
}

test('rule 13: an answer counts only if offset and epoch are still those of the request; a diverging one moves no watermark', () => {
  const c = new TestCluster({ producer: ONE });
  c.send().for(10).send().for(10).send().for(1300);
  expect(c.replica(2)).toMatchObject({ leo: 3, highWatermark: 3 });
  // Its end moves while the answer is under way: the answer is nothing any more.
  answer(c, 2, { highWatermark: 1 });
  truncateTo(c.world, c.ownReplica(2), 2);
  c.for(2);
  expect(c.replica(2).highWatermark).toBe(2);
  c.for(1500);
  answer(c, 2, { highWatermark: 1, divergingEpoch: { epoch: 0, endOffset: 2 } });
  c.for(2);
  expect(c.replica(2)).toMatchObject({ leo: 2, highWatermark: 2 });
});

describe('rule 12', () => {
  test('a follower’s high watermark is what the leader says, within its own log, and may go back', () => {
    const c = new TestCluster({ producer: ONE });
    c.send(3).for(1300);
    answer(c, 2, { highWatermark: 1 });
    c.for(2);
    expect(c.replica(2).highWatermark).toBe(1);
    c.for(1200);
    expect(c.replica(2).highWatermark).toBe(3);
    updateHighWatermark(c.ownReplica(2), 99);
    expect(c.replica(2).highWatermark).toBe(3);
    c.ownReplica(2).logStart = 2;
    updateHighWatermark(c.ownReplica(2), 0);
    expect(c.replica(2).highWatermark).toBe(2);
  });
});

describe('rule 14: where a follower begins', () => {
  test('at its end, with the epoch of its last batch', () => {
    const c = new TestCluster({ producer: ONE });
    c.send(3).for(1300);
    const last = fetches(c, 2).findLast(({ body }) => body.partitions.length > 0)?.body.partitions[0];
    expect(last).toMatchObject({ fetchOffset: 3, lastFetchedEpoch: 0, currentLeaderEpoch: 0 });
    expect(fetches(c, 2)[0]?.body.partitions[0]).toMatchObject({ fetchOffset: 0, lastFetchedEpoch: -1 });
  });

  test('a log without epochs is cut to its high watermark first', () => {
    const c = new TestCluster({ producer: ONE });
    c.send().for(10).send().for(10).send().for(6000).kill(2);
    const r = c.ownReplica(2);
    r.epochs = [];
    r.checkpointedHw = 2;
    c.start(2).until(() => c.replica(2).role === 'follower', 30_000);
    expect(c.replica(2)).toMatchObject({ leo: 2, highWatermark: 2 });
    c.until(() => c.replica(2).leo === 3);
  });
});

/** Broker 1 led and appended two records that nobody copied; broker 2 leads under a newer epoch and has appended others. */
function diverged(): TestCluster {
  const c = new TestCluster({ producer: ONE });
  c.send(3).for(1300).pause(1);
  append(c, 1, 2);
  c.until(() => c.replica(2).role === 'leader');
  append(c, 2, 4);
  return c;
}

describe('rule 16', () => {
  test('the follower cuts to where both logs agree and copies the rest', () => {
    const c = diverged();
    expect(c.replica(1).leo).toBe(5);
    expect(c.replica(2)).toMatchObject({ leo: 7, leaderEpoch: 1 });
    c.for(500).resume(1);
    c.until(() => c.replica(1).leo === 3);
    c.until(() => c.replica(1).leo === 7);
    expect(c.replica(1).epochs).toEqual(c.replica(2).epochs);
    expect(c.lines().some((l) => l.key === 'log.truncated')).toBe(true);
    c.until(() => c.partition().isr.length === 3);
  });

  test('a leader that appended nothing forgets its epoch when a newer one began at the same offset', () => {
    const c = new TestCluster({ producer: ONE });
    c.send(3).for(1300);
    // Broker 2 believes it has led epoch 7 without a record; broker 1 leads epoch 8 from the same offset on.
    c.ownReplica(2).epochs = [...c.replica(2).epochs, { epoch: 7, startOffset: 3 }];
    const p = c.partition();
    makeLeader(c.world, c.ownReplica(1), { ...p, leaderEpoch: 8, partitionEpoch: p.partitionEpoch + 1 });
    const b = c.ownBroker(2);
    b.image = { ...b.image };
    for (const follower of [2, 3]) {
      const f = fetcherOf(c.world, follower, 1);
      if (f === null) throw new Error('no fetcher');
      f.partitions = f.partitions.map((x) => ({ ...x, leaderEpoch: 8 }));
    }
    append(c, 1, 2);
    c.for(3000);
    expect(c.replica(2).leo).toBe(5);
    expect(c.replica(2).epochs).toEqual([
      { epoch: 0, startOffset: 0 },
      { epoch: 8, startOffset: 3 },
    ]);
  });
});

describe('rule 18: a follower out of range', () => {
  test('ends beyond its leader’s end: it cuts', () => {
    const c = new TestCluster({ producer: ONE });
    c.send(3).for(1300);
    c.ownReplica(2).epochs = [];
    append(c, 2, 2);
    c.ownReplica(2).epochs = [];
    expect(c.replica(2).leo).toBe(5);
    c.for(3000);
    expect(c.replica(2).leo).toBe(3);
  });

  test.each([
    ['at a batch', { 'batch.size': '0' }],
    ['inside of a batch (DeleteRecords)', { 'batch.size': '16384', 'linger.ms': '5' }],
  ])('ends before its leader’s start, %s: it throws its log away and begins there', (_, batching) => {
    const c = new TestCluster({ producer: { ...ONE, ...batching } });
    c.for(2100).kill(3).send(8).for(600);
    expect(c.replica(1).leo).toBe(8);
    c.ownReplica(1).logStart = 5;
    c.start(3);
    c.until(() => c.replica(3).leo === 8);
    c.for(1200);
    expect(c.replica(3)).toMatchObject({ logStart: 5, highWatermark: 8 });
    c.until(() => c.partition().isr.length === 3);
  });
});

test('rule 90: batches of a leader epoch above the one fetched with are left for the next fetch', () => {
  const c = new TestCluster({ producer: ONE });
  c.send(2).for(1300);
  const stored = { baseOffset: 2, lastOffset: 2, leaderEpoch: 0, batch: c.batch(), appendedUs: 0 };
  answer(c, 2, {
    highWatermark: 2,
    records: [stored, { ...stored, baseOffset: 3, lastOffset: 3, leaderEpoch: 1, batch: c.batch() }],
  });
  c.for(2);
  expect(c.replica(2).leo).toBe(3);
});

describe('rule 97', () => {
  test('fenced at its current epoch: no fetch until new metadata', () => {
    const c = new TestCluster({ producer: ONE });
    c.send(2).for(1300);
    answer(c, 2, { errorCode: errorCode('FENCED_LEADER_EPOCH') });
    c.for(5);
    const before = fetches(c, 2).length;
    c.send().for(4000);
    expect(fetches(c, 2)).toHaveLength(before);
    expect(c.replica(2).leo).toBe(2);
    // A new leader epoch begins it again.
    c.do({ do: 'partition.reassign', partition: 't-0', replicas: [2, 1, 3] }).for(100);
    c.kill(1);
    c.until(() => c.replica(2).role === 'leader' || fetches(c, 2, 3).length > 0);
  });

  test.each(['UNKNOWN_LEADER_EPOCH', 'NOT_LEADER_OR_FOLLOWER'] as const)(
    '%s: again after replica.fetch.backoff.ms',
    (name) => {
      const c = new TestCluster({ producer: ONE, config: { 'replica.fetch.backoff.ms': '700' } });
      c.send(2).for(1300);
      answer(c, 2, { errorCode: errorCode(name) });
      c.for(2);
      const before = fetches(c, 2).length;
      c.for(690);
      expect(fetches(c, 2)).toHaveLength(before);
      c.for(20);
      expect(fetches(c, 2)).toHaveLength(before + 1);
    },
  );
});
