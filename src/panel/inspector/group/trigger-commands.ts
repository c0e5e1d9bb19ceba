/** What makes a group rebalance, as commands: each is one click and stands in the history. Pure. */
import type { StepCommand } from '../../../protocol/engine-client.ts';
import type { GroupMemberView, GroupView, PartitionView } from '../../../protocol/frame.ts';
import type { GroupMemberDetail } from '../../../protocol/group-detail.ts';
import type { Scenario, ScenarioConsumer } from '../../../protocol/scenario.ts';

export type TriggerId =
  | 'join'
  | 'leave'
  | 'crash'
  | 'slow'
  | 'resume'
  | 'restart'
  | 'partition'
  | 'topic'
  | 'move'
  | 'kill';

export interface Trigger {
  readonly id: TriggerId;
  /** In this order, at one moment; empty: it cannot be done now. */
  readonly commands: readonly StepCommand[];
  /** What it acts on, for its sentence: a member, a topic, a broker. */
  readonly on: string;
}

export interface TriggerFacts {
  readonly group: GroupView;
  /** The member that is chosen. */
  readonly member: GroupMemberView | null;
  readonly details: readonly GroupMemberDetail[];
  readonly partitions: readonly PartitionView[];
  readonly brokers: readonly number[];
  readonly consumers: readonly ScenarioConsumer[];
}

/** A wait that is surely longer than max.poll.interval.ms. */
const LONGER_MS = 2_000;

export function triggersOf(f: TriggerFacts): Trigger[] {
  const { group, member } = f;
  const id = member?.consumer ?? '';
  const up = member?.process === 'up';
  const spare = group.members.find((m) => m.process === 'down');
  const on = (trigger: TriggerId, commands: readonly StepCommand[] | null, what: string): Trigger => ({
    id: trigger,
    commands: commands ?? [],
    on: what,
  });
  const topic = group.topics[0] ?? '';
  const matching = topicToMatch(f);
  const coordinator = group.coordinator;
  return [
    on('join', spare === undefined ? null : [{ do: 'consumer.join', consumer: spare.consumer }], spare?.consumer ?? ''),
    on('leave', up ? [{ do: 'consumer.leave', consumer: id }] : null, id),
    on('crash', up || member?.process === 'paused' ? [{ do: 'consumer.crash', consumer: id }] : null, id),
    on('slow', up ? [{ do: 'consumer.pause', consumer: id, ms: slowMs(f) }] : null, id),
    on(
      'restart',
      up
        ? [
            { do: 'consumer.crash', consumer: id },
            { do: 'consumer.join', consumer: id },
          ]
        : null,
      id,
    ),
    on('partition', topic === '' ? null : [addPartition(f, topic)], topic),
    on('topic', matching === null ? null : [newTopic(f, matching)], matching ?? ''),
    on('move', moveCoordinator(f), String(nextBroker(f) ?? '')),
    on('kill', coordinator < 0 ? null : [{ do: 'broker.kill', broker: coordinator }], String(coordinator)),
  ];
}

function slowMs({ member, details }: TriggerFacts): number {
  const detail = details.find((d) => d.consumer === member?.consumer);
  return (detail?.maxPollIntervalMs ?? 300_000) + LONGER_MS;
}

function addPartition({ partitions }: TriggerFacts, topic: string): StepCommand {
  const now = partitions.filter((p) => p.topic === topic).length;
  return { do: 'topic.addPartitions', topic, total: now + 1 };
}

function newTopic({ partitions, brokers }: TriggerFacts, name: string): StepCommand {
  const like = partitions[0]?.replicas.length ?? brokers.length;
  return { do: 'topic.create', name, partitions: 2, replicationFactor: Math.max(1, Math.min(like, brokers.length)) };
}

/** A name of a topic that is not there and that the pattern of a member matches; null: nobody subscribes to a pattern. */
export function topicToMatch({ group, consumers, partitions }: TriggerFacts): string | null {
  const members = new Set(group.members.map((m) => m.consumer));
  const pattern = consumers.find((c) => members.has(c.id) && c.subscribePattern !== undefined)?.subscribePattern;
  if (pattern === undefined) return null;
  let regex: RegExp;
  try {
    regex = new RegExp(`^(?:${pattern})$`);
  } catch {
    return null;
  }
  const taken = new Set(partitions.map((p) => p.topic));
  const stem = /^[A-Za-z0-9_-]*/.exec(pattern.replace(/^\^/, ''))?.[0] ?? '';
  const ends = ['new', '-new', 'x', '-x', '1', '2', '3', '4', '5', '-1', '-2', '-3', 'a', 'b', 'c', '', '.new'];
  const stems = [stem, stem.replace(/[-.]$/, ''), ...group.topics];
  for (const start of stems)
    for (const end of ends) {
      const name = `${start}${end}`;
      if (name !== '' && !taken.has(name) && regex.test(name)) return name;
    }
  return null;
}

/** The broker that comes after the coordinator. */
function nextBroker({ group, brokers }: TriggerFacts): number | null {
  if (group.coordinator < 0 || brokers.length < 2) return null;
  const at = brokers.indexOf(group.coordinator);
  return brokers[(at + 1) % brokers.length] ?? null;
}

/** Its partition is led by another broker, as an operator would do it: other replicas in order, then the preferred one elected. */
function moveCoordinator(f: TriggerFacts): StepCommand[] | null {
  const next = nextBroker(f);
  if (next === null) return null;
  const at = f.brokers.indexOf(next);
  const replicas = f.brokers.map((_, i) => f.brokers[(at + i) % f.brokers.length] as number).slice(0, 3);
  const partition = f.group.coordinatorPartition;
  return [
    { do: 'partition.reassign', partition, replicas },
    { do: 'leader.elect', partition },
  ];
}

/** A scenario with one member more, set as the others of its group are; it joins at `atMs`. null: the group has no member to copy. */
export function withMember(scenario: Scenario, group: string, atMs: number): { scenario: Scenario; id: string } | null {
  const consumers = scenario.consumers ?? [];
  const like = consumers.filter((c) => c.config?.['group.id'] === group && c.assign === undefined).at(-1);
  if (like === undefined) return null;
  const stem = like.id.replace(/\d+$/, '') || like.id;
  const taken = new Set([...consumers, ...(scenario.producers ?? [])].map((c) => c.id));
  let n = 1;
  while (taken.has(`${stem}${n}`)) n += 1;
  const id = `${stem}${n}`;
  const { 'group.instance.id': instance, ...config } = like.config ?? {};
  const own = instance === undefined ? config : { ...config, 'group.instance.id': id };
  const added = { ...like, id, config: own, joinMs: Math.ceil(atMs) };
  return { scenario: { ...scenario, consumers: [...consumers, added] }, id };
}
