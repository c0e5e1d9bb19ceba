/**
 * A consumer's unpacking (Kafka: CompletedFetch.nextFetchedRecord, which decompresses a batch when poll() gets to its first record).
 * Here poll() unpacks what it is about to return and returns it when that is done; what it had unpacked before costs nothing again.
 */
import type { FetchedBatch } from '../../kafka/api/messages.ts';
import { decompressUs } from '../../kafka/records/codec-costs.ts';
import { batchOverhead } from '../../kafka/records/record-sizes.ts';
import type { NodeState, World } from '../kernel/world.ts';
import type { ConsumerState } from './consumer-state.ts';
import { addWork } from './pack-estimation.ts';
import { NO_WORK, type Unpacking } from './pack-state.ts';
import { findAssigned } from './subscription-state.ts';

function unpackingOf(w: World, c: ConsumerState): Unpacking {
  const { incarnation } = w.nodes[c.node] as NodeState;
  if (c.unpacking?.incarnation === incarnation) return c.unpacking;
  return { incarnation, busyUntilUs: 0, work: c.unpacking?.work ?? NO_WORK };
}

function unpacked({ work, ...rest }: Unpacking, { batch }: FetchedBatch): Unpacking {
  const packed = batch.packed as Uint8Array;
  const plainBytes = batch.plainSizeInBytes - batchOverhead;
  return { ...rest, work: addWork(work, decompressUs(batch.compression, plainBytes), plainBytes, packed.length) };
}

/** Unpacks what a poll() of so many records comes to. Returns whether the thread is busy with it now. */
export function unpackAhead(w: World, c: ConsumerState, maxRecords: number): boolean {
  const before = unpackingOf(w, c);
  if (before.busyUntilUs > w.nowUs) return true;
  let unpacking = before;
  let left = maxRecords;
  for (const f of c.buffer) {
    const p = findAssigned(c, f.topic, f.index);
    if (p === null || p.pendingRevocation || p.fetchState !== 'fetching' || p.offset !== f.nextOffset) continue;
    for (let at = f.batchAt; at < f.answer.records.length && left > 0; at++) {
      const batch = f.answer.records[at] as FetchedBatch;
      const from = at === f.batchAt ? f.recordAt : 0;
      if (!batch.batch.isControl) left -= batch.batch.records.length - from;
      if (at < f.unpacked) continue;
      f.unpacked = at + 1;
      if (batch.batch.packed !== null) unpacking = unpacked(unpacking, batch);
    }
    if (left <= 0) break;
  }
  const us = unpacking.work.us - before.work.us;
  if (us === 0) return false;
  c.unpacking = { ...unpacking, busyUntilUs: w.nowUs + us };
  return true;
}

/** A share consumer's poll() returns these batches: what unpacking them takes, in microseconds. */
export function unpackShared(w: World, c: ConsumerState, batches: readonly FetchedBatch[]): number {
  const before = unpackingOf(w, c);
  let unpacking = before;
  for (const batch of batches) if (batch.batch.packed !== null) unpacking = unpacked(unpacking, batch);
  const us = unpacking.work.us - before.work.us;
  if (us > 0) c.unpacking = { ...unpacking, busyUntilUs: w.nowUs + us };
  return us;
}
