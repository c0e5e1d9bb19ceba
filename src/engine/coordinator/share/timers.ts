/** Sessions of share groups' members: one timer event a coordinator (Kafka: scheduleShareGroupSessionTimeout). */
import { EventKind } from '../../kernel/event.ts';
import { registerEvent, schedule } from '../../kernel/schedule.ts';
import type { World } from '../../kernel/world.ts';
import { shareConfig } from '../../share/config.ts';
import { ownShareGroupShard, shareGroupShard } from '../../share/tables.ts';
import { shardAt } from '../shards.ts';
import { inTurn } from '../turns.ts';

/** Filled by heartbeat.ts: the member is fenced. */
export const sessionEnds: { fence(w: World, index: number, groupId: string, memberId: string): void } = { fence() {} };

export function armShareGroups(w: World, index: number, atUs: number): void {
  const known = shareGroupShard(w, index);
  if (known !== null && known.timerArmedUs > 0 && known.timerArmedUs <= atUs) return;
  ownShareGroupShard(w, index).timerArmedUs = atUs;
  schedule(w, atUs, EventKind.ShareGroupTimer, w.brokerNode[shardAt(w, index).broker] as number, index);
}

/** The member has been heard of: its session begins anew. */
export function touchShareSession(w: World, index: number, groupId: string, memberId: string): void {
  const g = ownShareGroupShard(w, index).groups.find((known) => known.groupId === groupId);
  if (g === undefined) return;
  const { sessionTimeoutMs } = shareConfig(w, shardAt(w, index).broker, groupId);
  const endsUs = w.nowUs + sessionTimeoutMs * 1000;
  g.sessions.set(memberId, { lastContactUs: w.nowUs, endsUs });
  armShareGroups(w, index, endsUs);
}

registerEvent(EventKind.ShareGroupTimer, (w, event) => {
  const index = event.arg;
  const coordinator = w.coordinators[index] ?? null;
  const known = shareGroupShard(w, index);
  if (coordinator === null || known === null || known.timerArmedUs === 0 || known.timerArmedUs > event.atUs) return;
  ownShareGroupShard(w, index).timerArmedUs = 0;
  if (coordinator.state === 'loading') {
    armShareGroups(w, index, Math.max(coordinator.loadEndsUs, w.nowUs) + 1);
    return;
  }
  inTurn(w, () => {
    for (const g of shareGroupShard(w, index)?.groups ?? []) {
      for (const { memberId } of g.members) {
        const session = g.sessions.get(memberId);
        // Read back from the log: everybody gets a whole session from the new coordinator.
        if (session === undefined) touchShareSession(w, index, g.groupId, memberId);
        else if (session.endsUs <= w.nowUs) sessionEnds.fence(w, index, g.groupId, memberId);
      }
    }
    let nextUs = 0;
    for (const g of shareGroupShard(w, index)?.groups ?? [])
      for (const { endsUs } of g.sessions.values()) if (nextUs === 0 || endsUs < nextUs) nextUs = endsUs;
    if (nextUs > 0) armShareGroups(w, index, Math.max(nextUs, w.nowUs + 1));
  });
});
