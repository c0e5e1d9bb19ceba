/**
 * Connections as Kafka's NetworkClient and SocketServer use them: TCP-like order, set-up (with ApiVersions), one request
 * at a time on the server's side of a connection, request and set-up time-outs, back-off, and what a death, a stop, a
 * power loss or a cut does to them. Nodes talk through this file only.
 */
import { EventKind } from '../kernel/event.ts';
import { schedule, scheduleMessage } from '../kernel/schedule.ts';
import { type NodeState, own, type World } from '../kernel/world.ts';
import { type ChannelId, type Connection, cloneConnection, type LinkState } from './connection-state.ts';
import { arrival, linkBetween } from './link.ts';
import { type InFlight, type Message, Transport } from './message.ts';
import './delivery.ts';
import { channels, type DisconnectReason, drop, serverLimits } from './registry.ts';
import { endServerSide, leaveBehind } from './server-side.ts';

export {
  type ChannelHandlers,
  type DisconnectReason,
  registerApi,
  registerChannel,
  registerDropped,
  registerListening,
  registerServerLimits,
  type ServerHandler,
  servedApis,
} from './registry.ts';
export { closeFromServer, endServerSide, respond, respondNothing } from './server-side.ts';

const CONNECTION_STRIDE = 4096;
/** A transport signal on the wire. */
export const TRANSPORT_BYTES = 60;
const RECENT = 12;

export interface ConnectionSettings {
  readonly requestTimeoutUs: number;
  readonly setupTimeoutUs: number;
  readonly setupTimeoutMaxUs: number;
  readonly backoffUs: number;
  readonly backoffMaxUs: number;
  /** connections.max.idle.ms; left out: kept open. */
  readonly maxIdleUs?: number;
}

export function ownConnection(w: World, index: number): Connection {
  return own(w, w.connections, index, cloneConnection);
}

/** The connection from a client node to a server node on a channel, made (closed) on first use. Returns its index. */
export function connectionTo(
  w: World,
  client: number,
  server: number,
  channel: ChannelId,
  settings: ConnectionSettings,
): number {
  const key = (client * CONNECTION_STRIDE + server) * 16 + channel;
  const known = w.connectionIndex.get(key);
  if (known !== undefined) return known;
  const index = w.connections.length;
  w.connections.push({
    gen: w.gen,
    index,
    client,
    server,
    channel,
    epoch: 0,
    state: 'closed',
    serverOpen: false,
    linkOut: linkBetween(w, client, server),
    linkBack: linkBetween(w, server, client),
    nextCorrelationId: 0,
    inFlight: [],
    lastToServerUs: 0,
    lastToClientUs: 0,
    serverBusy: false,
    serverInbox: [],
    leftBehind: [],
    leftBusy: false,
    clientInbox: [],
    stuckToServer: [],
    stuckToClient: [],
    failures: 0,
    retryAtUs: 0,
    connectDeadlineUs: 0,
    timeoutArmedUs: 0,
    requestTimeoutUs: settings.requestTimeoutUs,
    setupTimeoutUs: settings.setupTimeoutUs,
    setupTimeoutMaxUs: settings.setupTimeoutMaxUs,
    backoffUs: settings.backoffUs,
    backoffMaxUs: settings.backoffMaxUs,
    maxIdleUs: settings.maxIdleUs ?? -1,
    usedUs: 0,
    recent: [],
  });
  w.connectionIndex.set(key, index);
  return index;
}

/** Opens a connection at once, without traffic: for what stands at time 0. */
export function establish(w: World, index: number): void {
  const c = ownConnection(w, index);
  c.epoch += 1;
  c.state = 'open';
  c.serverOpen = true;
}

/**
 * Whether requests can be sent now. If the connection is closed and its back-off is over, starts to connect; `onOpen` or
 * `onDisconnect` of the channel says how that ended. During back-off schedules nothing: see `retryAtUs`.
 */
export function ready(w: World, index: number): boolean {
  const c = w.connections[index] as Connection;
  if (c.state === 'open') return true;
  if (c.state === 'closed' && w.nowUs >= c.retryAtUs) connect(w, index);
  return false;
}

function connect(w: World, index: number): void {
  const c = ownConnection(w, index);
  c.epoch += 1;
  c.state = 'connecting';
  if (c.serverOpen) leaveBehind(w, c);
  drop(w, c.stuckToServer);
  c.stuckToServer.length = 0;
  c.stuckToClient.length = 0;
  // TCP's order is that of one connection: a new one does not wait for what the old one still had under way.
  c.lastToServerUs = 0;
  c.lastToClientUs = 0;
  const doubled = Math.min(c.failures, 20);
  let timeoutUs = c.setupTimeoutUs;
  for (let i = 0; i < doubled && timeoutUs < c.setupTimeoutMaxUs; i++) timeoutUs *= 2;
  c.connectDeadlineUs = w.nowUs + Math.min(timeoutUs, c.setupTimeoutMaxUs);
  armTimeout(w, c, c.connectDeadlineUs);
  transmit(w, c, true, Transport.Connect, 0, TRANSPORT_BYTES, null);
}

