/**
 * What each byte of a batch (or a message set) is: the shape that the byte explorer draws. Made by `explore/`, for formats v0, v1
 * and v2; pure data, so that it crosses to the page as it is.
 */

/** A fact as data: a key of the text area `byte-map` and its parameters, so that both languages can say it. Figures are raw numbers. */
export interface Fact {
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** The three formats by their magic byte. v0 and v1 are message sets, v2 record batches (KIP-98). */
export type Magic = 0 | 1 | 2;

/** How bytes become a value. `compressed` holds a codec's stream, `records` the uncompressed records as a whole. */
export type FieldType =
  | 'int8'
  | 'int16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'varint'
  | 'varlong'
  | 'bytes'
  | 'utf8'
  | 'compressed';

/** A few bits of a field, such as the codec in the attributes. */
export interface FieldBits {
  readonly name: string;
  /** The lowest bit and how many there are. */
  readonly shift: number;
  readonly width: number;
  /** As a reader says it: 'zstd', 'CreateTime', 'true'. */
  readonly value: string;
}

export interface ByteField {
  /** Unique in the map and stable over edits: 'baseOffset', 'attributes', 'records[3].key', 'records[3].headers[0].value'. */
  readonly path: string;
  /** Kafka's own name of the field, without its place. */
  readonly name: string;
  readonly type: FieldType;
  /** First byte and the byte after the last, in the bytes of the map. A null key takes only its length's bytes: then from = to. */
  readonly from: number;
  readonly to: number;
  /** The value as text, whole: a decimal, hexadecimal for checksums and bytes, the text of UTF-8; null for a null. */
  readonly value: string | null;
  readonly bits: readonly FieldBits[];
  /** The record it belongs to, counted in its map; -1: the header of the batch. */
  readonly record: number;
  /** Whether the batch's checksum covers it. */
  readonly checksummed: boolean;
}

/**
 * A batch (v2) or one entry of a message set (v0, v1), byte for byte. Every byte belongs to exactly one field, in order, except what
 * lies behind the place where reading failed.
 */
export interface ByteMap {
  readonly magic: Magic;
  readonly bytes: Uint8Array;
  readonly fields: readonly ByteField[];
  readonly recordCount: number;
  /** What the compressed stream holds, as a map of its own (v2: records; v0, v1: a message set); null without compression. */
  readonly inner: ByteMap | null;
  /**
   * Where and why reading stopped; null: all was read (of this map: a compressed payload has its own). `exception`: the simple
   * name of the Java exception; null: Kafka throws none here, it takes what is incomplete for the end of the bytes.
   */
  readonly failure: { readonly at: number; readonly exception: string | null; readonly message: Fact } | null;
}

/** Who looks at a batch, in the order of its way: what each would do with these bytes. */
export type Witness = 'producer-broker' | 'follower' | 'consumer' | 'recovery';

export interface Testimony {
  readonly witness: Witness;
  /** The setting under which it does so ('check.crcs=false'); null: there is none that matters. */
  readonly config: string | null;
  /** It does not take the bytes as they are: it refuses, skips or cuts them, or cannot read them. */
  readonly notices: boolean;
  /** Kafka's error code name in the answer ('CORRUPT_MESSAGE'), or null: no error. */
  readonly error: string | null;
  /** The Java exception that is thrown there, or null. */
  readonly exception: string | null;
  /** What it does, with figures. */
  readonly message: Fact;
  /** What it stumbled over, as the check itself says it; null: nothing, or the message says it. */
  readonly why: Fact | null;
  /** What this witness takes changed fields for, when it does not notice; empty otherwise. */
  readonly reads: readonly FieldReading[];
}

/** A field that reads otherwise than before. null: a null, or the field is not there. */
export interface FieldReading {
  /** As in the map of the batch; those of a compressed payload begin with 'inner.'. */
  readonly path: string;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Judgement {
  /** Hexadecimal, eight digits. */
  readonly storedCrc: string;
  readonly computedCrc: string;
  readonly crcHolds: boolean;
  readonly testimonies: readonly Testimony[];
}
