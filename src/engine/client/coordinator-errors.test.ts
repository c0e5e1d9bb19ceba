/**
 * Every error that a group's coordinator can answer with, API by API, and what the member does (Kafka: the response handlers of
 * AbstractCoordinator and ConsumerCoordinator, 4.3.1). The answer is changed on its way; everything else is the real cluster.
 */
import { describe, expect, test } from 'vitest';
import { type ErrorName, errorCode } from '../../kafka/api/errors.ts';
import type { JoinGroupRequest } from '../../kafka/api/messages-group.ts';
import { EventKind } from '../kernel/event.ts';
import { groupTotals } from '../ledger/group-facts.ts';
import type { Message } from '../net/message.ts';
import type { TestCluster } from '../test-cluster.ts';
import { Api, calls, consumerOf, groupCluster, member, membershipOf, settle, told } from './test-group.ts';

/** The next answer of this API to the member says `body` instead. Returns when that has arrived. */
function answerWith(k: TestCluster, apiKey: number, body: (sent: never) => unknown, skip = 0): void {
  const node = k.world.nodeById.get('a');
  let left = skip;
  let last = -1;
  k.until(() => {
    const next = k.world.queue[0];
    const message = next?.kind === EventKind.Deliver ? next.message : null;
    if (message == null || message.apiKey !== apiKey || message.toServer || message.to !== node) return false;
    if (message.id === last) return false;
    last = message.id;
    if (left > 0) {
      left -= 1;
      return false;
    }
    (message as { -readonly [P in keyof Message]: Message[P] }).body = body(message.body as never);
    return true;
  }, 60_000);
}

interface After {
  /** Thrown to the application, by poll() or by the call. */
  readonly exception?: string;
  /** The member id goes out with the next JoinGroup, or it is a new member. */
  readonly memberId?: 'kept' | 'reset';
  readonly coordinator?: 'kept' | 'lost';
  /** Whether it joins again, and how soon: at once (within two round trips) or after retry.backoff.ms. */
  readonly joins?: 'at once' | 'later' | 'no';
}

function check(k: TestCluster, sinceMs: number, memberId: string, expected: After): void {
  const lost = told(k, 'log.member.lost-coordinator').length > 0;
  if (expected.coordinator !== undefined) expect(lost ? 'lost' : 'kept').toBe(expected.coordinator);
  expect(groupTotals(k.world, 'g').errors.map(([name]) => name)).toEqual(
    expected.exception === undefined ? [] : [expected.exception],
  );
  const joins = calls<JoinGroupRequest>(k, 'a', Api.JOIN).filter((j) => j.atMs >= sinceMs);
  if (expected.joins !== undefined) {
    const [first] = joins;
    expect(first === undefined ? 'no' : first.atMs - sinceMs < 90 ? 'at once' : 'later').toBe(expected.joins);
  }
  if (expected.memberId !== undefined && joins[0] !== undefined)
    expect(joins[0].body.memberId === memberId ? 'kept' : 'reset').toBe(expected.memberId);
}

const quiet = { config: { 'enable.auto.commit': 'false' }, commit: 'none' as const };
const start = (): TestCluster => groupCluster([member('a', 500, quiet)]);

/** Fatal: poll() throws it, and the application closes. */
const fatal = (exception: string): After => ({ exception, joins: 'no' });

