/**
 * A share coordinator at work (Kafka: ShareCoordinatorService on CoordinatorRuntime): its shards come and go with the leadership of
 * __share_group_state's partitions; records go through the log, and an answer waits until the high watermark has passed them.
 */
import { vectorGet, vectorLength } from '../../../base/vector.ts';
import { errorCode } from '../../../kafka/api/errors.ts';
import type { SharePartitionId, ShareStateResult } from '../../../kafka/api/messages-share.ts';
import { bytesOf } from '../../../kafka/records/bytes.ts';
import { fieldsOfRecords, makeBatch, recordOf } from '../../../kafka/records/record-batch.ts';
import {
  decodeShareStateKey,
  decodeShareStateValue,
  encodeShareStateKey,
  encodeShareStateValue,
} from '../../../kafka/records/share-records.ts';
import { otherCoordinators } from '../../broker/api/10-find-coordinator.ts';
import { createInternal } from '../../broker/auto-topic-creation.ts';
import { tryCompleteFetches } from '../../broker/delayed-fetch.ts';
import { afterHighWatermark } from '../../broker/delayed-operations.ts';
import { maybeIncrementLeaderHW } from '../../broker/partition.ts';
import { brokerState, ownReplica, replicaOf } from '../../broker/replicas.ts';
import { operationError } from '../../coordinator/answers.ts';
import { answer, inTurn } from '../../coordinator/turns.ts';
import { EventKind } from '../../kernel/event.ts';
import { registerEvent, schedule } from '../../kernel/schedule.ts';
import { type NodeState, type PartitionName, type World, wallMs } from '../../kernel/world.ts';
import { ledgerAppended } from '../../ledger/partition-facts.ts';
import { topicConfig } from '../../log/topic-config.ts';
import { appendAsLeader } from '../../log/unified-log.ts';
import type { Message } from '../../net/message.ts';
import { shareConfig } from '../config.ts';
import type { ShareCoordinatorShard, ShareDeferred } from '../coordinator-state.ts';
import { coordinatorKey, isKnown, SHARE_STATE_TOPIC, shareCoordinatorOf, shareKey, statePartition } from '../keys.ts';
import { ownShareBroker, ownShareShard, shareBroker, shareShardAt } from '../tables.ts';
import { type DecideContext, type Decided, replayState, type StateRecord } from './shard.ts';

const NOT_COORDINATOR = errorCode('NOT_COORDINATOR');
const COORDINATOR_LOAD_IN_PROGRESS = errorCode('COORDINATOR_LOAD_IN_PROGRESS');
const REQUEST_TIMED_OUT = errorCode('REQUEST_TIMED_OUT');
const NOT_LEADER_OR_FOLLOWER = errorCode('NOT_LEADER_OR_FOLLOWER');
const KAFKA_STORAGE_ERROR = errorCode('KAFKA_STORAGE_ERROR');
const SHARE_KEY_TYPE = 2;
/** As for a group coordinator: a coordinator's log is mostly in the page cache; a record costs a microsecond. */
const LOAD_US = 1_000;

otherCoordinators[SHARE_KEY_TYPE] = (w, broker, key) => {
  const { image } = brokerState(w, broker);
  if (!image.topics.has(SHARE_STATE_TOPIC)) {
    requestStateTopic(w, broker);
    return -1;
  }
  return shareCoordinatorOf(image, key);
};

/** ShareCoordinatorService.shareGroupStateTopicConfigs. */
function requestStateTopic(w: World, broker: number): void {
  const config = shareConfig(w, broker);
  createInternal(w, broker, {
    name: SHARE_STATE_TOPIC,
    numPartitions: config.stateTopicPartitions,
    replicationFactor: config.stateTopicReplicationFactor,
    configs: [
      ['cleanup.policy', 'delete'],
      ['compression.type', 'producer'],
      ['min.insync.replicas', config.stateTopicMinIsr],
      ['retention.ms', '-1'],
      ['segment.bytes', config.stateTopicSegmentBytes],
    ],
  });
}

function placeOf(w: World, broker: number, partition: number): number {
  return w.share[2].findIndex((s) => s !== null && s.partition === partition && s.broker === broker);
}

// --- coming and going ------------------------------------------------------------------------------------------------

/** The broker leads the partition of __share_group_state now, or does not any more. */
export function stateLeadershipChanged(w: World, broker: number, partition: number): void {
  const r = replicaOf(w, broker, partition);
  const place = placeOf(w, broker, partition);
  if (r?.role !== 'leader') {
    if (place >= 0) inTurn(w, () => resign(w, place));
    return;
  }
  if (place >= 0) {
    // Elected again while it was: it goes on under the new epoch.
    ownShareShard(w, place).epoch = r.leaderEpoch;
    return;
  }
  const loadEndsUs = w.nowUs + LOAD_US + vectorLength(r.batches);
  const shard: ShareCoordinatorShard = {
    gen: w.gen,
    broker,
    partition,
    epoch: r.leaderEpoch,
    loadEndsUs,
    committedOffset: 0,
    lastWrittenOffset: 0,
    deferred: [],
    states: new Map(),
  };
  w.share[2].push(shard);
  schedule(w, loadEndsUs, EventKind.ShareCoordinatorTimer, w.brokerNode[broker] as number, w.share[2].length - 1);
}

