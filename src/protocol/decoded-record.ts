/** A record of an internal topic as the page shows it: a part of `frame.ts`, which hands these types on. */
import type { Phrase } from './frame.ts';

/** One field in Kafka's name; what is nested in it follows with a greater depth. `value` is empty for what only holds others. */
export interface RecordField {
  readonly name: string;
  readonly value: string;
  readonly depth: number;
}

export interface DecodedRecord {
  /** Kafka: CoordinatorRecordType, as its schemas are called: "OffsetCommit". */
  readonly type: string;
  /** The 16-bit number in front of the key, which says the type. */
  readonly keyVersion: number;
  /** The 16-bit number in front of the value; null: a tombstone has none. */
  readonly valueVersion: number | null;
  readonly key: readonly RecordField[];
  /** null: a tombstone. */
  readonly value: readonly RecordField[] | null;
  /** What it says, in a sentence. */
  readonly says: Phrase;
}
