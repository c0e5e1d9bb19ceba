/** A group of the lab's own, at rest before its trigger comes. */
import type { Words } from './frame.ts';
import type { LabSpec, LabTriggerKind, LabVariant } from './lab.ts';
import type { LabScenario } from './lab-scenario.ts';
import { slow } from './lab-slow.ts';
import { labTrigger, labWords, untilEnd } from './lab-triggers.ts';
import { memberUnder } from './lab-variants.ts';
import type { Scenario, ScenarioConsumer, ScenarioProducer, ScenarioStep, ScenarioTopic } from './scenario.ts';
import { usToMs } from './time.ts';

type FreshBase = Extract<LabSpec['base'], { kind: 'fresh' }>;
type Topic = { name: string; partitions: number };

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
/** A topic has at most so many partitions here; more of them are those of further topics. */
const MOST_IN_A_TOPIC = 300;
const BROKERS = [1, 2, 3];
const GROUP = 'shop';
const TOPIC = 'orders';
/** The least that brokers allow a classic member, and as much for the others, so that all are seen to wait alike. */
const SESSION_MS = 6000;
const HEARTBEAT_MS = 2000;
const POLL_INTERVAL_MS = 4000;
const METADATA_AGE_MS = 2000;
const FIRST_JOIN_MS = 1000;
const OTHERS_PROCESS_MS = 1;

/** The seed says where in the members' cycles of heartbeats and work the trigger falls; the same for every variant. */
export function freshTriggerMs(seed: number, slowestMs: number): number {
  const earliestMs = PRODUCE_FROM_MS + FLOWS_MS + Math.round(SLOW_POLLS * slowestMs);
  return earliestMs + (((Math.max(0, Math.floor(seed) - 1) % HEARTBEAT_CYCLE_MS) * SEED_STEP_MS) % HEARTBEAT_CYCLE_MS);
}

export function freshScenario(spec: LabSpec, base: FreshBase, variant: LabVariant): LabScenario {
  const { trigger } = spec;
  const topics = topicsWith(within(base.partitions, MAX_LAB_PARTITIONS));
  const triggerMs = freshTriggerMs(spec.seed, spec.slowestMs);
  const untilMs = triggerMs + usToMs(spec.windowUs);
  const { members, words } = membersOf(spec, base, topics);
  const otherTopic = trigger === 'subscription' ? 'payments' : null;
  const cause = labTrigger(trigger, {
    variant,
    group: GROUP,
    triggerMs,
    members,
    taken: members.map(({ id }) => id),
    brokers: BROKERS,
    topic: TOPIC,
    partitions: topics[0]?.partitions ?? 1,
    otherTopic,
    matching: trigger === 'topic-matches' ? `${TOPIC}-eu` : null,
    coordinator: 1,
    sessionMs: SESSION_MS,
  });
  if (!cause.ok) return cause;
  const joins = cause.joins === null ? [] : [{ ...cause.joins, joinMs: triggerMs }];
  const others: ScenarioTopic[] =
    otherTopic === null ? [] : [{ name: otherTopic, partitions: Math.max(2, members.length) }];
  const scenario: Scenario = {
    kafkascope: 1,
    seed: spec.seed,
    untilMs,
    cluster: { version: '4.3', brokers: BROKERS.length, controllers: 1, ...brokerConfigFor(trigger) },
    topics: [...topics, ...others],
    producers: producersFor(topics, base.ratePerSecond),
    consumers: [...members, ...joins].map((c) => memberUnder(c, variant)),
    steps: untilEnd(untilMs, [...before(trigger, triggerMs), ...cause.steps]),
  };
  const setup = [...setupFor(trigger), ...(words === null ? [] : [words])];
  return { ok: true, scenario, group: GROUP, triggerUs: triggerMs * 1000, trigger: cause.words, setup };
}

function membersOf(spec: LabSpec, base: FreshBase, topics: readonly Topic[]) {
  const count = within(base.members, MAX_LAB_MEMBERS);
  const byPattern = spec.trigger === 'topic-matches';
  const source = byPattern ? { subscribePattern: `${TOPIC}.*` } : { subscribe: topics.map(({ name }) => name) };
  const config = { 'group.id': GROUP, 'auto.offset.reset': 'earliest', ...consumerConfigFor(spec.trigger) };
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
  return slow(members, spec.slowestMs, base.ratePerSecond / count);
}

/** "orders" and, where there are very many partitions, "orders-b" and so on. */
function topicsWith(partitions: number): Topic[] {
  const topics: Topic[] = [];
  for (let left = partitions; left > 0; left -= MOST_IN_A_TOPIC) {
    const name = topics.length === 0 ? TOPIC : `${TOPIC}-${String.fromCharCode(97 + topics.length)}`;
    topics.push({ name, partitions: Math.min(left, MOST_IN_A_TOPIC) });
  }
  return topics;
}

/** One a topic; enough keys that every partition gets some. */
function producersFor(topics: readonly Topic[], ratePerSecond: number): ScenarioProducer[] {
  let all = 0;
  for (const { partitions } of topics) all += partitions;
  return topics.map(({ name, partitions }, i) => ({
    id: `p${i + 1}`,
    workload: {
      topic: name,
      ratePerSecond: (ratePerSecond * partitions) / all,
      startMs: PRODUCE_FROM_MS,
      keys: { kind: 'random', distinct: partitions * 8 },
    },
  }));
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
    brokers: BROKERS,
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

function within(count: number, most: number): number {
  return Math.max(1, Math.min(most, Math.round(count)));
}
