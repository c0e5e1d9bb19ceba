/** Reading the ledger's columns by record id. */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { KafkaRecord, RecordBatch } from '../../kafka/records/record-batch.ts';
import type { Fate } from '../../protocol/frame.ts';
import type { World } from '../kernel/world.ts';
import { LEDGER_CHUNK, type LedgerChunk, Status, type TruthLog } from '../ledger/ledger-state.ts';

export function chunkOf(w: World, id: number): LedgerChunk {
  return w.ledger.chunks[Math.floor(id / LEDGER_CHUNK)] as LedgerChunk;
}

export const at = (id: number): number => id % LEDGER_CHUNK;

/** The id of a record in a batch, -1 for one that no producer here sent. */
export function recordId(w: World, batch: RecordBatch, record: KafkaRecord): number {
  if (batch.producer < 0 || record.ordinal < 0) return -1;
  const ids = w.ledger.ids[batch.producer];
  return ids === undefined || record.ordinal >= vectorLength(ids) ? -1 : vectorGet(ids, record.ordinal);
}

/** Acked records of a partition that are not below its high watermark. */
export function atRiskIn(truth: TruthLog | undefined): number {
  return truth === undefined ? 0 : vectorLength(truth.atRisk) - truth.atRiskFrom;
}

/** Whether the controller knows of a leader for this partition now. */
export function isLed(w: World, partition: number): boolean {
  const registration = w.controller.image.partitions[partition];
  return registration !== null && registration !== undefined && registration.leader >= 0;
}

/** A record's fate in CONTRACT's words. */
export function fateOf(w: World, id: number): Fate {
  const chunk = chunkOf(w, id);
  const i = at(id);
  const status = chunk.status[i] as number;
  if (status & Status.Lost) return 'lost';
  const copies = chunk.copies[i] as number;
  const partition = chunk.partition[i] as number;
  if (status & Status.Failed) return copies > 0 ? 'failed-but-written' : 'failed';
  if (!(status & Status.Acked)) return 'pending';
  if (copies > 0 && partition >= 0 && !isLed(w, partition)) return 'unavailable';
  if (status & Status.Safe) return 'safe';
  const truth = w.ledger.truth[partition];
  const offset = chunk.offset[i] as number;
  if (truth !== undefined && offset >= 0) return offset < truth.hw ? 'safe' : 'at-risk';
  return 'acked';
}

export function valueAtPercent(sorted: ArrayLike<number>, percent: number): number {
  if (sorted.length === 0) return 0;
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] as number;
}
