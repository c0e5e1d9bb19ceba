/**
 * java.lang.String.hashCode and what Kafka derives from it: the partition that coordinates a group, a transactional id
 * or a share partition (GroupCoordinatorService.partitionFor, TransactionStateManager, SharePartitionKey).
 */

export const DEFAULT_COORDINATOR_PARTITIONS = 50; // offsets., transaction.state.log. and share.coordinator.state.topic.num.partitions

/** Signed 32-bit, over UTF-16 code units. */
export function javaStringHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash;
}

/** Utils.abs: the absolute value, but 0 for the smallest int, which has no positive counterpart. */
export function javaAbs(value: number): number {
  return value === -2147483648 ? 0 : Math.abs(value);
}

/** The partition of __consumer_offsets whose leader coordinates the group (rule 60). */
export function groupCoordinatorPartition(groupId: string, numPartitions = DEFAULT_COORDINATOR_PARTITIONS): number {
  return javaAbs(javaStringHash(groupId)) % numPartitions;
}

/** The partition of __transaction_state whose leader coordinates the transactional id; the same rule. */
export function transactionCoordinatorPartition(id: string, numPartitions = DEFAULT_COORDINATOR_PARTITIONS): number {
  return groupCoordinatorPartition(id, numPartitions);
}

/** `topicId` in Kafka's base64 form. */
export function sharePartitionKey(groupId: string, topicId: string, partition: number): string {
  return `${groupId}:${topicId}:${partition}`;
}

/** The partition of __share_group_state that keeps a share partition's state. */
export function shareCoordinatorPartition(
  coordinatorKey: string,
  numPartitions = DEFAULT_COORDINATOR_PARTITIONS,
): number {
  return groupCoordinatorPartition(coordinatorKey, numPartitions);
}
