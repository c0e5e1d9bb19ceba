/** What a large consumer group costs. */
import { expect, test } from 'vitest';
import { groupCluster, NAMES } from '../test-member.ts';
import { ConsumerMember, consumerGroupOf } from './test-consumer-member.ts';

const MEMBERS = 200;
const TOPICS = ['a', 'b', 'd', 'e'];
const PARTITIONS = 1000;

test(`${MEMBERS} members over ${PARTITIONS} partitions: one leaves, the others share what it had`, () => {
  const partitions = PARTITIONS / TOPICS.length;
  const c = groupCluster({ topics: TOPICS.map((name) => ({ name, partitions, replicationFactor: 1 })) });
  const all = Array.from({ length: MEMBERS }, (_, i) => {
    const m = new ConsumerMember(c, NAMES[i % NAMES.length] as string);
    m.memberId = `member-${i}`;
    m.topics = TOPICS;
    return m;
  });
  all[0]?.find();
  for (const m of all) m.broker = (all[0] as ConsumerMember).broker;
  /** Everybody sends; the connections carry one request after the other. */
  const round = (members: readonly ConsumerMember[]): void => {
    const sent = members.map((m) => [m, m.sendBeat()] as const);
    c.until(() => sent.at(-1)?.[1].body !== null);
    for (const [m, pending] of sent) m.take(pending);
  };
  const settle = (members: readonly ConsumerMember[]): number => {
    for (let rounds = 1; rounds < 12; rounds++) {
      round(members);
      const g = consumerGroupOf(c);
      if (g.state === 'Stable' && members.every((m) => m.generation === g.groupEpoch)) return rounds;
      c.traffic.length = 0;
      c.for(1_000);
    }
    throw new Error('not settled');
  };
  const sizes = (members: readonly ConsumerMember[]): number[] =>
    members.map((m) => m.assigned.reduce((sum, t) => sum + t.partitions.length, 0));
  settle(all);
  expect(new Set(sizes(all))).toEqual(new Set([5]));
  all[7]?.beat({ memberEpoch: -1 });
  const rest = all.filter((_, i) => i !== 7);
  const records = (): number => c.world.coordinators.reduce((sum, s) => Math.max(sum, s?.lastWrittenOffset ?? 0), 0);
  const before = records();
  const rounds = settle(rest);
  expect(sizes(rest).reduce((a, b) => a + b)).toBe(PARTITIONS);
  expect(Math.max(...sizes(rest))).toBe(6);
  // Nobody gives anything up; five get one more.
  expect(rounds).toBeLessThanOrEqual(3);
  expect(records() - before).toBeLessThanOrEqual(MEMBERS * 2 + 10);
});
