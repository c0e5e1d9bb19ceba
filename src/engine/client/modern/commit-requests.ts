/**
 * Commits of the background thread (Kafka: CommitRequestManager). Each is a request that is tried until it succeeds, fails for good
 * or its time is over; what epoch it carries is decided when it is sent (rule 72).
 */
import { errorCode, errorForCode } from '../../../kafka/api/errors.ts';
import type { OffsetCommitRequest, OffsetCommitResponse } from '../../../kafka/api/messages-group.ts';
import { tell } from '../../kernel/schedule.ts';
import type { World } from '../../kernel/world.ts';
import { about, callCoordinator, coordinatorUnknown, GroupApi, retryPauseUs } from '../abstract-coordinator.ts';
import { NEVER } from '../client-network.ts';
import { allConsumed } from '../consumer-commit.ts';
import type { CommitOffset } from '../coordinator-state.ts';
import { denseOf } from '../offset-fetcher.ts';
import { commitOver } from './reconcile.ts';
import type { AsyncCommitWhy, AsyncConsumer, CommitRequest, SyncWait } from './state.ts';

const LOSES_THE_COORDINATOR = ['COORDINATOR_NOT_AVAILABLE', 'NOT_COORDINATOR', 'REQUEST_TIMED_OUT'].map((name) =>
  errorCode(name as Parameters<typeof errorCode>[0]),
);
const UNKNOWN_MEMBER_ID = errorCode('UNKNOWN_MEMBER_ID');
/** Their exceptions reach who asked; whatever else comes is a KafkaException and not tried again. */
const KNOWN = [
  ...['GROUP_AUTHORIZATION_FAILED', 'TOPIC_AUTHORIZATION_FAILED', 'OFFSET_METADATA_TOO_LARGE', 'STALE_MEMBER_EPOCH'],
  ...['INVALID_COMMIT_OFFSET_SIZE', 'COORDINATOR_LOAD_IN_PROGRESS', 'UNKNOWN_TOPIC_OR_PARTITION', 'UNKNOWN_TOPIC_ID'],
];
const STALE = 'StaleMemberEpochException';

interface Failure {
  readonly exception: string;
  readonly retriable: boolean;
}

const DISCONNECTED: Failure = { exception: 'DisconnectException', retriable: true };

// --- asking for one --------------------------------------------------------------------------------------------------

function addCommit(
  c: AsyncConsumer,
  why: AsyncCommitWhy,
  offsets: readonly CommitOffset[],
  deadlineUs: number,
): number {
  const serial = c.group.commitSerial;
  c.group.commitSerial += 1;
  const request = { serial, why, offsets, deadlineUs, attempts: 0, notBeforeUs: 0, flying: false };
  c.async.commits = [...c.async.commits, request];
  return serial;
}

/** updateTimerAndMaybeCommit: by a poll event, when the interval is over and no automatic commit is under way. */
export function maybeAutoCommit(w: World, c: AsyncConsumer): void {
  if (!c.settings.enableAutoCommit || c.membership.nextAutoCommitUs > w.nowUs || c.async.autoCommitInFlight) return;
  const offsets = allConsumed(c);
  if (offsets.length > 0) {
    c.async.autoCommitInFlight = true;
    addCommit(c, 'auto', offsets, NEVER);
  }
  resetAutoCommitTimer(w, c);
}

export function resetAutoCommitTimer(w: World, c: AsyncConsumer): void {
  // Never twice at one moment, even with auto.commit.interval.ms=0.
  if (c.settings.enableAutoCommit)
    c.membership.nextAutoCommitUs = w.nowUs + Math.max(c.settings.autoCommitIntervalMs, 1) * 1000;
}

/** maybeAutoCommitSyncBeforeRebalance: at most for the rebalance timeout; `commitOver` is called when it has ended. */
export function commitBeforeRebalance(w: World, c: AsyncConsumer): void {
  const offsets = c.settings.enableAutoCommit ? allConsumed(c) : [];
  if (offsets.length === 0) {
    commitOver(w, c);
    return;
  }
  c.async.autoCommitInFlight = true;
  addCommit(c, 'rebalance', offsets, w.nowUs + c.settings.maxPollIntervalMs * 1000);
}

export function commitAsync(c: AsyncConsumer, offsets: readonly CommitOffset[]): void {
  if (offsets.length > 0) addCommit(c, 'async', offsets, NEVER);
}

/** commitSync(): the application waits in `async.sync` for its outcome. */
export function commitSync(
  c: AsyncConsumer,
  offsets: readonly CommitOffset[],
  deadlineUs: number,
  held: SyncWait['held'] = [],
): void {
  const nothing = offsets.length === 0;
  const serial = nothing ? -1 : addCommit(c, 'sync', offsets, deadlineUs);
  c.async.sync = { serial, deadlineUs, outcome: nothing ? 'done' : null, held };
}

// --- sending ---------------------------------------------------------------------------------------------------------

/** CommitRequestManager.poll. Returns when a request's back-off ends. */
export function pollCommits(w: World, c: AsyncConsumer): number {
  const a = c.async;
  if (a.commits.length === 0) return NEVER;
  if (coordinatorUnknown(c)) {
    if (a.closing === 'leaving' || a.closing === 'draining')
      for (const r of a.commits)
        if (!r.flying) finish(w, c, r, { exception: 'CommitFailedException', retriable: false });
    return NEVER;
  }
  let wakeUs = NEVER;
  for (const r of a.commits) {
    if (r.flying) continue;
    if (r.attempts > 0 && r.deadlineUs <= w.nowUs) finish(w, c, r, { exception: 'TimeoutException', retriable: false });
    else if (r.notBeforeUs > w.nowUs) wakeUs = Math.min(wakeUs, r.notBeforeUs, r.deadlineUs);
    else send(w, c, r);
  }
  return wakeUs;
}

