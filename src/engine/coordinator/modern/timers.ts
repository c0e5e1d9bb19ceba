/** What a consumer group waits for (Kafka: the group's keys in CoordinatorTimer). */
import type { World } from '../../kernel/world.ts';
import { armTimer } from '../shards.ts';
import { type ConsumerGroup, type MemberTimers, NO_TIMERS } from './consumer-group.ts';

export type GroupTimer = 'session' | 'rebalance' | 'classic-join' | 'classic-sync' | 'regex';

export interface GroupDue {
  readonly atUs: number;
  readonly what: GroupTimer;
  readonly memberId: string;
}

/** The earliest of all; null: it waits for nothing. */
export function nextGroupTimer(g: ConsumerGroup): GroupDue | null {
  let atUs = 0;
  let what: GroupTimer = 'regex';
  let memberId = '';
  if (g.regexRefresh !== null) atUs = Math.max(g.regexRefresh.dueUs, 1);
  const look = (endsUs: number, kind: GroupTimer, id: string): void => {
    if (endsUs <= 0 || (atUs > 0 && endsUs >= atUs)) return;
    atUs = endsUs;
    what = kind;
    memberId = id;
  };
  for (const [id, t] of g.timers) {
    look(t.sessionEndsUs, 'session', id);
    look(t.rebalanceEndsUs, 'rebalance', id);
    look(t.joinEndsUs, 'classic-join', id);
    look(t.syncEndsUs, 'classic-sync', id);
  }
  return atUs === 0 ? null : { atUs, what, memberId };
}

export function setTimers(g: ConsumerGroup, memberId: string, change: Partial<MemberTimers>): void {
  g.timers.set(memberId, { ...(g.timers.get(memberId) ?? NO_TIMERS), ...change });
}

/** scheduleConsumerGroupSessionTimeout: from now on. */
export function touchSession(w: World, index: number, g: ConsumerGroup, memberId: string, timeoutMs: number): void {
  const sessionEndsUs = w.nowUs + timeoutMs * 1000;
  setTimers(g, memberId, { lastContactUs: w.nowUs, sessionEndsUs });
  armTimer(w, index, sessionEndsUs);
}

/** Rule 73: it has to give up what it must by then, and so to leave this epoch. */
export function startRebalanceTimer(
  w: World,
  index: number,
  g: ConsumerGroup,
  memberId: string,
  epoch: number,
  timeoutMs: number,
): void {
  const rebalanceEndsUs = w.nowUs + timeoutMs * 1000;
  setTimers(g, memberId, { rebalanceStartUs: w.nowUs, rebalanceEndsUs, rebalanceEpoch: epoch });
  armTimer(w, index, rebalanceEndsUs);
}

export function stopRebalanceTimer(g: ConsumerGroup, memberId: string): void {
  const known = g.timers.get(memberId);
  if (known !== undefined && known.rebalanceEndsUs > 0)
    setTimers(g, memberId, { rebalanceStartUs: 0, rebalanceEndsUs: 0, rebalanceEpoch: -1 });
}
