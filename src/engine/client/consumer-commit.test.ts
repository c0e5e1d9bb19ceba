/** Commits and where a group begins, against real brokers. */
import { describe, expect, test } from 'vitest';
import type { OffsetCommitRequest } from '../../kafka/api/messages-group.ts';
import type { ScenarioConsumer } from '../../protocol/scenario.ts';
import { groupPartition, groupTotals } from '../ledger/group-facts.ts';
import { TestCluster } from '../test-cluster.ts';
import { ownConsumer } from './consumer.ts';
import type { ConsumerState } from './consumer-state.ts';

const COMMIT = 8;

function reader(id: string, rest: Partial<ScenarioConsumer> = {}): ScenarioConsumer {
  const config = {
    'group.id': 'g',
    'auto.offset.reset': 'earliest',
    'session.timeout.ms': '10000',
    ...rest.config,
  };
  return { id, joinMs: 500, ...(rest.assign === undefined ? { subscribe: ['t'] } : {}), ...rest, config };
}

function cluster(consumers: ScenarioConsumer[], partitions = 1): TestCluster {
  return new TestCluster({ partitions, producer: {}, consumers });
}

const of = (k: TestCluster, id: string): ConsumerState => k.world.consumers.find((c) => c.id === id)!;
const owns = (k: TestCluster, id: string, count: number) => k.until(() => of(k, id).membership!.owned.length === count);
const isDown = (k: TestCluster, id: string): boolean => k.world.nodes[of(k, id).node]!.process === 'down';
const committed = (k: TestCluster, partition = 0): number => groupPartition(k.world, 'g', partition)?.committed ?? -1;
const errors = (k: TestCluster) => Object.fromEntries(groupTotals(k.world, 'g').errors);

function commits(k: TestCluster, id: string): { atMs: number; offsets: number[]; body: OffsetCommitRequest }[] {
  const node = k.world.nodeById.get(id)!;
  return k.traffic
    .filter(({ message: m }) => m.apiKey === COMMIT && m.toServer && m.from === node)
    .map(({ message: m }) => {
      const body = m.body as OffsetCommitRequest;
      return { atMs: m.sentUs / 1000, offsets: body.partitions.map((p) => p.committedOffset), body };
    });
}

describe('rule 74: auto-commit', () => {
  test('every auto.commit.interval.ms from the assignment on, also when nothing new was read', () => {
    const k = owns(cluster([reader('a')]), 'a', 1);
    const fromMs = k.nowMs;
    k.send(3).for(16_000);
    const own = commits(k, 'a');
    expect(own.map((c) => c.offsets)).toEqual([[3], [3], [3]]);
    for (const [i, c] of own.entries()) {
      expect(c.atMs - fromMs).toBeGreaterThanOrEqual(5000 * (i + 1));
      expect(c.atMs - fromMs).toBeLessThan(5000 * (i + 1) + 100);
    }
  });

  test('commits positions of records that an earlier poll() returned, never those under work', () => {
    const slow = reader('a', {
      processMs: 100,
      config: { 'max.poll.records': '10', 'auto.commit.interval.ms': '100' },
    });
    const k = cluster([slow]).to(400).send(30);
    k.until(() => of(k, 'a').delivered === 25);
    // poll() came at 0, 10 and 20 records done: each commits what the one before had returned.
    expect(commits(k, 'a').map((c) => c.offsets[0])).toEqual([0, 10, 20].slice(-commits(k, 'a').length));
    k.do({ do: 'consumer.crash', consumer: 'a' }).for(100);
    expect(committed(k)).toBe(20);
    expect(groupTotals(k.world, 'g')).toMatchObject({ processed: 25, skipped: 0 });
  });

  test('with a worker thread it runs ahead of the work: what is in its hands at a crash is skipped', () => {
    const a = reader('a', { processMs: 100, processing: 'thread', config: { 'auto.commit.interval.ms': '500' } });
    const k = owns(cluster([a]), 'a', 1).send(30);
    k.until(() => of(k, 'a').delivered === 12);
    k.do({ do: 'consumer.crash', consumer: 'a' }).for(1000);
    expect(committed(k)).toBe(30);
    expect(groupTotals(k.world, 'g')).toMatchObject({ processed: 12, skipped: 18, reprocessed: 0 });
  });

  test('before a rejoin: records that arrive while that commit is under way wait for the next owner', () => {
    const k = owns(cluster([reader('a')]), 'a', 1).for(500);
    for (let i = 0; i < 80; i++) {
      // As a heartbeat's answer would.
      if (i === 40) ownConsumer(k.world, 0).group!.rejoinNeeded = true;
      k.send().for(1);
    }
    k.for(4000);
    expect(of(k, 'a').membership!.generation).toBe(2);
    expect(groupTotals(k.world, 'g')).toMatchObject({ processed: 80, reprocessed: 0, skipped: 0 });
    expect(errors(k)).toEqual({});
  });
});

