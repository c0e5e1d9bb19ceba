/** What is seen of a group: frame, rings, the waiting sentence, details, result. */
import { expect, test } from 'vitest';
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { GroupView } from '../../protocol/frame.ts';
import { text as sentence } from '../../text/index.ts';
import '../../text/whole.ts';
import { groupOf } from '../coordinator/test-member.ts';
import { TestCluster } from '../test-cluster.ts';
import { detailOf } from './detail.ts';
import { DEFAULT_VIEW, frameOf } from './frame.ts';
import { groupProjection } from './group-hooks.ts';
import { newKeyTable } from './key-table.ts';
import { weightOf } from './message-content.ts';
import { resultOf } from './result.ts';
import { marksFrom } from './timeline.ts';

function cluster(count = 2, config: Record<string, string> = {}): TestCluster {
  return new TestCluster({
    config: { 'offsets.topic.num.partitions': '10' },
    topics: [
      {
        name: 't',
        assignment: [
          [1, 2, 3],
          [2, 3, 1],
          [3, 1, 2],
          [1, 2, 3],
        ],
      },
    ],
    producers: [{ id: 'p', workload: { topic: 't', ratePerSecond: 40 } }],
    consumers: Array.from({ length: count }, (_, i) => ({
      id: `c${i + 1}`,
      config: { 'group.id': 'billing', 'auto.offset.reset': 'earliest', ...config },
      subscribe: ['t'],
    })),
  });
}

const frame = (c: TestCluster) =>
  frameOf(c.world, { world: 1, branch: 0, jump: 0, view: DEFAULT_VIEW, keys: newKeyTable(), detail: () => null });
const groupIn = (c: TestCluster): GroupView => groupProjection.views(c.world)[0] as GroupView;
const stable = (c: TestCluster): TestCluster =>
  c.until(() => c.world.consumers.every(({ membership }) => membership?.state === 'stable'));
const rings = (c: TestCluster) => frame(c).rings.filter((r) => !['fetch-wait', 'linger'].includes(r.kind));

test('a stable group: members with what they own, partitions with owner, position, commit and lag', () => {
  const c = stable(cluster()).for(7_000);
  const g = groupIn(c);
  expect(g).toMatchObject({ id: 'billing', protocol: 'classic', state: 'Stable', generation: 1, assignor: 'range' });
  expect(g.coordinatorPartition).toBe('__consumer_offsets-9');
  expect(g.coordinator).toBe(c.partition(c.world.partitionByName.get(g.coordinatorPartition)).leader);
  expect(g.topics).toEqual(['t']);
  expect(g.members.map((m) => [m.consumer, m.state, m.owned.length])).toEqual([
    ['c1', 'stable', 2],
    ['c2', 'stable', 2],
  ]);
  expect(g.members.filter((m) => m.leader)).toHaveLength(1);
  for (const m of g.members) expect(m.sessionEndsUs).toBe((m.lastHeartbeatUs as number) + 45_000_000);
  expect(g.partitions.map((p) => p.partition)).toEqual(['t-0', 't-1', 't-2', 't-3']);
  for (const p of g.partitions) {
    expect(['c1', 'c2']).toContain(p.owner);
    expect(p.committed).toBeGreaterThanOrEqual(0);
    expect(p.lag).toBe(p.hw - p.committed);
    expect(p.position).toBeGreaterThanOrEqual(p.committed);
  }
  expect(g.rebalances).toBe(1);
  expect(g.processed).toBeGreaterThan(100);
  expect(g.rebalanceEndsUs).toBeNull();
  expect(frame(c).partitions.map((p) => p.topic)).toEqual(['t', 't', 't', 't']);
});

test('before there is a coordinator, while it waits for more, and while it waits for somebody to rejoin', () => {
  const c = cluster();
  c.until(() => c.delivered(10, true).length > 0);
  expect(groupIn(c)).toMatchObject({ state: '', generation: -1 });
  expect(frame(c).waiting.phrase.key).toBe('wait.group.topic');
  c.until(() => c.lines().some((l) => l.key.startsWith('log.group.preparing.')));
  c.for(1_000);
  const first = frame(c);
  expect(first.waiting.phrase.key).toBe('wait.group.initial');
  expect(first.waiting.untilUs).toBe(first.groups[0]?.rebalanceEndsUs);
  expect(rings(c).map((r) => [r.kind, r.about])).toContainEqual(['initial-delay', 'group:billing']);
  stable(c).for(1_000);
  c.do({ do: 'consumer.pause', consumer: 'c1', ms: 60_000 });
  c.do({ do: 'consumer.leave', consumer: 'c2' });
  c.until(() => groupIn(c).state === 'PreparingRebalance');
  const again = frame(c);
  expect(again.waiting.phrase).toMatchObject({ key: 'wait.group.rejoin', params: { missing: 'c1', count: 1 } });
  expect(rings(c).map((r) => r.kind)).toContain('rebalance');
  expect(sentence('en', again.waiting.phrase.key, again.waiting.phrase.params)).toContain('c1 has not rejoined');
});

