import { describe, expect, test } from 'vitest';
import { errorForCode } from '../../kafka/api/errors.ts';
import { fetchRequestBytes, fetchResponseBytes } from '../../kafka/api/fetch-size.ts';
import type { FetchPartition, FetchRequest, FetchResponse } from '../../kafka/api/messages.ts';
import { adminRequest } from '../fault/admin.ts';
import { incrementLogStart } from '../log/retention.ts';
import { topicConfig } from '../log/topic-config.ts';
import { appendAsLeader, updateHighWatermark } from '../log/unified-log.ts';
import type { Message } from '../net/message.ts';
import { type ClusterOptions, TestCluster } from '../test-cluster.ts';
import { tryCompleteFetches } from './delayed-operations.ts';
import { readAll } from './fetch-read.ts';
import { lastCaughtUpTimeUs } from './follower-times.ts';

const FETCH = 1;

/** A cluster whose followers are cut off: what the test asks is all that is asked. */
function alone(options: ClusterOptions = {}): TestCluster {
  const c = new TestCluster({ partitions: 3, ...options });
  return c.cut([1], [2, 3]).for(10);
}

function append(c: TestCluster, partition: number, count = 1, committed = true): void {
  const r = c.ownReplica(1, partition);
  const config = topicConfig(c.world.controller.image, 't', []);
  for (let i = 0; i < count; i++) appendAsLeader(c.world, r, c.batch(), config);
  if (committed) updateHighWatermark(r, r.leo);
  tryCompleteFetches(c.world, 1, partition, true, true);
}

function at(index: number, fetchOffset = 0, more: Partial<FetchPartition> = {}): FetchPartition {
  return {
    topic: 't',
    index,
    partition: index,
    currentLeaderEpoch: -1,
    fetchOffset,
    lastFetchedEpoch: -1,
    logStartOffset: -1,
    partitionMaxBytes: 1_000_000,
    ...more,
  };
}

function body(sessionId: number, sessionEpoch: number, more: Partial<FetchRequest> = {}): FetchRequest {
  return {
    replicaId: -1,
    replicaEpoch: -1,
    maxWaitMs: 0,
    minBytes: 1,
    maxBytes: 10_000_000,
    isolationLevel: 0,
    rackId: '',
    sessionId,
    sessionEpoch,
    partitions: [],
    forgottenTopicsData: [],
    ...more,
  };
}

function ask(c: TestCluster, sessionId: number, sessionEpoch: number, more: Partial<FetchRequest> = {}): FetchResponse {
  return c.ask<FetchResponse>(1, FETCH, body(sessionId, sessionEpoch, more));
}

function told(answer: FetchResponse): number[] {
  return answer.responses.map((p) => p.index);
}

function nameOf(answer: FetchResponse): string {
  return errorForCode(answer.errorCode).name;
}

/** A session over all three partitions, from their ends. */
function session(c: TestCluster): number {
  const ends = [0, 1, 2].map((i) => at(i, c.replica(1, i).leo));
  const answer = ask(c, 0, 0, { partitions: ends });
  expect(told(answer)).toEqual([0, 1, 2]);
  expect(answer.sessionId).toBeGreaterThan(0);
  return answer.sessionId;
}

