import { describe, expect, test } from 'vitest';
import { errorForCode } from '../../kafka/api/errors.ts';
import type {
  FetchPartitionResponse,
  FetchRequest,
  FetchResponse,
  ListOffsetsResponse,
} from '../../kafka/api/messages.ts';
import { topicConfig } from '../log/topic-config.ts';
import { appendAsLeader, updateHighWatermark } from '../log/unified-log.ts';
import { TestCluster } from '../test-cluster.ts';

const FETCH = 1;
const LIST_OFFSETS = 2;

function request(
  fields: Partial<FetchRequest['partitions'][number]> = {},
  rest: Partial<FetchRequest> = {},
): FetchRequest {
  const partition = {
    topic: 't',
    index: 0,
    partition: 0,
    currentLeaderEpoch: -1,
    fetchOffset: 0,
    lastFetchedEpoch: -1,
    logStartOffset: 0,
    partitionMaxBytes: 1_000_000,
    ...fields,
  };
  return {
    replicaId: -1,
    replicaEpoch: -1,
    maxWaitMs: 0,
    minBytes: 1,
    maxBytes: 10_000_000,
    isolationLevel: 0,
    rackId: '',
    sessionId: 0,
    sessionEpoch: -1,
    partitions: [partition],
    forgottenTopicsData: [],
    ...rest,
  };
}

function fetch(
  c: TestCluster,
  broker: number,
  fields: Partial<FetchRequest['partitions'][number]> = {},
  rest: Partial<FetchRequest> = {},
): FetchPartitionResponse {
  return c.ask<FetchResponse>(broker, FETCH, request(fields, rest)).responses[0] as FetchPartitionResponse;
}

function nameOf(code: number): string {
  return errorForCode(code).name;
}

/** Batches of one record in the log of a leader that nobody follows for now. */
function filled(count: number): TestCluster {
  const c = new TestCluster();
  c.cut([1], [2, 3]).for(10);
  const r = c.ownReplica(1);
  const config = topicConfig(c.world.controller.image, 't', []);
  for (let i = 0; i < count; i++) appendAsLeader(c.world, r, c.batch(), config);
  return c;
}

describe('rule 11: a follower’s high watermark lags', () => {
  test('an answer at once carries the one from before; one that waited, that of its end; an advance ends no wait', () => {
    const c = new TestCluster({ producer: { acks: '1', 'linger.ms': '0' } });
    c.for(1200).send().for(20);
    // The record is with both followers and committed on the leader; the fetches that brought it there told 0.
    expect(c.replica(1).highWatermark).toBe(1);
    expect([c.replica(2).highWatermark, c.replica(3).highWatermark]).toEqual([0, 0]);
    const sentMs = c.nowMs;
    c.until(() => c.replica(2).highWatermark === 1);
    // Only the end of the wait (replica.fetch.wait.max.ms) tells them.
    expect(c.nowMs - sentMs).toBeGreaterThan(450);
    expect(c.nowMs - sentMs).toBeLessThan(510);
  });
});

describe('rule 14: divergence', () => {
  test('an epoch that ends earlier here, or that is not known here, is told with its end', () => {
    const c = filled(6);
    const r = c.ownReplica(1);
    r.epochs = [
      { epoch: 0, startOffset: 0 },
      { epoch: 3, startOffset: 4 },
    ];
    expect(fetch(c, 1, { fetchOffset: 5, lastFetchedEpoch: 0 }, {}).divergingEpoch).toEqual({ epoch: 0, endOffset: 4 });
    expect(fetch(c, 1, { fetchOffset: 4, lastFetchedEpoch: 2 }, {}).divergingEpoch).toEqual({ epoch: 0, endOffset: 4 });
    expect(fetch(c, 1, { fetchOffset: 4, lastFetchedEpoch: 0 }, {}).divergingEpoch).toBeNull();
    expect(fetch(c, 1, { fetchOffset: 6, lastFetchedEpoch: 3 }, {}).divergingEpoch).toBeNull();
    // Rule 15: above the latest epoch there is no end to tell.
    expect(nameOf(fetch(c, 1, { fetchOffset: 6, lastFetchedEpoch: 4 }).errorCode)).toBe('OFFSET_OUT_OF_RANGE');
  });
});

