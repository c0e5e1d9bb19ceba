import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { World } from '../kernel/world.ts';
import { chunkOf, idsOfBatch, rowOf } from '../ledger/columns.ts';
import { Status, type TruthLog } from '../ledger/ledger-state.ts';
import { isCompacted } from '../log/cleaned-log.ts';
import { replicaAt } from './names.ts';

/** The ledger is fed by facts; a count from scratch, over its rows and over the logs it holds to be true, must give the same. */
export function ledgerTotals(w: World): string | null {
  return truthIsLeadersLog(w) ?? copiesAreThose(w) ?? statusesAddUp(w) ?? atRiskIsTheRest(w);
}

function sum(counts: readonly number[]): number {
  let total = 0;
  for (const n of counts) total += n;
  return total;
}

function nameOf(w: World, partition: number): string {
  return w.partitions[partition]?.name ?? `partition ${partition}`;
}

/** While the broker whose log is the truth leads, the two are the same. */
function truthIsLeadersLog(w: World): string | null {
  for (let partition = 0; partition < w.ledger.truth.length; partition++) {
    const t = w.ledger.truth[partition] as TruthLog;
    const r = t.broker < 0 ? null : replicaAt(w, partition, t.broker);
    if (r === null || r.role !== 'leader' || isCompacted(w, partition)) continue;
    const length = vectorLength(t.batches);
    if (length !== vectorLength(r.batches) || t.leo !== r.leo)
      return `${nameOf(w, partition)}: the ledger's log has ${length} batches and ends at ${t.leo}; leader ${r.broker} has ${vectorLength(r.batches)} and ends at ${r.leo}`;
    if (length > 0 && vectorGet(t.batches, length - 1) !== vectorGet(r.batches, length - 1))
      return `${nameOf(w, partition)}: the ledger's log ends with another batch than leader ${r.broker}'s`;
  }
  return null;
}

function copiesAreThose(w: World): string | null {
  const l = w.ledger;
  const copies = new Uint16Array(l.count);
  for (let partition = 0; partition < l.truth.length; partition++) {
    const t = l.truth[partition] as TruthLog;
    let acked = 0;
    for (let i = 0; i < vectorLength(t.batches); i++) {
      for (const id of idsOfBatch(w, vectorGet(t.batches, i).batch)) {
        if (id < 0) continue;
        copies[id] = (copies[id] as number) + 1;
        if (copies[id] === 1 && (chunkOf(w, id).status[rowOf(id)] as number) & Status.Acked) acked += 1;
      }
    }
    if (acked !== t.acked)
      return `${nameOf(w, partition)}: ${acked} acknowledged records in the log, ${t.acked} in the ledger`;
  }
  let duplicated = 0;
  for (let id = 0; id < l.count; id++) {
    const kept = chunkOf(w, id).copies[rowOf(id)] as number;
    if (kept !== copies[id]) return `record ${id}: ${copies[id]} copies in the log, ${kept} in the ledger`;
    if (kept > 1) duplicated += kept - 1;
  }
  return duplicated === l.duplicated ? null : `${duplicated} extra copies in the logs, ${l.duplicated} in the ledger`;
}

function statusesAddUp(w: World): string | null {
  const l = w.ledger;
  let acked = 0;
  let failed = 0;
  let lost = 0;
  for (let id = 0; id < l.count; id++) {
    const c = chunkOf(w, id);
    const status = c.status[rowOf(id)] as number;
    if (status & Status.Acked) acked += 1;
    if (status & Status.Failed) failed += 1;
    if (status & Status.Acked && status & Status.Failed) return `record ${id} is acknowledged and failed`;
    if (!(status & Status.Lost)) continue;
    lost += 1;
    if (!(status & Status.Acked)) return `record ${id} is lost, but was never acknowledged`;
    if ((c.copies[rowOf(id)] as number) > 0) return `record ${id} is lost, and stands in the log`;
    if ((c.cause[rowOf(id)] as number) < 0) return `record ${id} is lost without a cause`;
  }
  if (acked !== l.acked || acked !== sum(l.ackedBy))
    return `${acked} records acknowledged, ${l.acked} counted, ${sum(l.ackedBy)} by producer`;
  if (failed !== l.failed || failed !== sum(l.failedBy))
    return `${failed} records failed, ${l.failed} counted, ${sum(l.failedBy)} by producer`;
  if (l.count !== sum(l.sentBy)) return `${l.count} records sent, ${sum(l.sentBy)} by producer`;
  return lost === l.lost ? null : `${lost} records lost, ${l.lost} counted`;
}

/** Acknowledged and not lost: either known to be below a high watermark, or at risk. */
function atRiskIsTheRest(w: World): string | null {
  const l = w.ledger;
  const listed = new Set<number>();
  for (const t of l.truth) for (const id of t.atRisk) listed.add(id);
  const total = sum(l.truth.map((t) => t.atRisk.length));
  if (listed.size !== total || total !== l.atRisk)
    return `${listed.size} records at risk, ${total} listed, ${l.atRisk} counted`;
  let anywhere: Set<number> | null = null;
  for (let id = 0; id < l.count; id++) {
    const c = chunkOf(w, id);
    const row = rowOf(id);
    const status = c.status[row] as number;
    const open = (status & Status.Acked) !== 0 && (status & (Status.Lost | Status.Safe)) === 0;
    if (open !== listed.has(id)) return `record ${id} (status ${status}) is ${open ? 'not ' : ''}listed as at risk`;
    if (!open) continue;
    const t = l.truth[c.partition[row] as number] as TruthLog;
    if ((c.copies[row] as number) > 0) {
      if ((c.offset[row] as number) < t.hw)
        return `record ${id} at offset ${c.offset[row]} is at risk below the high watermark ${t.hw}`;
    } else if (status & Status.EverWritten) {
      if (anywhere === null) anywhere = idsInAnyLog(w);
      if (anywhere.has(id)) continue;
      return `record ${id} is acknowledged, in no log at all, and not lost`;
    }
  }
  return null;
}

/** Ids of the records in all replicas' logs, leaders or not. */
function idsInAnyLog(w: World): Set<number> {
  const ids = new Set<number>();
  for (const r of w.replicas) {
    if (r === null || r === undefined) continue;
    for (let i = 0; i < vectorLength(r.batches); i++)
      for (const id of idsOfBatch(w, vectorGet(r.batches, i).batch)) ids.add(id);
  }
  return ids;
}
