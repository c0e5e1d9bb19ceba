/** What producers and consumers that meet compressed batches keep of them. Immutable values: whoever changes one puts a new one. */
import type { CompressionType } from '../../kafka/records/codec.ts';

/** What of a batch is about compression (Kafka: MemoryRecordsBuilder). */
export interface BatchPack {
  readonly type: CompressionType;
  /** The codec's; null: it has none, or its default. */
  readonly level: number | null;
  /** The ratio that was expected when the batch was begun. */
  readonly ratio: number;
  /** Its records uncompressed, without the batch's header. */
  readonly plainBytes: number;
  /** Its records compressed; null: not yet. */
  readonly packed: Uint8Array | null;
}

/** Work that a client's processor did on batches since the scenario's start; bytes are those of records, without headers. */
export interface CodecWork {
  readonly us: number;
  readonly batches: number;
  readonly plainBytes: number;
  readonly packedBytes: number;
}

export const NO_WORK: CodecWork = { us: 0, batches: 0, plainBytes: 0, packedBytes: 0 };

/** A producer's side. Ratios and time belong to one process, the sums to all of them. */
export interface Packing {
  readonly incarnation: number;
  /** CompressionRatioEstimator: by topic; a topic that is not in it starts from 1. */
  readonly ratios: ReadonlyMap<string, number>;
  /** It compresses until then. */
  readonly busyUntilUs: number;
  /** Batches were compressed and none was drained since. */
  readonly due: boolean;
  readonly work: CodecWork;
  /** Batches that were split because the broker found them too large. */
  readonly splits: number;
}

/** A consumer's side. */
export interface Unpacking {
  readonly incarnation: number;
  /** poll() unpacks until then. */
  readonly busyUntilUs: number;
  readonly work: CodecWork;
}
