/** For tests of the clients: a world of brokers that answer as the test says, without the engine's own brokers. */
import { heapPop } from '../../base/event-heap.ts';
import { fillLate } from '../../base/late-module.ts';
import { vectorGet, vectorLength } from '../../base/vector.ts';
import '../../kafka/config/full-readers.ts';
import type {
  FetchedBatch,
  FetchPartitionResponse,
  FetchRequest,
  InitProducerIdResponse,
  MetadataResponse,
  ProducePartitionResponse,
  ProduceRequest,
} from '../../kafka/api/messages.ts';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import type {
  ResolvedConsumer,
  ResolvedProducer,
  ResolvedScenario,
  ResolvedWorkload,
} from '../../protocol/scenario.ts';
import type { Command } from '../../protocol/verbs/index.ts';
import { runCommand } from '../fault/register.ts';
import { EventKind } from '../kernel/event.ts';
import { handlerOf, registerEvent, schedule } from '../kernel/schedule.ts';
import { emptyFacts, type NodeState, newGeneration, ownNode, type World } from '../kernel/world.ts';
import type { Connection } from '../net/connection-state.ts';
import { linkBetween, ownLink } from '../net/link.ts';
import type { Message } from '../net/message.ts';
import { registerApi, respond, respondNothing } from '../net/network.ts';
import { lateFailures, lateInitProducerId, latePacking, lateTransactions } from '../slots.ts';
import * as initProducerId from './init-producer-id.ts';
import * as packing from './packing.ts';
import * as senderFailures from './sender-failures.ts';
import * as transactionManager from './transaction-manager.ts';

fillLate(lateInitProducerId, initProducerId);
fillLate(lateTransactions, transactionManager);
fillLate(latePacking, packing);
fillLate(lateFailures, senderFailures);

export interface TestOptions {
  readonly brokers?: number;
  readonly partitions?: number;
  readonly producer?: ConfigEntries;
  readonly workload?: Partial<ResolvedWorkload> | null;
  readonly consumer?: Partial<ResolvedConsumer>;
  readonly latencyUs?: number;
}

/** What a fake broker has in its hands: change it between steps of a test. */
export interface FakeCluster {
  /** Leader's broker id and epoch by partition. */
  leaders: { leader: number; epoch: number }[];
  /** Error to answer a produce with, by order of arrival; used up from the front, then 0. */
  produceErrors: number[];
  /** How long a produce is held before its answer. */
  produceDelayUs: number;
  /** Batches as appended, by partition. */
  logs: FetchedBatch[][];
  produced: { atUs: number; request: ProduceRequest; broker: number; errorCode: number }[];
  fetched: { atUs: number; request: FetchRequest; broker: number }[];
  fetchErrors: { partition: number; errorCode: number }[];
  /** What is readable: the high watermark by partition; null: all. */
  highWatermarks: (number | null)[];
  logStart: number[];
  metadataRequests: { atUs: number; broker: number; topics: readonly string[] | null }[];
  listErrors: number[];
  listed: { atUs: number; timestamp: number }[];
  epochEnds: { errorCode: number; leaderEpoch: number; endOffset: number }[];
  epochsAsked: { atUs: number; leaderEpoch: number }[];
  initErrors: number[];
  nextProducerId: number;
  /** A partition's answers name the leader (as newer brokers do). */
  nameLeader: boolean;
  /** Topics that metadata know nothing of. */
  unknownTopics: string[];
}

export let cluster: FakeCluster;