function replace(c: AsyncConsumer, serial: number, by: CommitRequest): void {
  c.async.commits = c.async.commits.map((r) => (r.serial === serial ? by : r));
}

function send(w: World, c: AsyncConsumer, r: CommitRequest): void {
  const request: OffsetCommitRequest = {
    groupId: c.membership.groupId,
    generationIdOrMemberEpoch: c.async.commitEpoch,
    memberId: c.async.commitMemberId,
    groupInstanceId: c.membership.groupInstanceId,
    partitions: r.offsets.map(({ topic, index, offset, leaderEpoch }) => ({
      topic,
      index,
      partition: denseOf(c, { topic, index }),
      committedOffset: offset,
      committedLeaderEpoch: leaderEpoch,
      committedMetadata: '',
    })),
  };
  replace(c, r.serial, { ...r, flying: true });
  const call = { kind: 'offset-commit', serial: r.serial } as const;
  callCoordinator(w, c, call, GroupApi.OffsetCommit, request, 90 + 26 * r.offsets.length);
}

// --- answers ---------------------------------------------------------------------------------------------------------

/** OffsetCommitRequestState.onResponse: the first partition with an error decides. */
export function handleCommit(
  w: World,
  c: AsyncConsumer,
  serial: number,
  body: OffsetCommitResponse,
  lose: (why: string) => void,
): void {
  const r = c.async.commits.find((x) => x.serial === serial);
  const error = body.partitions.find((p) => p.errorCode !== 0)?.errorCode ?? 0;
  if (r === undefined) return;
  if (error === 0) {
    finish(w, c, r, null);
    return;
  }
  const { name, exception, retriable } = errorForCode(error);
  if (LOSES_THE_COORDINATOR.includes(error)) {
    failed(w, c, r, { exception: exception ?? 'KafkaException', retriable });
    lose(name);
  } else if (error === UNKNOWN_MEMBER_ID) {
    failed(w, c, r, { exception: 'CommitFailedException', retriable: false });
  } else if (KNOWN.includes(name)) failed(w, c, r, { exception: exception ?? 'KafkaException', retriable });
  else failed(w, c, r, { exception: 'KafkaException', retriable: false });
}

export function commitLost(w: World, c: AsyncConsumer, serial: number): void {
  const r = c.async.commits.find((x) => x.serial === serial);
  if (r !== undefined) failed(w, c, r, DISCONNECTED);
}

/** An attempt failed: what is worth another one waits for its back-off, the rest is over. */
function failed(w: World, c: AsyncConsumer, r: CommitRequest, failure: Failure): void {
  if (!isTriedAgain(c, r, failure)) {
    finish(w, c, r, failure);
    return;
  }
  if (r.deadlineUs <= w.nowUs) {
    finish(w, c, r, { exception: 'TimeoutException', retriable: false });
    return;
  }
  const notBeforeUs = w.nowUs + retryPauseUs(w, c, r.attempts);
  // Before a rebalance the newest positions count, whatever the first attempt carried.
  const offsets = r.why === 'rebalance' ? allConsumed(c) : r.offsets;
  replace(c, r.serial, { ...r, offsets, attempts: r.attempts + 1, notBeforeUs, flying: false });
}

function isTriedAgain(c: AsyncConsumer, r: CommitRequest, failure: Failure): boolean {
  if (r.why === 'sync') return failure.retriable;
  if (r.why !== 'rebalance' || failure.exception === 'UnknownTopicOrPartitionException') return false;
  return failure.retriable || (failure.exception === STALE && c.async.commitEpoch > 0);
}

/** It is over; whoever waits for it goes on. */
function finish(w: World, c: AsyncConsumer, r: CommitRequest, failure: Failure | null): void {
  const a = c.async;
  a.commits = a.commits.filter((x) => x.serial !== r.serial);
  switch (r.why) {
    case 'auto':
    case 'rebalance':
      a.autoCommitInFlight = false;
      if (failure !== null) tellFailed(w, c, failure.exception);
      if (r.why === 'rebalance') commitOver(w, c);
      return;
    case 'async':
      if (failure !== null) {
        const exception = failure.retriable ? 'RetriableCommitFailedException' : failure.exception;
        c.group.callbacks = [...c.group.callbacks, exception];
      }
      return;
    case 'sync': {
      if (a.sync?.serial !== r.serial) return;
      const exception = failure?.exception === STALE ? 'CommitFailedException' : (failure?.exception ?? 'done');
      a.sync = { ...a.sync, outcome: exception };
    }
  }
}

function tellFailed(w: World, c: AsyncConsumer, error: string): void {
  tell(w, 'log.member.commit-failed', { consumer: c.id, group: c.membership.groupId, error }, about(c), 'risk');
}

/** commitSync() waits for the commitAsync() calls before it. */
export function hasPendingAsyncCommit(c: AsyncConsumer): boolean {
  return c.async.commits.some((r) => r.why === 'async');
}
