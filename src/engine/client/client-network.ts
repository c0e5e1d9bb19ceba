/**
 * What producers and consumers share of NetworkClient: connections to brokers by id, the least loaded node, and the
 * metadata requests that keep a client's view fresh.
 */
import { nextInt, nextUnit } from '../../base/random.ts';
import type { ExponentialBackoff } from '../../kafka/api/exponential-backoff.ts';
import type { MetadataResponse } from '../../kafka/api/messages.ts';
import type { EventKindId } from '../kernel/event.ts';
import { schedule, tell } from '../kernel/schedule.ts';
import { type Owned, stream, type World } from '../kernel/world.ts';
import type { ChannelId, Connection } from '../net/connection-state.ts';
import type { InFlight } from '../net/message.ts';
import {
  type ConnectionSettings,
  connectionTo,
  type DisconnectReason,
  ownConnection,
  ready,
  sendRequest,
} from '../net/network.ts';
import {
  applyResponse,
  buildRequest,
  type ClientMetadata,
  failedUpdate,
  type LeaderChange,
  rebootstrap,
  requestUpdate,
  updateDueUs,
} from './client-metadata.ts';

export const Api = {
  Produce: 0,
  Fetch: 1,
  ListOffsets: 2,
  Metadata: 3,
  InitProducerId: 22,
  OffsetForLeaderEpoch: 23,
} as const;

/** Fields of every client's state that this file works on. */
export interface ClientState extends Owned {
  readonly node: number;
  readonly id: string;
  readonly channel: ChannelId;
  metadata: ClientMetadata;
  connectionSettings: ConnectionSettings;
  backoff: ExponentialBackoff;
  metadataMaxAgeUs: number;
  maxInFlight: number;
  /** When it next looks again by itself; a wake event that fires earlier finds nothing to do. */
  wakeUs: number;
  /** Times of the wake events that are in the queue; any of them is early enough for what comes later. */
  armedUs: number[];
}

export const NEVER = Number.POSITIVE_INFINITY;

/**
 * The client next looks again at `atUs`. Sees to a wake event at or before that: few are ever pending, since one that comes
 * early is armed again.
 */
export function wakeAt(w: World, c: ClientState, kind: EventKindId, atUs: number): void {
  c.wakeUs = atUs;
  if (atUs === NEVER) return;
  for (const armed of c.armedUs) if (armed <= atUs) return;
  c.armedUs.push(atUs);
  schedule(w, atUs, kind, c.node);
}

/** A wake event fired. Returns whether the time has come; if not, sees to the next one. */
export function woke(w: World, c: ClientState, kind: EventKindId): boolean {
  if (c.armedUs.length === 1) {
    if ((c.armedUs[0] as number) <= w.nowUs) c.armedUs.pop();
  } else c.armedUs = c.armedUs.filter((atUs) => atUs > w.nowUs);
  if (c.wakeUs <= w.nowUs) return true;
  wakeAt(w, c, kind, c.wakeUs);
  return false;
}

export function connectionOf(w: World, c: ClientState, brokerId: number): number {
  return connectionTo(w, c.node, w.brokerNode[brokerId] as number, c.channel, c.connectionSettings);
}

/** A new process may come with other settings than the one before it on this host. */
export function refreshConnectionSettings(w: World, c: ClientState): void {
  for (let i = 0; i < w.connections.length; i++) {
    const known = w.connections[i] as Connection;
    if (known.client !== c.node) continue;
    const { requestTimeoutUs, setupTimeoutUs, setupTimeoutMaxUs, backoffUs, backoffMaxUs } = c.connectionSettings;
    const maxIdleUs = c.connectionSettings.maxIdleUs ?? -1;
    Object.assign(ownConnection(w, i), {
      requestTimeoutUs,
      setupTimeoutUs,
      setupTimeoutMaxUs,
      backoffUs,
      backoffMaxUs,
      maxIdleUs,
    });
  }
}

export function canSendMore(w: World, c: ClientState, connection: number): boolean {
  return (w.connections[connection] as Connection).inFlight.length < c.maxInFlight;
}

/** NetworkClient.ready: an open connection with room; starts to connect if it can. Nothing goes out while metadata is overdue. */
export function nodeReady(w: World, c: ClientState, brokerId: number): boolean {
  const connection = connectionOf(w, c, brokerId);
  if (!ready(w, connection)) return false;
  const { metadata } = c;
  if (metadata.inFlight === null && updateDueUs(metadata, c.metadataMaxAgeUs, w.nowUs) <= w.nowUs) return false;
  return canSendMore(w, c, connection);
}

/** When a node that is not ready is worth another look; NEVER while an answer or the connection itself will tell. */
export function notReadyUntilUs(w: World, c: ClientState, brokerId: number): number {
  const known = w.connections[connectionOf(w, c, brokerId)] as Connection;
  return known.state === 'closed' ? Math.max(known.retryAtUs, w.nowUs + 1) : NEVER;
}

export interface LeastLoaded {
  /** -1: every node waits for its reconnect back-off. */
  readonly broker: number;
  readonly anyReady: boolean;
}