test('rule 19: an older leader epoch is fenced, a newer one is unknown', () => {
  const c = new TestCluster();
  c.for(100);
  c.ownReplica(1).leaderEpoch = 5;
  expect(nameOf(fetch(c, 1, { currentLeaderEpoch: 4 }).errorCode)).toBe('FENCED_LEADER_EPOCH');
  expect(nameOf(fetch(c, 1, { currentLeaderEpoch: 6 }).errorCode)).toBe('UNKNOWN_LEADER_EPOCH');
  expect(nameOf(fetch(c, 1, { currentLeaderEpoch: 5 }).errorCode)).toBe('NONE');
  const listed = c.ask<ListOffsetsResponse>(1, LIST_OFFSETS, {
    replicaId: -1,
    isolationLevel: 0,
    partitions: [{ topic: 't', index: 0, partition: 0, currentLeaderEpoch: 4, timestamp: -2 }],
  });
  expect(nameOf(listed.partitions[0]?.errorCode ?? 0)).toBe('FENCED_LEADER_EPOCH');
});

describe('rule 20: a new leader does not know yet what is committed', () => {
  function list(c: TestCluster, timestamp: number): ListOffsetsResponse['partitions'][number] {
    const body = {
      replicaId: -1,
      isolationLevel: 0,
      partitions: [{ topic: 't', index: 0, partition: 0, currentLeaderEpoch: -1, timestamp }],
    };
    return c.ask<ListOffsetsResponse>(1, LIST_OFFSETS, body).partitions[0] as ListOffsetsResponse['partitions'][number];
  }
  test('latest and a fruitless search wait for the high watermark to reach its epoch; earliest is always answered', () => {
    const c = filled(3);
    const r = c.ownReplica(1);
    r.leaderEpochStart = 3;
    expect(nameOf(list(c, -1).errorCode)).toBe('OFFSET_NOT_AVAILABLE');
    expect(nameOf(list(c, 9e15).errorCode)).toBe('OFFSET_NOT_AVAILABLE');
    expect(list(c, -2)).toMatchObject({ errorCode: 0, offset: 0 });
    updateHighWatermark(c.ownReplica(1), 3);
    expect(list(c, -1)).toMatchObject({ errorCode: 0, offset: 3 });
    expect(list(c, 9e15)).toMatchObject({ errorCode: 0, offset: -1 });
    expect(list(c, 0)).toMatchObject({ errorCode: 0, offset: 0 });
  });
});

describe('rule 25: what consumers read', () => {
  test('below the high watermark; up to the end nothing; outside of the log an error', () => {
    const c = filled(6);
    updateHighWatermark(c.ownReplica(1), 4);
    c.ownReplica(1).logStart = 1;
    const offsets = (from: number): number[] => fetch(c, 1, { fetchOffset: from }).records.map((b) => b.baseOffset);
    expect(offsets(1)).toEqual([1, 2, 3]);
    expect(offsets(4)).toEqual([]);
    expect(fetch(c, 1, { fetchOffset: 6 })).toMatchObject({ errorCode: 0, records: [], highWatermark: 4 });
    expect(nameOf(fetch(c, 1, { fetchOffset: 7 }).errorCode)).toBe('OFFSET_OUT_OF_RANGE');
    expect(nameOf(fetch(c, 1, { fetchOffset: 0 }).errorCode)).toBe('OFFSET_OUT_OF_RANGE');
  });
  test('a follower reads to the end', () => {
    const c = filled(6);
    const answer = fetch(c, 1, { fetchOffset: 0, currentLeaderEpoch: 0 }, { replicaId: 2 });
    expect(answer.records).toHaveLength(6);
    expect(answer.highWatermark).toBe(0);
  });
});

test('rule 29: who does not lead, and who fences, says who leads', () => {
  const c = new TestCluster();
  c.for(100);
  expect(fetch(c, 2)).toMatchObject({ currentLeader: { leaderId: 1, leaderEpoch: 0 } });
  expect(nameOf(fetch(c, 2).errorCode)).toBe('NOT_LEADER_OR_FOLLOWER');
  c.ownReplica(1).leaderEpoch = 5;
  expect(fetch(c, 1, { currentLeaderEpoch: 4 }).currentLeader).toEqual({ leaderId: 1, leaderEpoch: 0 });
  expect(fetch(c, 1, { currentLeaderEpoch: 6 }).currentLeader).toBeNull();
});