describe('rule 28: what an incremental fetch leaves out', () => {
  test('a partition without records, with the same high watermark and log start; each difference brings it back once', () => {
    const c = alone();
    append(c, 1, 3);
    const id = session(c);
    expect(told(ask(c, id, 1))).toEqual([]);
    append(c, 1);
    const [news] = ask(c, id, 2).responses;
    expect(news).toMatchObject({ index: 1, highWatermark: 4 });
    expect(news?.records).toHaveLength(1);
    // It has not moved its offset: the records come again until it does.
    expect(told(ask(c, id, 3))).toEqual([1]);
    expect(told(ask(c, id, 4, { partitions: [at(1, 4)] }))).toEqual([]);
    append(c, 1, 1, false);
    expect(told(ask(c, id, 5))).toEqual([]);
    updateHighWatermark(c.ownReplica(1, 1), 5);
    expect(told(ask(c, id, 6, { partitions: [at(1, 5)] }))).toEqual([1]);
    expect(told(ask(c, id, 7))).toEqual([]);
    incrementLogStart(c.ownReplica(1, 1), 2);
    expect(ask(c, id, 8).responses).toMatchObject([{ index: 1, records: [], logStartOffset: 2 }]);
    expect(told(ask(c, id, 9))).toEqual([]);
  });

  test('an error is told every time, and the partition once more when it is gone', () => {
    const c = alone();
    const id = session(c);
    const r = c.ownReplica(1, 2);
    r.role = 'follower';
    for (const epoch of [1, 2]) {
      const answer = ask(c, id, epoch);
      expect(told(answer)).toEqual([2]);
      expect(errorForCode(answer.responses[0]?.errorCode ?? 0).name).toBe('NOT_LEADER_OR_FOLLOWER');
      expect(answer.errorCode).toBe(0);
    }
    c.ownReplica(1, 2).role = 'leader';
    expect(told(ask(c, id, 3))).toEqual([2]);
    expect(told(ask(c, id, 4))).toEqual([]);
  });

  test('a divergence is told', () => {
    const c = alone();
    append(c, 0, 4);
    c.ownReplica(1, 0).epochs = [
      { epoch: 0, startOffset: 0 },
      { epoch: 3, startOffset: 2 },
    ];
    const { sessionId } = ask(c, 0, 0, { partitions: [at(0, 4, { lastFetchedEpoch: 3 }), at(1)] });
    expect(told(ask(c, sessionId, 1))).toEqual([]);
    const answer = ask(c, sessionId, 2, { partitions: [at(0, 3, { lastFetchedEpoch: 0 })] });
    expect(answer.responses).toMatchObject([{ index: 0, divergingEpoch: { epoch: 0, endOffset: 2 } }]);
  });

  test('another epoch than the next is INVALID_FETCH_SESSION_EPOCH, an unknown session FETCH_SESSION_ID_NOT_FOUND; neither moves it', () => {
    const c = alone();
    const id = session(c);
    expect(nameOf(ask(c, id, 2))).toBe('INVALID_FETCH_SESSION_EPOCH');
    expect(nameOf(ask(c, id + 1, 1))).toBe('FETCH_SESSION_ID_NOT_FOUND');
    expect(ask(c, id + 1, 1).sessionId).toBe(0);
    expect(nameOf(ask(c, id, 1))).toBe('NONE');
    expect(nameOf(ask(c, id, 1))).toBe('INVALID_FETCH_SESSION_EPOCH');
  });

  test('partitions are added and forgotten; a session without any ends', () => {
    const c = alone();
    const { sessionId: id } = ask(c, 0, 0, { partitions: [at(0)] });
    expect(told(ask(c, id, 1, { partitions: [at(2)] }))).toEqual([2]);
    const gone = (index: number) => ({ topic: 't', index, partition: index });
    append(c, 0);
    append(c, 2);
    expect(told(ask(c, id, 2, { forgottenTopicsData: [gone(0)] }))).toEqual([2]);
    expect(ask(c, id, 3, { forgottenTopicsData: [gone(2)] })).toMatchObject({ sessionId: 0, responses: [] });
    expect(nameOf(ask(c, id, 4))).toBe('FETCH_SESSION_ID_NOT_FOUND');
    expect(c.broker(1).fetchWatchers.flat()).toHaveLength(
      c.broker(1).fetchSessions.flatMap((s) => s?.partitions ?? []).length,
    );
  });

  test('a full fetch ends the session that it names; epoch -1 wants no other', () => {
    const c = alone();
    const first = session(c);
    const second = ask(c, first, 0, { partitions: [at(0)] }).sessionId;
    expect(second).not.toBe(first);
    expect(nameOf(ask(c, first, 1))).toBe('FETCH_SESSION_ID_NOT_FOUND');
    expect(ask(c, second, -1)).toMatchObject({ sessionId: 0, errorCode: 0, responses: [] });
    expect(nameOf(ask(c, second, 1))).toBe('FETCH_SESSION_ID_NOT_FOUND');
  });

  test('a session ends with the broker’s process', () => {
    const c = alone();
    const id = session(c);
    c.heal().kill(1).for(500).start(1).for(15_000);
    expect(nameOf(ask(c, id, 1))).toBe('FETCH_SESSION_ID_NOT_FOUND');
  });
});

