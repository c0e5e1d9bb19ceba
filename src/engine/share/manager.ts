/**
 * The share partitions that a broker leads (Kafka: SharePartitionManager, SharePartitionCache): made when a group first fetches, read
 * back from their share coordinator, and dropped with the leadership.
 */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import { errorCode } from '../../kafka/api/errors.ts';
import type { SharePartitionId, ShareStateBatch } from '../../kafka/api/messages-share.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { brokerState, replicaOf } from '../broker/replicas.ts';
import { type World, wallMs } from '../kernel/world.ts';
import { shareConfig, shareLimits } from './config.ts';
import { isKnown, shareKey } from './keys.ts';
import { observeExpired, observeStart, observeUpdates } from './observe.ts';
import { completeUpdates, nextLockEndUs, releaseExpired } from './partition/acknowledge.ts';
import { advanceStartOffset, partitionFrom } from './partition/offsets.ts';
import { emptyPartition, STATE_ID, type StateUpdate, stateOfId } from './partition/state.ts';
import { callPersister, NO_STATE, registerPersisterPurpose } from './persister.ts';
import type { SharePartition } from './share-state.ts';
import { ownShareBroker, ownSharePartition, shareBroker, sharePartitionAt } from './tables.ts';
import { armShareTimer, registerShareTimer } from './timers.ts';

const NOT_LEADER_OR_FOLLOWER = errorCode('NOT_LEADER_OR_FOLLOWER');
const UNKNOWN_TOPIC_OR_PARTITION = errorCode('UNKNOWN_TOPIC_OR_PARTITION');
const UNKNOWN_SERVER_ERROR = errorCode('UNKNOWN_SERVER_ERROR');
const COORDINATOR_NOT_AVAILABLE = errorCode('COORDINATOR_NOT_AVAILABLE');
const GROUP_ID_NOT_FOUND = errorCode('GROUP_ID_NOT_FOUND');
const COORDINATOR_ERRORS = (
  ['NOT_COORDINATOR', 'COORDINATOR_NOT_AVAILABLE', 'COORDINATOR_LOAD_IN_PROGRESS'] as const
).map(errorCode);
const FENCED = (['FENCED_LEADER_EPOCH', 'FENCED_STATE_EPOCH'] as const).map(errorCode);
/** fencedSharePartitionHandler: with one of these the cached partition is of no use any more. */
const DROPPED = [NOT_LEADER_OR_FOLLOWER, GROUP_ID_NOT_FOUND, UNKNOWN_TOPIC_OR_PARTITION];

/** Told when something that waits for a share partition, or for its log, may go on. Filled by the fetching side. */
export const shareWaiters: {
  /** Records of it may be acquired now. */
  retry(w: World, broker: number, place: number): void;
  /** It is gone, or could not be read: fetches that wait for it hear `error`. */
  failed(w: World, broker: number, place: number, error: number): void;
  /** A request's acknowledgements of this partition are written, or could not be. */
  acknowledged(w: World, broker: number, pending: number, id: SharePartitionId, error: number): void;
} = { retry() {}, failed() {}, acknowledged() {} };

/** SharePartition.fetchPersisterError: the coordinator's errors as a consumer hears them. */
function persisterError(code: number): number {
  if (COORDINATOR_ERRORS.includes(code)) return COORDINATOR_NOT_AVAILABLE;
  if (code === GROUP_ID_NOT_FOUND || code === UNKNOWN_TOPIC_OR_PARTITION) return code;
  return FENCED.includes(code) ? NOT_LEADER_OR_FOLLOWER : UNKNOWN_SERVER_ERROR;
}

