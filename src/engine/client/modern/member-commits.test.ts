/** Commits of a member with group.protocol=consumer, against a coordinator that says what the test tells it to. */
import { describe, expect, test } from 'vitest';
import type { ScenarioConsumer } from '../../../protocol/scenario.ts';
import { groupTotals } from '../../ledger/group-facts.ts';
import { ScriptedCoordinator } from './test-coordinator.ts';

const scripted = (consumer: Partial<ScenarioConsumer> = {}, options = {}): ScriptedCoordinator =>
  new ScriptedCoordinator(consumer, options);

/** It commits only when it is told to. */
const NO_AUTO = { commit: 'none' } as const;

const errors = (c: ScriptedCoordinator) => Object.fromEntries(groupTotals(c.cluster.world, 'g').errors);

describe('commits', () => {
  test('by the interval, inside poll(), with the member epoch; not before the last one is answered', () => {
    const c = scripted({ config: { 'auto.commit.interval.ms': '1000' } });
    c.cluster.send(3, 0);
    c.joined(0);
    c.cluster.for(3500);
    expect(c.commits.length).toBeGreaterThanOrEqual(3);
    for (const { body } of c.commits) expect(body.generationIdOrMemberEpoch).toBe(1);
    const gaps = c.commits.slice(1).map(({ atMs }, i) => atMs - c.commits[i]!.atMs);
    for (const gap of gaps) expect(gap).toBeCloseTo(1000, 6);
  });

  test('none while the application works: the interval is looked at by poll()', () => {
    const c = scripted({ processMs: 5000, config: { 'auto.commit.interval.ms': '1000', 'max.poll.records': '1' } });
    c.cluster.send(10, 0);
    c.joined(0);
    c.cluster.until(() => c.member.work.length > 0);
    const commits = c.commits.length;
    c.cluster.for(4500);
    expect(c.commits).toHaveLength(commits);
    c.cluster.for(1000);
    expect(c.commits).toHaveLength(commits + 1);
  });

  test('commitSync is tried again while the error is one that passes', () => {
    const c = scripted({ ...NO_AUTO });
    c.cluster.send(3, 0);
    c.joined(0);
    c.cluster.for(1000);
    c.commitErrors.push('COORDINATOR_LOAD_IN_PROGRESS', 'NOT_COORDINATOR');
    c.cluster.do({ do: 'consumer.commit', consumer: 'a' }).for(3000);
    expect(c.commits).toHaveLength(3);
    expect(c.committed.get(0)).toBe(3);
    expect(errors(c)).toEqual({});
  });

  test.each([
    ['STALE_MEMBER_EPOCH', 'CommitFailedException'],
    ['UNKNOWN_MEMBER_ID', 'CommitFailedException'],
    ['GROUP_AUTHORIZATION_FAILED', 'GroupAuthorizationException'],
    ['UNKNOWN_SERVER_ERROR', 'KafkaException'],
  ] as const)('commitSync: %s is a %s for the application, which goes on', (error, exception) => {
    const c = scripted({ ...NO_AUTO });
    c.cluster.send(3, 0);
    c.joined(0);
    c.cluster.for(1000);
    c.commitErrors.push(error);
    c.cluster.do({ do: 'consumer.commit', consumer: 'a' }).for(3000);
    expect(c.commits).toHaveLength(1);
    expect(errors(c)).toEqual({ [exception]: 1 });
    expect(c.membership.state).toBe('stable');
  });

  test.each([
    ['COORDINATOR_LOAD_IN_PROGRESS', 'RetriableCommitFailedException'],
    ['STALE_MEMBER_EPOCH', 'StaleMemberEpochException'],
    ['UNKNOWN_MEMBER_ID', 'CommitFailedException'],
  ] as const)('commitAsync: one attempt; %s comes to its callback as %s', (error, exception) => {
    const c = scripted({ commit: 'async' });
    c.commitErrors.push(error);
    c.cluster.send(3, 0);
    c.joined(0);
    c.cluster.for(3000);
    expect(errors(c)).toEqual({ [exception]: 1 });
    expect(c.commits).toHaveLength(1);
  });

  test('commitSync waits for the commitAsync before it', () => {
    const c = scripted({ commit: 'async' });
    c.heldCommits = 1;
    c.cluster.send(3, 0);
    c.joined(0);
    c.cluster.until(() => c.commits.length === 1);
    // While its position is looked up there is nothing to commit; it waits all the same.
    c.cluster.do({ do: 'consumer.seek', consumer: 'a', partition: 't-0', to: 'end' });
    c.cluster.do({ do: 'consumer.commit', consumer: 'a' }).for(5000);
    expect(c.commits).toHaveLength(1);
    expect(c.member.async.sync).toMatchObject({ outcome: 'done' });
    expect(c.member.inPoll).toBe(false);
    // The first one is lost with its connection after request.timeout.ms; then both are over.
    c.cluster.until(() => c.member.async.sync === null, 40_000);
    expect(errors(c)).toEqual({ RetriableCommitFailedException: 1 });
  });

  test('commitSync ends with TimeoutException after default.api.timeout.ms', () => {
    const c = scripted({ ...NO_AUTO, config: { 'default.api.timeout.ms': '3000' } });
    c.cluster.send(3, 0);
    c.joined(0);
    c.cluster.for(1000);
    c.commitErrors = Array.from({ length: 100 }, () => 'COORDINATOR_LOAD_IN_PROGRESS' as const);
    c.cluster.do({ do: 'consumer.commit', consumer: 'a' }).for(3500);
    expect(errors(c)).toEqual({ TimeoutException: 1 });
  });

  test('commit: before: records whose commit was refused are not processed', () => {
    const c = scripted({ commit: 'before' });
    c.commitErrors.push('UNKNOWN_MEMBER_ID');
    c.cluster.send(3, 0);
    c.joined(0);
    c.cluster.for(2000);
    expect(c.member.delivered).toBe(0);
    c.cluster.send(2, 0).for(2000);
    expect(c.member.delivered).toBe(2);
    expect(c.committed.get(0)).toBe(5);
  });
});
