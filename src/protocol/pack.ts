/**
 * What crosses between the page and the worker of the compression lab ("What is in a batch"): the learner's records and settings
 * go in, measured figures come back. Batches, bytes, requests and who works come from hidden runs of the engine; speeds are
 * measured on this machine's libraries and say nothing about brokers. Sizes are bytes, virtual times microseconds.
 */

import type { Magic } from '../kafka/records/byte-field.ts';
import type { CompressionType } from '../kafka/records/codec.ts';

export const PACK_CODECS = ['none', 'snappy', 'lz4', 'gzip', 'zstd'] as const satisfies readonly CompressionType[];

/** The samples by name, in the order in which they are offered. */
export const PACK_SAMPLES = ['weblog', 'orders', 'flights', 'weather', 'earthquakes', 'random'] as const;
export type PackSample = (typeof PACK_SAMPLES)[number];

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
  /**
   * 'engine': a hidden run of the cluster. 'packed' (formats v0 and v1): packed and counted without one; its wire bytes are the
   * message sets alone, without requests around them, and its duration is that of the application's sending.
   */
  readonly how: 'engine' | 'packed';
  /** Of the producer; null: the codec's default, or it has no levels. */
  readonly level: number | null;
  readonly records: number;
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
  /** plainBytes / sentBytes: what the producer's codec did, whatever the topic asks for. */
  readonly sentRatio: number;
  /** Of everything in `work`, and its share of one processor over `durationUs` (above 1: more than one is busy with it). */
  readonly workUs: number;
  readonly processorShare: number;
  /** Wire bytes of the run without compression, less these; negative where compression makes data larger. */
  readonly savedBytes: number;
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
  /** What each repeat compressed and unpacked: uncompressed bytes of so many batches, over and over for at least 30 ms. */
  readonly plainBytes: number;
  readonly batches: number;
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
  /** The pair that is claimed to be equal. */
  readonly equal?: readonly [CompressionType, CompressionType];
  /** The figures that decide lie within 3 % of each other: then "more" does not hold. */
  readonly tie?: boolean;
}

/**
 * The claims by id, in this order. `ratio` and `bandwidth` carry verdicts: the pairs (the first codec's ratio is higher than the
 * second's), the whole order (all of its neighbours hold), and who sends most bytes over the network. `throughput` and the
 * three about the processor carry figures only: MB/s, and microseconds for one MB (10^6 bytes), compressing and unpacking;
 * they are empty until the speeds are measured.
 */
export const PACK_CLAIM_IDS = [
  'ratio',
  'ratio.zstd-lz4',
  'ratio.lz4-gzip',
  'ratio.gzip-snappy',
  'bandwidth.snappy',
  'throughput',
  'processor.equal',
  'processor.compress-snappy',
  'processor.decompress-gzip',
] as const;

/** Ratio against the size of a batch before compression. */
export interface PackCurve {
  readonly codec: CompressionType;
  /** Plain sizes 256, 512, ... 1048576; where the data ends before that, the last point is all of it in one batch. */
  readonly points: readonly { readonly batchBytes: number; readonly ratio: number }[];
  /** Where the data ended: nothing is repeated to fill larger batches, since repeats compress as no real data does. null: it did not. */
  readonly endBytes: number | null;
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

/**
 * What one question is answered with, part by part, in this order; each may come alone. `claims` come twice: first with
 * the verdicts on bytes, and again, in their place, when the speeds are measured.
 */
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
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly message: string;
      /** The same as a key of the texts, for the page's language; absent: a fault of this program, which `message` alone tells. */
      readonly why?: { readonly key: string; readonly params: Readonly<Record<string, string | number>> };
    };
