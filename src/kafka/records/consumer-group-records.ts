/**
 * Keys and values of __consumer_offsets as the coordinator of consumer groups writes them (KIP-848; Kafka: ConsumerGroupMetadataValue
 * and its kin, GroupCoordinatorRecordHelpers). All values are of version 0 and flexible: compact lengths, then tagged fields, which
 * are left out where they hold their default. ConsumerGroupPartitionMetadata is only ever deleted by 4.3.1 (KIP-1101).
 */
import type { Subscription } from '../api/messages-group.ts';
import { encodeSubscription } from './consumer-protocol.ts';
import { lateConsumerGroupRecords } from './group-records.ts';
import { SchemaWriter } from './schema-bytes.ts';

export interface ConsumerGroupKey {
  readonly type:
    | 'ConsumerGroupMetadataKey'
    | 'ConsumerGroupPartitionMetadataKey'
    | 'ConsumerGroupTargetAssignmentMetadataKey';
  readonly groupId: string;
}
export interface ConsumerGroupMemberKey {
  readonly type:
    | 'ConsumerGroupMemberMetadataKey'
    | 'ConsumerGroupTargetAssignmentMemberKey'
    | 'ConsumerGroupCurrentMemberAssignmentKey';
  readonly groupId: string;
  readonly memberId: string;
}
export interface ConsumerGroupRegexKey {
  readonly type: 'ConsumerGroupRegularExpressionKey';
  readonly groupId: string;
  readonly regularExpression: string;
}
export type ConsumerGroupRecordKey = ConsumerGroupKey | ConsumerGroupMemberKey | ConsumerGroupRegexKey;

/** CoordinatorRecordType: what stands in front of a key. */
export const CONSUMER_GROUP_TYPES = {
  ConsumerGroupMetadataKey: 3,
  ConsumerGroupPartitionMetadataKey: 4,
  ConsumerGroupMemberMetadataKey: 5,
  ConsumerGroupTargetAssignmentMetadataKey: 6,
  ConsumerGroupTargetAssignmentMemberKey: 7,
  ConsumerGroupCurrentMemberAssignmentKey: 8,
  ConsumerGroupRegularExpressionKey: 16,
} as const satisfies Readonly<Record<ConsumerGroupRecordKey['type'], number>>;

export interface ConsumerGroupMetadataValue {
  readonly epoch: number;
  /** A safe integer; 0: no topics. */
  readonly metadataHash: number;
}
export interface ConsumerGroupTargetAssignmentMetadataValue {
  readonly assignmentEpoch: number;
  readonly assignmentTimestamp: number;
}
export interface TopicPartitionsValue {
  /** The number this simulation gives to topics: the low half of the UUID. */
  readonly topicId: number;
  readonly partitions: readonly number[];
}
export interface ConsumerGroupTargetAssignmentMemberValue {
  readonly topicPartitions: readonly TopicPartitionsValue[];
}
export interface AssignedPartitionsValue extends TopicPartitionsValue {
  /** The epoch at which each was assigned (KIP-1251); null: written before 4.3. */
  readonly assignmentEpochs: readonly number[] | null;
}
export interface ConsumerGroupCurrentMemberAssignmentValue {
  readonly memberEpoch: number;
  readonly previousMemberEpoch: number;
  /** MemberState: 0 STABLE, 1 UNREVOKED_PARTITIONS, 2 UNRELEASED_PARTITIONS. */
  readonly state: number;
  readonly assignedPartitions: readonly AssignedPartitionsValue[];
  readonly partitionsPendingRevocation: readonly AssignedPartitionsValue[];
}
/** What a member of the classic protocol said in JoinGroup, kept while a consumer group serves it. */
export interface ClassicMemberMetadata {
  readonly sessionTimeoutMs: number;
  readonly supportedProtocols: readonly { readonly name: string; readonly metadata: Subscription }[];
}
export interface ConsumerGroupMemberMetadataValue {
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  /** Sorted. */
  readonly subscribedTopicNames: readonly string[];
  readonly subscribedTopicRegex: string | null;
  readonly rebalanceTimeoutMs: number;
  readonly serverAssignor: string | null;
  readonly classicMemberMetadata: ClassicMemberMetadata | null;
}
export interface ConsumerGroupRegularExpressionValue {
  /** Sorted. */
  readonly topics: readonly string[];
  readonly version: number;
  readonly timestamp: number;
}

