/** A member with group.protocol=consumer against a coordinator that says what the test tells it to. */
import { describe, expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../../../base/vector.ts';
import type { FetchRequest } from '../../../kafka/api/messages.ts';
import type { ScenarioConsumer } from '../../../protocol/scenario.ts';
import { forkWorld } from '../../kernel/fork.ts';
import { historyHash } from '../../kernel/hash.ts';
import { step } from '../../kernel/run.ts';
import { groupTotals } from '../../ledger/group-facts.ts';
import { ScriptedCoordinator } from './test-coordinator.ts';

const scripted = (consumer: Partial<ScenarioConsumer> = {}, options = {}): ScriptedCoordinator =>
  new ScriptedCoordinator(consumer, options);

/** It commits only when it is told to. */
const NO_AUTO = { commit: 'none' } as const;

/** Keys of what was told of the member, in order. */
function told(c: ScriptedCoordinator): string[] {
  const { lines } = c.cluster.world;
  return Array.from({ length: vectorLength(lines) }, (_, i) => vectorGet(lines, i).phrase.key)
    .filter((key) => key.startsWith('log.modern-member.'))
    .map((key) => key.slice('log.modern-member.'.length));
}

const errors = (c: ScriptedCoordinator) => Object.fromEntries(groupTotals(c.cluster.world, 'g').errors);

describe('heartbeats', () => {
  test('rule 101: the one that joins says everything, the next ones only who it is; what was reconciled is said at once', () => {
    const c = scripted({
      config: { 'max.poll.interval.ms': '77000', 'group.remote.assignor': 'range', 'client.rack': 'r1' },
    });
    c.joined(0, 2);
    c.cluster.for(12_000);
    const [join, ack, ...later] = c.heartbeats;
    const id = c.membership.memberId;
    expect(id).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{20}[AQgw]$/);
    expect(join!.body).toEqual({
      groupId: 'g',
      memberId: id,
      memberEpoch: 0,
      instanceId: null,
      rackId: 'r1',
      rebalanceTimeoutMs: 77_000,
      subscribedTopicNames: ['t'],
      subscribedTopicRegex: null,
      serverAssignor: 'range',
      topicPartitions: [],
    });
    expect(ack!.body).toMatchObject({
      memberEpoch: 1,
      subscribedTopicNames: null,
      rebalanceTimeoutMs: -1,
      rackId: null,
    });
    expect(ack!.body.topicPartitions).toMatchObject([{ topic: 't', partitions: [0, 2] }]);
    expect(ack!.atMs - join!.atMs).toBeLessThan(150);
    expect(later).toHaveLength(2);
    for (const { body } of later) {
      expect(body).toMatchObject({ memberEpoch: 1, instanceId: null, topicPartitions: null, serverAssignor: null });
    }
    expect(later[0]!.atMs - ack!.atMs).toBe(5000);
    expect(later[1]!.atMs - later[0]!.atMs).toBe(5000);
  });

  test('the interval is the one that the last answer names', () => {
    const c = scripted();
    c.joined(0);
    c.answers.push({ intervalMs: 7000 });
    c.cluster.for(20_000);
    const gaps = c.heartbeats.slice(2).map(({ atMs }, i, all) => atMs - (all[i - 1]?.atMs ?? 0));
    expect(gaps[1]).toBeCloseTo(7000, -1);
  });

  test('a heartbeat that fails is sent again with a growing pause, and says everything that may have been missed', () => {
    const c = scripted();
    c.joined(1);
    const before = c.heartbeats.length;
    c.answers.push({ error: 'COORDINATOR_LOAD_IN_PROGRESS' }, { error: 'COORDINATOR_LOAD_IN_PROGRESS' });
    c.cluster.until(() => c.heartbeats.length === before + 3);
    const [first, second, third] = c.heartbeats.slice(before);
    expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(80);
    expect(second!.atMs - first!.atMs).toBeLessThan(130);
    expect(third!.atMs - second!.atMs).toBeGreaterThan(second!.atMs - first!.atMs);
    expect(first!.body).toMatchObject({ subscribedTopicNames: null, topicPartitions: null });
    expect(third!.body).toMatchObject({ subscribedTopicNames: ['t'], rebalanceTimeoutMs: 300_000, memberEpoch: 1 });
    expect(third!.body.topicPartitions).toMatchObject([{ partitions: [1] }]);
  });

  test('NOT_COORDINATOR: it looks for the coordinator again and goes on as the member that it is', () => {
    const c = scripted();
    c.joined(1);
    const before = c.heartbeats.length;
    c.answers.push({ error: 'NOT_COORDINATOR' });
    c.cluster.until(() => c.heartbeats.length === before + 2);
    // FindCoordinator may stand behind a parked fetch.
    expect(c.heartbeats.at(-1)!.atMs - c.heartbeats.at(-2)!.atMs).toBeLessThan(550);
    expect(c.membership).toMatchObject({ state: 'stable', generation: 1, owned: ['t-1'] });
  });
});

