/** OffsetCommit on the client's side (Kafka: ConsumerCoordinator.sendOffsetCommitRequest, commitOffsetsAsync, commitOffsetsSync). Rules 66, 68, 74. */

import { errorCode, errorForCode } from '../../kafka/api/errors-core.ts';
import type { OffsetCommitRequest, OffsetCommitResponse } from '../../kafka/api/messages-group.ts';
import { compareText } from '../../kafka/assignor/assignor.ts';
import { tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { lateCalls } from '../slots.ts';
import {
  about,
  callCoordinator,
  coordinatorUnknown,
  countError,
  flatPauseUs,
  GroupApi,
  type GroupConsumer,
  generationUnchanged,
  lookupCoordinator,
  rebalanceInProgress,
  requestRejoin,
  resetAndRejoin,
} from './abstract-coordinator.ts';
import { NEVER } from './client-network.ts';
import type { CommitOffset, CommitWhy, SentGeneration } from './coordinator-state.ts';
import { denseOf } from './offset-fetcher.ts';

const code = errorCode;
const LOSES_THE_COORDINATOR = [code('COORDINATOR_NOT_AVAILABLE'), code('NOT_COORDINATOR'), code('REQUEST_TIMED_OUT')];
const REBALANCE_IN_PROGRESS = code('REBALANCE_IN_PROGRESS');
const FENCED_INSTANCE_ID = code('FENCED_INSTANCE_ID');
const ILLEGAL_GENERATION = code('ILLEGAL_GENERATION');
const OUT_OF_THE_GROUP = [ILLEGAL_GENERATION, code('UNKNOWN_MEMBER_ID')];
const KNOWN = [
  ...['GROUP_AUTHORIZATION_FAILED', 'TOPIC_AUTHORIZATION_FAILED', 'OFFSET_METADATA_TOO_LARGE'],
  ...['INVALID_COMMIT_OFFSET_SIZE', 'COORDINATOR_LOAD_IN_PROGRESS', 'UNKNOWN_TOPIC_OR_PARTITION'],
];
const NO_GENERATION: SentGeneration = { generation: -1, memberId: '', protocolName: null };

/** How a commit failed, by the exception's simple name. */
export interface CommitFailure {
  readonly exception: string;
  readonly retriable: boolean;
}

const NOT_AVAILABLE: CommitFailure = { exception: 'CoordinatorNotAvailableException', retriable: true };

/** SubscriptionState.allConsumed: the positions that poll() has moved to, of partitions that have a valid one. */
export function allConsumed(c: GroupConsumer): CommitOffset[] {
  return c.partitions
    .filter((p) => p.fetchState === 'fetching' && p.offset >= 0)
    .map((p) => ({ topic: p.topic, index: p.index, offset: p.offset, leaderEpoch: p.offsetEpoch }))
    .sort((a, b) => compareText(a.topic, b.topic) || a.index - b.index);
}

/** Sends a commit of at least one offset. Returns its serial, or why it failed before it was sent. */
export function sendCommit(
  w: World,
  c: GroupConsumer,
  why: CommitWhy,
  offsets: readonly CommitOffset[],
): number | CommitFailure {
  const m = c.membership;
  const k = c.group;
  if (coordinatorUnknown(c)) return NOT_AVAILABLE;
  let sent = NO_GENERATION;
  if (!m.standalone) {
    if (m.state !== 'stable') {
      // Who knows that it is rebalancing may try again after it; everybody else is no longer a member.
      const exception = rebalanceInProgress(m) ? 'RebalanceInProgressException' : 'CommitFailedException';
      return { exception, retriable: false };
    }
    sent = { generation: m.generation, memberId: m.memberId, protocolName: m.protocolName };
  }
  const request: OffsetCommitRequest = {
    groupId: m.groupId,
    generationIdOrMemberEpoch: sent.generation,
    memberId: sent.memberId,
    groupInstanceId: m.standalone ? null : m.groupInstanceId,
    partitions: offsets.map(({ topic, index, offset, leaderEpoch }) => ({
      topic,
      index,
      partition: denseOf(c, { topic, index }),
      committedOffset: offset,
      committedLeaderEpoch: leaderEpoch,
      committedMetadata: '',
    })),
  };
  const serial = k.commitSerial;
  k.commitSerial += 1;
  if (why !== 'sync') k.inFlightCommits += 1;
  callCoordinator(
    w,
    c,
    { kind: 'commit', why, sent, serial },
    GroupApi.OffsetCommit,
    request,
    90 + 26 * offsets.length,
  );
  return serial;
}

// --- answers ---------------------------------------------------------------------------------------------------------

/** OffsetCommitResponseHandler: the first partition with an error decides. null: all is committed. */
export function commitOutcome(
  c: GroupConsumer,
  sent: SentGeneration,
  body: OffsetCommitResponse,
  lose: (why: string) => void,
): CommitFailure | null {
  const error = body.partitions.find((p) => p.errorCode !== 0)?.errorCode ?? 0;
  if (error === 0) return null;
  const { name, exception, retriable } = errorForCode(error);
  const failure = { exception: exception ?? 'KafkaException', retriable };
  if (LOSES_THE_COORDINATOR.includes(error)) {
    lose(name);
    return failure;
  }
  if (KNOWN.includes(name)) return failure;
  const unchanged = generationUnchanged(c, sent);
  const rejoining = !unchanged && c.membership.state === 'preparing';
  if (error === FENCED_INSTANCE_ID) {
    if (unchanged || c.membership.standalone) return failure;
    return { exception: rejoining ? 'RebalanceInProgressException' : 'CommitFailedException', retriable: false };
  }
  if (error === REBALANCE_IN_PROGRESS) {
    requestRejoin(c, 'offset commit failed since group is already rebalancing');
    return { exception: 'RebalanceInProgressException', retriable: false };
  }
  if (OUT_OF_THE_GROUP.includes(error)) {
    if (rejoining) return { exception: 'RebalanceInProgressException', retriable: false };
    resetAndRejoin(c, `encountered ${name} from OFFSET_COMMIT response`, error === ILLEGAL_GENERATION);
    return { exception: 'CommitFailedException', retriable: false };
  }
  return { exception: 'KafkaException', retriable: false };
}

/** A commit is over, one way or the other: whoever waits for it goes on. */
export function commitDone(
  w: World,
  c: GroupConsumer,
  why: CommitWhy,
  serial: number,
  failure: CommitFailure | null,
): void {
  const k = c.group;
  if (why === 'sync') {
    // The answer to one that was given up comes too late for anybody.
    if (serial === k.sync?.serial) lateCalls.syncDone(w, c, failure);
    return;
  }
  if (serial >= 0) k.inFlightCommits -= 1;
  if (why === 'prepare' && serial === k.prepareSerial) k.prepare = failure?.retriable ? 'retry' : 'done';
  if (failure === null) return;
  if (failure.exception === 'FencedInstanceIdException') k.fenced = true;
  if (why === 'auto') {
    if (failure.retriable) c.membership.nextAutoCommitUs = w.nowUs + flatPauseUs(c);
    else tellFailed(w, c, failure.exception);
  } else if (why === 'async') {
    k.callbacks = [...k.callbacks, failure.retriable ? 'RetriableCommitFailedException' : failure.exception];
  }
}

function tellFailed(w: World, c: GroupConsumer, exception: string): void {
  tell(
    w,
    'log.member.commit-failed',
    { consumer: c.id, group: c.membership.groupId, error: exception },
    about(c),
    'risk',
  );
}

/** invokeCompletedOffsetCommitCallbacks. Returns an exception that the call itself throws, or null. */
export function invokeCallbacks(w: World, c: GroupConsumer): string | null {
  const k = c.group;
  if (k.fenced) return 'FencedInstanceIdException';
  if (k.callbacks.length === 0) return null;
  const { callbacks } = k;
  k.callbacks = [];
  for (const exception of callbacks) {
    countError(w, c, exception);
    tellFailed(w, c, exception);
  }
  return null;
}

// --- without waiting -------------------------------------------------------------------------------------------------

/** commitOffsetsAsync: sent now, or when the coordinator has been found. */
export function commitAsync(w: World, c: GroupConsumer, why: 'auto' | 'async', offsets: readonly CommitOffset[]): void {
  if (offsets.length === 0) return;
  if (coordinatorUnknown(c)) {
    c.group.pendingCommits = [...c.group.pendingCommits, { why, offsets }];
    lookupCoordinator(w, c);
    return;
  }
  const sent = sendCommit(w, c, why, offsets);
  if (typeof sent !== 'number') commitDone(w, c, why, -1, sent);
}

/** The search for the coordinator that commits wait for has ended. */
export function sendPendingCommits(w: World, c: GroupConsumer, found: boolean): void {
  const { pendingCommits } = c.group;
  if (pendingCommits.length === 0) return;
  c.group.pendingCommits = [];
  for (const { why, offsets } of pendingCommits) {
    const sent = found ? sendCommit(w, c, why, offsets) : NOT_AVAILABLE;
    if (typeof sent !== 'number') commitDone(w, c, why, -1, sent);
  }
}

/** maybeAutoCommitOffsetsAsync, inside poll(). Returns when the next one is due. */
export function maybeAutoCommit(w: World, c: GroupConsumer): number {
  const m = c.membership;
  if (!c.settings.enableAutoCommit) return NEVER;
  if (m.nextAutoCommitUs <= w.nowUs) {
    // Never twice at one moment, even with auto.commit.interval.ms=0.
    m.nextAutoCommitUs = w.nowUs + Math.max(c.settings.autoCommitIntervalMs, 1) * 1000;
    commitAsync(w, c, 'auto', allConsumed(c));
  }
  return m.nextAutoCommitUs;
}

/** An exception of commitSync(): counted, told, and the application goes on. */
export function commitSyncFailed(w: World, c: GroupConsumer, exception: string): void {
  countError(w, c, exception);
  tellFailed(w, c, exception);
}
