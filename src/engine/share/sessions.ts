/**
 * Share sessions of a broker (Kafka: ShareSessionCache, SharePartitionManager.newContext and acknowledgeSessionUpdate): one a member, with
 * the partitions that it reads here. It ends with its connection, and then everything the member had acquired goes to others.
 */
import { errorCode } from '../../kafka/api/errors.ts';
import type { ShareFetchRequest, SharePartitionId } from '../../kafka/api/messages-share.ts';
import { inTurn } from '../coordinator/turns.ts';
import { EventKind } from '../kernel/event.ts';
import { registerEvent, schedule } from '../kernel/schedule.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { Channel, type Connection } from '../net/connection-state.ts';
import type { Message } from '../net/message.ts';
import { serverClosed } from '../net/registry.ts';
import { shareConfig, shareLimits } from './config.ts';
import { shareKey } from './keys.ts';
import { removeSharePartition, shareWaiters, writeUpdates } from './manager.ts';
import { observeArchived, observeSessionEnded } from './observe.ts';
import { releaseAcquired } from './partition/acknowledge.ts';
import type { ShareSession } from './share-state.ts';
import { ownShareBroker, ownSharePartition, shareBroker, sharePartitionAt } from './tables.ts';

const INVALID_REQUEST = errorCode('INVALID_REQUEST');
const SHARE_SESSION_NOT_FOUND = errorCode('SHARE_SESSION_NOT_FOUND');
const INVALID_SHARE_SESSION_EPOCH = errorCode('INVALID_SHARE_SESSION_EPOCH');
export const SHARE_SESSION_LIMIT_REACHED = errorCode('SHARE_SESSION_LIMIT_REACHED');
const UNKNOWN_TOPIC_OR_PARTITION = errorCode('UNKNOWN_TOPIC_OR_PARTITION');
const MAX_EPOCH = 2_147_483_647;

/** ShareRequestMetadata. */
export const FINAL_EPOCH = -1;

/** ShareRequestMetadata.nextEpoch: after the highest comes 1. */
export function nextShareEpoch(epoch: number): number {
  if (epoch < 0) return FINAL_EPOCH;
  return epoch === MAX_EPOCH ? 1 : epoch + 1;
}

function placeOf(w: World, broker: number, groupId: string, memberId: string): number {
  return shareBroker(w, broker)?.sessions.findIndex((s) => s.memberId === memberId && s.groupId === groupId) ?? -1;
}

export function sessionOf(w: World, broker: number, groupId: string, memberId: string): ShareSession | null {
  return shareBroker(w, broker)?.sessions[placeOf(w, broker, groupId, memberId)] ?? null;
}

/** SharePartitionManager.newContext: opens or goes on with the session. 0, or the error of the whole request. */
export function openShareContext(w: World, broker: number, request: Message, body: ShareFetchRequest): number {
  const { groupId, memberId, shareSessionEpoch } = body;
  const hasAcks = body.partitions.some((p) => p.acknowledgementBatches.length > 0);
  const at = placeOf(w, broker, groupId, memberId);
  if (shareSessionEpoch === FINAL_EPOCH) return at < 0 ? SHARE_SESSION_NOT_FOUND : 0;
  if (shareSessionEpoch === 0) return openSession(w, broker, request, body, hasAcks, at);
  const known = shareBroker(w, broker)?.sessions[at];
  if (known === undefined) return SHARE_SESSION_NOT_FOUND;
  if (known.epoch !== shareSessionEpoch) return INVALID_SHARE_SESSION_EPOCH;
  const partitions = known.partitions.slice();
  for (const { topic, topicId, index, partition } of body.partitions)
    if (!partitions.some((p) => p.topicId === topicId && p.index === index))
      partitions.push({ topic, topicId, index, partition, requiresUpdate: true });
  const kept = partitions.filter(
    (p) => !body.forgottenTopicsData.some((f) => f.topicId === p.topicId && f.index === p.index),
  );
  ownShareBroker(w, broker).sessions[at] = { ...known, partitions: kept, epoch: nextShareEpoch(known.epoch) };
  return 0;
}

function openSession(
  w: World,
  broker: number,
  request: Message,
  body: ShareFetchRequest,
  hasAcks: boolean,
  at: number,
): number {
  if (hasAcks) return INVALID_REQUEST;
  const b = ownShareBroker(w, broker);
  if (at >= 0) b.sessions.splice(at, 1);
  if (b.sessions.length >= shareConfig(w, broker).maxShareSessions) return SHARE_SESSION_LIMIT_REACHED;
  b.sessions.push({
    groupId: body.groupId,
    memberId: body.memberId,
    epoch: 1,
    connection: request.connection,
    connectionEpoch: request.epoch,
    partitions: body.partitions.map(({ topic, topicId, index, partition }) => ({
      topic,
      topicId,
      index,
      partition,
      requiresUpdate: false,
    })),
  });
  return 0;
}

