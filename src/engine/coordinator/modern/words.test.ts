import { expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../../../base/vector.ts';
import { modernGroups } from '../../../text/en/modern-groups.ts';
import type { TestCluster } from '../../test-cluster.ts';
import { groupCluster, NAMES } from '../test-member.ts';
import { ConsumerMember, settle } from './test-consumer-member.ts';

function told(c: TestCluster): { key: string; params: Readonly<Record<string, unknown>> }[] {
  const { lines } = c.world;
  return Array.from({ length: vectorLength(lines) }, (_, i) => vectorGet(lines, i).phrase)
    .filter(({ key }) => key.startsWith('log.modern.'))
    .map(({ key, params }) => ({ key: key.slice('log.modern.'.length), params: params ?? {} }));
}

test('what a learner hears: why an epoch begins, who computed the target, who waits for whom, who is out', () => {
  const c = groupCluster({ topics: [{ name: 't', partitions: 6, replicationFactor: 3 }] });
  const all = NAMES.slice(0, 2).map((id) => new ConsumerMember(c, id));
  const [a, b] = all as [ConsumerMember, ConsumerMember];
  a.find();
  b.broker = a.broker;
  a.beat();
  expect(told(c).map((l) => l.key)).toEqual(['joined', 'bumped.member-joined', 'target', 'stable']);
  c.for(1_100);
  let seen = told(c).length;
  const news = (): string[] => {
    const keys = told(c)
      .slice(seen)
      .map((l) => l.key);
    seen = told(c).length;
    return keys;
  };
  b.beat();
  expect(news()).toEqual(['joined', 'bumped.member-joined', 'target', 'waits']);
  a.beat();
  expect(news()).toEqual(['must-revoke']);
  settle(c, all);
  expect(news()).toEqual(['stable']);
  c.do({ do: 'topic.addPartitions', topic: 't', total: 7 });
  c.for(1_100);
  a.beat();
  expect(news()).toEqual(['bumped.topics', 'target']);
  c.for(1_100);
  settle(c, all);
  news();
  b.beat({ subscribedTopicNames: [] });
  expect(news()[0]).toBe('bumped.subscription');
  c.for(1_100);
  settle(c, all);
  news();
  b.beat({ memberEpoch: 9 });
  expect(news()).toEqual(['refused']);
  a.beat({ memberEpoch: -1 });
  expect(news()).toEqual(['left', 'bumped.member-left']);
  c.for(46_000);
  expect(news()).toEqual(['fenced.session-ended', 'bumped.session-ended', 'empty']);
  for (const { key, params } of told(c)) {
    const text = modernGroups[`log.modern.${key}` as keyof typeof modernGroups];
    const holes = [...text.matchAll(/\{([a-zA-Z0-9]+)/g)].map((m) => m[1] as string);
    for (const hole of holes) expect(params[hole], `${key} says ${hole}`).toBeDefined();
  }
});
