import { vectorGet, vectorLength } from '../../base/vector.ts';
import { maximalIsr } from '../broker/partition.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import type { World } from '../kernel/world.ts';
import { isCompacted } from '../log/cleaned-log.ts';
import { batchIndexFor } from '../log/unified-log.ts';
import { nameOf, partitionsOf, replicaAt, trueLeader } from './names.ts';
import { isPromised, type Seen, sameBatch } from './seen.ts';

/**
 * Everything below the leader's high watermark is on every member of the ISR, the same. Behind it may be only who lost
 * power and has not come back through a registration, which takes it out of the ISR, and whom a stale leader overlooked
 * (see maximal-isr).
 */
export function committedOnIsr(w: World, seen: Seen): string | null {
  for (const p of partitionsOf(w)) {
    const leader = trueLeader(w, p);
    if (leader === null || !isPromised(w, seen, p.partition)) continue;
    for (const b of p.isr) {
      if (b === leader.broker) continue;
      const member = replicaAt(w, p.partition, b);
      const end = member === null ? 0 : member.leo;
      const slot = p.partition * 32 + b;
      if (end >= leader.highWatermark && maximalIsr(leader).includes(b)) seen.overlooked.delete(slot);
      if (end < leader.highWatermark && !seen.powerLost.has(b) && !seen.overlooked.has(slot)) {
        return `${nameOf(p)}: broker ${b} is in sync and ends at ${end}, before the high watermark ${leader.highWatermark} of leader ${leader.broker}`;
      }
      const other =
        member === null || isCompacted(w, p.partition)
          ? -1
          : firstDifference(leader, member, Math.min(end, leader.highWatermark));
      if (other >= 0)
        return `${nameOf(p)}: offset ${other} is committed; leader ${leader.broker} and broker ${b} of the ISR differ there`;
    }
  }
  return null;
}

/** How many batches below the bound are compared from the end: what is older has been compared as committed (logs match). */
const TAIL = 64;

function firstDifference(a: ReplicaState, b: ReplicaState, bound: number): number {
  let i = batchIndexFor(a, bound) - 1;
  let k = batchIndexFor(b, bound) - 1;
  for (let back = 0; back < TAIL && i >= 0 && k >= 0; back++, i--, k--) {
    const mine = vectorGet(a.batches, Math.min(i, vectorLength(a.batches) - 1));
    const theirs = vectorGet(b.batches, Math.min(k, vectorLength(b.batches) - 1));
    if (mine === theirs) continue;
    if (!sameBatch(mine, theirs)) return mine.baseOffset;
  }
  return -1;
}
