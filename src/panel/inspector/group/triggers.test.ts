/** What the buttons of a group's inspector send, and the two ways of grouping the same consumers. */
import { describe, expect, test } from 'vitest';
import type { GroupMemberView, GroupView, PartitionView } from '../../../protocol/frame.ts';
import { validateScenario } from '../../../protocol/parse-scenario.ts';
import type { Scenario, ScenarioConsumer } from '../../../protocol/scenario.ts';
import { asPublishSubscribe, asQueue } from './regroup.ts';
import { type TriggerFacts, topicToMatch, triggersOf, withMember } from './trigger-commands.ts';

const member = (
  consumer: string,
  process: GroupMemberView['process'] = 'up',
  owned: string[] = [],
): GroupMemberView => ({
  consumer,
  memberId: `${consumer}-x`,
  process,
  state: 'stable',
  generation: 1,
  leader: false,
  owned,
  lastHeartbeatUs: 0,
  sessionEndsUs: 1,
  pollEndsUs: null,
  lastError: null,
});

const group = (members: GroupMemberView[], coordinator = 2): GroupView => ({
  id: 'g',
  protocol: 'classic',
  state: 'Stable',
  sinceUs: 0,
  generation: 1,
  coordinator,
  coordinatorPartition: '__consumer_offsets-3',
  assignor: 'range',
  topics: ['orders'],
  members,
  partitions: [],
  rebalanceEndsUs: null,
  rebalances: 1,
  processed: 0,
  skipped: 0,
  reprocessed: 0,
});

const partition = (topic: string, index: number) =>
  ({ name: `${topic}-${index}`, topic, index, replicas: [1, 2, 3] }) as unknown as PartitionView;

const facts = (change: Partial<TriggerFacts> = {}): TriggerFacts => {
  const members = [member('c1'), member('c2', 'down')];
  return {
    group: group(members),
    member: members[0] as GroupMemberView,
    details: [],
    partitions: [partition('orders', 0), partition('orders', 1)],
    brokers: [1, 2, 3],
    consumers: [
      { id: 'c1', subscribe: ['orders'] },
      { id: 'c2', subscribe: ['orders'] },
    ],
    ...change,
  };
};

const commands = (f: TriggerFacts, id: string) => triggersOf(f).find((t) => t.id === id)?.commands;

describe('triggers', () => {
  test('each is one click: the commands of its verb', () => {
    const f = facts();
    expect(commands(f, 'join')).toEqual([{ do: 'consumer.join', consumer: 'c2' }]);
    expect(commands(f, 'leave')).toEqual([{ do: 'consumer.leave', consumer: 'c1' }]);
    expect(commands(f, 'crash')).toEqual([{ do: 'consumer.crash', consumer: 'c1' }]);
    expect(commands(f, 'restart')?.map((c) => c.do)).toEqual(['consumer.crash', 'consumer.join']);
    expect(commands(f, 'partition')).toEqual([{ do: 'topic.addPartitions', topic: 'orders', total: 3 }]);
    expect(commands(f, 'kill')).toEqual([{ do: 'broker.kill', broker: 2 }]);
    expect(commands(f, 'move')).toEqual([
      { do: 'partition.reassign', partition: '__consumer_offsets-3', replicas: [3, 1, 2] },
      { do: 'leader.elect', partition: '__consumer_offsets-3' },
    ]);
  });

  test('too slow is longer than the member’s own max.poll.interval.ms', () => {
    const detail = { consumer: 'c1', maxPollIntervalMs: 8000 } as TriggerFacts['details'][number];
    expect(commands(facts({ details: [detail] }), 'slow')).toEqual([
      { do: 'consumer.pause', consumer: 'c1', ms: 10_000 },
    ]);
  });

  test('what cannot be done now has no command', () => {
    const nobody = facts({ group: group([member('c1')], -1), member: null, brokers: [1] });
    for (const id of ['join', 'leave', 'crash', 'slow', 'restart', 'move', 'kill', 'topic'])
      expect(commands(nobody, id), id).toEqual([]);
  });

  test('a topic that a pattern matches and that is not there yet', () => {
    const consumers: ScenarioConsumer[] = [{ id: 'c1', subscribePattern: 'orders.*' }];
    expect(topicToMatch(facts({ consumers }))).toBe('ordersnew');
    expect(topicToMatch(facts({ consumers: [{ id: 'c1', subscribePattern: 't-\\d' }] }))).toBe('t-1');
    expect(topicToMatch(facts({ consumers: [{ id: 'c1', subscribePattern: '(' }] }))).toBeNull();
    // Another group's pattern is no concern of this one.
    expect(topicToMatch(facts({ consumers: [{ id: 'z', subscribePattern: '.*' }] }))).toBeNull();
    expect(commands(facts({ consumers }), 'topic')).toEqual([
      { do: 'topic.create', name: 'ordersnew', partitions: 2, replicationFactor: 3 },
    ]);
  });
});

const SCENARIO: Scenario = {
  kafkascope: 1,
  topics: [{ name: 'orders', partitions: 3 }],
  consumers: [
    { id: 'c1', config: { 'group.id': 'a', 'group.instance.id': 'c1' }, subscribe: ['orders'] },
    { id: 'c2', config: { 'group.id': 'a', 'group.instance.id': 'c2' }, subscribe: ['orders'] },
    { id: 'c3', config: { 'group.id': 'b' }, subscribe: ['orders'] },
    { id: 'r', assign: ['orders-0'] },
  ],
  expect: { stepsNotRun: [] },
};
const groupsOf = (s: Scenario | undefined) => (s?.consumers ?? []).map((c) => c.config?.['group.id'] ?? null);

describe('the same consumers', () => {
  test('as a queue: one group; as publish-subscribe: a group each', () => {
    expect(groupsOf(asQueue(SCENARIO, ['a', 'b']))).toEqual(['a', 'a', 'a', null]);
    expect(groupsOf(asPublishSubscribe(SCENARIO, ['a', 'b']))).toEqual(['a', 'a-c2', 'b', null]);
    expect(groupsOf(asPublishSubscribe(asQueue(SCENARIO, ['a', 'b']), ['a']))).toEqual(['a', 'a-c2', 'a-c3', null]);
    expect(asQueue(SCENARIO, ['a', 'b']).expect).toBeUndefined();
  });

  test('one member more is set as the others are, under a name and an instance of its own', () => {
    const more = withMember(SCENARIO, 'a', 5000.2);
    expect(more?.id).toBe('c4');
    expect(more?.scenario.consumers?.at(-1)).toMatchObject({
      id: 'c4',
      joinMs: 5001,
      config: { 'group.id': 'a', 'group.instance.id': 'c4' },
    });
    expect(validateScenario(more?.scenario, 'more').ok).toBe(true);
    expect(withMember(SCENARIO, 'nobody', 1)).toBeNull();
  });
});
