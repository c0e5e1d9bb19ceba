/** What is measured: the library of a codec with its pinned version. */
import type { CompressionType } from '../../kafka/records/codec.ts';

const LIBRARIES: ReadonlyMap<CompressionType, string> = new Map([
  ['gzip', 'fflate 0.8.3'],
  ['snappy', 'snappyjs 0.7.0'],
  ['lz4', '@rinsuki/lz4-ts 1.0.1'],
  ['zstd', '@bokuweb/zstd-wasm 0.0.27'],
]);

export function libraryOf(codec: CompressionType): string {
  return LIBRARIES.get(codec) ?? codec;
}
