/**
 * How a broker reads and writes the states of share partitions (Kafka: DefaultStatePersister, PersisterStateManager): it looks the share
 * coordinator up, sends what waits for the same coordinator together, one request of a kind at a time, and tries again for a while.
 */
import { nextInt, nextUnit } from '../../base/random.ts';
import { errorCode } from '../../kafka/api/errors.ts';
import { backoffMs, type ExponentialBackoff } from '../../kafka/api/exponential-backoff.ts';
import type { FindCoordinatorRequest, FindCoordinatorResponse } from '../../kafka/api/messages-group.ts';
import type { ReadStateResult, ShareStateResponse, ShareStateResult } from '../../kafka/api/messages-share.ts';
import { brokerState } from '../broker/replicas.ts';
import { inTurn } from '../coordinator/turns.ts';
import { type NodeState, stream, type World } from '../kernel/world.ts';
import { Channel, type Connection } from '../net/connection-state.ts';
import { type ConnectionSettings, connectionTo, ready, registerChannel, sendRequest } from '../net/network.ts';
import { coordinatorKey, shareCoordinatorOf } from './keys.ts';
import type {
  PersisterCall,
  PersisterCallKind,
  PersisterOutcome,
  PersisterPurpose,
  PersisterRequest,
  ShareBroker,
} from './share-state.ts';
import { ownShareBroker, shareBroker } from './tables.ts';
import { armShareTimer, registerShareTimer } from './timers.ts';

const API: Readonly<Record<PersisterCallKind, number>> = { initialize: 83, read: 84, write: 85, delete: 86 };
const KINDS: readonly PersisterCallKind[] = ['initialize', 'read', 'write', 'delete'];
const FIND_COORDINATOR = 10;

const NETWORK_EXCEPTION = errorCode('NETWORK_EXCEPTION');
const RETRIED = (
  ['COORDINATOR_NOT_AVAILABLE', 'COORDINATOR_LOAD_IN_PROGRESS', 'NOT_COORDINATOR', 'NETWORK_EXCEPTION'] as const
).map(errorCode);
const FIND_RETRIED = [...RETRIED, errorCode('UNKNOWN_TOPIC_OR_PARTITION')];

/** PersisterStateManager: REQUEST_BACKOFF_MS, REQUEST_BACKOFF_MAX_MS, MAX_FIND_COORD_ATTEMPTS. */
const BACKOFF: ExponentialBackoff = { initialMs: 1_000, multiplier: 2, maxMs: 30_000, jitter: 0.2 };
const MAX_ATTEMPTS = 5;
const SETTINGS: ConnectionSettings = {
  requestTimeoutUs: 30_000_000,
  setupTimeoutUs: 10_000_000,
  setupTimeoutMaxUs: 30_000_000,
  backoffUs: 50_000,
  backoffMaxUs: 50_000,
};

type Completion = (w: World, broker: number, call: PersisterCall, outcome: PersisterOutcome) => void;
const completions = new Map<PersisterPurpose['kind'], Completion>();

/** Who goes on when calls of this purpose have ended. Called while modules load. */
export function registerPersisterPurpose(kind: PersisterPurpose['kind'], completion: Completion): void {
  completions.set(kind, completion);
}

export type NewCall = Omit<
  PersisterCall,
  'serial' | 'step' | 'coordinator' | 'findAttempts' | 'attempts' | 'notBeforeUs'
>;

/** What a call says that does not need all of it. */
export const NO_STATE = {
  stateEpoch: -1,
  leaderEpoch: -1,
  startOffset: -1,
  deliveryCompleteCount: -1,
  stateBatches: [],
} as const;

export function callPersister(w: World, broker: number, call: NewCall): void {
  const b = ownShareBroker(w, broker);
  b.calls.push({
    ...call,
    serial: b.nextSerial,
    step: 'lookup',
    coordinator: -1,
    findAttempts: 0,
    attempts: 0,
    notBeforeUs: 0,
  });
  b.nextSerial += 1;
  pump(w, broker);
}

function change(b: ShareBroker, serial: number, to: Partial<PersisterCall>): void {
  const at = b.calls.findIndex((c) => c.serial === serial);
  if (at >= 0) b.calls[at] = { ...(b.calls[at] as PersisterCall), ...to };
}

function connectionOf(w: World, broker: number, to: number): number {
  const node = w.brokerNode[broker] as number;
  return connectionTo(w, node, w.brokerNode[to] as number, Channel.SharePersister, SETTINGS);
}

/** Does whatever can be done now. */
function pump(w: World, broker: number): void {
  lookUp(w, broker);
  sendReady(w, broker);
}