/** SharePartitionManager.getOrCreateSharePartition: its place in the table, or the error that the fetch gets. */
export function getOrCreate(
  w: World,
  broker: number,
  groupId: string,
  id: SharePartitionId,
): { place: number } | { error: number } {
  const known = shareBroker(w, broker)?.partitions.get(shareKey(groupId, id));
  if (known !== undefined) return { place: known };
  if (!isKnown(w, brokerState(w, broker).image, id)) return { error: UNKNOWN_TOPIC_OR_PARTITION };
  const r = replicaOf(w, broker, id.partition);
  if (r === null || r.role !== 'leader') return { error: NOT_LEADER_OR_FOLLOWER };
  const place = w.share[1].length;
  w.share[1].push({
    gen: w.gen,
    place,
    broker,
    groupId,
    id,
    leaderEpoch: r.leaderEpoch,
    status: 'initializing',
    stateEpoch: 0,
    data: emptyPartition(0),
  });
  ownShareBroker(w, broker).partitions.set(shareKey(groupId, id), place);
  const purpose = { kind: 'load', place } as const;
  callPersister(w, broker, { ...NO_STATE, kind: 'read', groupId, id, leaderEpoch: r.leaderEpoch, purpose });
  return { place };
}

export function removeSharePartition(w: World, broker: number, place: number, error: number): void {
  const p = sharePartitionAt(w, place);
  if (p === null) return;
  const key = shareKey(p.groupId, p.id);
  ownShareBroker(w, broker).partitions.delete(key);
  w.share[1][place] = null;
  shareWaiters.failed(w, broker, place, error);
}

registerPersisterPurpose('load', (w, broker, call, { errorCode: code, result }) => {
  if (call.purpose.kind !== 'load') return;
  const { place } = call.purpose;
  const known = sharePartitionAt(w, place);
  if (known === null) return;
  const r = replicaOf(w, broker, known.id.partition);
  const loaded = result === null || r === null ? null : dataFrom(w, broker, known, r, result);
  if (loaded === null) {
    ownSharePartition(w, place).status = 'failed';
    removeSharePartition(w, broker, place, code === 0 ? UNKNOWN_SERVER_ERROR : persisterError(code));
    return;
  }
  const p = ownSharePartition(w, place);
  p.data = loaded;
  p.stateEpoch = result?.stateEpoch ?? 0;
  p.status = 'active';
  observeStart(w, p);
  shareWaiters.retry(w, broker, place);
});

function dataFrom(
  w: World,
  broker: number,
  p: SharePartition,
  r: ReplicaState,
  read: { readonly startOffset: number; readonly stateBatches: readonly ShareStateBatch[] },
) {
  const start = read.startOffset === -1 ? resetOffset(w, broker, p.groupId, r) : read.startOffset;
  const batches = read.stateBatches.map(({ firstOffset, lastOffset, deliveryState, deliveryCount }) => ({
    firstOffset,
    lastOffset,
    state: stateOfId(deliveryState),
    deliveryCount,
  }));
  return partitionFrom(start, batches);
}

/** SharePartition.startOffsetDuringInitialization: share.auto.offset.reset of the group. */
function resetOffset(w: World, broker: number, groupId: string, r: ReplicaState): number {
  const reset = shareConfig(w, broker, groupId).autoOffsetReset;
  if (reset === 'latest') return r.highWatermark;
  if (reset === 'earliest') return r.logStart;
  const fromMs = wallMs(w) - durationMs(reset.slice('by_duration:'.length));
  for (let i = 0; i < vectorLength(r.batches); i++) {
    const { batch, baseOffset } = vectorGet(r.batches, i);
    if (batch.maxTimestamp < fromMs) continue;
    const at = batch.records.findIndex((record) => record.timestampMs >= fromMs);
    return Math.max(r.logStart, baseOffset + Math.max(at, 0));
  }
  return r.highWatermark;
}