describe('commit modes', () => {
  test('sync: after each poll’s records; the application waits for the answer', () => {
    const a = reader('a', { processMs: 10, commit: 'sync', config: { 'max.poll.records': '5' } });
    const k = cluster([a]).to(400).send(12);
    k.until(() => of(k, 'a').delivered === 12).for(100);
    expect(commits(k, 'a').map((c) => c.offsets[0])).toEqual([5, 10, 12]);
    expect(committed(k)).toBe(12);
  });

  test('before: the records are processed when the commit has been answered', () => {
    const a = reader('a', { processMs: 50, commit: 'before', config: { 'max.poll.records': '10' } });
    const k = cluster([a]).to(400).send(20);
    k.until(() => of(k, 'a').delivered === 4);
    expect(committed(k)).toBe(10);
    k.do({ do: 'consumer.crash', consumer: 'a' }).for(100);
    expect(groupTotals(k.world, 'g')).toMatchObject({ processed: 4, skipped: 6 });
  });

  test('async: sent after each poll’s records; polling goes on without its answer', () => {
    const a = reader('a', { processMs: 1, commit: 'async', config: { 'max.poll.records': '4' } });
    const k = cluster([a]).to(400).send(12);
    k.until(() => of(k, 'a').delivered === 12).for(100);
    expect(commits(k, 'a').map((c) => c.offsets[0])).toEqual([4, 8, 12]);
    // The second batch began before the first commit was answered.
    expect(commits(k, 'a')[1]!.atMs - commits(k, 'a')[0]!.atMs).toBe(4);
  });

  test('none: nobody commits, not even close()', () => {
    const k = owns(cluster([reader('a', { commit: 'none' })]), 'a', 1)
      .send(5)
      .for(1000);
    k.do({ do: 'consumer.leave', consumer: 'a' }).for(1000);
    expect(isDown(k, 'a')).toBe(true);
    expect(commits(k, 'a')).toEqual([]);
  });

  test('sync with a worker thread commits what the thread has finished, not what poll() has read', () => {
    const a = reader('a', { processMs: 20, processing: 'thread', commit: 'sync', config: { 'max.poll.records': '5' } });
    const k = cluster([a]).to(400).send(20);
    k.until(() => of(k, 'a').delivered === 12).for(5);
    expect(committed(k)).toBe(10);
    expect(of(k, 'a').partitions[0]!.offset).toBe(20);
  });

  test('consumer.commit: commitSync of the positions once the records in hand are done', () => {
    const k = cluster([reader('a', { processMs: 100, commit: 'none' })])
      .to(400)
      .send(5);
    k.until(() => of(k, 'a').delivered === 2);
    k.do({ do: 'consumer.commit', consumer: 'a' }).for(100);
    expect(committed(k)).toBe(-1);
    k.until(() => committed(k) === 5);
    expect(of(k, 'a').delivered).toBe(5);
    expect(
      cluster([{ id: 'x', assign: ['t-0'] }])
        .to(100)
        .try({ do: 'consumer.commit', consumer: 'x' }),
    ).toContain('InvalidGroupIdException');
  });
});

