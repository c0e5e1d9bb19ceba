/** All codecs at once, for Node: whoever runs there has the bytes of the WebAssembly module before anything starts. */
import { registerCodec } from '../codec.ts';
import { GZIP } from './gzip.ts';
import { LZ4 } from './lz4.ts';
import { SNAPPY } from './snappy.ts';
import { makeZstd } from './zstd.ts';

export { CODEC_LIBRARIES, type CodecLibrary } from './libraries.ts';

export function registerCodecs(zstdWasm: Uint8Array<ArrayBuffer>): void {
  for (const codec of [GZIP, SNAPPY, LZ4, makeZstd(new WebAssembly.Module(zstdWasm))]) registerCodec(codec);
}
