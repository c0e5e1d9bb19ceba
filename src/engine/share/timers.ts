/** The one timer event of a broker's share groups: locks that end, fetches that have waited enough, calls to be tried again. */

import { inTurn } from '../coordinator/turns.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, schedule } from '../kernel/schedule.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { ownShareBroker, shareBroker } from './tables.ts';

type Due = (w: World, broker: number) => number;
const looks: Due[] = [];

/** `look` does what is due now and says when it is next: 0 for never. Called while modules load. */
export function registerShareTimer(look: Due): void {
  looks.push(look);
}

/** Makes sure that the broker looks at `atUs` or earlier. */
export function armShareTimer(w: World, broker: number, atUs: number): void {
  const known = shareBroker(w, broker);
  if (known !== null && known.timerArmedUs > 0 && known.timerArmedUs <= atUs) return;
  ownShareBroker(w, broker).timerArmedUs = Math.max(atUs, w.nowUs);
  schedule(w, atUs, EventKind.ShareBrokerTimer, w.brokerNode[broker] as number);
}

registerEvent(EventKind.ShareBrokerTimer, (w, event) => {
  const broker = (w.nodes[event.node] as NodeState).nodeId;
  const known = shareBroker(w, broker);
  // An earlier event of the same broker stands for this one.
  if (known === null || known.timerArmedUs === 0 || known.timerArmedUs > event.atUs) return;
  ownShareBroker(w, broker).timerArmedUs = 0;
  inTurn(w, () => {
    for (const look of looks) {
      const nextUs = look(w, broker);
      if (nextUs > 0) armShareTimer(w, broker, nextUs);
    }
  });
});
