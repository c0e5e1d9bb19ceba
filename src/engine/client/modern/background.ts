/** One round of the background thread: each request manager in its turn (Kafka: ConsumerNetworkThread.runOnce, RequestManagers). */
import type { World } from '../../kernel/world.ts';
import { Channel, type Connection } from '../../net/connection-state.ts';
import { connectionTo } from '../../net/network.ts';
import { coordinatorUnknown, ensureCoordinator } from '../abstract-coordinator.ts';
import { maybeUpdateMetadata, NEVER } from '../client-network.ts';
import { sendFetches } from '../fetcher.ts';
import { updateFetchPositions } from '../offset-fetcher.ts';
import { loseAsync } from './answers.ts';
import { pollCommits } from './commit-requests.ts';
import { pollHeartbeat } from './heartbeat.ts';
import { maybeReconcile } from './reconcile.ts';
import type { AsyncConsumer } from './state.ts';

/** Returns when it next has something to do by itself. */
export function runBackground(w: World, c: AsyncConsumer): number {
  const a = c.async;
  let wakeUs = NEVER;
  // close() stops the search before it leaves.
  if (coordinatorUnknown(c) && a.closing !== 'leaving' && a.closing !== 'draining') {
    const findUs = ensureCoordinator(w, c);
    if (coordinatorUnknown(c)) wakeUs = findUs;
  }
  maybeReconcile(w, c, false);
  wakeUs = Math.min(wakeUs, pollHeartbeat(w, c));
  maybeReconcile(w, c, false);
  wakeUs = Math.min(wakeUs, pollCommits(w, c), pollPositions(w, c));
  if (isOutOfReach(w, c)) {
    loseAsync(w, c, 'coordinator unavailable');
    return runBackground(w, c);
  }
  return Math.min(wakeUs, maybeUpdateMetadata(w, c));
}

/** NetworkClientDelegate.checkDisconnects: what is to be sent over a connection that may not be opened again yet fails at once. */
function isOutOfReach(w: World, c: AsyncConsumer): boolean {
  if (c.group.unsent.length === 0 || coordinatorUnknown(c)) return false;
  const server = w.brokerNode[c.membership.coordinator] as number;
  const connection = connectionTo(w, c.node, server, Channel.GroupCoordinator, c.connectionSettings);
  return (w.connections[connection] as Connection).state === 'closed';
}

/** OffsetsRequestManager.updateFetchPositions for the last poll event; fetches follow when no partition waits for committed offsets. */
function pollPositions(w: World, c: AsyncConsumer): number {
  if (!c.async.positionsDue || c.async.closing !== 'no') return NEVER;
  const wakeUs = updateFetchPositions(w, c);
  if (c.partitions.some((p) => p.fetchState === 'initializing')) return wakeUs;
  const fetchUs = sendFetches(w, c);
  c.async.positionsDue = c.partitions.some((p) => p.fetchState !== 'fetching');
  return Math.min(wakeUs, fetchUs);
}
