import type { RecordBatch } from '../../kafka/records/record-batch.ts';

/** A batch in a log: the shared immutable body with the two fields that stand outside its checksum. */
export interface StoredBatch {
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly leaderEpoch: number;
  readonly batch: RecordBatch;
  /** Appended by whom and when, beside the bytes: for the record's story. */
  readonly appendedUs: number;
}
