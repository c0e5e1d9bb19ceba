/** A consumer group's timer has run out. */
import type { World } from '../../kernel/world.ts';
import { consumerGroupIn, ownShard } from '../shards.ts';
import { fenceMember } from './fencing.ts';
import { applyRegexes } from './regexes.ts';
import { nextGroupTimer, setTimers } from './timers.ts';

/** The earliest of its timers, which is due. */
export function runGroupTimer(w: World, index: number, groupId: string): void {
  const g = consumerGroupIn(ownShard(w, index), groupId);
  const due = g === null ? null : nextGroupTimer(g);
  if (g === null || due === null) return;
  switch (due.what) {
    case 'regex':
      applyRegexes(w, index, groupId);
      return;
    case 'session':
      setTimers(g, due.memberId, { sessionEndsUs: 0 });
      break;
    case 'rebalance':
      break;
    case 'classic-join':
      setTimers(g, due.memberId, { joinEndsUs: 0 });
      break;
    case 'classic-sync':
      setTimers(g, due.memberId, { syncEndsUs: 0 });
      break;
  }
  fenceMember(w, index, groupId, due.memberId, due.what);
  if (due.what === 'rebalance' && g.members.has(due.memberId))
    setTimers(g, due.memberId, { rebalanceStartUs: 0, rebalanceEndsUs: 0, rebalanceEpoch: -1 });
}
