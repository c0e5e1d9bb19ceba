/** A producer among the engine's nodes: its start and end, its events and answers, and what commands may do to it. */
import { retryBackoff } from '../../kafka/api/exponential-backoff.ts';
import type { InitProducerIdResponse, ProduceResponse } from '../../kafka/api/messages.ts';
import type { ProducerConfig } from '../../kafka/config/effective-producer.ts';
import { readers } from '../../kafka/config/readers.ts';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import type { ResolvedProducer } from '../../protocol/scenario.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, tell } from '../kernel/schedule.ts';
import { type NodeState, own, type World } from '../kernel/world.ts';
import { Channel, type Connection } from '../net/connection-state.ts';
import { registerChannel } from '../net/network.ts';
import { lateInitProducerId } from '../slots.ts';
import { addTopic, touchTopic } from './client-metadata.ts';
import {
  Api,
  handleDisconnect,
  handleMetadataResponse,
  NEVER,
  refreshConnectionSettings,
  wakeAt,
  woke,
} from './client-network.ts';
import { freshMetadata } from './client-policy.ts';
import { endProcess, isUp, startProcess } from './client-process.ts';
import { unsentRecords } from './kafka-producer.ts';
import { armApplication, runApplication } from './producer-application.ts';
import { cloneProducer, type ProducerState } from './producer-state.ts';
import { runSender } from './sender.ts';
import { handleLostRequests, handleProduceResponse, tellLeader } from './sender-complete.ts';
import { withLines } from './workload.ts';

export function ownProducer(w: World, ref: number): ProducerState {
  return own(w, w.producers, ref, cloneProducer);
}

/** The producer's index in `World.producers` by its id, -1 if there is none. */
export function producerRef(w: World, id: string): number {
  return w.producers.findIndex((p) => p.id === id);
}

function parseConfig(config: ConfigEntries): ProducerConfig {
  const result = readers.producer(config);
  if (!result.ok) throw new Error(`ConfigException: ${result.refusals[0]?.message ?? 'refused'}`);
  return result.config;
}

/** Kafka's reason for refusing a producer configuration, null if it takes it. */
export function producerConfigRefusal(config: ConfigEntries): string | null {
  const result = readers.producer(config);
  return result.ok ? null : (result.refusals[0]?.message ?? 'refused');
}

function clientFields(settings: ProducerConfig) {
  return {
    connectionSettings: {
      requestTimeoutUs: settings.requestTimeoutMs * 1000,
      setupTimeoutUs: settings.socketConnectionSetupTimeoutMs * 1000,
      setupTimeoutMaxUs: settings.socketConnectionSetupTimeoutMaxMs * 1000,
      backoffUs: settings.reconnectBackoffMs * 1000,
      backoffMaxUs: settings.reconnectBackoffMaxMs * 1000,
      maxIdleUs: settings.connectionsMaxIdleMs * 1000,
    },
    backoff: retryBackoff(settings.retryBackoffMs, settings.retryBackoffMaxMs),
    metadataMaxAgeUs: settings.metadataMaxAgeMs * 1000,
    maxInFlight: settings.maxInFlightRequestsPerConnection,
  };
}

/** What a process starts with: no memory of the one before it. */
function freshMemory() {
  return {
    wakeUs: NEVER,
    armedUs: [],
    closing: false,
    closed: false,
    tasks: [],
    blocked: null,
    blockedToldUs: -1_000_000_000,
    blockedTold: false,
    dueArmedUs: -1,
    topics: [],
    bufferUsedBytes: 0,
    incomplete: 0,
    drainIndex: [],
    nodeLatency: [],
    requests: [],
    senderWoken: true,
    producerId: -1,
    producerEpoch: -1,
    epochBumpRequired: false,
    initState: 'idle' as const,
    initBroker: -1,
    initRetryAtUs: 0,
    initCorrelationId: -1,
    fatalError: null,
  };
}

/** The state of a producer before its process starts. `nodeIndex` is its place in `World.nodes`. */
export function makeProducer(w: World, resolved: ResolvedProducer, nodeIndex: number): ProducerState {
  const settings = parseConfig(resolved.config);
  return {
    gen: w.gen,
    node: nodeIndex,
    id: resolved.id,
    channel: Channel.Producer,
    metadata: freshMetadata(w, settings),
    ...clientFields(settings),
    ...freshMemory(),
    startUs: resolved.startUs,
    workload: resolved.workload,
    config: resolved.config,
    settings,
    restartWith: null,
    everStarted: false,
    workloadNext: 0,
    nextOrdinal: 0,
    doneTold: false,
    nextBatchId: 0,
    packing: null,
    retries: 0,
    sent: 0,
    acked: 0,
    failed: 0,
  };
}

