/**
 * What compressing and unpacking cost a processor: a table of measured figures, never measured at run time, so that the same
 * scenario gives the same history on every machine. Whole microseconds come out.
 */
import type { CompressionType } from './codec.ts';

export interface CodecCost {
  /** Nanoseconds for 1,024 uncompressed bytes. */
  readonly compressNsPerKiB: number;
  readonly decompressNsPerKiB: number;
}

/** Measured with Node 20 on JSON log lines in blocks of 1 MiB. */
export const CODEC_COSTS: ReadonlyMap<CompressionType, CodecCost> = new Map([
  ['none', { compressNsPerKiB: 0, decompressNsPerKiB: 0 }],
  ['gzip', { compressNsPerKiB: 19321, decompressNsPerKiB: 2579 }],
  ['snappy', { compressNsPerKiB: 3850, decompressNsPerKiB: 1903 }],
  ['lz4', { compressNsPerKiB: 2775, decompressNsPerKiB: 1681 }],
  ['zstd', { compressNsPerKiB: 3170, decompressNsPerKiB: 768 }],
]);

const costOf = (codec: CompressionType): CodecCost => CODEC_COSTS.get(codec) as CodecCost;

const usFor = (plainBytes: number, nsPerKiB: number): number => Math.ceil((plainBytes * nsPerKiB) / 1_024_000);

/** Time that one thread needs to compress these bytes at the codec's default level. */
export function compressUs(codec: CompressionType, plainBytes: number): number {
  return usFor(plainBytes, costOf(codec).compressNsPerKiB);
}

/** Time that one thread needs to unpack what was `plainBytes` before it was compressed. */
export function decompressUs(codec: CompressionType, plainBytes: number): number {
  return usFor(plainBytes, costOf(codec).decompressNsPerKiB);
}
