import { effectiveTopicConfig } from '../../kafka/config/effective-topic.ts';
import { topicNamesCollide } from '../partition-name.ts';
import type { ScenarioTopic } from '../scenario.ts';
import { type Check, item, member, report, shorten } from './check.ts';
import { checkEffective, configObject } from './configs.ts';
import { MAX_PARTITIONS, type Names } from './names.ts';
import { brokerId, readTopicName } from './references.ts';
import { sortEntries } from './sort-entries.ts';
import { defined, type Fields, listOf, needed, optional, type Read, readFields, whole } from './values.ts';

export const TOPIC_FIELDS = ['name', 'partitions', 'replicationFactor', 'assignment', 'config'];

const MAX_TOPICS = 1000;

/** Kafka makes these itself, on first use. */
const INTERNAL_TOPICS = ['__consumer_offsets', '__transaction_state', '__share_group_state', '__cluster_metadata'];

export function topics(names: Names): Read<ScenarioTopic[]> {
  return (check, place, value) => {
    const read = listOf(topic(names), { max: MAX_TOPICS })(check, place, value);
    if (read !== undefined) checkNames(check, place, value as unknown[]);
    return read;
  };
}

export function topic(names: Names): Read<ScenarioTopic> {
  return (check, place, value) => {
    const fields = readFields(check, place, value, TOPIC_FIELDS);
    return fields === undefined ? undefined : topicFields(check, place, fields, names);
  };
}

/** The fields of a topic, which stand in `topics` and in the step topic.create alike. */
export function topicFields(check: Check, place: string, fields: Fields, names: Names): ScenarioTopic | undefined {
  const before = check.problems.length;
  const name = needed(check, place, fields, 'name', readNewTopicName);
  const partitions = optional(check, place, fields, 'partitions', whole(1, MAX_PARTITIONS));
  const replicationFactor = optional(check, place, fields, 'replicationFactor', replicationFactorOf(names));
  const assignment = optional(check, place, fields, 'assignment', assignmentOf(names));
  const config = optional(check, place, fields, 'config', configObject('topic'));
  if (assignment !== undefined) checkAssignment(check, place, assignment, partitions, replicationFactor);
  if (config !== undefined && check.problems.length === before) {
    checkEffective(check, member(place, 'config'), effectiveTopicConfig(sortEntries(config), []));
  }
  return name === undefined ? undefined : defined({ name, partitions, replicationFactor, assignment, config });
}

const readNewTopicName: Read<string> = (check, place, value) => {
  const name = readTopicName(check, place, value);
  if (name === undefined || !INTERNAL_TOPICS.includes(name)) return name;
  report(check, place, 'internal-topic', { name });
  return undefined;
};

export function replicationFactorOf(names: Names): Read<number> {
  return (check, place, value) => {
    const factor = whole(1, 32_767)(check, place, value);
    if (factor === undefined || factor <= names.brokers) return factor;
    report(
      check,
      place,
      'replication-above-brokers',
      { value: factor, brokers: names.brokers },
      { expected: `1 to ${names.brokers}` },
    );
    return undefined;
  };
}

export function assignmentOf(names: Names): Read<number[][]> {
  return listOf(replicasOf(names), { min: 1, max: MAX_PARTITIONS });
}

export function replicasOf(names: Names): Read<number[]> {
  return listOf(brokerId(names), { min: 1, max: names.brokers, distinct: true });
}

function checkAssignment(
  check: Check,
  place: string,
  assignment: number[][],
  partitions: number | undefined,
  replicationFactor: number | undefined,
): void {
  if (partitions !== undefined && partitions !== assignment.length) {
    const params = { partitions, assignment: assignment.length };
    report(check, member(place, 'partitions'), 'partitions-against-assignment', params, {
      expected: String(assignment.length),
    });
  }
  const first = assignment[0]?.length ?? 0;
  if (replicationFactor !== undefined && replicationFactor !== first) {
    const params = { factor: replicationFactor, assignment: first };
    report(check, member(place, 'replicationFactor'), 'replication-against-assignment', params, {
      expected: String(first),
    });
  }
  const uneven = assignment.findIndex((replicas) => replicas.length !== first);
  if (uneven <= 0) return;
  const at = item(member(place, 'assignment'), uneven);
  report(check, at, 'uneven-assignment', { partition: uneven, found: assignment[uneven]?.length ?? 0, first });
}

/** Names that are taken already, and those that Kafka's metrics could not tell apart. */
function checkNames(check: Check, place: string, list: readonly unknown[]): void {
  const firstOf = new Map<string, { name: string; at: string }>();
  for (const [index, entry] of list.entries()) {
    const name = (entry as { name?: unknown } | null)?.name;
    if (typeof name !== 'string') continue;
    const at = item(place, index);
    const sameness = name.replaceAll('.', '_');
    const first = firstOf.get(sameness);
    if (first === undefined) firstOf.set(sameness, { name, at });
    else if (first.name === name)
      report(check, member(at, 'name'), 'repeated-topic', { name: shorten(name), first: first.at });
    else if (topicNamesCollide(first.name, name)) {
      report(check, member(at, 'name'), 'colliding-topic', { name: shorten(name), other: shorten(first.name) });
    }
  }
}
