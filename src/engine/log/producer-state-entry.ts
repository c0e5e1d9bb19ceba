/**
 * What a partition remembers of one producer (Kafka: ProducerStateEntry, BatchMetadata). Entries are immutable: an
 * append makes a new one, so that checkpoints and snapshots can share the old.
 */
import type { RecordBatch } from '../../kafka/records/record-batch.ts';
import { lastSequence } from '../../kafka/records/record-batch.ts';
import { decrementSequence } from '../../kafka/records/record-sizes.ts';

/** So many batches of a producer can be recognised when they are sent again. */
export const NUM_BATCHES_TO_RETAIN = 5;
export const NO_PRODUCER_EPOCH = -1;
export const NO_SEQUENCE = -1;
export const NO_TIMESTAMP = -1;

export interface BatchMetadata {
  readonly lastSeq: number;
  readonly lastOffset: number;
  readonly offsetDelta: number;
  readonly timestampMs: number;
}

export interface ProducerStateEntry {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly coordinatorEpoch: number;
  /** Of the last batch or marker; it decides when the producer is forgotten (rule 42). */
  readonly lastTimestampMs: number;
  /** Null while no transaction is open here. */
  readonly currentTxnFirstOffset: number | null;
  /** Oldest first, all of the current epoch, at most five. */
  readonly batches: readonly BatchMetadata[];
}

const NO_BATCHES: readonly BatchMetadata[] = [];

export function emptyEntry(producerId: number): ProducerStateEntry {
  return {
    producerId,
    producerEpoch: NO_PRODUCER_EPOCH,
    coordinatorEpoch: -1,
    lastTimestampMs: NO_TIMESTAMP,
    currentTxnFirstOffset: null,
    batches: NO_BATCHES,
  };
}

export function firstSeqOf(batch: BatchMetadata): number {
  return decrementSequence(batch.lastSeq, batch.offsetDelta);
}

export function firstOffsetOf(batch: BatchMetadata): number {
  return batch.lastOffset - batch.offsetDelta;
}

export function lastSeq(entry: ProducerStateEntry): number {
  const { batches } = entry;
  return batches.length === 0 ? NO_SEQUENCE : batches[batches.length - 1].lastSeq;
}

/** The entry without its batches: where the validation of an append starts from (ProducerStateEntry.withProducerId). */
export function withoutBatches(entry: ProducerStateEntry): ProducerStateEntry {
  return entry.batches.length === 0 ? entry : { ...entry, batches: NO_BATCHES };
}

function append(batches: readonly BatchMetadata[], more: readonly BatchMetadata[]): readonly BatchMetadata[] {
  if (more.length === 0) return batches;
  if (batches.length === 0 && more.length <= NUM_BATCHES_TO_RETAIN) return more;
  const all = [...batches, ...more];
  return all.length <= NUM_BATCHES_TO_RETAIN ? all : all.slice(all.length - NUM_BATCHES_TO_RETAIN);
}

/** A data batch was accepted: another epoch than before forgets the batches of the old one. */
export function withBatch(entry: ProducerStateEntry, producerEpoch: number, batch: BatchMetadata): ProducerStateEntry {
  const before = entry.producerEpoch === producerEpoch ? entry.batches : NO_BATCHES;
  return {
    producerId: entry.producerId,
    producerEpoch,
    coordinatorEpoch: entry.coordinatorEpoch,
    lastTimestampMs: batch.timestampMs,
    currentTxnFirstOffset: entry.currentTxnFirstOffset,
    batches: append(before, [batch]),
  };
}

/** What an append has learnt, on top of what was known (ProducerStateEntry.update). */
export function merged(entry: ProducerStateEntry, update: ProducerStateEntry): ProducerStateEntry {
  const before = entry.producerEpoch === update.producerEpoch ? entry.batches : NO_BATCHES;
  const batches = append(before, update.batches);
  return batches === update.batches ? update : { ...update, batches };
}

/** The remembered batch that this one repeats: same epoch, same first and same last sequence (rule 38; findDuplicateBatch). */
export function findDuplicate(entry: ProducerStateEntry, batch: RecordBatch): BatchMetadata | undefined {
  if (batch.producerEpoch !== entry.producerEpoch) return undefined;
  const last = lastSequence(batch);
  return entry.batches.find((known) => known.lastSeq === last && firstSeqOf(known) === batch.baseSequence);
}
