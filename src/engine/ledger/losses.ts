/** How a record comes to be lost: shared causes, and the ones that stand in no leader's log when their last copy goes. */
import { vectorGet, vectorLength, vectorPush } from '../../base/vector.ts';
import { tell } from '../kernel/schedule.ts';
import { BROKER_STRIDE, type PartitionName, type World } from '../kernel/world.ts';
import type { StoredBatch } from '../log/stored-batch.ts';
import { chunkOf, idsOfBatch, ownChunk, ownLedger, ownTruth, rowOf } from './columns.ts';
import { type CauseNode, Status, type TruthLog } from './ledger-state.ts';

export function addCause(w: World, code: string, params: CauseNode['params'], parent: number): number {
  const l = ownLedger(w);
  vectorPush(l.causes, { code, atUs: w.nowUs, params, parent }, w.gen);
  return vectorLength(l.causes) - 1;
}

/** Decides that an acknowledged record is lost. Returns whether that is news. */
export function lose(w: World, id: number, t: TruthLog, cause: number): boolean {
  const l = ownLedger(w);
  const c = ownChunk(w, id);
  const row = rowOf(id);
  const status = c.status[row] as number;
  if (!(status & Status.Acked) || status & Status.Lost) return false;
  c.status[row] = (status | Status.Lost) & ~Status.Safe;
  c.cause[row] = cause;
  l.lost += 1;
  const at = t.atRisk.indexOf(id);
  if (at >= 0) {
    t.atRisk.splice(at, 1);
    l.atRisk -= 1;
  }
  return true;
}

/** Batches left a replica's log, at `fromOffset` and above. Acknowledged records that stand in no leader's log are lost with them. */
export function loseOrphans(
  w: World,
  partition: number,
  gone: readonly StoredBatch[],
  broker: number,
  fromOffset: number,
  cause: () => number,
): void {
  const t = ownTruth(w, partition);
  let lost = 0;
  for (const stored of gone) {
    for (const id of idsOfBatch(w, stored.batch)) {
      if (id < 0) continue;
      const c = chunkOf(w, id);
      const row = rowOf(id);
      if (
        (c.copies[row] as number) > 0 ||
        !((c.status[row] as number) & Status.Acked) ||
        (c.status[row] as number) & Status.Lost
      )
        continue;
      if (lose(w, id, t, cause())) lost += 1;
    }
  }
  if (lost > 0) tellLost(w, partition, lost, broker, fromOffset);
}

export function tellLost(w: World, partition: number, records: number, broker: number, offset: number): void {
  const { name } = w.partitions[partition] as PartitionName;
  tell(
    w,
    'log.lost',
    { partition: name, records, broker, offset },
    [`partition:${name}`, `broker:${broker}`],
    'harm',
    'losses',
  );
}

const isDeleted = (w: World, partition: number): boolean => (w.controller.image.partitions[partition] ?? null) === null;

/**
 * An acknowledgement arrived when the last copy was gone already (a slow or cut link held it back meanwhile): the record is
 * lost with its acknowledgement. `id` stands in no leader's log.
 */
export function loseIfGone(w: World, id: number, partition: number): void {
  const c = chunkOf(w, id);
  const row = rowOf(id);
  if (!((c.status[row] as number) & Status.EverWritten)) return;
  for (const { id: broker } of w.brokers) {
    const batches = w.replicas[partition * BROKER_STRIDE + broker]?.batches;
    if (batches === undefined) continue;
    for (let i = vectorLength(batches) - 1; i >= 0; i--) {
      const stored = vectorGet(batches, i);
      if (stored.lastOffset < (c.offset[row] as number)) break;
      if (idsOfBatch(w, stored.batch).includes(id)) return;
    }
  }
  const t = ownTruth(w, partition);
  if (isDeleted(w, partition)) {
    // It went on purpose, with its topic, while the answer was on its way.
    ownChunk(w, id).status[row] = (c.status[row] as number) | Status.Safe;
    t.atRisk.pop();
    ownLedger(w).atRisk -= 1;
    return;
  }
  const { broker } = t;
  const offset = c.offset[row] as number;
  if (
    lose(
      w,
      id,
      t,
      addCause(w, 'truncated', { broker: c.writtenBy[row] as number, leader: broker, toOffset: offset }, -1),
    )
  )
    tellLost(w, partition, 1, broker, offset);
}
