/** The codecs in the page's own thread: loaded when a compressed batch is first looked at. */
import { useEffect, useState } from 'react';
import { COMPRESSION_TYPES, type CompressionType, isCodecRegistered } from '../../kafka/records/codec.ts';
import { loadCodec } from '../../store/codec-loader.ts';

export type CodecState = 'ready' | 'loading' | 'failed';

/** The codec that the bytes name, of v2 in the attributes of the batch, before that in those of the message; null: none, or an unknown one. */
export function codecOf(bytes: Uint8Array): CompressionType | null {
  if (bytes.length < 23) return null;
  const attributes = bytes[16] === 2 ? bytes[22]! : bytes[17]!;
  const codec = COMPRESSION_TYPES[attributes & 7];
  return codec === undefined || codec === 'none' ? null : codec;
}

/** `again` tries once more after a load that failed. */
export function useCodecs(codec: CompressionType | null): { readonly state: CodecState; readonly again: () => void } {
  const [tries, setTries] = useState(0);
  const [failed, setFailed] = useState(-1);
  const [, setLoaded] = useState<CompressionType | null>(null);
  const ready = codec === null || isCodecRegistered(codec);
  useEffect(() => {
    if (ready || codec === null) return;
    let wanted = true;
    loadCodec(codec).then(
      () => wanted && setLoaded(codec),
      () => wanted && setFailed(tries),
    );
    return () => {
      wanted = false;
    };
  }, [ready, codec, tries]);
  const state = ready ? 'ready' : failed === tries ? 'failed' : 'loading';
  return { state, again: () => setTries(tries + 1) };
}
