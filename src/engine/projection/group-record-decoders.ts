/** Records of __consumer_offsets: what groups have committed, and what their coordinators remember of them. */
import type { Subscription } from '../../kafka/api/messages-group.ts';
import { topicUuid } from '../../kafka/hash/uuid.ts';
import { GROUP_METADATA, OFFSET_COMMIT } from '../../kafka/records/group-records.ts';
import {
  decodeGroupKey,
  decodeGroupMetadataValue,
  decodeOffsetCommitValue,
} from '../../kafka/records/group-records-read.ts';
import type { Phrase } from '../../protocol/frame.ts';
import type { RecordDecoder } from './record-decoders.ts';
import type { Plain } from './record-fields.ts';

type Fields = { readonly [name: string]: Plain };

function keyFields(bytes: Uint8Array): Fields {
  const { type: _type, ...fields } = decodeGroupKey(bytes) ?? { type: null };
  return fields;
}

const offsetCommit: RecordDecoder = {
  type: OFFSET_COMMIT,
  name: 'OffsetCommit',
  key: keyFields,
  value: (bytes) => {
    const v = decodeOffsetCommitValue(bytes);
    return {
      offset: v.offset,
      leaderEpoch: v.leaderEpoch,
      metadata: v.metadata,
      commitTimestamp: v.commitTimestamp,
      ...(v.expireTimestamp < 0 ? {} : { expireTimestamp: v.expireTimestamp }),
      ...(v.topicId === 0 ? {} : { topicId: topicUuid(v.topicId) }),
    };
  },
  says: (key, value) => says('offset', key, value === null ? null : { offset: Number(value.offset) }),
};

const groupMetadata: RecordDecoder = {
  type: GROUP_METADATA,
  name: 'GroupMetadata',
  key: keyFields,
  value: (bytes) => {
    const { members, ...fields } = decodeGroupMetadataValue(bytes);
    return {
      ...fields,
      members: members.map(({ subscription, assignment, ...m }) => ({
        ...m,
        subscription: subscriptionFields(subscription),
        assignment: assignment === null ? null : { assignedPartitions: byTopic(assignment.partitions) },
      })),
    };
  },
  says: (key, value) =>
    says(
      'group',
      key,
      value === null
        ? null
        : { generation: Number(value.generation), members: Array.isArray(value.members) ? value.members.length : 0 },
    ),
};

function says(what: string, key: Fields, value: Phrase['params'] | null): Phrase {
  const params: Record<string, string | number> = { group: String(key.group ?? '') };
  if (key.topic !== undefined) params.partition = `${key.topic}-${key.partition}`;
  return value === null
    ? { key: `panel.decoded.${what}.tombstone`, params }
    : { key: `panel.decoded.${what}`, params: { ...params, ...value } };
}

/** ConsumerProtocolSubscription. */
function subscriptionFields(s: Subscription): Fields {
  return {
    version: s.version,
    topics: s.topics,
    ownedPartitions: byTopic(s.ownedPartitions),
    generationId: s.generationId,
    rackId: s.rackId,
  };
}

/** As Kafka writes it: a topic with its partitions. */
function byTopic(partitions: readonly { readonly topic: string; readonly index: number }[]): Fields {
  const topics = new Map<string, number[]>();
  for (const { topic, index } of partitions) topics.set(topic, [...(topics.get(topic) ?? []), index]);
  return Object.fromEntries(topics);
}

export const GROUP_RECORD_DECODERS: readonly RecordDecoder[] = [offsetCommit, groupMetadata];
