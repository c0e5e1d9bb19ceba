import type { World } from './world.ts';

/**
 * The history hash: two 32-bit lanes over what happened (DESIGN: time, sequence, kind, from, to, correlation id, CRC of
 * each appended batch). Observers never touch it.
 */
export function fold(w: World, x: number): void {
  const v = x | 0;
  w.hashA = Math.imul(w.hashA ^ v, 0x9e3779b1);
  w.hashA ^= w.hashA >>> 15;
  w.hashB = Math.imul(((w.hashB << 7) | (w.hashB >>> 25)) ^ v, 0x85ebca6b);
}

/** Folds a number beyond 32 bits (a time in microseconds). */
export function foldWide(w: World, x: number): void {
  fold(w, x);
  fold(w, Math.floor(x / 4294967296));
}

function hex(x: number): string {
  return (x >>> 0).toString(16).padStart(8, '0');
}

export function historyHash(w: World): string {
  return hex(w.hashA) + hex(w.hashB);
}
