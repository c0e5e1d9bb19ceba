/** Keys and values of __consumer_offsets, byte for byte as Kafka's schemas lay them out. */
import { expect, test } from 'vitest';
import { bytesOfHex, hexOf } from './bytes.ts';
import { encodeAssignment, encodeSubscription } from './consumer-protocol.ts';
import { decodeAssignment, decodeSubscription } from './consumer-protocol-read.ts';
import {
  encodeGroupKey,
  encodeGroupMetadataValue,
  encodeOffsetCommitValue,
  type GroupRecordKey,
} from './group-records.ts';
import { decodeGroupKey, decodeGroupMetadataValue, decodeOffsetCommitValue } from './group-records-read.ts';

const SUBSCRIPTION = {
  version: 3,
  topics: ['a', 'b'],
  userData: 'ff00',
  ownedPartitions: [
    { topic: 'a', index: 0 },
    { topic: 'a', index: 2 },
    { topic: 'b', index: 1 },
  ],
  generationId: 7,
  rackId: null,
};
const ASSIGNMENT = { version: 3, partitions: [{ topic: 'a', index: 1 }], userData: null };

test('keys: their type, then group, topic and partition', () => {
  const commit: GroupRecordKey = { type: 'OffsetCommitKey', group: 'g', topic: 't', partition: 258 };
  expect(hexOf(encodeGroupKey(commit))).toBe('0001' + '000167' + '000174' + '00000102');
  expect(decodeGroupKey(encodeGroupKey(commit))).toEqual(commit);
  expect(hexOf(encodeGroupKey({ type: 'GroupMetadataKey', group: 'é' }))).toBe('0002' + '0002c3a9');
  // A kind that a later protocol writes.
  expect(decodeGroupKey(bytesOfHex('7fff000167'))).toBeNull();
  expect(() => decodeGroupKey(bytesOfHex('0001000567'))).toThrow(RangeError);
});

test('OffsetCommitValue: version 4 with the topic’s id in a tag, and the older ones', () => {
  const value = {
    offset: 5,
    leaderEpoch: 2,
    metadata: 'm',
    commitTimestamp: 1_767_225_600_000,
    expireTimestamp: -1,
    topicId: 3,
  };
  const bytes = encodeOffsetCommitValue(value);
  const timestamp = value.commitTimestamp.toString(16).padStart(16, '0');
  const topicId = `${'0'.repeat(31)}3`;
  expect(hexOf(bytes)).toBe(`0004${'0000000000000005'}${'00000002'}${'026d'}${timestamp}${'010010'}${topicId}`);
  expect(decodeOffsetCommitValue(bytes)).toEqual(value);
  const old = { ...value, leaderEpoch: -1, expireTimestamp: 9, topicId: 0 };
  expect(hexOf(encodeOffsetCommitValue(old)).slice(0, 4)).toBe('0001');
  expect(decodeOffsetCommitValue(encodeOffsetCommitValue(old))).toEqual(old);
  const version3 = '0003' + '0000000000000005' + '00000002' + '00016d' + '0000000000000001';
  expect(decodeOffsetCommitValue(bytesOfHex(version3))).toMatchObject({ offset: 5, leaderEpoch: 2, metadata: 'm' });
});

test('ConsumerProtocolSubscription and Assignment, version 3', () => {
  const bytes = encodeSubscription(SUBSCRIPTION);
  expect(hexOf(bytes)).toBe(
    '0003' +
      '00000002' +
      '000161' +
      '000162' +
      '00000002' +
      'ff00' +
      '00000002' +
      '000161' +
      '00000002' +
      '00000000' +
      '00000002' +
      '000162' +
      '00000001' +
      '00000001' +
      '00000007' +
      'ffff',
  );
  expect(decodeSubscription(bytes)).toEqual(SUBSCRIPTION);
  // Version 0 knows topics and user data only.
  const plain = { ...SUBSCRIPTION, version: 0, ownedPartitions: [], generationId: -1 };
  expect(decodeSubscription(encodeSubscription({ ...SUBSCRIPTION, version: 0 }))).toEqual(plain);
  expect(hexOf(encodeAssignment(ASSIGNMENT))).toBe(
    '0003' + '00000001' + '000161' + '00000001' + '00000001' + 'ffffffff',
  );
  expect(decodeAssignment(encodeAssignment(ASSIGNMENT))).toEqual(ASSIGNMENT);
});

test('GroupMetadataValue version 3: with members, and of a group that has none', () => {
  const value = {
    protocolType: 'consumer',
    generation: 4,
    protocol: 'range',
    leader: 'm-1',
    currentStateTimestamp: 12,
    members: [
      {
        memberId: 'm-1',
        groupInstanceId: null,
        clientId: 'm',
        clientHost: '/m',
        rebalanceTimeout: 300_000,
        sessionTimeout: 45_000,
        subscription: SUBSCRIPTION,
        assignment: ASSIGNMENT,
      },
    ],
  };
  expect(decodeGroupMetadataValue(encodeGroupMetadataValue(value))).toEqual(value);
  const empty = { ...value, protocolType: '', protocol: null, leader: null, generation: 0, members: [] };
  expect(hexOf(encodeGroupMetadataValue(empty))).toBe(
    '0003' + '0000' + '00000000' + 'ffff' + 'ffff' + '000000000000000c' + '00000000',
  );
  const none = { ...value, members: [{ ...value.members[0]!, assignment: null }] };
  expect(decodeGroupMetadataValue(encodeGroupMetadataValue(none))).toEqual(none);
});