/** A new process: bootstraps its metadata and, with a workload, goes on with the record that is next. */
export function startProducer(w: World, ref: number): void {
  const p = ownProducer(w, ref);
  const again = p.everStarted;
  if (p.restartWith !== null) {
    p.config = p.restartWith;
    p.settings = parseConfig(p.config);
    p.restartWith = null;
  }
  startProcess(w, p.node);
  Object.assign(p, clientFields(p.settings), freshMemory(), {
    metadata: freshMetadata(w, p.settings),
    everStarted: true,
  });
  // An application that starts looks up the topics it works with (partitionsFor), so that its first send() need not wait.
  const topics = p.workload === null ? w.scenario.topics.map((t) => t.name) : [p.workload.topic];
  for (const topic of topics) {
    addTopic(p.metadata, topic);
    touchTopic(p.metadata, topic, w.nowUs);
  }
  refreshConnectionSettings(w, p);
  if (again) tell(w, 'log.producer.started', { producer: p.id }, [`producer:${p.id}`], 'plain', 'faults');
  // By an event of this moment: commands of the same microsecond come first.
  wakeAt(w, p, EventKind.ProducerSend, w.nowUs);
}

/** The process dies as it stands; nothing is flushed. */
export function crashProducer(w: World, ref: number): void {
  const p = ownProducer(w, ref);
  const records = unsentRecords(p);
  Object.assign(p, freshMemory(), { restartWith: null });
  endProcess(w, p.node);
  tell(w, 'log.producer.crashed', { producer: p.id, records }, [`producer:${p.id}`], 'harm', 'faults');
}

/** Lets the application and the Sender work until both wait, then arms what they wait for. */
export function runProducer(w: World, ref: number): void {
  const p = ownProducer(w, ref);
  for (;;) {
    runApplication(w, p);
    if (!p.senderWoken) break;
    runSender(w, p);
  }
  if (p.closed) finishClose(w, ref);
  else armApplication(w, p);
}

function finishClose(w: World, ref: number): void {
  const p = ownProducer(w, ref);
  const { restartWith } = p;
  // What was called after close() throws IllegalStateException in Kafka; a command that comes too late is simply gone.
  Object.assign(p, freshMemory(), { closed: true });
  endProcess(w, p.node);
  if (restartWith !== null) startProducer(w, ref);
  else tell(w, 'log.producer.stopped', { producer: p.id }, [`producer:${p.id}`], 'plain', 'faults');
}

/** config.set: the running process closes in order and starts again with the new values. Returns why Kafka refuses them. */
export function restartProducer(w: World, ref: number, config: ConfigEntries): string | null {
  const refusal = producerConfigRefusal(config);
  if (refusal !== null) return refusal;
  const p = ownProducer(w, ref);
  if (!isUp(w, p.node)) {
    p.config = config;
    p.settings = parseConfig(config);
    return null;
  }
  p.restartWith = config;
  if (!p.tasks.some((t) => t.kind === 'close') && !p.closing) p.tasks = [...p.tasks, { kind: 'close', atUs: w.nowUs }];
  runProducer(w, ref);
  return null;
}

/** The learner's own text: the workload's values from the next record on. */
export function setWorkloadLines(w: World, ref: number, lines: readonly string[]): void {
  const p = ownProducer(w, ref);
  if (p.workload !== null) p.workload = withLines(p.workload, lines);
}

// --- events and answers ---------------------------------------------------------------------------------------------

function refOfNode(w: World, node: number): number {
  return (w.nodes[node] as NodeState).ref;
}

registerEvent(EventKind.ProducerDue, (w, event) => {
  const ref = refOfNode(w, event.node);
  if (!isUp(w, event.node) || (w.producers[ref] as ProducerState).dueArmedUs !== event.atUs) return;
  ownProducer(w, ref).dueArmedUs = -1;
  runProducer(w, ref);
});

registerEvent(EventKind.ProducerSend, (w, event) => {
  if (!isUp(w, event.node)) return;
  const ref = refOfNode(w, event.node);
  const p = ownProducer(w, ref);
  if (!woke(w, p, EventKind.ProducerSend)) return;
  p.senderWoken = true;
  runProducer(w, ref);
});

/** The scenario's start of the process; a command may have been quicker. */
registerEvent(EventKind.ProducerApplication, (w, event) => {
  if (!(w.producers[event.arg] as ProducerState).everStarted) startProducer(w, event.arg);
});

registerChannel(Channel.Producer, {
  onOpen(w, node) {
    wakeSender(w, node);
  },
  onResponse(w, node, connection, request, body) {
    const p = ownProducer(w, refOfNode(w, node));
    if (request.apiKey === Api.Produce) handleProduceResponse(w, p, connection, request, body as ProduceResponse);
    else if (request.apiKey === Api.InitProducerId)
      lateInitProducerId.handleInitProducerIdResponse(w, p, request.correlationId, body as InitProducerIdResponse);
    else if (request.apiKey === Api.Metadata) {
      for (const change of handleMetadataResponse(w, p, request, connection, body))
        tellLeader(w, p, change.partition, change.leader, change.leaderEpoch);
    }
    wakeSender(w, node);
  },
  onDisconnect(w, node, connection, lost, reason) {
    const p = ownProducer(w, refOfNode(w, node));
    handleDisconnect(w, p, connection, reason);
    lateInitProducerId.handleInitDisconnect(
      w,
      p,
      w.nodes[(w.connections[connection] as Connection).server]?.nodeId ?? -1,
    );
    handleLostRequests(w, p, connection, lost, reason);
    wakeSender(w, node);
  },
});

function wakeSender(w: World, node: number): void {
  if (!isUp(w, node)) return;
  const ref = refOfNode(w, node);
  ownProducer(w, ref).senderWoken = true;
  runProducer(w, ref);
}
