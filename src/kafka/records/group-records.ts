/**
 * Keys and values of __consumer_offsets as the classic group coordinator writes them (Kafka: GroupCoordinatorRecordHelpers,
 * GroupCoordinatorRecordSerde): a 16-bit type or version, then the fields. Kafka 4.3.1 writes OffsetCommitValue 4 and
 * GroupMetadataValue 3; older versions are read too.
 */
import type { Assignment, Subscription } from '../api/messages-group.ts';
import { decodeAssignment, decodeSubscription, encodeAssignment, encodeSubscription } from './consumer-protocol.ts';
import { SchemaReader, SchemaWriter } from './schema-bytes.ts';

/** CoordinatorRecordType: what stands in front of a key. */
const OFFSET_COMMIT = 1;
const GROUP_METADATA = 2;
const LEGACY_OFFSET_COMMIT = 0;
const OFFSET_COMMIT_VALUE_VERSION = 4;
const GROUP_METADATA_VALUE_VERSION = 3;
const TOPIC_ID_TAG = 0;
const NOTHING = new Uint8Array(0);

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
export type GroupRecordKey = OffsetCommitKey | GroupMetadataKey;

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
  const out = new SchemaWriter();
  out.int16(key.type === 'OffsetCommitKey' ? OFFSET_COMMIT : GROUP_METADATA);
  out.string(key.group);
  if (key.type === 'OffsetCommitKey') {
    out.string(key.topic);
    out.int32(key.partition);
  }
  return out.done();
}

/** Null for a kind of record that is not known (a later protocol's), which Kafka skips as well. Throws RangeError on broken bytes. */
export function decodeGroupKey(bytes: Uint8Array): GroupRecordKey | null {
  const input = new SchemaReader(bytes);
  const type = input.int16();
  if (type === OFFSET_COMMIT || type === LEGACY_OFFSET_COMMIT)
    return { type: 'OffsetCommitKey', group: input.string(), topic: input.string(), partition: input.int32() };
  if (type === GROUP_METADATA) return { type: 'GroupMetadataKey', group: input.string() };
  return null;
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

export function decodeOffsetCommitValue(bytes: Uint8Array): OffsetCommitValue {
  const input = new SchemaReader(bytes);
  const version = input.int16();
  const offset = input.int64();
  const leaderEpoch = version >= 3 ? input.int32() : -1;
  const metadata = version >= 4 ? input.compactString() : input.string();
  const commitTimestamp = input.int64();
  const expireTimestamp = version === 1 ? input.int64() : -1;
  let topicId = 0;
  if (version >= 4) {
    for (let tags = input.varint(); tags > 0; tags--) {
      const tag = input.varint();
      const field = input.raw(input.varint());
      if (tag !== TOPIC_ID_TAG) continue;
      const id = new SchemaReader(field);
      id.int64();
      topicId = id.int64();
    }
  }
  return { offset, leaderEpoch, metadata, commitTimestamp, expireTimestamp, topicId };
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

export function decodeGroupMetadataValue(bytes: Uint8Array): GroupMetadataValue {
  const input = new SchemaReader(bytes);
  const version = input.int16();
  const protocolType = input.string();
  const generation = input.int32();
  const protocol = input.nullableString();
  const leader = input.nullableString();
  const currentStateTimestamp = version >= 2 ? input.int64() : -1;
  const members: MemberMetadata[] = [];
  for (let count = input.int32(); count > 0; count--) {
    const memberId = input.string();
    const groupInstanceId = version >= 3 ? input.nullableString() : null;
    const clientId = input.string();
    const clientHost = input.string();
    const rebalanceTimeout = version >= 1 ? input.int32() : -1;
    const sessionTimeout = input.int32();
    const subscription = decodeSubscription(input.bytes() ?? NOTHING);
    const assigned = input.bytes() ?? NOTHING;
    const assignment = assigned.length === 0 ? null : decodeAssignment(assigned);
    members.push({
      memberId,
      groupInstanceId,
      clientId,
      clientHost,
      rebalanceTimeout: rebalanceTimeout < 0 ? sessionTimeout : rebalanceTimeout,
      sessionTimeout,
      subscription,
      assignment,
    });
  }
  return { protocolType, generation, protocol, leader, currentStateTimestamp, members };
}
