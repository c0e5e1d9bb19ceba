/** ShareFetch and ShareAcknowledge at a partition's leader (Kafka: KafkaApis.handleShareFetchRequest, handleShareAcknowledgeRequest). */
import { errorCode } from '../../kafka/api/errors.ts';
import type {
  ShareAcknowledgePartitionResponse,
  ShareAcknowledgeRequest,
  ShareAcknowledgeResponse,
  ShareFetchPartition,
  ShareFetchPartitionResponse,
  ShareFetchRequest,
  SharePartitionId,
} from '../../kafka/api/messages-share.ts';
import { brokerState } from '../broker/replicas.ts';
import { answer, inTurn } from '../coordinator/turns.ts';
import type { World } from '../kernel/world.ts';
import type { Message } from '../net/message.ts';
import { shareConfig, shareLimits } from './config.ts';
import {
  answerIfDecided,
  changePending,
  erroneous,
  pendingOf,
  sendShareFetch,
  shareFetchError,
  tryShareFetch,
} from './fetch.ts';
import { isKnown, shareKey } from './keys.ts';
import { armLock, getOrCreate, shareWaiters, writeUpdates } from './manager.ts';
import { observeAcknowledged, observeArchived } from './observe.ts';
import { AckType, acknowledge } from './partition/acknowledge.ts';
import {
  acknowledgeSession,
  FINAL_EPOCH,
  openShareContext,
  releaseSession,
  SHARE_SESSION_LIMIT_REACHED,
  sessionOf,
} from './sessions.ts';
import type { ShareFetchWait, SharePending } from './share-state.ts';
import { ownShareBroker, ownSharePartition, shareBroker, sharePartitionAt } from './tables.ts';
import { armShareTimer } from './timers.ts';

const INVALID_REQUEST = errorCode('INVALID_REQUEST');
const UNKNOWN_TOPIC_OR_PARTITION = errorCode('UNKNOWN_TOPIC_OR_PARTITION');
const ERRORS = {
  INVALID_RECORD_STATE: errorCode('INVALID_RECORD_STATE'),
  INVALID_REQUEST,
} as const;
const TELLS_LEADER = (['NOT_LEADER_OR_FOLLOWER', 'FENCED_LEADER_EPOCH'] as const).map(errorCode);

function newPending(
  w: World,
  broker: number,
  request: Message,
  kind: SharePending['kind'],
  body: ShareFetchRequest | ShareAcknowledgeRequest,
  more: Partial<SharePending>,
): number {
  const b = ownShareBroker(w, broker);
  const id = b.nextSerial;
  b.nextSerial += 1;
  b.pending.push({
    id,
    request,
    groupId: body.groupId,
    memberId: body.memberId,
    kind,
    sessionEpoch: body.shareSessionEpoch,
    acks: [],
    acksWaiting: 0,
    fetch: null,
    responses: [],
    idleUntilUs: 0,
    idleError: 0,
    ...more,
  });
  return id;
}

export function handleShareFetch(w: World, broker: number, request: Message): void {
  const body = request.body as ShareFetchRequest;
  inTurn(w, () => {
    const refused = isRenewWrong(body) ? INVALID_REQUEST : openShareContext(w, broker, request, body);
    if (refused === SHARE_SESSION_LIMIT_REACHED) {
      const idleUntilUs = w.nowUs + body.maxWaitMs * 1000;
      newPending(w, broker, request, 'fetch', body, { idleUntilUs, idleError: refused, acksWaiting: 1 });
      armShareTimer(w, broker, idleUntilUs);
      return;
    }
    if (refused !== 0) {
      sendShareFetch(w, { request }, shareFetchError(refused));
      return;
    }
    const fetch = body.isRenewAck ? null : fetchOf(w, broker, body);
    const id = newPending(w, broker, request, 'fetch', body, { fetch });
    acknowledgeAll(w, broker, id, body.partitions);
    if (fetch !== null && isIdle(fetch)) changePending(w, broker, id, { fetch: null, responses: fetch.erroneous });
    else if (fetch !== null) {
      tryShareFetch(w, broker, id, fetch.deadlineUs <= w.nowUs);
      if (pendingOf(w, broker, id)?.fetch != null) armShareTimer(w, broker, fetch.deadlineUs);
    }
    answerIfDecided(w, broker, id);
  });
}