export function testWorld(options: TestOptions = {}): World {
  const brokers = options.brokers ?? 2;
  const partitions = options.partitions ?? 1;
  const producer: ResolvedProducer = {
    id: 'p1',
    version: '4.3',
    startUs: 0,
    config: options.producer ?? [],
    workload:
      options.workload === undefined || options.workload === null
        ? null
        : {
            topic: 't',
            count: null,
            ratePerSecond: 100,
            startUs: 0,
            keys: { kind: 'none' },
            values: { kind: 'size', bytes: 100 },
            transaction: null,
            ...options.workload,
          },
  };
  const consumer: ResolvedConsumer = {
    id: 'c1',
    version: '4.3',
    joinUs: 0,
    config: [],
    source: {
      kind: 'assign',
      partitions: Array.from({ length: partitions }, (_, partition) => ({ topic: 't', partition })),
    },
    processUs: 0,
    processing: 'inline',
    commit: 'none',
    share: false,
    acknowledge: null,
    ...options.consumer,
  };
  const ids = Array.from({ length: brokers }, (_, i) => i + 1);
  const scenario: ResolvedScenario = {
    title: '',
    note: '',
    seed: 1,
    untilUs: 1e9,
    cluster: {
      version: '4.3',
      features: [],
      brokers: ids.map((id) => ({ id, rack: null, version: '4.3', isController: false, config: [] })),
      controllers: [],
      controllerIds: [1],
      presets: [],
    },
    topics: [{ name: 't', partitions, replicationFactor: brokers, assignment: null, config: [] }],
    producers: options.workload === undefined && options.producer === undefined ? [] : [producer],
    consumers: options.consumer === undefined ? [] : [consumer],
    network: { latencyUs: options.latencyUs ?? 1000, jitterUs: 0, bandwidthMbps: 0, links: [] },
    disk: { flushUs: 0, throughputMBps: 500 },
    steps: [],
  };
  cluster = {
    leaders: Array.from({ length: partitions }, () => ({ leader: 1, epoch: 0 })),
    produceErrors: [],
    produceDelayUs: 0,
    logs: Array.from({ length: partitions }, () => []),
    produced: [],
    fetched: [],
    fetchErrors: [],
    highWatermarks: Array.from({ length: partitions }, () => null),
    logStart: Array.from({ length: partitions }, () => 0),
    metadataRequests: [],
    listErrors: [],
    listed: [],
    epochEnds: [],
    epochsAsked: [],
    initErrors: [],
    nextProducerId: 0,
    nameLeader: true,
    unknownTopics: [],
  };
  const gen = newGeneration();
  const nodes: NodeState[] = [];
  const brokerNode: number[] = [];
  const addNode = (
    id: string,
    nodeId: number,
    kind: NodeState['kind'],
    ref: number,
    process: NodeState['process'],
  ): void => {
    nodes.push({
      gen,
      index: nodes.length,
      id,
      nodeId,
      kind,
      ref,
      version: '4.3',
      rack: null,
      process,
      sinceUs: 0,
      incarnation: 0,
      deferred: [],
    });
  };
  for (const id of ids) {
    brokerNode[id] = nodes.length;
    addNode(String(id), id, 'broker', id - 1, 'up');
  }
  for (const [ref, p] of scenario.producers.entries()) addNode(p.id, -1, 'producer', ref, 'down');
  for (const [ref, c] of scenario.consumers.entries()) addNode(c.id, -1, 'consumer', ref, 'down');
  // Tables that no client looks at are left out.
  const w = {
    gen,
    scenario,
    bugs: {
      noLeaderEpochCheck: false,
      ackBeforeMinIsr: false,
      highWatermarkAheadOfIsr: false,
      generationForgotten: false,
    },
    nowUs: 0,
    nextSeq: 0,
    nextMessageId: 0,
    eventCount: 0,
    queue: [],
    hashA: 1,
    hashB: 2,
    nodes,
    nodeById: new Map(nodes.map((n) => [n.id, n.index])),
    brokerNode,
    controllerNode: -1,
    adminNode: -1,
    partitions: Array.from({ length: partitions }, (_, index) => ({
      topic: 't',
      topicId: 1,
      index,
      name: `t-${index}`,
    })),
    partitionByName: new Map(Array.from({ length: partitions }, (_, index) => [`t-${index}`, index])),
    streams: new Map(),
    links: [],
    linkIndex: new Map(),
    connections: [],
    connectionIndex: new Map(),
    brokers: [],
    replicas: [],
    fetchers: [],
    producers: [],
    consumers: [],
    ...emptyFacts(),
    bucketCount: 0,
    bucketIndex: 0,
    requestErrors: new Map(),
    commandsRun: 0,
    whenPosition: 0,
    whenWaiting: false,
    whenDirty: false,
    appliedSteps: [],
    refusals: [],
    interest: null,
  };
  return w as unknown as World;
}

/** Runs the events up to `toUs`, inclusive, as the kernel does. */
export function runTo(w: World, toUs: number): void {
  for (let count = 0; w.queue.length > 0 && (w.queue[0]?.atUs ?? 0) <= toUs; count++) {
    if (count > 2_000_000) throw new Error('the world does not come to rest');
    const event = heapPop(w.queue);
    w.nowUs = event.atUs;
    w.eventCount += 1;
    if (event.node >= 0 && event.incarnation !== w.nodes[event.node]?.incarnation) continue;
    handlerOf(event.kind)(w, event);
  }
  w.nowUs = toUs;
}

