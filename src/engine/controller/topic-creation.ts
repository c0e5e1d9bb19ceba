/** Topics and their partitions, at time 0 and by CreateTopics, CreatePartitions, DeleteTopics. */

import { nextInt } from '../../base/random.ts';
import { errorCode } from '../../kafka/api/errors-core.ts';
import { readers } from '../../kafka/config/readers.ts';
import { InvalidReplicationFactorError, placeReplicas } from '../../kafka/placement/replica-placer.ts';
import { tell } from '../kernel/schedule.ts';
import { type PartitionName, stream, type World } from '../kernel/world.ts';
import { ledgerPartitionCreated } from '../ledger/partition-facts.ts';
import { isActive } from './active.ts';
import type { MetadataRecord } from './metadata-records.ts';
import { appendRecords, ownController } from './quorum-controller.ts';

const TOPIC_ALREADY_EXISTS = errorCode('TOPIC_ALREADY_EXISTS');
const INVALID_REPLICATION_FACTOR = errorCode('INVALID_REPLICATION_FACTOR');
const INVALID_REPLICA_ASSIGNMENT = errorCode('INVALID_REPLICA_ASSIGNMENT');
const INVALID_PARTITIONS = errorCode('INVALID_PARTITIONS');
const INVALID_CONFIG = errorCode('INVALID_CONFIG');
const UNKNOWN_TOPIC_OR_PARTITION = errorCode('UNKNOWN_TOPIC_OR_PARTITION');

export interface Outcome {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export interface NewTopic {
  readonly name: string;
  readonly numPartitions: number;
  readonly replicationFactor: number;
  readonly assignments: readonly (readonly number[])[];
  readonly configs: readonly (readonly [string, string])[];
}

const OK: Outcome = { errorCode: 0, errorMessage: null };

/** Gives a partition its dense index and name, known to every node from now on (names are interned, not messages). */
function intern(w: World, topic: string, topicId: number, index: number): number {
  const partition = w.partitions.length;
  const name: PartitionName = { topic, topicId, index, name: `${topic}-${index}` };
  w.partitions.push(name);
  w.partitionByName = new Map(w.partitionByName).set(name.name, partition);
  ledgerPartitionCreated(w, partition);
  return partition;
}

function place(w: World, count: number, factor: number): number[][] {
  const brokers = w.controller.image.brokers
    .filter((b) => b !== null)
    .map((b) => ({ id: b.id, rack: b.rack, fenced: b.fenced || b.inControlledShutdown }));
  return placeReplicas(brokers, count, factor, (bound) => nextInt(stream(w, 'placement'), bound));
}

/** Partition records of new partitions; the leader is the first active replica, the ISR the active ones. */
function partitionRecords(
  w: World,
  topic: string,
  topicId: number,
  firstIndex: number,
  assignments: readonly (readonly number[])[],
): MetadataRecord[] {
  return assignments.map((replicas, i) => {
    const isr = replicas.filter((r) => isActive(w.controller.image, r));
    return {
      type: 'PartitionRecord',
      partition: intern(w, topic, topicId, firstIndex + i),
      topicId,
      topic,
      partitionId: firstIndex + i,
      replicas,
      isr,
      leader: isr[0] ?? -1,
    };
  });
}

export function createTopic(w: World, topic: NewTopic): Outcome {
  const c = w.controller;
  if (c.image.topics.has(topic.name))
    return { errorCode: TOPIC_ALREADY_EXISTS, errorMessage: `Topic '${topic.name}' already exists.` };
  for (const [key, value] of topic.configs) {
    const refused = readers.refusedOfTopic(key, value);
    if (refused !== null) return { errorCode: INVALID_CONFIG, errorMessage: refused };
  }
  let assignments = topic.assignments;
  if (assignments.length === 0) {
    if (topic.numPartitions < 1)
      return { errorCode: INVALID_PARTITIONS, errorMessage: 'Number of partitions must be larger than 0.' };
    try {
      assignments = place(w, topic.numPartitions, topic.replicationFactor);
    } catch (error) {
      if (error instanceof InvalidReplicationFactorError)
        return { errorCode: INVALID_REPLICATION_FACTOR, errorMessage: error.message };
      throw error;
    }
  } else {
    const unknown = assignments.flat().find((r) => c.image.brokers[r] == null);
    if (unknown !== undefined)
      return { errorCode: INVALID_REPLICA_ASSIGNMENT, errorMessage: `broker ${unknown} is not registered` };
    if (assignments.some((replicas) => !replicas.some((r) => isActive(c.image, r))))
      return { errorCode: INVALID_REPLICA_ASSIGNMENT, errorMessage: 'no broker of a partition is active' };
  }
  const mine = ownController(w);
  const topicId = mine.nextTopicId;
  mine.nextTopicId += 1;
  const records: MetadataRecord[] = topic.configs.map(([name, value]) => ({
    type: 'ConfigRecord',
    resourceType: 'TOPIC',
    resourceName: topic.name,
    name,
    value,
  }));
  records.push({ type: 'TopicRecord', name: topic.name, topicId });
  records.push(...partitionRecords(w, topic.name, topicId, 0, assignments));
  appendRecords(w, records);
  if (w.nowUs > 0 || w.eventCount > 0) {
    const words = { topic: topic.name, partitions: assignments.length, replicas: assignments[0]?.length ?? 0 };
    tell(w, 'log.topic.created', words, [`topic:${topic.name}`]);
  }
  return OK;
}

export function createPartitions(
  w: World,
  name: string,
  total: number,
  given: readonly (readonly number[])[] | null,
): Outcome {
  const topic = w.controller.image.topics.get(name);
  if (topic === undefined) return { errorCode: UNKNOWN_TOPIC_OR_PARTITION, errorMessage: `no topic ${name}` };
  const extra = total - topic.partitions.length;
  if (extra <= 0)
    return {
      errorCode: INVALID_PARTITIONS,
      errorMessage: `Topic currently has ${topic.partitions.length} partitions, which is higher than or equal to the requested ${total}.`,
    };
  const first = topic.partitions[0];
  const factor = first === undefined ? 1 : (w.controller.image.partitions[first]?.replicas.length ?? 1);
  try {
    appendRecords(
      w,
      partitionRecords(w, name, topic.topicId, topic.partitions.length, given ?? place(w, extra, factor)),
    );
  } catch (error) {
    if (error instanceof InvalidReplicationFactorError)
      return { errorCode: INVALID_REPLICATION_FACTOR, errorMessage: error.message };
    throw error;
  }
  return OK;
}

export function deleteTopic(w: World, name: string): Outcome {
  const topic = w.controller.image.topics.get(name);
  if (topic === undefined) return { errorCode: UNKNOWN_TOPIC_OR_PARTITION, errorMessage: `no topic ${name}` };
  appendRecords(w, [{ type: 'RemoveTopicRecord', topicId: topic.topicId, name }]);
  return OK;
}
