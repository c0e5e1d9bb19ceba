/**
 * Writing, and waiting for what was written (Kafka: CoordinatorRuntime): records go through the log of the shard's own partition, and
 * whatever depends on them happens when the high watermark has passed them, or fails after offsets.commit.timeout.ms.
 */
import { errorCode } from '../../kafka/api/errors-core.ts';
import type { GroupRecordKey } from '../../kafka/records/group-records.ts';
import { encodeGroupKey } from '../../kafka/records/group-records.ts';
import { fieldsOfRecords, makeBatch, recordOf } from '../../kafka/records/record-batch.ts';
import { tryCompleteFetches } from '../broker/delayed-fetch.ts';
import { afterHighWatermark } from '../broker/delayed-operations.ts';
import { maybeIncrementLeaderHW } from '../broker/partition.ts';
import { brokerState, ownReplica, replicaOf } from '../broker/replicas.ts';
import { type PartitionName, type World, wallMs } from '../kernel/world.ts';
import { ledgerAppended } from '../ledger/partition-facts.ts';
import { topicConfig } from '../log/topic-config.ts';
import { appendAsLeader } from '../log/unified-log.ts';
import type { Message } from '../net/message.ts';
import { lateCompression } from '../slots.ts';
import { errorAnswer } from './answers.ts';
import type { Deferred } from './shard-state.ts';
import { armTimer, configOfShard, ownShard, shardAt } from './shards.ts';
import { answer } from './turns.ts';

const NOT_LEADER_OR_FOLLOWER = errorCode('NOT_LEADER_OR_FOLLOWER');
const KAFKA_STORAGE_ERROR = errorCode('KAFKA_STORAGE_ERROR');
const REQUEST_TIMED_OUT = errorCode('REQUEST_TIMED_OUT');

/** One record of __consumer_offsets; `value` null: a tombstone. */
export interface CoordinatorRecord {
  readonly key: GroupRecordKey;
  readonly value: Uint8Array | null;
}

/** The same with its key in bytes. */
export interface RawRecord {
  readonly key: Uint8Array;
  readonly value: Uint8Array | null;
}

type DeferredOf<K extends Deferred['kind']> = Extract<Deferred, { kind: K }>;
type Waiting<D> = D extends Deferred ? Omit<D, 'requiredOffset' | 'deadlineUs'> : never;

/** What happens in the end, by kind; `error` 0: committed. `kept`: the records stand in the log all the same. */
type Outcome<K extends Deferred['kind']> = (
  w: World,
  index: number,
  deferred: DeferredOf<K>,
  error: number,
  kept: boolean,
) => void;
const outcomes = new Map<Deferred['kind'], (w: World, i: number, d: Deferred, e: number, kept: boolean) => void>();

export function registerOutcome<K extends Deferred['kind']>(kind: K, outcome: Outcome<K>): void {
  outcomes.set(kind, (w, i, d, e, kept) => outcome(w, i, d as DeferredOf<K>, e, kept));
}

registerOutcome('answer', (w, _index, { request, body, sizeBytes }, error) => {
  if (error === 0) answer(w, request, body, sizeBytes);
  else answer(w, request, errorAnswer(request, error), 60);
});

function settle(w: World, index: number, deferred: Deferred, error: number, kept: boolean): void {
  outcomes.get(deferred.kind)?.(w, index, deferred, error, kept);
}

/**
 * Appends as acks=1 does (CoordinatorPartitionWriter); waiting for the copies is this runtime's own affair. `waiting` is settled
 * later, or at once where the append fails or the partition has one copy. `written` is called between: with the offset of
 * the first record, before anybody hears of it. Returns the error of a failed append, else 0.
 */
