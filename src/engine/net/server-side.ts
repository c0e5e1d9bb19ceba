/**
 * The server's side of connections (Kafka: SocketServer): one request of a connection at a time, answers, the end of a connection,
 * and what is left in the socket when its client has closed.
 */
import type { NodeState, World } from '../kernel/world.ts';
import type { Connection } from './connection-state.ts';
import { type Message, Transport } from './message.ts';
import { ownConnection, TRANSPORT_BYTES, transmit } from './network.ts';
import { drop, servedApis, serverClosed, servers } from './registry.ts';

const PRODUCE = 0;
const API_VERSIONS = 18;

/** acks=0: nobody answers. */
function isSilent(request: Message): boolean {
  return request.apiKey === PRODUCE && (request.body as { readonly acks: number }).acks === 0;
}

/**
 * The client has closed, and the server has not read everything yet (it stands still, or handles an earlier request of this
 * connection): its socket keeps what came before the end. It reads on until an answer fails: the first answer draws the
 * reset, the second finds it.
 */
export function leaveBehind(w: World, c: Connection): void {
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
  serverClosed.hook(w, c);
}

/** Handles the next request of a connection that its client has closed. */
export function readLeftBehind(w: World, index: number): void {
  if (readOut[index]) return;
  mark(readOut, index);
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
    readOut[index] = false;
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
  serverClosed.hook(w, c);
}

/** Hands waiting requests to the server, one at a time, while none of this connection is being handled. */
export function pumpServer(w: World, index: number): void {
  let c = w.connections[index] as Connection;
  // Mostly nothing waits, or the loop below is at work further out.
  if (c.serverBusy || c.serverInbox.length === 0 || pumped[index]) return;
  mark(pumped, index);
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
    pumped[index] = false;
  }
}

/**
 * Connections whose waiting requests are being handed over just now. A handler that answers at once asks for the next one
 * while it still stands in the loop: the loop goes on, nothing goes deeper, however many requests wait. Empty between events.
 */
const pumped: boolean[] = [];
const readOut: boolean[] = [];

function mark(under: boolean[], index: number): void {
  while (under.length <= index) under.push(false);
  under[index] = true;
}

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
