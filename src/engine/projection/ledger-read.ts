/** Reading the ledger's columns by record id. */
import type { KafkaRecord, RecordBatch } from '../../kafka/records/record-batch.ts';
import type { Fate } from '../../protocol/frame.ts';
import type { World } from '../kernel/world.ts';
import { chunkOf, recordId as idOf, rowOf } from '../ledger/columns.ts';
import { Status, type TruthLog } from '../ledger/ledger-state.ts';

/** The id of a record in a batch, -1 for one that no producer here sent. */
export function recordId(w: World, batch: RecordBatch, record: KafkaRecord): number {
  return idOf(w, batch.producer, record.ordinal);
}

/** Acked records of a partition that are not below its high watermark. */
export function atRiskIn(truth: TruthLog | undefined): number {
  return truth === undefined ? 0 : truth.atRisk.length;
}

/** Whether the controller knows of a leader for this partition now. */
export function isLed(w: World, partition: number): boolean {
  const registration = w.controller.image.partitions[partition];
  return registration !== null && registration !== undefined && registration.leader >= 0;
}

/** A record's fate in CONTRACT's words. */
export function fateOf(w: World, id: number): Fate {
  const chunk = chunkOf(w, id);
  const i = rowOf(id);
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
