/** SIGTERM: a controlled shutdown where controlled.shutdown.enable asks for one; a controller just ends. */
import { beginControlledShutdown } from '../broker/broker-lifecycle-manager.ts';
import { finishControlledShutdown, kill } from '../broker/process-life.ts';
import { brokerState } from '../broker/replicas.ts';
import { tell } from '../kernel/schedule.ts';
import type { NodeState } from '../kernel/world.ts';
import { nodeIndex } from './nodes.ts';
import { registerVerb } from './register.ts';

registerVerb('broker.stop', (w, { broker }) => {
  const node = w.nodes[nodeIndex(w, broker)] as NodeState;
  if (node.process !== 'up') return `${node.id} is not running`;
  if (node.kind === 'controller') return kill(w, node.index);
  const b = brokerState(w, node.nodeId);
  if (b.lifecycle === 'controlled-shutdown') return `broker ${node.id} is stopping already`;
  tell(w, 'log.broker.stopping', { broker: node.nodeId }, [`broker:${node.nodeId}`], 'plain', 'faults');
  if (b.lifecycle === 'running' && b.settings.controlledShutdownEnable) beginControlledShutdown(w, node.nodeId);
  else finishControlledShutdown(w, node.nodeId);
  return null;
});