describe('reconciliation', () => {
  test('rule 105: stop reading, commit, onPartitionsRevoked, onPartitionsAssigned, acknowledge', () => {
    const c = scripted({ config: { 'auto.commit.interval.ms': '60000' } });
    c.cluster.send(20, 1);
    c.joined(0, 1);
    c.cluster.for(1500);
    c.answers.push({ epoch: 1, assign: [0, 3] });
    const commits = c.commits.length;
    c.untilState('reconciling').cluster.until(() => c.commits.length > commits);
    expect(c.member.partitions.filter((p) => p.pendingRevocation).map((p) => p.name)).toEqual(['t-1']);
    expect(c.membership.owned).toEqual(['t-0', 't-1']);
    expect(c.commits.at(-1)!.body).toMatchObject({ generationIdOrMemberEpoch: 1, memberId: c.membership.memberId });
    expect(c.commits.at(-1)!.body.partitions.map((p) => [p.index, p.committedOffset])).toEqual([
      [0, 0],
      [1, 20],
    ]);
    c.untilState('stable').cluster.for(5);
    expect(c.membership.owned).toEqual(['t-0', 't-3']);
    expect(c.heartbeats.at(-1)!.body.topicPartitions).toMatchObject([{ partitions: [0, 3] }]);
    expect(told(c)).toEqual(['joined', 'assigned', 'told-to-revoke', 'revoked', 'assigned']);
  });

  test('rule 107: a busy application does not stop heartbeats and answers, but every callback waits for its poll()', () => {
    const c = scripted({ processMs: 4000, config: { 'max.poll.records': '1' } });
    c.cluster.send(50, 0).send(50, 1);
    c.joined(0, 1);
    c.cluster.until(() => c.member.work.length > 0).for(500);
    c.answers.push({ epoch: 1, assign: [0] });
    c.untilState('reconciling');
    const toldUs = c.nowMs;
    const polls: number[] = [];
    let last = c.membership.lastPollUs;
    c.cluster.until(() => {
      if (c.membership.lastPollUs !== last) polls.push(c.membership.lastPollUs);
      last = c.membership.lastPollUs;
      return c.membership.state === 'stable';
    });
    // The first poll() begins with the commit, the second hears of the revocation, the third of the assignment.
    expect(polls).toHaveLength(3);
    expect(c.nowMs - toldUs).toBeGreaterThan(8000);
    const meanwhile = c.heartbeats.filter(({ atMs }) => atMs > toldUs && atMs < c.nowMs);
    expect(meanwhile.length).toBeGreaterThanOrEqual(1);
    expect(meanwhile.every(({ body }) => body.topicPartitions === null)).toBe(true);
  });

  test('while the commit before it is under way, nothing of what goes is handed out or fetched', () => {
    const c = scripted({ config: { 'auto.commit.interval.ms': '60000', 'max.poll.records': '5' }, processMs: 100 });
    c.cluster.send(40, 1);
    c.joined(0, 1);
    c.cluster.until(() => c.member.delivered >= 5);
    c.heldCommits = 1;
    c.answers.push({ epoch: 1, assign: [0] });
    c.cluster.until(() => c.member.async.reconciliation !== null, 20_000);
    const position = () => c.member.partitions.find((p) => p.index === 1)?.offset;
    const before = position();
    expect(before).toBeLessThanOrEqual(40);
    const from = c.cluster.traffic.length;
    c.cluster.send(40, 1).send(3, 0).for(3000);
    expect(c.membership.owned).toEqual(['t-0', 't-1']);
    expect(position()).toBe(before);
    expect(c.member.partitions.find((p) => p.index === 0)?.offset).toBe(3);
    const asked = c.cluster.traffic
      .slice(from)
      .filter(({ message: m }) => m.apiKey === 1 && m.toServer && m.from === c.member.node)
      .flatMap(({ message: m }) => (m.body as FetchRequest).partitions.map((p) => p.index));
    expect(asked).not.toContain(1);
  });

  test('without a commit the revocation comes with the next poll(), the assignment with the one after', () => {
    const c = scripted({ ...NO_AUTO, processMs: 2000, config: { 'max.poll.records': '1' } });
    c.cluster.send(50, 0).send(50, 1);
    c.joined(0, 1);
    c.cluster.until(() => c.member.work.length > 0).for(500);
    c.answers.push({ epoch: 1, assign: [0] });
    c.untilState('reconciling');
    const polls: string[] = [];
    let last = c.membership.lastPollUs;
    c.cluster.until(() => {
      if (c.membership.lastPollUs !== last) polls.push(told(c).at(-1) ?? '');
      last = c.membership.lastPollUs;
      return c.membership.state === 'stable';
    });
    expect(polls).toEqual(['told-to-revoke', 'revoked', 'keeps']);
  });

  test('with nothing to take away and nothing to commit it does not wait for the application', () => {
    const c = scripted({ processMs: 20_000, ...NO_AUTO });
    c.cluster.send(1, 0);
    c.joined(0);
    c.cluster.until(() => c.member.work.length > 0);
    c.answers.push({ epoch: 1, assign: [0, 1] });
    c.cluster.until(() => c.member.async.reconciliation !== null);
    expect(c.member.work).not.toHaveLength(0);
    expect(c.membership.owned).toEqual(['t-0']);
  });

  test('a topic id that metadata do not know waits until they do', () => {
    const c = scripted();
    c.topicId = 4711;
    c.answers.push({ epoch: 1, assign: [0] });
    c.untilState('reconciling').cluster.for(3000);
    expect(c.membership).toMatchObject({ owned: [], generation: 1 });
    expect(c.cluster.traffic.filter(({ message: m }) => m.apiKey === 3 && m.toServer).length).toBeGreaterThan(5);
    c.topicId = null;
    c.answers.push({ epoch: 1, assign: [0] });
    c.cluster.until(() => c.membership.owned.length > 0);
  });

  test('the commit before it is tried again with the new epoch when its own was stale', () => {
    const c = scripted({ config: { 'auto.commit.interval.ms': '60000' } });
    c.cluster.send(5, 0);
    c.joined(0, 1);
    c.cluster.for(2000);
    c.commitErrors.push('STALE_MEMBER_EPOCH');
    c.answers.push({ epoch: 2, assign: [0] });
    c.cluster.until(() => c.membership.owned.length === 1);
    expect(c.commits).toHaveLength(2);
    expect(c.commits[1]!.atMs - c.commits[0]!.atMs).toBeGreaterThanOrEqual(80);
    expect(errors(c)).toEqual({});
  });

  test('an idle member gets an empty assignment, and a callback for it', () => {
    const c = scripted();
    c.joined();
    expect(told(c)).toEqual(['joined', 'idle']);
    expect(c.heartbeats[1]!.body.topicPartitions).toEqual([]);
  });
});