describe('the cache of sessions', () => {
  const slots = (count: number) => ({ config: { 'max.incremental.fetch.session.cache.slots': String(count) } });
  const full = (c: TestCluster, more: Partial<FetchRequest> = {}) =>
    ask(c, 0, 0, { partitions: [at(0)], ...more }).sessionId;

  test('eight parts take turns; fewer than eight slots are none', () => {
    expect(full(alone(slots(7)))).toBe(0);
    const c = alone(slots(8));
    const ids = Array.from({ length: 9 }, () => full(c));
    expect(ids.slice(0, 8).every((id) => id > 0)).toBe(true);
    // The ninth finds its part taken by one that was used just now and is worth as much.
    expect(ids[8]).toBe(0);
  });

  test('unused for two minutes, a session makes room', () => {
    const c = alone(slots(8));
    const ids = Array.from({ length: 8 }, () => full(c));
    c.for(119_000);
    expect(full(c)).toBe(0);
    c.for(2_000);
    for (let i = 0; i < 7; i++) full(c);
    expect(full(c)).toBeGreaterThan(0);
    expect(nameOf(ask(c, ids[1] as number, 1))).toBe('FETCH_SESSION_ID_NOT_FOUND');
  });

  test('a follower drives a consumer out, a consumer no follower', () => {
    const c = alone(slots(8));
    const ids = Array.from({ length: 8 }, () => full(c));
    const follower = full(c, { replicaId: 2, partitions: [at(0, 0, { currentLeaderEpoch: 0 })] });
    expect(follower).toBeGreaterThan(0);
    expect(nameOf(ask(c, ids[0] as number, 1))).toBe('FETCH_SESSION_ID_NOT_FOUND');
    for (let i = 0; i < 8; i++) expect(full(c)).toBe(0);
  });

  test('who was driven out begins anew with a full fetch and loses nothing', () => {
    const c = new TestCluster({
      consumers: [{ id: 'r', assign: ['t-0'], config: { 'auto.offset.reset': 'earliest' }, commit: 'none' }],
      producer: { acks: '1', 'linger.ms': '0' },
    });
    c.for(3000);
    const b = c.ownBroker(1);
    const theirs = b.fetchSessions.findIndex((s) => s !== null && s.replicaId < 0);
    expect(theirs).toBeGreaterThanOrEqual(0);
    const old = b.fetchSessions[theirs];
    b.fetchSessions[theirs] = old === null || old === undefined ? null : { ...old, id: old.id + 1 };
    c.send(3).for(2000);
    const errors = c
      .delivered(FETCH, false, 1)
      .filter(({ message }) => (message.body as FetchResponse).errorCode === 70);
    expect(errors).toHaveLength(1);
    expect(c.world.consumers[0]?.partitions[0]?.offset).toBe(3);
  });
});

