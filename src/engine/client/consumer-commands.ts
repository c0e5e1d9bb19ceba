/** What the consumer verbs share. */
import type { World } from '../kernel/world.ts';
import { isUp } from './client-process.ts';
import { consumerRef, startConsumer } from './consumer.ts';
import type { ConsumerState } from './consumer-state.ts';

/** The index of a running consumer, or why there is none. One whose first join is due at this moment is started. */
export function runningConsumer(w: World, id: string): number | string {
  const ref = consumerRef(w, id);
  if (ref < 0) return `There is no consumer ${id}.`;
  const c = w.consumers[ref] as ConsumerState;
  if (isUp(w, c.node)) return ref;
  if (c.everStarted || c.joinUs > w.nowUs) return `${id} is not running.`;
  startConsumer(w, ref);
  return ref;
}
