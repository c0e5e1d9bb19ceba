/** Batches by partition, when they may leave, and which leave together (Kafka: RecordAccumulator, BufferPool). Rules 78-83, 109, 110. */
import { nextUint32 } from '../../base/random.ts';
import {
  builtInPartitioner,
  type TopicPartitions,
  updatePartitionInfo,
  withCurrentPartition,
  withLoadStats,
} from '../../kafka/partitioner/built-in-partitioner.ts';
import type { KafkaRecord } from '../../kafka/records/record-batch.ts';
import { stream, type World } from '../kernel/world.ts';
import { latePacking, lateTransactions } from '../slots.ts';
import type { ClientPartition, ClientTopic } from './client-metadata.ts';
import { isIdempotent } from './idempotence.ts';
import {
  backingOff,
  closeBatch,
  hasReachedDeliveryTimeout,
  hasSequence,
  isFull,
  newProducerBatch,
  noteLeaderEpoch,
  type ProducerBatch,
  tryAppend,
} from './producer-batch.ts';
import { emptySequences, type PartitionQueue, type ProducerState, type TopicQueues } from './producer-state.ts';

export function topicQueues(p: ProducerState, name: string): TopicQueues {
  for (const topic of p.topics) if (topic.name === name) return topic;
  const made: TopicQueues = {
    name,
    partitioner: builtInPartitioner(p.settings.batchSizeBytes),
    load: null,
    queues: [],
  };
  p.topics.push(made);
  return made;
}

/** A topic made again under its name has other partitions; Kafka's deques are by name and number, and go on for the new one. */
function retarget(q: PartitionQueue, partition: number): void {
  Object.assign(q, { partition });
  for (const batch of [...q.queue, ...q.inFlight]) Object.assign(batch, { partition });
}

function queueOf(topic: TopicQueues, where: ClientPartition): PartitionQueue {
  const known = topic.queues[where.index];
  if (known !== null && known !== undefined) {
    if (known.partition !== where.partition) retarget(known, where.partition);
    return known;
  }
  while (topic.queues.length <= where.index) topic.queues.push(null);
  const made: PartitionQueue = {
    partition: where.partition,
    topic: topic.name,
    index: where.index,
    queue: [],
    inFlight: [],
    muted: false,
    sequences: emptySequences(),
  };
  topic.queues[where.index] = made;
  return made;
}

export function findQueue(p: ProducerState, batch: { readonly topic: string; readonly index: number }): PartitionQueue {
  return topicQueues(p, batch.topic).queues[batch.index] as PartitionQueue;
}

function allBatchesFull(q: PartitionQueue): boolean {
  const last = q.queue[q.queue.length - 1];
  return last === undefined || isFull(last);
}

/** What append needs of the metadata: available partitions and their number. */
function topicPartitions(known: ClientTopic): TopicPartitions {
  return { available: known.available, numPartitions: known.partitions.length };
}

/** The dense partition that took the record; or the bytes that the buffer pool could not give yet. */
export type AppendResult =
  | { readonly partition: number; readonly bytes: 0 }
  | { readonly partition: -1; readonly bytes: number };

/** RecordAccumulator.append. `partition` -1: the sticky partitioner chooses. `estimate`: the record's upper bound alone in a batch. */
export function append(
  w: World,
  p: ProducerState,
  known: ClientTopic,
  partition: number,
  record: KafkaRecord,
  estimate: number,
): AppendResult {
  const topic = topicQueues(p, known.name);
  const cluster = topicPartitions(known);
  const draw = (): number => nextUint32(stream(w, `partitioner:${p.id}`)) | 0;
  if (partition < 0 && topic.load !== null) {
    const { sizes, ids, length } = topic.load;
    topic.partitioner = withLoadStats(topic.partitioner, sizes, ids, length);
    topic.load = null;
  }
  for (;;) {
    let index = partition;
    if (partition < 0) {
      const current = withCurrentPartition(topic.partitioner, cluster, draw);
      topic.partitioner = current;
      index = current.sticky.partition;
    }
    const where = known.partitions[index];
    // A topic that was made again with fewer partitions: the sticky one may not be there. Kafka goes on filling its deque, whose
    // batches find no leader and run out of time; where it has none yet, it draws anew.
    const q = where === undefined ? (topic.queues[index] ?? null) : queueOf(topic, where);
    if (q === null) {
      if (partition >= 0) throw new Error(`${known.name} has no partition ${partition}`);
      topic.partitioner = builtInPartitioner(p.settings.batchSizeBytes);
      continue;
    }
    if (partition < 0 && allBatchesFull(q)) {
      // A switch that an incomplete batch had held up happens now.
      const update = updatePartitionInfo(topic.partitioner, 0, true, cluster, draw);
      topic.partitioner = update.partitioner;
      if (update.switched) continue;
    }
    const last = q.queue[q.queue.length - 1];
    let appendedBytes = last === undefined ? 0 : -last.sizeBytes;
    if (last !== undefined && tryAppend(last, record, estimate, w.nowUs)) {
      appendedBytes += last.sizeBytes;
      if (q.queue.length > 1 || isFull(last)) p.senderWoken = true;
    } else {
      if (last !== undefined) last.closed = true;
      const bytes = Math.max(p.settings.batchSizeBytes, estimate);
      if (bytes > p.settings.bufferMemoryBytes - p.bufferUsedBytes) return { partition: -1, bytes };
      p.bufferUsedBytes += bytes;
      const batch = newProducerBatch(p.nextBatchId, q, w.nowUs, bytes, false);
      p.nextBatchId += 1;
      if (p.settings.compressionType !== 'none') batch.pack = latePacking.newPack(w, p, q.topic);
      tryAppend(batch, record, estimate, w.nowUs);
      q.queue.push(batch);
      p.incomplete += 1;
      p.senderWoken = true;
      appendedBytes = batch.sizeBytes;
    }
    if (partition < 0)
      topic.partitioner = updatePartitionInfo(
        topic.partitioner,
        appendedBytes,
        allBatchesFull(q),
        cluster,
        draw,
      ).partitioner;
    return { partition: q.partition, bytes: 0 };
  }
}

