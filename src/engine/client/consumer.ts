/** A consumer among the engine's nodes: its start and end, poll(), its answers, and what commands may do to it. */
import type { FetchResponse, ListOffsetsResponse, OffsetForLeaderEpochResponse } from '../../kafka/api/messages.ts';
import type { ConfigEntries } from '../../kafka/config/types.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, tell } from '../kernel/schedule.ts';
import { type NodeState, own, type PartitionName, type World } from '../kernel/world.ts';
import { applicationError } from '../ledger/facts.ts';
import { Channel } from '../net/connection-state.ts';
import { registerChannel } from '../net/network.ts';
import { addTopic, bootstrapMetadata, requestUpdate } from './client-metadata.ts';
import {
  Api,
  handleDisconnect,
  handleMetadataResponse,
  maybeUpdateMetadata,
  NEVER,
  refreshConnectionSettings,
  wakeAt,
  woke,
} from './client-network.ts';
import { endProcess, isUp, startProcess } from './client-process.ts';
import { finishRecord, handOver, isPaused, resumeApplication, wantsPoll } from './consumer-application.ts';
import { type Arrived, type ConsumerState, cloneConsumer } from './consumer-state.ts';
import { collectFetch } from './fetch-collector.ts';
import { handleFetchResponse, sendFetches, tellLeader } from './fetcher.ts';
import { clientFields, consumerConfigRefusal, freshMemory, parseConfig } from './make-consumer.ts';
import {
  handleListOffsets,
  handleListOffsetsLost,
  handleOffsetForLeaderEpoch,
  handleOffsetForLeaderEpochLost,
  updateFetchPositions,
} from './offset-fetcher.ts';
import { assignedPartition } from './subscription-state.ts';

export { makeConsumer } from './make-consumer.ts';

/** A poll that finds more data at the same moment goes on; more rounds than this would be a loop. */
const MAX_POLLS = 1_000_000;

export function ownConsumer(w: World, ref: number): ConsumerState {
  return own(w, w.consumers, ref, cloneConsumer);
}

export function consumerRef(w: World, id: string): number {
  return w.consumers.findIndex((c) => c.id === id);
}

export function startConsumer(w: World, ref: number): void {
  const c = ownConsumer(w, ref);
  const about = [`consumer:${c.id}`];
  if (c.everStarted) tell(w, 'log.consumer.started', { consumer: c.id }, about, 'plain', 'faults');
  startProcess(w, c.node);
  Object.assign(c, clientFields(c.settings), freshMemory(), {
    metadata: bootstrapMetadata(w.scenario.cluster.brokers.map((b) => b.id)),
    everStarted: true,
    idle: c.source.kind !== 'assign' || c.share,
    lastError: null,
  });
  refreshConnectionSettings(w, c);
  if (c.source.kind !== 'assign' || c.share) {
    tell(w, c.share ? 'log.consumer.not-yet-share' : 'log.consumer.not-yet-group', { consumer: c.id }, about);
    return;
  }
  c.partitions = c.source.partitions.map(({ topic, partition }) => assignedPartition(topic, partition));
  for (const p of c.partitions) addTopic(c.metadata, p.topic);
  // By an event of this moment: a seek of the same microsecond comes before the first poll.
  wakeAt(w, c, EventKind.ConsumerWake, w.nowUs);
}

/** close() and a crash differ only in what a group hears; without one the process simply ends. */
export function stopConsumer(w: World, ref: number, how: 'stopped' | 'crashed'): void {
  const c = ownConsumer(w, ref);
  // The positions stay to be seen; the next process starts without them.
  const { partitions } = c;
  Object.assign(c, freshMemory(), { partitions });
  endProcess(w, c.node);
  const tone = how === 'crashed' ? 'harm' : 'plain';
  tell(w, `log.consumer.${how}`, { consumer: c.id }, [`consumer:${c.id}`], tone, 'faults');
}

/** config.set: the consumer closes and a new process starts with the new values. Returns why Kafka refuses them. */
export function restartConsumer(w: World, ref: number, config: ConfigEntries): string | null {
  const refusal = consumerConfigRefusal(config);
  if (refusal !== null) return refusal;
  const running = isUp(w, (w.consumers[ref] as ConsumerState).node);
  if (running) stopConsumer(w, ref, 'stopped');
  const c = ownConsumer(w, ref);
  c.config = config;
  c.settings = parseConfig(config);
  if (running) startConsumer(w, ref);
  return null;
}

