/** Records of consumer groups, byte for byte as Kafka 4.3.1 writes them (made with its generated classes). */
import { expect, test } from 'vitest';
import { bytesOfHex, hexOf } from './bytes.ts';
import {
  type ConsumerGroupRecord,
  encodeConsumerGroupKey,
  encodeConsumerGroupValue,
} from './consumer-group-records.ts';
import { decodeConsumerGroupKey, decodeConsumerGroupRecord } from './consumer-group-records-read.ts';

const AT = 1_767_225_600_000;
const SUBSCRIPTION = { version: 3, topics: ['a'], userData: null, ownedPartitions: [], generationId: -1, rackId: null };

const RECORDS: readonly (readonly [ConsumerGroupRecord, key: string, value: string])[] = [
  [
    { key: { type: 'ConsumerGroupMetadataKey', groupId: 'g' }, value: { epoch: 3, metadataHash: 0 } },
    '0003000167',
    '00000000000300',
  ],
  [
    { key: { type: 'ConsumerGroupMetadataKey', groupId: 'g' }, value: { epoch: 3, metadataHash: 0x123456789abcd } },
    '0003000167',
    '000000000003010008000123456789abcd',
  ],
  [
    {
      key: { type: 'ConsumerGroupTargetAssignmentMetadataKey', groupId: 'g' },
      value: { assignmentEpoch: 3, assignmentTimestamp: AT },
    },
    '0006000167',
    '0000000000030100080000019b76daa800',
  ],
  [
    {
      key: { type: 'ConsumerGroupTargetAssignmentMetadataKey', groupId: 'g' },
      value: { assignmentEpoch: 3, assignmentTimestamp: 0 },
    },
    '0006000167',
    '00000000000300',
  ],
  [
    {
      key: { type: 'ConsumerGroupTargetAssignmentMemberKey', groupId: 'g', memberId: 'm' },
      value: {
        topicPartitions: [
          { topicId: 3, partitions: [0, 2] },
          { topicId: 4, partitions: [1] },
        ],
      },
    },
    '000700016700016d',
    '00000300000000000000000000000000000003030000000000000002000000000000000000000000000000000402000000010000',
  ],
  [
    {
      key: { type: 'ConsumerGroupCurrentMemberAssignmentKey', groupId: 'g', memberId: 'm' },
      value: {
        memberEpoch: 5,
        previousMemberEpoch: 4,
        state: 1,
        assignedPartitions: [{ topicId: 3, partitions: [0, 2], assignmentEpochs: [5, 3] }],
        partitionsPendingRevocation: [{ topicId: 4, partitions: [1], assignmentEpochs: null }],
      },
    },
    '000800016700016d',
    '000000000005000000040102000000000000000000000000000000030300000000000000020100090300000005000000030200' +
      '00000000000000000000000000000402000000010000',
  ],
  [
    {
      key: { type: 'ConsumerGroupMemberMetadataKey', groupId: 'g', memberId: 'm' },
      value: {
        instanceId: null,
        rackId: 'r1',
        clientId: 'c1',
        clientHost: '/c1',
        subscribedTopicNames: ['a', 'b'],
        subscribedTopicRegex: '',
        rebalanceTimeoutMs: 300_000,
        serverAssignor: null,
        classicMemberMetadata: null,
      },
    },
    '000500016700016d',
    '000000037231036331042f6331030261026201000493e00001000100',
  ],
  [
    {
      key: { type: 'ConsumerGroupMemberMetadataKey', groupId: 'g', memberId: 'm' },
      value: {
        instanceId: 'i',
        rackId: null,
        clientId: 'c1',
        clientHost: '/c1',
        subscribedTopicNames: ['a'],
        subscribedTopicRegex: 'a.*',
        rebalanceTimeoutMs: 300_000,
        serverAssignor: 'range',
        classicMemberMetadata: {
          sessionTimeoutMs: 45_000,
          supportedProtocols: [{ name: 'range', metadata: SUBSCRIPTION }],
        },
      },
    },
    '000500016700016d',
    '0000026900036331042f633102026104612e2a000493e00672616e6765010026010000afc8020672616e67651800030000000100' +
      '0161ffffffff00000000ffffffffffff0000',
  ],
  [
    {
      key: { type: 'ConsumerGroupRegularExpressionKey', groupId: 'g', regularExpression: 'a.*' },
      value: { topics: ['a1', 'a2'], version: 77, timestamp: AT },
    },
    '00100001670003612e2a',
    '000003036131036132000000000000004d0000019b76daa80000',
  ],
];

test.each(RECORDS.map(([record, key, value]) => [record.key.type, record, key, value] as const))(
  '%s',
  (_type, record, key, value) => {
    expect(hexOf(encodeConsumerGroupKey(record.key))).toBe(key);
    expect(hexOf(encodeConsumerGroupValue(record) as Uint8Array)).toBe(value);
    const read = decodeConsumerGroupKey(bytesOfHex(key));
    expect(read).toEqual(record.key);
    expect(decodeConsumerGroupRecord(record.key, bytesOfHex(value))).toEqual(record);
  },
);

test('tombstones, and the record that coordinators before 4.1 wrote', () => {
  const key = { type: 'ConsumerGroupPartitionMetadataKey', groupId: 'g' } as const;
  expect(hexOf(encodeConsumerGroupKey(key))).toBe('0004000167');
  expect(encodeConsumerGroupValue({ key, value: null })).toBeNull();
  expect(decodeConsumerGroupRecord(key, null)).toEqual({ key, value: null });
  expect(() => decodeConsumerGroupRecord({ ...key, type: 'ConsumerGroupMetadataKey' }, bytesOfHex('0000'))).toThrow(
    RangeError,
  );
});
