/** What observers keep of groups beside their coordinators: it outlives a failover, and no node reads it. */
import type { Owned, World } from '../kernel/world.ts';
import { own } from '../kernel/world.ts';
import { groupCommitted } from '../ledger/group-facts.ts';
import type { ClassicGroup } from './shard-state.ts';

export interface GroupObserved extends Owned {
  readonly groupId: string;
  /** Generations that became Stable. */
  rebalances: number;
  firstStableUs: number;
  lastStableUs: number;
  /** OffsetCommit requests that were stored, and the offsets in them. */
  commits: number;
  offsetsWritten: number;
}

function clone(o: GroupObserved): GroupObserved {
  return { ...o };
}

export function observedOf(w: World, groupId: string): GroupObserved | null {
  for (const o of w.groupsObserved) if (o.groupId === groupId) return o;
  return null;
}

function ownObserved(w: World, groupId: string): GroupObserved {
  const at = w.groupsObserved.findIndex((o) => o.groupId === groupId);
  if (at >= 0) return own(w, w.groupsObserved, at, clone);
  const fresh = {
    gen: w.gen,
    groupId,
    rebalances: 0,
    firstStableUs: -1,
    lastStableUs: -1,
    commits: 0,
    offsetsWritten: 0,
  };
  w.groupsObserved.push(fresh);
  return fresh;
}

export function onStable(w: World, groupId: string): void {
  const o = ownObserved(w, groupId);
  o.rebalances += 1;
  if (o.firstStableUs < 0) o.firstStableUs = w.nowUs;
  o.lastStableUs = w.nowUs;
  w.whenDirty = true;
}

/** The ledger hears of every committed offset; -1: it holds none any more. */
export function observeCommitted(
  w: World,
  g: Pick<ClassicGroup, 'groupId'>,
  topic: string,
  index: number,
  offset: number,
): void {
  const partition = w.partitionByName.get(`${topic}-${index}`);
  if (partition !== undefined) groupCommitted(w, g.groupId, partition, offset);
}

/** A commit of so many offsets stands in the coordinator's log. */
export function observeWritten(w: World, groupId: string, offsets: number): void {
  const o = ownObserved(w, groupId);
  o.commits += 1;
  o.offsetsWritten += offsets;
}
