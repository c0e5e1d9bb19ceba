/**
 * What a group's members and their coordinator say to each other, as the steps of the lab. Heard from outside: the event that
 * is about to happen carries its message, so that the network itself knows nothing of being listened to.
 */
import { errorForCode } from '../../../kafka/api/errors.ts';
import type { LabStep } from '../../../protocol/lab.ts';
import type { ConsumerState } from '../../client/consumer-state.ts';
import { nodeThing } from '../../kernel/history/node-thing.ts';
import type { NodeState, World } from '../../kernel/world.ts';
import type { Connection } from '../../net/connection-state.ts';
import type { Message } from '../../net/message.ts';
import { apiName } from '../frame-flights.ts';
import { errorIn } from '../message-content.ts';
import { fieldsOf } from './fields.ts';
import { coordinatorPartition, memberNames } from './group-now.ts';
import type { Said } from './saying.ts';
import { sayMessage } from './says.ts';

export const GroupApi = {
  OffsetCommit: 8,
  OffsetFetch: 9,
  FindCoordinator: 10,
  JoinGroup: 11,
  Heartbeat: 12,
  LeaveGroup: 13,
  SyncGroup: 14,
  ConsumerGroupHeartbeat: 68,
  ShareGroupHeartbeat: 76,
} as const;
const APIS: ReadonlySet<number> = new Set(Object.values(GroupApi));

interface Heard {
  readonly message: Message;
  readonly consumer: string;
  /** -1: not yet, or never. */
  readonly arrivedUs: number;
  readonly said: Said;
}

export interface MessageLog {
  readonly groupId: string;
  /** By node: the members' consumers. */
  readonly nodes: ReadonlySet<number>;
  /** By message id. */
  readonly heard: Map<number, Heard>;
  /** Requests by connection and correlation id, for their answers. */
  readonly asked: Map<string, Message>;
  readonly names: Map<string, string>;
}

export function beginMessages(w: World, groupId: string, consumers: readonly number[]): MessageLog {
  const nodes = new Set(consumers.map((ref) => (w.consumers[ref] as ConsumerState).node));
  const log: MessageLog = { groupId, nodes, heard: new Map(), asked: new Map(), names: new Map() };
  const partition = coordinatorPartition(w, groupId);
  if (partition >= 0) for (const [id, name] of memberNames(w, groupId, partition)) log.names.set(id, name);
  for (const c of w.connections) if (nodes.has(c.client)) rememberAsked(log, c);
  return log;
}

/** What was asked before the listening began and is not answered yet. */
function rememberAsked(log: MessageLog, c: Connection): void {
  for (const { apiKey, correlationId, sentUs, sizeBytes, body, messageId } of c.inFlight) {
    if (!APIS.has(apiKey)) continue;
    const way = { connection: c.index, epoch: c.epoch, toServer: true, from: c.client, to: c.server };
    log.asked.set(key(c.index, correlationId), {
      id: messageId,
      ...way,
      apiKey,
      correlationId,
      sentUs,
      arriveUs: sentUs,
      sizeBytes,
      body,
    });
  }
}

const key = (connection: number, correlationId: number): string => `${connection}:${correlationId}`;

/** Whether a message belongs to the group's talk. */
export function isGroupTalk(log: MessageLog, m: Message): boolean {
  return APIS.has(m.apiKey) && log.nodes.has(m.toServer ? m.from : m.to);
}

/** Before the event that brings it: `m` arrives now, unless nobody is there to take it. */
export function hear(w: World, log: MessageLog, m: Message): void {
  put(w, log, m, arrives(w, m) ? (w.queue[0]?.atUs ?? m.arriveUs) : -1);
}

/** At the end: what is in the air still, or held back by a cut link. */
export function hearTheRest(w: World, log: MessageLog): void {
  for (const { message } of w.queue) if (message !== null && isGroupTalk(log, message)) put(w, log, message, -1);
  hearStuck(w, log);
}

/** What a cut link holds back may be dropped there, and nobody would ever have heard of it. */
export function hearStuck(w: World, log: MessageLog): void {
  for (const c of w.connections) {
    if (!log.nodes.has(c.client) || c.stuckToServer.length + c.stuckToClient.length === 0) continue;
    for (const m of c.stuckToServer) if (isGroupTalk(log, m) && !log.heard.has(m.id)) put(w, log, m, -1);
    for (const m of c.stuckToClient) if (isGroupTalk(log, m) && !log.heard.has(m.id)) put(w, log, m, -1);
  }
}

function arrives(w: World, m: Message): boolean {
  const c = w.connections[m.connection] as Connection;
  const { process } = w.nodes[m.to] as NodeState;
  if (m.epoch !== c.epoch || process === 'down' || process === 'power-off') return false;
  if (w.links[m.toServer ? c.linkOut : c.linkBack]?.cut) return false;
  return m.toServer ? c.serverOpen : c.state !== 'closed';
}

function put(w: World, log: MessageLog, m: Message, arrivedUs: number): void {
  const client = w.nodes[m.toServer ? m.from : m.to] as NodeState;
  const consumer = w.consumers[client.ref] as ConsumerState;
  if (m.toServer) log.asked.set(key(m.connection, m.correlationId), m);
  learnNames(log, m, consumer.id);
  const asked = m.toServer ? m : log.asked.get(key(m.connection, m.correlationId));
  const broker = (w.nodes[m.toServer ? m.to : m.from] as NodeState).nodeId;
  const said = sayMessage({ w, message: m, request: asked?.body ?? null, consumer, broker, names: log.names });
  log.heard.set(m.id, { message: m, consumer: consumer.id, arrivedUs, said });
}

function learnNames(log: MessageLog, m: Message, consumer: string): void {
  const { memberId } = (m.body ?? {}) as { readonly memberId?: string };
  if (typeof memberId === 'string' && memberId !== '') log.names.set(memberId, consumer);
}

/** In the order of arrival; what never arrived stands where it was sent. */
export function stepsOf(w: World, log: MessageLog): LabStep[] {
  const whenOf = (h: Heard): number => (h.arrivedUs >= 0 ? h.arrivedUs : h.message.sentUs);
  const heard = [...log.heard.values()].sort((a, b) => whenOf(a) - whenOf(b) || a.message.id - b.message.id);
  const places = new Map<string, number>();
  heard.forEach(({ message: m }, i) => {
    places.set(`${key(m.connection, m.correlationId)}:${m.toServer}`, i);
  });
  const things = w.nodes.map(nodeThing);
  const whoIs = (memberId: string): string | null => log.names.get(memberId) ?? null;
  return heard.map(({ message: m, consumer, arrivedUs, said }, index) => ({
    index,
    sentUs: m.sentUs,
    arrivedUs,
    from: things[m.from] as string,
    to: things[m.to] as string,
    consumer,
    api: apiName(m.apiKey),
    sizeBytes: m.sizeBytes,
    what: m.toServer ? 'request' : 'response',
    errors: errorsIn(m.body),
    fields: fieldsOf(m.body, whoIs),
    pair: places.get(`${key(m.connection, m.correlationId)}:${!m.toServer}`) ?? -1,
    says: said.words,
    matters: said.matters || arrivedUs < 0,
  }));
}

function errorsIn(body: unknown): string[] {
  if (errorIn(body) === null) return [];
  const { errors } = body as { readonly errors: readonly number[] };
  const names: string[] = [];
  for (const code of errors) {
    const { name } = errorForCode(code);
    if (code !== 0 && !names.includes(name)) names.push(name);
  }
  return names;
}
