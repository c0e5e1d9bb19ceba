/**
 * The scenario that the lab runs: a group that has come to rest, and at one moment the trigger. Pure: the same spec gives the
 * same scenario, and between two variants nothing differs but what the protocol itself asks for.
 */
import type { Words } from './frame.ts';
import type { LabSpec, LabTriggerKind, LabVariant } from './lab.ts';
import { type LabScene, labTrigger, labWords, RESTART_EVERY_MS } from './lab-triggers.ts';
import { memberUnder } from './lab-variants.ts';
import type { Scenario, ScenarioConsumer, ScenarioStep, ScenarioTopic } from './scenario.ts';
import { usToMs } from './time.ts';

/** A group of the lab's own has this long to come to rest under every protocol, before anything is produced. */
const PRODUCE_FROM_MS = 12_000;
/** Then records flow for a while (and the slowest member has had two polls' worth of them) before the trigger comes. */
const FLOWS_MS = 2500;
const SLOW_POLLS = 2;
/** What lies between two heartbeats: where in it the trigger falls decides how long its news travels. */
const HEARTBEAT_CYCLE_MS = 3000;
/** No two seeds near each other meet the same moment of it. */
const SEED_STEP_MS = 1171;
export const MAX_LAB_MEMBERS = 200;
export const MAX_LAB_PARTITIONS = 1000;
const GROUP = 'shop';
const TOPIC = 'orders';
/** The least that brokers allow a classic member, and as much for the others, so that all are seen to wait alike. */
const SESSION_MS = 6000;
const HEARTBEAT_MS = 2000;
const POLL_INTERVAL_MS = 4000;
const METADATA_AGE_MS = 2000;
const FIRST_JOIN_MS = 1000;
const OTHERS_PROCESS_MS = 1;
/** So many records make a poll of the slowest member at most. */
const SLOW_RECORDS = 10;

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
  return spec.base.kind === 'fresh' ? fresh(spec, variant) : ofMoment(spec, variant);
}

/** The seed says where in the members' cycles of heartbeats and work the trigger falls; the same for every variant. */
export function freshTriggerMs(seed: number, slowestMs: number): number {
  const earliestMs = PRODUCE_FROM_MS + FLOWS_MS + Math.round(SLOW_POLLS * slowestMs);
  return earliestMs + (((Math.max(0, Math.floor(seed) - 1) % HEARTBEAT_CYCLE_MS) * SEED_STEP_MS) % HEARTBEAT_CYCLE_MS);
}

// --- a group of the lab's own ------------------------------------------------------------------------------------------

function fresh(spec: LabSpec, variant: LabVariant): LabScenario {
  const base = spec.base as Extract<LabSpec['base'], { kind: 'fresh' }>;
  const { trigger } = spec;
  const count = within(base.members, MAX_LAB_MEMBERS);
  const partitions = within(base.partitions, MAX_LAB_PARTITIONS);
  const config = { 'group.id': GROUP, 'auto.offset.reset': 'earliest', ...consumerConfigFor(trigger) };
  const source = trigger === 'topic-matches' ? { subscribePattern: `${TOPIC}.*` } : { subscribe: [TOPIC] };
  const setup = setupFor(trigger);
  const triggerMs = freshTriggerMs(spec.seed, spec.slowestMs);
  const untilMs = triggerMs + usToMs(spec.windowUs);
  const members = Array.from(
    { length: count },
    (_, i): ScenarioConsumer => ({
      id: `c${i + 1}`,
      joinMs: FIRST_JOIN_MS + i * 10,
      config,
      ...source,
      processMs: OTHERS_PROCESS_MS,
    }),
  );
  const slowed = slow(members, spec.slowestMs, base.ratePerSecond / count);
  if (slowed.words !== null) setup.push(slowed.words);
  const scene: LabScene = {
    variant,
    group: GROUP,
    triggerMs,
    members: slowed.members,
    taken: slowed.members.map(({ id }) => id),
    brokers: [1, 2, 3],
    topic: TOPIC,
    partitions,
    otherTopic: trigger === 'subscription' ? 'payments' : null,
    matching: trigger === 'topic-matches' ? `${TOPIC}-eu` : null,
    coordinator: 1,
    sessionMs: SESSION_MS,
  };
  const cause = labTrigger(trigger, scene);
  if (!cause.ok) return cause;
  const joins = cause.joins === null ? [] : [{ ...cause.joins, joinMs: triggerMs }];
  const topics: ScenarioTopic[] = [{ name: TOPIC, partitions }];
  if (scene.otherTopic !== null) topics.push({ name: scene.otherTopic, partitions: Math.max(2, count) });
  const scenario: Scenario = {
    kafkascope: 1,
    seed: spec.seed,
    untilMs,
    cluster: { version: '4.3', brokers: 3, controllers: 1, ...brokerConfigFor(trigger) },
    topics,
    producers: [{ id: 'p1', workload: workload(base.ratePerSecond, partitions) }],
    consumers: [...slowed.members, ...joins].map((c) => memberUnder(c, variant)),
    steps: until(untilMs, [...before(trigger, triggerMs), ...cause.steps]),
  };
  return { ok: true, scenario, group: GROUP, triggerUs: triggerMs * 1000, trigger: cause.words, setup };
}