export function writeRecords(
  w: World,
  index: number,
  records: readonly (CoordinatorRecord | RawRecord)[],
  waiting: Waiting<Deferred> | null,
  written: (baseOffset: number) => void = () => {},
): number {
  const { broker, partition } = shardAt(w, index);
  const nowMs = wallMs(w);
  const { compression } = configOfShard(w, shardAt(w, index));
  const batch = makeBatch(
    fieldsOfRecords(
      records.map(({ key, value }) => recordOf(nowMs, key instanceof Uint8Array ? key : encodeGroupKey(key), value)),
      { compression },
    ),
  );
  const known = replicaOf(w, broker, partition);
  const b = brokerState(w, broker);
  const deadlineUs = w.nowUs + configOfShard(w, shardAt(w, index)).commitTimeoutMs * 1000;
  const fail = (error: number): number => {
    if (waiting !== null) settle(w, index, { ...waiting, requiredOffset: -1, deadlineUs } as Deferred, error, false);
    return error;
  };
  if (b.diskFailed) return fail(KAFKA_STORAGE_ERROR);
  if (known === null || known.role !== 'leader') return fail(NOT_LEADER_OR_FOLLOWER);
  const r = ownReplica(w, broker, partition);
  const { topic } = w.partitions[partition] as PartitionName;
  const config = topicConfig(b.image, topic, b.entries);
  if (batch.packed !== null) lateCompression.countWritten(w, broker, topic, batch);
  const result = appendAsLeader(w, r, batch, config);
  if (result.errorCode !== 0 || result.stored === null) return fail(result.errorCode);
  ledgerAppended(w, r, result.stored, 1);
  if (config.flushMessages <= 1 || r.recordCount % config.flushMessages < records.length) r.flushedOffset = r.leo;
  written(result.baseOffset);
  const shard = ownShard(w, index);
  shard.lastWrittenOffset = r.leo;
  if (waiting !== null) {
    shard.deferred.push({ ...waiting, requiredOffset: r.leo, deadlineUs } as Deferred);
    armTimer(w, index, deadlineUs);
  }
  const moved = maybeIncrementLeaderHW(w, r);
  tryCompleteFetches(w, broker, partition, true, moved);
  if (moved) afterHighWatermark(w, broker, partition);
  return 0;
}

/** Answers once everything written so far is committed: what a request without records of its own does. */
export function answerWhenCommitted(w: World, index: number, request: Message, body: unknown, sizeBytes: number): void {
  const known = shardAt(w, index);
  if (known.committedOffset >= known.lastWrittenOffset) {
    answer(w, request, body, sizeBytes);
    return;
  }
  const deadlineUs = w.nowUs + configOfShard(w, known).commitTimeoutMs * 1000;
  const { lastWrittenOffset } = known;
  ownShard(w, index).deferred.push({
    kind: 'answer',
    request,
    body,
    sizeBytes,
    requiredOffset: lastWrittenOffset,
    deadlineUs,
  });
  armTimer(w, index, deadlineUs);
}

/** The high watermark of the shard's partition has moved. */
export function onCommitted(w: World, index: number): void {
  const { broker, partition, committedOffset } = shardAt(w, index);
  const hw = replicaOf(w, broker, partition)?.highWatermark ?? 0;
  if (hw <= committedOffset) return;
  ownShard(w, index).committedOffset = hw;
  for (;;) {
    const next = w.coordinators[index]?.deferred[0];
    if (next === undefined || next.requiredOffset > hw) return;
    ownShard(w, index).deferred.shift();
    settle(w, index, next, 0, true);
  }
}

/** Writes that were not committed in time; their records stay in the log, and may still be. */
export function expireWrites(w: World, index: number): void {
  for (;;) {
    const { deferred } = shardAt(w, index);
    const at = deferred.findIndex((d) => d.deadlineUs <= w.nowUs);
    if (at < 0) return;
    const [due] = ownShard(w, index).deferred.splice(at, 1);
    settle(w, index, due as Deferred, REQUEST_TIMED_OUT, true);
  }
}

/** The coordinator goes away: whoever waits for a write hears it. */
export function failWrites(w: World, index: number, error: number): void {
  const { deferred } = shardAt(w, index);
  ownShard(w, index).deferred = [];
  for (const d of deferred) if (d.kind === 'answer') settle(w, index, d, error, true);
}
