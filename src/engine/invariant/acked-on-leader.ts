import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import type { World } from '../kernel/world.ts';
import { chunkOf, idsOfBatch, rowOf } from '../ledger/columns.ts';
import { Status } from '../ledger/ledger-state.ts';
import { isCompacted } from '../log/cleaned-log.ts';
import { nameOf, partitionsOf, trueLeader } from './names.ts';
import { isPromised, type Seen } from './seen.ts';

/** `acks` in the ledger's column: 2 stands for all. */
const ALL = 2;

/** Ids of all records in a log. */
function idsIn(w: World, r: ReplicaState): Set<number> {
  const ids = new Set<number>();
  for (let i = 0; i < vectorLength(r.batches); i++)
    for (const id of idsOfBatch(w, vectorGet(r.batches, i).batch)) ids.add(id);
  return ids;
}

/** What acks=all acknowledged is in the log of every later leader, unless an unclean election or lost pages took it. */
export function ackedOnLeader(w: World, seen: Seen): string | null {
  const leaders: { partition: number; name: string; r: ReplicaState; ids: Set<number> | null }[] = [];
  const ledgerLost = w.ledger.lost > seen.lost;
  seen.lost = w.ledger.lost;
  for (const p of partitionsOf(w)) {
    const r = trueLeader(w, p);
    if (r === null || !isPromised(w, seen, p.partition) || isCompacted(w, p.partition)) continue;
    const reign = `${r.broker}:${r.leaderEpoch}`;
    if (seen.acked.get(p.partition) === reign && !ledgerLost) continue;
    seen.acked.set(p.partition, reign);
    leaders.push({ partition: p.partition, name: nameOf(p), r, ids: null });
  }
  if (leaders.length === 0) return null;
  for (let id = 0; id < w.ledger.count; id++) {
    const c = chunkOf(w, id);
    const row = rowOf(id);
    if (((c.status[row] as number) & Status.Acked) === 0 || ((c.acks[row] as number) & 3) !== ALL) continue;
    const leader = leaders.find((l) => l.partition === c.partition[row]);
    if (leader === undefined || (c.offset[row] as number) < leader.r.logStart) continue;
    if (leader.ids === null) leader.ids = idsIn(w, leader.r);
    if (!leader.ids.has(id)) {
      return `${leader.name}: record ${c.ordinal[row]} of ${w.producers[c.producer[row] as number]?.id} was acknowledged by all at offset ${c.offset[row]}; leader ${leader.r.broker} (epoch ${leader.r.leaderEpoch}) does not have it`;
    }
  }
  return null;
}
