/** The rebalance lab: each trigger does what it says, and what is drawn is what the ledger has counted. */
import { describe, expect, test } from 'vitest';
import { historyHash } from '../engine/kernel/hash.ts';
import type { LabRun, LabSpec, LabTriggerKind, LabVariant } from '../protocol/lab.ts';
import { defaultWindowUs } from '../protocol/lab-scenario.ts';
import type { Scenario } from '../protocol/scenario.ts';
import { msToUs } from '../protocol/time.ts';
import { hasText } from '../text/index.ts';
import '../text/whole.ts';
import { hiddenRun } from './hidden-run.ts';
import { labRunOf } from './lab.ts';
import { ENGINE } from './parts.ts';

function finish<T>(move: Generator<unknown, T, void>): T {
  for (;;) {
    const next = move.next();
    if (next.done === true) return next.value;
  }
}

const kept = new Map<string, LabRun>();

function lab(
  trigger: LabTriggerKind,
  variant: LabVariant,
  more: Partial<LabSpec> = {},
  members = 3,
  partitions = 6,
): LabRun {
  const spec: LabSpec = {
    base: { kind: 'fresh', members, partitions, ratePerSecond: 60 },
    seed: 1,
    trigger,
    slowestMs: 0,
    windowUs: defaultWindowUs(trigger, members),
    ...more,
  };
  const key = JSON.stringify([spec, variant]);
  const run = kept.get(key) ?? finish(labRunOf(ENGINE, spec, variant));
  kept.set(key, run);
  return run;
}

function unreadAfter({ partitions, triggerUs }: LabRun): number {
  let us = 0;
  for (const { spans } of partitions)
    for (const s of spans) if (s.owner === null) us += Math.max(0, s.untilUs - Math.max(s.fromUs, triggerUs));
  return us / 1e6;
}

/** Everything that holds for whatever was run. */
function holds(run: LabRun): void {
  expect(run.notYet).toBeNull();
  const { fromUs, triggerUs, untilUs, figures, steps } = run;
  expect(fromUs).toBe(triggerUs - 1_000_000);
  expect(run.partitions.length).toBeGreaterThan(0);
  for (const { spans } of [...run.partitions, ...run.members, { spans: run.coordinator }]) {
    expect(spans.at(-1)?.untilUs).toBe(untilUs);
    spans.forEach((span, i) => {
      expect(span.untilUs).toBeGreaterThan(span.fromUs);
      expect(span.fromUs).toBe(i === 0 ? spans[0]?.fromUs : spans[i - 1]?.untilUs);
    });
  }
  for (const { spans } of [...run.members, { spans: run.coordinator }]) expect(spans[0]?.fromUs).toBe(fromUs);
  for (const { spans } of run.partitions) for (const s of spans) expect(s.gap === null).toBe(s.owner !== null);

  expect(unreadAfter(run)).toBeCloseTo(figures.partitionSecondsUnread, 4);
  const whenOf = (i: number): number => {
    const step = steps[i];
    return step === undefined ? 0 : step.arrivedUs >= 0 ? step.arrivedUs : step.sentUs;
  };
  steps.forEach((step, i) => {
    expect(step.index).toBe(i);
    if (i > 0) expect(whenOf(i)).toBeGreaterThanOrEqual(whenOf(i - 1));
    const other = steps[step.pair];
    if (other !== undefined) {
      expect(other.pair).toBe(i);
      expect([other.api, other.consumer, other.what === step.what]).toEqual([step.api, step.consumer, false]);
    }
    expect(hasText(step.says.title.key), step.says.title.key).toBe(true);
    expect(step.fields.length).toBeGreaterThan(0);
  });
  for (const { words } of run.told) expect(hasText(words.title.key), words.title.key).toBe(true);
  for (const { steps: reasons } of run.assignments)
    for (const { words } of reasons) expect(hasText(words.title.key), words.title.key).toBe(true);
  for (const words of [run.trigger, ...run.setup]) expect(hasText(words.title.key), words.title.key).toBe(true);
}

const said = (run: LabRun, what: string): number =>
  run.steps.filter((s) => s.says.title.key === `labrun.says.${what}`).length;
const owners = (run: LabRun): (string | null)[] => run.partitions.map(({ spans }) => spans.at(-1)?.owner ?? null);

