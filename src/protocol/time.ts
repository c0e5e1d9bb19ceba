/**
 * Times at the boundary are milliseconds with up to three decimals (as people write them); inside they are integer
 * microseconds, because sums of fractional milliseconds differ in their last bits and would fork the history.
 */

/** The largest time a scenario may name: about 31 years, so that sums of two times stay exact integers. */
export const MAX_TIME_MS = 1_000_000_000_000;

/** Milliseconds as written to whole microseconds. The caller has checked that there are at most three decimals. */
export function msToUs(ms: number): number {
  return Math.round(ms * 1000);
}

/** Whole microseconds to milliseconds with up to three decimals, the inverse of {@link msToUs}. */
export function usToMs(us: number): number {
  return us / 1000;
}

/** Whether a number of milliseconds has at most three decimals, that is, names a whole microsecond. */
export function isWholeMicrosecond(ms: number): boolean {
  return Number.isFinite(ms) && usToMs(msToUs(ms)) === ms;
}