/** A request that renews locks asks for no records. */
function isRenewWrong(body: ShareFetchRequest): boolean {
  return (
    body.isRenewAck && (body.maxBytes !== 0 || body.minBytes !== 0 || body.maxRecords !== 0 || body.maxWaitMs !== 0)
  );
}

/** SharePartitionManager.processShareFetch: nothing is asked for, or every partition has an error. */
function isIdle(fetch: ShareFetchWait): boolean {
  return fetch.partitions.length === 0 || fetch.maxRecords === 0 || fetch.maxBytes === 0;
}

function fetchOf(w: World, broker: number, body: ShareFetchRequest): ShareFetchWait {
  const { image, settings } = brokerState(w, broker);
  const session = sessionOf(w, broker, body.groupId, body.memberId);
  const wanted: SharePartitionId[] = (session?.partitions ?? []).map(({ topic, topicId, index, partition }) => ({
    topic,
    topicId,
    index,
    partition,
  }));
  const told: ShareFetchPartitionResponse[] = [];
  const known = wanted.filter((id) => {
    if (isKnown(w, image, id)) return true;
    told.push(erroneous(w, broker, id, UNKNOWN_TOPIC_OR_PARTITION));
    return false;
  });
  const maxBytes = Math.min(body.maxBytes, settings.fetchMaxBytes);
  const asks = body.maxRecords > 0 && maxBytes > 0;
  const partitions: { id: SharePartitionId; place: number }[] = [];
  for (const id of asks ? rotated(known, body.shareSessionEpoch) : []) {
    const found = getOrCreate(w, broker, body.groupId, id);
    if ('place' in found) partitions.push({ id, place: found.place });
    else told.push(erroneous(w, broker, id, found.error));
  }
  return {
    minBytes: Math.min(body.minBytes, maxBytes),
    maxBytes,
    maxRecords: body.maxRecords,
    batchSize: body.batchSize,
    recordLimit: body.shareAcquireMode === 1,
    readCommitted: shareConfig(w, broker, body.groupId).readCommitted,
    deadlineUs: w.nowUs + body.maxWaitMs * 1000,
    partitions,
    erroneous: told,
  };
}

