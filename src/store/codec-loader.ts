/**
 * Codecs for the page's own thread. Whoever loads them (worker/load-codecs.ts) is out of reach for the page's parts, so the app hands
 * the function in with what comes after the first motion; who asks earlier waits for it.
 */
import type { CompressionType } from '../kafka/records/codec.ts';

type CodecLoader = (types: readonly CompressionType[]) => Promise<void>;

let give: (loader: CodecLoader) => void = () => {};
const given = new Promise<CodecLoader>((resolve) => {
  give = resolve;
});

export function giveCodecLoader(loader: CodecLoader): void {
  give(loader);
}

/** Done when the codec is registered; fails as its load does, and may be asked again. */
export async function loadCodec(type: CompressionType): Promise<void> {
  const load = await given;
  await load([type]);
}
