/** Which partitions the application may read, and what it is told of them (Kafka: SubscriptionState, ConsumerRebalanceListenerInvoker). */
import { tell } from '../../kernel/schedule.ts';
import type { NodeState, World } from '../../kernel/world.ts';
import { groupAssigned, groupReleased, groupStable } from '../../ledger/group-facts.ts';
import { about } from '../abstract-coordinator.ts';
import { denseIndices } from '../join-prepare.ts';
import { assignedPartition, findAssigned } from '../subscription-state.ts';
import type { AsyncConsumer, Named, Reconciliation } from './state.ts';
import { topicsAssigned } from './subscription.ts';

/** markPendingRevocation: nothing of them is fetched or handed out any more; their positions still count for a commit. */
export function markPendingRevocation(c: AsyncConsumer, names: readonly string[]): void {
  if (names.length === 0) return;
  const marked = new Set(names);
  for (const p of c.partitions) if (marked.has(p.name)) p.pendingRevocation = true;
}

/** All that it has, no longer to be read. */
export function lostAll(c: AsyncConsumer): readonly string[] {
  for (const p of c.partitions) p.pendingRevocation = true;
  return c.membership.owned;
}

function release(w: World, c: AsyncConsumer, names: readonly string[]): void {
  const m = c.membership;
  const gone = new Set(names);
  m.owned = m.owned.filter((name) => !gone.has(name));
  groupReleased(w, m.groupId, (w.nodes[c.node] as NodeState).ref, denseIndices(w, names));
}

/** onPartitionsRevoked or onPartitionsLost returns at once; what was read of them and not handed out is dropped. */
export function invokeRemoved(
  w: World,
  c: AsyncConsumer,
  how: 'revoked' | 'lost',
  partitions: readonly string[],
): void {
  const m = c.membership;
  const owned = new Set(m.owned);
  const names = partitions.filter((name) => owned.has(name));
  if (names.length === 0) return;
  release(w, c, names);
  tell(
    w,
    `log.modern-member.${how}`,
    { consumer: c.id, group: m.groupId, partitions: names.join(', '), count: names.length, epoch: m.generation },
    [...about(c), ...names.map((name) => `partition:${name}`)],
    how === 'lost' ? 'risk' : 'plain',
    'groups',
  );
}

/** assignFromSubscribed with nothing. */
export function releaseAll(w: World, c: AsyncConsumer): void {
  if (c.membership.owned.length > 0) release(w, c, c.membership.owned);
  c.partitions = [];
  c.buffer = [];
}

/** applyAssignment and onPartitionsAssigned, which is called with nothing too (an idle member hears that it is one). */
export function applyAssignment(w: World, c: AsyncConsumer, r: Reconciliation): void {
  const m = c.membership;
  const held = new Map(c.partitions.map((p) => [p.name, p]));
  c.partitions = r.all.map(({ topic, index, name }) => held.get(name) ?? assignedPartition(topic, index));
  for (const p of c.partitions) p.pendingRevocation = false;
  c.buffer = c.buffer.filter(({ topic, index }) => findAssigned(c, topic, index) !== null);
  m.owned = r.all.map((p) => p.name);
  topicsAssigned(w, c);
  groupStable(w, m.groupId);
  if (r.added.length > 0) groupAssigned(w, m.groupId, (w.nodes[c.node] as NodeState).ref, denseIndices(w, r.added));
  const key = m.owned.length === 0 ? 'idle' : r.added.length === 0 ? 'keeps' : 'assigned';
  const names = r.added.length === 0 ? m.owned : r.added;
  tell(
    w,
    `log.modern-member.${key}`,
    { consumer: c.id, group: m.groupId, partitions: names.join(', '), count: names.length, epoch: m.generation },
    [...about(c), ...r.added.map((name) => `partition:${name}`)],
    'plain',
    'groups',
  );
}

export function namesOf(partitions: readonly Named[]): string[] {
  return partitions.map((p) => p.name);
}