describe('a member joins', () => {
  test('eager: everybody gives up everything, and it is short when all poll', () => {
    const run = lab('join', 'eager', {}, 2);
    holds(run);
    const { figures } = run;
    expect(figures).toMatchObject({ rebalances: 1, moved: 3, reprocessed: 0, skipped: 0, errors: [] });
    expect(run.partitions.every(({ spans }) => spans.some(({ gap }) => gap === 'revoked'))).toBe(true);
    expect(figures.longestUnreadUs).toBeLessThan(100_000);
    expect(owners(run)).toEqual(['c1', 'c1', 'c2', 'c2', 'c3', 'c3']);
    expect([said(run, 'join-first'), said(run, 'join-id'), said(run, 'join-leader'), said(run, 'sync-plan')]).toEqual([
      1, 1, 1, 1,
    ]);
    // The answer of JoinGroup waits until all are there: its request is far before it.
    const leader = run.steps.find((s) => s.says.title.key === 'labrun.says.join-leader');
    expect(
      leader?.fields.filter(({ name, depth }) => name === 'member_id' && depth === 1).map((f) => f.consumer),
    ).toEqual(['c1', 'c2', 'c3']);
    const waits = run.coordinator.filter(({ state }) => state === 'PreparingRebalance');
    expect([...(waits[0]?.waitsFor ?? [])].sort()).toEqual(['c1', 'c2']);
    expect(waits.at(-1)?.waitsFor).toHaveLength(1);
  });

  test('cooperative: only what moves is given up, and it waits for a second round', () => {
    const run = lab('join', 'cooperative', {}, 2);
    holds(run);
    expect(run.figures).toMatchObject({ rebalances: 2, moved: 2, skipped: 0 });
    expect(run.partitions.filter(({ spans }) => spans.some(({ gap }) => gap !== null))).toHaveLength(2);
    // A real cluster: the moved ones are unowned for 3.0 to 3.1 s, until the next heartbeat of who gets them.
    expect(run.figures.longestUnreadUs).toBeGreaterThan(2_900_000);
    expect(run.figures.longestUnreadUs).toBeLessThan(3_100_000);
    expect(said(run, 'rejoin-holding')).toBeGreaterThanOrEqual(2);
    expect(run.assignments.map(({ epoch }) => epoch)).toEqual([2, 3]);
  });

  test('KIP-848: nobody waits for anybody but for whom holds what is to be had', () => {
    const run = lab('join', 'consumer', {}, 2);
    holds(run);
    expect(run.figures).toMatchObject({ rebalances: 1, moved: 2, reprocessed: 0, skipped: 0 });
    expect(run.partitions.filter(({ spans }) => spans.some(({ gap }) => gap !== null))).toHaveLength(2);
    expect([said(run, 'consumer-join'), said(run, 'consumer-gives-up')]).toEqual([1, 2]);
    expect(run.coordinator.map(({ state }) => state)).toContain('Reconciling');
    expect(run.assignments).toHaveLength(1);
    expect(run.assignments[0]?.by).toMatch(/^broker \d$/);
  });

  test.each(['eager', 'cooperative', 'consumer'] as const)('%s: the reasons lead to the assignment', (variant) => {
    const run = lab('join', variant, {}, 2);
    for (const { result, steps } of run.assignments) {
      expect(steps.length).toBeGreaterThan(0);
      const named = new Set(steps.map(({ partition }) => partition));
      for (const [consumer, partitions] of result) {
        expect(['c1', 'c2', 'c3']).toContain(consumer);
        for (const partition of partitions) expect([...named]).toContain(partition);
      }
    }
    const last = run.assignments.at(-1)?.result.flatMap(([consumer, list]) => list.map((p) => [p, consumer]));
    expect(Object.fromEntries(last ?? [])).toEqual(
      Object.fromEntries(run.partitions.map(({ partition, spans }) => [partition, spans.at(-1)?.owner])),
    );
  });

  test('a slow member turns the ranking round', () => {
    const cost = (variant: LabVariant, slowestMs: number): number =>
      lab('join', variant, { slowestMs, windowUs: 14_000_000 }, 6, 24).figures.partitionSecondsUnread;
    expect(cost('eager', 0)).toBeLessThan(cost('consumer', 0));
    expect(cost('eager', 0)).toBeLessThan(cost('cooperative', 0));
    expect(cost('eager', 2000)).toBeGreaterThan(2 * cost('consumer', 2000));
    expect(cost('eager', 2000)).toBeGreaterThan(2 * cost('cooperative', 2000));
  });
});