test('a member that died: its session drains, the sentence says how long, and then its partitions go to the other', () => {
  const c = stable(cluster(2, { 'session.timeout.ms': '8000' })).for(2_000);
  c.do({ do: 'consumer.crash', consumer: 'c2' }).for(5_000);
  const now = frame(c);
  expect(now.waiting.phrase).toMatchObject({ key: 'wait.group.session', params: { member: 'c2', count: 2 } });
  expect(rings(c)).toContainEqual(expect.objectContaining({ kind: 'member-session', about: 'consumer:c2' }));
  expect(groupIn(c).partitions.filter((p) => p.owner === null)).toHaveLength(2);
  c.for(10_000);
  expect(groupIn(c).partitions.every((p) => p.owner === 'c1')).toBe(true);
  expect(groupIn(c).generation).toBe(2);
  const marks = marksFrom(c.world, 0).filter((m) => m.phrase.key.startsWith('mark.group-'));
  expect(marks.map((m) => m.phrase.key)).toEqual([
    'mark.group-preparing',
    'mark.group-stable',
    'mark.group-out',
    'mark.group-preparing',
    'mark.group-stable',
  ]);
  const spans = marks.filter((m) => m.fromUs !== undefined);
  expect(spans).toHaveLength(2);
  for (const m of spans) expect(m.fromUs).toBeLessThan(m.atUs);
});

test('an application that does not poll: its interval drains, and the caption says that it will leave', () => {
  const c = stable(cluster(2, { 'max.poll.interval.ms': '20000' })).for(1_000);
  c.do({ do: 'consumer.pause', consumer: 'c1', ms: 60_000 }).for(5_000);
  expect(rings(c).map((r) => [r.kind, r.about])).toContainEqual(['poll-interval', 'consumer:c1']);
  expect(frame(c).waiting.phrase).toMatchObject({ key: 'wait.group.poll', params: { member: 'c1' } });
  expect(groupIn(c).members[0]?.pollEndsUs).toBeGreaterThan(c.world.nowUs);
  c.for(20_000);
  expect(c.lines().map((l) => l.key)).toContain('log.group.left-poll');
});

test('details: the State tab of a group, and the records of its coordinator’s log in words', () => {
  const c = stable(cluster()).for(6_000);
  const state = detailOf(c.world, { ...DEFAULT_VIEW, selection: 'group:billing', tab: 'state' })?.state ?? [];
  const labels = state.map((r) => r.label);
  for (const label of ['state', 'coordinator', 'partition', 'generation', 'assignor', 'leader', 'member', 'offset'])
    expect(labels).toContain(`state.group.${label}`);
  for (const { label, value } of state) {
    expect(sentence('en', label, {})).not.toBe(label);
    expect(sentence('zh', label, {})).not.toBe(label);
    if (typeof value === 'object') expect(sentence('en', value.key, value.params)).not.toMatch(/[{}]/);
  }
  const { coordinatorPartition } = groupIn(c);
  const log = detailOf(c.world, { ...DEFAULT_VIEW, selection: `partition:${coordinatorPartition}`, tab: 'log' });
  const records = log?.batches.flatMap((b) => b.records) ?? [];
  expect(records[0]?.decoded).toMatchObject({ type: 'GroupMetadata', keyVersion: 2, valueVersion: 3 });
  const fields = records[1]?.decoded?.value?.filter((f) => f.depth === 0).map((f) => `${f.name}=${f.value}`);
  expect(fields?.slice(0, 3)).toEqual(['protocolType=consumer', 'generation=1', 'protocol=range']);
  const commit = records.find((r) => r.decoded?.type === 'OffsetCommit');
  expect(commit?.key).toMatch(/^group=billing topic=t partition=\d$/);
  expect(commit?.value).toMatch(/^offset=\d+ leaderEpoch=/);
  // The group's own Log tab shows the same log.
  const own = detailOf(c.world, { ...DEFAULT_VIEW, selection: 'group:billing', tab: 'log' });
  expect(own?.batches).toEqual(log?.batches);
  expect(own?.group?.choice).toMatchObject({ name: coordinatorPartition, partitions: 10, exists: true });
  const requests = detailOf(c.world, { ...DEFAULT_VIEW, selection: 'group:billing', tab: 'requests' })?.requests ?? [];
  expect(new Set(requests.map((r) => r.api))).toEqual(
    new Set(['Heartbeat', 'OffsetCommit', 'OffsetFetch', 'SyncGroup', 'JoinGroup']),
  );
  const lines = detailOf(c.world, { ...DEFAULT_VIEW, selection: 'group:billing', tab: 'events' })?.lines ?? [];
  for (const { phrase } of lines) expect(sentence('en', phrase.key, phrase.params)).not.toMatch(/[{}]|^log\./);
});