export function command(w: World, c: Command): string | null {
  return runCommand(w, c);
}

/** Keys of the lines told so far. */
export function lines(w: World): string[] {
  return Array.from({ length: vectorLength(w.lines) }, (_, i) => vectorGet(w.lines, i).phrase.key);
}

export function setBroker(w: World, id: number, process: 'up' | 'down'): void {
  ownNode(w, w.brokerNode[id] as number).process = process;
}

export function cut(w: World, from: number, to: number, isCut: boolean): void {
  ownLink(w, linkBetween(w, from, to)).cut = isCut;
}

function brokerId(w: World, node: number): number {
  return w.nodes[node]?.nodeId ?? -1;
}

function endOf(partition: number): number {
  const log = cluster.logs[partition] ?? [];
  return log.length === 0 ? 0 : (log[log.length - 1] as FetchedBatch).lastOffset + 1;
}

function readable(partition: number): number {
  return cluster.highWatermarks[partition] ?? endOf(partition);
}

registerApi('broker', 3, (w, node, _c, request) => {
  const { topics } = request.body as { topics: readonly string[] | null };
  cluster.metadataRequests.push({ atUs: w.nowUs, broker: brokerId(w, node), topics });
  const body: MetadataResponse = {
    brokers: w.scenario.cluster.brokers
      .filter((b) => w.nodes[w.brokerNode[b.id] as number]?.process === 'up')
      .map((b) => ({ nodeId: b.id, host: '', port: 0, rack: null })),
    controllerId: 1,
    topics: (topics ?? []).map((name) => ({
      errorCode: cluster.unknownTopics.includes(name) ? 3 : 0,
      name,
      topicId: 1,
      partitions: cluster.leaders.map(({ leader, epoch }, i) => ({
        errorCode: leader < 0 ? 5 : 0,
        partitionIndex: i,
        partition: i,
        leaderId: leader,
        leaderEpoch: epoch,
        replicaNodes: [],
        isrNodes: [],
        offlineReplicas: [],
      })),
    })),
    errors: [],
  };
  respond(w, request, body, 100);
});

registerApi('broker', 22, (w, _node, _c, request) => {
  const errorCode = cluster.initErrors.shift() ?? 0;
  const body: InitProducerIdResponse = {
    errorCode,
    producerId: errorCode === 0 ? cluster.nextProducerId++ : -1,
    producerEpoch: errorCode === 0 ? 0 : -1,
    errors: [],
  };
  respond(w, request, body, 50);
});

registerApi('broker', 0, (w, node, _c, request) => {
  const body = request.body as ProduceRequest;
  const errors: number[] = [];
  const responses: ProducePartitionResponse[] = body.partitionData.map((p) => {
    const { leader, epoch } = cluster.leaders[p.partition] as { leader: number; epoch: number };
    const here = brokerId(w, node) === leader;
    const errorCode = here ? (cluster.produceErrors.shift() ?? 0) : 6;
    const baseOffset = endOf(p.partition);
    // 7: it was stored and the copies did not come in time.
    if (errorCode === 0 || errorCode === 7) {
      const lastOffset = baseOffset + p.records.records.length - 1;
      cluster.logs[p.partition]?.push({
        baseOffset,
        lastOffset,
        leaderEpoch: epoch,
        batch: p.records,
        appendedUs: w.nowUs,
      });
    }
    errors.push(errorCode);
    const currentLeader = errorCode === 6 && cluster.nameLeader ? { leaderId: leader, leaderEpoch: epoch } : null;
    return {
      topic: p.topic,
      index: p.index,
      partition: p.partition,
      errorCode,
      baseOffset: errorCode === 0 ? baseOffset : -1,
      logAppendTimeMs: -1,
      logStartOffset: 0,
      errorMessage: null,
      currentLeader,
    };
  });
  cluster.produced.push({ atUs: w.nowUs, request: body, broker: brokerId(w, node), errorCode: errors[0] ?? 0 });
  if (body.acks === 0) respondNothing(w, request);
  else later(w, request, { responses, errors }, cluster.produceDelayUs);
});

registerApi('broker', 1, (w, node, _c, request) => {
  const body = request.body as FetchRequest;
  cluster.fetched.push({ atUs: w.nowUs, request: body, broker: brokerId(w, node) });
  const answers = body.partitions.map((p) => readPartition(w, node, p));
  const ready = answers.some((a) => a.records.length > 0 || a.errorCode !== 0);
  later(w, request, { errorCode: 0, sessionId: 0, responses: answers, errors: [] }, ready ? 0 : body.maxWaitMs * 1000);
});