/** Enough keys that every partition gets some. */
function workload(ratePerSecond: number, partitions: number) {
  return {
    topic: TOPIC,
    ratePerSecond,
    startMs: PRODUCE_FROM_MS,
    keys: { kind: 'random' as const, distinct: partitions * 8 },
  };
}

/** The coordinator is broker 1 before it moves. */
function before(trigger: LabTriggerKind, triggerMs: number): ScenarioStep[] {
  if (trigger !== 'coordinator-moves') return [];
  const moved = labTrigger('coordinator-moves', {
    variant: 'eager',
    group: GROUP,
    triggerMs: triggerMs - 5000,
    members: [{ id: 'c1' }],
    taken: [],
    brokers: [1, 2, 3],
    topic: TOPIC,
    partitions: 1,
    otherTopic: null,
    matching: null,
    coordinator: 2,
    sessionMs: null,
  });
  return moved.ok ? [...moved.steps] : [];
}

function consumerConfigFor(trigger: LabTriggerKind): Record<string, string> {
  switch (trigger) {
    case 'crash':
    case 'session':
      return { 'session.timeout.ms': String(SESSION_MS), 'heartbeat.interval.ms': String(HEARTBEAT_MS) };
    case 'poll-interval':
      return { 'max.poll.interval.ms': String(POLL_INTERVAL_MS) };
    case 'topic-matches':
    case 'partitions-grow':
      return { 'metadata.max.age.ms': String(METADATA_AGE_MS) };
    default:
      return {};
  }
}

function brokerConfigFor(trigger: LabTriggerKind): { config?: Record<string, string> } {
  if (trigger !== 'crash' && trigger !== 'session') return {};
  const config: Record<string, string> = {};
  for (const kind of ['consumer', 'share']) {
    for (const least of ['min.', '']) {
      config[`group.${kind}.${least}session.timeout.ms`] = String(SESSION_MS);
      config[`group.${kind}.${least}heartbeat.interval.ms`] = String(HEARTBEAT_MS);
    }
  }
  return { config };
}

function setupFor(trigger: LabTriggerKind): Words[] {
  switch (trigger) {
    case 'crash':
    case 'session':
      return [labWords('setup.session', { sessionUs: SESSION_MS * 1000, heartbeatUs: HEARTBEAT_MS * 1000 })];
    case 'poll-interval':
      return [labWords('setup.poll-interval', { limitUs: POLL_INTERVAL_MS * 1000 })];
    case 'topic-matches':
    case 'partitions-grow':
      return [labWords('setup.metadata-age', { ageUs: METADATA_AGE_MS * 1000 })];
    default:
      return [];
  }
}

/**
 * The last member takes `slowestMs` for the records of one poll: as many as surely lie ready each time (at most ten, at
 * least one), each an equal part of it.
 */
function slow(
  members: readonly ScenarioConsumer[],
  slowestMs: number,
  recordsPerSecond: number,
): { members: readonly ScenarioConsumer[]; words: Words | null } {
  const last = members.at(-1);
  if (slowestMs <= 0 || last === undefined) return { members, words: null };
  const ready = Math.floor((recordsPerSecond * slowestMs) / 2000);
  const records = Math.max(1, Math.min(SLOW_RECORDS, ready));
  const recordUs = Math.round((slowestMs * 1000) / records);
  const slowed = {
    ...last,
    processMs: usToMs(recordUs),
    config: { ...last.config, 'max.poll.records': String(records) },
  };
  const words = labWords('setup.slow', { consumer: last.id, records, recordUs, batchUs: recordUs * records });
  return { members: [...members.slice(0, -1), slowed], words };
}

// --- a moment of the learner's own --------------------------------------------------------------------------------------

function ofMoment(spec: LabSpec, variant: LabVariant): LabScenario {
  const { scenario: own, group, atUs, coordinator } = spec.base as Extract<LabSpec['base'], { kind: 'moment' }>;
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
    steps: [...until(triggerMs, own.steps ?? []), ...until(untilMs, cause.steps)],
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

function within(count: number, most: number): number {
  return Math.max(1, Math.min(most, Math.round(count)));
}

/** What comes after the end is left out; the engine brings the rest into the order of time. */
function until(untilMs: number, steps: readonly ScenarioStep[]): ScenarioStep[] {
  return steps.filter(({ atMs }) => atMs === undefined || atMs <= untilMs);
}
