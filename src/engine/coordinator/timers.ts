/** A coordinator's timers (Kafka: CoordinatorTimer): one pending event a shard; what is due is done one after the other. */
import { EventKind } from '../kernel/event.ts';
import { registerEvent } from '../kernel/schedule.ts';
import type { World } from '../kernel/world.ts';
import { lateGroupCleanup, lateModern } from '../slots.ts';
import { finishLoading } from './lifecycle.ts';
import { onJoinTimer, onPendingEnd, onSessionEnd, onSyncTimer } from './rebalance.ts';
import { expireWrites } from './runtime.ts';
import type { ClassicGroupMember, CoordinatorShard } from './shard-state.ts';
import { armTimer, configOfShard, groupIn, ownShard, shardAt } from './shards.ts';
import { inTurn } from './turns.ts';

interface Due {
  readonly atUs: number;
  readonly what: 'load' | 'write' | 'join' | 'sync' | 'pending' | 'session' | 'expiration' | 'modern';
  readonly groupId: string;
  readonly memberId: string;
}

/** What comes next of all that a shard waits for; null: nothing. */
function nextDue(shard: CoordinatorShard): Due | null {
  let next: Due | null = null;
  const look = (atUs: number, what: Due['what'], groupId = '', memberId = ''): void => {
    if (atUs > 0 && (next === null || atUs < next.atUs)) next = { atUs, what, groupId, memberId };
  };
  look(shard.loadEndsUs, 'load');
  for (const d of shard.deferred) look(d.deadlineUs, 'write');
  for (const g of shard.groups) {
    if (g.joinTimer !== null) look(Math.max(g.joinTimer.deadlineUs, 1), 'join', g.groupId);
    look(g.syncEndsUs, 'sync', g.groupId);
    for (const p of g.pendingJoin) look(p.endsUs, 'pending', g.groupId, p.memberId);
    for (const m of g.members) look(m.sessionEndsUs, 'session', g.groupId, m.memberId);
  }
  for (const g of shard.consumerGroups) look(lateModern.nextGroupTimer(g)?.atUs ?? 0, 'modern', g.groupId);
  look(shard.expirationUs, 'expiration');
  return next;
}

registerEvent(EventKind.GroupCoordinatorTimer, (w, event) => {
  const index = event.arg;
  const known = w.coordinators[index] ?? null;
  // A later event of the same shard stands for this one, or the shard is gone and another process took its place.
  if (known === null || known.timerArmedUs === 0 || known.timerArmedUs > event.atUs) return;
  ownShard(w, index).timerArmedUs = 0;
  inTurn(w, () => {
    for (;;) {
      const shard = w.coordinators[index] ?? null;
      const due = shard === null ? null : nextDue(shard);
      if (due === null) return;
      if (due.atUs > w.nowUs) {
        armTimer(w, index, due.atUs);
        return;
      }
      run(w, index, due);
    }
  });
});

function run(w: World, index: number, due: Due): void {
  if (due.what === 'load') {
    finishLoading(w, index);
    return;
  }
  if (due.what === 'write') {
    expireWrites(w, index);
    return;
  }
  const shard = ownShard(w, index);
  if (due.what === 'expiration') {
    shard.expirationUs = w.nowUs + configOfShard(w, shardAt(w, index)).offsetsRetentionCheckIntervalMs * 1000;
    lateGroupCleanup.cleanupGroupMetadata(w, index);
    return;
  }
  if (due.what === 'modern') {
    lateModern.runGroupTimer(w, index, due.groupId);
    return;
  }
  const g = groupIn(shard, due.groupId);
  if (g === null) return;
  if (due.what === 'join') onJoinTimer(w, index, g);
  else if (due.what === 'sync') onSyncTimer(w, index, g);
  else if (due.what === 'pending') onPendingEnd(w, index, g, due.memberId);
  else onSessionEnd(w, index, g, g.members.find((m) => m.memberId === due.memberId) as ClassicGroupMember);
}
