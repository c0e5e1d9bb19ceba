/** A batch that was too large for the broker becomes smaller ones (rule 82; Kafka: RecordAccumulator.splitAndReenqueue, ProducerBatch.split). */
import { decompressUs } from '../../kafka/records/codec-costs.ts';
import { INITIAL_RATIO } from '../../kafka/records/compression-ratio-estimator.ts';
import { estimateSizeInBytesUpperBound } from '../../kafka/records/record-sizes.ts';
import type { World } from '../kernel/world.ts';
import { lateTransactions } from '../slots.ts';
import { isIdempotent } from './idempotence.ts';
import { newPack, packingOf, ratioOf, setEstimation } from './pack-estimation.ts';
import type { BatchPack } from './pack-state.ts';
import { hasSequence, newProducerBatch, type ProducerBatch, setProducerState, tryAppend } from './producer-batch.ts';
import type { PartitionQueue, ProducerState } from './producer-state.ts';
import { reenqueue } from './record-accumulator.ts';

/**
 * The parts take no memory of the pool and count as not yet tried. What was too large in spite of its codec makes the producer
 * expect nothing of it any more. A batch that was a part already is halved; any other is filled anew up to batch.size.
 */
export function splitAndReenqueue(w: World, p: ProducerState, q: PartitionQueue, big: ProducerBatch): void {
  if (big.pack !== null) {
    const packing = packingOf(w, p);
    setEstimation(p, packing, big.topic, Math.max(INITIAL_RATIO, ratioOf(big)));
    noteUnpacked(w, p, big.pack);
  }
  const target = big.split ? Math.max(big.maxRecordSize, Math.floor(big.sizeBytes / 2)) : p.settings.batchSizeBytes;
  const parts = splitBatch(w, p, big, target);
  p.nextBatchId += parts.length;
  for (let i = parts.length - 1; i >= 0; i--) {
    const part = parts[i] as ProducerBatch;
    p.incomplete += 1;
    if (isIdempotent(p)) lateTransactions.addInFlight(q.sequences, part);
    reenqueue(p, q, part);
  }
}

/** Its records have to be unpacked first; the thread that then compresses the parts has done that before. */
function noteUnpacked(w: World, p: ProducerState, pack: BatchPack): void {
  const packing = packingOf(w, p);
  const us = decompressUs(pack.type, pack.plainBytes);
  p.packing = {
    ...packing,
    busyUntilUs: Math.max(packing.busyUntilUs, w.nowUs) + us,
    splits: packing.splits + 1,
    work: { ...packing.work, us: packing.work.us + us },
  };
}

/** The parts keep the batch's age, its producer and its sequences. */
function splitBatch(w: World, p: ProducerState, big: ProducerBatch, splitBytes: number): ProducerBatch[] {
  const parts: ProducerBatch[] = [];
  let part: ProducerBatch | null = null;
  let sequence = big.baseSequence;
  for (const record of big.records) {
    const estimate = estimateSizeInBytesUpperBound(record.key, record.value, record.headers);
    if (part !== null && tryAppend(part, record, estimate, big.createdUs)) continue;
    const limitBytes = Math.max(estimate, splitBytes);
    part = newProducerBatch(p.nextBatchId + parts.length, big, big.createdUs, limitBytes, true);
    if (big.pack !== null) part.pack = newPack(w, p, big.topic);
    tryAppend(part, record, estimate, big.createdUs);
    parts.push(part);
  }
  for (const each of parts) {
    each.closed = true;
    if (!hasSequence(big)) continue;
    setProducerState(each, big.producerId, big.producerEpoch, sequence);
    sequence += each.records.length;
  }
  return parts;
}