function resign(w: World, place: number): void {
  const shard = ownShareShard(w, place);
  const { deferred, broker } = shard;
  shard.deferred = [];
  w.share[2][place] = null;
  for (const d of deferred) decided(w, broker, d.request, { ...idOnly(d.result), errorCode: NOT_COORDINATOR });
}

function idOnly({ topic, topicId, index, partition }: SharePartitionId): SharePartitionId {
  return { topic, topicId, index, partition };
}

registerEvent(EventKind.ShareCoordinatorTimer, (w, event) => {
  const known = shareShardAt(w, event.arg);
  if (known === null || w.brokerNode[known.broker] !== event.node) return;
  inTurn(w, () => {
    if (known.loadEndsUs > 0 && known.loadEndsUs <= w.nowUs) load(w, event.arg);
    expireWrites(w, event.arg);
  });
});

/** Reads the log from its start to its end and goes to work. */
function load(w: World, place: number): void {
  const shard = ownShareShard(w, place);
  const r = replicaOf(w, shard.broker, shard.partition);
  if (r === null || r.role !== 'leader') return;
  const { updatesPerSnapshot } = shareConfig(w, shard.broker);
  for (let i = 0; i < vectorLength(r.batches); i++) {
    const { batch, baseOffset } = vectorGet(r.batches, i);
    if (batch.isControl) continue;
    batch.records.forEach(({ key, value, offsetDelta }, at) => {
      if (baseOffset + (offsetDelta ?? at) < r.logStart) return;
      const keyBytes = bytesOf(key);
      const parsed = keyBytes === null ? null : decodeShareStateKey(keyBytes);
      if (parsed === null) return;
      const bytes = bytesOf(value);
      const record = { key: parsed, value: bytes === null ? null : decodeShareStateValue(parsed.type, bytes) };
      replay(shard, record, updatesPerSnapshot);
    });
  }
  shard.loadEndsUs = 0;
  shard.lastWrittenOffset = r.leo;
  shard.committedOffset = r.highWatermark;
}

function replay(shard: ShareCoordinatorShard, record: StateRecord, updatesPerSnapshot: number): void {
  const { groupId, topicId, partition: index } = record.key;
  const key = shareKey(groupId, { topicId, index });
  const state = replayState(shard.states.get(key) ?? null, record, updatesPerSnapshot);
  if (state === null) shard.states.delete(key);
  else shard.states.set(key, state);
}

// --- operations ------------------------------------------------------------------------------------------------------

/** Does one operation a partition of the request, and answers when all of them are decided. */
export function handleStateRequest<P extends SharePartitionId>(
  w: World,
  broker: number,
  request: Message,
  body: { readonly groupId: string; readonly partitions: readonly P[] },
  decide: (c: DecideContext, groupId: string, p: P) => Decided,
): void {
  inTurn(w, () => {
    const b = ownShareBroker(w, broker);
    const serial = b.nextSerial;
    b.nextSerial += 1;
    b.stateRequests.push({ serial, request, results: [], waiting: body.partitions.length });
    if (body.partitions.length === 0) finish(w, broker, serial);
    for (const p of body.partitions) operate(w, broker, serial, body.groupId, p, decide);
  });
}

function operate<P extends SharePartitionId>(
  w: World,
  broker: number,
  serial: number,
  groupId: string,
  p: P,
  decide: (c: DecideContext, groupId: string, p: P) => Decided,
): void {
  const { image } = brokerState(w, broker);
  const partition = statePartition(image, coordinatorKey(groupId, p));
  const place = partition < 0 ? -1 : placeOf(w, broker, partition);
  const shard = shareShardAt(w, place);
  if (shard === null || shard.loadEndsUs > 0) {
    const errorCode = shard === null ? NOT_COORDINATOR : COORDINATOR_LOAD_IN_PROGRESS;
    decided(w, broker, serial, { ...idOnly(p), errorCode });
    return;
  }
  const { updatesPerSnapshot } = shareConfig(w, broker);
  const state = shard.states.get(shareKey(groupId, p)) ?? null;
  const context = { state, known: isKnown(w, image, p), nowMs: wallMs(w), updatesPerSnapshot };
  const { result, record } = decide(context, groupId, p);
  if (record !== null) write(w, place, serial, result, record);
  else if (shard.committedOffset >= shard.lastWrittenOffset) decided(w, broker, serial, result);
  else defer(w, place, serial, result);
}

