/** Names in commands to nodes. */
import type { NodeRef } from '../../protocol/scenario.ts';
import type { NodeState, World } from '../kernel/world.ts';

/** The node's index by broker, controller or client id; -1 if there is none. */
export function nodeIndex(w: World, id: NodeRef): number {
  return w.nodeById.get(String(id)) ?? -1;
}

export function nodeIndices(w: World, ids: readonly NodeRef[]): number[] {
  return ids.map((id) => nodeIndex(w, id)).filter((i) => i >= 0);
}

/** As it stands on the stage and in sentences. */
export function nodeLabel(w: World, index: number): string {
  const node = w.nodes[index] as NodeState;
  return node.kind === 'broker' ? `broker ${node.id}` : node.kind === 'controller' ? `controller ${node.id}` : node.id;
}

export function nodeThing(w: World, index: number): `${string}:${string}` {
  const node = w.nodes[index] as NodeState;
  return `${node.kind}:${node.id}`;
}
