/**
 * The state of share partitions at their coordinator (Kafka: ShareCoordinatorShard): what initialize, read, write, delete and the summary do
 * to it, as records of __share_group_state. Deciding is pure; `replay` is the only way a state changes.
 */
import { errorCode } from '../../../kafka/api/errors.ts';
import type {
  InitializeStatePartition,
  ReadStatePartition,
  ReadStateResult,
  ReadStateSummaryResult,
  SharePartitionId,
  ShareStateResult,
  WriteStatePartition,
} from '../../../kafka/api/messages-share.ts';
import type { ShareStateKey, ShareStateValue } from '../../../kafka/records/share-records.ts';
import { combineStateBatches } from '../combine-batches.ts';
import type { ShareGroupOffset } from '../coordinator-state.ts';

const INVALID_REQUEST = errorCode('INVALID_REQUEST');
const FENCED_LEADER_EPOCH = errorCode('FENCED_LEADER_EPOCH');
const FENCED_STATE_EPOCH = errorCode('FENCED_STATE_EPOCH');
const UNKNOWN_TOPIC_OR_PARTITION = errorCode('UNKNOWN_TOPIC_OR_PARTITION');

export interface StateRecord {
  readonly key: ShareStateKey;
  /** null: a tombstone. */
  readonly value: ShareStateValue | null;
}

/** What an operation answers, and the record that must be committed before; null: nothing is written. */
export interface Decided<R extends ShareStateResult = ShareStateResult> {
  readonly result: R;
  readonly record: StateRecord | null;
}

/** What the shard knows when it decides. */
export interface DecideContext {
  readonly state: ShareGroupOffset | null;
  /** Whether the topic and the partition are there, by the coordinator's metadata. */
  readonly known: boolean;
  readonly nowMs: number;
  readonly updatesPerSnapshot: number;
}

function idOf({ topic, topicId, index, partition }: SharePartitionId): SharePartitionId {
  return { topic, topicId, index, partition };
}

function refused(id: SharePartitionId, code: number): Decided {
  return { result: { ...idOf(id), errorCode: code }, record: null };
}

function keyOf(type: ShareStateKey['type'], groupId: string, id: SharePartitionId): ShareStateKey {
  return { type, groupId, topicId: id.topicId, partition: id.index };
}

export function initializeState(c: DecideContext, groupId: string, p: InitializeStatePartition): Decided {
  const { state } = c;
  if (p.stateEpoch !== -1 && state !== null && state.stateEpoch > p.stateEpoch) return refused(p, FENCED_STATE_EPOCH);
  if (!c.known) return refused(p, UNKNOWN_TOPIC_OR_PARTITION);
  const value: ShareStateValue = {
    snapshotEpoch: state === null ? 0 : state.snapshotEpoch + 1,
    stateEpoch: p.stateEpoch,
    leaderEpoch: 0,
    startOffset: p.startOffset,
    deliveryCompleteCount: p.startOffset === -1 ? -1 : 0,
    createTimestamp: c.nowMs,
    writeTimestamp: c.nowMs,
    stateBatches: [],
  };
  return { result: { ...idOf(p), errorCode: 0 }, record: { key: keyOf('ShareSnapshotKey', groupId, p), value } };
}

/** generateShareStateRecord: an update, or after so many of them a whole snapshot. */
function stateRecord(
  c: DecideContext,
  state: ShareGroupOffset,
  groupId: string,
  p: Omit<WriteStatePartition, 'stateEpoch'>,
  updateLeaderEpoch: boolean,
): StateRecord {
  const leaderEpoch = updateLeaderEpoch && p.leaderEpoch !== -1 ? p.leaderEpoch : state.leaderEpoch;
  const { deliveryCompleteCount } = p;
  if (state.updates < c.updatesPerSnapshot) {
    const value = {
      snapshotEpoch: state.snapshotEpoch,
      stateEpoch: -1,
      leaderEpoch,
      startOffset: p.startOffset,
      deliveryCompleteCount,
      createTimestamp: -1,
      writeTimestamp: -1,
      stateBatches: combineStateBatches([], p.stateBatches, p.startOffset),
    };
    return { key: keyOf('ShareUpdateKey', groupId, p), value };
  }
  const startOffset = p.startOffset === -1 ? state.startOffset : p.startOffset;
  const value = {
    snapshotEpoch: state.snapshotEpoch + 1,
    stateEpoch: state.stateEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
    createTimestamp: c.nowMs,
    writeTimestamp: c.nowMs,
    stateBatches: combineStateBatches(state.stateBatches, p.stateBatches, startOffset),
  };
  return { key: keyOf('ShareSnapshotKey', groupId, p), value };
}

