/** What each trigger of the lab does, as steps of a scenario: the same ones at the same moments for every variant. */
import { groupCoordinatorPartition } from '../kafka/hash/java-string-hash.ts';
import type { Phrase, Words } from './frame.ts';
import type { LabTriggerKind, LabVariant } from './lab.ts';
import { isServerSide, RANGE } from './lab-variants.ts';
import type { ScenarioConsumer, ScenarioStep } from './scenario.ts';

/** Members restart one after the other, so far apart and for so long. */
export const RESTART_EVERY_MS = 4000;
export const RESTART_TAKES_MS = 1000;
/** A static member is away for this long. */
export const AWAY_MS = 2000;
/** The coordinator's partition gets its new order this long before its leader is elected. */
const REORDERED_BEFORE_MS = 3000;
/** Past the session's end or the poll interval by this much. */
const PAST_MS = 3000;
const DEFAULT_SESSION_MS = 45_000;
const DEFAULT_POLL_MS = 300_000;

/** The group at the moment of the trigger. */
export interface LabScene {
  readonly variant: LabVariant;
  readonly group: string;
  readonly triggerMs: number;
  /** Members that run at that moment, in the scenario's order; at least one. */
  readonly members: readonly ScenarioConsumer[];
  /** Ids of clients that a newcomer cannot have. */
  readonly taken: readonly string[];
  readonly brokers: readonly number[];
  /** The topic that the group reads, and how many partitions it has. */
  readonly topic: string;
  readonly partitions: number;
  /** A second topic that is there and that nobody reads yet; null: none. */
  readonly otherTopic: string | null;
  /** A name that the members' pattern matches and that no topic has; null: they have no pattern. */
  readonly matching: string | null;
  /** Broker that coordinates the group; null: not known. */
  readonly coordinator: number | null;
  /** session.timeout.ms as the coordinator applies it. */
  readonly sessionMs: number | null;
}

export type LabTrigger =
  | {
      readonly ok: true;
      readonly steps: readonly ScenarioStep[];
      readonly joins: ScenarioConsumer | null;
      readonly words: Words;
    }
  | { readonly ok: false; readonly why: Words };

export function labWords(key: string, params: Phrase['params'] = {}): Words {
  return { title: { key: `labrun.${key}`, params }, what: null };
}

const refused = (why: string, params: Phrase['params'] = {}): LabTrigger => ({
  ok: false,
  why: labWords(`refused.${why}`, params),
});

/** What comes after the end is left out; the engine brings the rest into the order of time. */
export function untilEnd(untilMs: number, steps: readonly ScenarioStep[]): ScenarioStep[] {
  return steps.filter(({ atMs }) => atMs === undefined || atMs <= untilMs);
}

/** The steps that cause it. Whoever leaves, dies or stands still is the first member, the slowest one is the last. */
export function labTrigger(kind: LabTriggerKind, scene: LabScene): LabTrigger {
  const { triggerMs: atMs, members, topic } = scene;
  const consumer = (members[0] as ScenarioConsumer).id;
  const does = (steps: readonly ScenarioStep[], params: Phrase['params'] = {}): LabTrigger => ({
    ok: true,
    steps,
    joins: null,
    words: labWords(`trigger.${kind}`, { consumer, topic, count: members.length, ...params }),
  });
  switch (kind) {
    case 'join': {
      const joins = newcomer(scene);
      return { ok: true, steps: [], joins, words: labWords('trigger.join', { consumer: joins.id }) };
    }
    case 'leave':
      return does([{ atMs, do: 'consumer.leave', consumer }]);
    case 'crash':
      return does([{ atMs, do: 'consumer.crash', consumer }]);
    case 'poll-interval':
      return standsStill(scene, does);
    case 'session':
      return outOfReach(scene, does);
    case 'topic-matches':
      if (scene.variant === 'share') return refused('share-pattern');
      if (scene.matching === null) return refused('no-pattern');
      return does([{ atMs, do: 'topic.create', name: scene.matching, partitions: members.length }], {
        topic: scene.matching,
      });
    case 'partitions-grow': {
      const total = scene.partitions + Math.max(2, Math.ceil(scene.partitions / 2));
      return does([{ atMs, do: 'topic.addPartitions', topic, total }], { from: scene.partitions, to: total });
    }
    case 'subscription':
      return subscribes(scene, does);
    case 'coordinator-moves':
      return moves(scene, does);
    case 'static-returns':
      return does(restart(consumer, atMs, AWAY_MS), { awayUs: AWAY_MS * 1000 });
    case 'rolling-restart':
      return does(
        members.flatMap(({ id }, i) => restart(id, atMs + i * RESTART_EVERY_MS, RESTART_TAKES_MS)),
        { everyUs: RESTART_EVERY_MS * 1000 },
      );
    case 'migration':
      return migrates(scene, does);
  }
}

