/**
 * The seam for compression codecs. A codec is registered once, before the simulation is granted any time, because its
 * bytes are part of what is hashed. Only 'none' is built in. (Kafka: org.apache.kafka.common.compress.Compression.)
 */
export type CompressionType = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';

export interface Codec {
  readonly type: CompressionType;
  /**
   * Must give the same bytes for the same input on every machine. `level` is the codec's own; absent = its default.
   * `magic` is that of the records' format (2 if absent): LZ4 frames of format v0 carry Kafka's old, wrong header checksum.
   */
  compress(bytes: Uint8Array, level?: number, magic?: 0 | 1 | 2): Uint8Array;
  /** Throws a CodecError for bytes that are no stream of this codec; it ends in time whatever the bytes say. */
  decompress(bytes: Uint8Array, magic?: 0 | 1 | 2): Uint8Array;
}

/** Bytes that a codec cannot unpack. `position`: the byte of the compressed input where it was noticed, -1 if unknown. */
export class CodecError extends Error {
  readonly codec: CompressionType;
  readonly position: number;
  constructor(codec: CompressionType, position: number, message: string) {
    super(`${codec}: ${message}${position < 0 ? '' : ` (at byte ${position})`}`);
    this.name = 'CodecError';
    this.codec = codec;
    this.position = position;
  }
}

/** The position in this list is the codec's number in the lowest three attribute bits of a batch. */
export const COMPRESSION_TYPES: readonly CompressionType[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

const NONE: Codec = { type: 'none', compress: (bytes) => bytes, decompress: (bytes) => bytes };

const codecs = new Map<CompressionType, Codec>([['none', NONE]]);

export function registerCodec(codec: Codec): void {
  codecs.set(codec.type, codec);
}

export function isCodecRegistered(type: CompressionType): boolean {
  return codecs.has(type);
}

export function getCodec(type: CompressionType): Codec {
  const codec = codecs.get(type);
  if (codec === undefined) throw new Error(`compression '${type}' is not yet supported: no codec is registered for it`);
  return codec;
}

export { getCodec as get, registerCodec as register };
