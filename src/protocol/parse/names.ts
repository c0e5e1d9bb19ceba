import { DEFAULT_BROKERS, DEFAULT_VERSION, FIRST_CONTROLLER_ID } from './default-values.ts';
import { isObject } from './values.ts';

/**
 * What a scenario defines, gathered before the fields are read so that any field can be checked against it. Gathered
 * leniently: what has the wrong shape is reported when it is read.
 */
export type Names = {
  /** Brokers are 1 to this. */
  brokers: number;
  /** Controllers on nodes of their own: 101 to 100 + this. */
  controllers: number;
  /** Topic to the most partitions it ever has. */
  topics: ReadonlyMap<string, number>;
  /** The file switches auto.create.topics.enable on, so any topic may come to be. */
  autoCreate: boolean;
  producers: ReadonlySet<string>;
  consumers: ReadonlySet<string>;
  /** The group.ids of the consumers. */
  groups: ReadonlySet<string>;
  /** Eligible leader replicas are on. */
  elr: boolean;
};

export const MAX_BROKERS = 30;
export const MAX_CONTROLLERS = 9;

export function gatherNames(json: Record<string, unknown>): Names {
  const cluster = isObject(json.cluster) ? json.cluster : {};
  return {
    brokers: clampWhole(cluster.brokers, 1, MAX_BROKERS, DEFAULT_BROKERS),
    controllers: clampWhole(cluster.controllers, 0, MAX_CONTROLLERS, 1),
    topics: gatherTopics(json),
    autoCreate: switchesAutoCreateOn(cluster),
    producers: new Set(
      objectsIn(json.producers)
        .map((producer) => producer.id)
        .filter(isText),
    ),
    consumers: new Set(
      objectsIn(json.consumers)
        .map((consumer) => consumer.id)
        .filter(isText),
    ),
    groups: new Set(objectsIn(json.consumers).map(groupOf).filter(isText)),
    elr: elrOf(cluster),
  };
}

/** Which brokers there are, as parameters of a message. */
export function knownBrokers(names: Names): { known: string; brokers: number } {
  return { known: names.brokers === 1 ? '@one-broker' : '@some-brokers', brokers: names.brokers };
}

export function knownNodes(names: Names): { known: string; brokers: number; lastController: number } {
  const { brokers, controllers } = names;
  const which = brokers === 1 ? '@one-broker' : '@some-brokers';
  const lastController = FIRST_CONTROLLER_ID + controllers - 1;
  return { known: controllers === 0 ? which : `${which}-and-controllers`, brokers, lastController };
}

export function isBroker(names: Names, id: number): boolean {
  return Number.isInteger(id) && id >= 1 && id <= names.brokers;
}

export function isNode(names: Names, id: number): boolean {
  if (isBroker(names, id)) return true;
  return Number.isInteger(id) && id >= FIRST_CONTROLLER_ID && id < FIRST_CONTROLLER_ID + names.controllers;
}

function gatherTopics(json: Record<string, unknown>): Map<string, number> {
  const topics = new Map<string, number>();
  const add = (name: unknown, partitions: number): void => {
    if (typeof name === 'string') topics.set(name, Math.max(topics.get(name) ?? 0, partitions));
  };
  if (objectsIn(json.consumers).some((consumer) => isText(groupOf(consumer))))
    add(OFFSETS_TOPIC, offsetsPartitions(json));
  for (const topic of objectsIn(json.topics)) add(topic.name, partitionsOf(topic));
  for (const step of objectsIn(json.steps)) {
    if (step.do === 'topic.create') add(step.name, partitionsOf(step));
    if (step.do === 'topic.addPartitions' && isText(step.topic) && topics.has(step.topic)) {
      add(step.topic, clampWhole(step.total, 1, MAX_PARTITIONS, 1));
    }
  }
  return topics;
}

export const MAX_PARTITIONS = 300;

/** Made with the first group; nobody defines it, yet its partitions may be moved and their leaders elected. */
const OFFSETS_TOPIC = '__consumer_offsets';
const OFFSETS_PARTITIONS = 50;

function offsetsPartitions(json: Record<string, unknown>): number {
  const config = isObject(json.cluster) && isObject(json.cluster.config) ? json.cluster.config : {};
  return Number(config['offsets.topic.num.partitions'] ?? OFFSETS_PARTITIONS) || OFFSETS_PARTITIONS;
}

function partitionsOf(topic: Record<string, unknown>): number {
  if (Array.isArray(topic.assignment) && topic.assignment.length > 0) return topic.assignment.length;
  return clampWhole(topic.partitions, 1, MAX_PARTITIONS, 1);
}

function switchesAutoCreateOn(cluster: Record<string, unknown>): boolean {
  const configs = [cluster.config, ...(isObject(cluster.brokerConfig) ? Object.values(cluster.brokerConfig) : [])];
  return configs.some((config) => {
    const value = isObject(config) ? config['auto.create.topics.enable'] : undefined;
    return isText(value) && value.trim().toLowerCase() === 'true';
  });
}

/** New clusters have them on from 4.1 on, unless the file switches them off. */
function elrOf(cluster: Record<string, unknown>): boolean {
  const level = isObject(cluster.features) ? cluster.features['eligible.leader.replicas.version'] : undefined;
  if (typeof level === 'number') return level > 0;
  const version = isText(cluster.version) ? cluster.version : DEFAULT_VERSION;
  const match = /^([0-9]{1,3})\.([0-9]{1,3})/.exec(version);
  return match === null || Number(match[1]) > 4 || (Number(match[1]) === 4 && Number(match[2]) >= 1);
}

function groupOf(consumer: Record<string, unknown>): unknown {
  return isObject(consumer.config) ? consumer.config['group.id'] : undefined;
}

function objectsIn(list: unknown): Record<string, unknown>[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function clampWhole(value: unknown, min: number, max: number, otherwise: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) return otherwise;
  return Math.max(min, Math.min(max, value));
}