describe('the other triggers', () => {
  test('leave: its partitions are given up at once, and others have them after a rebalance', () => {
    const run = lab('leave', 'eager');
    holds(run);
    expect(said(run, 'leave')).toBe(1);
    expect(run.figures.rebalances).toBe(1);
    expect(owners(run)).not.toContain('c1');
    const lost = run.partitions.map(({ spans }) => spans.find((s) => s.gap !== null)?.gap);
    expect(lost).not.toContain('lost');
  });

  test('crash: nobody hears of it before its session is over, and what it had not committed is read again', () => {
    const run = lab('crash', 'eager');
    holds(run);
    expect(said(run, 'leave')).toBe(0);
    expect(run.partitions.filter(({ spans }) => spans.some(({ gap }) => gap === 'lost'))).toHaveLength(2);
    expect(run.figures.longestUnreadUs).toBeGreaterThan(3_500_000);
    expect(run.figures.longestUnreadUs).toBeLessThan(6_200_000);
    expect(run.figures.reprocessed).toBeGreaterThan(0);
  });

  test('session: a member that is cut off holds on to what it cannot read, and loses it', () => {
    const run = lab('session', 'eager');
    holds(run);
    expect(run.figures.partitionSecondsStalled).toBeGreaterThan(8);
    expect(run.steps.some((s) => s.arrivedUs < 0 && s.consumer === 'c1')).toBe(true);
    expect(run.figures.rebalances).toBe(2);
    expect(owners(run)).toContain('c1');
  });

  test('poll-interval: the heartbeat thread leaves for an application that does not come back', () => {
    const run = lab('poll-interval', 'eager');
    holds(run);
    expect(said(run, 'leave-poll')).toBe(1);
    expect(run.figures.partitionSecondsStalled).toBeGreaterThan(7);
    expect(run.figures.rebalances).toBe(2);
  });

  test.each(['eager', 'consumer', 'share'] as const)(
    '%s: what a member has stood still over is lost, not given up',
    (variant) => {
      const run = lab('poll-interval', variant, {}, 1, 2);
      holds(run);
      const gaps = run.partitions.map(({ spans }) => spans.flatMap(({ gap }) => gap ?? []));
      for (const each of gaps) expect(each).toEqual(['lost']);
    },
  );

  test('topic-matches: a new topic is read by a group that named a pattern', () => {
    const run = lab('topic-matches', 'eager');
    holds(run);
    const fresh = run.partitions.filter(({ partition }) => partition.startsWith('orders-eu-'));
    expect(fresh).toHaveLength(3);
    for (const { spans } of fresh) {
      expect(spans[0]?.gap).toBe('never');
      expect(spans.at(-1)?.owner).not.toBeNull();
    }
  });

  test('partitions-grow: three more partitions find owners', () => {
    const run = lab('partitions-grow', 'eager');
    holds(run);
    expect(run.partitions).toHaveLength(9);
    expect(owners(run)).not.toContain(null);
    expect(run.figures.rebalances).toBe(1);
  });

  test('subscription: one member’s wish is a rebalance for all', () => {
    const run = lab('subscription', 'eager');
    holds(run);
    expect(run.figures.rebalances).toBe(1);
    expect(
      run.partitions
        .filter(({ partition }) => partition.startsWith('payments-'))
        .map(({ spans }) => spans.at(-1)?.owner),
    ).toEqual(['c1', 'c1', 'c1']);
  });

  test('coordinator-moves: who coordinates changes, who reads does not', () => {
    const run = lab('coordinator-moves', 'eager');
    holds(run);
    expect(run.coordinator[0]?.broker).toBe(1);
    expect(run.coordinator.at(-1)).toMatchObject({ broker: 2, state: 'Stable' });
    expect(run.figures).toMatchObject({ rebalances: 0, partitionSecondsUnread: 0, moved: 0 });
    expect(run.steps.some((s) => s.errors.includes('NOT_COORDINATOR'))).toBe(true);
  });

  test('static-returns: a static member comes back without a rebalance, another one with two', () => {
    const still = lab('static-returns', 'static');
    holds(still);
    expect(still.figures).toMatchObject({ rebalances: 0, moved: 0 });
    expect(said(still, 'join-static')).toBe(1);
    expect(lab('static-returns', 'eager').figures.rebalances).toBe(2);
  });

  test('rolling-restart: static members change nothing', () => {
    expect(lab('rolling-restart', 'static').figures.rebalances).toBe(0);
    expect(lab('rolling-restart', 'eager').figures.rebalances).toBeGreaterThan(2);
  });
});

