/**
 * A member under the cooperative protocol (KIP-429, Kafka: ConsumerCoordinator with RebalanceProtocol.COOPERATIVE). Rule 75: it
 * joins again with what it holds and goes on reading; SyncGroup tells it what to give up, that it revokes, and joins once more,
 * so that in the next generation somebody else can have it.
 */
import { tell } from '../kernel/schedule.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { groupAssigned } from '../ledger/group-facts.ts';
import { about, type GroupConsumer, requestRejoin } from './abstract-coordinator.ts';
import type { AssignedPartition } from './consumer-state.ts';
import { denseIndices, dropPartitions } from './join-prepare.ts';

/** onJoinPrepare: only what it no longer subscribes to is given back. */
export function revokeUnsubscribed(w: World, c: GroupConsumer): void {
  const { subscribed } = c.membership;
  const gone = c.partitions.filter(({ topic }) => !subscribed.includes(topic)).map(({ name }) => name);
  const inOrder = c.membership.owned.filter((name) => gone.includes(name));
  if (inOrder.length > 0) dropPartitions(w, c, inOrder, 'log.member.revoked');
}

/** onJoinComplete: `given` in order, those that it holds already with their positions. */
export function takeOver(w: World, c: GroupConsumer, given: readonly AssignedPartition[]): void {
  const m = c.membership;
  const names = given.map(({ name }) => name);
  const stays = new Set(names);
  const revoked = m.owned.filter((name) => !stays.has(name));
  if (revoked.length > 0) {
    dropPartitions(w, c, revoked, 'log.member.hands-over');
    requestRejoin(c, 'need to revoke partitions and re-join');
  }
  const held = new Set(m.owned);
  const added = names.filter((name) => !held.has(name));
  c.partitions = [...given];
  m.owned = names;
  if (added.length > 0) groupAssigned(w, m.groupId, (w.nodes[c.node] as NodeState).ref, denseIndices(w, added));
  const key = names.length === 0 ? 'log.member.idle' : added.length === 0 ? 'log.member.keeps' : 'log.member.assigned';
  tell(
    w,
    key,
    {
      consumer: c.id,
      group: m.groupId,
      partitions: (added.length === 0 ? names : added).join(', '),
      count: added.length === 0 ? names.length : added.length,
      generation: m.generation,
    },
    [...about(c), ...added.map((name) => `partition:${name}`)],
    'plain',
    'groups',
  );
}
