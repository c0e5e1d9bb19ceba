/** What packs and unpacks here, for whoever wants to name it: a package with its pinned version. */
import type { CompressionType } from '../codec.ts';

export interface CodecLibrary {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

export const CODEC_LIBRARIES: Readonly<Record<Exclude<CompressionType, 'none'>, CodecLibrary>> = {
  gzip: { name: 'fflate', version: '0.8.3', licence: 'MIT' },
  snappy: { name: 'snappyjs', version: '0.7.0', licence: 'MIT' },
  lz4: { name: '@rinsuki/lz4-ts', version: '1.0.1', licence: 'BSD-3-Clause' },
  zstd: { name: '@bokuweb/zstd-wasm', version: '0.0.27', licence: 'MIT' },
};