describe('out of the group', () => {
  test.each(['FENCED_MEMBER_EPOCH', 'UNKNOWN_MEMBER_ID'] as const)(
    'rule 104: %s: onPartitionsLost, and it joins again with epoch 0',
    (error) => {
      const c = scripted();
      c.cluster.send(3, 0);
      c.joined(0, 1);
      c.cluster.for(1000);
      const { memberId } = c.membership;
      c.answers.push({ error }, { epoch: 5, assign: [2] });
      c.untilState('fenced');
      expect(c.membership.generation).toBe(-1);
      const fencedMs = c.nowMs;
      c.untilState('stable');
      expect(c.nowMs - fencedMs).toBeLessThan(250);
      expect(told(c).slice(2)).toEqual(['fenced', 'lost', 'joined', 'assigned']);
      expect(c.membership).toMatchObject({ generation: 5, owned: ['t-2'], memberId });
      const join = c.heartbeats.find(({ atMs, body }) => atMs >= fencedMs && body.memberEpoch === 0);
      expect(join!.body).toMatchObject({ subscribedTopicNames: ['t'], topicPartitions: [] });
    },
  );

  test('rule 104: while its application is busy a fenced member reads nothing on and does not join', () => {
    const c = scripted({ processMs: 9000, config: { 'max.poll.records': '1' } });
    c.cluster.send(50, 0);
    c.joined(0);
    c.cluster.until(() => c.member.work.length > 0);
    c.answers.push({ error: 'FENCED_MEMBER_EPOCH' });
    c.untilState('fenced');
    const beats = c.heartbeats.length;
    c.cluster.for(3000);
    expect(c.membership).toMatchObject({ state: 'fenced', owned: ['t-0'] });
    expect(c.heartbeats).toHaveLength(beats);
    c.cluster.until(() => c.membership.state === 'joining' || c.membership.state === 'stable');
    expect(c.membership.owned).toEqual([]);
  });

  test('rule 104: max.poll.interval.ms passed: a leave heartbeat, lost, and joined again by the next poll()', () => {
    const c = scripted({ config: { 'max.poll.interval.ms': '4000' } });
    c.joined(0);
    c.cluster.do({ do: 'consumer.pause', consumer: 'a', ms: 9000 }).for(3900);
    expect(c.membership.state).toBe('stable');
    c.cluster.for(200);
    expect(c.heartbeats.at(-1)!.body).toMatchObject({ memberEpoch: -1 });
    expect(c.membership).toMatchObject({ state: 'stale', generation: -1 });
    const beats = c.heartbeats.length;
    c.cluster.for(4000);
    expect(c.heartbeats).toHaveLength(beats);
    c.answers.push({ epoch: 3, assign: [0] });
    c.untilState('stable');
    expect(told(c).slice(2)).toEqual(['too-slow', 'lost', 'joined', 'assigned']);
    expect(c.heartbeats[beats]!.body.memberEpoch).toBe(0);
  });

  test('a static member that is too slow says that it means to come back (-2)', () => {
    const c = scripted({ config: { 'max.poll.interval.ms': '4000', 'group.instance.id': 'i1' } });
    c.joined(0);
    c.cluster.do({ do: 'consumer.pause', consumer: 'a', ms: 9000 }).for(5000);
    expect(c.heartbeats.at(-1)!.body).toMatchObject({ memberEpoch: -2, instanceId: 'i1' });
  });

  test.each([
    ['UNRELEASED_INSTANCE_ID', 'UnreleasedInstanceIdException'],
    ['FENCED_INSTANCE_ID', 'FencedInstanceIdException'],
    ['GROUP_MAX_SIZE_REACHED', 'GroupMaxSizeReachedException'],
    ['UNSUPPORTED_ASSIGNOR', 'UnsupportedAssignorException'],
    ['INVALID_REGULAR_EXPRESSION', 'InvalidRegularExpression'],
  ] as const)('%s is fatal: the next poll() throws it and nothing more is sent', (error, exception) => {
    const c = scripted();
    c.answers.push({ error });
    c.cluster.for(10_000);
    expect(errors(c)).toEqual({ [exception]: 1 });
    expect(c.heartbeats).toHaveLength(1);
    expect(c.cluster.world.nodes[c.member.node]!.process).toBe('down');
  });
});

