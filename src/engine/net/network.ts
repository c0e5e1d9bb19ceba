/**
 * Connections as Kafka's NetworkClient and SocketServer use them: TCP-like order, set-up (with ApiVersions), one request
 * at a time on the server's side of a connection, request and set-up time-outs, back-off, and what a death, a stop, a
 * power loss or a cut does to them. Nodes talk through this file only.
 */
import { EventKind, type SimEvent } from '../kernel/event.ts';
import { fold3 } from '../kernel/hash.ts';
import { registerEvent, schedule, scheduleMessage } from '../kernel/schedule.ts';
import { type NodeState, own, type World } from '../kernel/world.ts';
import { type ChannelId, type Connection, cloneConnection, type LinkState } from './connection-state.ts';
import { arrival, linkBetween } from './link.ts';
import { type InFlight, type Message, Transport } from './message.ts';
import {
  type ChannelHandlers,
  channels,
  type DisconnectReason,
  drop,
  listens,
  servedApis,
  serverLimits,
  servers,
} from './registry.ts';

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

const PRODUCE = 0;
const API_VERSIONS = 18;
const CONNECTION_STRIDE = 4096;
const TRANSPORT_BYTES = 60;
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
  const key = (client * CONNECTION_STRIDE + server) * 8 + channel;
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

function armTimeout(w: World, c: Connection, atUs: number): void {
  if (c.timeoutArmedUs !== 0 && c.timeoutArmedUs <= atUs) return;
  c.timeoutArmedUs = atUs;
  schedule(w, atUs, EventKind.ConnectionTimeout, c.client, c.index);
}

/** Who closes a connection that is not used, and after how long; null: nobody. Only clients leave connections unused. */
function idleLimit(w: World, c: Connection): { readonly us: number; readonly by: 'client' | 'server' } | null {
  if (c.maxIdleUs < 0) return null;
  const { maxIdleUs } = serverLimits(w, w.nodes[c.server] as NodeState);
  return maxIdleUs >= 0 && maxIdleUs < c.maxIdleUs
    ? { us: maxIdleUs, by: 'server' }
    : { us: c.maxIdleUs, by: 'client' };
}

function armIdle(w: World, c: Connection): void {
  const limit = idleLimit(w, c);
  if (limit !== null && c.inFlight.length === 0) armTimeout(w, c, Math.max(c.usedUs + limit.us, w.nowUs + 1000));
}

