import { maximalIsr } from '../broker/partition.ts';
import { brokerState } from '../broker/replicas.ts';
import type { World } from '../kernel/world.ts';
import { list, nameOf, partitionsOf, trueLeader } from './names.ts';

/**
 * A leader that is not stale waits for everybody whom the controller counts: its maximal ISR contains the controller's.
 * Kafka drops a pending change when metadata of the epoch before it arrive (Partition.makeLeader); until the answer to the
 * request under way is there the leader may then wait for one too few.
 */
export function maximalIsrCovers(w: World): string | null {
  for (const p of partitionsOf(w)) {
    const r = trueLeader(w, p);
    if (r === null) continue;
    const maximal = maximalIsr(r);
    const missing = p.isr.find((b) => !maximal.includes(b));
    if (missing === undefined) continue;
    if (r.pendingIsr === null && brokerState(w, r.broker).alterInFlight?.includes(p.partition) === true) continue;
    return `${nameOf(p)}: the controller's ISR ${list(p.isr)} has broker ${missing}; leader ${r.broker} waits for ${list(maximal)} only`;
  }
  return null;
}
