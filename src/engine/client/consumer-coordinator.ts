/** The group's part of poll(), and who gets which answer (Kafka: ConsumerCoordinator.poll). */
import type {
  FindCoordinatorResponse,
  HeartbeatResponse,
  JoinGroupResponse,
  OffsetCommitResponse,
  OffsetFetchResponse,
  SyncGroupResponse,
} from '../../kafka/api/messages-group.ts';
import type { World } from '../kernel/world.ts';
import { lateAsync } from '../slots.ts';
import {
  coordinatorLost,
  coordinatorUnknown,
  ensureCoordinator,
  type GroupConsumer,
  handleFindCoordinator,
} from './abstract-coordinator.ts';
import { requestUpdate } from './client-metadata.ts';
import { NEVER } from './client-network.ts';
import { committedOffsetsLost, handleOffsetFetch } from './committed-offsets.ts';
import { rejoinNeededOrPending, updateSubscriptionMetadata } from './consumer-assignment.ts';
import { commitDone, commitOutcome, invokeCallbacks, maybeAutoCommit, sendPendingCommits } from './consumer-commit.ts';
import type { CoordinatorCall } from './coordinator-state.ts';
import { armHeartbeat, handleHeartbeat, heartbeatFailed } from './heartbeat-thread.ts';
import { handleJoinGroup, handleSyncGroup, joinDisconnected, joinGroupIfNeeded } from './join-group.ts';

export interface Polled {
  /** Whether positions may be looked up now: the group is active. */
  readonly ready: boolean;
  readonly wakeUs: number;
  readonly exception: string | null;
}

/** ConsumerCoordinator.poll with no time to wait: goes as far as it gets. */
export function pollCoordinator(w: World, c: GroupConsumer): Polled {
  const m = c.membership;
  updateSubscriptionMetadata(w, c);
  const thrown = invokeCallbacks(w, c);
  if (thrown !== null) return { ready: false, wakeUs: NEVER, exception: thrown };
  if (!m.standalone) {
    const { threadFailure } = c.group;
    if (threadFailure !== null) {
      c.group.threadFailure = null;
      return { ready: false, wakeUs: NEVER, exception: threadFailure };
    }
    m.lastPollUs = w.nowUs;
    const findUs = ensureCoordinator(w, c);
    if (coordinatorUnknown(c)) return { ready: false, wakeUs: findUs, exception: null };
    if (rejoinNeededOrPending(c)) {
      // A pattern has to be matched against the cluster's topics once before the first join.
      if (c.metadata.pattern !== null && !patternIsFresh(w, c)) return { ready: false, wakeUs: NEVER, exception: null };
      const step = joinGroupIfNeeded(
        w,
        c,
        () => rejoinNeededOrPending(c),
        () => lose(w, c, 'coordinator unavailable'),
      );
      armHeartbeat(w, c);
      if (!step.active) return { ready: false, wakeUs: step.wakeUs, exception: step.exception };
    }
  }
  return { ready: true, wakeUs: maybeAutoCommit(w, c), exception: null };
}

/** client.ensureFreshMetadata before a join with a pattern; asked for anew where the back-off allows it. */
function patternIsFresh(w: World, c: GroupConsumer): boolean {
  const m = c.metadata;
  if (c.group.join !== 'none') return true;
  if (m.topics.length === 0 && m.version === 1) {
    requestUpdate(m);
    return false;
  }
  return !m.needFull || w.nowUs < m.attemptAllowedUs;
}

/** markCoordinatorUnknown; what was under way fails with it. */
export function lose(w: World, c: GroupConsumer, why: string): void {
  if (c.async !== null) {
    lateAsync.loseAsync(w, c, why);
    return;
  }
  coordinatorLost(w, c, why, (call) => failCall(w, c, call));
}

/** A request will have no answer. */
export function failCall(w: World, c: GroupConsumer, call: CoordinatorCall): void {
  if (c.async !== null) {
    lateAsync.failAsyncCall(w, c, call);
    return;
  }
  switch (call.kind) {
    case 'find':
      handleFindCoordinator(w, c, null);
      sendPendingCommits(w, c, false);
      return;
    case 'join':
    case 'sync-group':
      joinDisconnected(c);
      return;
    case 'heartbeat':
      heartbeatFailed(w, c);
      return;
    case 'committed':
      committedOffsetsLost(w, c);
      return;
    case 'commit':
      commitDone(w, c, call.why, call.serial, { exception: 'DisconnectException', retriable: true });
      return;
    case 'leave':
      return;
  }
}

/** An answer of the coordinator, or of whoever was asked for it. */
export function handleCoordinatorResponse(w: World, c: GroupConsumer, call: CoordinatorCall, body: unknown): void {
  if (c.async !== null) {
    lateAsync.handleAsyncResponse(w, c, call, body);
    return;
  }
  const loseIt = (why: string): void => lose(w, c, why);
  switch (call.kind) {
    case 'find': {
      const exception = handleFindCoordinator(w, c, body as FindCoordinatorResponse);
      if (exception !== null) c.pendingError = exception;
      sendPendingCommits(w, c, !coordinatorUnknown(c));
      break;
    }
    case 'join':
      handleJoinGroup(w, c, call.sent, body as JoinGroupResponse, loseIt);
      break;
    case 'sync-group':
      handleSyncGroup(c, call.sent, body as SyncGroupResponse, loseIt);
      break;
    case 'heartbeat':
      handleHeartbeat(w, c, call.sent, body as HeartbeatResponse, loseIt);
      break;
    case 'committed':
      handleOffsetFetch(w, c, call.partitions, body as OffsetFetchResponse, loseIt);
      break;
    case 'commit':
      commitDone(w, c, call.why, call.serial, commitOutcome(c, call.sent, body as OffsetCommitResponse, loseIt));
      break;
    case 'leave':
      break;
  }
  armHeartbeat(w, c);
}
