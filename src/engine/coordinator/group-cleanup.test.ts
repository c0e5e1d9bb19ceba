/** Offsets and groups that go away by themselves, and the refusals that a coordinator has for each request. */
import { describe, expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../../base/vector.ts';
import { decodeGroupKey } from '../../kafka/records/group-records-read.ts';
import { ownReplica } from '../broker/replicas.ts';
import type { TestCluster } from '../test-cluster.ts';
import { groupCluster, groupOf, Member, type Pending, shardOf, stableGroup } from './test-member.ts';

const done = (c: TestCluster, pending: Pending<unknown>): string => {
  c.until(() => pending.body !== null, 600_000);
  return pending.error;
};

const TWO = {
  topics: [
    { name: 't', assignment: [[1, 2, 3]] },
    { name: 'u', assignment: [[1, 2, 3]] },
  ],
};
const both = (offset: number): object => {
  const one = { index: 0, committedOffset: offset, committedLeaderEpoch: 0, committedMetadata: '' };
  return {
    partitions: [
      { ...one, topic: 't', partition: 0 },
      { ...one, topic: 'u', partition: 1 },
    ],
  };
};

/** "t-0" for each tombstone of a committed offset in the group's log. */
function tombstones(c: TestCluster): string[] {
  const shard = shardOf(c)!;
  const { batches } = ownReplica(c.world, shard.broker, shard.partition);
  return Array.from({ length: vectorLength(batches) }, (_, i) => vectorGet(batches, i)).flatMap(({ batch }) =>
    batch.records.flatMap(({ key, value }) => {
      const parsed = key === null || value !== null ? null : decodeGroupKey(key as Uint8Array);
      return parsed !== null && 'topic' in parsed ? [`${parsed.topic}-${parsed.partition}`] : [];
    }),
  );
}

describe('a topic is deleted', () => {
  test('the coordinator removes the offsets in it, with tombstones; those in other topics stay', () => {
    const c = groupCluster(TWO);
    const [a] = stableGroup(c, 1) as [Member];
    expect(done(c, a.commit(0, 0, both(5)))).toBe('NONE');
    c.do({ do: 'topic.delete', topic: 't' }).for(500);
    expect([...groupOf(c).offsets.keys()]).toEqual(['u-0']);
    expect(tombstones(c)).toEqual(['t-0']);
    expect(c.lines().map((l) => l.key)).toContain('log.group.topic-deleted');
    // Another coordinator reads it from its own copy.
    c.kill(shardOf(c)!.broker).for(20_000);
    expect([...groupOf(c).offsets.keys()]).toEqual(['u-0']);
  });

  test('made again under the same name it begins without offsets; a late commit for the old one counts for the new one', () => {
    const c = groupCluster(TWO);
    const [a] = stableGroup(c, 1) as [Member];
    expect(done(c, a.commit(0, 0, both(5)))).toBe('NONE');
    c.do({ do: 'topic.delete', topic: 't' }).for(200);
    c.do({ do: 'topic.create', name: 't', partitions: 1, replicationFactor: 3, assignment: null, config: [] } as never);
    c.for(500);
    expect(a.fetch().offset).toBe(-1);
    expect(done(c, a.commit(9))).toBe('NONE');
    expect(a.fetch().offset).toBe(9);
  });

  test('a commit that names only what is not there is refused before its group is looked at', () => {
    const c = groupCluster(TWO);
    const [a] = stableGroup(c, 1) as [Member];
    c.do({ do: 'topic.delete', topic: 't' }).for(500);
    a.generation = 99;
    expect(done(c, a.commit(5))).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    expect(done(c, a.commit(0, 0, both(5)))).toBe('ILLEGAL_GENERATION');
  });
});

describe('rule 69', () => {
  const QUICK = { 'offsets.retention.minutes': '1', 'offsets.retention.check.interval.ms': '1000' };

  test('while a group rebalances nothing expires, however old', () => {
    const c = groupCluster({ config: QUICK, ...TWO });
    const [a] = stableGroup(c, 1, (m) => {
      m.sessionMs = 1_000_000;
      m.rebalanceMs = 1_000_000;
    }) as [Member];
    expect(done(c, a.commit(0, 0, both(3)))).toBe('NONE');
    // m2 comes, and m1 does not rejoin.
    new Member(c, 'm2').find().join();
    c.for(90_000);
    expect(groupOf(c).state).toBe('PreparingRebalance');
    expect([...groupOf(c).offsets.keys()].sort()).toEqual(['t-0', 'u-0']);
  });

  test('an Empty group without offsets goes with the next look; a Stable one stays', () => {
    const c = groupCluster({ config: QUICK });
    const [a] = stableGroup(c, 1) as [Member];
    c.for(3000);
    expect(groupOf(c).state).toBe('Stable');
    a.leave();
    c.for(1500);
    expect(() => groupOf(c)).toThrow();
  });
});

describe('refusals', () => {
  test('a group that is not there: JoinGroup and Heartbeat UNKNOWN_MEMBER_ID, a commit with a generation GROUP_ID_NOT_FOUND', () => {
    const c = groupCluster();
    const a = new Member(c, 'm1').find();
    a.memberId = 'm1-x';
    a.generation = 3;
    expect(done(c, a.join())).toBe('UNKNOWN_MEMBER_ID');
    expect(a.heartbeat()).toBe('UNKNOWN_MEMBER_ID');
    expect(done(c, a.sync())).toBe('UNKNOWN_MEMBER_ID');
    expect(a.leave().members.map((m) => m.errorCode)).toEqual([25]);
    expect(done(c, a.commit(1))).toBe('GROUP_ID_NOT_FOUND');
    expect(a.fetch()).toEqual({ offset: -1, error: 'NONE' });
  });

  test('the empty group id: INVALID_GROUP_ID but for commits', () => {
    const c = groupCluster();
    const a = new Member(c, 'm1', '').find();
    a.memberId = 'x';
    expect(done(c, a.join())).toBe('INVALID_GROUP_ID');
    expect(done(c, a.sync())).toBe('INVALID_GROUP_ID');
    expect(a.heartbeat()).toBe('INVALID_GROUP_ID');
    expect(a.leave().errorCode).toBe(24);
    a.memberId = '';
    a.generation = -1;
    expect(done(c, a.commit(1))).toBe('NONE');
  });

  test('records that the log does not take: a commit INVALID_COMMIT_OFFSET_SIZE, an assignment UNKNOWN_SERVER_ERROR', () => {
    const c = groupCluster();
    const [a] = stableGroup(c, 1) as [Member];
    c.do({ do: 'config.set', scope: 'topic', entity: '__consumer_offsets', key: 'max.message.bytes', value: '100' });
    c.for(500);
    expect(done(c, a.commit(5))).toBe('INVALID_COMMIT_OFFSET_SIZE');
    expect(a.fetch().offset).toBe(-1);
    const join = a.join();
    c.until(() => join.body !== null);
    a.took(join);
    expect(done(c, a.sync([[a, { version: 3, partitions: [{ topic: 't', index: 0 }], userData: null }]]))).toBe(
      'UNKNOWN_SERVER_ERROR',
    );
  });

  test('an instance id that somebody else is now: FENCED_INSTANCE_ID in every request of a member', () => {
    const c = groupCluster();
    const [a] = stableGroup(c, 1, (m) => {
      m.instance = 'i';
    }) as [Member];
    const again = new Member(c, 'm2').find();
    again.instance = 'i';
    const join = again.join();
    c.until(() => join.body !== null);
    expect(a.heartbeat()).toBe('FENCED_INSTANCE_ID');
    expect(done(c, a.commit(1))).toBe('FENCED_INSTANCE_ID');
    expect(done(c, a.sync())).toBe('FENCED_INSTANCE_ID');
    expect(done(c, a.join())).toBe('FENCED_INSTANCE_ID');
    expect(a.leave().members.map((m) => m.errorCode)).toEqual([82]);
  });
});
