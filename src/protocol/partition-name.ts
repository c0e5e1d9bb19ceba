import type { PartitionRef } from './scenario.ts';

/** A partition as people write it: "orders-0". */
export type PartitionName = string;

/** Kafka's limit on a topic's name. */
export const MAX_TOPIC_NAME_LENGTH = 249;

const LEGAL_TOPIC = /^[a-zA-Z0-9._-]+$/;
const NAME = /^(.+)-(0|[1-9][0-9]{0,8})$/;

/** "orders-0" for topic orders, partition 0. */
export function partitionName(topic: string, partition: number): PartitionName {
  return `${topic}-${partition}`;
}

/**
 * Splits "orders-0" at its last dash, since topic names hold dashes. Null when it is not of that form; whether the
 * topic exists is for the caller to say.
 */
export function parsePartitionName(name: string): PartitionRef | null {
  // The length is checked first so that a long string from a stranger costs nothing.
  if (name.length > MAX_TOPIC_NAME_LENGTH + 10) return null;
  const match = NAME.exec(name);
  return match === null ? null : { topic: match[1] as string, partition: Number(match[2]) };
}

/** What is wrong with a topic's name by Kafka's rules (org.apache.kafka.common.internals.Topic), or null. */
export function topicNameFault(name: string): 'empty' | 'dots' | 'long' | 'characters' | null {
  if (name === '') return 'empty';
  if (name === '.' || name === '..') return 'dots';
  if (name.length > MAX_TOPIC_NAME_LENGTH) return 'long';
  return LEGAL_TOPIC.test(name) ? null : 'characters';
}

/** Kafka refuses two topics whose names differ only in dots against underscores: metrics would mix them up. */
export function topicNamesCollide(a: string, b: string): boolean {
  return a !== b && a.replaceAll('.', '_') === b.replaceAll('.', '_');
}
