/** What observers count of a share group's partition; it outlives failovers, no node reads it and the hash does not see it. */
import type { Owned } from '../kernel/world.ts';

export interface ShareObserved extends Owned {
  readonly groupId: string;
  /** Dense index. */
  readonly partition: number;
  /** Highest start offset seen; -1: none. */
  startOffset: number;
  /** Deliveries, each counted once more when it is repeated. */
  acquisitions: number;
  accepted: number;
  released: number;
  rejected: number;
  /** Locks that ran out, by record. */
  expired: number;
  /** Given up after the last allowed delivery. */
  archived: number;
  /** What broke an invariant, in plain words; null: nothing has. */
  problem: string | null;
  /** Ranges of offsets that were accepted or archived for good, ascending, joined. */
  terminal: readonly (readonly [first: number, last: number])[];
}

export function cloneShareObserved(o: ShareObserved): ShareObserved {
  return { ...o };
}
