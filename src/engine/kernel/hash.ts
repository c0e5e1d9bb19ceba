import type { World } from './world.ts';

/** Rises with every change of the engine that changes histories: links and reports say which engine they mean. */
export const ENGINE_VERSION = 2;

interface Lanes {
  hashA: number;
  hashB: number;
}

/** Where every history begins. */
export function initialHash(): Lanes {
  const lanes = { hashA: 0x6b61666b, hashB: 0x73636f70 };
  fold(lanes, ENGINE_VERSION);
  return lanes;
}

/**
 * The history hash: two 32-bit lanes over what happened (DESIGN: time, sequence, kind, from, to, correlation id, CRC of
 * each appended batch). Observers never touch it.
 */
export function fold(w: Lanes, x: number): void {
  const v = x | 0;
  w.hashA = Math.imul(w.hashA ^ v, 0x9e3779b1);
  w.hashA ^= w.hashA >>> 15;
  w.hashB = Math.imul(((w.hashB << 7) | (w.hashB >>> 25)) ^ v, 0x85ebca6b);
}

/** The same three numbers one after the other, with the lanes read and written once. */
export function fold3(w: Lanes, x: number, y: number, z: number): void {
  let a = w.hashA;
  let b = w.hashB;
  let v = x | 0;
  a = Math.imul(a ^ v, 0x9e3779b1);
  a ^= a >>> 15;
  b = Math.imul(((b << 7) | (b >>> 25)) ^ v, 0x85ebca6b);
  v = y | 0;
  a = Math.imul(a ^ v, 0x9e3779b1);
  a ^= a >>> 15;
  b = Math.imul(((b << 7) | (b >>> 25)) ^ v, 0x85ebca6b);
  v = z | 0;
  a = Math.imul(a ^ v, 0x9e3779b1);
  a ^= a >>> 15;
  b = Math.imul(((b << 7) | (b >>> 25)) ^ v, 0x85ebca6b);
  w.hashA = a;
  w.hashB = b;
}

/** Folds a number beyond 32 bits (a time in microseconds). */
export function foldWide(w: Lanes, x: number): void {
  fold(w, x);
  fold(w, Math.floor(x / 4294967296));
}

function hex(x: number): string {
  return (x >>> 0).toString(16).padStart(8, '0');
}

/** What the nodes hold now, so that two worlds with one history and different states would show it. */
function foldState(lanes: Lanes, w: World): void {
  foldWide(lanes, w.nextSeq);
  fold(lanes, w.controller.image.offset);
  for (const r of w.replicas) {
    if (r === null) continue;
    fold(lanes, r.broker * 65536 + r.partition);
    foldWide(lanes, r.leo);
    foldWide(lanes, r.highWatermark);
    foldWide(lanes, r.flushedOffset);
    foldWide(lanes, r.logStart);
    foldWide(lanes, r.active.base);
    fold(lanes, r.leaderEpoch);
    fold(lanes, r.partitionEpoch);
    for (const member of r.isr) fold(lanes, member);
  }
  for (const s of w.coordinators) {
    if (s === null) continue;
    fold(lanes, s.broker * 65536 + s.partition);
    foldWide(lanes, s.committedOffset);
    for (const g of s.groups) {
      fold(lanes, g.generation);
      fold(lanes, g.state.length * 65536 + g.members.length);
      for (const { offset } of g.offsets.values()) foldWide(lanes, offset);
    }
    for (const g of s.consumerGroups) {
      fold(lanes, g.groupEpoch * 65536 + g.members.size);
      for (const m of g.members.values()) fold(lanes, m.memberEpoch);
      for (const { offset } of g.offsets.values()) foldWide(lanes, offset);
    }
  }
  for (const total of [w.ledger.count, w.ledger.acked, w.ledger.failed, w.ledger.lost, w.ledger.delivered])
    fold(lanes, total);
}

/** The hash of a world: its whole history and what it came to. Reading it changes nothing. */
export function historyHash(w: World): string {
  const lanes: Lanes = { hashA: w.hashA, hashB: w.hashB };
  foldState(lanes, w);
  return hex(lanes.hashA) + hex(lanes.hashB);
}