/** Appends as acks=1 does; waiting for the copies is the coordinator's own affair. */
function write(w: World, place: number, serial: number, result: ShareStateResult, record: StateRecord): void {
  const { broker, partition } = shareShardAt(w, place) as ShareCoordinatorShard;
  const b = brokerState(w, broker);
  const known = replicaOf(w, broker, partition);
  const fail = (code: number): void =>
    decided(w, broker, serial, { ...idOnly(result), errorCode: operationError(code) });
  if (b.diskFailed || known === null || known.role !== 'leader') {
    fail(b.diskFailed ? KAFKA_STORAGE_ERROR : NOT_LEADER_OR_FOLLOWER);
    return;
  }
  const { key, value } = record;
  const bytes = value === null ? null : encodeShareStateValue(key.type, value);
  const batch = makeBatch(fieldsOfRecords([recordOf(wallMs(w), encodeShareStateKey(key), bytes)]));
  const r = ownReplica(w, broker, partition);
  const config = topicConfig(b.image, (w.partitions[partition] as PartitionName).topic, b.entries);
  const appended = appendAsLeader(w, r, batch, config);
  if (appended.errorCode !== 0 || appended.stored === null) {
    fail(appended.errorCode);
    return;
  }
  ledgerAppended(w, r, appended.stored, 1);
  if (config.flushMessages <= 1 || r.recordCount % config.flushMessages < 1) r.flushedOffset = r.leo;
  const shard = ownShareShard(w, place);
  replay(shard, record, shareConfig(w, broker).updatesPerSnapshot);
  shard.lastWrittenOffset = r.leo;
  defer(w, place, serial, result);
  const moved = maybeIncrementLeaderHW(w, r);
  tryCompleteFetches(w, broker, partition, true, moved);
  if (moved) afterHighWatermark(w, broker, partition);
}

function defer(w: World, place: number, request: number, result: ShareStateResult): void {
  const shard = ownShareShard(w, place);
  const deadlineUs = w.nowUs + shareConfig(w, shard.broker).writeTimeoutMs * 1000;
  shard.deferred.push({ requiredOffset: shard.lastWrittenOffset, deadlineUs, request, result });
  schedule(w, deadlineUs, EventKind.ShareCoordinatorTimer, w.brokerNode[shard.broker] as number, place);
}

/** The high watermark of a partition of __share_group_state has moved. */
export function stateCommitted(w: World, broker: number, partition: number): void {
  const place = placeOf(w, broker, partition);
  const known = shareShardAt(w, place);
  const hw = replicaOf(w, broker, partition)?.highWatermark ?? 0;
  if (known === null || known.loadEndsUs > 0 || hw <= known.committedOffset) return;
  inTurn(w, () => {
    ownShareShard(w, place).committedOffset = hw;
    for (;;) {
      const next = shareShardAt(w, place)?.deferred[0];
      if (next === undefined || next.requiredOffset > hw) return;
      ownShareShard(w, place).deferred.shift();
      decided(w, broker, next.request, next.result);
    }
  });
}

/** Writes that were not committed in time; their records stay in the log, and may still be. */
function expireWrites(w: World, place: number): void {
  for (;;) {
    const shard = shareShardAt(w, place);
    const at = shard?.deferred.findIndex((d) => d.deadlineUs <= w.nowUs) ?? -1;
    if (shard === null || at < 0) return;
    const [due] = ownShareShard(w, place).deferred.splice(at, 1) as [ShareDeferred];
    const errorCode = operationError(REQUEST_TIMED_OUT);
    decided(w, shard.broker, due.request, { ...idOnly(due.result), errorCode });
  }
}

/** ShareCoordinatorShard.maybeCleanupShareState: the states of topics that were deleted are deleted. */
export function forgetStates(w: World, broker: number, topicIds: ReadonlySet<number>): void {
  for (let place = 0; place < w.share[2].length; place++) {
    const shard = shareShardAt(w, place);
    if (shard === null || shard.broker !== broker || shard.loadEndsUs > 0) continue;
    for (const { groupId, topicId, index } of [...shard.states.values()]) {
      if (!topicIds.has(topicId)) continue;
      const result = { topic: '', topicId, index, partition: -1, errorCode: 0 };
      const key = { type: 'ShareSnapshotKey', groupId, topicId, partition: index } as const;
      write(w, place, -1, result, { key, value: null });
    }
  }
}

// --- answers ---------------------------------------------------------------------------------------------------------

function decided(w: World, broker: number, serial: number, result: ShareStateResult): void {
  const b = ownShareBroker(w, broker);
  const at = b.stateRequests.findIndex((s) => s.serial === serial);
  const known = b.stateRequests[at];
  if (known === undefined) return;
  b.stateRequests[at] = { ...known, results: [...known.results, result], waiting: known.waiting - 1 };
  if (known.waiting === 1) finish(w, broker, serial);
}

function finish(w: World, broker: number, serial: number): void {
  const known = shareBroker(w, broker)?.stateRequests.find((s) => s.serial === serial);
  if (known === undefined) return;
  const b = ownShareBroker(w, broker);
  b.stateRequests = b.stateRequests.filter((s) => s.serial !== serial);
  const { results } = known;
  const errors = results.flatMap((r) => (r.errorCode === 0 ? [] : [r.errorCode]));
  answer(w, known.request, { results, errors }, 30 + 40 * results.length);
}

export function brokerOfNode(w: World, node: number): number {
  return (w.nodes[node] as NodeState).nodeId;
}
