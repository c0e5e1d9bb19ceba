import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { brokerState } from '../broker/replicas.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { isCompacted } from '../log/cleaned-log.ts';
import { topicConfig } from '../log/topic-config.ts';
import { groupsAreWhole } from './groups.ts';
import { list, nameOf, partitionsOf, replicaAt, trueLeader } from './names.ts';
import { sameBatch } from './seen.ts';

/**
 * What a healed cluster comes to: every broker unfenced, every partition led with all its replicas in sync, their logs
 * equal and wholly committed, every write acknowledged or failed. Null once all that holds; else what is still missing.
 */
export function atRest(w: World): string | null {
  return brokersServe(w) ?? partitionsAreWhole(w) ?? writesResolved(w) ?? groupsAreWhole(w);
}

function brokersServe(w: World): string | null {
  for (const b of w.brokers) {
    const node = w.nodes[b.node] as NodeState;
    if (node.process !== 'up') return `broker ${b.id} is ${node.process}`;
    const registration = w.controller.image.brokers[b.id];
    if (registration === null || registration === undefined || registration.fenced) return `broker ${b.id} is fenced`;
    if (b.lifecycle !== 'running') return `broker ${b.id} is ${b.lifecycle}`;
    if (b.image.offset !== w.controller.image.offset)
      return `broker ${b.id} has metadata up to ${b.image.offset} of ${w.controller.image.offset}`;
  }
  return null;
}

function partitionsAreWhole(w: World): string | null {
  for (const p of partitionsOf(w)) {
    if (p.leader < 0) {
      if (isGivenUp(w, p.partition)) continue;
      return `${nameOf(p)} has no leader; ISR ${list(p.isr)}, ELR ${list(p.elr)}, last known ${list(p.lastKnownElr)}`;
    }
    const leader = trueLeader(w, p);
    if (leader === null) return `${nameOf(p)}: broker ${p.leader} has not taken over`;
    if (p.isr.length < p.replicas.length) return `${nameOf(p)}: ISR ${list(p.isr)} of replicas ${list(p.replicas)}`;
    // A second reassignment that adds nobody leaves the first one's adding replicas in the record, and removes them as well: in
    // Kafka too this waits for ever (ReplicationControlManager.changePartitionReassignment sets no empty list).
    if (p.addingReplicas.some((id) => p.removingReplicas.includes(id))) continue;
    if (p.addingReplicas.length + p.removingReplicas.length > 0) return `${nameOf(p)} is still being moved`;
    // Members go on committing: their log is never still, and its copies are compared below their high watermarks all the time.
    if (p.topic.startsWith('__')) continue;
    for (const b of p.replicas) {
      const r = replicaAt(w, p.partition, b);
      if (r === null) return `${nameOf(p)}: broker ${b} has no replica`;
      if (r.leo !== leader.leo || (r.highWatermark !== leader.leo && !missedIt(w, p.leader, r)))
        return `${nameOf(p)}: broker ${b} ends at ${r.leo}, high watermark ${r.highWatermark}; leader ${p.leader} ends at ${leader.leo}`;
      if (isCompacted(w, p.partition)) continue;
      const length = vectorLength(leader.batches);
      if (r.logStart === leader.logStart && length !== vectorLength(r.batches))
        return `${nameOf(p)}: broker ${b} has another number of batches than its leader`;
      for (let i = 0; i < Math.min(length, vectorLength(r.batches)); i++) {
        const [mine, theirs] = [
          vectorGet(r.batches, vectorLength(r.batches) - 1 - i),
          vectorGet(leader.batches, length - 1 - i),
        ];
        if (!sameBatch(mine, theirs))
          return `${nameOf(p)}: broker ${b} differs from its leader at ${theirs.baseOffset}`;
      }
    }
  }
  return null;
}

/**
 * A follower drops an answer that was under way while it learnt of a new epoch of the same leader (rule 13); a session does not say
 * a high watermark twice (rule 28). So it learns that one with the next that differs, in Kafka too.
 */
function missedIt(w: World, leader: number, r: ReplicaState): boolean {
  if (r.highWatermark > r.leo) return false;
  for (const s of brokerState(w, leader).fetchSessions) {
    if (s === null || s.replicaId !== r.broker) continue;
    for (const c of s.partitions)
      if (c.requested.partition === r.partition && c.highWatermark === r.leo && c.requested.fetchOffset === r.leo)
        return r.leaderEpoch > 0;
  }
  return false;
}

/**
 * With eligible leader replicas all who held the committed data may have come back uncleanly; when more than the last
 * leader is to be asked, Kafka waits for an operator, for ever (KIP-966, "unclean recovery" by hand).
 */
function isGivenUp(w: World, partition: number): boolean {
  const p = w.controller.image.partitions[partition];
  if (p === null || p === undefined || !w.controller.elrEnabled) return false;
  if (topicConfig(w.controller.image, p.topic, w.controller.entries).uncleanLeaderElectionEnable) return false;
  return p.isr.length === 0 && p.elr.length === 0 && p.lastKnownElr.length !== 1;
}

/** What a process had in hand when it crashed is never resolved: nobody is left to hear of it. */
function someProducerCrashed(w: World): boolean {
  for (let i = 0; i < vectorLength(w.lines); i++)
    if (vectorGet(w.lines, i).phrase.key === 'log.producer.crashed') return true;
  return false;
}

function writesResolved(w: World): string | null {
  const pending = w.ledger.count - w.ledger.acked - w.ledger.failed;
  return pending === 0 || someProducerCrashed(w) ? null : `${pending} writes are neither acknowledged nor failed`;
}