/** java.time.Duration as the key has it: P1DT2H3M4.5S. */
function durationMs(text: string): number {
  const found = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/i.exec(text);
  if (found === null) return 0;
  const [, days, hours, minutes, seconds] = found.map((part) => Number(part ?? 0));
  return Math.round(((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000);
}

// --- states that are written ----------------------------------------------------------------------------------------

/** SharePartition.writeShareGroupState. `pending`: the request that waits for it; -1: nobody does. */
export function writeUpdates(
  w: World,
  broker: number,
  place: number,
  updates: readonly StateUpdate[],
  pending: number,
): void {
  const p = sharePartitionAt(w, place) as SharePartition;
  writeState(w, broker, p, updates, { kind: 'updates', place, updates, pending });
}

function writeState(
  w: World,
  broker: number,
  p: SharePartition,
  updates: readonly StateUpdate[],
  purpose: Parameters<typeof callPersister>[2]['purpose'],
): void {
  const { groupId, id, stateEpoch, leaderEpoch } = p;
  callPersister(w, broker, {
    kind: 'write',
    groupId,
    id,
    stateEpoch,
    leaderEpoch,
    startOffset: p.data.startOffset,
    deliveryCompleteCount: p.data.deliveryCompleteCount,
    stateBatches: updates.map(({ firstOffset, lastOffset, state, deliveryCount }) => ({
      firstOffset,
      lastOffset,
      deliveryState: STATE_ID[state],
      deliveryCount,
    })),
    purpose,
  });
}

registerPersisterPurpose('updates', (w, broker, call, { errorCode: code }) => {
  if (call.purpose.kind !== 'updates') return;
  const { place, updates, pending } = call.purpose;
  const error = code === 0 ? 0 : persisterError(code);
  let goesOn = false;
  if (sharePartitionAt(w, place) !== null) {
    const p = ownSharePartition(w, place);
    goesOn = completeUpdates(p.data, shareLimits(w, broker, p.groupId), updates, code === 0, w.nowUs);
    if (code === 0) observeUpdates(w, p, updates);
    // A lock that ended while the write was under way comes to light only now.
    else armLock(w, p);
  }
  if (pending >= 0) shareWaiters.acknowledged(w, broker, pending, call.id, error);
  if (DROPPED.includes(error)) removeSharePartition(w, broker, place, error);
  else if (goesOn || code !== 0) shareWaiters.retry(w, broker, place);
});

registerPersisterPurpose('expired', (w, broker, call) => {
  if (call.purpose.kind !== 'expired' || sharePartitionAt(w, call.purpose.place) === null) return;
  const p = ownSharePartition(w, call.purpose.place);
  // The records are free already; only the start offset waited for the write.
  if (advanceStartOffset(p.data)) shareWaiters.retry(w, broker, p.place);
  observeStart(w, p);
});

// --- locks -----------------------------------------------------------------------------------------------------------

export function armLock(w: World, p: SharePartition): void {
  const endsUs = nextLockEndUs(p.data);
  if (endsUs > 0) armShareTimer(w, p.broker, endsUs);
}

/** SharePartition.releaseAcquisitionLockOnTimeout, for all partitions of this broker. */
registerShareTimer((w, broker) => {
  let nextUs = 0;
  for (const place of shareBroker(w, broker)?.partitions.values() ?? []) {
    const known = sharePartitionAt(w, place);
    if (known === null || known.status !== 'active') continue;
    let endsUs = nextLockEndUs(known.data);
    if (endsUs > 0 && endsUs <= w.nowUs) {
      const p = ownSharePartition(w, place);
      const released = releaseExpired(p.data, shareLimits(w, broker, p.groupId), w.nowUs);
      if (released.length > 0) {
        observeExpired(w, p, released);
        writeState(w, broker, p, released, { kind: 'expired', place });
        shareWaiters.retry(w, broker, place);
      }
      endsUs = nextLockEndUs((sharePartitionAt(w, place) ?? p).data);
    }
    if (endsUs > w.nowUs && (nextUs === 0 || endsUs < nextUs)) nextUs = endsUs;
  }
  return nextUs;
});

// --- leadership ------------------------------------------------------------------------------------------------------

/** SharePartitionListener: whoever follows now, or has lost the partition, keeps nothing of it. */
export function dataLeadershipChanged(w: World, broker: number, partition: number): void {
  const b = shareBroker(w, broker);
  if (b === null || replicaOf(w, broker, partition)?.role === 'leader') return;
  for (const place of [...b.partitions.values()])
    if (sharePartitionAt(w, place)?.id.partition === partition)
      removeSharePartition(w, broker, place, NOT_LEADER_OR_FOLLOWER);
}
