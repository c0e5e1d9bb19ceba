/** What observers count of a share group's partition; it outlives failovers, no node reads it and the hash does not see it. */
import type { Owned } from '../kernel/world.ts';

/** One completion by an application. */
export interface ShareProcessed {
  readonly atUs: number;
  /** Its place in `World.consumers`. */
  readonly consumer: number;
  readonly offset: number;
  readonly deliveryCount: number;
  /** As in ShareAcknowledge; null: not acknowledged one by one. */
  readonly ack: number | null;
}

export interface ShareObserved extends Owned {
  readonly groupId: string;
  /** Dense index. */
  readonly partition: number;
  /** Highest start offset under the leader that has it now, and that leader's place in the table; -1: none. */
  startOffset: number;
  place: number;
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
  /** Highest leader epoch under which an update was kept; -1: none was. */
  writtenEpoch: number;
  /** Records that were accepted though they had been before. */
  acceptedTwice: number;
  /** Acknowledgements that came when their record was done with already. */
  late: number;
  /** Offsets that were rejected, ascending; the first of them. */
  rejectedOffsets: readonly number[];
  /** Highest delivery count by offset, of those that came more than once; the last of them. */
  deliveries: ReadonlyMap<number, number>;
  /** The last completions, oldest first. */
  recent: readonly ShareProcessed[];
}

export function cloneShareObserved(o: ShareObserved): ShareObserved {
  return { ...o };
}
