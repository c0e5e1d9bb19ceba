/**
 * The memory of a transaction's verification under way (Kafka: VerificationStateEntry, VerificationGuard): the leader
 * asks the transaction coordinator whether the partition belongs to the transaction, and appends only if the guard that
 * it handed out is still the current one, so that a marker written in between cannot leave a transaction hanging.
 */
export interface VerificationStateEntry {
  readonly timestampMs: number;
  /** Unique in the partition; the sentinel 0 verifies nothing. */
  readonly guard: number;
  /** The lowest sequence that waits for verification; a higher one must not overtake it. */
  readonly lowestSequence: number;
  readonly epoch: number;
  /** Transactions V2: the client bumps its epoch with every transaction. */
  readonly supportsEpochBump: boolean;
}

export const VERIFICATION_SENTINEL = 0;

/** A lower sequence of the same epoch, or any of a higher epoch, takes the place of the lowest one. */
export function withLowestSequence(
  entry: VerificationStateEntry,
  sequence: number,
  epoch: number,
): VerificationStateEntry {
  if (epoch > entry.epoch) return { ...entry, epoch, lowestSequence: sequence };
  if (epoch === entry.epoch && sequence < entry.lowestSequence) return { ...entry, lowestSequence: sequence };
  return entry;
}

export function verifiesGuard(entry: VerificationStateEntry | undefined, guard: number): boolean {
  return entry !== undefined && guard !== VERIFICATION_SENTINEL && entry.guard === guard;
}
