/**
 * The choice of a partition for records without a key: org.apache.kafka.clients.producer.internals.BuiltInPartitioner
 * (KIP-794). The producer stays with one partition for about a batch and then draws the next, favouring short queues
 * (rules 78 and 109). Pure logic over plain data; random draws come from the caller's stream.
 */
import { toPositive } from './murmur2.ts';

/** The weights as a running sum: a draw below `cumulative[i]` and not below the one before falls on `partitionIds[i]`. */
export interface PartitionLoadStats {
  readonly cumulative: readonly number[];
  readonly partitionIds: readonly number[];
}

export interface StickyPartition {
  readonly partition: number;
  readonly producedBytes: number;
}

/** One a producer and topic. The owner replaces it by what the functions return. */
export interface BuiltInPartitioner {
  readonly stickyBatchSize: number;
  readonly loadStats: PartitionLoadStats | null;
  readonly sticky: StickyPartition | null;
}

/** What the producer's metadata say of the topic. `available` = partitions with a leader, in the metadata's order. */
export interface TopicPartitions {
  readonly available: readonly number[];
  readonly numPartitions: number;
}

/** An int of Java's nextInt(), any sign; it is called only when a partition has to be drawn. */
export type DrawInt = () => number;

export function builtInPartitioner(stickyBatchSize: number): BuiltInPartitioner {
  if (stickyBatchSize < 1) throw new RangeError(`stickyBatchSize must be at least 1, not ${stickyBatchSize}`);
  return { stickyBatchSize, loadStats: null, sticky: null };
}

/**
 * Weights from the queues' lengths (batches waiting), partitions without a leader left out: the longest queue weighs 1,
 * each shorter one more by the difference. Only the first `length` entries take part; the rest were judged too slow.
 * Null, that is equal chances, without queues, for fewer than two partitions, or when all queues are equally long.
 */
export function partitionLoadStats(
  queueSizes: readonly number[] | null,
  partitionIds: readonly number[],
  length: number,
): PartitionLoadStats | null {
  if (queueSizes === null || length < 1 || queueSizes.length < 2) return null;
  let longest = queueSizes[0];
  let allEqual = true;
  for (let index = 1; index < length; index++) {
    if (queueSizes[index] !== queueSizes[0]) allEqual = false;
    if (queueSizes[index] > longest) longest = queueSizes[index];
  }
  if (allEqual && length === queueSizes.length) return null;
  const cumulative: number[] = [];
  let sum = 0;
  for (let index = 0; index < length; index++) {
    sum += longest + 1 - queueSizes[index];
    cumulative.push(sum);
  }
  return { cumulative, partitionIds: partitionIds.slice(0, length) };
}

export function withLoadStats(
  partitioner: BuiltInPartitioner,
  queueSizes: readonly number[] | null,
  partitionIds: readonly number[],
  length: number,
): BuiltInPartitioner {
  return { ...partitioner, loadStats: partitionLoadStats(queueSizes, partitionIds, length) };
}

/** The partition for this draw: by weight, else evenly over those with a leader, else over all. */
export function nextPartition(stats: PartitionLoadStats | null, topic: TopicPartitions, draw: number): number {
  const random = toPositive(draw);
  if (stats === null) {
    const { available, numPartitions } = topic;
    return available.length > 0 ? available[random % available.length] : random % numPartitions;
  }
  const { cumulative, partitionIds } = stats;
  const weighted = random % cumulative[cumulative.length - 1];
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > weighted) high = middle;
    else low = middle + 1;
  }
  return partitionIds[low];
}

/** The partitioner with a current partition: drawn now if there was none (peekCurrentPartitionInfo). */
export function withCurrentPartition(
  partitioner: BuiltInPartitioner,
  topic: TopicPartitions,
  draw: DrawInt,
): BuiltInPartitioner & { readonly sticky: StickyPartition } {
  if (partitioner.sticky !== null) return { ...partitioner, sticky: partitioner.sticky };
  const partition = nextPartition(partitioner.loadStats, topic, draw());
  return { ...partitioner, sticky: { partition, producedBytes: 0 } };
}

export interface PartitionUpdate {
  readonly partitioner: BuiltInPartitioner;
  readonly switched: boolean;
}

/**
 * Counts what was appended to the current partition, and draws the next one when a batch's worth is reached. While
 * a batch is incomplete the caller forbids it with `enableSwitch` false; at twice the batch size it happens all the same.
 * The draw may hit the same partition again, whose count then starts anew: that is a switch too.
 */
export function updatePartitionInfo(
  partitioner: BuiltInPartitioner,
  appendedBytes: number,
  enableSwitch: boolean,
  topic: TopicPartitions,
  draw: DrawInt,
): PartitionUpdate {
  const { sticky, stickyBatchSize, loadStats } = partitioner;
  if (sticky === null) throw new Error('the sticky partitioner has no current partition');
  const producedBytes = (sticky.producedBytes + appendedBytes) | 0;
  const limit = (stickyBatchSize * 2) | 0; // an int in Kafka: a batch.size above 1 GiB wraps and switches at once
  if ((producedBytes >= stickyBatchSize && enableSwitch) || producedBytes >= limit) {
    const partition = nextPartition(loadStats, topic, draw());
    return { partitioner: { ...partitioner, sticky: { partition, producedBytes: 0 } }, switched: true };
  }
  const same = { ...partitioner, sticky: { partition: sticky.partition, producedBytes } };
  return { partitioner: same, switched: false };
}
