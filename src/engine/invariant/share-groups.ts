/**
 * What a share group never does (rule 111): a record whose acceptance or rejection was kept is delivered no more, and under one leader
 * the start offset never goes back. What a power loss or an unclean election took from the states is no violation.
 */

import type { World } from '../kernel/world.ts';
import { coordinatorKey, SHARE_STATE_TOPIC, statePartition } from '../share/keys.ts';
import { isPromised, type Seen } from './seen.ts';

export function shareRecordsEnd(w: World, seen: Seen): string | null {
  const { image } = w.controller;
  for (const o of w.share[5]) {
    if (o.problem === null) continue;
    const { name, topicId, index } = w.partitions[o.partition] as World['partitions'][number];
    const state = statePartition(image, coordinatorKey(o.groupId, { topicId, index }));
    if (!isPromised(w, seen, o.partition) || (state >= 0 && !isPromised(w, seen, state))) continue;
    return `share group ${o.groupId}, ${name}: ${o.problem} (its state is kept in ${SHARE_STATE_TOPIC})`;
  }
  return null;
}

/** A record is in the hands of one member at most, with a lock, and none was delivered more often than the group allows. */
export function shareAcquiredOnce(w: World): string | null {
  for (const p of w.share[1]) {
    if (p === null) continue;
    let end = -1;
    for (const batch of p.data.batches) {
      const { name } = w.partitions[p.id.partition] as World['partitions'][number];
      if (batch.firstOffset <= end)
        return `share group ${p.groupId}, ${name}: offset ${batch.firstOffset} stands twice`;
      end = batch.lastOffset;
      for (const s of batch.offsets ?? [batch.whole])
        if (s?.state === 'ACQUIRED' && (s.member === '' || s.lockEndsUs === 0))
          return `share group ${p.groupId}, ${name}: a record from ${batch.firstOffset} on is acquired by nobody`;
    }
  }
  return null;
}
