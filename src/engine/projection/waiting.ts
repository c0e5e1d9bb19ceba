/**
 * The one sentence that always says what the cluster waits for, and why. Asked in the order of what matters most to the
 * one who watches: nobody leads; a copy or a client waits for somebody silent; then what flows; then quiet.
 */
import type { Frame, Phrase } from '../../protocol/frame.ts';
import type { World } from '../kernel/world.ts';
import { groupProjection } from './group-hooks.ts';
import { lateWaiting } from './late-waiting.ts';
import { waitingOnFlow } from './waiting-flow.ts';

export type Waiting = Frame['waiting'];

export function waiting(
  kind: Waiting['kind'],
  key: string,
  params: Phrase['params'],
  sinceUs: number,
  untilUs: number | null = null,
): Waiting {
  return { phrase: { key: `wait.${key}`, params }, kind, sinceUs, untilUs };
}

export function waitingOf(w: World): Waiting {
  const { untilUs } = w.scenario;
  if (w.nowUs >= untilUs) return waiting('ended', 'ended', { atUs: untilUs }, untilUs);
  return lateWaiting.onCluster(w) ?? groupProjection.waiting(w) ?? lateWaiting.onClients(w) ?? waitingOnFlow(w);
}
