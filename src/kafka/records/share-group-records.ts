/**
 * Keys and values of __consumer_offsets as the coordinator of share groups writes them (KIP-932; Kafka: ShareGroupMetadataValue and its
 * kin, GroupCoordinatorRecordHelpers). All values are of version 0 and flexible.
 */
import { utf8Text } from './bytes.ts';
import { SchemaWriter } from './schema-bytes.ts';
import { SchemaReader } from './schema-reader.ts';

/** CoordinatorRecordType: what stands in front of a key. */
const TYPES = {
  ShareGroupMemberMetadataKey: 10,
  ShareGroupMetadataKey: 11,
  ShareGroupTargetAssignmentMetadataKey: 12,
  ShareGroupTargetAssignmentMemberKey: 13,
  ShareGroupCurrentMemberAssignmentKey: 14,
  ShareGroupStatePartitionMetadataKey: 15,
} as const;
type ShareGroupKeyType = keyof typeof TYPES;

export interface ShareTopicPartitions {
  /** The number this simulation gives to topics: the low half of the UUID. */
  readonly topicId: number;
  readonly partitions: readonly number[];
}
export interface ShareTopicInfo extends ShareTopicPartitions {
  readonly topicName: string;
}

interface ValueOf {
  ShareGroupMemberMetadataKey: {
    readonly rackId: string | null;
    readonly clientId: string;
    readonly clientHost: string;
    /** Sorted. */
    readonly subscribedTopicNames: readonly string[];
  };
  ShareGroupMetadataKey: { readonly epoch: number; readonly metadataHash: number };
  ShareGroupTargetAssignmentMetadataKey: { readonly assignmentEpoch: number; readonly assignmentTimestamp: number };
  ShareGroupTargetAssignmentMemberKey: { readonly topicPartitions: readonly ShareTopicPartitions[] };
  ShareGroupCurrentMemberAssignmentKey: {
    readonly memberEpoch: number;
    readonly previousMemberEpoch: number;
    /** MemberState: always 0, STABLE. */
    readonly state: number;
    readonly assignedPartitions: readonly ShareTopicPartitions[];
  };
  ShareGroupStatePartitionMetadataKey: {
    readonly initializingTopics: readonly ShareTopicInfo[];
    readonly initializedTopics: readonly ShareTopicInfo[];
    readonly deletingTopics: readonly { readonly topicId: number; readonly topicName: string }[];
  };
}

/** `memberId` null where the type has none; `value` null: a tombstone. */
export type ShareGroupRecord = {
  [T in ShareGroupKeyType]: {
    readonly type: T;
    readonly groupId: string;
    readonly memberId: string | null;
    readonly value: ValueOf[T] | null;
  };
}[ShareGroupKeyType];

function hasMember(type: ShareGroupKeyType): boolean {
  return type.includes('Member');
}

export function encodeShareGroupKey({ type, groupId, memberId }: ShareGroupRecord): Uint8Array {
  const out = new SchemaWriter();
  out.int16(TYPES[type]);
  out.string(groupId);
  if (memberId !== null) out.string(memberId);
  return out.done();
}

function uuid(out: SchemaWriter, topicId: number): void {
  out.int64(0);
  out.int64(topicId);
}

function writeInts(out: SchemaWriter, list: readonly number[]): void {
  out.varint(list.length + 1);
  for (const value of list) out.int32(value);
}

function writePartitions(out: SchemaWriter, list: readonly ShareTopicPartitions[]): void {
  out.varint(list.length + 1);
  for (const { topicId, partitions } of list) {
    uuid(out, topicId);
    writeInts(out, partitions);
    out.varint(0);
  }
}

function writeInfos(out: SchemaWriter, list: readonly ShareTopicInfo[]): void {
  out.varint(list.length + 1);
  for (const { topicId, topicName, partitions } of list) {
    uuid(out, topicId);
    out.compactString(topicName);
    writeInts(out, partitions);
    out.varint(0);
  }
}

/** Null for a tombstone. */
export function encodeShareGroupValue(record: ShareGroupRecord): Uint8Array | null {
  if (record.value === null) return null;
  const out = new SchemaWriter();
  out.int16(0);
  writeFields(out, record);
  return out.done();
}

