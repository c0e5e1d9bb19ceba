/** What a run of one codec comes to, before it is compared with the run without compression. */
import type { Magic } from '../../kafka/records/byte-field.ts';
import type { KafkaRecord } from '../../kafka/records/record-batch.ts';
import type { PackRow, PackWork } from '../../protocol/pack.ts';

export interface Measured
  extends Pick<
    PackRow,
    | 'codec'
    | 'how'
    | 'level'
    | 'records'
    | 'batches'
    | 'sentBytes'
    | 'storedBytes'
    | 'wireBytes'
    | 'replicaBytes'
    | 'durationUs'
    | 'list'
  > {
  readonly work: readonly PackWork[];
  readonly batchesOf: StoredBatches;
}

/** The stored batches themselves; bytes are made when somebody asks, since only the chosen codec's are shown. */
export interface StoredBatches {
  readonly magic: Magic;
  /** Of the batch at this place in the list: as it lies in the leader's log. */
  bytes(at: number): Uint8Array;
  /** The records of the batch at this place. */
  records(at: number): readonly KafkaRecord[];
  /** What the producer's codec was given: the records uncompressed, without the batch's header. */
  plain(at: number): Uint8Array;
}

/** Kinds of work that nobody did are left out. */
export function workDone(kinds: readonly PackWork[]): PackWork[] {
  return kinds.filter(({ batches }) => batches > 0);
}

/** With what only a comparison with the run without compression can say. */
export function rowOf(measured: Measured, none: Measured): PackRow {
  const { batchesOf: _batches, ...row } = measured;
  const plainBytes = none.sentBytes;
  const workUs = row.work.reduce((sum, { totalUs }) => sum + totalUs, 0);
  return {
    ...row,
    plainBytes,
    ratio: ratio(plainBytes, row.storedBytes),
    sentRatio: ratio(plainBytes, row.sentBytes),
    workUs,
    processorShare: ratio(workUs, row.durationUs),
    savedBytes: none.wireBytes - row.wireBytes,
  };
}

const ratio = (of: number, by: number): number => (by === 0 ? 0 : of / by);