describe('a share group', () => {
  test('a newcomer reads beside the others: nothing is ever without a reader', () => {
    const run = lab('join', 'share', {}, 2);
    holds(run);
    expect(run.figures).toMatchObject({ partitionSecondsUnread: 0, errors: [] });
    expect(run.members.at(-1)?.spans.at(-1)?.owned.length).toBeGreaterThan(0);
    expect(said(run, 'share-join')).toBe(1);
    // For a while two read the same partition.
    expect(run.partitions.some(({ spans }) => spans.some(({ also }) => also.length > 0))).toBe(true);
    expect(run.assignments.at(-1)?.assignor).toBe('simple');
  });

  test('poll-interval: who stands still leaves by itself, and time goes on', () => {
    const run = lab('poll-interval', 'share');
    holds(run);
    expect(run.members[0]?.spans.map(({ state }) => state)).toContain('stale');
    expect(owners(run)).not.toContain(null);
  });
});

describe('members go over to the other protocol one by one', () => {
  test.each([
    ['eager', 'ConsumerGroupHeartbeat'],
    ['consumer', 'JoinGroup'],
  ] as const)('from %s by %s', (variant, joinsBy) => {
    const run = lab('migration', variant);
    holds(run);
    expect(run.coordinator.at(-1)?.state).toBe('Stable');
    expect(new Set(owners(run)).size).toBe(3);
    expect(owners(run)).not.toContain(null);
    const asked = run.steps.filter(({ what, sentUs }) => what === 'request' && sentUs > run.triggerUs);
    const joins = new Set(asked.filter(({ api }) => api === joinsBy).map(({ consumer }) => consumer));
    expect([...joins].sort()).toEqual(['c1', 'c2', 'c3']);
  });
});

test('a step that the engine refuses is told instead of a run in which nothing happened', () => {
  const nobodyElse: Scenario = {
    kafkascope: 1,
    topics: [{ name: 'orders', partitions: 2 }],
    consumers: [{ id: 'c1', config: { 'group.id': 'g' }, subscribe: ['orders'] }],
    // It dies by an event, of which a scenario's words know nothing.
    steps: [{ when: { groupState: { group: 'g', is: 'Stable' } }, do: 'consumer.crash', consumer: 'c1' }],
  };
  const base = { kind: 'moment', scenario: nobodyElse, group: 'g', atUs: 20_000_000 } as const;
  expect(lab('leave', 'eager', { base }).notYet?.title.key).toBe('labrun.refused.step');
});

test('the same spec gives the same run, and one that nobody watches has the same hash', () => {
  const spec: LabSpec = {
    base: { kind: 'fresh', members: 2, partitions: 6, ratePerSecond: 60 },
    seed: 1,
    trigger: 'join',
    slowestMs: 0,
    windowUs: defaultWindowUs('join', 2),
  };
  const run = lab('join', 'eager', {}, 2);
  expect(finish(labRunOf(ENGINE, spec, 'eager'))).toEqual(run);
  const unseen = finish(hiddenRun(ENGINE, run.scenario, msToUs(run.scenario.untilMs ?? 0)));
  expect(historyHash(unseen.world)).toBe(run.hash);
});

test('what cannot be run says so, with nothing in its lists', () => {
  const nobody: Scenario = { kafkascope: 1, topics: [{ name: 'orders' }] };
  const base = { kind: 'moment', scenario: nobody, group: 'g', atUs: 5_000_000 } as const;
  const run = lab('leave', 'eager', { base });
  expect(run.notYet?.title.key).toBe('labrun.refused.nobody');
  expect(hasText(run.notYet?.title.key ?? '')).toBe(true);
  expect([run.steps, run.partitions, run.members]).toEqual([[], [], []]);
});