export function armTimeout(w: World, c: Connection, atUs: number): void {
  if (c.timeoutArmedUs !== 0 && c.timeoutArmedUs <= atUs) return;
  c.timeoutArmedUs = atUs;
  schedule(w, atUs, EventKind.ConnectionTimeout, c.client, c.index);
}

/** Who closes a connection that is not used, and after how long; null: nobody. Only clients leave connections unused. */
export function idleLimit(w: World, c: Connection): { readonly us: number; readonly by: 'client' | 'server' } | null {
  if (c.maxIdleUs < 0) return null;
  const maxIdleUs = serverLimits.maxIdleUs(w, w.nodes[c.server] as NodeState);
  return maxIdleUs >= 0 && maxIdleUs < c.maxIdleUs
    ? { us: maxIdleUs, by: 'server' }
    : { us: c.maxIdleUs, by: 'client' };
}

export function armIdle(w: World, c: Connection): void {
  const limit = idleLimit(w, c);
  if (limit !== null && c.inFlight.length === 0) armTimeout(w, c, Math.max(c.usedUs + limit.us, w.nowUs + 1000));
}

/** Selector.maybeCloseOldestConnection: what has been used meanwhile is looked at again when its time comes. */
export function closeIfIdle(w: World, c: Connection): void {
  const limit = idleLimit(w, c);
  if (limit === null || c.state !== 'open') return;
  if (w.nowUs < c.usedUs + limit.us) armIdle(w, c);
  else if (limit.by === 'client') disconnect(w, c.index, 'idle');
  else if ((w.nodes[c.server] as NodeState).process === 'up') endServerSide(w, c);
  else armTimeout(w, c, w.nowUs + limit.us);
}

/** Sends a request on an open connection; returns its correlation id. `timeoutUs` 0: the connection's own. */
export function sendRequest(
  w: World,
  index: number,
  apiKey: number,
  body: unknown,
  sizeBytes: number,
  expectsResponse = true,
  timeoutUs = 0,
): number {
  const c = ownConnection(w, index);
  const correlationId = c.nextCorrelationId;
  c.nextCorrelationId += 1;
  const deadlineUs = w.nowUs + (timeoutUs > 0 ? timeoutUs : c.requestTimeoutUs);
  const messageId = transmit(w, c, true, apiKey, correlationId, sizeBytes, body);
  const request: InFlight = {
    correlationId,
    apiKey,
    sentUs: w.nowUs,
    deadlineUs,
    expectsResponse,
    body,
    sizeBytes,
    messageId,
  };
  if (expectsResponse) {
    c.inFlight.push(request);
    armTimeout(w, c, deadlineUs);
  } else {
    remember(c, request, w.nowUs, null, null);
  }
  return correlationId;
}

export function transmit(
  w: World,
  c: Connection,
  toServer: boolean,
  apiKey: number,
  correlationId: number,
  sizeBytes: number,
  body: unknown,
): number {
  const link = w.links[toServer ? c.linkOut : c.linkBack] as LinkState;
  const arriveUs = arrival(
    w,
    toServer ? c.linkOut : c.linkBack,
    sizeBytes,
    toServer ? c.lastToServerUs : c.lastToClientUs,
  );
  c.usedUs = w.nowUs;
  if (toServer) c.lastToServerUs = arriveUs;
  else c.lastToClientUs = arriveUs;
  const id = w.nextMessageId;
  w.nextMessageId += 1;
  const message: Message = {
    id,
    connection: c.index,
    epoch: c.epoch,
    toServer,
    apiKey,
    correlationId,
    from: toServer ? c.client : c.server,
    to: toServer ? c.server : c.client,
    sentUs: w.nowUs,
    arriveUs,
    sizeBytes,
    body,
  };
  if (link.cut) (toServer ? c.stuckToServer : c.stuckToClient).push(message);
  else scheduleMessage(w, EventKind.Deliver, message);
  w.bucketCount += 1;
  return id;
}

export function remember(
  c: Connection,
  request: InFlight,
  arriveUs: number,
  answeredUs: number | null,
  response: unknown,
): void {
  if (c.recent.length >= RECENT) c.recent.shift();
  c.recent.push({ request, arriveUs, answeredUs, response });
}

/** The client closes the connection and hears of its lost requests at once. */
export function disconnect(w: World, index: number, why: DisconnectReason['why']): void {
  const c = ownConnection(w, index);
  if (c.state === 'closed') return;
  const wasSettingUp = c.state !== 'open';
  const lost = c.inFlight;
  for (const request of lost) remember(c, request, w.nowUs, null, null);
  c.inFlight = [];
  c.state = 'closed';
  c.clientInbox.length = 0;
  if (why !== 'own-process') {
    c.failures = wasSettingUp ? c.failures + 1 : 1;
    let backoffUs = c.backoffUs;
    for (let i = 1; i < c.failures && backoffUs < c.backoffMaxUs; i++) backoffUs *= 2;
    c.retryAtUs = w.nowUs + Math.min(backoffUs, c.backoffMaxUs);
  }
  if (why === 'request-timeout' || why === 'setup-timeout' || why === 'own-process' || why === 'idle')
    transmit(w, c, true, Transport.Close, 0, TRANSPORT_BYTES, null);
  if (why !== 'own-process') channels[c.channel]?.onDisconnect(w, c.client, index, lost, { why });
}
