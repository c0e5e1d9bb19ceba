/** The lists behind the ledger's numbers. */
import type { Question } from '../../protocol/engine-client.ts';
import type { RecordRow } from '../../protocol/frame.ts';
import type { World } from '../kernel/world.ts';
import { chunkOf, rowOf } from '../ledger/columns.ts';
import { Status } from '../ledger/ledger-state.ts';
import { consumerPositions } from './frame-clients.ts';
import { textOf } from './key-table.ts';
import { fateOf } from './ledger-read.ts';
import { shareProjection } from './share-hooks.ts';
import { highWatermarkOf } from './totals.ts';

type Which = Extract<Question, { ask: 'records' }>['which'];

const MAX_VALUE = 400;

/** Rows `from`..`from + limit - 1` of those that belong, in the order of sending, and how many there are. */
export function recordRows(w: World, which: Which, from: number, limit: number): { rows: RecordRow[]; total: number } {
  const belongs = testOf(w, which);
  const rows: RecordRow[] = [];
  let total = 0;
  for (let id = 0; id < w.ledger.count; id++) {
    if (!belongs(id)) continue;
    if (total >= from && rows.length < limit) rows.push(rowView(w, id));
    total += 1;
  }
  return { rows, total };
}

function testOf(w: World, which: Which): (id: number) => boolean {
  const status = (id: number): number => chunkOf(w, id).status[rowOf(id)] as number;
  switch (which) {
    case 'all':
    case 'sent':
      return () => true;
    case 'acked':
      return (id) => (status(id) & Status.Acked) !== 0;
    case 'failed':
      return (id) => (status(id) & Status.Failed) !== 0;
    case 'delivered':
      return (id) => (status(id) & Status.Delivered) !== 0;
    case 'twice':
      return (id) => (chunkOf(w, id).copies[rowOf(id)] as number) > 1;
    case 'behind':
      return behindTest(w);
    default:
      return (id) => fateOf(w, id) === which;
  }
}

/** Readable records that some reader of their partition has not come to. */
function behindTest(w: World): (id: number) => boolean {
  const lowest = new Map<number, number>();
  for (const consumer of w.consumers) {
    for (const { partition, position } of consumerPositions(w, consumer)) {
      const index = w.partitionByName.get(partition);
      if (index !== undefined && position >= 0)
        lowest.set(index, Math.min(lowest.get(index) ?? Number.POSITIVE_INFINITY, position));
    }
  }
  const shared = shareProjection.isBehind(w);
  const hw = new Map([...lowest.keys()].map((p) => [p, highWatermarkOf(w, p)]));
  return (id) => {
    const chunk = chunkOf(w, id);
    const partition = chunk.partition[rowOf(id)] as number;
    const offset = chunk.offset[rowOf(id)] as number;
    return (
      (chunk.copies[rowOf(id)] as number) > 0 &&
      ((offset >= (lowest.get(partition) ?? Number.POSITIVE_INFINITY) && offset < (hw.get(partition) ?? 0)) ||
        shared(partition, offset))
    );
  };
}

function rowView(w: World, id: number): RecordRow {
  const chunk = chunkOf(w, id);
  const i = rowOf(id);
  const record = chunk.records[i] ?? null;
  const partition = chunk.partition[i] as number;
  const offset = chunk.offset[i] as number;
  const acked = ((chunk.status[i] as number) & Status.Acked) !== 0;
  return {
    id,
    producer: w.producers[chunk.producer[i] as number]?.id ?? '',
    ordinal: chunk.ordinal[i] as number,
    partition: partition < 0 ? null : (w.partitions[partition]?.name ?? null),
    offset: offset < 0 ? null : offset,
    key: record === null ? null : textOf(record.key),
    value: record === null ? null : (textOf(record.value)?.slice(0, MAX_VALUE) ?? null),
    fate: fateOf(w, id),
    sentUs: chunk.sentUs[i] as number,
    ackedUs: acked ? (chunk.ackedUs[i] as number) : null,
  };
}
