/**
 * A producer's compression (Kafka: MemoryRecordsBuilder over Compression, CompressionRatioEstimator): late, since nobody compresses in the
 * first picture. Kafka compresses while records are appended, with what the codec still holds when the batch is closed. Here a batch
 * is compressed as a whole when it may leave: one batch after the other on one thread, and its request leaves when that is done.
 */
import { compressUs } from '../../kafka/records/codec-costs.ts';
import {
  estimatedBytesWritten,
  INITIAL_RATIO,
  updatedEstimation,
} from '../../kafka/records/compression-ratio-estimator.ts';
import { fieldsOfRecords, makeBatch, type RecordBatch } from '../../kafka/records/record-batch.ts';
import type { World } from '../kernel/world.ts';
import { addWork, packingOf, ratioOf, setEstimation } from './pack-estimation.ts';
import type { BatchPack } from './pack-state.ts';
import { backingOff, type ProducerBatch } from './producer-batch.ts';
import type { ProducerState, TopicQueues } from './producer-state.ts';

export { newPack } from './pack-estimation.ts';
export { splitAndReenqueue } from './split-batch.ts';
export { unpackAhead, unpackShared } from './unpacking.ts';

/** A record of this size was written to the batch: `sizeBytes` is what its builder expects it to take. */
export function grow(b: ProducerBatch, size: number): void {
  const pack = b.pack as BatchPack;
  const plainBytes = pack.plainBytes + size;
  b.pack = { ...pack, plainBytes };
  b.sizeBytes = estimatedBytesWritten(plainBytes, pack.ratio);
}

/**
 * Compresses what may leave to these brokers. Returns until when that takes; what was compressed leaves then, before anything
 * else is begun.
 */
export function packReady(w: World, p: ProducerState, nodes: readonly number[], producer: number): number {
  const packing = packingOf(w, p);
  if (packing.busyUntilUs > w.nowUs) return packing.busyUntilUs;
  const waiting = waitingBatches(w, p, nodes);
  if (packing.due) {
    p.packing = { ...packing, due: false };
    // The Sender comes back for the others, also if nothing of what is compressed may leave yet.
    if (waiting.length > 0) p.senderWoken = true;
    return w.nowUs;
  }
  let { work } = packing;
  for (const batch of waiting) {
    const pack = batch.pack as BatchPack;
    batch.closed = true;
    const packed = bodyOf(batch, producer).packed as Uint8Array;
    batch.pack = { ...pack, packed };
    const us = compressUs(pack.type, pack.plainBytes);
    work = addWork(work, us, pack.plainBytes, packed.length);
  }
  const us = work.us - packing.work.us;
  if (us === 0) return w.nowUs;
  p.packing = { ...packing, work, busyUntilUs: w.nowUs + us, due: true };
  return w.nowUs + us;
}

/** First in their queues, free to go, and not compressed yet. */
function waitingBatches(w: World, p: ProducerState, nodes: readonly number[]): ProducerBatch[] {
  const found: ProducerBatch[] = [];
  for (const known of p.metadata.topics) {
    const queues = p.topics.find((t: TopicQueues) => t.name === known.name)?.queues ?? [];
    for (const where of known.partitions) {
      const q = queues[where.index];
      const first = q?.queue[0];
      if (first === undefined || q?.muted === true || first.pack === null || first.pack.packed !== null) continue;
      if (nodes.includes(where.leader) && !backingOff(first, w.nowUs)) found.push(first);
    }
  }
  return found;
}

function bodyOf(b: ProducerBatch, producer: number): RecordBatch {
  const { producerId, producerEpoch, baseSequence } = b;
  const { type, level, packed } = b.pack as BatchPack;
  const fields = { compression: type, producerId, producerEpoch, baseSequence, producer };
  return makeBatch(fieldsOfRecords(b.records, fields), level ?? undefined, packed);
}

/**
 * ProducerBatch.close of a compressed batch, each time that it is drained: the batch as it goes on the wire, and what its ratio
 * says about the topic's next ones.
 */
export function closePacked(w: World, p: ProducerState, b: ProducerBatch, producer: number): RecordBatch {
  b.closed = true;
  b.reopened = false;
  b.body ??= bodyOf(b, producer);
  b.sizeBytes = b.body.sizeInBytes;
  const packing = packingOf(w, p);
  const ratio = updatedEstimation(packing.ratios.get(b.topic) ?? INITIAL_RATIO, ratioOf(b));
  setEstimation(p, packing, b.topic, ratio);
  return b.body;
}