interface RecordOf<K, T extends string, V> {
  readonly key: K & { readonly type: T };
  /** null: a tombstone. */
  readonly value: V | null;
}
export type ConsumerGroupRecord =
  | RecordOf<ConsumerGroupKey, 'ConsumerGroupMetadataKey', ConsumerGroupMetadataValue>
  | RecordOf<ConsumerGroupKey, 'ConsumerGroupPartitionMetadataKey', never>
  | RecordOf<ConsumerGroupKey, 'ConsumerGroupTargetAssignmentMetadataKey', ConsumerGroupTargetAssignmentMetadataValue>
  | RecordOf<ConsumerGroupMemberKey, 'ConsumerGroupMemberMetadataKey', ConsumerGroupMemberMetadataValue>
  | RecordOf<ConsumerGroupMemberKey, 'ConsumerGroupTargetAssignmentMemberKey', ConsumerGroupTargetAssignmentMemberValue>
  | RecordOf<
      ConsumerGroupMemberKey,
      'ConsumerGroupCurrentMemberAssignmentKey',
      ConsumerGroupCurrentMemberAssignmentValue
    >
  | RecordOf<ConsumerGroupRegexKey, 'ConsumerGroupRegularExpressionKey', ConsumerGroupRegularExpressionValue>;

export function encodeConsumerGroupKey(key: ConsumerGroupRecordKey): Uint8Array {
  const out = new SchemaWriter();
  out.int16(CONSUMER_GROUP_TYPES[key.type]);
  out.string(key.groupId);
  if ('memberId' in key) out.string(key.memberId);
  if ('regularExpression' in key) out.string(key.regularExpression);
  return out.done();
}

/** Null for a tombstone. */
export function encodeConsumerGroupValue(record: ConsumerGroupRecord): Uint8Array | null {
  if (record.value === null) return null;
  const out = new SchemaWriter();
  out.int16(0);
  switch (record.key.type) {
    case 'ConsumerGroupMetadataKey':
      writeMetadata(out, record.value as ConsumerGroupMetadataValue);
      break;
    case 'ConsumerGroupTargetAssignmentMetadataKey':
      writeTargetMetadata(out, record.value as ConsumerGroupTargetAssignmentMetadataValue);
      break;
    case 'ConsumerGroupMemberMetadataKey':
      writeMember(out, record.value as ConsumerGroupMemberMetadataValue);
      break;
    case 'ConsumerGroupTargetAssignmentMemberKey':
      writeTarget(out, record.value as ConsumerGroupTargetAssignmentMemberValue);
      break;
    case 'ConsumerGroupCurrentMemberAssignmentKey':
      writeCurrent(out, record.value as ConsumerGroupCurrentMemberAssignmentValue);
      break;
    case 'ConsumerGroupRegularExpressionKey':
      writeRegex(out, record.value as ConsumerGroupRegularExpressionValue);
      break;
    default:
      throw new Error('Kafka 4.3.1 writes no such record');
  }
  return out.done();
}

/** The only tagged field of a structure; null: it holds its default and is not written. */
function writeTag(out: SchemaWriter, field: Uint8Array | null): void {
  if (field === null) {
    out.varint(0);
    return;
  }
  out.varint(1);
  out.varint(0);
  out.varint(field.length);
  out.raw(field);
}

