/** The Log tab: a replica's last batches, or those around the place one has scrolled to, with their records decoded. */
import { vectorGet, vectorLength } from '../../base/vector.ts';
import type { ViewRequest } from '../../protocol/engine-client.ts';
import type { BatchView, ThingId } from '../../protocol/frame.ts';
import type { ReplicaState } from '../broker/replica-state.ts';
import { replicaOf } from '../broker/replicas.ts';
import type { World } from '../kernel/world.ts';
import type { StoredBatch } from '../log/stored-batch.ts';
import { lastLeaderOf } from './frame-partitions.ts';
import { groupSeen } from './groups-read.ts';
import { textOf } from './key-table.ts';
import { fateOf, recordId } from './ledger-read.ts';
import { batchAt } from './log-window.ts';
import { decodedText, decodeRecord, hasDecoders } from './record-decoders.ts';

const MAX_BATCHES = 40;
/** A batch of thousands would drown the rest. */
const MAX_RECORDS = 400;
const MAX_VALUE = 2000;

/** The log that a thing has: a replica's own, that of a partition's (last) leader, or that of a group's coordinator. */
export function replicaOfThing(w: World, thing: ThingId): ReplicaState | null {
  const [kind = '', name = ''] = [thing.slice(0, thing.indexOf(':')), thing.slice(thing.indexOf(':') + 1)];
  if (kind === 'replica') {
    const at = name.lastIndexOf('@');
    const partition = w.partitionByName.get(name.slice(0, at));
    return partition === undefined ? null : replicaOf(w, Number(name.slice(at + 1)), partition);
  }
  if (kind !== 'partition' && kind !== 'group') return null;
  const partition = kind === 'group' ? groupSeen(w, name).partition : w.partitionByName.get(name);
  const registration = partition === undefined ? null : w.controller.image.partitions[partition];
  if (registration === null || registration === undefined) return null;
  const leader = lastLeaderOf(w, registration);
  return leader < 0 ? null : replicaOf(w, leader, registration.partition);
}

export function batchRows(w: World, thing: ThingId, view: ViewRequest): BatchView[] {
  const replica = replicaOfThing(w, thing);
  if (replica === null) return [];
  const { batches } = replica;
  const length = vectorLength(batches);
  const scrolled = view.scroll[w.partitions[replica.partition]?.name ?? ''];
  const last = scrolled === undefined ? length : Math.min(length, batchAt(batches, scrolled) + MAX_BATCHES / 2);
  const topic = w.partitions[replica.partition]?.topic ?? '';
  const internal = hasDecoders(topic) ? topic : null;
  const rows: BatchView[] = [];
  const oldest = batchAt(batches, replica.segments[0]?.base ?? replica.active.base);
  const upTo = replica.cleaned?.upTo ?? 0;
  const first = Math.max(0, oldest, last - MAX_BATCHES);
  for (let i = first; i < last; i++) {
    const stored = vectorGet(batches, i);
    if (stored.baseOffset >= upTo) rows.push(batchView(w, stored, internal));
  }
  // What compaction has left below it, as far as there is room.
  const left = (replica.cleaned?.batches ?? []).slice(rows.length - MAX_BATCHES);
  const shown =
    rows.length >= MAX_BATCHES
      ? []
      : left.filter((b) => scrolled === undefined || b.baseOffset <= scrolled + MAX_BATCHES);
  return [...shown.map((b) => batchView(w, b, internal)), ...rows];
}

/** `internal`: the topic whose records are decoded; null: they are people's own. */
function batchView(
  w: World,
  { batch, baseOffset, lastOffset, leaderEpoch }: StoredBatch,
  internal: string | null,
): BatchView {
  return {
    baseOffset,
    lastOffset,
    leaderEpoch,
    producerId: Number(batch.producerId),
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    sizeBytes: batch.sizeInBytes,
    plainSizeBytes: batch.plainSizeInBytes,
    crc: batch.crc,
    codec: batch.compression,
    records: batch.records.slice(0, MAX_RECORDS).map((record, r) => {
      const id = recordId(w, batch, record);
      const decoded = internal === null || batch.isControl ? null : decodeRecord(internal, record.key, record.value);
      const value =
        decoded === null ? textOf(record.value) : decoded.value === null ? null : decodedText(decoded.value);
      return {
        id,
        offset: baseOffset + (record.offsetDelta ?? r),
        timestampMs: record.timestampMs,
        key: decoded === null ? textOf(record.key) : decodedText(decoded.key),
        value: value?.slice(0, MAX_VALUE) ?? null,
        fate: id < 0 ? 'acked' : fateOf(w, id),
        ...(decoded === null ? {} : { decoded }),
      };
    }),
  };
}
