import type { SimEvent } from '../kernel/event.ts';
import type { World } from '../kernel/world.ts';

function before(a: SimEvent, b: SimEvent): boolean {
  return a.atUs < b.atUs || (a.atUs === b.atUs && a.seq < b.seq);
}

/** Nothing waits in the past, and what waits is a heap by time and order of planning. */
export function eventOrder(w: World): string | null {
  for (let i = 0; i < w.queue.length; i++) {
    const event = w.queue[i] as SimEvent;
    if (event.atUs < w.nowUs)
      return `event ${event.seq} of kind ${event.kind} waits for ${event.atUs} us; it is ${w.nowUs} us`;
    if (event.seq >= w.nextSeq) return `event ${event.seq} has a number that was not given yet`;
    if (!Number.isSafeInteger(event.atUs)) return `event ${event.seq} of kind ${event.kind} waits for ${event.atUs} us`;
    if (i > 0 && before(event, w.queue[(i - 1) >> 1] as SimEvent))
      return `event ${event.seq} stands below a later one in the queue`;
  }
  return null;
}
