/** Names of share partitions and where their states are kept. */
import type { SharePartitionId } from '../../kafka/api/messages-share.ts';
import { shareCoordinatorPartition, sharePartitionKey } from '../../kafka/hash/java-string-hash.ts';
import { topicUuid } from '../../kafka/hash/uuid.ts';
import type { MetadataImage } from '../controller/metadata-image.ts';
import type { World } from '../kernel/world.ts';

export const SHARE_STATE_TOPIC = '__share_group_state';

/** How the tables here name a share partition. */
export function shareKey(groupId: string, id: { readonly topicId: number; readonly index: number }): string {
  return `${groupId}:${id.topicId}:${id.index}`;
}

/** SharePartitionKey.asCoordinatorKey, as FindCoordinator carries it. */
export function coordinatorKey(groupId: string, id: { readonly topicId: number; readonly index: number }): string {
  return sharePartitionKey(groupId, topicUuid(id.topicId), id.index);
}

/** Dense index of the partition of __share_group_state that keeps it, by this image; -1 while the topic is not there. */
export function statePartition(image: MetadataImage, key: string): number {
  const topic = image.topics.get(SHARE_STATE_TOPIC);
  if (topic === undefined) return -1;
  return topic.partitions[shareCoordinatorPartition(key, topic.partitions.length)] ?? -1;
}

/** The broker that coordinates the share partition, as this image has it; -1: nobody (alive) does. */
export function shareCoordinatorOf(image: MetadataImage, key: string): number {
  const partition = statePartition(image, key);
  const leader = partition < 0 ? -1 : (image.partitions[partition]?.leader ?? -1);
  const registration = leader < 0 ? null : (image.brokers[leader] ?? null);
  return registration === null || registration.fenced ? -1 : leader;
}

/** A topic partition as share messages name it, by this image; null: it is not there. */
export function partitionId(image: MetadataImage, topicId: number, index: number): SharePartitionId | null {
  for (const topic of image.topics.values()) {
    if (topic.topicId !== topicId) continue;
    const partition = topic.partitions[index];
    return partition === undefined ? null : { topic: topic.name, topicId, index, partition };
  }
  return null;
}

export function isKnown(w: World, image: MetadataImage, id: SharePartitionId): boolean {
  return image.partitions[id.partition]?.topicId === id.topicId && id.partition < w.partitions.length;
}