describe('leaving', () => {
  test('rule 77: close() commits, revokes and leaves with epoch -1', () => {
    const c = scripted();
    c.cluster.send(7, 0);
    c.joined(0);
    c.cluster.for(1000).do({ do: 'consumer.leave', consumer: 'a' });
    c.cluster.until(() => c.cluster.world.nodes[c.member.node]!.process === 'down');
    expect(c.commits.at(-1)!.body.partitions).toMatchObject([{ committedOffset: 7 }]);
    expect(c.heartbeats.at(-1)!.body).toMatchObject({ memberEpoch: -1, memberId: c.heartbeats[0]!.body.memberId });
    expect(c.commits.at(-1)!.atMs).toBeLessThan(c.heartbeats.at(-1)!.atMs);
    expect(told(c).at(-1)).toBe('revoked');
    expect(c.membership).toMatchObject({ state: 'left', owned: [] });
  });

  test('rule 77: a static member leaves with epoch -2', () => {
    const c = scripted({ config: { 'group.instance.id': 'i1' } });
    c.joined(0);
    c.cluster.do({ do: 'consumer.leave', consumer: 'a' }).for(2000);
    expect(c.heartbeats.at(-1)!.body).toMatchObject({ memberEpoch: -2, instanceId: 'i1' });
  });

  test('a crash sends nothing', () => {
    const c = scripted();
    c.joined(0);
    const beats = c.heartbeats.length;
    c.cluster.do({ do: 'consumer.crash', consumer: 'a' }).for(20_000);
    expect(c.heartbeats).toHaveLength(beats);
    expect(c.membership.owned).toEqual([]);
  });

  test('close() does not wait for a coordinator that says nothing beyond its time', () => {
    const c = scripted();
    c.joined(0);
    c.mute = true;
    c.cluster.do({ do: 'consumer.leave', consumer: 'a' });
    const from = c.nowMs;
    c.cluster.until(() => c.cluster.world.nodes[c.member.node]!.process === 'down');
    expect(c.nowMs - from).toBeLessThanOrEqual(30_001);
  });
});

