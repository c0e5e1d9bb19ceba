/**
 * What crosses between the page and the worker of the compression lab ("What is in a batch"): the learner's records and settings
 * go in, measured figures come back. Batches, bytes, requests and who works come from hidden runs of the engine; speeds are
 * measured on this machine's libraries and say nothing about brokers. Sizes are bytes, virtual times microseconds.
 */

import type { Magic } from '../kafka/records/byte-field.ts';
import type { CompressionType } from '../kafka/records/codec.ts';

export const PACK_CODECS = ['none', 'snappy', 'lz4', 'gzip', 'zstd'] as const satisfies readonly CompressionType[];

export type PackSource =
  /** A sample that ships with the page, by its name (worker/pack/samples.ts). */
  | { readonly kind: 'sample'; readonly name: string }
  /** Pasted or dropped: one record a line. */
  | { readonly kind: 'text'; readonly name: string; readonly text: string };

export interface PackSpec {
  readonly source: PackSource;
  /** The chosen codec: the byte explorer and 'who works' show its run. */
  readonly codec: CompressionType;
  /** Of the chosen codec; null: Kafka's default. */
  readonly level: number | null;
  readonly batchSizeBytes: number;
  readonly lingerMs: number;
  /** How fast the application sends; with linger.ms it decides how full a batch gets. */
  readonly ratePerSecond: number;
  /** v2 runs in the engine; v0 and v1 are packed as the clients of their time did. */
  readonly magic: Magic;
  /** compression.type of the topic. */
  readonly brokerCodec: CompressionType | 'producer' | 'uncompressed';
}

/** Processor time of one kind of work, by the engine's table of costs. */
export interface PackWork {
  readonly who: 'producer' | 'leader' | 'follower' | 'consumer';
  readonly what: 'compress' | 'decompress' | 'validate' | 'convert' | 'keep';
  /** Batches it was done to. */
  readonly batches: number;
  readonly totalUs: number;
}

/** One codec's run. */
export interface PackRow {
  readonly codec: CompressionType;
  readonly batches: number;
  /** Of all batches as the producer sent them, and as the leader stores them. */
  readonly sentBytes: number;
  readonly storedBytes: number;
  /** Over all links: the producer's requests, the followers' and the consumer's fetches. */
  readonly wireBytes: number;
  /** All replicas together. */
  readonly replicaBytes: number;
  /** The same records in batches of format `magic` without compression. */
  readonly plainBytes: number;
  /** plainBytes / storedBytes. */
  readonly ratio: number;
  readonly work: readonly PackWork[];
  /** Virtual time from the first send to the last acknowledgement. */
  readonly durationUs: number;
  /** Base offset, size, plain size and records of each stored batch. */
  readonly list: readonly {
    readonly baseOffset: number;
    readonly sizeInBytes: number;
    readonly plainSizeInBytes: number;
    readonly records: number;
  }[];
}

/** Measured in this browser (or Node), on the very payloads of the run. */
export interface PackSpeed {
  readonly codec: CompressionType;
  /** Medians over `repeats` after a warm-up of `warmUps`, of uncompressed bytes (MB = 10^6 bytes). */
  readonly compressMBps: number;
  readonly decompressMBps: number;
  readonly repeats: number;
  readonly warmUps: number;
  /** The library and its version, as it is pinned. */
  readonly library: string;
}

/** A claim of the course's notes about the codecs, held against this data. */
export interface PackClaim {
  readonly id: string;
  /** 'ratio' claims get a verdict; 'speed' claims only figures of this machine's libraries. */
  readonly about: 'ratio' | 'speed' | 'processor' | 'bandwidth';
  /** The codecs in the claimed order, the most first; `equal`: the pair that is claimed to be about equal. */
  readonly order: readonly CompressionType[];
  readonly figures: readonly { readonly codec: CompressionType; readonly value: number }[];
  /** null: no verdict (speeds of a browser's libraries are not those of a broker). */
  readonly holds: boolean | null;
}

/** Ratio against the size of a batch before compression. */
export interface PackCurve {
  readonly codec: CompressionType;
  readonly points: readonly { readonly batchBytes: number; readonly ratio: number }[];
}

export interface PackRecords {
  readonly name: string;
  readonly records: number;
  readonly valueBytes: number;
  /** The first few, as they are. */
  readonly head: readonly string[];
  /** Where the sample comes from; null for the learner's own. */
  readonly origin: string | null;
}

/** What one question is answered with, part by part, in this order; each may come alone. */
export type PackPart =
  | { readonly part: 'records'; readonly records: PackRecords }
  | { readonly part: 'row'; readonly row: PackRow }
  /** The chosen codec's stored batches, as their bytes stand in the leader's log. */
  | { readonly part: 'batches'; readonly magic: Magic; readonly batches: readonly Uint8Array[] }
  /** The same records of the first batch in all three formats, uncompressed and with the chosen codec. */
  | {
      readonly part: 'formats';
      readonly formats: readonly {
        readonly magic: Magic;
        readonly codec: CompressionType;
        readonly bytes: Uint8Array;
        readonly records: number;
        /** (bytes - keys and values) / records. */
        readonly overheadPerRecord: number;
      }[];
    }
  | { readonly part: 'curve'; readonly curve: PackCurve }
  | { readonly part: 'speed'; readonly speed: PackSpeed }
  | { readonly part: 'claims'; readonly claims: readonly PackClaim[] };

export type PackRequest =
  | { readonly type: 'pack'; readonly id: number; readonly spec: PackSpec }
  | { readonly type: 'cancel' };

export type PackMessage =
  | { readonly type: 'part'; readonly id: number; readonly part: PackPart }
  /** How much of the question is done, 0 to 1. */
  | { readonly type: 'progress'; readonly id: number; readonly part: number }
  | { readonly type: 'done'; readonly id: number }
  /** The question cannot be answered: `message` says where and what would be right. */
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
