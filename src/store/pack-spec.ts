/** What the compression lab can be asked for: its first question, the limits of its fields, what goes with what. Plain data, no engine. */
import type { Magic } from '../kafka/records/byte-field.ts';
import type { CompressionType } from '../kafka/records/codec.ts';
import { PACK_CODECS, PACK_SAMPLES, type PackSpec } from '../protocol/pack.ts';

export const MAGICS: readonly Magic[] = [0, 1, 2];
export const TOPIC_CODECS: readonly PackSpec['brokerCodec'][] = [
  'producer',
  'uncompressed',
  'gzip',
  'snappy',
  'lz4',
  'zstd',
];

/** The lab's own bounds, beside Kafka's: the worker says the same (worker/pack/spec.ts, data.ts). */
export const MOST = { batchSizeBytes: 1_048_576, lingerMs: 60_000, rate: 1_000_000, textBytes: 10_000_000 } as const;

/** Kafka's defaults (4.x), but a codec, and a rate at which batches fill. */
export const FIRST_PACK: PackSpec = {
  source: { kind: 'sample', name: PACK_SAMPLES[0] },
  codec: 'zstd',
  level: null,
  batchSizeBytes: 16_384,
  lingerMs: 5,
  ratePerSecond: 50_000,
  magic: 2,
  brokerCodec: 'producer',
};

export type LeveledCodec = 'gzip' | 'lz4' | 'zstd';

/** Codecs with a level: Kafka's key and its default (KIP-390). */
export const LEVELS: Readonly<Record<LeveledCodec, { readonly key: string; readonly default: number }>> = {
  gzip: { key: 'compression.gzip.level', default: -1 },
  lz4: { key: 'compression.lz4.level', default: 9 },
  zstd: { key: 'compression.zstd.level', default: 3 },
};

export const isLeveled = (codec: CompressionType): codec is LeveledCodec => codec in LEVELS;

/** zstd came with v2 (KIP-110): no client writes it in older formats, and no topic asks for it there. */
export const codecsOf = (magic: Magic): readonly CompressionType[] =>
  magic === 2 ? PACK_CODECS : PACK_CODECS.filter((codec) => codec !== 'zstd');

export const topicCodecsOf = (magic: Magic): readonly PackSpec['brokerCodec'][] =>
  magic === 2 ? TOPIC_CODECS : TOPIC_CODECS.filter((codec) => codec !== 'zstd');

/** The same question with something else in it; what no longer fits goes back to what fits, and only that. */
export function changedPack(spec: PackSpec, change: Partial<PackSpec>): PackSpec {
  const next = { ...spec, ...change };
  const codec = codecsOf(next.magic).includes(next.codec) ? next.codec : 'lz4';
  const brokerCodec = topicCodecsOf(next.magic).includes(next.brokerCodec) ? next.brokerCodec : 'producer';
  const sameCodec = codec === spec.codec || change.level !== undefined;
  const level = sameCodec && isLeveled(codec) && next.magic === 2 ? next.level : null;
  return { ...next, codec, brokerCodec, level };
}

/** Whether the topic's compression.type makes the broker pack the producer's batches anew. */
export function repacks(codec: CompressionType, brokerCodec: PackSpec['brokerCodec']): boolean {
  if (brokerCodec === 'producer') return false;
  return (brokerCodec === 'uncompressed' ? 'none' : brokerCodec) !== codec;
}
