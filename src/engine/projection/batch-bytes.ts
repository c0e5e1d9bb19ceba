/** A stored batch byte for byte, and the segment file it lies in (Kafka: LogSegment, FileRecords), for the byte explorer. */

import { encodeBatch } from '../../kafka/records/record-batch.ts';
import type { BatchBytes, BatchPlace, SegmentFile } from '../../protocol/batch-bytes.ts';
import type { ThingId } from '../../protocol/frame.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import type { World } from '../kernel/world.ts';
import { remainingBatches } from '../log/cleaned-log.ts';
import type { StoredBatch } from '../log/stored-batch.ts';
import { replicaOfThing } from './detail-log.ts';

const OFFSET_DIGITS = 20;

/** LogFileUtils.filenamePrefixFromOffset, with the ending of a log. */
function segmentName(base: number): string {
  return `${String(base).padStart(OFFSET_DIGITS, '0')}.log`;
}

/** What lies on this broker's disk, oldest first: what retention took is gone, what DeleteRecords hides may still be there. */
function batchesOnDisk(r: ReplicaState): StoredBatch[] {
  const oldest = r.segments[0]?.base ?? r.active.base;
  return [...remainingBatches(r)].filter((b) => b.baseOffset >= oldest);
}

/** Where the segment that an offset belongs to begins and where the next one does (the log end, if there is none); null: outside of the log. */
function segmentRange(r: ReplicaState, offset: number): { readonly base: number; readonly end: number } | null {
  const bases = [...r.segments.map((s) => s.base), r.active.base];
  const after = bases.findIndex((base) => base > offset);
  const index = after < 0 ? bases.length - 1 : after - 1;
  const base = bases[index];
  return base === undefined || offset >= r.leo ? null : { base, end: bases[index + 1] ?? r.leo };
}

function placeOf({ baseOffset, lastOffset, batch }: StoredBatch): BatchPlace {
  const { sizeInBytes, records, compression } = batch;
  return { baseOffset, lastOffset, sizeInBytes, records: records.length, codec: compression };
}

const bytesOf = ({ batch, baseOffset, leaderEpoch }: StoredBatch): Uint8Array =>
  encodeBatch(batch, baseOffset, leaderEpoch);

/** null: no such log, or the offset is in none of its batches. */
export function batchBytesOf(w: World, thing: ThingId, offset: number): BatchBytes | null {
  const replica = replicaOfThing(w, thing);
  if (replica === null) return null;
  const batches = batchesOnDisk(replica);
  const index = batches.findIndex((b) => b.baseOffset <= offset && offset <= b.lastOffset);
  const stored = batches[index];
  if (stored === undefined) return null;
  const [previous, next] = [batches[index - 1], batches[index + 1]];
  return {
    bytes: bytesOf(stored),
    partition: w.partitions[replica.partition]?.name ?? '',
    broker: replica.broker,
    place: placeOf(stored),
    index,
    count: batches.length,
    plainSizeInBytes: stored.batch.plainSizeInBytes,
    previous: previous === undefined ? null : placeOf(previous),
    next: next === undefined ? null : placeOf(next),
    segment: segmentName(segmentRange(replica, stored.baseOffset)?.base ?? 0),
  };
}

/** The segment that holds an offset, as one file; null: no such log, or the offset is outside of it. */
export function segmentFileOf(w: World, thing: ThingId, offset: number): SegmentFile | null {
  const replica = replicaOfThing(w, thing);
  const range = replica === null ? null : segmentRange(replica, offset);
  if (replica === null || range === null) return null;
  const parts = batchesOnDisk(replica)
    .filter((b) => b.baseOffset >= range.base && b.baseOffset < range.end)
    .map(bytesOf);
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { name: segmentName(range.base), bytes };
}
