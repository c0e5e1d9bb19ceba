import { MAX_TOPIC_NAME_LENGTH, parsePartitionName, topicNameFault } from '../partition-name.ts';
import type { Between, NodeRef } from '../scenario.ts';
import { type Check, item, report, shorten } from './check.ts';
import { WORDS } from './messages.ts';
import { isBroker, isNode, knownBrokers, knownNodes, type Names } from './names.ts';
import { type Read, wrongType } from './values.ts';

/** A broker's id. */
export function brokerId(names: Names): Read<number> {
  return (check, place, value) => {
    if (typeof value !== 'number') return wrongType(check, place, 'whole', value);
    if (isBroker(names, value)) return value;
    report(
      check,
      place,
      'unknown-broker',
      { id: String(value), ...knownBrokers(names) },
      { expected: `1 to ${names.brokers}` },
    );
    return undefined;
  };
}

/** A broker's or controller's id. */
export function nodeId(names: Names): Read<number> {
  return (check, place, value) => {
    if (typeof value !== 'number') return wrongType(check, place, 'whole', value);
    if (isNode(names, value)) return value;
    const known = knownNodes(names);
    report(check, place, 'unknown-node', { id: String(value), ...known }, { expected: `1 to ${names.brokers}` });
    return undefined;
  };
}

/** A topic that the file defines. */
export function topicName(names: Names): Read<string> {
  return (check, place, value) => {
    if (typeof value !== 'string') return wrongType(check, place, 'text', value);
    if (names.topics.has(value)) return value;
    if (names.autoCreate) return readTopicName(check, place, value);
    report(check, place, 'unknown-topic', { name: shorten(value) }, { unknown: value, known: names.topics.keys() });
    return undefined;
  };
}

/** A name that Kafka would give to a topic. */
export const readTopicName: Read<string> = (check, place, value) => {
  if (typeof value !== 'string') return wrongType(check, place, 'text', value);
  if (topicNameFault(value) === null) return value;
  report(
    check,
    place,
    'topic-name',
    { name: JSON.stringify(shorten(value)) },
    { expected: `[a-zA-Z0-9._-]{1,${MAX_TOPIC_NAME_LENGTH}}` },
  );
  return undefined;
};

/** A partition that the file defines, such as "orders-0". */
export function existingPartition(names: Names): Read<string> {
  return (check, place, value) => {
    if (typeof value !== 'string') return wrongType(check, place, 'text', value);
    const ref = parsePartitionName(value);
    if (ref === null) {
      report(check, place, 'not-a-partition', { name: JSON.stringify(shorten(value)) }, { expected: 'topic-number' });
      return undefined;
    }
    if (topicName(names)(check, place, ref.topic) === undefined) return undefined;
    return partitionNumber(names, ref.topic)(check, place, ref.partition) === undefined ? undefined : value;
  };
}

/** The number of a partition of a topic. */
export function partitionNumber(names: Names, topic: string | undefined): Read<number> {
  return (check, place, value) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType(check, place, 'whole', value);
    const count = topic === undefined ? undefined : names.topics.get(topic);
    if (value >= 0 && (count === undefined || value < count)) return value === 0 ? 0 : value;
    const known = count === undefined || count === 1 ? '@one-partition' : '@some-partitions';
    report(check, place, 'unknown-partition', {
      topic: shorten(topic ?? ''),
      partition: String(value),
      known,
      last: (count ?? 1) - 1,
    });
    return undefined;
  };
}

export function producerId(names: Names): Read<string> {
  return clientId(names.producers, 'unknown-producer');
}

export function consumerId(names: Names): Read<string> {
  return clientId(names.consumers, 'unknown-consumer');
}

function clientId(
  known: ReadonlySet<string>,
  code: 'unknown-producer' | 'unknown-consumer' | 'unknown-client',
): Read<string> {
  return (check, place, value) => {
    if (typeof value !== 'string') return wrongType(check, place, 'text', value);
    if (known.has(value)) return value;
    report(
      check,
      place,
      code,
      { name: JSON.stringify(shorten(value)) },
      { unknown: value, known, expected: [...known].slice(0, 20).join(', ') },
    );
    return undefined;
  };
}

/** A group that a consumer of the file belongs to. */
export function groupId(names: Names): Read<string> {
  return (check, place, value) => {
    if (typeof value !== 'string') return wrongType(check, place, 'text', value);
    if (names.groups.has(value)) return value;
    report(
      check,
      place,
      'unknown-group',
      { name: JSON.stringify(shorten(value)) },
      { unknown: value, known: names.groups },
    );
    return undefined;
  };
}

/** `[[1],[2,"p1"]]`: two sides of a network, without a common node. */
export function between(names: Names): Read<Between> {
  return (check, place, value) => {
    if (!Array.isArray(value) || value.length !== 2) return wrongType(check, place, 'between', value);
    const sides = value.map((side, index) => readSide(check, item(place, index), side, names));
    const [left, right] = sides;
    if (left === undefined || right === undefined) return undefined;
    const both = left.find((ref) => right.includes(ref));
    if (both === undefined) return [left, right];
    report(check, place, 'both-sides', { name: shorten(String(both)) });
    return undefined;
  };
}

function readSide(check: Check, place: string, side: unknown, names: Names): NodeRef[] | undefined {
  if (!Array.isArray(side)) return wrongType(check, place, 'id-list', side);
  if (side.length === 0) {
    report(check, place, 'empty-list', {}, { expected: WORDS['id-list'] });
    return undefined;
  }
  const clients = new Set([...names.producers, ...names.consumers]);
  const refs: NodeRef[] = [];
  for (const [index, entry] of (side as unknown[]).entries()) {
    const at = item(place, index);
    const read: Read<NodeRef> = typeof entry === 'string' ? clientId(clients, 'unknown-client') : nodeId(names);
    const ref =
      typeof entry === 'string' || typeof entry === 'number'
        ? read(check, at, entry)
        : wrongType(check, at, 'node', entry);
    if (ref === undefined) continue;
    if (refs.includes(ref)) report(check, at, 'repeated-item', { value: shorten(String(ref)) });
    else refs.push(ref);
  }
  return refs.length === side.length ? refs : undefined;
}
