/** Who handles what arrives: clients by channel, servers by API key. Filled while modules load. */
import type { NodeState, World } from '../kernel/world.ts';
import type { ChannelId, Connection } from './connection-state.ts';
import type { InFlight, Message } from './message.ts';

export interface DisconnectReason {
  readonly why: 'closed' | 'request-timeout' | 'setup-timeout' | 'refused' | 'own-process' | 'idle';
}

/** What a client of a channel does with its connections. `connection` is an index. */
export interface ChannelHandlers {
  onOpen(w: World, node: number, connection: number): void;
  onResponse(w: World, node: number, connection: number, request: InFlight, body: unknown): void;
  /** Called once; `lost` are the requests that will have no answer, in the order of sending. */
  onDisconnect(w: World, node: number, connection: number, lost: readonly InFlight[], reason: DisconnectReason): void;
}

export type ServerHandler = (w: World, node: number, connection: Connection, request: Message) => void;

export const channels: (ChannelHandlers | undefined)[] = [];
export const servers: { broker: (ServerHandler | undefined)[]; controller: (ServerHandler | undefined)[] } = {
  broker: [],
  controller: [],
};

export function registerChannel(channel: ChannelId, handlers: ChannelHandlers): void {
  channels[channel] = handlers;
}

export function registerApi(listener: 'broker' | 'controller', apiKey: number, handler: ServerHandler): void {
  servers[listener][apiKey] = handler;
}

/** The API keys a listener answers, ascending (for ApiVersions and the fidelity list). */
export function servedApis(listener: 'broker' | 'controller'): number[] {
  const keys: number[] = [];
  servers[listener].forEach((handler, key) => {
    if (handler !== undefined) keys.push(key);
  });
  return keys;
}

/** Told of a request that nobody will ever handle (the ledger's way to know the fate of acks=0). */
let onDropped: (w: World, request: Message) => void = () => {};

export function registerDropped(observer: (w: World, request: Message) => void): void {
  onDropped = observer;
}

/** Told when a broker's side of a connection ends; share sessions end with it. */
export const serverClosed: { hook: (w: World, connection: Connection) => void } = { hook() {} };

/** Whether a running process accepts connections: a broker opens its listeners only when it is about to be unfenced. */
let isListening: (w: World, node: NodeState) => boolean = () => true;

export function registerListening(listening: (w: World, node: NodeState) => boolean): void {
  isListening = listening;
}

/** What a server puts up with on its connections. Asked with every request, so the answers are plain numbers. */
export interface ServerLimits {
  /** connections.max.idle.ms, in microseconds: a connection without traffic for so long is closed; negative: never. */
  maxIdleUs(w: World, node: NodeState): number;
  /** socket.request.max.bytes: a larger request is not read, its connection is closed; 0: no limit. */
  maxRequestBytes(w: World, node: NodeState): number;
}

export let serverLimits: ServerLimits = { maxIdleUs: () => -1, maxRequestBytes: () => 0 };

export function registerServerLimits(limits: ServerLimits): void {
  serverLimits = limits;
}

export function drop(w: World, messages: readonly Message[]): void {
  for (const m of messages) if (m.toServer && m.apiKey >= 0) onDropped(w, m);
}

export function listens(w: World, node: NodeState): boolean {
  return isListening(w, node);
}
