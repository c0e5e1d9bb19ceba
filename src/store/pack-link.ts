/**
 * The compression lab as a link: `#batch?codec=zstd&batch=32768&linger=50&...&sample=orders`. What is not said has its default;
 * what cannot be read is left at its default too. The learner's own text goes packed where it fits (protocol/link.ts).
 */
import type { Magic } from '../kafka/records/byte-field.ts';
import { MAX_LINK_LENGTH, packBytes, unpackBytes } from '../protocol/link.ts';
import { PACK_SAMPLES, type PackSource, type PackSpec } from '../protocol/pack.ts';
import { FIRST_MEET, meetText, type PackMeet, readMeet } from './pack-meet.ts';
import { changedPack, codecsOf, FIRST_PACK, isLeveled, MAGICS, MOST, topicCodecsOf } from './pack-spec.ts';

/** Longer ones would not fit however they are packed, and packing them takes long. */
const MAX_TRIED = 1_000_000;
/** What else a link says. */
const ROOM = 1_000;
const MAX_NAME = 100;

const packedTexts = new WeakMap<object, string | null>();

/** null: no link can hold it. Packing takes milliseconds, so each text is packed once. */
function packedText(source: Extract<PackSource, { kind: 'text' }>): string | null {
  const known = packedTexts.get(source);
  if (known !== undefined) return known;
  const packed = source.text.length > MAX_TRIED ? null : packBytes(new TextEncoder().encode(source.text));
  const kept = packed !== null && packed.length < MAX_LINK_LENGTH - ROOM ? packed : null;
  packedTexts.set(source, kept);
  return kept;
}

/** The text after the number sign. A text that no link can hold is left out: `whole` is then false. */
export function packHash(
  spec: PackSpec,
  meet: PackMeet = FIRST_MEET,
): { readonly hash: string; readonly whole: boolean } {
  const say = new URLSearchParams();
  let whole = true;
  say.set('codec', spec.codec);
  if (spec.level !== null) say.set('level', String(spec.level));
  say.set('batch', String(spec.batchSizeBytes));
  say.set('linger', String(spec.lingerMs));
  say.set('rate', String(spec.ratePerSecond));
  if (spec.magic !== 2) say.set('format', String(spec.magic));
  if (spec.brokerCodec !== 'producer') say.set('topic', spec.brokerCodec);
  if (meetText(meet) !== meetText(FIRST_MEET)) say.set('meet', meetText(meet));
  if (spec.source.kind === 'sample') say.set('sample', spec.source.name);
  else {
    const packed = packedText(spec.source);
    if (packed === null) whole = false;
    else {
      say.set('name', spec.source.name.slice(0, MAX_NAME));
      say.set('text', packed);
    }
  }
  return { hash: `#batch?${say.toString()}`, whole };
}

const number = (text: string | null, least: number, most: number): number | null => {
  if (text === null || !/^-?\d{1,9}$/.test(text)) return null;
  const value = Number(text);
  return value >= least && value <= most ? value : null;
};

function textOf(packed: string): string | null {
  const bytes = unpackBytes(packed, MOST.textBytes);
  try {
    return bytes === null ? null : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function sourceOf(say: URLSearchParams): PackSource {
  const packed = say.get('text');
  const text = packed === null ? null : textOf(packed);
  if (text !== null) return { kind: 'text', name: (say.get('name') ?? '').slice(0, MAX_NAME), text };
  const name = PACK_SAMPLES.find((sample) => sample === say.get('sample'));
  return name === undefined ? FIRST_PACK.source : { kind: 'sample', name };
}

/** Whether a link names a text that cannot be read: the page says so, and shows a sample. */
export function brokenText(hash: string): boolean {
  const packed = sayOf(hash).get('text');
  return packed !== null && textOf(packed) === null;
}

const sayOf = (hash: string): URLSearchParams => new URLSearchParams(hash.replace(/^#batch\??/, ''));

export const readPackMeet = (hash: string): PackMeet => readMeet(sayOf(hash).get('meet'));

/** Levels are checked where they are used: Kafka's own bounds of this codec (worker/pack/spec.ts). */
export function readPackHash(hash: string): PackSpec {
  const say = sayOf(hash);
  const magic: Magic = MAGICS.find((each) => String(each) === say.get('format')) ?? FIRST_PACK.magic;
  const codec = codecsOf(magic).find((each) => each === say.get('codec'));
  const spec = changedPack(FIRST_PACK, {
    source: sourceOf(say),
    magic,
    ...(codec === undefined ? {} : { codec }),
    batchSizeBytes: number(say.get('batch'), 0, MOST.batchSizeBytes) ?? FIRST_PACK.batchSizeBytes,
    lingerMs: number(say.get('linger'), 0, MOST.lingerMs) ?? FIRST_PACK.lingerMs,
    ratePerSecond: number(say.get('rate'), 1, MOST.rate) ?? FIRST_PACK.ratePerSecond,
    brokerCodec: topicCodecsOf(magic).find((each) => each === say.get('topic')) ?? 'producer',
  });
  const level = isLeveled(spec.codec) ? number(say.get('level'), -131_072, 22) : null;
  return { ...spec, level: spec.magic === 2 ? level : null };
}
