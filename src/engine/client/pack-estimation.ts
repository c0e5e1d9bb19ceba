/** What a producer expects of its codec, topic by topic (Kafka: CompressionRatioEstimator, which all producers of a process share). */
import type { CompressionType } from '../../kafka/records/codec.ts';
import { compressionRatio, INITIAL_RATIO } from '../../kafka/records/compression-ratio-estimator.ts';
import type { NodeState, World } from '../kernel/world.ts';
import { type BatchPack, type CodecWork, NO_WORK, type Packing } from './pack-state.ts';
import type { ProducerBatch } from './producer-batch.ts';
import type { ProducerState } from './producer-state.ts';

/** What the producer knows of its batches' ratios; a new process starts without what the one before had learnt. */
export function packingOf(w: World, p: ProducerState): Packing {
  const { incarnation } = w.nodes[p.node] as NodeState;
  const known = p.packing;
  if (known?.incarnation === incarnation) return known;
  return {
    incarnation,
    ratios: new Map(),
    busyUntilUs: 0,
    due: false,
    work: known?.work ?? NO_WORK,
    splits: known?.splits ?? 0,
  };
}

export function addWork(work: CodecWork, us: number, plainBytes: number, packedBytes: number): CodecWork {
  return {
    us: work.us + us,
    batches: work.batches + 1,
    plainBytes: work.plainBytes + plainBytes,
    packedBytes: work.packedBytes + packedBytes,
  };
}

/** A new batch is filled by what is expected at this moment; later batches may teach the producer better. */
export function newPack(w: World, p: ProducerState, topic: string): BatchPack {
  const { compressionType, compressionLevel } = p.settings;
  const packing = packingOf(w, p);
  p.packing = packing;
  return {
    type: compressionType as CompressionType,
    level: compressionLevel,
    ratio: packing.ratios.get(topic) ?? INITIAL_RATIO,
    plainBytes: 0,
    packed: null,
  };
}

/** What the batch came to, without headers. */
export function ratioOf(b: ProducerBatch): number {
  const { packed, plainBytes } = b.pack as BatchPack;
  return compressionRatio((packed as Uint8Array).length, plainBytes);
}

export function setEstimation(p: ProducerState, packing: Packing, topic: string, ratio: number): void {
  const ratios = packing.ratios.get(topic) === ratio ? packing.ratios : new Map(packing.ratios).set(topic, ratio);
  p.packing = { ...packing, ratios };
}
