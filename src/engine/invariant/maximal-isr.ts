import { maximalIsr } from '../broker/partition.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import type { PartitionRegistration } from '../controller/metadata-image.ts';
import type { World } from '../kernel/world.ts';
import { list, nameOf, partitionsOf, trueLeader } from './names.ts';
import type { Seen } from './seen.ts';

/**
 * Kafka drops a pending change when metadata of the very epoch before it arrive (Partition.makeLeader), and then ignores the
 * answer to its request: until the next metadata come such a leader is stale, and waits for one too few (rule 1 makes that
 * harmless while the new member is less than replica.lag.time.max.ms behind). The checks note whom it overlooks.
 */
function isStale(p: PartitionRegistration, r: ReplicaState): boolean {
  if (r.partitionEpoch >= p.partitionEpoch) return false;
  const { pendingIsr } = r;
  // What the controller has granted is under way as proposed: then the proposal counts, and nobody is overlooked.
  return pendingIsr === null || !pendingIsr.sent || !p.isr.every((b) => pendingIsr.isr.includes(b));
}

/** A leader that is not stale waits for everybody whom the controller counts: its maximal ISR contains the controller's. */
export function maximalIsrCovers(w: World, seen: Seen): string | null {
  for (const p of partitionsOf(w)) {
    const r = trueLeader(w, p);
    if (r === null) continue;
    const maximal = maximalIsr(r);
    for (const b of p.isr) {
      if (maximal.includes(b)) continue;
      if (!isStale(p, r))
        return `${nameOf(p)}: the controller's ISR ${list(p.isr)} has broker ${b}; leader ${r.broker} waits for ${list(maximal)} only`;
      seen.overlooked.add(p.partition * 32 + b);
    }
  }
  return null;
}
