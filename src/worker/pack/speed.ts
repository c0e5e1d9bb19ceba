/**
 * How fast this machine's libraries compress and unpack, on the payloads of the run. Warm-up first; then rounds in which the codecs
 * take turns, so that whatever else the machine does meets all of them; the median of the rounds. It decides no test.
 */

import type { Magic } from '../../kafka/records/byte-field.ts';
import { type CompressionType, getCodec } from '../../kafka/records/codec.ts';
import { CODEC_LIBRARIES } from '../../kafka/records/codecs/libraries.ts';
import type { PackSpeed } from '../../protocol/pack.ts';

export const REPEATS = 9;
export const WARM_UPS = 2;
/** Long against the steps of a browser's clock. */
const LEAST_MS = 30;
/** As much as one pass takes of the payloads: more would only take longer. */
const MOST_BYTES = 1_000_000;
const MOST_PAYLOADS = 500;

export interface Clock {
  /** Milliseconds with fractions, such as performance.now(). */
  now(): number;
}

interface Subject {
  readonly codec: CompressionType;
  readonly level: number | undefined;
  readonly packed: readonly Uint8Array[];
  readonly compressMBps: number[];
  readonly decompressMBps: number[];
}

/** The first payloads up to so many and so many bytes, at least one. */
export function payloadsOf(count: number, plain: (at: number) => Uint8Array): Uint8Array[] {
  const payloads: Uint8Array[] = [];
  let bytes = 0;
  for (let at = 0; at < Math.min(count, MOST_PAYLOADS) && bytes < MOST_BYTES; at++) {
    const payload = plain(at);
    payloads.push(payload);
    bytes += payload.length;
  }
  return payloads;
}

/** Measures the codecs. Yields between two measurements how far it is, 0 to 1. */
export function* speedsOf(
  codecs: readonly { readonly codec: CompressionType; readonly level: number | null }[],
  payloads: readonly Uint8Array[],
  magic: Magic,
  clock: Clock,
): Generator<number, PackSpeed[], void> {
  const plainBytes = payloads.reduce((sum, { length }) => sum + length, 0);
  const subjects: Subject[] = [];
  for (const { codec, level } of codecs) {
    yield 0;
    const packed = payloads.map((plain) => getCodec(codec).compress(plain, level ?? undefined, magic));
    subjects.push({ codec, level: level ?? undefined, packed, compressMBps: [], decompressMBps: [] });
  }
  const rounds = WARM_UPS + REPEATS;
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < subjects.length; i++) {
      const { codec: type, level, packed, compressMBps, decompressMBps } = subjects[i] as Subject;
      const codec = getCodec(type);
      yield (round + i / subjects.length) / rounds;
      const compressed = timed(clock, payloads, plainBytes, (plain) => codec.compress(plain, level, magic));
      yield (round + (i + 0.5) / subjects.length) / rounds;
      const unpacked = timed(clock, packed, plainBytes, (bytes) => codec.decompress(bytes, magic));
      if (round < WARM_UPS) continue;
      compressMBps.push(compressed);
      decompressMBps.push(unpacked);
    }
  }
  return subjects.map(({ codec, compressMBps, decompressMBps }) => ({
    codec,
    compressMBps: median(compressMBps),
    decompressMBps: median(decompressMBps),
    repeats: REPEATS,
    warmUps: WARM_UPS,
    plainBytes,
    batches: payloads.length,
    library: libraryOf(codec),
  }));
}

function libraryOf(codec: CompressionType): string {
  if (codec === 'none') return '';
  const { name, version } = CODEC_LIBRARIES[codec];
  return `${name} ${version}`;
}

/** Whole passes over all inputs until it has taken LEAST_MS; uncompressed MB (10^6 bytes) a second. */
function timed(
  clock: Clock,
  inputs: readonly Uint8Array[],
  plainBytes: number,
  work: (input: Uint8Array) => Uint8Array,
): number {
  const start = clock.now();
  let passes = 0;
  let ms = 0;
  do {
    for (const input of inputs) work(input);
    passes += 1;
    ms = clock.now() - start;
  } while (ms < LEAST_MS && passes < MAX_PASSES);
  return ms <= 0 ? 0 : (plainBytes * passes) / (ms * 1000);
}

/** A clock that stands still would else never let it end. */
const MAX_PASSES = 100_000;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] ?? 0;
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
