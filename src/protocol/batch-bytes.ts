/** The bytes of one stored batch, as the byte explorer asks for them. */
import type { CompressionType } from '../kafka/records/codec.ts';
import type { ThingId } from './frame.ts';

/** `thing`: a replica ('replica:orders-0@2') or a partition (its leader's log); `offset`: any offset in the batch. */
export interface BatchBytesQuestion {
  readonly ask: 'batch-bytes';
  readonly thing: ThingId;
  readonly offset: number;
}

/** Where a batch lies, for going to its neighbours. */
export interface BatchPlace {
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly sizeInBytes: number;
  readonly records: number;
  readonly codec: CompressionType;
}

/** null: no such log, or the offset is in none of its batches. */
export interface BatchBytes {
  /** As the log of this broker holds it, base offset and leader epoch included. */
  readonly bytes: Uint8Array;
  readonly partition: string;
  readonly broker: number;
  readonly place: BatchPlace;
  /** Its number in the log, from 0, and how many batches the log has. */
  readonly index: number;
  readonly count: number;
  readonly plainSizeInBytes: number;
  readonly previous: BatchPlace | null;
  readonly next: BatchPlace | null;
  /** Name of the segment file it lies in, as Kafka names it ('00000000000000000000.log'). */
  readonly segment: string;
}

/** The whole segment file that holds an offset, as Kafka's dump tool reads it. */
export interface SegmentFileQuestion {
  readonly ask: 'segment-file';
  readonly thing: ThingId;
  readonly offset: number;
}

export interface SegmentFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}
