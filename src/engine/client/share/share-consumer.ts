/**
 * A share consumer among the engine's nodes (Kafka: KafkaShareConsumer): its start, its background thread, which does all input and output
 * (rule 107), and its application.
 */

import { nextInt } from '../../../base/random.ts';
import type { FindCoordinatorResponse } from '../../../kafka/api/messages-group.ts';
import type {
  ShareAcknowledgeResponse,
  ShareFetchResponse,
  ShareGroupHeartbeatResponse,
} from '../../../kafka/api/messages-share.ts';
import { EventKind } from '../../kernel/event.ts';
import { tell } from '../../kernel/schedule.ts';
import { type NodeState, stream, type World } from '../../kernel/world.ts';
import { groupSubscribed } from '../../ledger/group-facts.ts';
import { Channel, type Connection } from '../../net/connection-state.ts';
import type { InFlight } from '../../net/message.ts';
import { type ChannelHandlers, registerChannel } from '../../net/network.ts';
import type { ShareClient, ShareRequest } from '../../share/client-state.ts';
import { observeOwners } from '../../share/observe.ts';
import { addTopic } from '../client-metadata.ts';
import {
  Api,
  handleDisconnect,
  handleMetadataResponse,
  maybeUpdateMetadata,
  NEVER,
  wakeAt,
} from '../client-network.ts';
import { isUp } from '../client-process.ts';
import { runConsumer } from '../consumer.ts';
import { isPaused } from '../consumer-application.ts';
import type { ConsumerState } from '../consumer-state.ts';
import { finishRecord, resumeShare, runApplication } from './application.ts';
import {
  handleShareAcknowledge,
  handleShareAcknowledgeLost,
  handleShareFetch,
  handleShareFetchLost,
  pollRequests,
} from './consume-requests.ts';
import { about, countShareError, type ShareConsumer, shareConsumer } from './context.ts';
import {
  coordinatorLost,
  findFailed,
  handleFound,
  handleHeartbeat,
  heartbeatLost,
  join,
  pollEndsUs,
  pollHeartbeat,
  updatePartitions,
} from './membership.ts';

const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Uuid.randomUuid in base64url; it never begins with '-'. */
function newMemberId(w: World, consumer: string): string {
  const draws = stream(w, `member:${consumer}`);
  let id = BASE64_URL.charAt(nextInt(draws, 62));
  while (id.length < 21) id += BASE64_URL.charAt(nextInt(draws, 64));
  return id + BASE64_URL.charAt(16 * nextInt(draws, 4));
}

/** A process begins: a member of nothing yet. */
export function startShare(w: World, ref: number): void {
  const c = w.consumers[ref] as ConsumerState;
  const table = w.share[4];
  while (table.length <= ref) table.push(null);
  table[ref] = freshClient(w, c);
  const x = shareConsumer(w, ref);
  if (c.source.kind === 'subscribe') for (const topic of c.source.topics) addTopic(x.c.metadata, topic);
  if (c.source.kind === 'subscribe') groupSubscribed(w, x.s.groupId, c.source.topics);
  join(w, x);
}

function freshClient(w: World, c: ConsumerState): ShareClient {
  return {
    gen: w.gen,
    groupId: c.settings.groupId ?? '',
    memberId: newMemberId(w, c.id),
    memberState: 'UNSUBSCRIBED',
    memberEpoch: 0,
    assigned: [],
    partitions: [],
    coordinator: -1,
    findInFlight: false,
    findAttempts: 0,
    findNotBeforeUs: 0,
    heartbeatInFlight: false,
    heartbeatIntervalUs: 0,
    nextHeartbeatUs: 0,
    heartbeatAttempts: 0,
    heartbeatSentUs: -1,
    subscriptionSent: null,
    heartbeatNow: false,
    heartbeatNotBeforeUs: 0,
    leaveNow: false,
    lastPollUs: -1,
    sessions: [],
    acksWithFetch: [],
    ackCalls: [],
    requests: [],
    buffer: [],
    fetchMore: false,
    fetchBroker: -1,
    fetchNotBeforeUs: [],
    current: [],
    workAt: 0,
    acksTaken: [],
    commitSync: 'none',
    commitAsked: false,
    committedBefore: false,
    closing: 'no',
    closeDeadlineUs: 0,
    startAgain: false,
    processed: 0,
  };
}

/** Runs application and background until both wait. 'closed': the process ends; 'thrown': with `pendingError`. */
export function runShare(w: World, ref: number): 'runs' | 'closed' | 'thrown' {
  const x = shareConsumer(w, ref);
  const { c, s } = x;
  if (c.pausedUntilUs > 0 && !isPaused(w, c)) resumeShare(w, x);
  const step = runApplication(w, x);
  if (step === 'closed') return 'closed';
  if (step !== 'waits') {
    c.pendingError = step.thrown;
    return 'thrown';
  }
  let wakeUs = isPaused(w, c) ? c.pausedUntilUs : NEVER;
  wakeUs = Math.min(wakeUs, maybeUpdateMetadata(w, c), pollHeartbeat(w, x), pollRequests(w, x), pollEndsUs(x));
  // Acknowledgements that were given up just now may be all that the application waited for.
  if (s.closing !== 'no' && s.closing !== 'asked') wakeUs = Math.min(wakeUs, s.closeDeadlineUs);
  if (waitsForNothing(x)) wakeUs = w.nowUs;
  wakeAt(w, c, EventKind.ConsumerWake, Math.max(wakeUs, w.nowUs));
  return 'runs';
}

