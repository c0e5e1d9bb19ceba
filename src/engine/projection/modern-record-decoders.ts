/** Records of the new protocols: consumer groups (KIP-848) and share groups (KIP-932) in __consumer_offsets, and __share_group_state. */
import { topicUuid } from '../../kafka/hash/uuid.ts';
import { CONSUMER_GROUP_TYPES, type ConsumerGroupRecordKey } from '../../kafka/records/consumer-group-records.ts';
import { decodeConsumerGroupKey, decodeConsumerGroupRecord } from '../../kafka/records/consumer-group-records-read.ts';
import { decodeShareGroupRecord } from '../../kafka/records/share-group-records.ts';
import { decodeShareStateKey, decodeShareStateValue } from '../../kafka/records/share-records.ts';
import type { Phrase } from '../../protocol/frame.ts';
import type { RecordDecoder } from './record-decoders.ts';
import type { Plain } from './record-fields.ts';

type Fields = { readonly [name: string]: Plain };

/** What the records say of topics is their id; it is shown as Kafka's tools show one. */
function withUuids(value: unknown): Plain {
  if (Array.isArray(value)) return value.map(withUuids);
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value as Plain;
  const fields: Record<string, Plain> = {};
  for (const [name, field] of Object.entries(value))
    fields[name] = name === 'topicId' && typeof field === 'number' ? topicUuid(field) : withUuids(field);
  return fields;
}

const unreadable = (): never => {
  throw new RangeError('not a record of this type');
};

function says(name: string, key: Fields, value: Fields | null): Phrase {
  const params: Record<string, string | number> = {
    group: String(key.groupId ?? ''),
    member: String(key.memberId ?? ''),
  };
  for (const field of ['epoch', 'assignmentEpoch', 'memberEpoch', 'clientId', 'startOffset', 'partition'])
    if (value?.[field] !== undefined) params[field] = value[field] as string | number;
    else if (key[field] !== undefined) params[field] = key[field] as string | number;
  return { key: `panel.decoded.${name}${value === null ? '.tombstone' : ''}`, params };
}

function consumerGroupDecoder(type: ConsumerGroupRecordKey['type']): RecordDecoder {
  const name = type.slice(0, -'Key'.length);
  const keyOf = (bytes: Uint8Array): ConsumerGroupRecordKey => decodeConsumerGroupKey(bytes) ?? unreadable();
  return {
    type: CONSUMER_GROUP_TYPES[type],
    name,
    key: (bytes) => {
      const { type: _type, ...fields } = keyOf(bytes);
      return fields;
    },
    value: (bytes, key) => withUuids(decodeConsumerGroupRecord(keyOf(key), bytes)?.value ?? unreadable()) as Fields,
    says: (key, value) => says(name, key, value),
  };
}

/** CoordinatorRecordType of share groups. */
const SHARE_GROUP_TYPES: Readonly<Record<number, string>> = {
  10: 'ShareGroupMemberMetadata',
  11: 'ShareGroupMetadata',
  12: 'ShareGroupTargetAssignmentMetadata',
  13: 'ShareGroupTargetAssignmentMember',
  14: 'ShareGroupCurrentMemberAssignment',
  15: 'ShareGroupStatePartitionMetadata',
};

function shareGroupDecoder([type, name]: readonly [string, string]): RecordDecoder {
  return {
    type: Number(type),
    name,
    key: (bytes) => {
      const record = decodeShareGroupRecord(bytes, null) ?? unreadable();
      return { groupId: record.groupId, ...(record.memberId === null ? {} : { memberId: record.memberId }) };
    },
    value: (bytes, key) => withUuids(decodeShareGroupRecord(key, bytes)?.value ?? unreadable()) as Fields,
    says: (key, value) => says(name, key, value),
  };
}

function shareStateDecoder(type: number, name: 'ShareSnapshot' | 'ShareUpdate'): RecordDecoder {
  const keyOf = (bytes: Uint8Array) => decodeShareStateKey(bytes) ?? unreadable();
  return {
    type,
    name,
    key: (bytes) => {
      const { type: _type, ...fields } = keyOf(bytes);
      return withUuids(fields) as Fields;
    },
    value: (bytes, key) => withUuids(decodeShareStateValue(keyOf(key).type, bytes)) as Fields,
    says: (key, value) => says(name, key, value),
  };
}

export const MODERN_RECORD_DECODERS: readonly RecordDecoder[] = [
  ...Object.keys(CONSUMER_GROUP_TYPES).map((type) => consumerGroupDecoder(type as ConsumerGroupRecordKey['type'])),
  ...Object.entries(SHARE_GROUP_TYPES).map(shareGroupDecoder),
];

export const SHARE_STATE_DECODERS: readonly RecordDecoder[] = [
  shareStateDecoder(0, 'ShareSnapshot'),
  shareStateDecoder(1, 'ShareUpdate'),
];
