/** A broken rule of the engine itself: the run stops, and the scenario with its seed is the report. */
export class InvariantError extends Error {
  readonly invariant: string;
  constructor(invariant: string, message: string) {
    super(`${invariant}: ${message}`);
    this.name = 'InvariantError';
    this.invariant = invariant;
  }
}

export function assert(condition: boolean, invariant: string, message: string): asserts condition {
  if (!condition) throw new InvariantError(invariant, message);
}
