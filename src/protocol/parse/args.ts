import { refuseBrokerMinIsr } from '../../kafka/config/effective-broker.ts';
import { findKey, knownKeys } from '../../kafka/config/registry.ts';
import type { ConfigSetScope } from '../verbs/config-set.ts';
import type { ArgType } from '../verbs/spec.ts';
import { type Check, member, report, shorten } from './check.ts';
import { checkConfigValue, configObject, readConfigText, reportRefusal } from './configs.ts';
import { MAX_SOURCES, readPattern } from './consumers.ts';
import { isNode, knownNodes, MAX_PARTITIONS, type Names } from './names.ts';
import { readMbps, readPercent } from './network.ts';
import {
  between,
  consumerId,
  existingPartition,
  groupId,
  nodeId,
  partitionNumber,
  producerId,
  readTopicName,
  topicName,
} from './references.ts';
import { assignmentOf, replicasOf, replicationFactorOf } from './topics.ts';
import {
  type Fields,
  isObject,
  listOf,
  type Read,
  readBoolean,
  readName,
  readText,
  readTextOrNull,
  readTime,
  whole,
  word,
  wrongType,
} from './values.ts';

const MAX_OFFSET = Number.MAX_SAFE_INTEGER;
const MAX_SEND = 1_000_000;
const MAX_HEADERS = 1000;

/** The reader of an argument by its type; `fields` are all of the step's, for the few that lean on another. */
export function argReader(type: ArgType, names: Names, fields: Fields): Read<unknown> {
  switch (type) {
    case 'nodeId':
      return nodeId(names);
    case 'between':
      return between(names);
    case 'boolean':
      return readBoolean;
    case 'ms':
      return readTime;
    case 'percent':
      return readPercent;
    case 'mbps':
      return readMbps;
    case 'bytes':
    case 'offset':
      return whole(0, MAX_OFFSET);
    case 'producerId':
      return producerId(names);
    case 'consumerId':
      return consumerId(names);
    case 'topicName':
      return topicName(names);
    case 'topicNames':
      return listOf(topicName(names), { min: 1, max: MAX_SOURCES, distinct: true });
    case 'pattern':
      return readPattern;
    case 'newTopicName':
      return readTopicName;
    case 'partitionName':
      return existingPartition(names);
    case 'partitionNumber':
      return partitionNumber(names, textField(fields, 'topic'));
    case 'partitionCount':
      return whole(1, MAX_PARTITIONS);
    case 'replicationFactor':
      return replicationFactorOf(names);
    case 'text':
    case 'configKey':
      return readName;
    case 'textOrNull':
      return readTextOrNull;
    case 'headers':
      return readHeaders;
    case 'count':
      return whole(1, MAX_SEND);
    case 'seekTarget':
      return readSeekTarget;
    case 'replicas':
      return replicasOf(names);
    case 'assignment':
      return assignmentOf(names);
    case 'topicConfig':
      return configObject('topic');
    case 'configScope':
      return word('broker', 'topic', 'producer', 'consumer', 'group');
    case 'configEntity':
      return configEntity(names, fields.get('scope'));
    case 'configValue':
      return (check, place, value) => (value === null ? null : readConfigText(check, place, value));
  }
}

/** An object of texts, or a list of pairs, since Kafka allows one name twice; always read as a list of pairs. */
const readHeaders: Read<(readonly [string, string | null])[]> = (check, place, value) => {
  if (isObject(value)) {
    const pairs = Object.keys(value).map(
      (name) => [name, readTextOrNull(check, member(place, name), value[name])] as const,
    );
    return pairs.filter((pair): pair is readonly [string, string | null] => pair[1] !== undefined);
  }
  if (!Array.isArray(value)) return wrongType(check, place, 'headers', value);
  return listOf(readHeader, { max: MAX_HEADERS })(check, place, value);
};

const readHeader: Read<readonly [string, string | null]> = (check, place, value) => {
  if (!Array.isArray(value) || value.length !== 2) return wrongType(check, place, 'headers', value);
  const name = readText(check, `${place}[0]`, value[0]);
  const text = readTextOrNull(check, `${place}[1]`, value[1]);
  return name === undefined || text === undefined ? undefined : [name, text];
};

const readSeekTarget: Read<number | 'beginning' | 'end'> = (check, place, value) => {
  if (value === 'beginning' || value === 'end') return value;
  if (typeof value === 'number') return whole(0, MAX_OFFSET)(check, place, value);
  return wrongType(check, place, 'seek-target', value);
};

function configEntity(names: Names, scope: unknown): Read<string | null> {
  return (check, place, value) => {
    if (value === null || value === '') return null;
    if (scope === 'broker') return brokerEntity(check, place, value, names);
    if (scope === 'topic') return topicName(names)(check, place, value);
    if (scope === 'producer') return producerId(names)(check, place, value);
    if (scope === 'consumer') return consumerId(names)(check, place, value);
    if (scope === 'group') return groupId(names)(check, place, value);
    return typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : wrongType(check, place, 'entity', value);
  };
}

/** A node's id, as a number or, as Kafka's tools name it, as a text. */
function brokerEntity(check: Check, place: string, value: unknown, names: Names): string | undefined {
  if (typeof value === 'number') {
    const id = nodeId(names)(check, place, value);
    return id === undefined ? undefined : String(id);
  }
  if (typeof value !== 'string') return wrongType(check, place, 'entity', value);
  if (/^[1-9][0-9]{0,3}$/.test(value) && isNode(names, Number(value))) return value;
  const known = knownNodes(names);
  report(check, place, 'unknown-node', { id: shorten(value), ...known }, { expected: `1 to ${names.brokers}` });
  return undefined;
}

/** The rules between the arguments of a config.set, once each by itself is right. */
export function checkConfigSet(
  check: Check,
  place: string,
  set: { scope: ConfigSetScope; entity: string | null; key: string; value: string | null },
  names: Names,
): void {
  if (set.entity === null && set.scope !== 'broker') {
    report(check, member(place, 'entity'), 'entity-scope', { scope: set.scope, expected: `@${set.scope}-entity` });
  }
  const refusal = refuseBrokerMinIsr(set.key, set.scope === 'broker' ? set.entity : null, names.elr);
  if (refusal !== null) reportRefusal(check, member(place, 'key'), refusal);
  if (checkKnownKey(check, member(place, 'key'), set.scope, set.key) && set.value !== null) {
    checkConfigValue(check, member(place, 'value'), set.scope, set.key, set.value);
  }
}

/** consumer.subscribe: topics or a pattern. */
export function checkSubscribe(check: Check, place: string, args: Readonly<Record<string, unknown>>): void {
  const [first, second] = ['topics', 'pattern'].filter((name) => args[name] !== undefined);
  if (first === undefined) report(check, place, 'subscribe-to-what', {}, { expected: 'topics, pattern' });
  else if (second !== undefined) report(check, member(place, second), 'subscribe-to-both', { first, second });
}

function textField(fields: Fields, name: string): string | undefined {
  const value = fields.get(name);
  return typeof value === 'string' ? value : undefined;
}

function checkKnownKey(check: Check, place: string, scope: ConfigSetScope, key: string): boolean {
  if (findKey(scope, key) !== undefined) return true;
  const known = knownKeys(scope).map((entry) => entry.key);
  const params = { reason: '@refusal:unknown-key', key: shorten(key), scope };
  report(check, place, 'unknown-config', params, { unknown: key, known });
  return false;
}
