import type { NotYet } from '../../kafka/config/not-yet.ts';

/**
 * What an argument holds; the parser has one reader a type and the page one control a type.
 * `nodeId` is a broker's or a controller's id, `partitionName` is like "orders-0", `partitionNumber` like 0.
 */
export type ArgType =
  | 'nodeId'
  | 'between'
  | 'boolean'
  | 'ms'
  | 'percent'
  | 'mbps'
  | 'bytes'
  | 'producerId'
  | 'consumerId'
  | 'topicName'
  | 'topicNames'
  | 'pattern'
  | 'newTopicName'
  | 'partitionName'
  | 'partitionNumber'
  | 'partitionCount'
  | 'replicationFactor'
  | 'text'
  | 'textOrNull'
  | 'headers'
  | 'count'
  | 'offset'
  | 'seekTarget'
  | 'replicas'
  | 'assignment'
  | 'topicConfig'
  | 'configScope'
  | 'configEntity'
  | 'configKey'
  | 'configValue';

export type ArgSpec = {
  name: string;
  type: ArgType;
  required: boolean;
  /** What it is when it is left out; null where that means something of its own (see the command's type). */
  default?: boolean | number | null;
};

export type AppliesTo = 'broker' | 'link' | 'producer' | 'consumer' | 'topic' | 'partition' | 'cluster';

/** fault: something breaks; repair: it works again; change: somebody wanted it. */
export type Harm = 'fault' | 'repair' | 'change';

/** One verb: what the parser, the menus, the keyboard help and the README's table know about it. */
export type VerbSpec = {
  verb: string;
  args: readonly ArgSpec[];
  appliesTo: AppliesTo;
  harm: Harm;
  /** The letter that does it to the selected thing. */
  key?: string;
  acts: true | NotYet;
};

/** Keeps the verb's literal type, so that the list of verbs can be a union, and checks the rest. */
export function verbSpec<const V extends string>(spec: VerbSpec & { verb: V }): VerbSpec & { verb: V } {
  return spec;
}

export const BROKER_ARG: ArgSpec = { name: 'broker', type: 'nodeId', required: true };
export const PRODUCER_ARG: ArgSpec = { name: 'producer', type: 'producerId', required: true };
export const CONSUMER_ARG: ArgSpec = { name: 'consumer', type: 'consumerId', required: true };
export const PARTITION_ARG: ArgSpec = { name: 'partition', type: 'partitionName', required: true };
