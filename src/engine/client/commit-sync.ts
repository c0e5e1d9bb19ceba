/** commitSync(): the application's thread stands in it until it has succeeded or failed for good (Kafka: ConsumerCoordinator.commitOffsetsSync). */
import type { World } from '../kernel/world.ts';
import { coordinatorUnknown, ensureCoordinator, type GroupConsumer, retryPauseUs } from './abstract-coordinator.ts';
import { type CommitFailure, sendCommit } from './consumer-commit.ts';
import type { PolledSlice } from './consumer-state.ts';
import type { CommitOffset } from './coordinator-state.ts';

/** The application calls commitSync(): it stands in it until commitDone. */
export function startCommitSync(
  w: World,
  c: GroupConsumer,
  offsets: readonly CommitOffset[],
  held: readonly PolledSlice[] = [],
): void {
  c.group.sync = {
    offsets,
    deadlineUs: w.nowUs + c.settings.defaultApiTimeoutMs * 1000,
    attempts: 0,
    notBeforeUs: 0,
    inFlight: false,
    serial: -1,
    held,
    outcome: null,
  };
}

/** commitOffsetsSync, as far as it gets. Returns when to look again; 0: it is over, and `sync.outcome` says how. */
export function stepCommitSync(w: World, c: GroupConsumer): number {
  const { sync } = c.group;
  if (sync === null || sync.outcome !== null) return 0;
  // Nothing to commit: it only waits for the asynchronous ones that are under way (invokePendingAsyncCommits).
  const late = w.nowUs >= sync.deadlineUs;
  if (sync.offsets.length === 0) {
    if (c.group.inFlightCommits > 0 && !late) return sync.deadlineUs;
    sync.outcome = 'done';
    return 0;
  }
  if (late) {
    sync.outcome = 'TimeoutException';
    return 0;
  }
  if (sync.inFlight) return sync.deadlineUs;
  if (sync.notBeforeUs > w.nowUs) return Math.min(sync.notBeforeUs, sync.deadlineUs);
  const findUs = ensureCoordinator(w, c);
  if (coordinatorUnknown(c)) return Math.min(findUs, sync.deadlineUs);
  sync.inFlight = true;
  const sent = sendCommit(w, c, 'sync', sync.offsets);
  if (typeof sent === 'number') {
    sync.serial = sent;
    return sync.deadlineUs;
  }
  syncDone(w, c, sent);
  return stepCommitSync(w, c);
}

export function syncDone(w: World, c: GroupConsumer, failure: CommitFailure | null): void {
  const { sync } = c.group;
  if (sync === null) return;
  sync.inFlight = false;
  if (failure === null) sync.outcome = 'done';
  else if (!failure.retriable) sync.outcome = failure.exception;
  else {
    sync.notBeforeUs = w.nowUs + retryPauseUs(w, c, sync.attempts);
    sync.attempts += 1;
  }
}
