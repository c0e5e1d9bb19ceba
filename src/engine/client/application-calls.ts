/** What a group's application calls between two polls: commits as its `commit` says, subscribe(), close(). */
import { tell } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { about, type GroupConsumer, isClosing } from './abstract-coordinator.ts';
import { startCommitSync, stepCommitSync } from './commit-sync.ts';
import { handOver, isPaused } from './consumer-application.ts';
import { beginClose, stepClose } from './consumer-close.ts';
import { allConsumed, commitAsync, commitSyncFailed, invokeCallbacks } from './consumer-commit.ts';
import { takeArrived } from './consumer-io.ts';
import type { CommitOffset } from './coordinator-state.ts';
import { resubscribe, type Subscribed } from './resubscribe.ts';
import { findAssigned } from './subscription-state.ts';

export { startCommitSync, syncDone } from './commit-sync.ts';

/** Whether the application's thread is free: no record in its own hands, not held. */
function isFree(w: World, c: GroupConsumer): boolean {
  return !isPaused(w, c) && (c.processing === 'thread' || c.work.length === 0);
}

/**
 * What comes before the next poll(). 0: nothing (more) to wait for; 'closed': the process ends now; else the application stands
 * in a call until then (NEVER: until something arrives).
 */
export function doDueCalls(w: World, c: GroupConsumer): number | 'closed' {
  const k = c.group;
  if (isClosing(c)) {
    takeArrived(w, c);
    const wakeUs = stepClose(w, c);
    return wakeUs === 0 ? 'closed' : wakeUs;
  }
  if (k.sync !== null) {
    takeArrived(w, c);
    const wakeUs = finishCommitSync(w, c);
    if (wakeUs > 0) return wakeUs;
  }
  if (!isFree(w, c)) return 0;
  if (k.commitDue !== null) {
    const due = k.commitDue === 'positions' ? allConsumed(c) : stillOwned(c, k.commitDue);
    k.commitDue = null;
    c.inPoll = false;
    if (c.commit === 'sync') startCommitSync(w, c, due);
    else callCommitAsync(w, c, due);
    return doDueCalls(w, c);
  }
  if (k.commitAsked) {
    k.commitAsked = false;
    c.inPoll = false;
    startCommitSync(w, c, allConsumed(c));
    return doDueCalls(w, c);
  }
  if (k.subscribeDue !== null) {
    const to = k.subscribeDue;
    k.subscribeDue = null;
    resubscribe(w, c, to as Subscribed);
  }
  if (k.closing === 'asked') {
    beginClose(w, c);
    return doDueCalls(w, c);
  }
  return 0;
}

function finishCommitSync(w: World, c: GroupConsumer): number {
  const { sync } = c.group;
  if (sync === null) return 0;
  const thrown = sync.attempts === 0 && !sync.inFlight && sync.outcome === null ? invokeCallbacks(w, c) : null;
  if (thrown !== null) sync.outcome = thrown;
  const wakeUs = stepCommitSync(w, c);
  if (wakeUs > 0 || sync.outcome === null) return wakeUs;
  c.group.sync = null;
  if (sync.outcome === 'done') {
    if (sync.held.length > 0) handOver(w, c, sync.held);
  } else {
    // Records whose commit failed are not processed: they are read again from what is committed, or belong to another.
    commitSyncFailed(w, c, sync.outcome);
  }
  return 0;
}

function callCommitAsync(w: World, c: GroupConsumer, offsets: readonly CommitOffset[]): void {
  const thrown = invokeCallbacks(w, c);
  if (thrown !== null) c.pendingError = thrown;
  else commitAsync(w, c, 'async', offsets);
}

/** A careful application does not commit for partitions that it no longer has. */
function stillOwned(c: GroupConsumer, offsets: readonly CommitOffset[]): CommitOffset[] {
  return offsets.filter((o) => findAssigned(c, o.topic, o.index) !== null);
}

/** consumer.commit: commitSync() of its positions, as soon as the application is between two polls. */
export function askCommit(w: World, c: GroupConsumer): void {
  c.group.commitAsked = true;
  tell(w, 'log.member.commit-asked', { consumer: c.id, group: c.membership.groupId }, about(c));
}
