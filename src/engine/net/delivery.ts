/** What arrives: at the server's socket or in the client's hands, held back by a cut link, or not in time. */
import { EventKind, type SimEvent } from '../kernel/event.ts';
import { fold3 } from '../kernel/hash.ts';
import { registerEvent } from '../kernel/schedule.ts';
import type { NodeState, World } from '../kernel/world.ts';
import type { Connection, LinkState } from './connection-state.ts';
import { type InFlight, type Message, Transport } from './message.ts';
import {
  armIdle,
  armTimeout,
  closeIfIdle,
  disconnect,
  idleLimit,
  ownConnection,
  remember,
  sendRequest,
  TRANSPORT_BYTES,
  transmit,
} from './network.ts';
import { type ChannelHandlers, channels, drop, listens, serverLimits } from './registry.ts';
import { endServerSide, leaveBehind, pumpServer } from './server-side.ts';

const API_VERSIONS = 18;

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
  const maxRequestBytes = serverLimits.maxRequestBytes(w, node);
  if (maxRequestBytes > 0 && message.sizeBytes > maxRequestBytes) {
    // NetworkReceive: InvalidReceiveException; the size is read first, and then nothing more.
    drop(w, [message]);
    endServerSide(w, c);
    return;
  }
  c.serverInbox.push(message);
  if (node.process === 'up') pumpServer(w, c.index);
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
    // Not `length = 0`, which would give its store away, to be made anew with the next request.
    if (i === inFlight.length - 1) inFlight.pop();
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
