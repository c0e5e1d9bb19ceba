/** What the cluster and its clients wait for when something is wrong: in the first seconds nothing is, and these come later. */
import type { Frame } from '../../protocol/frame.ts';
import type { World } from '../kernel/world.ts';

export interface LateWaiting {
  onCluster(w: World): Frame['waiting'] | null;
  onClients(w: World): Frame['waiting'] | null;
}

export const lateWaiting: LateWaiting = { onCluster: () => null, onClients: () => null };