export function deallocate(p: ProducerState, batch: ProducerBatch): void {
  if (batch.deallocated) return;
  batch.deallocated = true;
  p.bufferUsedBytes -= batch.capacity;
}

const NO_BATCHES: readonly ProducerBatch[] = [];
/** What drainNode goes through, of no meaning outside of one call: making lists for every request costs more than the rest. */
const LED: ClientPartition[] = [];
const QUEUES: (PartitionQueue | null)[] = [];

/** RecordAccumulator.drainBatchesForOneNode: at most one batch a partition, round robin from where it last stopped. */
export function drainNode(w: World, p: ProducerState, broker: number, producer: number): readonly ProducerBatch[] {
  let count = 0;
  for (const known of p.metadata.topics) {
    for (const where of known.partitions) {
      if (where.leader !== broker) continue;
      LED[count] = where;
      QUEUES[count] = topicQueues(p, known.name).queues[where.index] ?? null;
      count += 1;
    }
  }
  if (count === 0) return NO_BATCHES;
  let drained: ProducerBatch[] | null = null;
  let size = 0;
  const start = (p.drainIndex[broker] ?? 0) % count;
  let at = start;
  do {
    while (p.drainIndex.length <= broker) p.drainIndex.push(0);
    p.drainIndex[broker] = at;
    const where = LED[at] as ClientPartition;
    const q = QUEUES[at] as PartitionQueue | null;
    at = (at + 1) % count;
    const first = q?.queue[0];
    if (q === null || first === undefined || q.muted) continue;
    noteLeaderEpoch(first, where.leaderEpoch);
    if (backingOff(first, w.nowUs) || first.pack?.packed === null) continue;
    if (size + first.sizeBytes > p.settings.maxRequestSizeBytes && drained !== null) break;
    if (isIdempotent(p) && lateTransactions.mustNotDrain(p, q, first)) break;
    q.queue.shift();
    if (isIdempotent(p)) lateTransactions.assignSequence(p, q, first);
    size += (first.pack === null ? closeBatch(first, producer) : latePacking.closePacked(w, p, first, producer))
      .sizeInBytes;
    if (drained === null) drained = [first];
    else drained.push(first);
  } while (at !== start);
  return drained ?? NO_BATCHES;
}

/** Puts a batch back (RecordAccumulator.reenqueue): in front, or in its place by sequence. */
export function reenqueue(p: ProducerState, q: PartitionQueue, batch: ProducerBatch): void {
  if (!isIdempotent(p)) {
    q.queue.unshift(batch);
    return;
  }
  let at = 0;
  while (at < q.queue.length) {
    const ahead = q.queue[at] as ProducerBatch;
    if (!hasSequence(ahead) || ahead.baseSequence >= batch.baseSequence) break;
    at += 1;
  }
  q.queue.splice(at, 0, batch);
}

/** Batches of the queues whose delivery.timeout.ms is over, oldest first, taken out of them. */
export function expiredBatches(p: ProducerState, nowUs: number): ProducerBatch[] {
  const timeoutUs = p.settings.deliveryTimeoutMs * 1000;
  const expired: ProducerBatch[] = [];
  for (const topic of p.topics) {
    for (const q of topic.queues) {
      if (q === null) continue;
      while (q.queue.length > 0 && hasReachedDeliveryTimeout(q.queue[0] as ProducerBatch, timeoutUs, nowUs)) {
        const batch = q.queue.shift() as ProducerBatch;
        batch.closed = true;
        expired.push(batch);
      }
    }
  }
  return expired;
}
