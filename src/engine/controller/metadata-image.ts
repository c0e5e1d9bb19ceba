/**
 * What a node knows from the metadata log up to an offset (Kafka: MetadataImage). Immutable: applying a record gives a new
 * image that shares everything unchanged. Controller and brokers each apply the records themselves.
 */
import type { ConfigResource } from '../../kafka/api/messages.ts';
import type { MetadataRecord } from './metadata-records.ts';

export interface BrokerRegistration {
  readonly id: number;
  readonly epoch: number;
  readonly incarnationId: number;
  readonly rack: string | null;
  readonly fenced: boolean;
  readonly inControlledShutdown: boolean;
}

export interface PartitionRegistration {
  readonly partition: number;
  readonly topic: string;
  readonly topicId: number;
  readonly partitionId: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly elr: readonly number[];
  readonly lastKnownElr: readonly number[];
  readonly removingReplicas: readonly number[];
  readonly addingReplicas: readonly number[];
  readonly leader: number;
  readonly leaderRecoveryState: 0 | 1;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
}

export interface TopicImage {
  readonly name: string;
  readonly topicId: number;
  /** Dense partition indices in partition order. */
  readonly partitions: readonly number[];
}

export type ConfigMap = ReadonlyMap<string, string>;

export interface MetadataImage {
  /** Offset of the last applied record, -1 at the start. */
  readonly offset: number;
  readonly features: ReadonlyMap<string, number>;
  /** By broker id. */
  readonly brokers: readonly (BrokerRegistration | null)[];
  /** By dense partition index; null once deleted. */
  readonly partitions: readonly (PartitionRegistration | null)[];
  readonly topics: ReadonlyMap<string, TopicImage>;
  readonly topicConfigs: ReadonlyMap<string, ConfigMap>;
  /** By broker id as text; '' is the cluster-wide default. */
  readonly brokerConfigs: ReadonlyMap<string, ConfigMap>;
  /** By group id. */
  readonly groupConfigs: ReadonlyMap<string, ConfigMap>;
}

export const EMPTY_IMAGE: MetadataImage = {
  offset: -1,
  features: new Map(),
  brokers: [],
  partitions: [],
  topics: new Map(),
  topicConfigs: new Map(),
  brokerConfigs: new Map(),
  groupConfigs: new Map(),
};

const NO_CONFIG: ConfigMap = new Map();

const TABLES = { TOPIC: 'topicConfigs', BROKER: 'brokerConfigs', GROUP: 'groupConfigs' } as const;

export function configOf(image: MetadataImage, resourceType: ConfigResource, name: string): ConfigMap {
  return image[TABLES[resourceType]].get(name) ?? NO_CONFIG;
}

/** Rule 52: every change raises the partition epoch; a record that sets a leader raises the leader epoch. */
export function mergePartitionChange(
  p: PartitionRegistration,
  r: Extract<MetadataRecord, { type: 'PartitionChangeRecord' }>,
): PartitionRegistration {
  return {
    ...p,
    isr: r.isr ?? p.isr,
    elr: r.eligibleLeaderReplicas ?? p.elr,
    lastKnownElr: r.lastKnownElr ?? p.lastKnownElr,
    replicas: r.replicas ?? p.replicas,
    removingReplicas: r.removingReplicas ?? p.removingReplicas,
    addingReplicas: r.addingReplicas ?? p.addingReplicas,
    leaderRecoveryState: r.leaderRecoveryState ?? p.leaderRecoveryState,
    leader: r.leader ?? p.leader,
    leaderEpoch: r.leader === null ? p.leaderEpoch : p.leaderEpoch + 1,
    partitionEpoch: p.partitionEpoch + 1,
  };
}

function withAt<T>(list: readonly (T | null)[], index: number, value: T | null): (T | null)[] {
  const copy = list.slice();
  while (copy.length <= index) copy.push(null);
  copy[index] = value;
  return copy;
}

export function applyRecord(image: MetadataImage, offset: number, r: MetadataRecord): MetadataImage {
  switch (r.type) {
    case 'FeatureLevelRecord':
      return { ...image, offset, features: new Map(image.features).set(r.name, r.featureLevel) };
    case 'RegisterBrokerRecord': {
      const { brokerId: id, brokerEpoch: epoch, incarnationId, rack, fenced, inControlledShutdown } = r;
      return {
        ...image,
        offset,
        brokers: withAt(image.brokers, id, { id, epoch, incarnationId, rack, fenced, inControlledShutdown }),
      };
    }
    case 'BrokerRegistrationChangeRecord': {
      const old = image.brokers[r.brokerId];
      if (old === null || old === undefined) return { ...image, offset };
      const fenced = r.fenced === 0 ? old.fenced : r.fenced === 1;
      return {
        ...image,
        offset,
        brokers: withAt(image.brokers, r.brokerId, {
          ...old,
          fenced,
          inControlledShutdown: old.inControlledShutdown || r.inControlledShutdown === 1,
        }),
      };
    }
    case 'TopicRecord':
      return {
        ...image,
        offset,
        topics: new Map(image.topics).set(r.name, { name: r.name, topicId: r.topicId, partitions: [] }),
      };
    case 'RemoveTopicRecord': {
      const topics = new Map(image.topics);
      const gone = topics.get(r.name)?.partitions ?? [];
      topics.delete(r.name);
      const topicConfigs = new Map(image.topicConfigs);
      topicConfigs.delete(r.name);
      return {
        ...image,
        offset,
        topics,
        topicConfigs,
        partitions: image.partitions.map((p, i) => (gone.includes(i) ? null : p)),
      };
    }
    case 'PartitionRecord': {
      const topic = image.topics.get(r.topic) as TopicImage;
      const partition: PartitionRegistration = {
        partition: r.partition,
        topic: r.topic,
        topicId: r.topicId,
        partitionId: r.partitionId,
        replicas: r.replicas,
        isr: r.isr,
        elr: [],
        lastKnownElr: [],
        removingReplicas: [],
        addingReplicas: [],
        leader: r.leader,
        leaderRecoveryState: 0,
        leaderEpoch: 0,
        partitionEpoch: 0,
      };
      const topics = new Map(image.topics).set(r.topic, { ...topic, partitions: [...topic.partitions, r.partition] });
      return { ...image, offset, topics, partitions: withAt(image.partitions, r.partition, partition) };
    }
    case 'PartitionChangeRecord': {
      const old = image.partitions[r.partition];
      if (old === null || old === undefined) return { ...image, offset };
      return { ...image, offset, partitions: withAt(image.partitions, r.partition, mergePartitionChange(old, r)) };
    }
    case 'ConfigRecord': {
      const values = new Map(configOf(image, r.resourceType, r.resourceName));
      if (r.value === null) values.delete(r.name);
      else values.set(r.name, r.value);
      const table = TABLES[r.resourceType];
      return { ...image, offset, [table]: new Map(image[table]).set(r.resourceName, values) };
    }
    case 'ClearElrRecord': {
      const partitions = image.partitions.map((p) =>
        p === null ||
        (r.topicName !== null && p.topic !== r.topicName) ||
        (p.elr.length === 0 && p.lastKnownElr.length === 0)
          ? p
          : { ...p, elr: [], lastKnownElr: [], partitionEpoch: p.partitionEpoch + 1 },
      );
      return { ...image, offset, partitions };
    }
    case 'ProducerIdsRecord':
      return { ...image, offset };
  }
}
