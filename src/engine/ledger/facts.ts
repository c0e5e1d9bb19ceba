/** What clients tell the ledger. Observers only: nothing here changes what a node does. */
import { emptyVector, vectorLength, vectorPush } from '../../base/vector.ts';
import type { KafkaRecord } from '../../kafka/records/record-batch.ts';
import type { World } from '../kernel/world.ts';
import { lateLosses } from '../slots.ts';
import { chunkOf, newChunk, ownChunk, ownLedger, ownTruth, recordId, rowOf } from './columns.ts';
import { LEDGER_CHUNK, Status } from './ledger-state.ts';

function bump(counts: number[], index: number): void {
  while (counts.length <= index) counts.push(0);
  counts[index] = (counts[index] as number) + 1;
}

/** A record was handed to send(). `partition` is its dense index, -1 while it is not known. Its identity is (producer, record.ordinal). */
export function recordSent(w: World, producer: number, partition: number, record: KafkaRecord): void {
  const l = ownLedger(w);
  const id = l.count;
  l.count += 1;
  if (id % LEDGER_CHUNK === 0) l.chunks.push(newChunk(w.gen));
  const c = ownChunk(w, id);
  const row = rowOf(id);
  c.producer[row] = producer;
  c.partition[row] = partition;
  c.ordinal[row] = record.ordinal;
  c.sentUs[row] = w.nowUs;
  c.records[row] = record;
  while (l.ids.length <= producer) l.ids.push(emptyVector(w.gen));
  const ids = l.ids[producer] as (typeof l.ids)[number];
  // Ordinals count a producer's sends from 0: an id's place is its ordinal.
  while (vectorLength(ids) < record.ordinal) vectorPush(ids, -1, w.gen);
  vectorPush(ids, id, w.gen);
  bump(l.sentBy, producer);
  w.whenDirty = true;
}

/** The partition of a record became known after send() (the sticky partitioner chooses when the batch is appended to). */
export function recordPartitioned(w: World, producer: number, ordinal: number, partition: number): void {
  const id = recordId(w, producer, ordinal);
  if (id >= 0) ownChunk(w, id).partition[rowOf(id)] = partition;
}

/** The callback succeeded. acks=0: offset -1, at the moment the request is written to the socket. */
export function recordAcked(w: World, producer: number, ordinal: number, partition: number, offset: number): void {
  const id = recordId(w, producer, ordinal);
  if (id < 0) return;
  const l = ownLedger(w);
  const c = ownChunk(w, id);
  const row = rowOf(id);
  if ((c.status[row] as number) & Status.Acked) return;
  const t = ownTruth(w, partition);
  let status = (c.status[row] as number) | Status.Acked;
  if (t.healthySinceUs >= 0 && t.healthySinceUs <= (c.sentUs[row] as number)) status |= Status.AckedHealthy;
  c.ackedUs[row] = w.nowUs;
  c.partition[row] = partition;
  if (offset >= 0 && (c.offset[row] as number) < 0) c.offset[row] = offset;
  l.acked += 1;
  bump(l.ackedBy, producer);
  if ((c.copies[row] as number) > 0) t.acked += 1;
  if ((c.copies[row] as number) > 0 && (c.offset[row] as number) < t.hw) status |= Status.Safe;
  else {
    t.atRisk.push(id);
    l.atRisk += 1;
  }
  c.status[row] = status;
  if ((c.copies[row] as number) === 0) lateLosses.loseIfGone(w, id, partition);
  w.whenDirty = true;
}

/** The callback got an error (simple name of Kafka's Java exception). */
export function recordFailed(w: World, producer: number, ordinal: number, exception: string): void {
  applicationError(w, exception);
  const id = recordId(w, producer, ordinal);
  if (id < 0) return;
  const l = ownLedger(w);
  const c = ownChunk(w, id);
  c.status[rowOf(id)] = (c.status[rowOf(id)] as number) | Status.Failed;
  c.ackedUs[rowOf(id)] = w.nowUs;
  l.failed += 1;
  bump(l.failedBy, producer);
}

/** A consumer's application finished a record. */
export function recordDelivered(w: World, consumer: number, producer: number, ordinal: number): void {
  bump(ownLedger(w).processedBy, consumer);
  w.whenDirty = true;
  const id = recordId(w, producer, ordinal);
  if (id < 0 || (chunkOf(w, id).status[rowOf(id)] as number) & Status.Delivered) return;
  const c = ownChunk(w, id);
  c.status[rowOf(id)] = (c.status[rowOf(id)] as number) | Status.Delivered;
  c.deliveredUs[rowOf(id)] = w.nowUs;
  ownLedger(w).delivered += 1;
}

/** An exception thrown to the application by a call that belongs to no single record (poll, flush, initTransactions). */
export function applicationError(w: World, exception: string): void {
  const { errors } = ownLedger(w);
  errors.set(exception, (errors.get(exception) ?? 0) + 1);
}
