/** consumer-group-records.ts, read. Throws RangeError on broken bytes. */
import { utf8Text } from './bytes.ts';
import {
  type AssignedPartitionsValue,
  type ClassicMemberMetadata,
  CONSUMER_GROUP_TYPES,
  type ConsumerGroupRecord,
  type ConsumerGroupRecordKey,
  type TopicPartitionsValue,
} from './consumer-group-records.ts';
import { decodeSubscription } from './consumer-protocol-read.ts';
import { SchemaReader } from './schema-reader.ts';

const NAMES = new Map<number, ConsumerGroupRecordKey['type']>();
for (const [name, type] of Object.entries(CONSUMER_GROUP_TYPES))
  NAMES.set(type, name as ConsumerGroupRecordKey['type']);

/** Null: not a record of a consumer group. `input` stands behind the type. */
export function readConsumerGroupKey(type: number, input: SchemaReader): ConsumerGroupRecordKey | null {
  const name = NAMES.get(type);
  if (name === undefined) return null;
  const groupId = input.string();
  switch (name) {
    case 'ConsumerGroupMetadataKey':
    case 'ConsumerGroupPartitionMetadataKey':
    case 'ConsumerGroupTargetAssignmentMetadataKey':
      return { type: name, groupId };
    case 'ConsumerGroupRegularExpressionKey':
      return { type: name, groupId, regularExpression: input.string() };
    default:
      return { type: name, groupId, memberId: input.string() };
  }
}

export function decodeConsumerGroupKey(bytes: Uint8Array): ConsumerGroupRecordKey | null {
  const input = new SchemaReader(bytes);
  return readConsumerGroupKey(input.int16(), input);
}

/** Null for ConsumerGroupPartitionMetadata with a value, which only older coordinators wrote. */
export function decodeConsumerGroupRecord(
  key: ConsumerGroupRecordKey,
  value: Uint8Array | null,
): ConsumerGroupRecord | null {
  if (value === null) return { key, value: null } as ConsumerGroupRecord;
  const read = READERS[key.type];
  if (read === null) return null;
  const input = new SchemaReader(value);
  input.int16();
  return { key, value: read(input) } as ConsumerGroupRecord;
}

const READERS: Readonly<Record<ConsumerGroupRecordKey['type'], ((input: SchemaReader) => unknown) | null>> = {
  ConsumerGroupPartitionMetadataKey: null,
  ConsumerGroupMetadataKey: (input) => ({ epoch: input.int32(), metadataHash: tagged(input)?.int64() ?? 0 }),
  ConsumerGroupTargetAssignmentMetadataKey: (input) => ({
    assignmentEpoch: input.int32(),
    assignmentTimestamp: tagged(input)?.int64() ?? 0,
  }),
  ConsumerGroupMemberMetadataKey: (input) => ({
    instanceId: compactNullable(input),
    rackId: compactNullable(input),
    clientId: input.compactString(),
    clientHost: input.compactString(),
    subscribedTopicNames: compactStrings(input),
    subscribedTopicRegex: compactNullable(input),
    rebalanceTimeoutMs: input.int32(),
    serverAssignor: compactNullable(input),
    classicMemberMetadata: classicMember(tagged(input)),
  }),
  ConsumerGroupTargetAssignmentMemberKey: (input) => ({
    topicPartitions: many(input, () => {
      const topic = topicPartitions(input);
      tagged(input);
      return topic;
    }),
  }),
  ConsumerGroupCurrentMemberAssignmentKey: (input) => ({
    memberEpoch: input.int32(),
    previousMemberEpoch: input.int32(),
    state: input.int8(),
    assignedPartitions: assignedPartitions(input),
    partitionsPendingRevocation: assignedPartitions(input),
  }),
  ConsumerGroupRegularExpressionKey: (input) => ({
    topics: compactStrings(input),
    version: input.int64(),
    timestamp: input.int64(),
  }),
};

/** The bytes of tag 0, the only one that these structures have; null: it is not there. */
function tagged(input: SchemaReader): SchemaReader | null {
  let found: SchemaReader | null = null;
  for (let count = input.varint(); count > 0; count--) {
    const tag = input.varint();
    const field = input.raw(input.varint());
    if (tag === 0) found = new SchemaReader(field);
  }
  return found;
}

function many<T>(input: SchemaReader, read: () => T): T[] {
  const list: T[] = [];
  for (let count = input.varint() - 1; count > 0; count--) list.push(read());
  return list;
}

function compactNullable(input: SchemaReader): string | null {
  const size = input.varint();
  return size === 0 ? null : utf8Text(input.raw(size - 1));
}

function compactStrings(input: SchemaReader): string[] {
  return many(input, () => input.compactString());
}

function topicPartitions(input: SchemaReader): TopicPartitionsValue {
  input.int64();
  const topicId = input.int64();
  return { topicId, partitions: many(input, () => input.int32()) };
}

function assignedPartitions(input: SchemaReader): AssignedPartitionsValue[] {
  return many(input, () => {
    const topic = topicPartitions(input);
    const epochs = tagged(input);
    return { ...topic, assignmentEpochs: epochs === null ? null : many(epochs, () => epochs.int32()) };
  });
}

/** Without the tag there is Kafka's empty structure; a first byte of 0 says that there is none. */
function classicMember(input: SchemaReader | null): ClassicMemberMetadata | null {
  if (input === null) return { sessionTimeoutMs: 0, supportedProtocols: [] };
  if (input.varint() === 0) return null;
  const sessionTimeoutMs = input.int32();
  const supportedProtocols = many(input, () => {
    const name = input.compactString();
    const metadata = decodeSubscription(input.raw(input.varint() - 1));
    tagged(input);
    return { name, metadata };
  });
  return { sessionTimeoutMs, supportedProtocols };
}