type Does = (steps: readonly ScenarioStep[], params?: Phrase['params']) => LabTrigger;

/** One like the first, under the next free number. */
function newcomer({ members, taken }: LabScene): ScenarioConsumer {
  const like = members[0] as ScenarioConsumer;
  let number = members.length + 1;
  while (taken.includes(`c${number}`)) number += 1;
  const { 'group.instance.id': _instance, ...config } = like.config ?? {};
  return { ...like, id: `c${number}`, config };
}

/** The application holds a record for longer than it may; its heartbeat thread goes on until it notices. */
function standsStill({ triggerMs: atMs, members }: LabScene, does: Does): LabTrigger {
  const held = members[0] as ScenarioConsumer;
  const pollMs = Number(held.config?.['max.poll.interval.ms'] ?? DEFAULT_POLL_MS);
  const ms = pollMs + PAST_MS;
  return does([{ atMs, do: 'consumer.pause', consumer: held.id, ms }], { heldUs: ms * 1000, limitUs: pollMs * 1000 });
}

/** Its network is cut: no heartbeat arrives; it comes back when its session is over. */
function outOfReach({ triggerMs: atMs, members, brokers, sessionMs }: LabScene, does: Does): LabTrigger {
  const cut = members[0] as ScenarioConsumer;
  const session = sessionMs ?? Number(cut.config?.['session.timeout.ms'] ?? DEFAULT_SESSION_MS);
  const between = [[cut.id], [...brokers]];
  const steps: ScenarioStep[] = [
    { atMs, do: 'network.cut', between },
    { atMs: atMs + session + PAST_MS, do: 'network.heal', between },
  ];
  return does(steps, { sessionUs: session * 1000, cutUs: (session + PAST_MS) * 1000 });
}

function subscribes({ triggerMs: atMs, members, topic, otherTopic }: LabScene, does: Does): LabTrigger {
  const { id, subscribe } = members[0] as ScenarioConsumer;
  if (otherTopic === null || subscribe === undefined) return refused('no-other-topic');
  const topics = [...subscribe, otherTopic];
  return does([{ atMs, do: 'consumer.subscribe', consumer: id, topics }], { topic, other: otherTopic });
}

/** Its partition of __consumer_offsets gets another preferred leader, which is then elected: no broker goes down. */
function moves({ triggerMs: atMs, group, brokers, coordinator }: LabScene, does: Does): LabTrigger {
  const partition = `__consumer_offsets-${groupCoordinatorPartition(group)}`;
  if (coordinator === null) return refused('coordinator-unknown');
  const others = brokers.filter((id) => id !== coordinator);
  const next = others[0];
  if (next === undefined) return refused('one-broker');
  const replicas = [next, coordinator, ...others.slice(1)].slice(0, Math.min(3, brokers.length));
  const reorderedMs = Math.max(0, atMs - REORDERED_BEFORE_MS);
  const steps: ScenarioStep[] = [
    { atMs: reorderedMs, do: 'partition.reassign', partition, replicas },
    { atMs, do: 'leader.elect', partition },
  ];
  return does(steps, { partition, from: coordinator, to: next });
}

function restart(consumer: string, atMs: number, awayMs: number): ScenarioStep[] {
  return [
    { atMs, do: 'consumer.leave', consumer },
    { atMs: atMs + awayMs, do: 'consumer.join', consumer },
  ];
}

/** To the other protocol, a member at a time; from the new one it is the way back (migration policy BIDIRECTIONAL). */
function migrates({ triggerMs, members, variant }: LabScene, does: Does): LabTrigger {
  if (variant === 'share') return refused('share-migration');
  const back = isServerSide(variant);
  const steps = members.flatMap(({ id }, i): ScenarioStep[] => {
    const at = { atMs: triggerMs + i * RESTART_EVERY_MS, do: 'config.set', scope: 'consumer', entity: id } as const;
    return back
      ? [
          { ...at, key: 'group.protocol', value: 'classic' },
          { ...at, key: 'partition.assignment.strategy', value: RANGE },
        ]
      : [
          { ...at, key: 'partition.assignment.strategy', value: null },
          { ...at, key: 'group.protocol', value: 'consumer' },
        ];
  });
  return does(steps, { protocol: back ? 'classic' : 'consumer', everyUs: RESTART_EVERY_MS * 1000 });
}