describe('rule 26: how much an answer holds', () => {
  function sizes(c: TestCluster): number {
    append(c, 0, 3);
    append(c, 1, 3);
    append(c, 2, 1);
    return c.replica(1, 0).sizeBytes / 3;
  }

  test('it is cut at the limit, and the cut batch takes its bytes; the first batch of all comes whole; a later one that does not fit leaves its partition empty', () => {
    const c = alone();
    const one = sizes(c);
    const read = (maxBytes: number, partitionMaxBytes = 1_000_000) =>
      ask(c, 0, -1, {
        maxBytes,
        partitions: [at(0, 0, { partitionMaxBytes }), at(1, 0, { partitionMaxBytes })],
      }).responses.map((p) => [p.records.length, p.recordsSizeInBytes]);
    expect(read(10)).toEqual([
      [1, one],
      [0, 0],
    ]);
    expect(read(10 * one)).toEqual([
      [3, 3 * one],
      [3, 3 * one],
    ]);
    expect(read(2 * one + 5)).toEqual([
      [2, 2 * one + 5],
      [0, 0],
    ]);
    expect(read(4 * one + 5)).toEqual([
      [3, 3 * one],
      [1, one + 5],
    ]);
    expect(read(10 * one, 10)).toEqual([
      [1, one],
      [0, 0],
    ]);
    expect(read(10 * one, one + 1)).toEqual([
      [1, one + 1],
      [1, one + 1],
    ]);
  });

  test('it begins with the batch that contains the offset', () => {
    const c = alone();
    const r = c.ownReplica(1);
    const config = topicConfig(c.world.controller.image, 't', []);
    for (let i = 0; i < 2; i++) appendAsLeader(c.world, r, c.batch(3), config);
    updateHighWatermark(r, 6);
    expect(ask(c, 0, -1, { partitions: [at(0, 4)] }).responses[0]?.records.map((b) => b.baseOffset)).toEqual([3]);
  });

  test('fetch.max.bytes of the broker is a limit too', () => {
    const c = alone({ config: { 'fetch.max.bytes': '1024' } });
    append(c, 0, 40);
    const [p] = ask(c, 0, -1, { partitions: [at(0)] }).responses;
    expect(p?.recordsSizeInBytes).toBe(1024);
  });

  test('one read stays within a segment', () => {
    const c = alone();
    append(c, 0, 2);
    const r = c.ownReplica(1);
    r.segments = [{ base: 0, sizeBytes: 1, records: 2, largestTimestampMs: 0 }];
    r.active = { ...r.active, base: 2 };
    append(c, 0, 2);
    const read = (offset: number) => ask(c, 0, -1, { partitions: [at(0, offset)] }).responses[0]?.records.length;
    expect([read(0), read(1), read(2)]).toEqual([2, 1, 2]);
  });

  test('what gave records is read last next time, so that a small limit starves nobody', () => {
    const c = alone();
    const id = session(c);
    sizes(c);
    const order: number[] = [];
    const next = new Map<number, number>();
    for (let epoch = 1; epoch <= 6; epoch++) {
      const partitions = [...next].map(([index, offset]) => at(index, offset));
      next.clear();
      const answer = ask(c, id, epoch, { maxBytes: 10, partitions });
      for (const p of answer.responses) {
        if (p.records.length === 0) continue;
        order.push(p.index);
        next.set(p.index, (p.records.at(-1)?.lastOffset ?? 0) + 1);
      }
    }
    expect(order).toEqual([0, 1, 2, 0, 1, 0]);
  });
});

describe('rule 27: a long poll', () => {
  /** Sends a long poll and does not wait. Returns after how many ms it was answered; null: not yet. */
  function park(c: TestCluster, more: Partial<FetchRequest>): () => number | null {
    const id = session(c);
    const beginUs = c.world.nowUs;
    const answered = (m: Message) => !m.toServer && m.apiKey === FETCH && m.to === c.world.adminNode;
    adminRequest(c.world, FETCH, body(id, 1, { maxWaitMs: 5000, ...more }), c.world.nodeById.get('1'));
    return () => {
      const answer = c.traffic.find(({ atUs, message }) => atUs > beginUs && answered(message));
      return answer === undefined ? null : (answer.atUs - beginUs) / 1000;
    };
  }

  test('waits for its time when nothing comes', () => {
    const c = alone();
    const ended = park(c, {});
    c.for(4900);
    expect(ended()).toBeNull();
    c.for(200);
    expect(ended()).toBeGreaterThanOrEqual(5000);
  });

  test('ends with the first bytes, or when there are as many as asked for in all its partitions together', () => {
    const c = alone();
    const ended = park(c, {});
    c.for(1000);
    append(c, 1);
    expect(c.for(5) && ended()).toBeLessThan(1100);
    const d = alone();
    append(d, 0);
    const one = d.replica(1).sizeBytes;
    const late = park(d, { minBytes: 2 * one });
    d.for(1000);
    append(d, 1);
    d.for(1000);
    expect(late()).toBeNull();
    append(d, 2);
    expect(d.for(5) && late()).toBeLessThan(2100);
  });

  test('ends at once with an error in one of its partitions', () => {
    const c = alone();
    const ended = park(c, {});
    c.for(1000);
    c.ownReplica(1, 2).role = 'follower';
    tryCompleteFetches(c.world, 1, 2, true, true);
    expect(c.for(5) && ended()).toBeLessThan(1100);
  });

  test('ends when what it waits behind has become an older segment, however few bytes there are', () => {
    const c = alone();
    const ended = park(c, { minBytes: 1_000_000 });
    c.for(1000);
    append(c, 0);
    c.for(1000);
    expect(ended()).toBeNull();
    const r = c.ownReplica(1);
    r.segments = [{ base: 0, sizeBytes: 1, records: 1, largestTimestampMs: 0 }];
    r.active = { ...r.active, base: 1 };
    append(c, 0);
    expect(c.for(5) && ended()).toBeLessThan(2100);
  });
});