function lookUp(w: World, broker: number): void {
  const { image } = brokerState(w, broker);
  for (const call of shareBroker(w, broker)?.calls ?? []) {
    if (call.step === 'waiting' && call.notBeforeUs <= w.nowUs)
      change(ownShareBroker(w, broker), call.serial, { step: 'lookup' });
    else if (call.step !== 'lookup') continue;
    const coordinator = shareCoordinatorOf(image, coordinatorKey(call.groupId, call.id));
    if (coordinator >= 0) change(ownShareBroker(w, broker), call.serial, { step: 'ready', coordinator });
    else findCoordinator(w, broker, call);
  }
}

/** FindCoordinator to any living broker; whoever is asked first has the state topic made. */
function findCoordinator(w: World, broker: number, call: PersisterCall): void {
  const { image } = brokerState(w, broker);
  const living = image.brokers.flatMap((r) => (r !== null && !r.fenced ? [r.id] : []));
  if (living.length === 0) {
    findFailed(w, broker, call.serial, NETWORK_EXCEPTION);
    return;
  }
  const to = living[nextInt(stream(w, `share-persister:${broker}`), living.length)] as number;
  const connection = connectionOf(w, broker, to);
  if (!ready(w, connection)) {
    // It goes out when the connection stands; `onOpen` looks again.
    const c = w.connections[connection] as Connection;
    if (c.state === 'closed') armShareTimer(w, broker, Math.max(c.retryAtUs, w.nowUs + 1));
    return;
  }
  const request: FindCoordinatorRequest = { key: coordinatorKey(call.groupId, call.id), keyType: 2 };
  const correlationId = sendRequest(w, connection, FIND_COORDINATOR, request, 30 + request.key.length);
  const b = ownShareBroker(w, broker);
  b.requests.push({ connection, correlationId, coordinator: to, kind: 'find', calls: [call.serial] });
  change(b, call.serial, { step: 'finding' });
}

/** PersisterStateManager.SendThread.generateRequests: one request of a kind to a node at a time, a group in each. */
function sendReady(w: World, broker: number): void {
  const calls = (shareBroker(w, broker)?.calls ?? []).filter((c) => c.step === 'ready');
  for (const coordinator of new Set(calls.map((c) => c.coordinator))) {
    const connection = connectionOf(w, broker, coordinator);
    if (!ready(w, connection)) {
      const c = w.connections[connection] as Connection;
      if (c.state === 'closed') armShareTimer(w, broker, Math.max(c.retryAtUs, w.nowUs + 1));
      continue;
    }
    for (const kind of KINDS) {
      const mine = calls.filter((c) => c.coordinator === coordinator && c.kind === kind);
      const busy = shareBroker(w, broker)?.requests.some((r) => r.coordinator === coordinator && r.kind === kind);
      if (mine.length === 0 || busy) continue;
      for (const groupId of new Set(mine.map((c) => c.groupId)))
        send(
          w,
          broker,
          connection,
          kind,
          groupId,
          mine.filter((c) => c.groupId === groupId),
        );
    }
  }
}

function send(
  w: World,
  broker: number,
  connection: number,
  kind: PersisterCallKind,
  groupId: string,
  calls: readonly PersisterCall[],
): void {
  const body = { groupId, partitions: calls.map(partitionBody) };
  const batches = calls.reduce((sum, c) => sum + c.stateBatches.length, 0);
  const size = 40 + groupId.length + 48 * calls.length + 20 * batches;
  const correlationId = sendRequest(w, connection, API[kind], body, size);
  const b = ownShareBroker(w, broker);
  const { coordinator } = calls[0] as PersisterCall;
  b.requests.push({ connection, correlationId, coordinator, kind, calls: calls.map((c) => c.serial) });
  for (const call of calls) change(b, call.serial, { step: 'sent' });
}

function partitionBody(c: PersisterCall): object {
  const { topic, topicId, index, partition } = c.id;
  const id = { topic, topicId, index, partition };
  switch (c.kind) {
    case 'initialize':
      return { ...id, stateEpoch: c.stateEpoch, startOffset: c.startOffset };
    case 'read':
      return { ...id, leaderEpoch: c.leaderEpoch };
    case 'write': {
      const { stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount, stateBatches } = c;
      return { ...id, stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount, stateBatches };
    }
    case 'delete':
      return id;
  }
}

// --- ends ------------------------------------------------------------------------------------------------------------

function complete(w: World, broker: number, serial: number, outcome: PersisterOutcome): void {
  const b = ownShareBroker(w, broker);
  const at = b.calls.findIndex((c) => c.serial === serial);
  if (at < 0) return;
  const [call] = b.calls.splice(at, 1) as [PersisterCall];
  completions.get(call.purpose.kind)?.(w, broker, call, outcome);
}

function pauseUs(w: World, broker: number, attempts: number): number {
  return backoffMs(BACKOFF, attempts, nextUnit(stream(w, `share-persister:${broker}`))) * 1000;
}

