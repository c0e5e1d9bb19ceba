/**
 * The growing pause between retries (org.apache.kafka.common.utils.ExponentialBackoff). Kafka raises the multiplier to a
 * power by floating-point log and pow, whose last bit differs between machines; here the interval is multiplied in a
 * loop. The only difference: at the cap Kafka may land one millisecond below it.
 */
export interface ExponentialBackoff {
  readonly initialMs: number;
  readonly multiplier: number;
  readonly maxMs: number;
  /** The share by which a pause may be shorter or longer, 0 to 1. */
  readonly jitter: number;
}

/** CommonClientConfigs.RETRY_BACKOFF_EXP_BASE and RETRY_BACKOFF_JITTER. */
export const RETRY_BACKOFF_EXP_BASE = 2;
export const RETRY_BACKOFF_JITTER = 0.2;

/** retry.backoff.ms growing to retry.backoff.max.ms, as every client has it. */
export function retryBackoff(initialMs: number, maxMs: number): ExponentialBackoff {
  return { initialMs, multiplier: RETRY_BACKOFF_EXP_BASE, maxMs, jitter: RETRY_BACKOFF_JITTER };
}

/** The pause before jitter: initial x multiplier^attempts, at most the cap. `attempts` counts from 0. */
export function backoffTermMs(backoff: ExponentialBackoff, attempts: number): number {
  const { initialMs, multiplier, maxMs } = backoff;
  if (maxMs <= initialMs) return maxMs;
  if (multiplier < 1) return initialMs;
  // A pause of nothing never grows, and a multiplier of one never does either.
  if (initialMs <= 0 || multiplier === 1) return initialMs;
  let term = initialMs;
  for (let attempt = 0; attempt < attempts && term < maxMs; attempt++) term *= multiplier;
  return Math.min(term, maxMs);
}

/**
 * The pause in whole milliseconds. `random` lies in [0, 1) and comes from the caller's own stream; it is not looked at
 * when there is no jitter or nothing to grow. The jitter never lifts a pause above the cap.
 */
export function backoffMs(backoff: ExponentialBackoff, attempts: number, random: number): number {
  const { initialMs, maxMs, jitter } = backoff;
  if (jitter < 0 || jitter > 1) throw new RangeError(`jitter must be between 0 and 1, not ${jitter}`);
  const term = backoffTermMs(backoff, attempts);
  if (maxMs <= initialMs || jitter === 0) return Math.floor(term);
  const factor = 1 - jitter + 2 * jitter * random;
  return Math.min(Math.floor(factor * term), maxMs);
}
