import { expect, it } from 'vitest';
import {
  decodeShareGroupRecord,
  encodeShareGroupKey,
  encodeShareGroupValue,
  type ShareGroupRecord,
} from './share-group-records.ts';
import {
  decodeShareStateKey,
  decodeShareStateValue,
  encodeShareStateKey,
  encodeShareStateValue,
} from './share-records.ts';

const hex = (bytes: Uint8Array | null): string =>
  [...(bytes ?? [])].map((byte) => byte.toString(16).padStart(2, '0')).join('');

it('writes a share snapshot as ShareSnapshotKey and ShareSnapshotValue of version 0', () => {
  const key = { type: 'ShareSnapshotKey', groupId: 'g', topicId: 7, partition: 2 } as const;
  expect(hex(encodeShareStateKey(key))).toBe(`0000000167${'0'.repeat(31)}700000002`);
  const value = {
    snapshotEpoch: 1,
    stateEpoch: 2,
    leaderEpoch: 3,
    startOffset: 4,
    deliveryCompleteCount: 5,
    createTimestamp: 6,
    writeTimestamp: 7,
    stateBatches: [{ firstOffset: 4, lastOffset: 9, deliveryState: 2, deliveryCount: 1 }],
  };
  const bytes = encodeShareStateValue('ShareSnapshotKey', value);
  expect(hex(bytes)).toBe(
    '0000' +
      '00000001' +
      '00000002' +
      '00000003' +
      '0000000000000004' +
      '0000000000000006' +
      '0000000000000007' +
      '02' +
      '0000000000000004' +
      '0000000000000009' +
      '02' +
      '0001' +
      '00' +
      '01' +
      '00' +
      '04' +
      '00000005',
  );
  expect(decodeShareStateKey(encodeShareStateKey(key))).toEqual(key);
  expect(decodeShareStateValue('ShareSnapshotKey', bytes)).toEqual(value);
});

it('writes a share update without a state epoch and timestamps', () => {
  const value = {
    snapshotEpoch: 1,
    stateEpoch: -1,
    leaderEpoch: 3,
    startOffset: -1,
    deliveryCompleteCount: -1,
    createTimestamp: -1,
    writeTimestamp: -1,
    stateBatches: [],
  };
  const bytes = encodeShareStateValue('ShareUpdateKey', value);
  expect(hex(bytes)).toBe(`00000000000100000003${'f'.repeat(16)}0100`);
  expect(decodeShareStateValue('ShareUpdateKey', bytes)).toEqual(value);
});

it('reads every record of a share group back as it was written', () => {
  const topics = [{ topicId: 3, partitions: [0, 2] }];
  const infos = [{ topicId: 3, topicName: 'orders', partitions: [0, 1] }];
  const records: ShareGroupRecord[] = [
    {
      type: 'ShareGroupMemberMetadataKey',
      groupId: 'g',
      memberId: 'm',
      value: { rackId: null, clientId: 'c', clientHost: '/h', subscribedTopicNames: ['a', 'b'] },
    },
    {
      type: 'ShareGroupMemberMetadataKey',
      groupId: 'g',
      memberId: 'm',
      value: { rackId: 'r1', clientId: 'c', clientHost: '/h', subscribedTopicNames: [] },
    },
    { type: 'ShareGroupMetadataKey', groupId: 'g', memberId: null, value: { epoch: 2, metadataHash: 12345678901 } },
    {
      type: 'ShareGroupTargetAssignmentMetadataKey',
      groupId: 'g',
      memberId: null,
      value: { assignmentEpoch: 4, assignmentTimestamp: 1767225600000 },
    },
    {
      type: 'ShareGroupTargetAssignmentMetadataKey',
      groupId: 'g',
      memberId: null,
      value: { assignmentEpoch: 4, assignmentTimestamp: 0 },
    },
    { type: 'ShareGroupTargetAssignmentMemberKey', groupId: 'g', memberId: 'm', value: { topicPartitions: topics } },
    {
      type: 'ShareGroupCurrentMemberAssignmentKey',
      groupId: 'g',
      memberId: 'm',
      value: { memberEpoch: 4, previousMemberEpoch: 3, state: 0, assignedPartitions: topics },
    },
    {
      type: 'ShareGroupStatePartitionMetadataKey',
      groupId: 'g',
      memberId: null,
      value: {
        initializingTopics: infos,
        initializedTopics: [],
        deletingTopics: [{ topicId: 9, topicName: 'old' }],
      },
    },
    { type: 'ShareGroupMetadataKey', groupId: 'g', memberId: null, value: null },
  ];
  for (const record of records)
    expect(decodeShareGroupRecord(encodeShareGroupKey(record), encodeShareGroupValue(record))).toEqual(record);
  const first = records[0] as ShareGroupRecord;
  expect(hex(encodeShareGroupKey(first))).toBe('000a' + '000167' + '00016d');
  expect(hex(encodeShareGroupValue(first))).toBe('0000' + '00' + '0263' + '032f68' + '03' + '0261' + '0262' + '00');
});
