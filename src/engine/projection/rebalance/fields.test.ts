import { expect, test } from 'vitest';
import type {
  JoinGroupResponse,
  OffsetCommitRequest,
  OffsetCommitResponse,
} from '../../../kafka/api/messages-group.ts';
import { fieldsOf } from './fields.ts';

const text = (body: unknown, whoIs: (id: string) => string | null = () => null): string[] =>
  fieldsOf(body, whoIs).map(({ name, value, depth, consumer }) =>
    `${'  '.repeat(depth)}${name} ${value}${consumer === null ? '' : ` <${consumer}>`}`.trimEnd(),
  );

test('a body has Kafka’s names in Kafka’s order, nested lists a step deeper', () => {
  const metadata = { version: 3, topics: ['orders'], userData: null, generationId: 4, rackId: null };
  const owned = [
    { topic: 'orders', index: 0 },
    { topic: 'orders', index: 1 },
  ];
  const body: JoinGroupResponse = {
    errorCode: 0,
    generationId: 5,
    protocolType: 'consumer',
    protocolName: 'range',
    leader: 'c1-aa',
    skipAssignment: false,
    memberId: 'c1-aa',
    members: [{ memberId: 'c1-aa', groupInstanceId: null, metadata: { ...metadata, ownedPartitions: owned } }],
    errors: [],
  };
  expect(text(body, (id) => (id === 'c1-aa' ? 'c1' : null))).toEqual([
    'error_code 0',
    'generation_id 5',
    'protocol_type consumer',
    'protocol_name range',
    'leader c1-aa <c1>',
    'skip_assignment false',
    'member_id c1-aa <c1>',
    'members 1',
    '  member_id c1-aa <c1>',
    '  group_instance_id null',
    '  metadata',
    '    version 3',
    '    topics orders',
    '    user_data null',
    '    generation_id 4',
    '    rack_id null',
    '    owned_partitions orders-0, orders-1',
  ]);
});

test('what is said of a partition stands in one line, without the simulation’s own numbers', () => {
  const request: OffsetCommitRequest = {
    groupId: 'g',
    generationIdOrMemberEpoch: 5,
    memberId: '',
    groupInstanceId: null,
    partitions: [
      { topic: 'orders', index: 2, partition: 77, committedOffset: 14, committedLeaderEpoch: 0, committedMetadata: '' },
    ],
  };
  expect(text(request)).toEqual([
    'group_id g',
    'generation_id_or_member_epoch 5',
    'member_id ""',
    'group_instance_id null',
    'partitions 1',
    '  orders-2 committed_offset 14, committed_leader_epoch 0, committed_metadata ""',
  ]);
  const answer: OffsetCommitResponse = {
    partitions: [{ topic: 'orders', index: 2, partition: 77, errorCode: 27 }],
    errors: [27],
  };
  expect(text(answer)).toEqual(['partitions 1', '  orders-2 error_code 27 REBALANCE_IN_PROGRESS']);
});

test('KIP-848 names partitions by topic and numbers', () => {
  const topicPartitions = [{ topicId: 7, topic: 'orders', partitions: [0, 3] }];
  expect(text({ memberEpoch: 3, topicPartitions, assignment: { topicPartitions: [] } })).toEqual([
    'member_epoch 3',
    'topic_partitions orders-0, orders-3',
    'assignment',
    '  topic_partitions []',
  ]);
});
