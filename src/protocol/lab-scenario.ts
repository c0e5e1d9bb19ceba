/**
 * The scenario that the lab runs: a group that has come to rest, and at one moment the trigger. Pure: the same spec gives the
 * same scenario, and between two variants nothing differs but what the protocol itself asks for.
 */
import type { Words } from './frame.ts';
import type { LabSpec, LabTriggerKind, LabVariant } from './lab.ts';
import { freshScenario } from './lab-fresh.ts';
import { slow } from './lab-slow.ts';
import { labTrigger, labWords, RESTART_EVERY_MS, untilEnd } from './lab-triggers.ts';
import { memberUnder } from './lab-variants.ts';
import type { Scenario, ScenarioConsumer } from './scenario.ts';
import { usToMs } from './time.ts';

export { MAX_LAB_MEMBERS, MAX_LAB_PARTITIONS } from './lab-fresh.ts';

export type LabScenario =
  | {
      readonly ok: true;
      readonly scenario: Scenario;
      readonly group: string;
      readonly triggerUs: number;
      readonly trigger: Words;
      readonly setup: readonly Words[];
    }
  | { readonly ok: false; readonly why: Words };

/** How long a run must go on to show the whole of it, microseconds, if everybody is quick. */
export function defaultWindowUs(trigger: LabTriggerKind, members: number): number {
  const ms: Partial<Record<LabTriggerKind, number>> = {
    leave: 8000,
    crash: 16_000,
    session: 20_000,
    'poll-interval': 14_000,
    'topic-matches': 12_000,
    'partitions-grow': 12_000,
    'static-returns': 12_000,
    'rolling-restart': members * RESTART_EVERY_MS + 8000,
    migration: members * RESTART_EVERY_MS + 10_000,
  };
  return (ms[trigger] ?? 12_000) * 1000;
}

export function labScenario(spec: LabSpec, variant: LabVariant): LabScenario {
  const { base } = spec;
  return base.kind === 'fresh' ? freshScenario(spec, base, variant) : ofMoment(spec, base, variant);
}

// --- a moment of the learner's own --------------------------------------------------------------------------------------

type MomentBase = Extract<LabSpec['base'], { kind: 'moment' }>;

function ofMoment(spec: LabSpec, base: MomentBase, variant: LabVariant): LabScenario {
  const { scenario: own, group, atUs, coordinator } = base;
  const triggerMs = usToMs(atUs);
  const inGroup = (c: ScenarioConsumer): boolean => c.config?.['group.id'] === group && c.assign === undefined;
  const alive = (own.consumers ?? []).filter((c) => inGroup(c) && runsAt(own, c, triggerMs));
  if (alive.length === 0) return { ok: false, why: labWords('refused.nobody', { group }) };
  const slowed = slow(alive, spec.slowestMs, 0);
  const first = alive[0] as ScenarioConsumer;
  const topic = first.subscribe?.[0] ?? own.topics.find(({ name }) => matches(first, name))?.name ?? '';
  const cause = labTrigger(spec.trigger, {
    variant,
    group,
    triggerMs,
    members: slowed.members,
    taken: [...(own.consumers ?? []), ...(own.producers ?? [])].map(({ id }) => id),
    brokers: Array.from({ length: own.cluster?.brokers ?? 3 }, (_, i) => i + 1),
    topic,
    partitions: partitionsAt(own, topic, triggerMs),
    otherTopic: own.topics.find(({ name }) => !matches(first, name))?.name ?? null,
    matching: first.subscribePattern === undefined ? null : freshName(own, first),
    coordinator: coordinator ?? null,
    sessionMs: null,
  });
  if (!cause.ok) return cause;
  const untilMs = triggerMs + usToMs(spec.windowUs);
  const { expect: _expect, bookmarks: _marks, title: _title, note: _note, ...rest } = own;
  const consumers = (own.consumers ?? []).map((c) => slowed.members.find(({ id }) => id === c.id) ?? c);
  const scenario: Scenario = {
    ...rest,
    seed: spec.seed,
    untilMs,
    consumers: [
      ...consumers.map((c) => (inGroup(c) ? memberUnder(c, variant) : c)),
      ...(cause.joins === null ? [] : [memberUnder({ ...cause.joins, joinMs: triggerMs }, variant)]),
    ],
    steps: [...untilEnd(triggerMs, own.steps ?? []), ...untilEnd(untilMs, cause.steps)],
  };
  const setup = slowed.words === null ? [] : [slowed.words];
  return { ok: true, scenario, group, triggerUs: atUs, trigger: cause.words, setup };
}

/** Whether it runs by the scenario's own word: joined, and neither left nor dead since. */
function runsAt({ steps = [] }: Scenario, c: ScenarioConsumer, ms: number): boolean {
  let runs = (c.joinMs ?? 0) <= ms;
  for (const step of steps) {
    if (step.atMs === undefined || step.atMs > ms || step.consumer !== c.id) continue;
    if (step.do === 'consumer.join') runs = true;
    if (step.do === 'consumer.leave' || step.do === 'consumer.crash') runs = false;
  }
  return runs;
}

function matches(c: ScenarioConsumer, topic: string): boolean {
  if (c.subscribe !== undefined) return c.subscribe.includes(topic);
  return c.subscribePattern !== undefined && new RegExp(`^(?:${c.subscribePattern})$`).test(topic);
}

/** A topic that is not there and that the pattern takes; null: none was found. */
function freshName({ topics }: Scenario, c: ScenarioConsumer): string | null {
  const known = topics.map(({ name }) => name);
  for (const name of known)
    for (const end of ['-eu', '2', '-new', 'x'])
      if (!known.includes(name + end) && matches(c, name + end)) return name + end;
  return null;
}

function partitionsAt({ topics, steps = [] }: Scenario, topic: string, ms: number): number {
  const made = topics.find(({ name }) => name === topic);
  let count = made?.assignment?.length ?? made?.partitions ?? 1;
  for (const step of steps)
    if (step.do === 'topic.addPartitions' && step.topic === topic && (step.atMs ?? 0) <= ms) count = Number(step.total);
  return count;
}
