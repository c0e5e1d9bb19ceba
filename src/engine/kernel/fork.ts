import { vectorShare } from '../../base/vector.ts';
import { newGeneration, type World } from './world.ts';

/**
 * Another world with the same content. Both may go on: whoever changes an entity first copies it. The cost is that of
 * copying the tables (arrays of references), not the entities.
 */
export function forkWorld(w: World): World {
  const copy: World = {
    ...w,
    gen: newGeneration(),
    queue: w.queue.slice(),
    nodes: w.nodes.slice(),
    brokerNode: w.brokerNode.slice(),
    partitions: w.partitions.slice(),
    streams: new Map(),
    links: w.links.slice(),
    linkIndex: new Map(w.linkIndex),
    connections: w.connections.slice(),
    connectionIndex: new Map(w.connectionIndex),
    brokers: w.brokers.slice(),
    replicas: w.replicas.slice(),
    fetchers: w.fetchers.slice(),
    producers: w.producers.slice(),
    consumers: w.consumers.slice(),
    coordinators: w.coordinators.slice(),
    coordinatorIndex: new Map(w.coordinatorIndex),
    groupsObserved: w.groupsObserved.slice(),
    lines: vectorShare(w.lines),
    elections: vectorShare(w.elections),
    isrChanges: vectorShare(w.isrChanges),
    requestBuckets: vectorShare(w.requestBuckets),
    riskBuckets: vectorShare(w.riskBuckets),
    requestErrors: new Map(w.requestErrors),
  };
  for (const [name, stream] of w.streams) copy.streams.set(name, { ...stream });
  // The old one no longer owns what it shares: it, too, copies before its next change.
  w.gen = newGeneration();
  return copy;
}
