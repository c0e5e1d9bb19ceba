/** A window of a replica's log by offset: key indices, ledger ids and flags, as the stage draws its cells. */
import { type Vector, vectorGet, vectorLength } from '../../base/vector.ts';
import type { LogWindow } from '../../protocol/frame.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import type { World } from '../kernel/world.ts';
import { chunkOf, rowOf } from '../ledger/columns.ts';
import { Status } from '../ledger/ledger-state.ts';
import type { StoredBatch } from '../log/stored-batch.ts';
import { type KeyTable, keyIndex } from './key-table.ts';
import { recordId } from './ledger-read.ts';

const Flag = { Acked: 1, Lost: 2, Twice: 4, Control: 8, Delivered: 16, First: 32, Differs: 64 } as const;
const GAP = -2;

/** Index of the last batch that begins at or before an offset; -1. */
export function batchAt(batches: Vector<StoredBatch>, offset: number): number {
  let low = 0;
  let high = vectorLength(batches);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (vectorGet(batches, middle).baseOffset <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The records from `base` on, at most `size` of them. */
export function logWindow(w: World, keys: KeyTable, replica: ReplicaState, base: number, size: number): LogWindow {
  const from = Math.max(base, replica.logStart);
  const end = Math.min(replica.leo, base + size);
  if (end <= from) return { base: from, keys: [], ids: [], flags: [] };
  const length = end - from;
  const window = {
    base: from,
    keys: new Array<number>(length).fill(GAP),
    ids: new Array<number>(length).fill(-1),
    flags: new Array<number>(length).fill(0),
  };
  const truth = w.ledger.truth[replica.partition];
  const mayDiffer =
    truth !== undefined && truth.broker !== replica.broker && differsSomewhere(replica.batches, truth.batches);
  const { batches } = replica;
  const upTo = replica.cleaned?.upTo ?? 0;
  for (const stored of replica.cleaned?.batches ?? [])
    if (stored.lastOffset >= from && stored.baseOffset < end) fillBatch(w, keys, stored, from, end, false, window);
  for (let i = Math.max(0, batchAt(batches, Math.max(from, upTo))); i < vectorLength(batches); i++) {
    const stored = vectorGet(batches, i);
    if (stored.baseOffset >= end) break;
    const differs = mayDiffer && !isIn(truth.batches, stored);
    fillBatch(w, keys, stored, from, end, differs, window);
  }
  return window;
}

function fillBatch(
  w: World,
  keys: KeyTable,
  stored: StoredBatch,
  from: number,
  end: number,
  differs: boolean,
  into: { keys: number[]; ids: number[]; flags: number[] },
): void {
  const { batch, baseOffset } = stored;
  const shared = (batch.isControl ? Flag.Control : 0) | (differs ? Flag.Differs : 0);
  for (let r = 0; r < batch.records.length; r++) {
    const record = batch.records[r];
    if (record === undefined) continue;
    const offset = baseOffset + (record.offsetDelta ?? r);
    if (offset < from || offset >= end) continue;
    const id = recordId(w, batch, record);
    let flags = shared | (r === 0 ? Flag.First : 0);
    if (id >= 0) flags |= recordFlags(w, id, offset);
    into.keys[offset - from] = keyIndex(keys, record.key);
    into.ids[offset - from] = id;
    into.flags[offset - from] = flags;
  }
}

function recordFlags(w: World, id: number, offset: number): number {
  const chunk = chunkOf(w, id);
  const i = rowOf(id);
  const status = chunk.status[i] as number;
  let flags = 0;
  if (status & Status.Acked) flags |= Flag.Acked;
  if (status & Status.Lost) flags |= Flag.Lost;
  if (status & Status.Delivered) flags |= Flag.Delivered;
  if ((chunk.copies[i] as number) > 1 && chunk.offset[i] !== offset) flags |= Flag.Twice;
  return flags;
}

/** Logs agree up to their last common batch (the same body at the same place), so the last one tells for all. */
function differsSomewhere(log: Vector<StoredBatch>, truth: Vector<StoredBatch>): boolean {
  const length = vectorLength(log);
  return length > 0 && !isIn(truth, vectorGet(log, length - 1));
}

function isIn(truth: Vector<StoredBatch>, stored: StoredBatch): boolean {
  const i = batchAt(truth, stored.baseOffset);
  if (i < 0) return false;
  const other = vectorGet(truth, i);
  return (
    other.baseOffset === stored.baseOffset && other.leaderEpoch === stored.leaderEpoch && other.batch === stored.batch
  );
}

export function replicaDiffers(w: World, replica: ReplicaState): boolean {
  const truth = w.ledger.truth[replica.partition];
  return truth !== undefined && truth.broker !== replica.broker && differsSomewhere(replica.batches, truth.batches);
}
