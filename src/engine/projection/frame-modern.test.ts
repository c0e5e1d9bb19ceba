/** What is seen of a group of the new protocol (KIP-848) and of its members, as they and their coordinator know them. */
import { expect, test } from 'vitest';
import type { GroupView } from '../../protocol/frame.ts';
import type { ScenarioConsumer } from '../../protocol/scenario.ts';
import { text as sentence } from '../../text/index.ts';
import '../../text/whole.ts';
import { TestCluster } from '../test-cluster.ts';
import { DEFAULT_VIEW, frameOf } from './frame.ts';
import { groupProjection } from './group-hooks.ts';
import { newKeyTable } from './key-table.ts';
import { resultOf } from './result.ts';

const SHORT = {
  'group.consumer.heartbeat.interval.ms': '3000',
  'group.consumer.min.heartbeat.interval.ms': '3000',
  'group.consumer.session.timeout.ms': '6000',
  'group.consumer.min.session.timeout.ms': '6000',
};

function member(id: string, joinMs: number, rest: Partial<ScenarioConsumer> = {}): ScenarioConsumer {
  const config = {
    'group.id': 'billing',
    'group.protocol': 'consumer',
    'auto.offset.reset': 'earliest',
    ...rest.config,
  };
  return { id, joinMs, subscribe: ['t'], ...rest, config };
}

function cluster(...consumers: ScenarioConsumer[]): TestCluster {
  return new TestCluster({ partitions: 4, config: SHORT, producer: {}, consumers });
}

const frame = (c: TestCluster) =>
  frameOf(c.world, { world: 1, branch: 0, jump: 0, view: DEFAULT_VIEW, keys: newKeyTable(), detail: () => null });
const groupIn = (c: TestCluster): GroupView => groupProjection.views(c.world)[0] as GroupView;
const rings = (c: TestCluster) => frame(c).rings.filter((r) => !['fetch-wait', 'linger'].includes(r.kind));
const waits = (c: TestCluster): string => frame(c).waiting.phrase.key;

test('a stable group: epochs, who owns what, when each session ends', () => {
  const c = cluster(member('c1', 500), member('c2', 1500)).send(9, 0).to(12_000);
  const g = groupIn(c);
  expect(g).toMatchObject({
    id: 'billing',
    protocol: 'consumer',
    state: 'Stable',
    generation: 3,
    assignor: 'uniform',
    topics: ['t'],
    rebalanceEndsUs: null,
    processed: 9,
  });
  expect(g.members.map((m) => [m.consumer, m.state, m.generation, m.owned.length, m.leader])).toEqual([
    ['c1', 'stable', 3, 2, false],
    ['c2', 'stable', 3, 2, false],
  ]);
  for (const m of g.members) {
    expect(m.sessionEndsUs).toBe((m.lastHeartbeatUs as number) + 6_000_000);
    expect(m.pollEndsUs).toBeNull();
  }
  const first = g.partitions.find((p) => p.partition === 't-0');
  expect(first).toMatchObject({ position: 9, committed: 9, lag: 0, hw: 9 });
  expect(rings(c)).toEqual([]);
  expect(resultOf(c.world).groups?.billing).toMatchObject({ protocol: 'consumer', state: 'Stable', generation: 3 });
});

test('while a busy member has to give something up: its deadline, its state, and the sentence that says why all wait', () => {
  const c = cluster(member('c1', 500, { processMs: 4000, config: { 'max.poll.records': '1' } }), member('c2', 9000));
  for (let p = 0; p < 4; p++) c.send(20, p);
  c.until(() => c.world.consumers[0]?.membership?.state === 'reconciling' && c.nowMs > 9000, 20_000);
  const g = groupIn(c);
  expect(g.state).toBe('Reconciling');
  expect(g.rebalanceEndsUs).toBeGreaterThan(c.world.nowUs);
  expect(g.members[0]).toMatchObject({ state: 'reconciling', generation: 2 });
  expect(g.members[0]?.pollEndsUs).toBeGreaterThan(c.world.nowUs);
  expect(g.members[1]).toMatchObject({ state: 'stable', generation: 3, owned: [] });
  expect(rings(c).map((r) => r.kind)).toContain('rebalance');
  expect(waits(c)).toBe('wait.group.revoke-busy');
  for (const language of ['en', 'zh'] as const) {
    const { key, params } = frame(c).waiting.phrase;
    expect(sentence(language, key, params)).toMatch(/c1/);
    expect(sentence(language, key, params)).not.toMatch(/[{}]/);
  }
});

test('a silent member: its session is drawn, and what waits for it is said', () => {
  const c = cluster(member('c1', 500), member('c2', 1500)).to(12_000);
  c.do({ do: 'consumer.crash', consumer: 'c2' }).for(1000);
  expect(waits(c)).toBe('wait.group.session');
  expect(groupIn(c).members[1]).toMatchObject({ process: 'down', owned: [] });
  expect(groupIn(c).partitions.filter((p) => p.owner === null)).toHaveLength(2);
  c.for(9000);
  expect(groupIn(c).partitions.every((p) => p.owner === 'c1')).toBe(true);
});

test('a member that left because poll() stayed away: stale, with nothing that runs out any more', () => {
  const c = cluster(member('c1', 500, { config: { 'max.poll.interval.ms': '5000' } })).to(4000);
  c.do({ do: 'consumer.pause', consumer: 'c1', ms: 20_000 }).for(3000);
  expect(groupIn(c).members[0]?.pollEndsUs).toBe(9_000_000);
  expect(waits(c)).toBe('wait.group.poll');
  c.for(3000);
  expect(groupIn(c).members[0]).toMatchObject({
    state: 'stale',
    pollEndsUs: null,
    sessionEndsUs: null,
    generation: -1,
  });
  expect(groupIn(c).state).toBe('Empty');
});