/** The application's loop around poll(), until it waits for data, works on a record or stands still. */
export function runConsumer(w: World, ref: number): void {
  const c = ownConsumer(w, ref);
  if (c.idle || !isUp(w, c.node)) return;
  if (c.pausedUntilUs > 0 && !isPaused(w, c)) {
    resumeApplication(w, c);
    tell(w, 'log.consumer.resumed', { consumer: c.id }, [`consumer:${c.id}`]);
  }
  let wakeUs = isPaused(w, c) ? c.pausedUntilUs : NEVER;
  let polls = 0;
  while (wantsPoll(w, c)) {
    if (++polls > MAX_POLLS) throw new Error(`consumer ${c.id}: poll does not come to rest`);
    c.inPoll = true;
    takeArrived(w, c);
    maybeUpdateMetadata(w, c);
    const positionsUs = updateFetchPositions(w, c);
    if (c.pendingError !== null) {
      failApplication(w, ref, c.pendingError);
      return;
    }
    const fetched = collectFetch(w, c, c.settings.maxPollRecords);
    const fetchUs = sendFetches(w, c);
    // What a fetch threw while poll() had records in hand is thrown by the next one.
    if (fetched.records > 0 || fetched.advanced) {
      handOver(w, c, fetched.slices);
      c.inPoll = false;
      continue;
    }
    if (c.pendingError !== null || fetched.reset) continue;
    wakeUs = Math.min(wakeUs, positionsUs, fetchUs);
    break;
  }
  if (c.inPoll || usesBackgroundThread(c)) wakeUs = Math.min(wakeUs, maybeUpdateMetadata(w, c));
  wakeAt(w, c, EventKind.ConsumerWake, wakeUs);
}

/** An exception out of poll() ends the application: it closes its consumer. */
function failApplication(w: World, ref: number, exception: string): void {
  const c = ownConsumer(w, ref);
  c.lastError = exception;
  applicationError(w, exception);
  tell(w, 'log.consumer.failed', { consumer: c.id, error: exception }, [`consumer:${c.id}`], 'harm');
  stopConsumer(w, ref, 'stopped');
}

// --- events and answers ---------------------------------------------------------------------------------------------

function refOfNode(w: World, node: number): number {
  return (w.nodes[node] as NodeState).ref;
}

/** Rule 107: group.protocol=consumer has a thread for all input and output; classic reads its sockets only inside poll(). */
function usesBackgroundThread(c: ConsumerState): boolean {
  return c.settings.groupProtocol === 'consumer';
}

function takeArrived(w: World, c: ConsumerState): void {
  if (c.arrived.length === 0) return;
  const { arrived } = c;
  c.arrived = [];
  for (const each of arrived) handleArrived(w, c, each);
}

function arrive(w: World, node: number, what: Arrived): void {
  const ref = refOfNode(w, node);
  const c = ownConsumer(w, ref);
  if (!c.inPoll && !usesBackgroundThread(c)) {
    c.arrived = [...c.arrived, what];
    return;
  }
  handleArrived(w, c, what);
  runConsumer(w, ref);
}

function handleArrived(w: World, c: ConsumerState, what: Arrived): void {
  if (what.kind === 'open') return;
  if (what.kind === 'response') {
    handleResponse(w, c, what);
    return;
  }
  handleDisconnect(w, c, what.connection, what.reason);
  for (const request of what.lost) {
    const sent = takeRequest(c, what.connection, request.correlationId);
    if (sent === null) continue;
    if (sent.kind === 'list') handleListOffsetsLost(w, c, sent);
    else if (sent.kind === 'epoch') handleOffsetForLeaderEpochLost(w, c, sent);
    else requestUpdate(c.metadata);
  }
}

function takeRequest(c: ConsumerState, connection: number, correlationId: number) {
  const at = c.requests.findIndex((r) => r.correlationId === correlationId && r.connection === connection);
  return at < 0 ? null : (c.requests.splice(at, 1)[0] ?? null);
}

function handleResponse(w: World, c: ConsumerState, what: Extract<Arrived, { kind: 'response' }>): void {
  if (what.request.apiKey === Api.Metadata) {
    for (const change of handleMetadataResponse(w, c, what.request, what.connection, what.body)) {
      const { name } = w.partitions[change.partition] as PartitionName;
      if (c.partitions.some((p) => p.name === name)) tellLeader(w, c, name, change.leader);
    }
    return;
  }
  const sent = takeRequest(c, what.connection, what.request.correlationId);
  if (sent === null) return;
  if (sent.kind === 'fetch') handleFetchResponse(w, c, sent, what.body as FetchResponse);
  else if (sent.kind === 'list') handleListOffsets(w, c, sent, what.body as ListOffsetsResponse);
  else handleOffsetForLeaderEpoch(w, c, sent, what.body as OffsetForLeaderEpochResponse);
}

registerEvent(EventKind.ConsumerWake, (w, event) => {
  if (!isUp(w, event.node)) return;
  const ref = refOfNode(w, event.node);
  if (woke(w, ownConsumer(w, ref), EventKind.ConsumerWake)) runConsumer(w, ref);
});

/** On a node: the record under work is done. On none: the scenario's join, which a command may have been quicker to do. */
registerEvent(EventKind.ConsumerApplication, (w, event) => {
  if (event.node < 0) {
    if (!(w.consumers[event.arg] as ConsumerState).everStarted) startConsumer(w, event.arg);
    return;
  }
  const ref = refOfNode(w, event.node);
  if (!isUp(w, event.node) || (w.consumers[ref] as ConsumerState).doneAtUs !== event.atUs) return;
  finishRecord(w, ownConsumer(w, ref));
  runConsumer(w, ref);
});

registerChannel(Channel.Consumer, {
  onOpen(w, node, connection) {
    arrive(w, node, { kind: 'open', connection });
  },
  onResponse(w, node, connection, request, body) {
    arrive(w, node, { kind: 'response', connection, request, body });
  },
  onDisconnect(w, node, connection, lost, reason) {
    arrive(w, node, { kind: 'disconnect', connection, lost, reason });
  },
});
