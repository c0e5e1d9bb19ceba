/** All clients of a world: their first starts, and those that a learner adds while it runs. */
import type { ResolvedProducer } from '../../protocol/scenario.ts';
import { EventKind } from '../kernel/event.ts';
import { schedule } from '../kernel/schedule.ts';
import type { NodeKind, World } from '../kernel/world.ts';
import { startConsumer } from './consumer.ts';
import { makeProducer, startProducer } from './producer.ts';

/** Schedules each producer's start and consumer's join. Whoever starts at this very moment runs before the first command. */
export function startClients(w: World): void {
  w.producers.forEach((p, ref) => {
    if (p.startUs <= w.nowUs) startProducer(w, ref);
    else schedule(w, p.startUs, EventKind.ProducerApplication, -1, ref);
  });
  w.consumers.forEach((c, ref) => {
    if (c.joinUs <= w.nowUs) startConsumer(w, ref);
    else schedule(w, c.joinUs, EventKind.ConsumerApplication, -1, ref);
  });
}

/** A host for a client that comes at run time; its process is down. Returns the node's index. */
export function addClientNode(
  w: World,
  id: string,
  kind: Extract<NodeKind, 'producer' | 'consumer'>,
  version: string,
): number {
  if (w.nodeById.has(id)) throw new Error(`there is a node ${id} already`);
  const index = w.nodes.length;
  const ref = kind === 'producer' ? w.producers.length : w.consumers.length;
  w.nodes.push({
    gen: w.gen,
    index,
    id,
    nodeId: -1,
    kind,
    ref,
    version,
    rack: null,
    process: 'down',
    sinceUs: w.nowUs,
    incarnation: 0,
    deferred: [],
  });
  w.nodeById = new Map(w.nodeById).set(id, index);
  return index;
}

/** A new producer, started at its own startUs or now if that is past. Returns its index in `World.producers`. */
export function addProducer(w: World, resolved: ResolvedProducer): number {
  const node = addClientNode(w, resolved.id, 'producer', resolved.version);
  const ref = w.producers.length;
  w.producers.push(makeProducer(w, resolved, node));
  if (resolved.startUs <= w.nowUs) startProducer(w, ref);
  else schedule(w, resolved.startUs, EventKind.ProducerApplication, -1, ref);
  return ref;
}
