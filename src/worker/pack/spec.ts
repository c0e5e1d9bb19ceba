/** Checks a question before anything runs: each fault is told with what would be right. */
import { COMPRESSION_TYPES, type CompressionType } from '../../kafka/records/codec.ts';
import type { PackSpec } from '../../protocol/pack.ts';
import { PackFailure } from './failure.ts';

/** max.request.size and message.max.bytes let no larger batch through. */
export const MAX_BATCH_SIZE = 1_048_576;
export const MAX_LINGER_MS = 60_000;
export const MAX_RATE = 1_000_000;
const TOPIC_CODECS: readonly PackSpec['brokerCodec'][] = ['producer', 'uncompressed', 'gzip', 'snappy', 'lz4', 'zstd'];

/** What compression.<codec>.level takes, as Kafka 4.3.1 checks it. */
const LEVELS: ReadonlyMap<CompressionType, { readonly min: number; readonly max: number; readonly or: number | null }> =
  new Map([
    ['gzip', { min: 1, max: 9, or: -1 }],
    ['lz4', { min: 1, max: 17, or: null }],
    ['zstd', { min: -131072, max: 22, or: null }],
  ]);

const isWhole = (value: number, min: number, max: number): boolean =>
  Number.isInteger(value) && value >= min && value <= max;

/** Throws a PackFailure for the first thing that is not right. */
export function checkSpec(spec: PackSpec): void {
  const { codec, level, batchSizeBytes, lingerMs, ratePerSecond, magic, brokerCodec } = spec;
  if (!COMPRESSION_TYPES.includes(codec))
    throw new PackFailure('pack.fail.codec', { value: codec, known: COMPRESSION_TYPES.join(', ') });
  if (!TOPIC_CODECS.includes(brokerCodec))
    throw new PackFailure('pack.fail.topic-codec', { value: brokerCodec, known: TOPIC_CODECS.join(', ') });
  if (!isWhole(batchSizeBytes, 0, MAX_BATCH_SIZE))
    throw new PackFailure('pack.fail.batch-size', { value: String(batchSizeBytes), max: MAX_BATCH_SIZE });
  if (!isWhole(lingerMs, 0, MAX_LINGER_MS))
    throw new PackFailure('pack.fail.linger', { value: String(lingerMs), max: MAX_LINGER_MS });
  if (!isWhole(ratePerSecond, 1, MAX_RATE))
    throw new PackFailure('pack.fail.rate', { value: String(ratePerSecond), max: MAX_RATE });
  if (!isWhole(magic, 0, 2)) throw new PackFailure('pack.fail.magic', { value: String(magic) });
  if (level !== null) checkLevel(codec, level);
  if (magic < 2 && (codec === 'zstd' || brokerCodec === 'zstd'))
    throw new PackFailure('pack.fail.zstd-format', { magic });
}

function checkLevel(codec: CompressionType, level: number): void {
  const valid = LEVELS.get(codec);
  if (valid === undefined) throw new PackFailure('pack.fail.no-level', { codec });
  const { min, max, or } = valid;
  if (isWhole(level, min, max) || level === or) return;
  const range = `${min}..${max}${or === null ? '' : `, ${or}`}`;
  throw new PackFailure('pack.fail.level', { codec, value: String(level), valid: range });
}

/** The level that a run of this codec sets; only the chosen one's differs from Kafka's default, and only v2's clients have levels (KIP-390). */
export function levelFor(spec: PackSpec, codec: CompressionType): number | null {
  return spec.magic === 2 && codec === spec.codec && LEVELS.has(codec) ? spec.level : null;
}

/** What lies in the log of a topic with this compression.type when the producer sends `codec`. */
export function storedCodec(codec: CompressionType, brokerCodec: PackSpec['brokerCodec']): CompressionType {
  if (brokerCodec === 'producer') return codec;
  return brokerCodec === 'uncompressed' ? 'none' : brokerCodec;
}
