/** What the application calls between two polls under group.protocol=consumer: commits, subscribe(), close() (Kafka: AsyncKafkaConsumer). */
import type { World } from '../../kernel/world.ts';
import { handOver, isPaused } from '../consumer-application.ts';
import { allConsumed, commitSyncFailed, invokeCallbacks } from '../consumer-commit.ts';
import { findAssigned } from '../subscription-state.ts';
import { beginClose, stepClose } from './close.ts';
import { commitAsync, commitSync, hasPendingAsyncCommit } from './commit-requests.ts';
import type { AsyncConsumer } from './state.ts';
import { subscribeAgain } from './subscription.ts';

/** Whether the application's thread is free: no record in its own hands, not held. */
function isFree(w: World, c: AsyncConsumer): boolean {
  return !isPaused(w, c) && (c.processing === 'thread' || c.work.length === 0);
}

/**
 * What comes before the next poll(). 0: nothing (more) to wait for; 'closed': the process ends now; else the application stands
 * in a call until then (NEVER: until something arrives).
 */
export function betweenPolls(w: World, c: AsyncConsumer): number | 'closed' {
  const k = c.group;
  if (c.async.closing !== 'no') {
    const wakeUs = stepClose(w, c);
    return wakeUs === 0 ? 'closed' : wakeUs;
  }
  if (c.async.sync !== null) {
    const wakeUs = finishCommitSync(w, c);
    if (wakeUs > 0) return wakeUs;
  }
  if (!isFree(w, c)) return 0;
  if (k.subscribeDue !== null) {
    leavePoll(w, c);
    subscribeAgain(w, c, k.subscribeDue);
    k.subscribeDue = null;
  }
  if (k.commitDue !== null) {
    const due =
      k.commitDue === 'positions'
        ? allConsumed(c)
        : k.commitDue.filter((o) => findAssigned(c, o.topic, o.index) !== null);
    k.commitDue = null;
    leavePoll(w, c);
    if (c.commit === 'sync') callCommitSync(w, c, due);
    else callCommitAsync(w, c, due);
    return betweenPolls(w, c);
  }
  if (k.commitAsked) {
    k.commitAsked = false;
    leavePoll(w, c);
    callCommitSync(w, c, allConsumed(c));
    return betweenPolls(w, c);
  }
  if (k.closing === 'asked') {
    leavePoll(w, c);
    beginClose(w, c);
    return betweenPolls(w, c);
  }
  return 0;
}

function leavePoll(w: World, c: AsyncConsumer): void {
  if (c.inPoll) c.membership.lastPollUs = w.nowUs;
  c.inPoll = false;
}

function callCommitSync(w: World, c: AsyncConsumer, offsets: ReturnType<typeof allConsumed>): void {
  commitSync(c, offsets, w.nowUs + c.settings.defaultApiTimeoutMs * 1000);
}

function callCommitAsync(w: World, c: AsyncConsumer, offsets: ReturnType<typeof allConsumed>): void {
  const thrown = invokeCallbacks(w, c);
  if (thrown !== null) c.pendingError = thrown;
  else commitAsync(c, offsets);
}

/** The asynchronous commits before it have to be over too; their callbacks run first. */
function finishCommitSync(w: World, c: AsyncConsumer): number {
  const a = c.async;
  const { sync } = a;
  if (sync === null) return 0;
  const late = w.nowUs >= sync.deadlineUs;
  if ((sync.outcome === null || hasPendingAsyncCommit(c)) && !late) return sync.deadlineUs;
  const outcome = invokeCallbacks(w, c) ?? sync.outcome ?? 'TimeoutException';
  a.sync = null;
  if (outcome !== 'done') {
    // Records whose commit failed are not processed: they are read again from what is committed, or belong to another.
    commitSyncFailed(w, c, outcome);
  } else if (sync.held.length > 0) handOver(w, c, sync.held);
  return 0;
}