function waitsForNothing({ s }: ShareConsumer): boolean {
  const idle = s.ackCalls.length === 0 && !s.requests.some((r) => r.kind === 'acknowledge');
  return idle && (s.commitSync === 'waiting' || s.closing === 'acknowledging');
}

export function finishShareRecord(w: World, ref: number): void {
  finishRecord(w, shareConsumer(w, ref));
}

/** consumer.leave: close() once the application is between two polls. */
export function leaveShare(w: World, ref: number, startAgain: boolean): void {
  const x = shareConsumer(w, ref);
  const { c, s } = x;
  if (s.closing === 'no') s.closing = 'asked';
  s.startAgain = startAgain;
  if (c.doneAtUs >= 0 || isPaused(w, c))
    tell(w, 'log.member.closes-later', { consumer: c.id }, about(x), 'plain', 'faults');
  runConsumer(w, ref);
}

/** consumer.commit: commitSync() as soon as the application is between two polls. */
export function askShareCommit(w: World, ref: number): void {
  const x = shareConsumer(w, ref);
  x.s.commitAsked = true;
  tell(w, 'log.member.commit-asked', { consumer: x.c.id, group: x.s.groupId }, about(x));
}

export function shareEnded(w: World, ref: number): void {
  const x = shareConsumer(w, ref);
  x.s.memberState = 'UNSUBSCRIBED';
  x.s.partitions = [];
  x.s.assigned = [];
  observeOwners(w, x.s.groupId);
}

/** poll() threw it. */
export function countThrown(w: World, ref: number, exception: string): void {
  countShareError(w, shareConsumer(w, ref), exception);
}

/** The process is gone. Returns whether a new one follows. */
export function endShare(w: World, ref: number): boolean {
  // What it was stays to be seen; the next process starts without it.
  return w.share[4][ref]?.startAgain ?? false;
}

// --- what arrives ----------------------------------------------------------------------------------------------------

function take({ s }: ShareConsumer, connection: number, correlationId: number): ShareRequest | null {
  const found = s.requests.find((r) => r.connection === connection && r.correlationId === correlationId);
  if (found === undefined) return null;
  s.requests = s.requests.filter((r) => r !== found);
  return found;
}

function handleAnswer(w: World, x: ShareConsumer, sent: ShareRequest, body: unknown): void {
  switch (sent.kind) {
    case 'find':
      handleFound(w, x, body as FindCoordinatorResponse);
      break;
    case 'heartbeat': {
      const exception = handleHeartbeat(w, x, sent.memberEpoch, body as ShareGroupHeartbeatResponse);
      if (exception !== null) x.c.pendingError = exception;
      break;
    }
    case 'fetch':
      handleShareFetch(w, x, sent, body as ShareFetchResponse);
      break;
    case 'acknowledge':
      handleShareAcknowledge(w, x, sent, body as ShareAcknowledgeResponse);
      break;
  }
}

function handleLost(w: World, x: ShareConsumer, sent: ShareRequest): void {
  if (sent.kind === 'find') findFailed(w, x);
  else if (sent.kind === 'heartbeat') heartbeatLost(w, x);
  else if (sent.kind === 'fetch') handleShareFetchLost(w, x, sent);
  else handleShareAcknowledgeLost(w, x, sent);
}

function withClient(w: World, node: number, work: (x: ShareConsumer) => void): void {
  const { ref } = w.nodes[node] as NodeState;
  if (!isUp(w, node) || (w.share[4][ref] ?? null) === null) return;
  work(shareConsumer(w, ref));
  runConsumer(w, ref);
}

function onResponse(w: World, x: ShareConsumer, connection: number, request: InFlight, body: unknown): void {
  if (request.apiKey === Api.Metadata) {
    handleMetadataResponse(w, x.c, request, connection, body);
    updatePartitions(w, x);
    return;
  }
  const sent = take(x, connection, request.correlationId);
  if (sent !== null) handleAnswer(w, x, sent, body);
}

const handlers: ChannelHandlers = {
  onOpen: (w, node) => withClient(w, node, () => {}),
  onResponse: (w, node, connection, request, body) =>
    withClient(w, node, (x) => onResponse(w, x, connection, request, body)),
  onDisconnect: (w, node, connection, lost, reason) =>
    withClient(w, node, (x) => {
      const isCoordinator = (w.connections[connection] as Connection).channel === Channel.ShareGroupCoordinator;
      for (const { correlationId } of lost) {
        const sent = take(x, connection, correlationId);
        if (sent !== null) handleLost(w, x, sent);
      }
      if (isCoordinator) coordinatorLost(w, x);
      else handleDisconnect(w, x.c, connection, reason);
    }),
};
registerChannel(Channel.ShareConsumer, handlers);
registerChannel(Channel.ShareGroupCoordinator, handlers);
