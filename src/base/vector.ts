/**
 * A chunked vector for logs: 64 items a chunk, full chunks never change again, so worlds at different moments share
 * them. `generation` says which world owns the tail: anyone else copies it before writing. Plain data.
 */
export const CHUNK = 64;

export interface Vector<T> {
  /** Full chunks. The outer array is replaced when it changes, unless this generation owns it. */
  chunks: T[][];
  tail: T[];
  generation: number;
}

export function emptyVector<T>(generation: number): Vector<T> {
  return { chunks: [], tail: [], generation };
}

export function vectorLength<T>(v: Vector<T>): number {
  return v.chunks.length * CHUNK + v.tail.length;
}

export function vectorGet<T>(v: Vector<T>, index: number): T {
  const full = v.chunks.length * CHUNK;
  return index >= full ? (v.tail[index - full] as T) : ((v.chunks[index >> 6] as T[])[index & 63] as T);
}

/** The same vector for another generation to write into; nothing is copied until it writes. */
export function vectorShare<T>(v: Vector<T>): Vector<T> {
  return { chunks: v.chunks, tail: v.tail, generation: -1 };
}

/** Another vector with the same items while the first goes on being written by the same generation. Full chunks stay shared. */
export function vectorCopy<T>(v: Vector<T>, generation: number): Vector<T> {
  return { chunks: v.chunks.slice(), tail: v.tail.slice(), generation };
}

function ownVector<T>(v: Vector<T>, generation: number): void {
  if (v.generation === generation) return;
  v.chunks = v.chunks.slice();
  v.tail = v.tail.slice();
  v.generation = generation;
}

export function vectorPush<T>(v: Vector<T>, item: T, generation: number): void {
  ownVector(v, generation);
  v.tail.push(item);
  if (v.tail.length === CHUNK) {
    v.chunks.push(v.tail);
    v.tail = [];
  }
}

/** Keeps the first `length` items. */
export function vectorTruncate<T>(v: Vector<T>, length: number, generation: number): void {
  if (length >= vectorLength(v)) return;
  ownVector(v, generation);
  const chunk = length >> 6;
  if (chunk < v.chunks.length) {
    v.tail = (v.chunks[chunk] as T[]).slice(0, length & 63);
    v.chunks.length = chunk;
  } else {
    v.tail.length = length & 63;
  }
}

export function vectorClear<T>(v: Vector<T>, generation: number): void {
  v.chunks = [];
  v.tail = [];
  v.generation = generation;
}
