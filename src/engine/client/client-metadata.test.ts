import { expect, test } from 'vitest';
import { retryBackoff } from '../../kafka/api/exponential-backoff.ts';
import type { MetadataResponse } from '../../kafka/api/messages.ts';
import {
  addTopic,
  applyResponse,
  bootstrapMetadata,
  buildRequest,
  type ClientMetadata,
  currentLeader,
  failedUpdate,
  findTopic,
  rebootstrap,
  requestUpdate,
  sawEpoch,
  updateDueUs,
  updateLeadership,
} from './client-metadata.ts';

const backoff = retryBackoff(100, 1000);
const HALF = 0.5;
const AGE_US = 300_000_000;

function answer(leader: number, leaderEpoch: number, errorCode = 0): MetadataResponse {
  return {
    brokers: [3, 1, 2].map((nodeId) => ({ nodeId, host: '', port: 0, rack: null })),
    controllerId: 1,
    topics: [
      {
        errorCode,
        name: 't',
        topicId: 1,
        partitions: [
          {
            errorCode: leader < 0 ? 5 : 0,
            partitionIndex: 0,
            partition: 4,
            leaderId: leader,
            leaderEpoch,
            replicaNodes: [],
            isrNodes: [],
            offlineReplicas: [],
          },
        ],
      },
    ],
    errors: [],
  };
}

function known(): ClientMetadata {
  const m = bootstrapMetadata([1, 2, 3]);
  addTopic(m, 't');
  applyResponse(m, answer(1, 2), 1_000_000, backoff, HALF);
  return m;
}

test('rule 110: leaders and epochs are monotonic, and a newer one is used at once', () => {
  const m = known();
  expect(currentLeader(m, 't', 0)).toEqual({ leader: 1, epoch: 2 });
  expect(updateLeadership(m, 't', 0, 3, 2)).toBe(false);
  expect(updateLeadership(m, 't', 0, 3, 3)).toBe(true);
  expect(currentLeader(m, 't', 0)).toEqual({ leader: 3, epoch: 3 });
  expect(applyResponse(m, answer(1, 2), 2_000_000, backoff, HALF)).toEqual([]);
  expect(currentLeader(m, 't', 0)).toEqual({ leader: 3, epoch: 3 });
  expect(applyResponse(m, answer(2, 4), 3_000_000, backoff, HALF)).toEqual([
    { partition: 4, leader: 2, leaderEpoch: 4 },
  ]);
});

test('an epoch seen elsewhere makes the known leader doubtful and asks for an update', () => {
  const m = known();
  expect(m.needFull).toBe(false);
  sawEpoch(m, 4, 5);
  expect(m.needFull).toBe(true);
  expect(currentLeader(m, 't', 0)).toEqual({ leader: -1, epoch: 5 });
});

test('updates keep their distance: after a success, longer while answers bring nothing new, after failures', () => {
  const m = known();
  requestUpdate(m);
  expect(updateDueUs(m, AGE_US, 1_000_000)).toBe(1_100_000);
  applyResponse(m, answer(1, 2), 2_000_000, backoff, HALF);
  applyResponse(m, answer(1, 2), 3_000_000, backoff, HALF);
  applyResponse(m, answer(1, 2), 4_000_000, backoff, HALF);
  requestUpdate(m);
  expect(updateDueUs(m, AGE_US, 4_000_000)).toBe(4_400_000);
  requestUpdate(m, true);
  expect(updateDueUs(m, AGE_US, 4_000_000)).toBe(4_100_000);
  failedUpdate(m, 5_000_000, backoff, HALF);
  failedUpdate(m, 5_000_000, backoff, HALF);
  expect(updateDueUs(m, AGE_US, 5_000_000)).toBe(5_200_000);
});

test('rule 110: without a reason the next update is metadata.max.age.ms after the last full one', () => {
  const m = known();
  expect(updateDueUs(m, AGE_US, 1_000_000)).toBe(301_000_000);
});

test('a new topic is asked about alone and at once; its answer leaves the others as they are', () => {
  const m = known();
  addTopic(m, 'u');
  expect(updateDueUs(m, AGE_US, 1_000_001)).toBe(0);
  const { request, partial } = buildRequest(m, AGE_US, 1_000_001);
  expect(request.topics).toEqual(['u']);
  m.inFlight = { connection: 0, correlationId: 0, requestVersion: m.requestVersion, partial };
  const body = answer(2, 0);
  applyResponse(
    m,
    { ...body, topics: [{ ...body.topics[0]!, name: 'u', topicId: 2, partitions: [] }] },
    1_010_000,
    backoff,
    HALF,
  );
  expect(m.topics.map((t) => t.name)).toEqual(['t', 'u']);
  expect(m.needPartial).toBe(false);
  expect(m.lastSuccessUs).toBe(1_000_000);
});

test('a partition without a leader, an unknown topic and an empty answer ask again', () => {
  const m = known();
  applyResponse(m, answer(-1, 3), 2_000_000, backoff, HALF);
  expect(m.needFull).toBe(true);
  expect(findTopic(m, 't')?.available).toEqual([]);
  applyResponse(m, answer(1, 3, 3), 3_000_000, backoff, HALF);
  expect(findTopic(m, 't')).toBeNull();
  const { version } = m;
  applyResponse(m, { ...answer(1, 3), brokers: [] }, 4_000_000, backoff, HALF);
  expect(m.version).toBe(version);
});

test('rebootstrap forgets topics and goes back to the first list of brokers; epochs stay', () => {
  const m = known();
  m.brokers = [2];
  rebootstrap(m, 5_000_000);
  expect(m.brokers).toEqual([1, 2, 3]);
  expect(findTopic(m, 't')).toBeNull();
  applyResponse(m, answer(2, 1), 6_000_000, backoff, HALF);
  expect(m.lastSeenEpochs[4]).toBe(2);
});