describe('JoinGroup', () => {
  test.each<[ErrorName, After]>([
    ['COORDINATOR_LOAD_IN_PROGRESS', { joins: 'later', memberId: 'kept', coordinator: 'kept' }],
    ['COORDINATOR_NOT_AVAILABLE', { joins: 'later', memberId: 'kept', coordinator: 'lost' }],
    ['NOT_COORDINATOR', { joins: 'later', memberId: 'kept', coordinator: 'lost' }],
    ['UNKNOWN_MEMBER_ID', { joins: 'at once', memberId: 'reset', coordinator: 'kept' }],
    ['REBALANCE_IN_PROGRESS', { joins: 'at once', memberId: 'kept', coordinator: 'kept' }],
    ['FENCED_INSTANCE_ID', fatal('FencedInstanceIdException')],
    ['INCONSISTENT_GROUP_PROTOCOL', fatal('InconsistentGroupProtocolException')],
    ['INVALID_SESSION_TIMEOUT', fatal('InvalidSessionTimeoutException')],
    ['INVALID_GROUP_ID', fatal('InvalidGroupIdException')],
    ['GROUP_AUTHORIZATION_FAILED', fatal('GroupAuthorizationException')],
    ['GROUP_MAX_SIZE_REACHED', fatal('GroupMaxSizeReachedException')],
    ['UNKNOWN_SERVER_ERROR', fatal('KafkaException')],
  ])('%s', (name, expected) => {
    const k = start();
    // The second answer: the first one hands out the member id.
    answerWith(k, Api.JOIN, (sent: object) => ({ ...sent, errorCode: errorCode(name), errors: [errorCode(name)] }), 1);
    const { memberId } = membershipOf(k, 'a');
    const sinceMs = k.nowMs;
    k.for(700);
    check(k, sinceMs, memberId, expected);
  });
});

describe('SyncGroup', () => {
  test.each<[ErrorName, After]>([
    ['REBALANCE_IN_PROGRESS', { joins: 'at once', memberId: 'kept', coordinator: 'kept' }],
    ['UNKNOWN_MEMBER_ID', { joins: 'at once', memberId: 'reset', coordinator: 'kept' }],
    ['ILLEGAL_GENERATION', { joins: 'at once', memberId: 'kept', coordinator: 'kept' }],
    ['COORDINATOR_NOT_AVAILABLE', { joins: 'later', memberId: 'kept', coordinator: 'lost' }],
    ['NOT_COORDINATOR', { joins: 'later', memberId: 'kept', coordinator: 'lost' }],
    ['FENCED_INSTANCE_ID', fatal('FencedInstanceIdException')],
    ['GROUP_AUTHORIZATION_FAILED', fatal('GroupAuthorizationException')],
    // Not expected here, not even "still loading".
    ['COORDINATOR_LOAD_IN_PROGRESS', fatal('KafkaException')],
    ['INCONSISTENT_GROUP_PROTOCOL', fatal('KafkaException')],
    ['UNKNOWN_SERVER_ERROR', fatal('KafkaException')],
  ])('%s', (name, expected) => {
    const k = start();
    answerWith(k, Api.SYNC, () => ({
      errorCode: errorCode(name),
      protocolType: null,
      protocolName: null,
      assignment: null,
      errors: [],
    }));
    const { memberId } = membershipOf(k, 'a');
    const sinceMs = k.nowMs;
    k.for(700);
    check(k, sinceMs, memberId, expected);
  });
});