test('flights: joining and syncing weigh, heartbeats do not, a commit is seen on its way to the coordinator', () => {
  const c = stable(cluster()).for(6_000);
  const weights = (apiKey: number, toServer: boolean): string[] => [
    ...new Set(c.delivered(apiKey, toServer).map(({ message }) => weightOf(message))),
  ];
  expect(weights(11, true)).toEqual(['change']);
  expect(weights(14, false)).toEqual(['change']);
  expect(weights(8, true)).toEqual(['change']);
  expect(weights(8, false)).toEqual(['quiet']);
  expect(weights(12, true)).toEqual(['quiet']);
});

test('the result says what CONTRACT asks, and internal partitions stand apart', () => {
  const c = stable(cluster()).for(8_000);
  const result = resultOf(c.world);
  expect(result.groups.billing).toMatchObject({
    protocol: 'classic',
    state: 'Stable',
    generation: 1,
    coordinator: groupIn(c).coordinator,
    rebalances: 1,
    skipped: 0,
    reprocessed: 0,
    errors: {},
  });
  expect(Object.keys(result.groups.billing?.members ?? {})).toEqual(['c1', 'c2']);
  expect(Object.keys(result.groups.billing?.committed ?? {})).toEqual(['t-0', 't-1', 't-2', 't-3']);
  expect(Object.keys(result.partitions)).toEqual(['t-0', 't-1', 't-2', 't-3']);
  expect(Object.keys(result.internal.partitions)).toHaveLength(10);
});

test('the death of a broker says one line for all its internal partitions', () => {
  const c = stable(cluster()).for(1_000);
  c.kill(2).for(12_000);
  const internal: { key: string; count: number }[] = [];
  for (let i = 0; i < vectorLength(c.world.lines); i++) {
    const { phrase } = vectorGet(c.world.lines, i);
    if (phrase.key.startsWith('log.internal.')) internal.push({ key: phrase.key, count: Number(phrase.params.count) });
  }
  expect(internal.filter((l) => l.key === 'log.internal.left')).toEqual([{ key: 'log.internal.left', count: 10 }]);
  expect(internal.filter((l) => l.key === 'log.internal.elected').length).toBeLessThanOrEqual(2);
  expect(c.lines().filter((l) => l.key.startsWith('log.isr.')).length).toBe(4);
});

test('a groupState condition waits for the state and the number of members', () => {
  const c = new TestCluster({
    topics: [{ name: 't', partitions: 2 }],
    consumers: ['c1', 'c2'].map((id, i) => ({
      id,
      joinMs: i * 9_000,
      config: { 'group.id': 'g', 'auto.offset.reset': 'earliest' },
      subscribe: ['t'],
    })),
    steps: [
      { when: { groupState: { group: 'g', is: 'Stable', members: 1 } }, do: 'consumer.pause', consumer: 'c1', ms: 1 },
      { when: { groupState: { group: 'g', is: 'Stable', members: 2 } }, do: 'consumer.pause', consumer: 'c2', ms: 1 },
    ],
  });
  c.to(8_000);
  expect(c.world.appliedSteps).toEqual([0]);
  c.until(() => c.world.appliedSteps.length === 2);
  expect(groupOf(c).members).toHaveLength(2);
  expect(groupOf(c).state).toBe('Stable');
});