/** SharePartitionManager.acknowledgeSessionUpdate: 0, or the error of the whole request. */
export function acknowledgeSession(w: World, broker: number, groupId: string, memberId: string, epoch: number): number {
  if (epoch === 0) return INVALID_SHARE_SESSION_EPOCH;
  const at = placeOf(w, broker, groupId, memberId);
  const known = shareBroker(w, broker)?.sessions[at];
  if (known === undefined) return SHARE_SESSION_NOT_FOUND;
  if (epoch === FINAL_EPOCH) return 0;
  if (known.epoch !== epoch) return INVALID_SHARE_SESSION_EPOCH;
  ownShareBroker(w, broker).sessions[at] = { ...known, epoch: nextShareEpoch(known.epoch) };
  return 0;
}

/** What was told of a partition, so that an error is told once and records move it to the end of the next read. */
export function noteTold(
  w: World,
  broker: number,
  groupId: string,
  memberId: string,
  told: readonly SharePartitionId[],
): void {
  const at = placeOf(w, broker, groupId, memberId);
  const known = shareBroker(w, broker)?.sessions[at];
  if (known === undefined || told.length === 0) return;
  const isTold = (p: SharePartitionId): boolean => told.some((t) => t.topicId === p.topicId && t.index === p.index);
  const partitions = [...known.partitions.filter((p) => !isTold(p)), ...known.partitions.filter(isTold)];
  ownShareBroker(w, broker).sessions[at] = { ...known, partitions };
}

/** SharePartitionManager.releaseSession: the session goes, and what its member had acquired is released. */
export function releaseSession(w: World, broker: number, groupId: string, memberId: string): void {
  const at = placeOf(w, broker, groupId, memberId);
  if (at < 0) return;
  const [session] = ownShareBroker(w, broker).sessions.splice(at, 1) as [ShareSession];
  for (const id of session.partitions) {
    const place = shareBroker(w, broker)?.partitions.get(shareKey(groupId, id));
    const known = place === undefined ? null : sharePartitionAt(w, place);
    if (place === undefined || known === null || known.status !== 'active') continue;
    const p = ownSharePartition(w, place);
    const limits = shareLimits(w, broker, groupId);
    const updates = releaseAcquired(p.data, limits, memberId);
    if (updates.length === 0) continue;
    observeSessionEnded(w, p, memberId, updates);
    observeArchived(w, p, updates, limits.maxDeliveryCount);
    writeUpdates(w, broker, place, updates, -1);
    shareWaiters.retry(w, broker, place);
  }
}

/** ClientConnectionDisconnectListener: the connection that opened a session is gone; a group without any loses its partitions. */
function connectionEnded(w: World, broker: number, connection: number, epoch: number): void {
  const gone = (shareBroker(w, broker)?.sessions ?? []).filter(
    (s) => s.connection === connection && s.connectionEpoch <= epoch,
  );
  for (const { groupId, memberId } of gone) releaseSession(w, broker, groupId, memberId);
  for (const groupId of new Set(gone.map((s) => s.groupId))) {
    const b = shareBroker(w, broker);
    if (b === null || b.sessions.some((s) => s.groupId === groupId)) continue;
    for (const place of [...b.partitions.values()])
      if (sharePartitionAt(w, place)?.groupId === groupId)
        removeSharePartition(w, broker, place, UNKNOWN_TOPIC_OR_PARTITION);
  }
}

serverClosed.hook = (w: World, c: Connection): void => {
  if (c.channel !== Channel.ShareConsumer) return;
  const node = w.nodes[c.server] as NodeState;
  // In an event of its own, which a stopped process hears when it goes on; the connection may stand anew by then.
  if (node.process === 'up' || node.process === 'paused')
    schedule(w, w.nowUs, EventKind.ShareConnectionEnded, c.server, c.index * 65536 + (c.epoch % 65536));
};

registerEvent(EventKind.ShareConnectionEnded, (w, event) => {
  const broker = (w.nodes[event.node] as NodeState).nodeId;
  const connection = Math.floor(event.arg / 65536);
  inTurn(w, () => connectionEnded(w, broker, connection, event.arg % 65536));
});