describe('Heartbeat', () => {
  test.each<[ErrorName, After & { generation: number; lost: boolean }]>([
    ['NOT_COORDINATOR', { coordinator: 'lost', joins: 'no', generation: 1, lost: false }],
    ['COORDINATOR_NOT_AVAILABLE', { coordinator: 'lost', joins: 'no', generation: 1, lost: false }],
    ['REBALANCE_IN_PROGRESS', { coordinator: 'kept', joins: 'at once', memberId: 'kept', generation: 2, lost: false }],
    ['ILLEGAL_GENERATION', { coordinator: 'kept', joins: 'at once', memberId: 'kept', generation: 2, lost: true }],
    ['UNKNOWN_MEMBER_ID', { coordinator: 'kept', joins: 'at once', memberId: 'reset', generation: 1, lost: true }],
    // The heartbeat counts as failed, and the next one follows soon: nothing else.
    ['GROUP_AUTHORIZATION_FAILED', { coordinator: 'kept', joins: 'no', generation: 1, lost: false }],
    ['UNKNOWN_SERVER_ERROR', { coordinator: 'kept', joins: 'no', generation: 1, lost: false }],
  ])('%s', (name, { generation, lost, ...expected }) => {
    const k = settle(start(), 'a');
    answerWith(k, Api.HEARTBEAT, () => ({ errorCode: errorCode(name), errors: [] }));
    const { memberId } = membershipOf(k, 'a');
    const sinceMs = k.nowMs;
    k.for(900);
    check(k, sinceMs, memberId, expected);
    expect(told(k, 'log.member.lost').length).toBe(lost ? 1 : 0);
    if (expected.memberId !== 'reset' && !lost) expect(membershipOf(k, 'a').generation).toBe(generation);
    if (expected.joins === 'no' && expected.coordinator === 'kept')
      expect(calls(k, 'a', Api.HEARTBEAT).filter((h) => h.atMs > sinceMs).length).toBeGreaterThan(0);
  });

  test('FENCED_INSTANCE_ID: the next poll() throws it', () => {
    const k = settle(groupCluster([member('a', 500, { config: { 'group.instance.id': 'i' } })]), 'a');
    answerWith(k, Api.HEARTBEAT, () => ({ errorCode: errorCode('FENCED_INSTANCE_ID'), errors: [] }));
    k.for(900);
    expect(groupTotals(k.world, 'g').errors).toEqual([['FencedInstanceIdException', 1]]);
  });

  test('an error about a generation that it no longer has is ignored', () => {
    const k = settle(start(), 'a');
    answerWith(k, Api.HEARTBEAT, () => {
      membershipOf(k, 'a').generation = 7;
      return { errorCode: errorCode('UNKNOWN_MEMBER_ID'), errors: [] };
    });
    k.for(500);
    expect(told(k, 'log.member.lost')).toEqual([]);
  });
});

describe('OffsetCommit', () => {
  const commit = (name: ErrorName, prepare: (k: TestCluster) => void = () => {}): TestCluster => {
    const k = settle(start(), 'a');
    k.for(200).do({ do: 'consumer.commit', consumer: 'a' });
    answerWith(k, Api.COMMIT, (sent: { partitions: readonly object[] }) => {
      prepare(k);
      return { partitions: sent.partitions.map((p) => ({ ...p, errorCode: errorCode(name) })), errors: [] };
    });
    return k;
  };
  test.each<[ErrorName, After]>([
    ['REBALANCE_IN_PROGRESS', { exception: 'RebalanceInProgressException', joins: 'at once', memberId: 'kept' }],
    ['ILLEGAL_GENERATION', { exception: 'CommitFailedException', joins: 'at once', memberId: 'kept' }],
    ['UNKNOWN_MEMBER_ID', { exception: 'CommitFailedException', joins: 'at once', memberId: 'reset' }],
    ['FENCED_INSTANCE_ID', { exception: 'FencedInstanceIdException', joins: 'no' }],
    ['OFFSET_METADATA_TOO_LARGE', { exception: 'OffsetMetadataTooLarge', joins: 'no' }],
    ['INVALID_COMMIT_OFFSET_SIZE', { exception: 'InvalidCommitOffsetSizeException', joins: 'no' }],
    ['GROUP_AUTHORIZATION_FAILED', { exception: 'GroupAuthorizationException', joins: 'no' }],
    ['TOPIC_AUTHORIZATION_FAILED', { exception: 'TopicAuthorizationException', joins: 'no' }],
    ['GROUP_ID_NOT_FOUND', { exception: 'KafkaException', joins: 'no' }],
    // These are tried again, by the same call.
    ['COORDINATOR_LOAD_IN_PROGRESS', { coordinator: 'kept', joins: 'no' }],
    ['UNKNOWN_TOPIC_OR_PARTITION', { coordinator: 'kept', joins: 'no' }],
    ['COORDINATOR_NOT_AVAILABLE', { coordinator: 'lost', joins: 'no' }],
    ['NOT_COORDINATOR', { coordinator: 'lost', joins: 'no' }],
    ['REQUEST_TIMED_OUT', { coordinator: 'lost', joins: 'no' }],
  ])('%s', (name, expected) => {
    const k = commit(name);
    const { memberId } = membershipOf(k, 'a');
    const sinceMs = k.nowMs;
    k.for(900);
    check(k, sinceMs, memberId, expected);
    const again = calls(k, 'a', Api.COMMIT).filter((c) => c.atMs > sinceMs).length;
    expect(again).toBe(expected.exception === undefined ? 1 : 0);
  });

  test('an older generation’s commit while it joins again: RebalanceInProgressException, and nothing is reset', () => {
    const k = commit('ILLEGAL_GENERATION', (cluster) => {
      const m = membershipOf(cluster, 'a');
      m.generation = 9;
      m.state = 'preparing';
    });
    k.for(20);
    expect(groupTotals(k.world, 'g').errors).toEqual([['RebalanceInProgressException', 1]]);
    expect(membershipOf(k, 'a').generation).toBe(9);
  });
});

