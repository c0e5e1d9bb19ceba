/**
 * The world at time 0 (CONTRACT, *Time 0*): the controller is active, every broker registered and unfenced with its last
 * heartbeat at 0, topics exist with empty logs led by their first replica, brokers are connected to each other.
 */

import { nextUint32 } from '../../base/random.ts';
import { emptyVector } from '../../base/vector.ts';
import { defaultFeatureLevel } from '../../kafka/api/features.ts';
import type { BrokerConfig } from '../../kafka/config/effective-broker.ts';
import { readers } from '../../kafka/config/readers.ts';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import type { ResolvedBroker, ResolvedScenario } from '../../protocol/scenario.ts';
import { communicateAt, connectionsOf } from '../broker/boot.ts';
import type { BrokerState } from '../broker/broker-state.ts';
import { fetchMetadata, publish } from '../broker/metadata-publisher.ts';
import { startTimers } from '../broker/process.ts';
import { fetcherConnection } from '../broker/replica-fetcher.ts';
import { startClients } from '../client/clients.ts';
import { makeConsumer } from '../client/consumer.ts';
import { makeProducer } from '../client/producer.ts';
import { startController } from '../controller/cluster-control-manager.ts';
import { EMPTY_IMAGE } from '../controller/metadata-image.ts';
import type { MetadataRecord } from '../controller/metadata-records.ts';
import { appendRecords } from '../controller/quorum-controller.ts';
import { createTopic } from '../controller/topic-creation.ts';
import { establish } from '../net/network.ts';
import { EventKind } from './event.ts';
import { initialHash } from './hash.ts';
import { schedule } from './schedule.ts';
import {
  emptyFacts,
  type NodeKind,
  type NodeState,
  newGeneration,
  type PlantedBugs,
  stream,
  type World,
} from './world.ts';

export const NO_BUGS: PlantedBugs = {
  noLeaderEpochCheck: false,
  ackBeforeMinIsr: false,
  highWatermarkAheadOfIsr: false,
  generationForgotten: false,
};

/** Configuration that does not parse is refused before a world is made; here it would be a fault of ours. */
export function brokerConfig(entries: ConfigEntries): BrokerConfig {
  const parsed = readers.broker(entries);
  if (!parsed.ok) throw new Error(`a broker's configuration does not parse: ${parsed.refusals[0]?.message}`);
  return parsed.config;
}

function addNode(
  w: World,
  id: string,
  nodeId: number,
  kind: NodeKind,
  ref: number,
  version: string,
  rack: string | null,
): number {
  const index = w.nodes.length;
  const isClient = kind === 'producer' || kind === 'consumer';
  const node: NodeState = {
    gen: w.gen,
    index,
    id,
    nodeId,
    kind,
    ref,
    version,
    rack,
    process: isClient ? 'down' : 'up',
    sinceUs: 0,
    incarnation: 0,
    deferred: [],
  };
  w.nodes.push(node);
  w.nodeById = new Map(w.nodeById).set(id, index);
  return index;
}

export function makeBrokerState(w: World, b: ResolvedBroker, node: number): BrokerState {
  return {
    gen: w.gen,
    id: b.id,
    node,
    settings: brokerConfig(b.config),
    entries: b.config,
    lifecycle: 'running',
    incarnationId: nextUint32(stream(w, 'incarnations')),
    brokerEpoch: -1,
    previousBrokerEpoch: -1,
    image: EMPTY_IMAGE,
    published: true,
    fenced: false,
    delayedFetches: [],
    sessionlessFetches: 0,
    fetchSessions: [],
    fetchWatchers: [],
    nextSessionShard: 0,
    followerFetchUs: [],
    delayedProduces: [],
    nextOperation: 0,
    fetchExpireArmedUs: 0,
    produceExpireArmedUs: 0,
    alterInFlight: null,
    alterPending: [],
    producerIdNext: 0,
    producerIdEnd: 0,
    producerIdInFlight: false,
    topicsInCreation: [],
    heartbeatInFlight: false,
    heartbeatDueUs: 0,
    shutdownAnswered: false,
    heartbeatConnection: -1,
    controllerConnection: -1,
    metadataConnection: -1,
    diskFailed: false,
    work: null,
  };
}