function writeFields(out: SchemaWriter, { type, value }: ShareGroupRecord): void {
  if (value === null) return;
  switch (type) {
    case 'ShareGroupMemberMetadataKey':
      if (value.rackId === null) out.varint(0);
      else out.compactString(value.rackId);
      out.compactString(value.clientId);
      out.compactString(value.clientHost);
      out.varint(value.subscribedTopicNames.length + 1);
      for (const name of value.subscribedTopicNames) out.compactString(name);
      break;
    case 'ShareGroupMetadataKey':
      out.int32(value.epoch);
      out.int64(value.metadataHash);
      break;
    case 'ShareGroupTargetAssignmentMetadataKey':
      out.int32(value.assignmentEpoch);
      if (value.assignmentTimestamp !== 0) {
        for (const head of [1, 0, 8]) out.varint(head);
        out.int64(value.assignmentTimestamp);
        return;
      }
      break;
    case 'ShareGroupTargetAssignmentMemberKey':
      writePartitions(out, value.topicPartitions);
      break;
    case 'ShareGroupCurrentMemberAssignmentKey':
      out.int32(value.memberEpoch);
      out.int32(value.previousMemberEpoch);
      out.int8(value.state);
      writePartitions(out, value.assignedPartitions);
      break;
    case 'ShareGroupStatePartitionMetadataKey':
      writeInfos(out, value.initializingTopics);
      writeInfos(out, value.initializedTopics);
      out.varint(value.deletingTopics.length + 1);
      for (const { topicId, topicName } of value.deletingTopics) {
        uuid(out, topicId);
        out.compactString(topicName);
        out.varint(0);
      }
      break;
  }
  out.varint(0);
}

// --- read ------------------------------------------------------------------------------------------------------------

const NAMES = new Map<number, ShareGroupKeyType>(
  (Object.keys(TYPES) as ShareGroupKeyType[]).map((name) => [TYPES[name], name]),
);

function readList<T>(from: SchemaReader, one: (from: SchemaReader) => T): T[] {
  const list: T[] = [];
  for (let left = from.varint() - 1; left > 0; left--) list.push(one(from));
  return list;
}

function readUuid(from: SchemaReader): number {
  from.int64();
  return from.int64();
}

function readPartitions(from: SchemaReader): ShareTopicPartitions[] {
  return readList(from, (one) => {
    const topicId = readUuid(one);
    const partitions = readList(one, (each) => each.int32());
    one.varint();
    return { topicId, partitions };
  });
}

function readInfos(from: SchemaReader): ShareTopicInfo[] {
  return readList(from, (one) => {
    const topicId = readUuid(one);
    const topicName = one.compactString();
    const partitions = readList(one, (each) => each.int32());
    one.varint();
    return { topicId, topicName, partitions };
  });
}

/** Null where the key is not one of a share group. Throws RangeError on broken bytes. */
export function decodeShareGroupRecord(key: Uint8Array, value: Uint8Array | null): ShareGroupRecord | null {
  const from = new SchemaReader(key);
  const type = NAMES.get(from.int16());
  if (type === undefined) return null;
  const groupId = from.string();
  const memberId = hasMember(type) ? from.string() : null;
  if (value === null) return { type, groupId, memberId, value: null } as ShareGroupRecord;
  const body = new SchemaReader(value);
  body.int16();
  return { type, groupId, memberId, value: READERS[type](body) } as ShareGroupRecord;
}

const READERS: { readonly [T in ShareGroupKeyType]: (from: SchemaReader) => ValueOf[T] } = {
  ShareGroupMemberMetadataKey: (from) => {
    const size = from.varint();
    const rackId = size === 0 ? null : utf8Text(from.raw(size - 1));
    return {
      rackId,
      clientId: from.compactString(),
      clientHost: from.compactString(),
      subscribedTopicNames: readList(from, (one) => one.compactString()),
    };
  },
  ShareGroupMetadataKey: (from) => ({ epoch: from.int32(), metadataHash: from.int64() }),
  ShareGroupTargetAssignmentMetadataKey: (from) => {
    const assignmentEpoch = from.int32();
    if (from.varint() === 0) return { assignmentEpoch, assignmentTimestamp: 0 };
    from.varint();
    from.varint();
    return { assignmentEpoch, assignmentTimestamp: from.int64() };
  },
  ShareGroupTargetAssignmentMemberKey: (from) => ({ topicPartitions: readPartitions(from) }),
  ShareGroupCurrentMemberAssignmentKey: (from) => ({
    memberEpoch: from.int32(),
    previousMemberEpoch: from.int32(),
    state: from.int8(),
    assignedPartitions: readPartitions(from),
  }),
  ShareGroupStatePartitionMetadataKey: (from) => ({
    initializingTopics: readInfos(from),
    initializedTopics: readInfos(from),
    deletingTopics: readList(from, (one) => {
      const topicId = readUuid(one);
      const topicName = one.compactString();
      one.varint();
      return { topicId, topicName };
    }),
  }),
};
