import { cloneStream, type RandomStream } from '../../base/random.ts';
import type { Owned } from '../kernel/world.ts';
import type { Exchange, InFlight, Message } from './message.ts';

/** One direction between two hosts. Percent and megabits come in as the scenario says; times in microseconds. */
export interface LinkState extends Owned {
  from: number;
  to: number;
  latencyUs: number;
  jitterUs: number;
  lossPercent: number;
  /** Bytes per microsecond; 0: no limit. */
  bytesPerUs: number;
  cut: boolean;
  cutSinceUs: number;
  /** The wire is taken until then by what was sent before (all connections of the pair share it). */
  busyUntilUs: number;
  /** Draws its jitter, and (made with the first loss) its loss: the streams `network:1>2` and `network:1>2:loss`. */
  jitterDraws: RandomStream;
  lossDraws: RandomStream | null;
}

/** What a connection serves; one connection a (client, server, channel). */
export const Channel = {
  ReplicaFetcher: 0,
  Heartbeat: 1,
  ControllerRequests: 2,
  MetadataFetch: 3,
  Producer: 4,
  Consumer: 5,
  Admin: 6,
  /** A consumer's own connection to its group's coordinator. */
  GroupCoordinator: 7,
  /** A share consumer's, to the leaders that it reads from, and to its group's coordinator. */
  ShareConsumer: 8,
  ShareGroupCoordinator: 9,
  /** A broker's, to the share coordinators that keep its share partitions' states. */
  SharePersister: 10,
} as const;
export type ChannelId = (typeof Channel)[keyof typeof Channel];

export interface Connection extends Owned {
  index: number;
  client: number;
  server: number;
  channel: ChannelId;
  /** Rises with every connection attempt. */
  epoch: number;
  /** As the client sees it. `checking`: TCP stands, ApiVersions is under way. */
  state: 'closed' | 'connecting' | 'checking' | 'open';
  /** Whether the server's side of the present epoch stands. */
  serverOpen: boolean;
  linkOut: number;
  linkBack: number;
  nextCorrelationId: number;
  inFlight: InFlight[];
  /** Arrival of the last message in each direction: nothing overtakes on one connection. */
  lastToServerUs: number;
  lastToClientUs: number;
  /** The server handles one request of a connection at a time (SocketServer mutes the channel until it has answered). */
  serverBusy: boolean;
  serverInbox: Message[];
  /** What the client had sent before it closed earlier epochs: the server's socket still holds it. */
  leftBehind: Message[];
  /** A request of such an epoch is being handled: the next is read when it has been answered. */
  leftBusy: boolean;
  /** Answers that wait in the socket of a stopped client process. */
  clientInbox: Message[];
  /** What a cut link holds back, in order, until TCP sends it again. */
  stuckToServer: Message[];
  stuckToClient: Message[];
  /** Consecutive failed attempts; the next attempt not before `retryAtUs`. */
  failures: number;
  retryAtUs: number;
  connectDeadlineUs: number;
  /** When the pending ConnectionTimeout event fires; 0: none. */
  timeoutArmedUs: number;
  requestTimeoutUs: number;
  setupTimeoutUs: number;
  setupTimeoutMaxUs: number;
  backoffUs: number;
  backoffMaxUs: number;
  /** The client closes it after so long without traffic; negative: never. */
  maxIdleUs: number;
  /** When something was last sent or received on it, on either side. */
  usedUs: number;
  /** The last few exchanges, for the inspector. */
  recent: Exchange[];
}

export function cloneConnection(c: Connection): Connection {
  return {
    gen: c.gen,
    index: c.index,
    client: c.client,
    server: c.server,
    channel: c.channel,
    epoch: c.epoch,
    state: c.state,
    serverOpen: c.serverOpen,
    linkOut: c.linkOut,
    linkBack: c.linkBack,
    nextCorrelationId: c.nextCorrelationId,
    inFlight: c.inFlight.slice(),
    lastToServerUs: c.lastToServerUs,
    lastToClientUs: c.lastToClientUs,
    serverBusy: c.serverBusy,
    serverInbox: c.serverInbox.slice(),
    leftBehind: c.leftBehind.slice(),
    leftBusy: c.leftBusy,
    clientInbox: c.clientInbox.slice(),
    stuckToServer: c.stuckToServer.slice(),
    stuckToClient: c.stuckToClient.slice(),
    failures: c.failures,
    retryAtUs: c.retryAtUs,
    connectDeadlineUs: c.connectDeadlineUs,
    timeoutArmedUs: c.timeoutArmedUs,
    requestTimeoutUs: c.requestTimeoutUs,
    setupTimeoutUs: c.setupTimeoutUs,
    setupTimeoutMaxUs: c.setupTimeoutMaxUs,
    backoffUs: c.backoffUs,
    backoffMaxUs: c.backoffMaxUs,
    maxIdleUs: c.maxIdleUs,
    usedUs: c.usedUs,
    recent: c.recent.slice(),
  };
}

export function cloneLink(l: LinkState): LinkState {
  return {
    gen: l.gen,
    from: l.from,
    to: l.to,
    latencyUs: l.latencyUs,
    jitterUs: l.jitterUs,
    lossPercent: l.lossPercent,
    bytesPerUs: l.bytesPerUs,
    cut: l.cut,
    cutSinceUs: l.cutSinceUs,
    busyUntilUs: l.busyUntilUs,
    jitterDraws: cloneStream(l.jitterDraws),
    lossDraws: l.lossDraws === null ? null : cloneStream(l.lossDraws),
  };
}
