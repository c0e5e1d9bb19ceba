/** The ledger's columns: ids to rows, copied on write a chunk at a time. */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { RecordBatch } from '../../kafka/records/record-batch.ts';
import { own, type World } from '../kernel/world.ts';
import {
  cloneLedger,
  cloneTruth,
  LEDGER_CHUNK,
  type LedgerChunk,
  type LedgerState,
  type TruthLog,
} from './ledger-state.ts';

export function ownLedger(w: World): LedgerState {
  if (w.ledger.gen === w.gen) return w.ledger;
  const table = [w.ledger];
  w.ledger = own(w, table, 0, cloneLedger);
  return w.ledger;
}

export function ownTruth(w: World, partition: number): TruthLog {
  return own(w, ownLedger(w).truth, partition, cloneTruth);
}

export function newChunk(gen: number): LedgerChunk {
  const n = LEDGER_CHUNK;
  return {
    gen,
    status: new Uint8Array(n),
    partition: new Int16Array(n).fill(-1),
    producer: new Int16Array(n),
    ordinal: new Int32Array(n),
    copies: new Uint8Array(n),
    offset: new Int32Array(n).fill(-1),
    sentUs: new Float64Array(n),
    writtenUs: new Float64Array(n).fill(-1),
    ackedUs: new Float64Array(n).fill(-1),
    deliveredUs: new Float64Array(n).fill(-1),
    acks: new Uint8Array(n),
    writtenBy: new Uint8Array(n),
    cause: new Int32Array(n).fill(-1),
    records: [],
  };
}

function cloneChunk(c: LedgerChunk): LedgerChunk {
  return {
    gen: c.gen,
    status: c.status.slice(),
    partition: c.partition.slice(),
    producer: c.producer.slice(),
    ordinal: c.ordinal.slice(),
    copies: c.copies.slice(),
    offset: c.offset.slice(),
    sentUs: c.sentUs.slice(),
    writtenUs: c.writtenUs.slice(),
    ackedUs: c.ackedUs.slice(),
    deliveredUs: c.deliveredUs.slice(),
    acks: c.acks.slice(),
    writtenBy: c.writtenBy.slice(),
    cause: c.cause.slice(),
    records: c.records.slice(),
  };
}

/** The chunk that holds a record, for reading; its row is `id % LEDGER_CHUNK`. */
export function chunkOf(w: World, id: number): LedgerChunk {
  return w.ledger.chunks[Math.floor(id / LEDGER_CHUNK)] as LedgerChunk;
}

export function ownChunk(w: World, id: number): LedgerChunk {
  return own(w, ownLedger(w).chunks, Math.floor(id / LEDGER_CHUNK), cloneChunk);
}

export function rowOf(id: number): number {
  return id % LEDGER_CHUNK;
}

/** The id of a producer's record; -1 if the ledger never heard of it. */
export function recordId(w: World, producer: number, ordinal: number): number {
  if (producer < 0 || ordinal < 0) return -1;
  const ids = w.ledger.ids[producer];
  return ids === undefined || ordinal >= vectorLength(ids) ? -1 : vectorGet(ids, ordinal);
}

/** Ids of a batch's records, in order; control batches have none. */
export function idsOfBatch(w: World, batch: RecordBatch): number[] {
  if (batch.isControl || batch.producer < 0) return [];
  return batch.records.map((r) => recordId(w, batch.producer, r.ordinal));
}
