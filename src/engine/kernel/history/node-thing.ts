import type { ThingId } from '../../../protocol/frame.ts';
import type { NodeState } from '../world.ts';

/** What the page calls a node. */
export function nodeThing(node: NodeState): ThingId {
  return `${node.kind}:${node.id}`;
}