/** Selector.maybeCloseOldestConnection: what has been used meanwhile is looked at again when its time comes. */
function closeIfIdle(w: World, c: Connection): void {
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

function transmit(
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

function remember(
  c: Connection,
  request: InFlight,
  arriveUs: number,
  answeredUs: number | null,
  response: unknown,
): void {
  if (c.recent.length >= RECENT) c.recent.shift();
  c.recent.push({ request, arriveUs, answeredUs, response });
}

/** acks=0: nobody answers. */
function isSilent(request: Message): boolean {
  return request.apiKey === PRODUCE && (request.body as { readonly acks: number }).acks === 0;
}

/**
 * The client has closed, and the server has not read everything yet (it stands still, or handles an earlier request of this
 * connection): its socket keeps what came before the end. It reads on until an answer fails: the first answer draws the
 * reset, the second finds it.
 */
function leaveBehind(w: World, c: Connection): void {
  let answers = c.serverBusy ? 1 : 0;
  const kept: Message[] = [];
  const lost: Message[] = [];
  for (const request of c.serverInbox) {
    (answers < 2 ? kept : lost).push(request);
    if (!isSilent(request)) answers += 1;
  }
  drop(w, lost);
  c.leftBehind.push(...kept);
  c.leftBusy = c.leftBusy || c.serverBusy;
  c.serverInbox.length = 0;
  c.serverOpen = false;
  c.serverBusy = false;
}

/** Handles the next request of a connection that its client has closed. */
export function readLeftBehind(w: World, index: number): void {
  if (readOut.has(index)) return;
  readOut.add(index);
  try {
    for (;;) {
      const before = w.connections[index] as Connection;
      const node = w.nodes[before.server] as NodeState;
      if (before.leftBusy || before.leftBehind.length === 0 || node.process !== 'up') return;
      const c = ownConnection(w, index);
      c.leftBusy = true;
      dispatch(w, node, c, c.leftBehind.shift() as Message);
    }
  } finally {
    readOut.delete(index);
  }
}

/** An answer to a closed connection goes nowhere; what the same client had sent behind it is read. */
function answeredNobody(w: World, c: Connection): void {
  if (!c.leftBusy) return;
  c.leftBusy = false;
  readLeftBehind(w, c.index);
}

/** Answers a request and takes the next one that waited on this connection. An answer to a connection that is gone is dropped. */
export function respond(w: World, request: Message, body: unknown, sizeBytes: number): void {
  const c = ownConnection(w, request.connection);
  if (c.epoch !== request.epoch || !c.serverOpen) {
    answeredNobody(w, c);
    return;
  }
  transmit(w, c, false, request.apiKey, request.correlationId, sizeBytes, body);
  c.serverBusy = false;
  pumpServer(w, c.index);
}

/** Ends the handling of a request that gets no answer (acks=0). */
export function respondNothing(w: World, request: Message): void {
  const c = ownConnection(w, request.connection);
  if (c.epoch !== request.epoch || !c.serverOpen) {
    answeredNobody(w, c);
    return;
  }
  c.serverBusy = false;
  pumpServer(w, c.index);
}

/** The server closes the connection (rule 24: an error on acks=0). */
export function closeFromServer(w: World, request: Message): void {
  const c = ownConnection(w, request.connection);
  if (c.epoch !== request.epoch || !c.serverOpen) return;
  endServerSide(w, c);
}

export function endServerSide(w: World, c: Connection): void {
  if (!c.serverOpen) return;
  c.serverOpen = false;
  c.serverBusy = false;
  drop(w, c.serverInbox);
  c.serverInbox.length = 0;
  transmit(w, c, false, Transport.Close, 0, TRANSPORT_BYTES, null);
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

// --- arrivals -------------------------------------------------------------------------------------------------------

registerEvent(EventKind.Deliver, (w: World, event: SimEvent) => {
  const message = event.message as Message;
  fold3(w, message.from * 65536 + message.to, message.apiKey, message.correlationId);
  const before = w.connections[message.connection] as Connection;
  const link = w.links[message.toServer ? before.linkOut : before.linkBack] as LinkState;
  if (link.cut) {
    const c = ownConnection(w, message.connection);
    hold(message.toServer ? c.stuckToServer : c.stuckToClient, message);
    return;
  }
  if (message.toServer) arriveAtServer(w, message);
  else arriveAtClient(w, message);
});

/** Keeps the order of sending: what was in flight when the link was cut comes before what was sent after. */
function hold(stuck: Message[], message: Message): void {
  let at = stuck.length;
  while (at > 0 && (stuck[at - 1] as Message).id > message.id) at--;
  stuck.splice(at, 0, message);
}

function arriveAtServer(w: World, message: Message): void {
  const node = w.nodes[message.to] as NodeState;
  if (node.process === 'power-off') {
    drop(w, [message]);
    return;
  }
  const c = ownConnection(w, message.connection);
  if (message.epoch !== c.epoch) {
    drop(w, [message]);
    return;
  }
  if (message.apiKey === Transport.Close) {
    if (c.serverOpen) leaveBehind(w, c);
    return;
  }
  if (message.apiKey === Transport.Connect) {
    if (node.process === 'down' || !listens(w, node)) {
      transmit(w, c, false, Transport.Close, 0, TRANSPORT_BYTES, null);
      return;
    }
    c.serverOpen = true;
    transmit(w, c, false, Transport.Accept, 0, TRANSPORT_BYTES, null);
    return;
  }
  if (!c.serverOpen) {
    // The process that knew this connection is gone: its host resets it.
    drop(w, [message]);
    transmit(w, c, false, Transport.Close, 0, TRANSPORT_BYTES, null);
    return;
  }
  const { maxRequestBytes } = serverLimits(w, node);
  if (maxRequestBytes > 0 && message.sizeBytes > maxRequestBytes) {
    // NetworkReceive: InvalidReceiveException; the size is read first, and then nothing more.
    drop(w, [message]);
    endServerSide(w, c);
    return;
  }
  c.serverInbox.push(message);
  if (node.process === 'up') pumpServer(w, c.index);
}

/** Hands waiting requests to the server, one at a time, while none of this connection is being handled. */
export function pumpServer(w: World, index: number): void {
  let c = w.connections[index] as Connection;
  // Mostly nothing waits, or the loop below is at work further out.
  if (c.serverBusy || c.serverInbox.length === 0 || pumped.has(index)) return;
  pumped.add(index);
  try {
    while (!c.serverBusy && c.serverInbox.length > 0 && c.serverOpen) {
      const node = w.nodes[c.server] as NodeState;
      if (node.process !== 'up') return;
      c = ownConnection(w, index);
      const request = c.serverInbox.shift() as Message;
      c.serverBusy = true;
      dispatch(w, node, c, request);
      c = w.connections[index] as Connection;
    }
  } finally {
    pumped.delete(index);
  }
}

/**
 * Connections whose waiting requests are being handed over just now. A handler that answers at once asks for the next one
 * while it still stands in the loop: the loop goes on, nothing goes deeper, however many requests wait. Empty between events.
 */
const pumped = new Set<number>();
const readOut = new Set<number>();

function dispatch(w: World, node: NodeState, c: Connection, request: Message): void {
  const listener = node.kind === 'controller' ? 'controller' : 'broker';
  if (request.apiKey === API_VERSIONS) {
    respond(w, request, { errorCode: 0, apiKeys: servedApis(listener), throttleTimeMs: 0 }, 400);
    return;
  }
  const handler = servers[listener][request.apiKey];
  if (handler === undefined) throw new Error(`${listener} ${node.id} has no handler for API key ${request.apiKey}`);
  handler(w, node.index, c, request);
}

function arriveAtClient(w: World, message: Message): void {
  const node = w.nodes[message.to] as NodeState;
  const c = w.connections[message.connection] as Connection;
  if (message.epoch !== c.epoch || c.state === 'closed') return;
  if (node.process === 'power-off' || node.process === 'down') return;
  if (node.process === 'paused') {
    ownConnection(w, message.connection).clientInbox.push(message);
    return;
  }
  receive(w, message);
}

export function receive(w: World, message: Message): void {
  const c = ownConnection(w, message.connection);
  if (message.epoch !== c.epoch || c.state === 'closed') return;
  const handlers = channels[c.channel] as ChannelHandlers;
  if (message.apiKey === Transport.Close) {
    disconnect(w, c.index, c.state === 'connecting' ? 'refused' : 'closed');
    return;
  }
  if (message.apiKey === Transport.Accept) {
    if (c.state !== 'connecting') return;
    c.state = 'checking';
    sendRequest(
      w,
      c.index,
      API_VERSIONS,
      { clientSoftwareName: 'apache-kafka-java', clientSoftwareVersion: (w.nodes[c.client] as NodeState).version },
      60,
    );
    return;
  }
  c.usedUs = w.nowUs;
  const request = takeInFlight(c, message.correlationId);
  if (request === null) return;
  remember(c, request, message.sentUs, w.nowUs, message.body);
  countErrors(w, message.body);
  if (request.apiKey === API_VERSIONS && c.state === 'checking') {
    c.state = 'open';
    c.failures = 0;
    c.connectDeadlineUs = 0;
    armIdle(w, c);
    handlers.onOpen(w, c.client, c.index);
    return;
  }
  handlers.onResponse(w, c.client, c.index, request, message.body);
}

/** Answers come in the order of the requests, but for those that were lost. */
function takeInFlight(c: Connection, correlationId: number): InFlight | null {
  const { inFlight } = c;
  for (let i = 0; i < inFlight.length; i++) {
    const request = inFlight[i] as InFlight;
    if (request.correlationId !== correlationId) continue;
    if (inFlight.length === 1) inFlight.length = 0;
    else inFlight.splice(i, 1);
    return request;
  }
  return null;
}

/** Every response names its error codes in `errors` (a list of codes beside Kafka's fields), so that counting needs no walk over bodies. */
function countErrors(w: World, body: unknown): void {
  const codes = (body as { errors?: readonly number[] } | null)?.errors;
  if (codes === undefined || codes.length === 0) return;
  for (const code of codes) w.requestErrors.set(code, (w.requestErrors.get(code) ?? 0) + 1);
}

registerEvent(EventKind.ConnectionTimeout, (w: World, event: SimEvent) => {
  const before = w.connections[event.arg] as Connection;
  // A later event of the same connection stands for this one; a stopped process hears its own late, at its resumption.
  if (before.timeoutArmedUs === 0 || before.timeoutArmedUs > w.nowUs) return;
  const c = ownConnection(w, event.arg);
  c.timeoutArmedUs = 0;
  // ClusterConnectionStates: the set-up time-out ends when TCP stands; ApiVersions has the request's time-out.
  if (c.state === 'connecting') {
    if (w.nowUs >= c.connectDeadlineUs) disconnect(w, c.index, 'setup-timeout');
    else armTimeout(w, c, c.connectDeadlineUs);
    return;
  }
  if (c.state === 'closed') return;
  if (c.inFlight.length === 0) {
    closeIfIdle(w, c);
    return;
  }
  let earliestUs = (c.inFlight[0] as InFlight).deadlineUs;
  for (const request of c.inFlight) if (request.deadlineUs < earliestUs) earliestUs = request.deadlineUs;
  const idle = idleLimit(w, c);
  if (earliestUs <= w.nowUs) disconnect(w, c.index, 'request-timeout');
  else armTimeout(w, c, idle === null ? earliestUs : Math.min(earliestUs, w.nowUs + Math.max(idle.us, 1000)));
});
