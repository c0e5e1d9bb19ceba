/**
 * Loads codecs in the browser's workers, each with its first use: before time is granted to a world whose batches are
 * compressed. In Node all are registered before anything runs (cli/node-codecs.ts), and nothing is left to do here.
 */
import { type Codec, type CompressionType, isCodecRegistered, registerCodec } from '../kafka/records/codec.ts';

const ALL: readonly CompressionType[] = ['gzip', 'snappy', 'lz4', 'zstd'];

async function fetchZstd(): Promise<Codec> {
  const [{ makeZstd }, response] = await Promise.all([
    import('../kafka/records/codecs/zstd.ts'),
    // By an alias of vite.config.ts, since the package does not export the file.
    fetch(new URL('zstd.wasm', import.meta.url)),
  ]);
  if (!response.ok) throw new Error(`zstd.wasm: ${response.status} ${response.statusText}`);
  return makeZstd(await WebAssembly.compile(await response.arrayBuffer()));
}

const LOADERS: Readonly<Record<CompressionType, () => Promise<Codec>>> = {
  none: () => Promise.reject(new Error("'none' is always there")),
  gzip: async () => (await import('../kafka/records/codecs/gzip.ts')).GZIP,
  snappy: async () => (await import('../kafka/records/codecs/snappy.ts')).SNAPPY,
  lz4: async () => (await import('../kafka/records/codecs/lz4.ts')).LZ4,
  zstd: fetchZstd,
};

const loading = new Map<CompressionType, Promise<void>>();

async function load(type: CompressionType): Promise<void> {
  try {
    registerCodec(await LOADERS[type]());
  } finally {
    // What failed may be tried again, and what is here is not asked for again.
    loading.delete(type);
  }
}

/** Done when the codecs of these types (all, if absent) are registered; asked twice at once it loads once. */
export async function loadCodecs(types: Iterable<CompressionType> = ALL): Promise<void> {
  const waits: Promise<void>[] = [];
  for (const type of types) {
    if (isCodecRegistered(type)) continue;
    const wait = loading.get(type) ?? load(type);
    loading.set(type, wait);
    waits.push(wait);
  }
  await Promise.all(waits);
}
