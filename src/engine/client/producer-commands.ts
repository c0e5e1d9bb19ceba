/** What the producer verbs share: finding the process, and calls that queue on its application thread. */
import type { World } from '../kernel/world.ts';
import { isUp } from './client-process.ts';
import { ownProducer, producerRef, runProducer, startProducer } from './producer.ts';
import { enqueueTask } from './producer-application.ts';
import type { ProducerState, Task } from './producer-state.ts';

/** The index of a running producer, or why there is none. One whose first start is due at this moment is started. */
export function runningProducer(w: World, id: string): number | string {
  const ref = producerRef(w, id);
  if (ref < 0) return `There is no producer ${id}.`;
  const p = w.producers[ref] as ProducerState;
  if (isUp(w, p.node)) return ref;
  if (p.everStarted || p.startUs > w.nowUs) return `${id} is not running.`;
  startProducer(w, ref);
  return ref;
}

export function callProducer(w: World, id: string, task: Task): string | null {
  const ref = runningProducer(w, id);
  if (typeof ref === 'string') return ref;
  enqueueTask(ownProducer(w, ref), task);
  runProducer(w, ref);
  return null;
}
