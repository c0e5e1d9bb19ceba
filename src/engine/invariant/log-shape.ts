import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { BROKER_STRIDE, type World } from '../kernel/world.ts';
import { isCompacted } from '../log/cleaned-log.ts';
import { epochForOffset } from '../log/leader-epoch-file-cache.ts';
import { goOn, type Seen } from './seen.ts';

function at(w: World, r: ReplicaState): string {
  return `${w.partitions[r.partition]?.name} on broker ${r.broker}`;
}

/** Batches follow each other without a gap, epochs never go back, the high watermark lies in the log, sizes are what was added up. */
export function logShape(w: World, seen: Seen): string | null {
  for (let slot = 0; slot < w.replicas.length; slot++) {
    const r = w.replicas[slot] ?? null;
    if (r === null || slot !== r.partition * BROKER_STRIDE + r.broker) continue;
    const wrong = shapeOf(w, r, seen, slot);
    if (wrong !== null) return wrong;
  }
  return null;
}

function shapeOf(w: World, r: ReplicaState, seen: Seen, slot: number): string | null {
  if (r.highWatermark > r.leo) return `${at(w, r)}: high watermark ${r.highWatermark} beyond its end ${r.leo}`;
  if (r.highWatermark < r.logStart)
    return `${at(w, r)}: high watermark ${r.highWatermark} before its start ${r.logStart}`;
  if (r.flushedOffset > r.leo) return `${at(w, r)}: flushed up to ${r.flushedOffset}, beyond its end ${r.leo}`;
  const length = vectorLength(r.batches);
  const compared = goOn(seen.shaped, slot, length, (i) => vectorGet(r.batches, i));
  const whole = compared.count === 0;
  const oldest = r.segments[0]?.base ?? r.active.base;
  let sizeBytes = 0;
  let records = 0;
  for (let i = compared.count; i < length; i++) {
    const b = vectorGet(r.batches, i);
    const before = compared.last;
    const gap = before !== null && b.baseOffset !== before.lastOffset + 1;
    // Who fetched from a cleaned log has its gaps.
    if (gap && (b.baseOffset <= before.lastOffset || !isCompacted(w, r.partition)))
      return `${at(w, r)}: a batch ends at ${before.lastOffset}, the next begins at ${b.baseOffset}`;
    if (before !== null && b.leaderEpoch < before.leaderEpoch)
      return `${at(w, r)}: leader epoch ${b.leaderEpoch} at ${b.baseOffset} after ${before.leaderEpoch}`;
    if (b.lastOffset - b.baseOffset !== b.batch.lastOffsetDelta)
      return `${at(w, r)}: the batch at ${b.baseOffset} ends at ${b.lastOffset}`;
    if (b.baseOffset >= r.logStart && epochForOffset(r.epochs, b.baseOffset) !== b.leaderEpoch)
      return `${at(w, r)}: the epoch cache gives ${epochForOffset(r.epochs, b.baseOffset)} for ${b.baseOffset}, the batch ${b.leaderEpoch}`;
    // What retention took stays in the vector, for observers; it is counted no more.
    if (b.baseOffset >= oldest) {
      sizeBytes += b.batch.sizeInBytes;
      records += b.batch.records.length;
    }
    compared.count = i + 1;
    compared.last = b;
  }
  if (compared.last !== null && compared.last.lastOffset + 1 !== r.leo)
    return `${at(w, r)}: its last batch ends at ${compared.last.lastOffset}, its end is ${r.leo}`;
  if (whole && r.cleaned === null && (sizeBytes !== r.sizeBytes || records !== r.recordCount)) {
    return `${at(w, r)}: ${sizeBytes} bytes and ${records} records in its batches, ${r.sizeBytes} and ${r.recordCount} counted`;
  }
  for (let i = 1; i < r.epochs.length; i++) {
    const [a, b] = [r.epochs[i - 1], r.epochs[i]];
    if (a !== undefined && b !== undefined && (a.epoch >= b.epoch || a.startOffset > b.startOffset)) {
      return `${at(w, r)}: epoch ${b.epoch} at ${b.startOffset} stands behind epoch ${a.epoch} at ${a.startOffset}`;
    }
  }
  return null;
}