export function makeWorld(scenario: ResolvedScenario, bugs: PlantedBugs = NO_BUGS): World {
  const gen = newGeneration();
  const { cluster } = scenario;
  const controllerEntries = (cluster.controllers[0] ?? cluster.brokers[0])?.config ?? [];
  const elrLevel =
    new Map(cluster.features).get('eligible.leader.replicas.version') ??
    defaultFeatureLevel(cluster.version, 'eligible.leader.replicas.version');
  const w: World = {
    gen,
    scenario,
    bugs,
    nowUs: 0,
    nextSeq: 0,
    nextMessageId: 0,
    eventCount: 0,
    queue: [],
    ...initialHash(),
    nodes: [],
    nodeById: new Map(),
    brokerNode: [],
    controllerNode: -1,
    adminNode: -1,
    partitions: [],
    partitionByName: new Map(),
    streams: new Map(),
    links: [],
    linkIndex: new Map(),
    connections: [],
    connectionIndex: new Map(),
    controller: {
      gen,
      node: -1,
      nodeId: cluster.controllers[0]?.id ?? 101,
      epoch: 1,
      booting: false,
      log: emptyVector(gen),
      image: EMPTY_IMAGE,
      heartbeats: [],
      parked: [],
      nextProducerId: 0,
      nextTopicId: 1,
      elrEnabled: elrLevel > 0,
      entries: controllerEntries,
      settings: brokerConfig(controllerEntries),
    },
    brokers: [],
    replicas: [],
    fetchers: [],
    producers: [],
    consumers: [],
    coordinators: [],
    coordinatorIndex: new Map(),
    groupsObserved: [],
    share: [[], [], [], [], [], []],
    adminCalls: [],
    ledger: {
      gen,
      count: 0,
      acked: 0,
      failed: 0,
      lost: 0,
      atRisk: 0,
      duplicated: 0,
      reordered: 0,
      delivered: 0,
      chunks: [],
      causes: emptyVector(gen),
      truth: [],
      sentBy: [],
      ackedBy: [],
      failedBy: [],
      ids: [],
      highestOrdinal: new Map(),
      processedBy: [],
      errors: new Map(),
      groups: [],
    },
    ...emptyFacts(),
    bucketCount: 0,
    bucketIndex: 0,
    requestErrors: new Map(),
    commandsRun: 0,
    whenPosition: 0,
    whenWaiting: false,
    whenDirty: true,
    appliedSteps: [],
    refusals: [],
    interest: null,
  };
  addServers(w);
  bootMetadata(w, elrLevel);
  bootBrokers(w);
  scenario.producers.forEach((p, ref) => {
    w.producers.push(makeProducer(w, p, addNode(w, p.id, -1, 'producer', ref, p.version, null)));
  });
  scenario.consumers.forEach((c, ref) => {
    w.consumers.push(makeConsumer(w, c, addNode(w, c.id, -1, 'consumer', ref, c.version, null)));
  });
  // What was said and counted while the world was made is no history.
  Object.assign(w, emptyFacts());
  w.bucketCount = 0;
  w.interest = null;
  startClients(w);
  return w;
}

function addServers(w: World): void {
  const { cluster } = w.scenario;
  cluster.brokers.forEach((b, ref) => {
    // broker.rack of a file stands above the racks that the scenario deals out.
    const rack = brokerConfig(b.config).brokerRack ?? b.rack;
    const node = addNode(w, String(b.id), b.id, 'broker', ref, b.version, rack);
    while (w.brokerNode.length <= b.id) w.brokerNode.push(-1);
    w.brokerNode[b.id] = node;
    w.brokers.push(makeBrokerState(w, b, node));
  });
  const controllers = cluster.controllers.length > 0 ? cluster.controllers.map((c) => c.id) : [101];
  controllers.forEach((id, ref) => {
    const node = addNode(w, String(id), id, 'controller', ref, cluster.version, null);
    if (ref === 0) w.controllerNode = node;
  });
  w.controller.node = w.controllerNode;
  w.adminNode = addNode(w, 'admin', -1, 'admin', 0, cluster.version, null);
}

function bootMetadata(w: World, elrLevel: number): void {
  const records: MetadataRecord[] = [
    { type: 'FeatureLevelRecord', name: 'eligible.leader.replicas.version', featureLevel: elrLevel },
  ];
  appendRecords(w, records);
  for (const b of w.brokers) {
    const { rack } = w.nodes[b.node] as NodeState;
    b.brokerEpoch = w.controller.image.offset + 1;
    appendRecords(w, [
      {
        type: 'RegisterBrokerRecord',
        brokerId: b.id,
        incarnationId: b.incarnationId,
        brokerEpoch: b.brokerEpoch,
        rack,
        fenced: true,
        inControlledShutdown: false,
      },
      {
        type: 'BrokerRegistrationChangeRecord',
        brokerId: b.id,
        brokerEpoch: b.brokerEpoch,
        fenced: -1,
        inControlledShutdown: 0,
      },
    ]);
    w.controller.heartbeats[b.id] = {
      brokerId: b.id,
      lastContactUs: 0,
      metadataOffset: 0,
      fenced: false,
      controlledShutdownOffset: -1,
    };
  }
  for (const t of w.scenario.topics) {
    const outcome = createTopic(w, {
      name: t.name,
      numPartitions: t.partitions,
      replicationFactor: t.replicationFactor,
      assignments: t.assignment ?? [],
      configs: t.config,
    });
    if (outcome.errorCode !== 0) throw new Error(`topic ${t.name} could not be created: ${outcome.errorMessage}`);
  }
  for (let i = 0; i < w.controller.heartbeats.length; i++) {
    const state = w.controller.heartbeats[i];
    if (state !== null && state !== undefined)
      w.controller.heartbeats[i] = { ...state, metadataOffset: w.controller.image.offset };
  }
  startController(w, false);
}

function bootBrokers(w: World): void {
  const { image } = w.controller;
  for (const b of w.brokers) {
    connectionsOf(w, b.id);
    for (const c of [b.heartbeatConnection, b.controllerConnection, b.metadataConnection]) establish(w, c);
  }
  for (const p of image.partitions) {
    if (p === null) continue;
    for (const r of p.replicas) if (r !== p.leader) establishOnce(w, fetcherConnection(w, r, p.leader));
  }
  for (const b of w.brokers) b.image = image;
  for (const b of w.brokers) {
    publish(w, b.id, EMPTY_IMAGE, image);
    communicateAt(w, b.id, b.settings.brokerHeartbeatIntervalMs * 1000 + b.id * 1000);
    startTimers(w, b.id);
    fetchMetadata(w, b.id);
    if (w.scenario.disk.flushUs > 0) schedule(w, w.scenario.disk.flushUs, EventKind.DiskFlush, -1, b.node);
  }
}

function establishOnce(w: World, connection: number): void {
  if (w.connections[connection]?.state === 'closed') establish(w, connection);
}