describe('what nobody touches costs nothing', () => {
  test('a follower names no idle partition and its leader reads none; both know when it was last caught up', () => {
    const c = new TestCluster({ partitions: 100, config: { 'replica.fetch.wait.max.ms': '100' } });
    c.for(2000);
    const requests = c
      .delivered(FETCH, true, 1)
      .filter(({ message }) => (message.body as FetchRequest).replicaId === 2);
    const named = requests.map(({ message }) => (message.body as FetchRequest).partitions.length);
    expect(named.slice(0, 2).reduce((sum, n) => sum + n, 0)).toBe(100);
    expect(named.slice(2).every((n) => n === 0)).toBe(true);
    const last = requests.at(-1)?.message;
    expect(last?.body).toMatchObject({ partitions: [], forgottenTopicsData: [] });
    expect(last?.sizeBytes).toBe(4 + 8 + 2 + 18 + 1 + 21 + 1 + 1 + 1 + 1 + 15);
    const slot = c.broker(1).fetchSessions.findIndex((s) => s?.replicaId === 2);
    expect(readAll(c.world, 1, last?.body as FetchRequest, slot)).toEqual([]);
    const answers = c.delivered(FETCH, false, 1).filter(({ message }) => message.to === c.world.brokerNode[2]);
    expect(answers.at(-1)?.message.sizeBytes).toBe(21);
    const remote = c.replica(1, 77).remotes[0];
    expect(remote).toMatchObject({ brokerId: 2, current: true });
    if (remote !== undefined) expect(c.world.nowUs - lastCaughtUpTimeUs(c.broker(1), remote)).toBeLessThan(110_000);
    // A slow follower is not taken for a dead one: it stays in the in-sync set through a long quiet time.
    c.for(40_000);
    expect(c.partition(77).isr).toEqual([1, 2, 3]);
  });

  test('a follower that stops is put out of the in-sync set of the partitions that move, replica.lag.time.max.ms after its last fetch', () => {
    const c = new TestCluster({
      partitions: 2,
      config: { 'replica.lag.time.max.ms': '5000', 'broker.session.timeout.ms': '60000' },
      producer: { acks: '1', 'linger.ms': '0' },
    });
    c.for(10_000).pause(3).for(1000).send().for(10);
    const stoppedMs = c.nowMs - 1000;
    c.until(() => c.partition(0).isr.length === 2);
    expect(c.nowMs - stoppedMs).toBeGreaterThan(4000);
    expect(c.nowMs - stoppedMs).toBeLessThan(8600);
    expect(c.partition(1).isr).toEqual([1, 2, 3]);
  });
});

test('sizes are those of Kafka’s version 17: what a partition adds to request and answer', () => {
  const none = fetchRequestBytes(body(0, 0), 10);
  expect(none).toBe(4 + 2 + 2 + 4 + 2 + 10 + 1 + 4 + 4 + 4 + 1 + 4 + 4 + 1 + 1 + 1 + 1);
  expect(fetchRequestBytes(body(0, 0, { partitions: [at(0)] }), 10) - none).toBe(16 + 1 + 33 + 1);
  expect(fetchRequestBytes(body(0, 0, { partitions: [at(0), at(1)] }), 10) - none).toBe(16 + 1 + 66 + 1);
  expect(fetchRequestBytes(body(0, 0, { forgottenTopicsData: [at(0)] }), 10) - none).toBe(16 + 1 + 4 + 1);
  const c = alone();
  append(c, 0);
  const answer = ask(c, 0, -1, { partitions: [at(0), at(1)] });
  const records = c.replica(1).sizeBytes;
  expect(fetchResponseBytes({ responses: [] })).toBe(21);
  expect(fetchResponseBytes(answer)).toBe(21 + 16 + 1 + 1 + 2 * 37 + records);
});
