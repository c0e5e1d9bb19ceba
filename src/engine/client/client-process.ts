/** Life of a client's process on its host. Its sockets die with it, its timers with its incarnation. */
import { ownNode, type World } from '../kernel/world.ts';
import { closeAllOf } from '../net/sockets.ts';

export function startProcess(w: World, nodeIndex: number): void {
  const node = ownNode(w, nodeIndex);
  node.process = 'up';
  node.sinceUs = w.nowUs;
  node.incarnation += 1;
}

/** Closed or crashed: the peers hear of it from its host either way. */
export function endProcess(w: World, nodeIndex: number): void {
  closeAllOf(w, nodeIndex);
  const node = ownNode(w, nodeIndex);
  node.process = 'down';
  node.sinceUs = w.nowUs;
  node.incarnation += 1;
  node.deferred = [];
}

export function isUp(w: World, nodeIndex: number): boolean {
  return w.nodes[nodeIndex]?.process === 'up';
}
