import { maximalIsr } from '../broker/partition.ts';
import { brokerState } from '../broker/replicas.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import type { PartitionRegistration } from '../controller/metadata-image.ts';
import type { World } from '../kernel/world.ts';
import { list, nameOf, partitionsOf, trueLeader } from './names.ts';

/**
 * Kafka drops a pending change when metadata of the very epoch before it arrive (Partition.makeLeader), and then ignores the
 * answer to its request: until the next metadata come such a leader is stale, and waits for one too few (rule 1's caught-up
 * non-members count all the same).
 */
function isStale(w: World, p: PartitionRegistration, r: ReplicaState): boolean {
  if (r.partitionEpoch >= p.partitionEpoch) return false;
  const sent = r.pendingIsr?.sent === true && brokerState(w, r.broker).alterInFlight?.includes(p.partition) === true;
  return !sent || r.partitionEpoch < p.partitionEpoch - 1;
}

/** A leader that is not stale waits for everybody whom the controller counts: its maximal ISR contains the controller's. */
export function maximalIsrCovers(w: World): string | null {
  for (const p of partitionsOf(w)) {
    const r = trueLeader(w, p);
    if (r === null || isStale(w, p, r)) continue;
    const maximal = maximalIsr(r);
    const missing = p.isr.find((b) => !maximal.includes(b));
    if (missing === undefined) continue;
    return `${nameOf(p)}: the controller's ISR ${list(p.isr)} has broker ${missing}; leader ${r.broker} waits for ${list(maximal)} only`;
  }
  return null;
}
