/** group-records.ts, read. */
import { readConsumerGroupKey } from './consumer-group-records-read.ts';
import { decodeAssignment, decodeSubscription } from './consumer-protocol-read.ts';
import {
  GROUP_METADATA,
  type GroupMetadataValue,
  type GroupRecordKey,
  type MemberMetadata,
  NOTHING,
  OFFSET_COMMIT,
  type OffsetCommitValue,
  TOPIC_ID_TAG,
} from './group-records.ts';
import { SchemaReader } from './schema-reader.ts';

const LEGACY_OFFSET_COMMIT = 0;

/** Null for a kind of record that is not known (a later protocol's), which Kafka skips as well. Throws RangeError on broken bytes. */
export function decodeGroupKey(bytes: Uint8Array): GroupRecordKey | null {
  const input = new SchemaReader(bytes);
  const type = input.int16();
  if (type === OFFSET_COMMIT || type === LEGACY_OFFSET_COMMIT)
    return { type: 'OffsetCommitKey', group: input.string(), topic: input.string(), partition: input.int32() };
  if (type === GROUP_METADATA) return { type: 'GroupMetadataKey', group: input.string() };
  return readConsumerGroupKey(type, input);
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
