/**
 * Named streams of random numbers. Each is an sfc32 generator whose state is four 32-bit integers, derived from the
 * scenario's seed and the stream's name: changing one thing leaves the draws of all others as they were.
 */
export interface RandomStream {
  a: number;
  b: number;
  c: number;
  d: number;
}

/** FNV-1a over the name's UTF-16 units, then a 32-bit finaliser. */
function hashName(name: string, seed: number): number {
  let h = (0x811c9dc5 ^ seed) | 0;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 0x01000193);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

export function makeStream(seed: number, name: string): RandomStream {
  const low = seed | 0;
  const high = Math.floor(seed / 4294967296) | 0;
  const stream: RandomStream = {
    a: hashName(name, low),
    b: hashName(name, high ^ 0x9e3779b9),
    c: low ^ 0x243f6a88,
    d: 1,
  };
  for (let i = 0; i < 12; i++) nextUint32(stream);
  return stream;
}

export function cloneStream(s: RandomStream): RandomStream {
  return { a: s.a, b: s.b, c: s.c, d: s.d };
}

/** The next draw, 0 to 2^32-1. Changes the stream. */
export function nextUint32(s: RandomStream): number {
  const t = (((s.a + s.b) | 0) + s.d) | 0;
  s.d = (s.d + 1) | 0;
  s.a = s.b ^ (s.b >>> 9);
  s.b = (s.c + (s.c << 3)) | 0;
  s.c = (s.c << 21) | (s.c >>> 11);
  s.c = (s.c + t) | 0;
  return t >>> 0;
}

/** An integer in [0, bound). Multiply-shift; its bias below 2^-20 for the bounds used here does not matter to a simulation. */
export function nextInt(s: RandomStream, bound: number): number {
  return Math.floor((nextUint32(s) * bound) / 4294967296);
}

/** A number in [0, 1) with 32 bits. */
export function nextUnit(s: RandomStream): number {
  return nextUint32(s) / 4294967296;
}