/** PartitionRotateStrategy: each request of a session begins with the next partition. */
function rotated<T>(list: readonly T[], epoch: number): readonly T[] {
  if (list.length < 2 || epoch < 1) return list;
  const at = epoch % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

// --- acknowledgements -----------------------------------------------------------------------------------------------

/** KafkaApis.handleAcknowledgements: each partition's are decided, and told once their states are written. */
function acknowledgeAll(w: World, broker: number, id: number, partitions: readonly ShareFetchPartition[]): void {
  const mine = partitions.filter((p) => p.acknowledgementBatches.length > 0);
  changePending(w, broker, id, { acksWaiting: mine.length });
  for (const p of mine) acknowledgeOne(w, broker, id, p);
}

function acknowledgeOne(w: World, broker: number, pending: number, ack: ShareFetchPartition): void {
  const { topic, topicId, index, partition } = ack;
  const id = { topic, topicId, index, partition };
  const known = pendingOf(w, broker, pending) as SharePending;
  const place = shareBroker(w, broker)?.partitions.get(shareKey(known.groupId, id));
  const decided = (code: number): void => shareWaiters.acknowledged(w, broker, pending, id, code);
  if (!areValid(ack)) {
    decided(INVALID_REQUEST);
    return;
  }
  if (place === undefined || sharePartitionAt(w, place)?.status !== 'active') {
    decided(UNKNOWN_TOPIC_OR_PARTITION);
    return;
  }
  const p = ownSharePartition(w, place);
  const limits = shareLimits(w, broker, known.groupId);
  const batches = ack.acknowledgementBatches.map(({ firstOffset, lastOffset, acknowledgeTypes }) => ({
    firstOffset,
    lastOffset,
    types: acknowledgeTypes,
  }));
  const { error, updates } = acknowledge(p.data, limits, known.memberId, batches, w.nowUs);
  if (error !== null) {
    decided(ERRORS[error]);
    return;
  }
  observeAcknowledged(w, p, known.memberId, batches, updates);
  observeArchived(
    w,
    p,
    updates.filter((u) => releasedIn(batches, u.firstOffset)),
    limits.maxDeliveryCount,
  );
  armLock(w, p);
  if (updates.length === 0) decided(0);
  else writeUpdates(w, broker, place, updates, pending);
}

function releasedIn(
  batches: readonly { readonly firstOffset: number; readonly lastOffset: number; readonly types: readonly number[] }[],
  offset: number,
): boolean {
  return batches.some(
    (b) =>
      b.firstOffset <= offset &&
      b.lastOffset >= offset &&
      b.types[b.types.length === 1 ? 0 : offset - b.firstOffset] === AckType.RELEASE,
  );
}

/** KafkaApis.validateAcknowledgementBatches. */
function areValid(ack: ShareFetchPartition): boolean {
  let end = -1;
  for (const { firstOffset, lastOffset, acknowledgeTypes } of ack.acknowledgementBatches) {
    const count = lastOffset - firstOffset + 1;
    if (firstOffset > lastOffset || firstOffset < end) return false;
    if (acknowledgeTypes.length === 0 || (acknowledgeTypes.length > 1 && acknowledgeTypes.length !== count))
      return false;
    if (acknowledgeTypes.some((type) => type < 0 || type > AckType.RENEW)) return false;
    end = lastOffset;
  }
  return true;
}

shareWaiters.acknowledged = (w, broker, pending, id, code) => {
  const known = pendingOf(w, broker, pending);
  if (known === null) return;
  const leader = brokerState(w, broker).image.partitions[id.partition] ?? null;
  const currentLeader =
    TELLS_LEADER.includes(code) && leader !== null
      ? { leaderId: leader.leader, leaderEpoch: leader.leaderEpoch }
      : null;
  changePending(w, broker, pending, {
    acks: [...known.acks, { ...id, errorCode: code, currentLeader }],
    acksWaiting: known.acksWaiting - 1,
  });
  if (known.kind === 'fetch') answerIfDecided(w, broker, pending);
  else answerAcknowledge(w, broker, pending);
};

export function handleShareAcknowledge(w: World, broker: number, request: Message): void {
  const body = request.body as ShareAcknowledgeRequest;
  inTurn(w, () => {
    const refused = acknowledgeSession(w, broker, body.groupId, body.memberId, body.shareSessionEpoch);
    if (refused !== 0) {
      sendAcknowledge(w, request, {
        errorCode: refused,
        acquisitionLockTimeoutMs: 0,
        responses: [],
        errors: [refused],
      });
      return;
    }
    const id = newPending(w, broker, request, 'acknowledge', body, {});
    acknowledgeAll(w, broker, id, body.partitions);
    answerAcknowledge(w, broker, id);
  });
}

function answerAcknowledge(w: World, broker: number, id: number): void {
  const pending = pendingOf(w, broker, id);
  if (pending === null || pending.acksWaiting > 0) return;
  const b = ownShareBroker(w, broker);
  b.pending = b.pending.filter((p) => p.id !== id);
  if (pending.sessionEpoch === FINAL_EPOCH) releaseSession(w, broker, pending.groupId, pending.memberId);
  const errors = pending.acks.flatMap((a) => (a.errorCode === 0 ? [] : [a.errorCode]));
  const lockMs = shareConfig(w, broker, pending.groupId).recordLockDurationMs;
  const responses: readonly ShareAcknowledgePartitionResponse[] = pending.acks;
  sendAcknowledge(w, pending.request, { errorCode: 0, acquisitionLockTimeoutMs: lockMs, responses, errors });
}

function sendAcknowledge(w: World, request: Message, body: ShareAcknowledgeResponse): void {
  answer(w, request, body, 30 + 40 * body.responses.length);
}
