/** The lab's scenarios: each is one that the parser takes, and between two variants nothing differs but the protocol. */
import { describe, expect, test } from 'vitest';
import { LAB_TRIGGERS, LAB_VARIANTS, type LabSpec, type LabTriggerKind, type LabVariant } from './lab.ts';
import { defaultWindowUs, type LabScenario, labScenario } from './lab-scenario.ts';
import { validateScenario } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';

function fresh(trigger: LabTriggerKind, more: Partial<LabSpec> = {}): LabSpec {
  return {
    base: { kind: 'fresh', members: 3, partitions: 6, ratePerSecond: 60 },
    seed: 1,
    trigger,
    slowestMs: 0,
    windowUs: defaultWindowUs(trigger, 3),
    ...more,
  };
}

function made(spec: LabSpec, variant: LabVariant): Extract<LabScenario, { ok: true }> {
  const result = labScenario(spec, variant);
  if (!result.ok) throw new Error(result.why.title.key);
  return result;
}

/** What a variant may change: group.protocol and what goes with it. */
const OF_THE_PROTOCOL = [
  'group.protocol',
  'group.instance.id',
  'partition.assignment.strategy',
  'session.timeout.ms',
  'heartbeat.interval.ms',
  'auto.offset.reset',
];

function withoutProtocol(scenario: Scenario): unknown {
  const consumers = scenario.consumers?.map(({ share: _share, config = {}, ...rest }) => ({
    ...rest,
    config: Object.fromEntries(Object.entries(config).filter(([key]) => !OF_THE_PROTOCOL.includes(key))),
  }));
  return { ...scenario, consumers };
}

describe.each(LAB_TRIGGERS)('%s', (trigger) => {
  const variants = LAB_VARIANTS.filter(
    (v) => v !== 'share' || (trigger !== 'migration' && trigger !== 'topic-matches'),
  );

  test('is a scenario under every variant', () => {
    for (const variant of variants) {
      const { scenario, triggerUs } = made(fresh(trigger, { slowestMs: 700 }), variant);
      const parsed = validateScenario(scenario, variant);
      expect(parsed.ok ? [] : parsed.problems, variant).toEqual([]);
      if (!parsed.ok) continue;
      const about = parsed.warnings.filter(({ code }) => !code.endsWith('not-yet'));
      expect(about, variant).toEqual([]);
      expect(parsed.resolved.untilUs).toBe(triggerUs + defaultWindowUs(trigger, 3));
    }
  });

  test('is the same but for the protocol', () => {
    const same = (variant: LabVariant): unknown => {
      const { scenario } = made(fresh(trigger), variant);
      // Each migrates to the other protocol, at the same moments.
      const steps = trigger === 'migration' ? scenario.steps?.map(({ atMs }) => atMs) : scenario.steps;
      return withoutProtocol({ ...scenario, steps } as Scenario);
    };
    for (const variant of variants) expect(same(variant), variant).toEqual(same('eager'));
  });
});

test('the slowest member takes as long for a poll as was asked, in records that lie ready', () => {
  for (const [slowestMs, rate, records] of [
    [2000, 60, 10],
    [100, 60, 1],
    [1000, 6, 1],
  ] as const) {
    const base = { kind: 'fresh', members: 3, partitions: 6, ratePerSecond: rate } as const;
    const consumers = made(fresh('join', { base, slowestMs }), 'eager').scenario.consumers ?? [];
    const slow = consumers.find(({ id }) => id === 'c3');
    expect(slow?.config?.['max.poll.records']).toBe(String(records));
    expect(Number(slow?.processMs) * records).toBeCloseTo(slowestMs, 2);
    expect(consumers.find(({ id }) => id === 'c4')?.config?.['max.poll.records']).toBeUndefined();
  }
});

test('the seed says where in the heartbeats the trigger falls', () => {
  const at = (seed: number): number => made(fresh('join', { seed }), 'eager').triggerUs;
  expect(new Set([1, 2, 3, 4, 5, 6].map(at)).size).toBe(6);
  for (let seed = 0; seed < 50; seed++) expect(at(seed) - at(1)).toBeLessThan(3_000_000);
});