function bytesOf(write: (field: SchemaWriter) => void): Uint8Array {
  const field = new SchemaWriter();
  write(field);
  return field.done();
}

function writeMetadata(out: SchemaWriter, v: ConsumerGroupMetadataValue): void {
  out.int32(v.epoch);
  writeTag(out, v.metadataHash === 0 ? null : bytesOf((field) => field.int64(v.metadataHash)));
}

function writeTargetMetadata(out: SchemaWriter, v: ConsumerGroupTargetAssignmentMetadataValue): void {
  out.int32(v.assignmentEpoch);
  writeTag(out, v.assignmentTimestamp === 0 ? null : bytesOf((field) => field.int64(v.assignmentTimestamp)));
}

function writeCompactNullable(out: SchemaWriter, text: string | null): void {
  if (text === null) out.varint(0);
  else out.compactString(text);
}

function writeCompactStrings(out: SchemaWriter, texts: readonly string[]): void {
  out.varint(texts.length + 1);
  for (const text of texts) out.compactString(text);
}

function writeMember(out: SchemaWriter, v: ConsumerGroupMemberMetadataValue): void {
  writeCompactNullable(out, v.instanceId);
  writeCompactNullable(out, v.rackId);
  out.compactString(v.clientId);
  out.compactString(v.clientHost);
  writeCompactStrings(out, v.subscribedTopicNames);
  writeCompactNullable(out, v.subscribedTopicRegex);
  out.int32(v.rebalanceTimeoutMs);
  writeCompactNullable(out, v.serverAssignor);
  const classic = v.classicMemberMetadata;
  // Kafka's generated code takes an empty structure for the default, so it writes out that there is none.
  writeTag(out, classic === null ? NO_STRUCTURE : bytesOf((field) => writeClassic(field, classic)));
}

const NO_STRUCTURE = Uint8Array.of(0);

function writeClassic(out: SchemaWriter, v: ClassicMemberMetadata): void {
  // A structure that may be null says first that it is not.
  out.int8(1);
  out.int32(v.sessionTimeoutMs);
  out.varint(v.supportedProtocols.length + 1);
  for (const { name, metadata } of v.supportedProtocols) {
    out.compactString(name);
    const bytes = encodeSubscription(metadata);
    out.varint(bytes.length + 1);
    out.raw(bytes);
    out.varint(0);
  }
  out.varint(0);
}

function writePartitions(out: SchemaWriter, { topicId, partitions }: TopicPartitionsValue): void {
  out.int64(0);
  out.int64(topicId);
  writeInts(out, partitions);
}

function writeInts(out: SchemaWriter, values: readonly number[]): void {
  out.varint(values.length + 1);
  for (const value of values) out.int32(value);
}

function writeTarget(out: SchemaWriter, v: ConsumerGroupTargetAssignmentMemberValue): void {
  out.varint(v.topicPartitions.length + 1);
  for (const topic of v.topicPartitions) {
    writePartitions(out, topic);
    out.varint(0);
  }
  out.varint(0);
}

function writeCurrent(out: SchemaWriter, v: ConsumerGroupCurrentMemberAssignmentValue): void {
  out.int32(v.memberEpoch);
  out.int32(v.previousMemberEpoch);
  out.int8(v.state);
  for (const topics of [v.assignedPartitions, v.partitionsPendingRevocation]) {
    out.varint(topics.length + 1);
    for (const topic of topics) {
      writePartitions(out, topic);
      const epochs = topic.assignmentEpochs;
      writeTag(out, epochs === null ? null : bytesOf((field) => writeInts(field, epochs)));
    }
  }
  out.varint(0);
}

function writeRegex(out: SchemaWriter, v: ConsumerGroupRegularExpressionValue): void {
  writeCompactStrings(out, v.topics);
  out.int64(v.version);
  out.int64(v.timestamp);
  out.varint(0);
}

Object.assign(lateConsumerGroupRecords, { encodeConsumerGroupKey });