export function writeState(c: DecideContext, groupId: string, p: WriteStatePartition): Decided {
  const { state } = c;
  if (state === null) return refused(p, INVALID_REQUEST);
  if (p.leaderEpoch !== -1 && state.highestLeaderEpoch > p.leaderEpoch) return refused(p, FENCED_LEADER_EPOCH);
  if (p.stateEpoch !== -1 && state.stateEpoch > p.stateEpoch) return refused(p, FENCED_STATE_EPOCH);
  if (!c.known) return refused(p, UNKNOWN_TOPIC_OR_PARTITION);
  return { result: { ...idOf(p), errorCode: 0 }, record: stateRecord(c, state, groupId, p, false) };
}

/** readStateAndMaybeUpdateLeaderEpoch: a leader's first read shuts its predecessors out. */
export function readState(c: DecideContext, groupId: string, p: ReadStatePartition): Decided {
  const { state } = c;
  if (state === null) return refused(p, INVALID_REQUEST);
  if (p.leaderEpoch !== -1 && state.highestLeaderEpoch > p.leaderEpoch) return refused(p, FENCED_LEADER_EPOCH);
  if (!c.known) return refused(p, UNKNOWN_TOPIC_OR_PARTITION);
  const { stateEpoch, startOffset, stateBatches, deliveryCompleteCount } = state;
  const result: ReadStateResult = { ...idOf(p), errorCode: 0, stateEpoch, startOffset, stateBatches };
  if (p.leaderEpoch === -1 || state.highestLeaderEpoch === p.leaderEpoch) return { result, record: null };
  const asWrite = { ...idOf(p), leaderEpoch: p.leaderEpoch, startOffset, deliveryCompleteCount, stateBatches: [] };
  return { result, record: stateRecord(c, state, groupId, asWrite, true) };
}

export function deleteState(c: DecideContext, groupId: string, p: SharePartitionId): Decided {
  if (!c.known) return refused(p, UNKNOWN_TOPIC_OR_PARTITION);
  const result = { ...idOf(p), errorCode: 0 };
  if (c.state === null) return { result, record: null };
  return { result, record: { key: keyOf('ShareSnapshotKey', groupId, p), value: null } };
}

export function readSummary(c: DecideContext, p: SharePartitionId): Decided<ReadStateSummaryResult> {
  const { state } = c;
  const nothing = { stateEpoch: 0, leaderEpoch: 0, startOffset: -1, deliveryCompleteCount: -1 };
  if (!c.known) return { result: { ...idOf(p), errorCode: UNKNOWN_TOPIC_OR_PARTITION, ...nothing }, record: null };
  if (state === null) return { result: { ...idOf(p), errorCode: 0, ...nothing }, record: null };
  const { stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount } = state;
  const result = { ...idOf(p), errorCode: 0, stateEpoch, leaderEpoch, startOffset, deliveryCompleteCount };
  return { result, record: null };
}

/** The state after a record; null: it is gone. */
export function replayState(
  before: ShareGroupOffset | null,
  { key, value }: StateRecord,
  updatesPerSnapshot: number,
): ShareGroupOffset | null {
  if (value === null) return null;
  const { groupId, topicId, partition: index } = key;
  const highestLeaderEpoch = Math.max(before?.highestLeaderEpoch ?? value.leaderEpoch, value.leaderEpoch);
  const { snapshotEpoch, leaderEpoch, startOffset, deliveryCompleteCount, stateBatches } = value;
  if (key.type === 'ShareSnapshotKey' || before === null) {
    const counted = before?.updates ?? 0;
    const snapshot = key.type === 'ShareSnapshotKey';
    return {
      groupId,
      topicId,
      index,
      snapshotEpoch,
      stateEpoch: snapshot ? Math.max(before?.stateEpoch ?? value.stateEpoch, value.stateEpoch) : 0,
      leaderEpoch,
      startOffset,
      deliveryCompleteCount,
      stateBatches,
      createTimestampMs: value.createTimestamp,
      writeTimestampMs: value.writeTimestamp,
      highestLeaderEpoch,
      updates: snapshot ? (counted >= updatesPerSnapshot ? 0 : counted) : 1,
    };
  }
  const newStart = startOffset === -1 ? before.startOffset : startOffset;
  return {
    ...before,
    startOffset: newStart,
    deliveryCompleteCount,
    leaderEpoch: leaderEpoch === -1 ? before.leaderEpoch : leaderEpoch,
    stateBatches: combineStateBatches(before.stateBatches, stateBatches, newStart),
    highestLeaderEpoch,
    updates: before.updates + 1,
  };
}