describe('where it begins', () => {
  test('the lookup carries member id and epoch; a stale epoch is sent anew', () => {
    const c = scripted();
    c.committed.set(0, 2);
    c.lookupErrors.push('STALE_MEMBER_EPOCH');
    c.cluster.send(5, 0);
    c.joined(0);
    c.cluster.for(2000);
    expect(c.lookups).toHaveLength(2);
    expect(c.lookups[0]!.body).toMatchObject({ memberEpoch: 1, memberId: c.membership.memberId, requireStable: true });
    expect(c.member.delivered).toBe(3);
  });

  test('UNKNOWN_MEMBER_ID reaches the application out of poll()', () => {
    const c = scripted();
    c.lookupErrors.push('UNKNOWN_MEMBER_ID');
    c.answers.push({ epoch: 1, assign: [0] });
    c.cluster.for(4000);
    expect(errors(c)).toEqual({ UnknownMemberIdException: 1 });
  });
});

describe('subscriptions', () => {
  const topics = ['t', 'u'].map((name) => ({ name, partitions: 2, replicationFactor: 3 }));

  test('subscribe() once more: said with the next heartbeat, not before', () => {
    const c = scripted({}, { topics });
    c.joined(0);
    const before = c.heartbeats.length;
    c.cluster.do({ do: 'consumer.subscribe', consumer: 'a', topics: ['u'], pattern: null }).for(4500);
    expect(c.heartbeats).toHaveLength(before);
    c.cluster.for(1000);
    expect(c.heartbeats[before]!.body).toMatchObject({ subscribedTopicNames: ['u'], memberEpoch: 1 });
    expect(c.membership).toMatchObject({ state: 'stable', owned: ['t-0'], subscribed: ['u'] });
  });

  test('a pattern goes to the coordinator as it is; metadata are asked for the topics that come back', () => {
    const c = scripted({ subscribePattern: '[tu]' }, { topics });
    c.joined(0, 1);
    expect(c.heartbeats[0]!.body).toMatchObject({ subscribedTopicRegex: '[tu]', subscribedTopicNames: [] });
    expect(c.heartbeats[1]!.body).toMatchObject({ subscribedTopicRegex: null });
    expect(c.membership).toMatchObject({ owned: ['t-0', 't-1'], subscribed: ['t'] });
    const asked = c.cluster.traffic
      .filter(({ message: m }) => m.apiKey === 3 && m.toServer && m.from === c.member.node)
      .map(({ message: m }) => (m.body as { topics: unknown }).topics);
    expect(asked).not.toContain(null);
    expect(asked.at(-1)).toEqual(['t']);
  });
});

test('a copy taken in the middle of a reconciliation runs on like the original', () => {
  const c = scripted({ processMs: 300 });
  c.cluster.send(30, 0).send(30, 1);
  c.joined(0, 1);
  c.answers.push({ epoch: 1, assign: [0, 2] });
  c.cluster.until(() => c.member.async.reconciliation !== null);
  const copy = forkWorld(c.cluster.world);
  const endUs = c.cluster.world.nowUs + 4_000_000;
  while (step(c.cluster.world, [], endUs));
  const first = historyHash(c.cluster.world);
  while (step(copy, [], endUs));
  expect(historyHash(copy)).toBe(first);
});