describe('what fails', () => {
  test('a commit of a member that has been left behind: CommitFailedException, once, under its group', () => {
    const config = { 'max.poll.interval.ms': '5000' };
    const k = cluster([reader('a', { commit: 'none', config })]);
    owns(k, 'a', 1).send(1).for(500).do({ do: 'consumer.pause', consumer: 'a', ms: 8000 });
    k.for(6000).do({ do: 'consumer.commit', consumer: 'a' });
    k.for(3000);
    expect(errors(k)).toEqual({ CommitFailedException: 1 });
    expect(k.world.ledger.errors.size).toBe(0);
    owns(k, 'a', 1);
  });

  test('rule 66: while the coordinator waits for everybody to rejoin, a commit of the present generation is accepted', () => {
    const k = owns(cluster([reader('a', { commit: 'none' }), reader('b', { joinMs: 9000 })], 2), 'a', 2);
    k.send(3).to(9100).do({ do: 'consumer.commit', consumer: 'a' }).for(100);
    expect(of(k, 'b').membership!.state).toBe('preparing');
    expect(committed(k)).toBe(3);
    expect(errors(k)).toEqual({});
  });

  test('commitSync keeps trying while nobody coordinates, and gives up after default.api.timeout.ms', () => {
    const a = reader('a', { commit: 'none', config: { 'default.api.timeout.ms': '4000' } });
    const k = owns(cluster([a]), 'a', 1)
      .send(2)
      .for(100);
    k.cut(['a'], [1, 2, 3]).do({ do: 'consumer.commit', consumer: 'a' });
    k.until(() => Object.keys(errors(k)).length > 0);
    expect(errors(k)).toEqual({ TimeoutException: 1 });
    k.heal().for(3000).do({ do: 'consumer.commit', consumer: 'a' });
    k.until(() => committed(k) === 2);
  });
});

describe('where to begin', () => {
  test('at the committed offset, whatever the policy; without one by the policy', () => {
    const k = owns(cluster([reader('a', { commit: 'sync' })]), 'a', 1)
      .send(4)
      .for(200);
    k.do({ do: 'consumer.leave', consumer: 'a' }).for(200).send(3).for(200);
    k.do({ do: 'consumer.join', consumer: 'a' });
    owns(k, 'a', 1).for(500);
    expect(groupTotals(k.world, 'g')).toMatchObject({ processed: 7, reprocessed: 0, skipped: 0 });
  });

  test('rule 68: with assign it commits as (generation -1, no member), while the group is empty', () => {
    const k = cluster([reader('a', { assign: ['t-0'], commit: 'sync' })])
      .to(1500)
      .send(5)
      .for(500);
    expect(commits(k, 'a')[0]!.body).toMatchObject({ generationIdOrMemberEpoch: -1, memberId: '' });
    expect(committed(k)).toBe(5);
    k.do({ do: 'consumer.crash', consumer: 'a' }).send(2).for(200).do({ do: 'consumer.join', consumer: 'a' });
    k.for(1000);
    expect(groupTotals(k.world, 'g')).toMatchObject({ processed: 7, reprocessed: 0 });
  });

  test('rule 68: while the group has members such a commit is refused; errors of assign stand among all others', () => {
    const k = owns(cluster([reader('a'), reader('x', { assign: ['t-0'], commit: 'none', joinMs: 600 })]), 'a', 1);
    k.send(2).for(200).do({ do: 'consumer.commit', consumer: 'x' }).for(100);
    expect(Object.fromEntries(k.world.ledger.errors)).toEqual({ CommitFailedException: 1 });
    expect(errors(k)).toEqual({});
  });
});