describe('OffsetFetch', () => {
  test.each<[ErrorName, After]>([
    ['COORDINATOR_LOAD_IN_PROGRESS', { coordinator: 'kept' }],
    ['NOT_COORDINATOR', { coordinator: 'lost' }],
    ['COORDINATOR_NOT_AVAILABLE', { coordinator: 'lost' }],
    ['GROUP_AUTHORIZATION_FAILED', { exception: 'GroupAuthorizationException' }],
    ['UNKNOWN_SERVER_ERROR', { exception: 'KafkaException' }],
  ])('%s of the group', (name, expected) => {
    const k = start();
    answerWith(k, Api.OFFSETS, () => ({ errorCode: errorCode(name), partitions: [], errors: [] }));
    const sinceMs = k.nowMs;
    k.for(900);
    check(k, sinceMs, '', expected);
    const ready = consumerOf(k, 'a').partitions.every((p) => p.fetchState === 'fetching');
    expect(ready && consumerOf(k, 'a').partitions.length === 4).toBe(expected.exception === undefined);
  });

  test.each<[ErrorName, string | null]>([
    ['UNSTABLE_OFFSET_COMMIT', null],
    ['UNKNOWN_TOPIC_OR_PARTITION', 'KafkaException'],
  ])('%s of a partition', (name, exception) => {
    const k = start();
    answerWith(k, Api.OFFSETS, (sent: { partitions: readonly object[] }) => ({
      ...sent,
      partitions: sent.partitions.map((p) => ({ ...p, errorCode: errorCode(name) })),
    }));
    k.for(900);
    expect(groupTotals(k.world, 'g').errors.map(([each]) => each)).toEqual(exception === null ? [] : [exception]);
  });
});

describe('FindCoordinator', () => {
  test.each<[ErrorName, After]>([
    ['COORDINATOR_NOT_AVAILABLE', {}],
    ['COORDINATOR_LOAD_IN_PROGRESS', {}],
    ['GROUP_AUTHORIZATION_FAILED', { exception: 'GroupAuthorizationException' }],
    ['INVALID_GROUP_ID', { exception: 'InvalidGroupIdException' }],
  ])('%s', (name, expected) => {
    const k = start();
    answerWith(k, Api.FIND, () => ({ key: 'g', nodeId: -1, errorCode: errorCode(name), errors: [] }));
    k.for(5000);
    check(k, k.nowMs, '', expected);
    expect(calls(k, 'a', Api.JOIN).length > 0).toBe(expected.exception === undefined);
  });
});

test('LeaveGroup: whatever it is answered, the process ends', () => {
  for (const name of ['UNKNOWN_MEMBER_ID', 'NOT_COORDINATOR', 'COORDINATOR_LOAD_IN_PROGRESS'] as const) {
    const k = settle(start(), 'a');
    k.do({ do: 'consumer.leave', consumer: 'a' });
    answerWith(k, Api.LEAVE, () => ({ errorCode: errorCode(name), members: [], errors: [] }));
    k.for(100);
    expect(k.world.nodes[consumerOf(k, 'a').node]!.process).toBe('down');
    expect(groupTotals(k.world, 'g').errors).toEqual([]);
  }
});
