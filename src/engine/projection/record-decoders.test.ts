/** Records of __consumer_offsets field by field, in Kafka's names; what cannot be read is left as it is. */
import { expect, test } from 'vitest';
import {
  CONSUMER_GROUP_TYPES,
  type ConsumerGroupRecord,
  encodeConsumerGroupKey,
  encodeConsumerGroupValue,
} from '../../kafka/records/consumer-group-records.ts';
import {
  encodeGroupKey,
  encodeGroupMetadataValue,
  encodeOffsetCommitValue,
  type GroupMetadataValue,
} from '../../kafka/records/group-records.ts';
import { encodeShareStateKey } from '../../kafka/records/share-records.ts';
import { loadLanguage, text } from '../../text/index.ts';
import '../../text/whole.ts';
import { decodeRecord } from './record-decoders.ts';
import { recordFields } from './record-fields.ts';

const TOPIC = '__consumer_offsets';
const key = encodeGroupKey({ type: 'OffsetCommitKey', group: 'g', topic: 'orders', partition: 2 });
const value = (offset: number, expireTimestamp = -1) =>
  encodeOffsetCommitValue({
    offset,
    leaderEpoch: 5,
    metadata: '',
    commitTimestamp: 1_767_225_600_000,
    expireTimestamp,
    topicId: 7,
  });
const shown = (fields: readonly { name: string; value: string; depth: number }[] | null | undefined) =>
  fields?.map((f) => `${'  '.repeat(f.depth)}${f.name}: ${f.value}`);

test('a committed offset: key and value with their versions, the topic by its id', () => {
  const record = decodeRecord(TOPIC, key, value(42));
  expect(record).toMatchObject({ type: 'OffsetCommit', keyVersion: 1, valueVersion: 4 });
  expect(shown(record?.key)).toEqual(['group: g', 'topic: orders', 'partition: 2']);
  expect(shown(record?.value)).toEqual([
    'offset: 42',
    'leaderEpoch: 5',
    'metadata: ""',
    'commitTimestamp: 1767225600000',
    'topicId: AAAAAAAAAAAAAAAAAAAABw',
  ]);
  expect(text('en', record?.says.key ?? '', record?.says.params)).toBe('Group g has read orders-2 below 42.');
  expect(shown(decodeRecord(TOPIC, key, value(1, 99))?.value)).toContain('expireTimestamp: 99');
});

test('a group: its members with what they subscribe to and what they were given', async () => {
  await loadLanguage('zh');
  const group: GroupMetadataValue = {
    protocolType: 'consumer',
    generation: 3,
    protocol: 'range',
    leader: 'c1-x',
    currentStateTimestamp: 12,
    members: [
      {
        memberId: 'c1-x',
        groupInstanceId: null,
        clientId: 'c1',
        clientHost: '/c1',
        rebalanceTimeout: 300_000,
        sessionTimeout: 45_000,
        subscription: {
          version: 3,
          topics: ['orders', 'mail'],
          userData: null,
          ownedPartitions: [{ topic: 'orders', index: 1 }],
          generationId: 2,
          rackId: null,
        },
        assignment: {
          version: 3,
          partitions: [
            { topic: 'orders', index: 0 },
            { topic: 'orders', index: 1 },
          ],
          userData: null,
        },
      },
    ],
  };
  const record = decodeRecord(
    TOPIC,
    encodeGroupKey({ type: 'GroupMetadataKey', group: 'g' }),
    encodeGroupMetadataValue(group),
  );
  const lines = shown(record?.value) ?? [];
  expect(lines.slice(0, 3)).toEqual(['protocolType: consumer', 'generation: 3', 'protocol: range']);
  expect(lines).toContain('    memberId: c1-x');
  expect(lines).toContain('      topics: [orders, mail]');
  expect(lines.slice(-2)).toEqual(['      assignedPartitions: ', '        orders: [0, 1]']);
  expect(text('zh', record?.says.key ?? '', record?.says.params)).toContain('第 3 代');
});

test('a tombstone says that it is one', () => {
  const record = decodeRecord(TOPIC, key, null);
  expect(record).toMatchObject({ type: 'OffsetCommit', valueVersion: null, value: null });
  expect(text('en', record?.says.key ?? '', record?.says.params)).toMatch(
    /^Tombstone: the offset of group g in orders-2/,
  );
});

test('nothing is guessed: other topics, unknown types and broken bytes give null', () => {
  expect(decodeRecord('orders', key, value(1))).toBeNull();
  expect(decodeRecord(TOPIC, new Uint8Array([0, 99, 1, 2]), value(1))).toBeNull();
  expect(decodeRecord(TOPIC, key, value(1).slice(0, 9))).toBeNull();
  expect(decodeRecord(TOPIC, key.slice(0, 5), value(1))).toBeNull();
  expect(decodeRecord(TOPIC, null, value(1))).toBeNull();
  expect(decodeRecord(TOPIC, 'a', value(1))).toBeNull();
});

test('bytes are shown in hexadecimal, long ones cut, and absent fields left out', () => {
  const fields = recordFields({ a: new Uint8Array([1, 255]), b: undefined, c: null, d: new Uint8Array(40) });
  expect(fields.map((f) => `${f.name} ${f.value}`)).toEqual(['a 0x01ff (2)', 'c null', `d 0x${'00'.repeat(24)}… (40)`]);
});

test('records of consumer groups and share groups: every type has a name, fields and a sentence in both languages', async () => {
  await loadLanguage('zh');
  const current: ConsumerGroupRecord = {
    key: { type: 'ConsumerGroupCurrentMemberAssignmentKey', groupId: 'g', memberId: 'm' },
    value: {
      memberEpoch: 4,
      previousMemberEpoch: 3,
      state: 1,
      assignedPartitions: [{ topicId: 7, partitions: [0, 2], assignmentEpochs: [3, 4] }],
      partitionsPendingRevocation: [],
    },
  };
  const record = decodeRecord(TOPIC, encodeConsumerGroupKey(current.key), encodeConsumerGroupValue(current));
  expect(record).toMatchObject({ type: 'ConsumerGroupCurrentMemberAssignment', keyVersion: 8, valueVersion: 0 });
  const lines = shown(record?.value) ?? [];
  expect(lines.slice(0, 3)).toEqual(['memberEpoch: 4', 'previousMemberEpoch: 3', 'state: 1']);
  expect(lines).toContain('    topicId: AAAAAAAAAAAAAAAAAAAABw');
  expect(lines).toContain('    partitions: [0, 2]');
  for (const type of Object.keys(CONSUMER_GROUP_TYPES) as (keyof typeof CONSUMER_GROUP_TYPES)[]) {
    const key = encodeConsumerGroupKey({ type, groupId: 'g', memberId: 'm', regularExpression: 'x' } as never);
    const gone = decodeRecord(TOPIC, key, null);
    for (const language of ['en', 'zh'] as const) {
      const said = text(language, gone?.says.key ?? '', gone?.says.params);
      expect(said, type).not.toBe(gone?.says.key);
      expect(said, type).not.toMatch(/[{}]/);
    }
  }
  const state = encodeShareStateKey({ type: 'ShareSnapshotKey', groupId: 'g', topicId: 7, partition: 1 });
  expect(decodeRecord('__share_group_state', state, null)).toMatchObject({ type: 'ShareSnapshot', value: null });
});
