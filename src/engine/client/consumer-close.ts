/**
 * close() of a consumer with a group (Kafka: ConsumerCoordinator.close, AbstractCoordinator.close): a last commit if it commits by
 * itself, its partitions given back, LeaveGroup (rule 77), and a wait for what is still under way; then the process ends.
 */
import type { World } from '../kernel/world.ts';
import { coordinatorUnknown, type GroupConsumer } from './abstract-coordinator.ts';
import { startCommitSync, stepCommitSync } from './commit-sync.ts';
import { allConsumed } from './consumer-commit.ts';
import { maybeLeaveGroup, onLeavePrepare } from './leave-group.ts';

/** KafkaConsumer.close() without an argument waits this long. */
const CLOSE_TIMEOUT_US = 30_000_000;

export function beginClose(w: World, c: GroupConsumer): void {
  const k = c.group;
  k.closing = 'committing';
  k.closeDeadlineUs = w.nowUs + CLOSE_TIMEOUT_US;
  k.sync = null;
  c.inPoll = false;
  if (c.settings.enableAutoCommit) startCommitSync(w, c, allConsumed(c));
}

/** Goes on closing. Returns when to look again; 0: nothing is left to wait for. */
export function stepClose(w: World, c: GroupConsumer): number {
  const k = c.group;
  const late = w.nowUs >= k.closeDeadlineUs;
  if (k.closing === 'committing') {
    // How the last commit fails is not the application's business any more.
    const wakeUs = k.sync === null || late ? 0 : stepCommitSync(w, c);
    if (wakeUs > 0) return Math.min(wakeUs, k.closeDeadlineUs);
    k.sync = null;
    if (k.pendingCommits.length > 0 && !late) return k.closeDeadlineUs;
    k.closing = 'leaving';
    if (!c.membership.standalone) {
      onLeavePrepare(w, c);
      maybeLeaveGroup(w, c, 'the consumer is being closed');
    }
  }
  if (late || coordinatorUnknown(c)) return 0;
  const pending = k.unsent.length > 0 || c.requests.some((r) => r.kind === 'leave' || r.kind === 'commit');
  return pending ? k.closeDeadlineUs : 0;
}