function readPartition(w: World, node: number, p: FetchRequest['partitions'][number]): FetchPartitionResponse {
  const { leader, epoch } = cluster.leaders[p.partition] as { leader: number; epoch: number };
  const planned = cluster.fetchErrors.findIndex((e) => e.partition === p.partition);
  let errorCode = planned < 0 ? 0 : (cluster.fetchErrors.splice(planned, 1)[0]?.errorCode ?? 0);
  if (brokerId(w, node) !== leader) errorCode = 6;
  else if (p.currentLeaderEpoch >= 0 && p.currentLeaderEpoch < epoch) errorCode = 74;
  const start = cluster.logStart[p.partition] ?? 0;
  if (errorCode === 0 && (p.fetchOffset < start || p.fetchOffset > endOf(p.partition))) errorCode = 1;
  const log = cluster.logs[p.partition] ?? [];
  const records =
    errorCode !== 0
      ? []
      : log.filter((b) => b.lastOffset >= p.fetchOffset && b.lastOffset < readable(p.partition)).slice(0, 3);
  return {
    topic: p.topic,
    index: p.index,
    partition: p.partition,
    errorCode,
    highWatermark: readable(p.partition),
    lastStableOffset: readable(p.partition),
    logStartOffset: start,
    divergingEpoch: null,
    currentLeader:
      (errorCode === 6 || errorCode === 74) && cluster.nameLeader ? { leaderId: leader, leaderEpoch: epoch } : null,
    preferredReadReplica: -1,
    records,
    recordsSizeInBytes: records.reduce((sum, b) => sum + b.batch.sizeInBytes, 0),
  };
}

registerApi('broker', 2, (w, _node, _c, request) => {
  const body = request.body as {
    partitions: readonly { topic: string; index: number; partition: number; timestamp: number }[];
  };
  const partitions = body.partitions.map((p) => {
    cluster.listed.push({ atUs: w.nowUs, timestamp: p.timestamp });
    const errorCode = cluster.listErrors.shift() ?? 0;
    const offset =
      p.timestamp === -2
        ? (cluster.logStart[p.partition] ?? 0)
        : p.timestamp === -1
          ? readable(p.partition)
          : firstAt(p.partition, p.timestamp);
    return {
      topic: p.topic,
      index: p.index,
      partition: p.partition,
      errorCode,
      timestamp: -1,
      offset: errorCode === 0 ? offset : -1,
      leaderEpoch: cluster.leaders[p.partition]?.epoch ?? -1,
    };
  });
  respond(w, request, { partitions, errors: partitions.map((p) => p.errorCode) }, 60);
});

function firstAt(partition: number, timestampMs: number): number {
  for (const b of cluster.logs[partition] ?? []) {
    const i = b.batch.records.findIndex((r) => r.timestampMs >= timestampMs);
    if (i >= 0) return b.baseOffset + i;
  }
  return -1;
}

registerApi('broker', 23, (w, _node, _c, request) => {
  const body = request.body as {
    partitions: readonly { topic: string; index: number; partition: number; leaderEpoch: number }[];
  };
  const partitions = body.partitions.map((p) => {
    cluster.epochsAsked.push({ atUs: w.nowUs, leaderEpoch: p.leaderEpoch });
    const planned = cluster.epochEnds.shift() ?? {
      errorCode: 0,
      leaderEpoch: p.leaderEpoch,
      endOffset: endOf(p.partition),
    };
    return { topic: p.topic, index: p.index, partition: p.partition, ...planned };
  });
  respond(w, request, { partitions, errors: partitions.map((p) => p.errorCode) }, 60);
});

/** Answers that are held back: by the event's argument. */
let held: { readonly request: Message; readonly body: unknown }[] = [];

function later(w: World, request: Message, body: unknown, delayUs: number): void {
  if (delayUs === 0) {
    respond(w, request, body, 100);
    return;
  }
  held = [...held, { request, body }];
  schedule(w, w.nowUs + delayUs, EventKind.DelayedFetchExpire, -1, held.length - 1);
}

registerEvent(EventKind.DelayedFetchExpire, (w, event) => {
  const { request, body } = held[event.arg] as { request: Message; body: unknown };
  respond(w, request, body, 100);
});

export function connectionsOf(w: World): readonly Connection[] {
  return w.connections;
}