describe('from a moment of free play', () => {
  const own: Scenario = {
    kafkascope: 1,
    title: 'Mine',
    seed: 9,
    topics: [
      { name: 'orders', partitions: 4 },
      { name: 'payments', partitions: 2 },
    ],
    producers: [{ id: 'c3' }],
    consumers: [
      { id: 'audit', config: { 'group.id': 'other' }, subscribe: ['orders'] },
      { id: 'c1', config: { 'group.id': 'g', 'session.timeout.ms': '9000' }, subscribe: ['orders'] },
      { id: 'c2', config: { 'group.id': 'g' }, subscribe: ['orders'] },
      { id: 'later', joinMs: 30_000, config: { 'group.id': 'g' }, subscribe: ['orders'] },
    ],
    steps: [
      { atMs: 1000, do: 'consumer.leave', consumer: 'c1' },
      { atMs: 4000, do: 'consumer.join', consumer: 'c1' },
      { atMs: 5000, do: 'consumer.crash', consumer: 'c2' },
      { atMs: 25_000, do: 'broker.kill', broker: 1 },
    ],
    expect: { stepsNotRun: [] },
  };
  const spec = (trigger: LabTriggerKind, more: Partial<LabSpec> = {}): LabSpec =>
    fresh(trigger, { base: { kind: 'moment', scenario: own, group: 'g', atUs: 20_000_000 }, seed: 9, ...more });

  test('what the learner did until then stays, what came later does not', () => {
    const { scenario, triggerUs } = made(spec('leave'), 'eager');
    expect(triggerUs).toBe(20_000_000);
    expect(scenario.steps).toEqual([
      ...(own.steps ?? []).slice(0, 3),
      { atMs: 20_000, do: 'consumer.leave', consumer: 'c1' },
    ]);
    expect(scenario.expect).toBeUndefined();
    expect(validateScenario(scenario, 'lab').ok).toBe(true);
  });

  test('only the members of the group get the protocol', () => {
    const { scenario } = made(spec('leave'), 'consumer');
    expect(scenario.consumers?.map(({ id, config }) => [id, config])).toEqual([
      ['audit', { 'group.id': 'other' }],
      ['c1', { 'group.id': 'g', 'group.protocol': 'consumer' }],
      ['c2', { 'group.id': 'g', 'group.protocol': 'consumer' }],
      ['later', { 'group.id': 'g', 'group.protocol': 'consumer' }],
    ]);
  });

  test('the learner’s own assignor is kept where it is eager', () => {
    const strategy = 'org.apache.kafka.clients.consumer.StickyAssignor';
    const config = { 'group.id': 'g', 'partition.assignment.strategy': strategy };
    const scenario: Scenario = { ...own, consumers: [{ id: 'c1', config, subscribe: ['orders'] }], steps: [] };
    const base = { kind: 'moment', scenario, group: 'g', atUs: 20_000_000 } as const;
    const strategies = (['eager', 'cooperative', 'consumer'] as const).map(
      (v) => made(spec('leave', { base }), v).scenario.consumers?.[0]?.config?.['partition.assignment.strategy'],
    );
    expect(strategies).toEqual([strategy, 'org.apache.kafka.clients.consumer.CooperativeStickyAssignor', undefined]);
  });

  test('a newcomer has a name that nobody has', () => {
    const { scenario, trigger } = made(spec('join'), 'eager');
    const joins = scenario.consumers?.at(-1);
    expect(joins?.joinMs).toBe(20_000);
    expect([...(own.consumers ?? []), ...(own.producers ?? [])].map(({ id }) => id)).not.toContain(joins?.id);
    expect(trigger.title.params.consumer).toBe(joins?.id);
  });

  test('the session that is outlasted is the member’s own', () => {
    const heals = made(spec('session'), 'eager').scenario.steps?.at(-1);
    expect(heals).toMatchObject({ do: 'network.heal', atMs: 20_000 + 9000 + 3000 });
  });

  test.each([
    ['coordinator-moves', {}, 'coordinator-unknown'],
    ['topic-matches', {}, 'no-pattern'],
    ['leave', { base: { kind: 'moment', scenario: own, group: 'nobody', atUs: 20_000_000 } }, 'nobody'],
  ] as const)('%s is refused in words where it cannot be: %s', (trigger, more, why) => {
    const result = labScenario(spec(trigger, more), 'eager');
    expect(result.ok ? null : result.why.title.key).toBe(`labrun.refused.${why}`);
  });

  test('the coordinator moves away from where it is', () => {
    const base = { kind: 'moment', scenario: own, group: 'g', atUs: 20_000_000, coordinator: 2 } as const;
    const { scenario } = made(spec('coordinator-moves', { base }), 'eager');
    expect(scenario.steps?.slice(-2)).toMatchObject([
      { do: 'partition.reassign', replicas: [1, 2, 3] },
      { do: 'leader.elect', atMs: 20_000 },
    ]);
  });
});