/** NetworkClient.leastLoadedNode: idle open connections first, then the least busy, one being set up, one that may be. */
export function leastLoadedNode(w: World, c: ClientState): LeastLoaded {
  const { brokers } = c.metadata;
  let best = -1;
  let bestInFlight = NEVER;
  let connecting = -1;
  let connectable = -1;
  let connectableSince = NEVER;
  let anyReady = false;
  const offset = nextInt(stream(w, `least-loaded:${c.id}`), brokers.length);
  for (let i = 0; i < brokers.length; i++) {
    const broker = brokers[(offset + i) % brokers.length] as number;
    const known = w.connections[connectionOf(w, c, broker)] as Connection;
    if (known.state === 'open') {
      anyReady = true;
      const busy = known.inFlight.length;
      if (busy === 0) return { broker, anyReady };
      if (busy < c.maxInFlight && busy < bestInFlight) {
        best = broker;
        bestInFlight = busy;
      }
    } else if (known.state !== 'closed') {
      connecting = broker;
    } else if (w.nowUs >= known.retryAtUs && known.retryAtUs < connectableSince) {
      connectable = broker;
      connectableSince = known.retryAtUs;
    }
  }
  return { broker: best >= 0 ? best : connecting >= 0 ? connecting : connectable, anyReady };
}

/** DefaultMetadataUpdater.maybeUpdate: sends a metadata request if one is due. Returns when to look again. */
export function maybeUpdateMetadata(w: World, c: ClientState): number {
  const m = c.metadata;
  if (m.inFlight !== null) return NEVER;
  const dueUs = updateDueUs(m, c.metadataMaxAgeUs, w.nowUs);
  if (dueUs > w.nowUs) return dueUs;
  if (m.attemptStartUs < 0) m.attemptStartUs = w.nowUs;
  const { rebootstrap: startsOver, triggerUs } = m.policy;
  if (startsOver && w.nowUs - m.attemptStartUs > triggerUs) rebootstrap(m, w.nowUs);
  let { broker, anyReady } = leastLoadedNode(w, c);
  if (broker < 0 && !anyReady && startsOver) {
    rebootstrap(m, w.nowUs);
    ({ broker, anyReady } = leastLoadedNode(w, c));
  }
  if (broker < 0) return earliestReconnectUs(w, c);
  const connection = connectionOf(w, c, broker);
  if (!ready(w, connection)) return NEVER;
  if (!canSendMore(w, c, connection)) return NEVER;
  const { request, partial } = buildRequest(m, c.metadataMaxAgeUs, w.nowUs);
  const size = 40 + c.id.length + (request.topics ?? []).reduce((sum, topic) => sum + topic.length + 20, 0);
  const correlationId = sendRequest(w, connection, Api.Metadata, request, size);
  m.inFlight = { connection, correlationId, requestVersion: m.requestVersion, partial };
  return NEVER;
}

function earliestReconnectUs(w: World, c: ClientState): number {
  let atUs = NEVER;
  for (const broker of c.metadata.brokers) {
    const known = w.connections[connectionOf(w, c, broker)] as Connection;
    if (known.state === 'closed') atUs = Math.min(atUs, Math.max(known.retryAtUs, w.nowUs + 1));
  }
  return atUs;
}

export function backoffDraw(w: World, c: ClientState): number {
  return nextUnit(stream(w, `retry:${c.id}`));
}

/** Takes a metadata answer in. Returns the leaders that changed. */
export function handleMetadataResponse(
  w: World,
  c: ClientState,
  request: InFlight,
  connection: number,
  body: unknown,
): LeaderChange[] {
  const m = c.metadata;
  if (m.inFlight === null || m.inFlight.connection !== connection || m.inFlight.correlationId !== request.correlationId)
    return [];
  return applyResponse(m, body as MetadataResponse, w.nowUs, c.backoff, nextUnit(stream(w, `metadata:${c.id}`)));
}

/** Every lost connection makes a client ask who leads now (DefaultMetadataUpdater.handleServerDisconnect). */
export function handleDisconnect(w: World, c: ClientState, connection: number, reason: DisconnectReason): void {
  const m = c.metadata;
  const due = m.inFlight === null && updateDueUs(m, c.metadataMaxAgeUs, w.nowUs) <= w.nowUs;
  if (due || m.inFlight?.connection === connection)
    failedUpdate(m, w.nowUs, c.backoff, nextUnit(stream(w, `metadata:${c.id}`)));
  requestUpdate(m);
  const known = w.connections[connection] as Connection;
  if (known.failures > 1) return;
  const key =
    reason.why === 'refused'
      ? 'log.connection.refused'
      : reason.why === 'idle'
        ? 'log.connection.idle'
        : reason.why === 'closed'
          ? 'log.connection.lost'
          : 'log.connection.timeout';
  const server = w.nodes[known.server]?.id ?? '';
  const kind = w.nodes[c.node]?.kind ?? 'producer';
  tell(w, key, { from: c.id, to: `broker ${server}` }, [`${kind}:${c.id}`, `broker:${server}`]);
}
