/**
 * Keys and values of __consumer_offsets as the classic group coordinator writes them (Kafka: GroupCoordinatorRecordHelpers,
 * GroupCoordinatorRecordSerde): a 16-bit type or version, then the fields. Kafka 4.3.1 writes OffsetCommitValue 4 and
 * GroupMetadataValue 3; older versions are read too.
 */
import { lateModule } from '../../base/late-module.ts';
import type { Assignment, Subscription } from '../api/messages-group.ts';
import type { ConsumerGroupRecordKey } from './consumer-group-records.ts';
import { encodeAssignment, encodeSubscription } from './consumer-protocol.ts';
import { SchemaWriter } from './schema-bytes.ts';

/** Filled by consumer-group-records.ts itself: groups without members of that protocol have none of its records. */
export const lateConsumerGroupRecords =
  lateModule<Pick<typeof import('./consumer-group-records.ts'), 'encodeConsumerGroupKey'>>('consumer-group-records');

/** CoordinatorRecordType: what stands in front of a key. */
export const OFFSET_COMMIT = 1;
export const GROUP_METADATA = 2;
const OFFSET_COMMIT_VALUE_VERSION = 4;
const GROUP_METADATA_VALUE_VERSION = 3;
export const TOPIC_ID_TAG = 0;
export const NOTHING = new Uint8Array(0);

export interface OffsetCommitKey {
  readonly type: 'OffsetCommitKey';
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}
export interface GroupMetadataKey {
  readonly type: 'GroupMetadataKey';
  readonly group: string;
}
export type GroupRecordKey = OffsetCommitKey | GroupMetadataKey | ConsumerGroupRecordKey;

export interface OffsetCommitValue {
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly metadata: string;
  readonly commitTimestamp: number;
  /** -1: none (written by version 1 only). */
  readonly expireTimestamp: number;
  /** The number this simulation gives to topics; 0: not known. It stands in the last bytes of the UUID. */
  readonly topicId: number;
}

export interface MemberMetadata {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeout: number;
  readonly sessionTimeout: number;
  readonly subscription: Subscription;
  /** Null: no bytes at all, what a member has that was assigned nothing yet. */
  readonly assignment: Assignment | null;
}
export interface GroupMetadataValue {
  readonly protocolType: string;
  readonly generation: number;
  readonly protocol: string | null;
  readonly leader: string | null;
  readonly currentStateTimestamp: number;
  readonly members: readonly MemberMetadata[];
}

export function encodeGroupKey(key: GroupRecordKey): Uint8Array {
  if ('groupId' in key) return lateConsumerGroupRecords.encodeConsumerGroupKey(key);
  const out = new SchemaWriter();
  out.int16(key.type === 'OffsetCommitKey' ? OFFSET_COMMIT : GROUP_METADATA);
  out.string(key.group);
  if (key.type === 'OffsetCommitKey') {
    out.string(key.topic);
    out.int32(key.partition);
  }
  return out.done();
}

export function encodeOffsetCommitValue(v: OffsetCommitValue): Uint8Array {
  const out = new SchemaWriter();
  if (v.expireTimestamp >= 0) {
    out.int16(1);
    out.int64(v.offset);
    out.string(v.metadata);
    out.int64(v.commitTimestamp);
    out.int64(v.expireTimestamp);
    return out.done();
  }
  out.int16(OFFSET_COMMIT_VALUE_VERSION);
  out.int64(v.offset);
  out.int32(v.leaderEpoch);
  out.compactString(v.metadata);
  out.int64(v.commitTimestamp);
  if (v.topicId === 0) {
    out.varint(0);
    return out.done();
  }
  out.varint(1);
  out.varint(TOPIC_ID_TAG);
  out.varint(16);
  out.int64(0);
  out.int64(v.topicId);
  return out.done();
}

export function encodeGroupMetadataValue(v: GroupMetadataValue): Uint8Array {
  const out = new SchemaWriter();
  out.int16(GROUP_METADATA_VALUE_VERSION);
  out.string(v.protocolType);
  out.int32(v.generation);
  out.nullableString(v.protocol);
  out.nullableString(v.leader);
  out.int64(v.currentStateTimestamp);
  out.int32(v.members.length);
  for (const m of v.members) {
    out.string(m.memberId);
    out.nullableString(m.groupInstanceId);
    out.string(m.clientId);
    out.string(m.clientHost);
    out.int32(m.rebalanceTimeout);
    out.int32(m.sessionTimeout);
    out.bytes(encodeSubscription(m.subscription));
    out.bytes(m.assignment === null ? NOTHING : encodeAssignment(m.assignment));
  }
  return out.done();
}
