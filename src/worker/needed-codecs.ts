/** Which codecs must be there before a message to the engine is carried out: their bytes are part of what is hashed. */
import { type CompressionType, isCodecRegistered } from '../kafka/records/codec.ts';

/** What a learner's every picture sends: these carry no configuration. */
const PLAIN = ['grant', 'seek', 'view'];
const EVERYWHERE: readonly CompressionType[] = ['gzip', 'snappy', 'lz4'];

/**
 * The codecs that are not loaded yet and that this message may bring into a world. Any configuration that speaks of compression counts, of
 * whatever scope and in whatever kind of message: loading what nobody uses in the end costs a moment, a missing codec the run.
 * zstd, by far the largest, comes only where it is named, or where a codec is named by its number.
 */
export function neededCodecs(message: object, isHere = isCodecRegistered): readonly CompressionType[] {
  if ('type' in message && PLAIN.includes(message.type as string)) return [];
  const text = JSON.stringify(message);
  if (!text.includes('compression.')) return [];
  const needed = /zstd|compression\.codec/.test(text) ? [...EVERYWHERE, 'zstd' as const] : EVERYWHERE;
  return needed.filter((type) => !isHere(type));
}
