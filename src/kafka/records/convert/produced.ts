/**
 * What a broker answers to the raw bytes of one partition of a Produce request: the question and the answer of
 * `validateProduced`. Plain data, so that both cross to the page as they are. 64-bit fields are numbers while they are safe
 * integers, BigInt beyond (a flipped bit makes such times and offsets).
 */
import type { Fact, Magic } from '../byte-field.ts';
import type { CompressionType } from '../codec.ts';
import type { Int64 } from '../legacy/int64.ts';
import type { TimestampType } from '../record-batch.ts';

/** The topic and the broker as LogValidator sees them. Whoever leaves a field out gets Kafka 4.3's default. */
export interface ProduceConfig {
  /** Version of the Produce request (13); below 3 the older message formats are allowed. 4.x brokers know 3 to 13. */
  readonly produceVersion?: number;
  /** The format that this log stores (2): always 2 since Kafka 4.0, before it followed from log.message.format.version. */
  readonly toMagic?: Magic;
  /** compression.type of the topic ('producer'). */
  readonly compressionType?: CompressionType | 'producer' | 'uncompressed';
  /** compression.<codec>.level of the topic; absent: the codec's default. */
  readonly level?: number;
  /** max.message.bytes (1048588). */
  readonly maxMessageBytes?: number;
  /** segment.bytes (1073741824). */
  readonly segmentBytes?: number;
  /** Whether cleanup.policy contains compact (false). */
  readonly compacted?: boolean;
  /** message.timestamp.type ('CreateTime'). */
  readonly timestampType?: TimestampType;
  /** message.timestamp.before.max.ms (9223372036854775807) and message.timestamp.after.max.ms (3600000). */
  readonly timestampBeforeMaxMs?: Int64;
  readonly timestampAfterMaxMs?: Int64;
  /** Of the leader (0): stamped on batches v2. */
  readonly leaderEpoch?: number;
  /**
   * transactional.id of the request. null: it has none, and a batch that says it is transactional fails the whole request before
   * its checksum is looked at. Absent: not checked.
   */
  readonly transactionalId?: string | null;
  /** The log's end: the offset that the first record gets (0). */
  readonly nextOffset?: Int64;
}

/** An error of one record (RecordError): its index in its batch and why. */
export interface ProducedRecordError {
  readonly index: number;
  readonly reason: Fact;
}

export interface ProduceRefusal {
  readonly ok: false;
  /** Kafka's error code by name, as the answer carries it: 'CORRUPT_MESSAGE', 'INVALID_RECORD', 'UNKNOWN_SERVER_ERROR'. */
  readonly errorCode: string;
  /** Simple name of the Java exception. */
  readonly exception: string;
  /** What is wrong and where, as data: keys of the text area `formats`. */
  readonly reason: Fact;
  /** The same in English, for tests and the command line. */
  readonly message: string;
  /** The byte of the request's records where it was noticed, -1 if it is no single byte. */
  readonly position: number;
  readonly recordErrors: readonly ProducedRecordError[];
  /** Who refuses: the request's check, the log's first look, the validator record by record, the log after that. */
  readonly stage: ProduceStage;
  /** Whether the broker had to unpack the records before it refused. */
  readonly unpacked: boolean;
}

export type ProduceStage = 'request' | 'analyze' | 'validate' | 'append';

/** One stored batch (or message of formats v0 and v1). */
export interface ProducedBatch {
  readonly magic: Magic;
  readonly baseOffset: Int64;
  readonly lastOffset: Int64;
  readonly sizeInBytes: number;
}

export interface ProduceAcceptance {
  readonly ok: true;
  /** As the leader's log stores them. */
  readonly bytes: Uint8Array;
  readonly firstOffset: Int64;
  readonly lastOffset: Int64;
  readonly records: number;
  readonly batches: readonly ProducedBatch[];
  readonly maxTimestamp: Int64;
  /** The broker's time under LogAppendTime, else -1 (log_append_time_ms of the answer). */
  readonly logAppendTimeMs: Int64;
  /** Offsets, leader epoch and times were written over the received bytes; false: the batch was built anew. */
  readonly inPlace: boolean;
  /** The records changed their format. */
  readonly converted: boolean;
  /** The records were compressed (again) or stored without their compression. */
  readonly recompressed: boolean;
  /** The records had to be unpacked to be checked: every compressed batch has to. */
  readonly unpacked: boolean;
  readonly sourceCodec: CompressionType;
  readonly targetCodec: CompressionType;
  /** The records without compression, headers of batches included, as RecordValidationStats counts; 0 if nothing was counted. */
  readonly uncompressedBytes: number;
  /** RecordValidationStats.numRecordsConverted: records that were built anew. */
  readonly recordsConverted: number;
  /** Bytes after the last whole batch, which the broker drops in silence. */
  readonly ignoredBytes: number;
}

export type ProduceAnswer = ProduceAcceptance | ProduceRefusal;
