/** What the application of a group's consumer calls between two polls; what it calls comes late (application-calls.ts). */
import type { World } from '../kernel/world.ts';
import { lateCalls } from '../slots.ts';
import type { GroupConsumer } from './abstract-coordinator.ts';
import { handOver } from './consumer-application.ts';
import { allConsumed } from './consumer-commit.ts';
import type { PolledSlice } from './consumer-state.ts';

/** poll() returned these: processed at once, or (commit: before) after they are committed. */
export function handOverPolled(w: World, c: GroupConsumer, slices: readonly PolledSlice[]): void {
  c.membership.lastPollUs = w.nowUs;
  if (c.commit === 'before' && slices.length > 0) lateCalls.startCommitSync(w, c, allConsumed(c), slices);
  else handOver(w, c, slices);
}

/** What comes before the next poll(): 0, nothing; 'closed', the process ends now; else the application stands in a call until then. */
export function betweenPolls(w: World, c: GroupConsumer): number | 'closed' {
  const k = c.group;
  const nothing = k.sync === null && k.commitDue === null && !k.commitAsked && k.subscribeDue === null;
  return nothing && k.closing === 'no' ? 0 : lateCalls.doDueCalls(w, c);
}
