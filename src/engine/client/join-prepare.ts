/** What a member gives up before it joins again or leaves (Kafka: ConsumerCoordinator.onJoinPrepare, onLeavePrepare). Rules 74, 76. */
import { tell } from '../kernel/schedule.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { groupReleased } from '../ledger/group-facts.ts';
import { lateCooperative } from '../slots.ts';
import { about, flatPauseUs, type GroupConsumer } from './abstract-coordinator.ts';
import { allConsumed, sendCommit } from './consumer-commit.ts';
import { setTopics } from './consumer-subscription.ts';

/** Dense indices of named partitions, for the ledger. */
export function denseIndices(w: World, names: readonly string[]): number[] {
  return names.map((name) => w.partitionByName.get(name) ?? -1).filter((partition) => partition >= 0);
}

/**
 * Commits what was consumed and waits for the answer (at most for the rebalance timeout), then gives the partitions up (rule 75:
 * cooperative members only what they no longer subscribe to). 0: done, else when to look again.
 */
export function onJoinPrepare(w: World, c: GroupConsumer): number {
  const k = c.group;
  if (k.prepareDeadlineUs < 0) k.prepareDeadlineUs = w.nowUs + c.settings.maxPollIntervalMs * 1000;
  const inTime = w.nowUs < k.prepareDeadlineUs;
  if (c.settings.enableAutoCommit && k.prepare === 'retry' && inTime) {
    if (k.prepareNotBeforeUs > w.nowUs) return Math.min(k.prepareNotBeforeUs, k.prepareDeadlineUs);
    k.prepare = 'none';
  }
  // While it flies the partitions are pending revocation: nothing of them is handed out that the commit would not cover.
  if (c.settings.enableAutoCommit && k.prepare === 'none') k.prepare = commitBeforeJoin(w, c);
  if (k.prepare === 'flying' && inTime) return k.prepareDeadlineUs;
  if (k.prepare === 'retry' && inTime) {
    k.prepareNotBeforeUs = w.nowUs + flatPauseUs(c);
    return k.prepareNotBeforeUs;
  }
  const m = c.membership;
  if (m.generation < 0 || m.memberId === '') giveUp(w, c, 'lost');
  else if (k.cooperative) lateCooperative.revokeUnsubscribed(w, c);
  else giveUp(w, c, 'revoked');
  m.isLeader = false;
  setTopics(c, m.subscribed);
  k.prepareDeadlineUs = -1;
  k.prepare = 'none';
  k.prepareSerial = -1;
  return 0;
}

function commitBeforeJoin(w: World, c: GroupConsumer): 'flying' | 'retry' | 'done' {
  const offsets = allConsumed(c);
  if (offsets.length === 0) return 'done';
  const sent = sendCommit(w, c, 'prepare', offsets);
  if (typeof sent === 'number') {
    c.group.prepareSerial = sent;
    return 'flying';
  }
  return sent.retriable ? 'retry' : 'done';
}

/** invokePartitionsRevoked or invokePartitionsLost for all that it has, and an empty assignment. */
export function giveUp(w: World, c: GroupConsumer, how: 'revoked' | 'lost'): void {
  const { owned } = c.membership;
  if (owned.length > 0) dropPartitions(w, c, owned, `log.member.${how}`);
  c.partitions = [];
  c.buffer = [];
}

/** The application hears that these of its partitions, at least one, are no longer its own; `key` says how. */
export function dropPartitions(w: World, c: GroupConsumer, gone: readonly string[], key: string): void {
  const m = c.membership;
  const dropped = new Set(gone);
  m.owned = m.owned.filter((name) => !dropped.has(name));
  groupReleased(w, m.groupId, (w.nodes[c.node] as NodeState).ref, denseIndices(w, gone));
  tell(
    w,
    key,
    { consumer: c.id, group: m.groupId, partitions: gone.join(', '), count: gone.length, generation: m.generation },
    [...about(c), ...gone.map((name) => `partition:${name}`)],
    key === 'log.member.lost' ? 'risk' : 'plain',
    'groups',
  );
  c.partitions = c.partitions.filter(({ name }) => !dropped.has(name));
  c.buffer = c.buffer.filter(({ topic, index }) => !dropped.has(`${topic}-${index}`));
}

/** Nothing is handed out or fetched while the commit before a rejoin is under way (eager: all partitions are pending revocation). */
export function isPendingRevocation(c: GroupConsumer): boolean {
  return (
    !c.group.cooperative && c.settings.enableAutoCommit && c.group.prepareDeadlineUs >= 0 && c.group.prepare !== 'none'
  );
}
