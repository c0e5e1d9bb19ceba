/** subscribe() called again while a member runs: the verb consumer.subscribe. */
import { describe, expect, test } from 'vitest';
import type { JoinGroupRequest } from '../../kafka/api/messages-group.ts';
import type { TestCluster } from '../test-cluster.ts';
import { Api, calls, consumerOf, groupCluster, member, membershipOf, settle } from './test-group.ts';

const TOPICS = { topics: [{ name: 'x', partitions: 2 }, { name: 'y' }, { name: 'orders-eu' }] };

function subscribe(k: TestCluster, consumer: string, to: { topics?: string[]; pattern?: string }): TestCluster {
  return k.do({ do: 'consumer.subscribe', consumer, topics: to.topics ?? null, pattern: to.pattern ?? null });
}

describe('consumer.subscribe', () => {
  test('the next poll() joins again with the new topics, and says why', () => {
    const k = settle(groupCluster([member('a', 500, { subscribe: ['x'] })], TOPICS), 'a');
    expect(membershipOf(k, 'a').owned).toEqual(['x-0', 'x-1']);
    subscribe(k, 'a', { topics: ['y', 'x'] });
    k.until(() => membershipOf(k, 'a').owned.includes('y-0'));
    expect(membershipOf(k, 'a')).toMatchObject({ owned: ['x-0', 'x-1', 'y-0'], generation: 2, subscribed: ['x', 'y'] });
    const join = calls<JoinGroupRequest>(k, 'a', Api.JOIN).at(-1)!;
    expect(join.body.reason).toBe('subscription has changed');
    expect(join.body.protocols[0]!.metadata.topics).toEqual(['x', 'y']);
    subscribe(k, 'a', { topics: ['y'] });
    k.until(() => membershipOf(k, 'a').generation === 3 && membershipOf(k, 'a').state === 'stable');
    k.for(100);
    expect(membershipOf(k, 'a').owned).toEqual(['y-0']);
    expect(consumerOf(k, 'a').metadata.wanted).toEqual(['y']);
  });

  test('the other members get what it no longer reads', () => {
    const k = settle(
      groupCluster([member('a', 500, { subscribe: ['x', 'y'] }), member('b', 600, { subscribe: ['x', 'y'] })], TOPICS),
      'a',
      'b',
    );
    subscribe(k, 'a', { topics: ['y'] });
    k.until(() => membershipOf(k, 'b').owned.filter((name) => name.startsWith('x')).length === 2, 60_000);
    expect(membershipOf(k, 'b').owned.slice(0, 2)).toEqual(['x-0', 'x-1']);
    expect(membershipOf(k, 'a').owned.every((name) => name.startsWith('y'))).toBe(true);
  });

  test('waits until the application comes back from its records', () => {
    const k = settle(groupCluster([member('a', 500, { subscribe: ['x'] })], TOPICS), 'a');
    k.do({ do: 'consumer.pause', consumer: 'a', ms: 3000 });
    subscribe(k, 'a', { topics: ['y'] }).for(2500);
    expect(membershipOf(k, 'a').subscribed).toEqual(['x']);
    k.for(1500);
    expect(membershipOf(k, 'a').owned).toEqual(['y-0']);
  });

  test('another pattern: matched against what it knows at once, and against the whole cluster with the next metadata', () => {
    const a = member('a', 500, { subscribePattern: 'x' });
    const k = settle(groupCluster([a], TOPICS), 'a');
    subscribe(k, 'a', { pattern: 'orders-.*|y' });
    k.until(() => membershipOf(k, 'a').owned.length === 2);
    expect(membershipOf(k, 'a').owned).toEqual(['orders-eu-0', 'y-0']);
  });

  test('topics, pattern and assign exclude each other, as in Kafka', () => {
    const k = settle(groupCluster([member('a', 500, { subscribe: ['x'] })], TOPICS), 'a');
    subscribe(k, 'a', { pattern: 'y' });
    expect(k.world.refusals.map((r) => r.message)).toEqual([
      'IllegalStateException: Subscription to topics, partitions and pattern are mutually exclusive',
    ]);
    expect(membershipOf(k, 'a').generation).toBe(1);
  });
});
