/**
 * close() under group.protocol=consumer (Kafka: AsyncKafkaConsumer.close): a last commit if it commits by itself, onPartitionsRevoked,
 * the heartbeat that leaves (rule 77: epoch -1, a static member's -2), and a wait for what is still under way.
 */
import type { World } from '../../kernel/world.ts';
import { allConsumed } from '../consumer-commit.ts';
import { commitSync } from './commit-requests.ts';
import { leaveGroupOnClose } from './membership.ts';
import { invokeRemoved } from './ownership.ts';
import type { AsyncConsumer } from './state.ts';

/** KafkaConsumer.close() without an argument waits this long, and never longer than request.timeout.ms. */
const CLOSE_TIMEOUT_MS = 30_000;

export function beginClose(w: World, c: AsyncConsumer): void {
  const a = c.async;
  c.group.closing = 'committing';
  c.group.closeDeadlineUs = w.nowUs + Math.min(CLOSE_TIMEOUT_MS, c.settings.requestTimeoutMs) * 1000;
  a.closing = 'committing';
  a.sync = null;
  if (c.settings.enableAutoCommit) commitSync(c, allConsumed(c), c.group.closeDeadlineUs);
}

/** Goes on closing. Returns when to look again; 0: nothing is left to wait for. */
export function stepClose(w: World, c: AsyncConsumer): number {
  const a = c.async;
  const { closeDeadlineUs } = c.group;
  const late = w.nowUs >= closeDeadlineUs;
  if (a.closing === 'committing') {
    // How the last commit fails is not the application's business any more.
    if (a.sync !== null && a.sync.outcome === null && !late) return closeDeadlineUs;
    a.sync = null;
    a.closing = 'leaving';
    c.group.closing = 'leaving';
    invokeRemoved(w, c, c.membership.generation > 0 ? 'revoked' : 'lost', c.membership.owned);
    leaveGroupOnClose(w, c);
    if (a.leaveInProgress && !late) return closeDeadlineUs;
  }
  if (a.closing === 'leaving') {
    if (a.leaveInProgress && !late) return closeDeadlineUs;
    a.closing = 'draining';
  }
  const pending = c.group.unsent.length > 0 || a.commits.length > 0 || c.requests.length > 0;
  return pending && !late ? closeDeadlineUs : 0;
}
