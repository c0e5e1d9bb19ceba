import { cloneStream } from '../../base/random.ts';
import { vectorShare } from '../../base/vector.ts';
import { newGeneration, type World } from './world.ts';

/**
 * Another world with the same content. Both may go on: whoever changes an entity first copies it. The cost is that of
 * copying the tables (arrays of references), not the entities.
 */
export function forkWorld(w: World): World {
  const copy: World = {
    gen: newGeneration(),
    scenario: w.scenario,
    bugs: w.bugs,
    nowUs: w.nowUs,
    nextSeq: w.nextSeq,
    nextMessageId: w.nextMessageId,
    eventCount: w.eventCount,
    queue: w.queue.slice(),
    hashA: w.hashA,
    hashB: w.hashB,
    nodes: w.nodes.slice(),
    nodeById: w.nodeById,
    brokerNode: w.brokerNode.slice(),
    controllerNode: w.controllerNode,
    adminNode: w.adminNode,
    partitions: w.partitions.slice(),
    partitionByName: w.partitionByName,
    streams: new Map(),
    links: w.links.slice(),
    linkIndex: new Map(w.linkIndex),
    connections: w.connections.slice(),
    connectionIndex: new Map(w.connectionIndex),
    controller: w.controller,
    brokers: w.brokers.slice(),
    replicas: w.replicas.slice(),
    fetchers: w.fetchers.slice(),
    producers: w.producers.slice(),
    consumers: w.consumers.slice(),
    coordinators: w.coordinators.slice(),
    coordinatorIndex: new Map(w.coordinatorIndex),
    groupsObserved: w.groupsObserved.slice(),
    share: w.share.map((table) => table.slice()) as World['share'],
    adminCalls: w.adminCalls,
    ledger: w.ledger,
    lines: vectorShare(w.lines),
    elections: vectorShare(w.elections),
    isrChanges: vectorShare(w.isrChanges),
    requestBuckets: vectorShare(w.requestBuckets),
    riskBuckets: vectorShare(w.riskBuckets),
    bucketCount: w.bucketCount,
    bucketIndex: w.bucketIndex,
    requestErrors: new Map(w.requestErrors),
    commandsRun: w.commandsRun,
    whenPosition: w.whenPosition,
    whenWaiting: w.whenWaiting,
    whenDirty: w.whenDirty,
    appliedSteps: w.appliedSteps,
    refusals: w.refusals,
    interest: w.interest,
  };
  for (const [name, stream] of w.streams) copy.streams.set(name, cloneStream(stream));
  // The old one no longer owns what it shares: it, too, copies before its next change.
  w.gen = newGeneration();
  return copy;
}