function findFailed(w: World, broker: number, serial: number, error: number): void {
  const call = shareBroker(w, broker)?.calls.find((c) => c.serial === serial);
  if (call === undefined) return;
  const findAttempts = call.findAttempts + 1;
  if (!FIND_RETRIED.includes(error) || findAttempts >= MAX_ATTEMPTS) {
    complete(w, broker, serial, { errorCode: error, result: null });
    return;
  }
  const notBeforeUs = w.nowUs + pauseUs(w, broker, findAttempts - 1);
  change(ownShareBroker(w, broker), serial, { step: 'waiting', findAttempts, notBeforeUs });
  armShareTimer(w, broker, notBeforeUs);
}

function callFailed(w: World, broker: number, serial: number, error: number): void {
  const call = shareBroker(w, broker)?.calls.find((c) => c.serial === serial);
  if (call === undefined) return;
  const attempts = call.attempts + 1;
  if (!RETRIED.includes(error) || attempts >= MAX_ATTEMPTS) {
    complete(w, broker, serial, { errorCode: error, result: null });
    return;
  }
  const notBeforeUs = w.nowUs + pauseUs(w, broker, attempts - 1);
  change(ownShareBroker(w, broker), serial, { step: 'waiting', attempts, coordinator: -1, notBeforeUs });
  armShareTimer(w, broker, notBeforeUs);
}

function takeRequest(w: World, broker: number, connection: number, correlationId: number): PersisterRequest | null {
  const b = ownShareBroker(w, broker);
  const at = b.requests.findIndex((r) => r.connection === connection && r.correlationId === correlationId);
  return at < 0 ? null : (b.requests.splice(at, 1)[0] as PersisterRequest);
}

function handleFound(w: World, broker: number, serial: number, body: FindCoordinatorResponse): void {
  if (body.errorCode !== 0) findFailed(w, broker, serial, body.errorCode);
  else change(ownShareBroker(w, broker), serial, { step: 'ready', coordinator: body.nodeId, findAttempts: 0 });
}

function handleResults(w: World, broker: number, request: PersisterRequest, body: ShareStateResponse): void {
  const results = new Map<string, ShareStateResult>(body.results.map((r) => [`${r.topicId}:${r.index}`, r]));
  for (const serial of request.calls) {
    const call = shareBroker(w, broker)?.calls.find((c) => c.serial === serial);
    if (call === undefined) continue;
    const result = results.get(`${call.id.topicId}:${call.id.index}`);
    if (result === undefined) callFailed(w, broker, serial, -1);
    else if (result.errorCode !== 0) callFailed(w, broker, serial, result.errorCode);
    else
      complete(w, broker, serial, {
        errorCode: 0,
        result: call.kind === 'read' ? (result as ReadStateResult) : null,
      });
  }
}

registerChannel(Channel.SharePersister, {
  onOpen(w, node) {
    const broker = (w.nodes[node] as NodeState).nodeId;
    inTurn(w, () => pump(w, broker));
  },
  onResponse(w, node, connection, request, body) {
    const broker = (w.nodes[node] as NodeState).nodeId;
    const sent = takeRequest(w, broker, connection, request.correlationId);
    if (sent === null) return;
    inTurn(w, () => {
      if (sent.kind === 'find') handleFound(w, broker, sent.calls[0] as number, body as FindCoordinatorResponse);
      else handleResults(w, broker, sent, body as ShareStateResponse);
      pump(w, broker);
    });
  },
  onDisconnect(w, node, connection, lost) {
    const broker = (w.nodes[node] as NodeState).nodeId;
    inTurn(w, () => {
      for (const { correlationId } of lost) {
        const sent = takeRequest(w, broker, connection, correlationId);
        if (sent === null) continue;
        for (const serial of sent.calls)
          if (sent.kind === 'find') findFailed(w, broker, serial, NETWORK_EXCEPTION);
          else callFailed(w, broker, serial, NETWORK_EXCEPTION);
      }
      // What waited for this very connection counts as an attempt too: its coordinator may be another by now.
      for (const call of shareBroker(w, broker)?.calls.filter((c) => c.step === 'ready') ?? [])
        if (connectionOf(w, broker, call.coordinator) === connection)
          callFailed(w, broker, call.serial, NETWORK_EXCEPTION);
      if (shareBroker(w, broker) !== null) pump(w, broker);
    });
  },
});

registerShareTimer((w, broker) => {
  pump(w, broker);
  let nextUs = 0;
  for (const c of shareBroker(w, broker)?.calls ?? [])
    if (c.step === 'waiting' && (nextUs === 0 || c.notBeforeUs < nextUs)) nextUs = c.notBeforeUs;
  return nextUs;
});
