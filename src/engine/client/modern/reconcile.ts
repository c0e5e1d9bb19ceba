/**
 * From what a member has to what it is to have (Kafka: AbstractMembershipManager.maybeReconcile, revokeAndAssign). Rule 105: commit,
 * onPartitionsRevoked, onPartitionsAssigned, acknowledge; topics that metadata do not know yet wait.
 */
import type { TopicPartitions } from '../../../kafka/api/messages-consumer-group.ts';
import { compareText } from '../../../kafka/assignor/assignor.ts';
import { tell } from '../../kernel/schedule.ts';
import type { World } from '../../kernel/world.ts';
import { about } from '../abstract-coordinator.ts';
import { requestUpdate } from '../client-metadata.ts';
import { setTopics } from '../consumer-subscription.ts';
import { commitBeforeRebalance, resetAutoCommitTimer } from './commit-requests.ts';
import { enqueue, isReconciled, sameAssignment } from './membership.ts';
import { markPendingRevocation, namesOf } from './ownership.ts';
import type { AsyncConsumer, LocalAssignment, Named } from './state.ts';

/** Whether a poll event has something to reconcile. */
export function hasPendingReconciliation(c: AsyncConsumer): boolean {
  return c.membership.state === 'reconciling' && c.async.reconciliation === null && !isReconciled(c);
}

/**
 * maybeReconcile. Outside of a poll event (`canCommit` false) only what takes nothing away and commits nothing: the application
 * may be handing out records of those partitions.
 */
export function maybeReconcile(w: World, c: AsyncConsumer, canCommit: boolean): void {
  const a = c.async;
  if (!hasPendingReconciliation(c)) return;
  const resolved: LocalAssignment = { localEpoch: a.target.localEpoch, partitions: resolvable(c) };
  if (a.current.localEpoch >= 0 && sameAssignment(resolved.partitions, a.current.partitions)) {
    // Nothing that it could resolve is new: acknowledged as it is, until metadata know the rest.
    a.current = resolved;
    c.membership.state = 'acknowledging';
    return;
  }
  const all = namedPartitions(resolved.partitions);
  const wanted = new Set(namesOf(all));
  const owned = new Set(c.partitions.map((p) => p.name));
  const revoked = [...owned].filter((name) => !wanted.has(name)).sort(compareNames);
  const added = [...wanted].filter((name) => !owned.has(name));
  if (!canCommit && (c.settings.enableAutoCommit || revoked.length > 0)) return;
  a.reconciliations += 1;
  a.reconciliation = { serial: a.reconciliations, resolved, all, revoked, added };
  a.rejoinedWhileReconciling = false;
  markPendingRevocation(c, revoked);
  if (revoked.length > 0) {
    const params = {
      consumer: c.id,
      group: c.membership.groupId,
      partitions: revoked.join(', '),
      count: revoked.length,
    };
    tell(w, 'log.modern-member.told-to-revoke', params, [...about(c), ...revoked.map((name) => `partition:${name}`)]);
  }
  commitBeforeRebalance(w, c);
}

function compareNames(a: string, b: string): number {
  const cut = (name: string): number => name.lastIndexOf('-');
  return (
    compareText(a.slice(0, cut(a)), b.slice(0, cut(b))) || Number(a.slice(cut(a) + 1)) - Number(b.slice(cut(b) + 1))
  );
}

/** findResolvableAssignmentAndTriggerMetadataUpdate: what it has a name for, from metadata or from before. */
function resolvable(c: AsyncConsumer): TopicPartitions[] {
  const a = c.async;
  // setAssignedTopicIds: a pattern of the coordinator's makes no list of topics, so metadata are asked for what is assigned.
  if (a.regex !== null) setTopics(c, a.target.partitions.map((t) => t.topic).sort(compareText));
  const found: TopicPartitions[] = [];
  const names = new Map(a.topicNames);
  for (const wanted of a.target.partitions) {
    const known = c.metadata.topics.find((t) => t.topicId === wanted.topicId)?.name ?? names.get(wanted.topicId);
    if (known === undefined) continue;
    names.set(wanted.topicId, known);
    found.push(wanted);
  }
  a.topicNames = names;
  if (found.length < a.target.partitions.length) requestUpdate(c.metadata, true);
  return found;
}

export function namedPartitions(partitions: readonly TopicPartitions[]): Named[] {
  return partitions
    .flatMap(({ topic, partitions: indices }) => indices.map((index) => ({ topic, index, name: `${topic}-${index}` })))
    .sort((a, b) => compareText(a.topic, b.topic) || a.index - b.index);
}

/** maybeAbortReconciliation: it has left that state, or joined anew, while a commit or a callback took its time. */
function aborted(c: AsyncConsumer): boolean {
  const a = c.async;
  if (c.membership.state === 'reconciling' && !a.rejoinedWhileReconciling) return false;
  a.reconciliation = null;
  a.rejoinedWhileReconciling = false;
  return true;
}

/** The commit before it is over, one way or the other: revokeAndAssign. */
export function commitOver(w: World, c: AsyncConsumer): void {
  const r = c.async.reconciliation;
  if (r === null || aborted(c)) return;
  // A partition that somebody took away meanwhile is not revoked once more.
  const owned = new Set(c.membership.owned);
  const revoked = r.revoked.filter((name) => owned.has(name));
  markPendingRevocation(c, revoked);
  if (revoked.length > 0)
    enqueue(c, { kind: 'removed', how: 'revoked', partitions: revoked, after: 'reconcile', reconciliation: r.serial });
  else revocationOver(w, c, r.serial);
}

/** onPartitionsRevoked has returned: the new ones come in the same or the next poll(). */
export function revocationOver(_w: World, c: AsyncConsumer, serial: number): void {
  const r = c.async.reconciliation;
  if (r === null || r.serial !== serial || aborted(c)) return;
  enqueue(c, { kind: 'assigned', reconciliation: serial });
  // Names of topics that are no longer assigned are forgotten.
  const ids = r.resolved.partitions.map((t) => t.topicId);
  c.async.topicNames = new Map([...c.async.topicNames].filter(([id]) => ids.includes(id)));
}

/** onPartitionsAssigned has returned: what it has now it acknowledges with its next heartbeat, at once. */
export function assignmentOver(w: World, c: AsyncConsumer, serial: number): void {
  const a = c.async;
  const r = a.reconciliation;
  if (r === null || r.serial !== serial || aborted(c)) return;
  a.current = r.resolved;
  resetAutoCommitTimer(w, c);
  c.membership.state = 'acknowledging';
  a.reconciliation = null;
}
