/**
 * The high compressor of LZ4: chains of all earlier places with the same first bytes are followed to a depth by level, and
 * a match is put off while the next byte begins a longer one. Other bytes than the reference's, read by the same readers.
 */

import { LAST_LITERALS, MATCH_LIMIT, writeSequence } from './lz4-block.ts';
import type { BlockCompressor } from './lz4-frame.ts';

const MIN_MATCH = 4;
const HASH_BITS = 15;
const WINDOW = 1 << 16;
const NONE = -1;
/** Levels above 12 search as deep as 12. */
const MAX_LEVEL = 12;

/** Scratch, cleared for every block. */
const heads = new Int32Array(1 << HASH_BITS);
const before = new Int32Array(WINDOW);

const hashAt = (bytes: Uint8Array, at: number): number =>
  Math.imul(bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24), 0x9e3779b1) >>>
  (32 - HASH_BITS);

/** The longest match of one position, as the last search left it. */
const found = { length: 0, from: 0 };

/** Follows the chain of `at` through at most `depth` places. */
function search(source: Uint8Array, start: number, at: number, matchEnd: number, depth: number, atLeast: number): void {
  found.length = atLeast;
  const most = matchEnd - at;
  let place = before[at - start];
  for (let tries = depth; place !== NONE && tries > 0; tries--, place = before[place]) {
    const from = start + place;
    if (source[from + found.length] !== source[at + found.length]) continue;
    let length = 0;
    while (length < most && source[from + length] === source[at + length]) length++;
    if (length <= found.length) continue;
    found.length = length;
    found.from = from;
    if (length === most) return;
  }
}

function compressBlock(
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  targetStart: number,
  depth: number,
): number {
  let out = targetStart;
  let anchor = start;
  const lastStart = end - MATCH_LIMIT;
  const matchEnd = end - LAST_LITERALS;
  heads.fill(NONE);
  let known = start;
  const learn = (upTo: number): void => {
    for (const stop = Math.min(upTo, lastStart); known <= stop; known++) {
      const hash = hashAt(source, known);
      before[known - start] = heads[hash];
      heads[hash] = known - start;
    }
  };
  for (let at = start; at <= lastStart; ) {
    learn(at);
    search(source, start, at, matchEnd, depth, MIN_MATCH - 1);
    if (found.length < MIN_MATCH) {
      at++;
      continue;
    }
    let { length, from } = found;
    // One literal more is worth it when the match behind it is longer by more than that.
    while (at < lastStart) {
      learn(at + 1);
      search(source, start, at + 1, matchEnd, depth, length);
      if (found.length <= length) break;
      at++;
      ({ length, from } = found);
    }
    while (at > anchor && from > start && source[at - 1] === source[from - 1]) {
      at--;
      from--;
      length++;
    }
    out = writeSequence(source, anchor, at, at - from, length, target, out);
    at += length;
    anchor = at;
    learn(at - 1);
  }
  return writeSequence(source, anchor, end, 0, 0, target, out);
}

/** Depth 2 at level 1, doubled with every level: 4,096 at level 12. */
export function highCompressor(level: number): BlockCompressor {
  const depth = 1 << Math.min(level, MAX_LEVEL);
  return (source, start, end, target, at) => compressBlock(source, start, end, target, at, depth);
}
