/**
 * One LZ4 block of at most 64 KiB. The compressor takes the steps of the reference's fast one (acceleration 1, a table of
 * 2^13 positions), so that Kafka's default level gives the very bytes that Kafka's library writes.
 */
import { CodecError } from '../codec.ts';

const MIN_MATCH = 4;
/** The last match begins at least so many bytes before the end ... */
export const MATCH_LIMIT = 12;
/** ... and the last bytes are literals. */
export const LAST_LITERALS = 5;
const SKIP_TRIGGER = 6;
const HASH_SHIFT = 32 - 13;
const HASH_PRIME = 0x9e3779b1;

/** Scratch: it is cleared for every block, so it is no state. */
const positions = new Uint16Array(1 << 13);

/** The most that `size` bytes may take as a block. */
export const lz4BlockBound = (size: number): number => size + Math.floor(size / 255) + 16;

const word = (bytes: Uint8Array, at: number): number =>
  bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);

/** Writes what does not fit into a token's four bits, and returns where it ends. */
function writeLength(target: Uint8Array, at: number, rest: number): number {
  while (rest >= 255) {
    target[at++] = 255;
    rest -= 255;
  }
  target[at] = rest;
  return at + 1;
}

/** A sequence: literals source[anchor, literalEnd), then a match of `length` bytes from `offset` back; 0 = no match (the last one). */
export function writeSequence(
  source: Uint8Array,
  anchor: number,
  literalEnd: number,
  offset: number,
  length: number,
  target: Uint8Array,
  start: number,
): number {
  const literals = literalEnd - anchor;
  const matchCode = length - MIN_MATCH;
  let at = start + 1;
  target[start] = (literals < 15 ? literals << 4 : 0xf0) | (length === 0 ? 0 : matchCode < 15 ? matchCode : 15);
  if (literals >= 15) at = writeLength(target, at, literals - 15);
  if (literals > 24) {
    target.set(source.subarray(anchor, literalEnd), at);
    at += literals;
  } else for (let from = anchor; from < literalEnd; ) target[at++] = source[from++];
  if (length === 0) return at;
  target[at] = offset;
  target[at + 1] = offset >>> 8;
  at += 2;
  return matchCode < 15 ? at : writeLength(target, at, matchCode - 15);
}

/** Compresses source[start, end) to `target` from `targetStart` on, and returns where the block ends there. */
export function compressLz4Block(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  targetStart: number,
): number {
  let out = targetStart;
  let anchor = start;
  const lastStart = end - MATCH_LIMIT + 1;
  const matchEnd = end - LAST_LITERALS;
  if (end - start > MATCH_LIMIT) {
    positions.fill(0);
    let at = start + 1;
    let nextHash = Math.imul(word(source, at), HASH_PRIME) >>> HASH_SHIFT;
    search: for (;;) {
      let match = 0;
      let forward = at;
      let step = 1;
      for (let tries = (1 << SKIP_TRIGGER) + 1; ; tries++) {
        const hash = nextHash;
        at = forward;
        forward += step;
        step = (tries - 1) >> SKIP_TRIGGER;
        if (forward > lastStart) break search;
        match = start + positions[hash];
        nextHash = Math.imul(word(source, forward), HASH_PRIME) >>> HASH_SHIFT;
        positions[hash] = at - start;
        if (
          source[match] === source[at] &&
          source[match + 1] === source[at + 1] &&
          source[match + 2] === source[at + 2] &&
          source[match + 3] === source[at + 3]
        ) {
          break;
        }
      }
      while (at > anchor && match > start && source[at - 1] === source[match - 1]) {
        at--;
        match--;
      }
      for (;;) {
        const offset = at - match;
        let stop = at + MIN_MATCH;
        while (stop < matchEnd && source[stop] === source[stop - offset]) stop++;
        out = writeSequence(source, anchor, at, offset, stop - at, target, out);
        at = stop;
        anchor = at;
        if (at >= lastStart) break search;
        positions[Math.imul(word(source, at - 2), HASH_PRIME) >>> HASH_SHIFT] = at - 2 - start;
        const here = word(source, at);
        const hash = Math.imul(here, HASH_PRIME) >>> HASH_SHIFT;
        match = start + positions[hash];
        positions[hash] = at - start;
        if (word(source, match) !== here) break;
      }
      at++;
      nextHash = Math.imul(word(source, at), HASH_PRIME) >>> HASH_SHIFT;
    }
  }
  return writeSequence(source, anchor, end, 0, 0, target, out);
}

const fault = (position: number, message: string): CodecError => new CodecError('lz4', position, message);

/**
 * Unpacks source[start, end) to target[targetStart, targetEnd), and returns where the content ends there. Each step takes
 * at least one byte of the input, and none reads or writes outside.
 */
export function unpackLz4Block(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  targetStart: number,
  targetEnd: number,
): number {
  let at = start;
  let out = targetStart;
  while (at < end) {
    const sequence = at;
    const token = source[at++];
    let length = token >>> 4;
    if (length === 15) {
      let more: number;
      do {
        if (at >= end) throw fault(sequence, 'the length of literals is cut off');
        more = source[at++];
        length += more;
      } while (more === 255);
    }
    if (length > end - at) throw fault(sequence, `${length} literals are cut off`);
    if (length > targetEnd - out) throw fault(sequence, 'a block unpacks to more than its maximum');
    if (length > 24) {
      target.set(source.subarray(at, at + length), out);
      at += length;
      out += length;
    } else for (const stop = at + length; at < stop; ) target[out++] = source[at++];
    // The last sequence has literals only.
    if (at === end) return out;
    if (end - at < 2) throw fault(sequence, 'a match is cut off');
    const offset = source[at] | (source[at + 1] << 8);
    at += 2;
    if (offset === 0 || offset > out - targetStart) throw fault(sequence, `a match from ${offset} bytes back`);
    length = (token & 15) + MIN_MATCH;
    if (length === 15 + MIN_MATCH) {
      let more: number;
      do {
        if (at >= end) throw fault(sequence, 'the length of a match is cut off');
        more = source[at++];
        length += more;
      } while (more === 255);
    }
    if (length > targetEnd - out - LAST_LITERALS) throw fault(sequence, 'a match reaches into the last literals');
    for (let from = out - offset, stop = out + length; out < stop; ) target[out++] = target[from++];
  }
  throw fault(end, 'a block ends without its last literals');
}
