/** What a group's coordinator needs of the cluster's topics (Kafka: CoordinatorMetadataImage, ModernGroup.computeMetadataHash). */
import type { SubscribedTopicDescriber } from '../../../kafka/assignor/server/server-assignor.ts';
import { javaStringHash } from '../../../kafka/hash/java-string-hash.ts';
import { topicIdOfUuid, topicUuid } from '../../../kafka/hash/uuid.ts';
import type { MetadataImage, TopicImage } from '../../controller/metadata-image.ts';

/** By the identity of an image's immutable map of topics: a cache, no state. */
const byId = new WeakMap<MetadataImage['topics'], Map<number, TopicImage>>();
const uuids = new Map<number, string>();
const ids = new Map<string, number>();

export function topicById(image: MetadataImage, topicId: number): TopicImage | null {
  let topics = byId.get(image.topics);
  if (topics === undefined) {
    topics = new Map();
    for (const topic of image.topics.values()) topics.set(topic.topicId, topic);
    byId.set(image.topics, topics);
  }
  return topics.get(topicId) ?? null;
}

export function uuidOf(topicId: number): string {
  let uuid = uuids.get(topicId);
  if (uuid === undefined) {
    uuid = topicUuid(topicId);
    uuids.set(topicId, uuid);
  }
  return uuid;
}

export function idOfUuid(uuid: string): number {
  let id = ids.get(uuid);
  if (id === undefined) {
    id = topicIdOfUuid(uuid);
    ids.set(uuid, id);
  }
  return id;
}

export function topicUuidByName(image: MetadataImage, name: string): string | null {
  const topic = image.topics.get(name);
  return topic === undefined ? null : uuidOf(topic.topicId);
}

/** Ids of those of the topics that exist. */
export function topicIds(image: MetadataImage, names: readonly string[]): Set<number> {
  const found = new Set<number>();
  for (const name of names) {
    const topic = image.topics.get(name);
    if (topic !== undefined) found.add(topic.topicId);
  }
  return found;
}

function racksOf(image: MetadataImage, partition: number): string[] {
  const racks: string[] = [];
  for (const id of image.partitions[partition]?.replicas ?? []) {
    const rack = image.brokers[id]?.rack ?? null;
    if (rack !== null) racks.push(rack);
  }
  return racks.sort((a, b) => (a < b ? -1 : 1));
}

export function describer(image: MetadataImage): SubscribedTopicDescriber {
  return {
    numPartitions: (uuid) => topicById(image, idOfUuid(uuid))?.partitions.length ?? -1,
    racksForPartition: (uuid, partition) => {
      const topic = topicById(image, idOfUuid(uuid));
      return topic === null ? [] : racksOf(image, topic.partitions[partition] ?? -1);
    },
  };
}

function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) | 0;
}

function hasRacks(image: MetadataImage): boolean {
  return image.brokers.some((b) => b !== null && b !== undefined && b.rack !== null);
}

/**
 * A number for what an assignment depends on: ids, names, sizes and racks of the topics that exist. Kafka takes XXH3 of the same; here
 * only its being equal or not counts. 0: none of them exists.
 */
export function metadataHash(image: MetadataImage, names: Iterable<string>): number {
  const topics: TopicImage[] = [];
  for (const name of names) {
    const topic = image.topics.get(name);
    if (topic !== undefined) topics.push(topic);
  }
  if (topics.length === 0) return 0;
  topics.sort((a, b) => (a.name < b.name ? -1 : 1));
  let [high, low] = [1, 2];
  const racks = hasRacks(image);
  for (const topic of topics) {
    const values = [topic.topicId, javaStringHash(topic.name), topic.partitions.length];
    if (racks)
      for (const partition of topic.partitions) values.push(javaStringHash(racksOf(image, partition).join('\n')));
    for (const value of values) {
      high = mix(high, value);
      low = mix(low + high, value);
    }
  }
  return (high >>> 12) * 4_294_967_296 + (low >>> 0);
}
