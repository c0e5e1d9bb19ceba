/**
 * How a producer guesses what its records will take once they are compressed (Kafka: CompressionRatioEstimator and
 * MemoryRecordsBuilder.estimatedBytesWritten). Java computes in 32-bit floats there; `Math.fround` after every step gives
 * the same numbers.
 */
import { batchOverhead } from './record-sizes.ts';

/** Every codec starts from here: nothing gained. */
export const INITIAL_RATIO = 1;
const IMPROVING_STEP = Math.fround(0.005);
const DETERIORATE_STEP = Math.fround(0.05);
const RATE_ESTIMATION_FACTOR = Math.fround(1.05);

/** CompressionRatioEstimator.updateEstimation: a little down when a batch came out smaller, at once up when it came out larger. */
export function updatedEstimation(current: number, observed: number): number {
  if (observed > current) return Math.max(Math.fround(current + DETERIORATE_STEP), observed);
  if (observed < current) return Math.max(Math.fround(current - IMPROVING_STEP), observed);
  return current;
}

/** MemoryRecordsBuilder.compressionRatio: compressed to plain, both without the batch's header. */
export function compressionRatio(packedBytes: number, plainBytes: number): number {
  return Math.fround(packedBytes / plainBytes);
}

/** The batch's size as the builder guesses it: header and `plainBytes` of records at this ratio, with 5 % on top. */
export function estimatedBytesWritten(plainBytes: number, ratio: number): number {
  return batchOverhead + Math.trunc(Math.fround(Math.fround(Math.fround(plainBytes) * ratio) * RATE_ESTIMATION_FACTOR));
}
