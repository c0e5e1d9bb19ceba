/**
 * Keys and values of __share_group_state as a share coordinator writes them (Kafka: ShareSnapshotKey/Value, ShareUpdateKey/Value,
 * ShareCoordinatorRecordHelpers). Keys are plain, values of version 0 and flexible; deliveryCompleteCount is a tagged field.
 */
import type { ShareStateBatch } from '../api/messages-share.ts';
import { SchemaWriter } from './schema-bytes.ts';
import { SchemaReader } from './schema-reader.ts';

const SHARE_SNAPSHOT = 0;
const SHARE_UPDATE = 1;

export interface ShareStateKey {
  readonly type: 'ShareSnapshotKey' | 'ShareUpdateKey';
  readonly groupId: string;
  /** The number this simulation gives to topics: the low half of the UUID. */
  readonly topicId: number;
  readonly partition: number;
}

/** A snapshot has all of it; an update no state epoch and no timestamps (-1 where it is read), and only what changed. */
export interface ShareStateValue {
  readonly snapshotEpoch: number;
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  /** -1: not known yet. */
  readonly startOffset: number;
  readonly deliveryCompleteCount: number;
  readonly createTimestamp: number;
  readonly writeTimestamp: number;
  readonly stateBatches: readonly ShareStateBatch[];
}

export function encodeShareStateKey(key: ShareStateKey): Uint8Array {
  const out = new SchemaWriter();
  out.int16(key.type === 'ShareSnapshotKey' ? SHARE_SNAPSHOT : SHARE_UPDATE);
  out.string(key.groupId);
  out.int64(0);
  out.int64(key.topicId);
  out.int32(key.partition);
  return out.done();
}

/** Null for a key of a type that nothing here writes. */
export function decodeShareStateKey(bytes: Uint8Array): ShareStateKey | null {
  const from = new SchemaReader(bytes);
  const type = from.int16();
  if (type !== SHARE_SNAPSHOT && type !== SHARE_UPDATE) return null;
  const groupId = from.string();
  from.int64();
  const topicId = from.int64();
  return {
    type: type === SHARE_SNAPSHOT ? 'ShareSnapshotKey' : 'ShareUpdateKey',
    groupId,
    topicId,
    partition: from.int32(),
  };
}

export function encodeShareStateValue(type: ShareStateKey['type'], v: ShareStateValue): Uint8Array {
  const out = new SchemaWriter();
  out.int16(0);
  out.int32(v.snapshotEpoch);
  if (type === 'ShareSnapshotKey') out.int32(v.stateEpoch);
  out.int32(v.leaderEpoch);
  out.int64(v.startOffset);
  if (type === 'ShareSnapshotKey') {
    out.int64(v.createTimestamp);
    out.int64(v.writeTimestamp);
  }
  out.varint(v.stateBatches.length + 1);
  for (const b of v.stateBatches) {
    out.int64(b.firstOffset);
    out.int64(b.lastOffset);
    out.int8(b.deliveryState);
    out.int16(b.deliveryCount);
    out.varint(0);
  }
  if (v.deliveryCompleteCount === -1) {
    out.varint(0);
    return out.done();
  }
  out.varint(1);
  out.varint(0);
  out.varint(4);
  out.int32(v.deliveryCompleteCount);
  return out.done();
}

export function decodeShareStateValue(type: ShareStateKey['type'], bytes: Uint8Array): ShareStateValue {
  const from = new SchemaReader(bytes);
  const snapshot = type === 'ShareSnapshotKey';
  from.int16();
  const snapshotEpoch = from.int32();
  const stateEpoch = snapshot ? from.int32() : -1;
  const leaderEpoch = from.int32();
  const startOffset = from.int64();
  const createTimestamp = snapshot ? from.int64() : -1;
  const writeTimestamp = snapshot ? from.int64() : -1;
  const stateBatches: ShareStateBatch[] = [];
  for (let left = from.varint() - 1; left > 0; left--) {
    const firstOffset = from.int64();
    const lastOffset = from.int64();
    const deliveryState = from.int8();
    const deliveryCount = from.int16();
    from.varint();
    stateBatches.push({ firstOffset, lastOffset, deliveryState, deliveryCount });
  }
  let deliveryCompleteCount = -1;
  for (let tags = from.varint(); tags > 0; tags--) {
    from.varint();
    from.varint();
    deliveryCompleteCount = from.int32();
  }
  return {
    snapshotEpoch,
    stateEpoch,
    leaderEpoch,
    startOffset,
    deliveryCompleteCount,
    createTimestamp,
    writeTimestamp,
    stateBatches,
  };
}
